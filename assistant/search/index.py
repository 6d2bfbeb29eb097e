"""The index of the library: passages, their words and their vectors, in one folder that is always whole.

``Index.build`` fills a folder beside the one in use and switches to it; ``add`` and ``remove`` change it in one transaction.
A process killed at any moment leaves what was there before.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
import threading
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self

import numpy as np

from assistant.domain.answer import Passage
from assistant.errors import IndexDamaged, ServiceAway
from assistant.search import generation
from assistant.search.embed import Embedder, Vectors
from assistant.search.features import Shelf
from assistant.search.fusion import NONE, Ranked
from assistant.search.lexical import Mask
from assistant.search.linking import Names
from assistant.search.links import Links
from assistant.search.locking import locked
from assistant.search.passages import PassageStore
from assistant.search.state import read_state
from assistant.search.vectors import InFolder, Place, VectorStore, drop
from assistant.search.writing import STORE, Progress, Stop, Watch, check_dimension, fill, insert, tidy

_FEW = 3000
"""Up to this many admitted rows the vector store is asked for those alone."""
_HERE: Place = InFolder()

log = logging.getLogger(__name__)


class Index:
    """One generation of the index, open for searching."""

    def __init__(self, folder: Path, where: Place = _HERE) -> None:
        """Open the index in ``folder``; see ``open``."""
        self.folder = folder
        self._where = where
        self._opening = threading.Lock()
        self._vectors: VectorStore | None = None
        path = generation.current(folder)
        if path is None:
            raise IndexDamaged(f"“{folder}”里还没有索引，请先建立索引。")
        self._load(path)

    @classmethod
    def open(cls, folder: Path, where: Place = _HERE) -> Self:
        """The index in a folder, its vectors ``where`` they lie; ``IndexDamaged`` where there is none that works."""
        return cls(folder, where)

    @classmethod
    def build(
        cls,
        passages: Iterable[Passage],
        folder: Path,
        embedder: Embedder,
        progress: Progress | None = None,
        cancelled: Stop | None = None,
        where: Place = _HERE,
        law_names: Names | None = None,
    ) -> Self:
        """Index passages from the beginning, beside the index in use, and switch to it.

        Of two processes that build at once the second waits, then opens what the first has built.
        """
        folder.mkdir(parents=True, exist_ok=True)
        before = generation.current(folder)
        with locked(folder):
            if generation.current(folder) == before:
                fresh = generation.begin(folder, drop)
                try:
                    fill(fresh, passages, embedder, Watch(progress, cancelled), where, law_names)
                    generation.switch(folder, fresh)
                except BaseException:
                    if drop(fresh):
                        shutil.rmtree(fresh, ignore_errors=True)
                    raise
        return cls(folder, where)

    def _load(self, path: Path) -> None:
        self._path = path
        try:
            self._store = PassageStore(path / STORE)
            self.embedder_name = self._store.get_meta("embedder")
            self._state = read_state(self._path, self._store)
        except (OSError, ValueError, KeyError, sqlite3.DatabaseError) as error:
            raise IndexDamaged(f"索引已损坏（{type(error).__name__}），请重建索引。") from error

    def refresh(self) -> bool:
        """See what other processes have changed since; whether there was anything."""
        path = generation.current(self.folder)
        if path is not None and path != self._path:
            self._vectors = None  # not closed: another thread may still be reading
            self._load(path)
            return True
        if self._store.get_meta("revision") != self._state.revision:
            self._state = read_state(self._path, self._store)
            return True
        return False

    # Reading

    @property
    def count(self) -> int:
        """Passages in it."""
        return self._store.count()

    def get(self, source_id: str) -> Passage | None:
        """The passage with an id."""
        return next(iter(self._store.passages(self._store.rows_of([source_id])).values()), None)

    def passages(self, rows: Iterable[int]) -> dict[int, Passage]:
        """Passages by row."""
        return self._store.passages(rows)

    def everything(self, kind: str) -> dict[int, Passage]:
        """All passages of a kind by row, in the order in which they came."""
        found = (pair for rows, batch in self._store.batches(2000) for pair in zip(rows, batch, strict=True))
        return {row: passage for row, passage in found if passage.kind == kind}

    def texts(self, rows: Iterable[int]) -> dict[int, str]:
        """Texts alone, by row."""
        return self._store.texts(rows)

    def source_ids(self, rows: Iterable[int]) -> dict[int, str]:
        """Ids by row."""
        return self._store.source_ids(rows)

    def mask(self, kinds: Collection[str] | None = None, laws: Collection[str] | None = None) -> Mask:
        """Rows that may be found."""
        return self._state.columns.mask(kinds, laws)

    def idf(self, tokens: Sequence[str]) -> dict[str, float]:
        """How telling each token is in this library."""
        return self._state.lexical.idf(tokens)

    @property
    def shelf(self) -> Shelf:
        """Where each row stands."""
        return self._state.shelf

    @property
    def links(self) -> Links:
        """Who cites whom."""
        return self._state.links

    def rows(self, source_ids: Iterable[str]) -> list[int]:
        """Rows of those ids that are here."""
        return self._store.rows_of(source_ids)

    def row(self, source_id: str) -> int:
        """The row of the passage with an id, -1 where there is none."""
        return next(iter(self.rows([source_id])), -1)

    def nearest_words(self, weights: Mapping[str, float], k: int, allowed: Mask) -> Ranked:
        """The best rows by BM25 for weighted tokens."""
        return self._state.lexical.search(weights, k, allowed)

    def nearest_vectors(self, vectors: Vectors, k: int, allowed: Mask) -> list[Ranked]:
        """The nearest rows of each vector by cosine; none for a vector of zeros, which says nothing.

        Chroma's own filters read SQL for every candidate and cost a hundred times the search, so few rows are asked for by
        id and many by taking more and leaving out. Where a server that holds the vectors is away, nothing is near: what else
        ranks goes on without, and the next query asks the server again.
        """
        check_dimension(self._store, vectors)
        admitted = np.flatnonzero(allowed)
        if not len(admitted):
            return [NONE for _ in vectors]
        few = len(admitted) <= _FEW
        depth = min(k, len(admitted)) if few else int(k * len(allowed) / len(admitted)) + 10
        try:
            found = self._vector_store().query(vectors, depth, admitted.tolist() if few else None)
        except ServiceAway as error:
            log.warning("这次只按词语检索：%s", error)
            return [NONE for _ in vectors]
        told = np.any(vectors, axis=1).tolist()
        return [ranked.among(allowed, k) if tells else NONE for ranked, tells in zip(found, told, strict=True)]

    def _vector_store(self) -> VectorStore:
        with self._opening:
            if self._vectors is None:
                opened = self._where.open(self._path)
                if opened.count() < self._store.count():  # never: vectors are written first and removed last
                    raise IndexDamaged("向量索引不完整，请重建索引。")
                self._vectors = opened
            return self._vectors

    # Changing

    def add(
        self,
        passages: Iterable[Passage],
        embedder: Embedder,
        progress: Progress | None = None,
        cancelled: Stop | None = None,
        law_names: Names | None = None,
    ) -> None:
        """Add passages; one whose id is already here takes its place. ``law_names`` are those under which texts cite laws."""
        if embedder.name != self.embedder_name:
            raise IndexDamaged("索引是用另一个向量模型建立的，请重建索引。")
        new = list({passage.source_id: passage for passage in passages}.values())
        with self._changing() as writer:
            tidy(writer, self._vector_store())  # before anything is encoded
            replaced = writer.rows_of(passage.source_id for passage in new)
            watch = Watch(progress, cancelled)
            insert(self._path, writer, self._vector_store(), new, embedder, watch, self._state.lexical, law_names)
            self._vector_store().delete(replaced)

    def remove(self, source_ids: Iterable[str] = (), *, prefix: str = "") -> int:
        """Remove passages by id, and all whose id starts with ``prefix``; how many were there."""
        with self._changing() as writer:
            tidy(writer, self._vector_store())
            rows = set(writer.rows_of(source_ids)) | set(writer.rows_under(prefix) if prefix else ())
            with writer.transaction():
                writer.delete(rows)
                writer.set_meta(revision=uuid.uuid4().hex)
            self._vector_store().delete(sorted(rows))
        return len(rows)

    @contextmanager
    def _changing(self) -> Iterator[PassageStore]:
        """A writer's own view of the store, while no other process changes it; what it changed is seen afterwards."""
        with locked(self.folder):
            self.refresh()
            with closing(PassageStore(self._path / STORE)) as writer:
                yield writer
            self._state = read_state(self._path, self._store)

    def close(self) -> None:
        """Let the files go."""
        self._store.close()
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None
