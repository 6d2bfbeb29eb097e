import subprocess
import sys

import numpy as np
import pytest

from assistant.errors import UsageError
from assistant.search.embed import StaticEmbedder, load_embedder
from assistant.search.train import train_static
from assistant.settings import shipped

BUILTIN = shipped("knowledge_base") / "embedding"
TEXTS = ["重大责任事故罪立案标准", "瞒报事故", "ABC 123，特种作业人员", "主要负责人" * 300]


@pytest.mark.parametrize("which", ["trained here", "builtin"])
def test_the_table_gives_what_sentence_transformers_gives(which, model):
    from sentence_transformers import SentenceTransformer

    folder = str(BUILTIN if which == "builtin" else model)
    reference = SentenceTransformer(folder, device="cpu", local_files_only=True)
    ours = StaticEmbedder(BUILTIN if which == "builtin" else model).encode(TEXTS)
    assert np.allclose(ours, reference.encode(TEXTS), atol=2e-3)  # it computes in the 16 bits that the file holds
    assert np.allclose(ours, reference.float().encode(TEXTS), atol=1e-5)


def test_vectors_have_length_one_and_the_unknown_has_none(embedder):
    vectors = embedder.encode(["瞒报事故", "", "🙂"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 0, 0], atol=1e-6)
    assert embedder.encode([]).shape == (0, 16)


def test_the_builtin_model_knows_related_words():
    vectors = load_embedder("builtin", BUILTIN).encode(["瞒报谎报事故", "迟报漏报事故", "婚姻登记"])
    assert vectors.shape == (3, 256)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.1


def test_the_builtin_model_is_small():
    assert sum(path.stat().st_size for path in BUILTIN.rglob("*") if path.is_file()) < 12_000_000


def test_static_models_need_no_torch():
    lines = [
        "import sys, pathlib, assistant.search.embed as embed",
        "embed.load_embedder('builtin', pathlib.Path(sys.argv[1])).encode(['事故'])",
        "assert not {'torch', 'chromadb', 'sentence_transformers'} & set(sys.modules)",
    ]
    subprocess.run([sys.executable, "-c", "; ".join(lines), str(BUILTIN)], check=True)


def test_training_twice_gives_the_same_model(tmp_path):
    for name in ("a", "b"):
        train_static(TEXTS * 10, tmp_path / name, dim=8, vocab=60)
    for file in ("tokenizer.json", "model.safetensors"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


@pytest.mark.parametrize("missing", ["nobody/no-such-model", "/no/such/folder"])
def test_a_model_that_is_not_here_is_one_sentence(missing):
    with pytest.raises(UsageError, match=r"^本机没有向量模型.*builtin。$"):
        load_embedder(missing, BUILTIN).encode(["事故"])
