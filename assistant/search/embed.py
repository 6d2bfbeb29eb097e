"""Embedding models: texts to vectors. The only file that knows sentence-transformers' embedders.

``load_embedder`` decides by one setting. A model on this machine is read from disk alone; only ``endpoint`` reaches out, and only
to the address that the setting gives.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import BadModel
from assistant.search.models import EMBEDDING, check_files, find, loading, state
from assistant.settings import SearchSettings

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Texts to vectors."""

    @property
    def name(self) -> str:
        """Names the model and its state: vectors of two names do not mix."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, of length 1 (0 where no token is known)."""


def load_embedder(settings: SearchSettings, builtin: Path) -> Embedder:
    """The model that the settings name: ``builtin``, a folder, a model already on this machine, or a service by its address.

    Raises ``BadModel`` where it is missing, or broken in a way that can be seen without loading it.
    """
    setting = settings.embedding
    if setting.startswith(("http://", "https://")):
        from assistant.search.endpoint import EndpointEmbedder

        return EndpointEmbedder(
            setting, settings.embedding_model, settings.embedding_key.get_secret_value(), settings.embedding_timeout
        )
    path = builtin if setting == "builtin" else find(setting, EMBEDDING)
    return StaticEmbedder(path, setting) if _is_static(path, setting) else SentenceTransformerEmbedder(path, setting)


def _is_static(folder: Path, setting: str) -> bool:
    """Whether a sentence-transformers folder is [StaticEmbedding, Normalize], which needs no torch."""
    if setting == "builtin":
        return True
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        types = [module["type"].rsplit(".", 1)[-1] for module in modules]
        return types == ["StaticEmbedding", "Normalize"] and not modules[0]["path"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


class StaticEmbedder:
    """A table of token vectors, averaged: what ``StaticEmbedding`` computes, without torch."""

    def __init__(self, folder: Path, setting: str = "") -> None:
        """Read the table; ``BadModel`` where a file is missing or broken."""
        from safetensors.numpy import load
        from tokenizers import Tokenizer

        with loading(setting or str(folder), EMBEDDING):
            weights, pieces = (folder / "model.safetensors").read_bytes(), (folder / "tokenizer.json").read_bytes()
            self._table: Vectors = np.ascontiguousarray(load(weights)["embedding.weight"], dtype=np.float32)
            self._tokenizer = Tokenizer.from_buffer(pieces)
            if max(self._tokenizer.get_vocab().values()) >= len(self._table) or not np.isfinite(self._table).all():
                raise ValueError("the tokenizer and the table are not of one model")
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.name = "static-" + hashlib.blake2b(weights + pieces, digest_size=8).hexdigest()

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


def checked(vectors: object, count: int, model: str) -> Vectors:
    """Rows of length 1 from what a model gave for ``count`` texts; ``BadModel`` unless they are finite and of one length."""
    try:
        rows = np.asarray(vectors, dtype=np.float64)
    except (ValueError, TypeError, OverflowError):  # rows of several lengths; not numbers
        rows = np.empty(0)
    if rows.ndim != 2 or len(rows) != count or not rows.shape[1] or not np.isfinite(rows).all():
        raise BadModel(
            f"向量模型“{model}”给出的向量不能用（个数或长度不对，或者不是有限的数），请检查模型，或把 ANHENG_SEARCH__EMBEDDING 改回 builtin。"
        )
    return unit(rows)  # type: ignore[arg-type]  # lengths are taken before the precision is cut


class SentenceTransformerEmbedder:
    """Any other sentence-transformers model that is on this machine; loaded at the first text."""

    def __init__(self, folder: Path, setting: str) -> None:
        self.name = f"{setting}@{state(folder)}"
        self._folder, self._setting = folder, setting
        self._loaded: Any = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode on the CPU or whatever torch finds."""
        if not texts:
            return np.empty((0, 0), np.float32)
        model = self._model()
        with loading(self._setting, EMBEDDING):
            vectors = model.encode(list(texts), batch_size=32, show_progress_bar=False, convert_to_numpy=True)
        return checked(vectors, len(texts), self._setting)

    def _model(self) -> Any:
        if self._loaded is None:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
            with loading(self._setting, EMBEDDING):
                from sentence_transformers import SentenceTransformer

                check_files(self._folder)
                self._loaded = SentenceTransformer(str(self._folder), local_files_only=True)
        return self._loaded
