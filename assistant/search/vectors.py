"""The vector store. The only file that knows chromadb; vectors are always given to it, it computes none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import IndexDamaged
from assistant.search.embed import Vectors

_COLLECTION = "passages"
_BATCH = 500  # Chroma holds the interpreter while it inserts: short turns let other threads answer
_HNSW = {"space": "cosine", "ef_construction": 64, "max_neighbors": 16}


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

    def query(self, vectors: Vectors, k: int, among: Sequence[int] | None = None) -> list[list[int]]:
        """The nearest rows of each vector, best first; only ``among`` these, if given."""
        if k < 1 or not len(vectors):
            return [[] for _ in vectors]
        ids = None if among is None else [str(row) for row in among]
        try:
            found = self._collection.query(query_embeddings=vectors, n_results=k, ids=ids, include=["distances"])
        except self._error as error:
            raise _damaged(error) from error
        return [[int(row) for row in rows] for rows in found["ids"]]

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
