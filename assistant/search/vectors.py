"""The vector store, in a folder of the home; ``server`` has it on a Chroma server. No other file knows chromadb.

Vectors are always given to it, it computes none.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np

from assistant.errors import IndexDamaged, ServiceAway, UsageError
from assistant.search.embed import Vectors
from assistant.search.fusion import NONE, Ranked
from assistant.settings import SearchSettings

_COLLECTION, _FOLDER = "passages", "vectors"
NOTE = "vectors.url"
"""In the folder of a generation whose vectors lie on a server: its address."""
_BATCH = 500  # Chroma holds the interpreter while it inserts: short turns let other threads answer
HNSW = {"space": "cosine", "ef_construction": 64, "max_neighbors": 16}

log = logging.getLogger(__name__)


class Unwritten(Exception):
    """The vector store could not write; it does not say why."""


class Place(Protocol):
    """Where the vectors of an index lie."""

    def open(self, generation: Path, *, create: bool = False) -> VectorStore:
        """The vectors of one generation; ``create`` for a new one. ``IndexDamaged`` where they are lost."""


def place(settings: SearchSettings) -> Place:
    """The home, unless the settings name a server."""
    if not settings.chroma_url:
        return InFolder()
    from assistant.search.server import Server

    return Server(settings.chroma_url, settings.chroma_timeout)


def drop(generation: Path) -> bool:
    """Delete what a generation that is about to be removed has on a server; whether nothing of it is left anywhere."""
    note = generation / NOTE
    if not note.is_file():
        return True
    from assistant.search.server import Server

    try:
        Server(note.read_text(encoding="utf-8").strip()).drop(generation)
    except (ServiceAway, UsageError) as error:
        log.info("旧索引的向量还在服务器上（%s）：%s", generation.name, error)
        return False
    return True


class VectorStore:
    """Vectors by row number, in one Chroma collection."""

    def __init__(self, collection: Any, translate: Translate, check: Callable[[], object], close: Callable[[], object]) -> None:
        """Made by a ``Place``; ``check`` raises where the store does not answer."""
        self._collection, self._translate = collection, translate
        self._check, self._close = check, close

    def ready(self) -> None:
        """Ask before work that would be for nothing; ``ServiceAway`` where the server does not answer."""
        with self._asking(writing=True):
            self._check()

    def upsert(self, rows: Sequence[int], vectors: Vectors) -> None:
        """Store vectors; a row already there is replaced."""
        with self._asking(writing=True):
            for start in range(0, len(rows), _BATCH):
                part = slice(start, start + _BATCH)
                self._collection.upsert(ids=[str(row) for row in rows[part]], embeddings=vectors[part])

    def delete(self, rows: Sequence[int]) -> None:
        """Take rows out; unknown ones are passed over."""
        with self._asking(writing=True):
            for start in range(0, len(rows), _BATCH):
                self._collection.delete(ids=[str(row) for row in rows[start : start + _BATCH]])

    def query(self, vectors: Vectors, k: int, among: Sequence[int] | None = None) -> list[Ranked]:
        """The nearest rows of each vector and their cosines, best first; only ``among`` these, if given."""
        if k < 1 or not len(vectors):
            return [NONE for _ in vectors]
        ids = None if among is None else [str(row) for row in among]
        with self._asking():
            found = self._collection.query(query_embeddings=vectors, n_results=k, ids=ids, include=["distances"])
        pairs = zip(found["ids"], found["distances"], strict=True)
        return [Ranked(np.array(rows, dtype=np.int64), 1 - np.array(far, dtype=np.float32)) for rows, far in pairs]

    def rows(self) -> set[int]:
        """Every row that has a vector."""
        with self._asking():
            return {int(row) for row in self._collection.get(include=[])["ids"]}

    def count(self) -> int:
        """Vectors here."""
        with self._asking():
            return int(self._collection.count())

    def close(self) -> None:
        """Let the files or the connection go."""
        self._close()

    @contextmanager
    def _asking(self, *, writing: bool = False) -> Iterator[None]:
        try:
            yield
        except self._translate.failures as error:
            raise self._translate.explain(error, writing) from error


class Translate(NamedTuple):
    """What a place's failures are called here."""

    failures: tuple[type[Exception], ...]
    explain: Callable[[Exception, bool], Exception]
    """An error and whether it came of writing."""


@dataclass(frozen=True)
class InFolder:
    """Vectors in the folder of the generation itself."""

    def open(self, generation: Path, *, create: bool = False) -> VectorStore:
        """Open or create; the folder goes with the generation, so there is nothing to drop."""
        import chromadb
        from chromadb.config import Settings
        from chromadb.errors import ChromaError

        translate = Translate((ChromaError,), _local)
        try:
            client = chromadb.PersistentClient(str(generation / _FOLDER), Settings(anonymized_telemetry=False))
            collection = client.get_or_create_collection(_COLLECTION, embedding_function=None, configuration={"hnsw": HNSW})
        except ChromaError as error:
            raise _local(error, create) from error
        return VectorStore(collection, translate, lambda: None, client.close)


def _local(error: Exception, writing: bool) -> Exception:
    if writing:
        return Unwritten(f"向量写入失败：{type(error).__name__}")
    return IndexDamaged(f"向量索引打不开（{type(error).__name__}），请重建索引。")
