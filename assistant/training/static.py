"""The pieces of the embedding model and the vectors that it starts from: latent semantic analysis as a table of token vectors.

The pieces of the tokenizer are found by byte-pair merging; a piece's vector is its row in the truncated SVD of the TF-IDF
matrix of pieces by articles, times its idf, so that the plain mean of a text's vectors is its TF-IDF projection. Rows are
first drawn towards one length (``_EVEN``): rare words have short rows and would otherwise drown among the common ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags_array
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from assistant.search.tokens import HAN

SEED = 20261122
_UNKNOWN = "[UNK]"
_EVEN = 0.75
_RUN = 60
_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def train_static(texts: Iterable[str], out: Path, dim: int = 256, vocab: int = 20_000, max_piece: int = 3) -> None:
    """Train a model from texts alone and write it to ``out``; the same texts give the same model."""
    corpus = list(texts)
    tokenizer = train_tokenizer(corpus, vocab=vocab, max_piece=max_piece)
    save(tokenizer, first_table(token_ids(tokenizer, corpus), tokenizer.get_vocab_size(), dim), out)


def train_tokenizer(corpus: Sequence[str], asked: Sequence[str] = (), vocab: int = 20_000, max_piece: int = 4) -> Tokenizer:
    """Longest known piece first: single characters, and what byte-pair merging finds in the corpus and in what is asked.

    What people ask with, 包工头 or 老板, is not in the law: the questions have pieces of their own, ``vocab`` of each at most.
    """
    normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    runs = pre_tokenizers.Split(Regex(rf"[{HAN}]+|[a-z]+|[0-9]"), "removed", invert=True)
    numbers: dict[str, int] = {}
    for texts, least in ((corpus, 8), (asked, 3)):
        merger = Tokenizer(models.BPE(unk_token=_UNKNOWN))
        merger.normalizer, merger.pre_tokenizer = normalizer, runs
        trainer = trainers.BpeTrainer(
            vocab_size=vocab, special_tokens=[_UNKNOWN], max_token_length=max_piece, min_frequency=least, show_progress=False
        )
        merger.train_from_iterator(texts, trainer)
        for piece, _ in sorted(merger.get_vocab().items(), key=lambda item: item[1]):
            numbers.setdefault(piece, len(numbers))
    # WordPiece gives one [UNK] for a whole run that holds an unknown character, so unknown characters end a run. It looks for
    # each piece in all of what is left of a run, so that a run without a comma would take the square of its length: cut.
    known = "".join(re.escape(piece) for piece in numbers if len(piece) == 1)
    tokenizer = Tokenizer(
        models.WordPiece(numbers, unk_token=_UNKNOWN, continuing_subword_prefix="", max_input_chars_per_word=1_000_000)
    )
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(f"[{known}]{{1,{_RUN}}}"), "removed", invert=True)
    return tokenizer


def token_ids(tokenizer: Tokenizer, texts: Iterable[str]) -> list[NDArray[np.int64]]:
    """Texts as numbers of pieces."""
    encodings = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    return [np.array(encoding.ids, dtype=np.int64) for encoding in encodings]


def first_table(ids: Sequence[NDArray[np.int64]], vocab: int, dim: int) -> NDArray[np.float32]:
    """Token vectors: idf times the right singular vectors of the TF-IDF matrix."""
    ends = np.cumsum([0, *map(len, ids)])
    flat = np.concatenate(ids).astype(np.int32)
    counts = csr_matrix((np.ones(len(flat), np.float32), flat, ends), shape=(len(ids), vocab))
    counts.sum_duplicates()
    frequency = np.bincount(counts.indices, minlength=vocab)
    idf = np.log((1 + len(ids)) / (1 + frequency)).astype(np.float32)
    counts.data = np.log1p(counts.data)
    weighted = counts @ diags_array(idf)
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    normed = (diags_array(1 / np.maximum(lengths, 1e-12)) @ weighted).tocsr().astype(np.float32)
    rows = _right_singular(normed, dim)
    table = idf[:, None] * rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9) ** _EVEN
    table[0] = 0  # the unknown says nothing
    return np.asarray(table, dtype=np.float32)


def _right_singular(matrix: csr_matrix, dim: int, rounds: int = 4) -> NDArray[np.float32]:
    """Randomized truncated SVD (Halko, Martinsson and Tropp 2011); columns for missing rank are zero."""
    random = np.random.default_rng(SEED)
    width = min(dim + 16, *matrix.shape)
    basis = random.standard_normal((matrix.shape[1], width), dtype=np.float32)
    for _ in range(rounds):
        basis, _ = np.linalg.qr(matrix.T @ (matrix @ basis))
    _, _, inner = np.linalg.svd(np.linalg.qr(matrix @ basis, mode="r"), full_matrices=False)
    vectors = (basis @ inner.T)[:, :dim]
    return np.pad(vectors, ((0, 0), (0, dim - vectors.shape[1])))


def save(tokenizer: Tokenizer, table: NDArray[np.float32], out: Path) -> None:
    """Write what ``SentenceTransformer(out)`` and ``StaticEmbedder(out)`` load."""
    from safetensors.numpy import save

    out.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    scale = float(np.abs(table).max()) or 1.0
    (out / "model.safetensors").write_bytes(save({"embedding.weight": (table / scale).astype(np.float16)}))
    (out / "modules.json").write_text(json.dumps(_MODULES, indent=2) + "\n", encoding="utf-8")
    config = {"similarity_fn_name": "cosine", "prompts": {"query": "", "document": ""}, "default_prompt_name": None}
    (out / "config_sentence_transformers.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
