"""The dense index: embedding models and the vector store. The only file that knows sentence-transformers and chromadb.

Nothing here reaches for the network: models are read from disk, vectors are always given to the store.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexDamaged, UsageError
from assistant.search.fusion import NONE, Ranked

Vectors = NDArray[np.float32]

_COLLECTION = "passages"
_BATCH = 500  # Chroma holds the interpreter while it inserts: short turns let other threads answer
_HNSW = {"space": "cosine", "ef_construction": 64, "max_neighbors": 16}


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


class Unwritten(Exception):
    """The vector store could not write; it does not say why."""


class VectorStore:
    """Vectors by row number, in a Chroma collection on disk."""

    def __init__(self, folder: Path) -> None:
        import chromadb
        from chromadb.config import Settings
        from chromadb.errors import ChromaError

        self._error = ChromaError
        new = not folder.exists()
        try:
            self._client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
            self._collection = self._client.get_or_create_collection(
                _COLLECTION, embedding_function=None, configuration={"hnsw": _HNSW}
            )
        except ChromaError as error:
            if new:
                raise Unwritten(f"向量写入失败：{type(error).__name__}") from error
            raise _damaged(error) from error

    def upsert(self, rows: Sequence[int], vectors: Vectors) -> None:
        """Store vectors; a row already there is replaced."""
        with self._writing():
            for start in range(0, len(rows), _BATCH):
                part = slice(start, start + _BATCH)
                self._collection.upsert(ids=[str(row) for row in rows[part]], embeddings=vectors[part])

    def delete(self, rows: Sequence[int]) -> None:
        """Take rows out; unknown ones are passed over."""
        with self._writing():
            for start in range(0, len(rows), _BATCH):
                self._collection.delete(ids=[str(row) for row in rows[start : start + _BATCH]])

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except self._error as error:
            raise Unwritten(f"向量写入失败：{type(error).__name__}") from error

    def query(self, vectors: Vectors, k: int, among: Sequence[int] | None = None) -> list[Ranked]:
        """The nearest rows of each vector and their cosines, best first; only ``among`` these, if given."""
        if k < 1 or not len(vectors):
            return [NONE for _ in vectors]
        ids = None if among is None else [str(row) for row in among]
        try:
            found = self._collection.query(query_embeddings=vectors, n_results=k, ids=ids, include=["distances"])
        except self._error as error:
            raise _damaged(error) from error
        pairs = zip(found["ids"], found["distances"], strict=True)
        return [Ranked(np.array(rows, dtype=np.int64), 1 - np.array(far, dtype=np.float32)) for rows, far in pairs]

    def rows(self) -> set[int]:
        """Every row that has a vector."""
        return {int(row) for row in self._collection.get(include=[])["ids"]}

    def count(self) -> int:
        """Vectors here."""
        return int(self._collection.count())

    def close(self) -> None:
        """Let the files go."""
        self._client.close()


def _damaged(error: Exception) -> IndexDamaged:
    return IndexDamaged(f"向量索引打不开（{type(error).__name__}），请重建索引。")
