"""Tiny real models, made on the spot: one layer, a vocabulary of the characters that tests use, weights by a fixed seed."""

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
CHARACTERS = sorted(
    set(
        "企业矿山工地厂码头商场学校仓库消防通道堵塞瞒报事故特种作业持证粉尘爆隐患排查应急演练危险化品储存职病护重大责任罪立案标准主要负人"
    )
)


def _bert(kind, folder, **more):
    """A one-layer BERT of width 16 with its tokenizer, in a folder as transformers saves it."""
    import torch
    from transformers import BertConfig, BertTokenizerFast

    vocabulary = {piece: number for number, piece in enumerate([*SPECIAL, *CHARACTERS])}
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=128,
        **more,
    )
    kind(config).save_pretrained(folder)
    BertTokenizerFast(vocab=vocabulary, model_max_length=128).save_pretrained(folder)
    return folder


def make_bert(folder):
    """A sentence-transformers folder: the BERT and a mean."""
    from sentence_transformers import SentenceTransformer
    from transformers import BertModel

    (folder / "plain").mkdir()
    plain = _bert(BertModel, folder / "plain")
    SentenceTransformer(str(plain), device="cpu", local_files_only=True).save(str(folder / "model"))
    return folder / "model"


def make_cross(folder, labels=1):
    """A cross-encoder folder: the BERT and a score."""
    from transformers import BertForSequenceClassification

    return _bert(BertForSequenceClassification, folder, num_labels=labels)
