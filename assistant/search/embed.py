"""Embedding models: texts to vectors. The only file that knows sentence-transformers; it reads models from disk alone."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import UsageError

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Texts to vectors."""

    @property
    def name(self) -> str:
        """Names the model and its state: vectors of two names do not mix."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, of length 1 (0 where no token is known)."""


def load_embedder(setting: str, builtin: Path) -> Embedder:
    """The model that a setting names: ``builtin``, a folder, or a model already on this machine."""
    path = builtin if setting == "builtin" else Path(setting).expanduser()
    if _is_static(path):
        return StaticEmbedder(path)
    return SentenceTransformerEmbedder(str(path) if path.is_dir() else setting)


def _is_static(folder: Path) -> bool:
    """Whether a sentence-transformers folder is [StaticEmbedding, Normalize], which needs no torch."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        types = [module["type"].rsplit(".", 1)[-1] for module in modules]
        return types == ["StaticEmbedding", "Normalize"] and not modules[0]["path"]
    except (OSError, ValueError, KeyError, TypeError):
        return False


class StaticEmbedder:
    """A table of token vectors, averaged: what ``StaticEmbedding`` computes, without torch."""

    def __init__(self, folder: Path) -> None:
        from safetensors.numpy import load
        from tokenizers import Tokenizer

        weights = (folder / "model.safetensors").read_bytes()
        self._table: Vectors = np.ascontiguousarray(load(weights)["embedding.weight"], dtype=np.float32)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.name = "static-" + hashlib.blake2b(weights + (folder / "tokenizer.json").read_bytes(), digest_size=8).hexdigest()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Mean of the tokens' vectors, made length 1."""
        from scipy.sparse import csr_matrix

        ids = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]
        ends = np.cumsum([0, *map(len, ids)])
        flat = np.fromiter((token for one in ids for token in one), np.int32, count=ends[-1])
        counts = csr_matrix((np.ones(len(flat), np.float32), flat, ends), shape=(len(ids), len(self._table)))
        return unit(np.asarray(counts @ self._table, dtype=np.float32))


def unit(vectors: Vectors) -> Vectors:
    """Rows of length 1; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


class SentenceTransformerEmbedder:
    """Any other sentence-transformers model that is on this machine; loaded at the first text."""

    def __init__(self, model: str) -> None:
        self.name = model
        self._loaded: Any = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode on the CPU or whatever torch finds."""
        vectors = self._model().encode(list(texts), batch_size=32, show_progress_bar=False, convert_to_numpy=True)
        return unit(np.asarray(vectors, dtype=np.float32))

    def _model(self) -> Any:
        if self._loaded is None:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
            from sentence_transformers import SentenceTransformer

            try:
                self._loaded = SentenceTransformer(self.name, local_files_only=True)
            except (OSError, ValueError) as error:
                raise UsageError(
                    f"本机没有向量模型“{self.name}”：请把模型文件夹放到本机并让 ANHENG_SEARCH__EMBEDDING 指向它，或改回 builtin。"
                ) from error
        return self._loaded
