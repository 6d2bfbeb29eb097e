"""Passages on disk: one SQLite table, which alone says what is in the index.

The other stores follow it: a segment that no row of ``segments`` names, or a vector whose row is not here, does not count.
So one transaction adds or removes a document, whatever happens to the process before or after it.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.domain.answer import Passage

_SCHEMA = """
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, source_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, law TEXT NOT NULL,
    article TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE segments (position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_COLUMNS = "source_id, kind, title, text, law, article"
_SLICE = 500


class Columns(NamedTuple):
    """What filters and the learned ranking need of every passage, indexed by row."""

    kind: NDArray[np.int32]
    """Number of the kind in ``kinds``; -1 where there is no passage (any more)."""
    law: NDArray[np.int32]
    chapter: NDArray[np.int32]
    """Number of the division of a law; those of two laws differ."""
    length: NDArray[np.int32]
    """Characters."""
    kinds: dict[str, int]
    laws: dict[str, int]

    def mask(self, kinds: Collection[str] | None, laws: Collection[str] | None) -> NDArray[np.bool_]:
        """Rows that hold a passage of one of these kinds and laws; ``None`` is any."""
        mask: NDArray[np.bool_] = self.kind >= 0
        for wanted, column, numbers in ((kinds, self.kind, self.kinds), (laws, self.law, self.laws)):
            if wanted is not None:
                mask &= np.isin(column, [numbers[value] for value in wanted if value in numbers])
        return mask


class PassageStore:
    """The table of passages, safe to read from several threads."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        if not create and not path.is_file():
            raise FileNotFoundError(path)
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
        self._connection.execute("PRAGMA journal_mode = WAL")
        if create:
            self._connection.executescript(_SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def insert(self, first: int, passages: Sequence[Passage]) -> None:
        """Store passages in consecutive rows; the id of one already there is an ``IntegrityError``."""
        rows = [(first + i, p.source_id, p.kind, p.title, p.text, p.law, p.article) for i, p in enumerate(passages)]
        with self._lock:
            self._connection.executemany(f"INSERT INTO passages (row, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def delete(self, rows: Iterable[int]) -> None:
        """Take rows out."""
        with self._lock:
            self._connection.executemany("DELETE FROM passages WHERE row = ?", ((row,) for row in rows))

    def rows_of(self, source_ids: Iterable[str]) -> list[int]:
        """Rows of those ids that are here."""
        return [row for (row,) in self._in("row", "source_id", list(source_ids))]

    def rows_under(self, prefix: str) -> list[int]:
        """Rows whose id starts with a prefix."""
        with self._lock:
            found = self._connection.execute("SELECT row FROM passages WHERE substr(source_id, 1, ?) = ?", (len(prefix), prefix))
            return [row for (row,) in found]

    def source_ids(self, rows: Iterable[int]) -> dict[int, str]:
        """Ids by row."""
        return dict(self._in("row, source_id", "row", list(rows)))

    def texts(self, rows: Iterable[int]) -> dict[int, str]:
        """Their texts alone."""
        return dict(self._in("row, text", "row", list(rows)))

    def passages(self, rows: Iterable[int]) -> dict[int, Passage]:
        """Passages by row."""
        return {row: Passage(*values) for row, *values in self._in(f"row, {_COLUMNS}", "row", list(rows))}

    def _in(self, columns: str, key: str, values: Sequence[str] | Sequence[int]) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        with self._lock:
            for start in range(0, len(values), _SLICE):
                part = values[start : start + _SLICE]
                marks = ",".join("?" * len(part))
                found += self._connection.execute(f"SELECT {columns} FROM passages WHERE {key} IN ({marks})", part).fetchall()
        return found

    def batches(self, size: int) -> Iterator[tuple[list[int], list[Passage]]]:
        """Everything, by row, in lists of at most ``size``."""
        after = -1
        while True:
            with self._lock:
                query = f"SELECT row, {_COLUMNS} FROM passages WHERE row > ? ORDER BY row LIMIT ?"
                found = self._connection.execute(query, (after, size)).fetchall()
            if not found:
                return
            after = found[-1][0]
            yield [values[0] for values in found], [Passage(*values[1:]) for values in found]

    def columns(self) -> Columns:
        """Read what is needed of every row that was ever given out."""
        with self._lock:
            found = self._connection.execute("SELECT row, kind, law, title, length(text) FROM passages ORDER BY row").fetchall()
        size = int(self.get_meta("next_row", "0"))
        kind, law, chapter, length = (np.full(size, -1, np.int32) for _ in range(4))
        kinds: dict[str, int] = {}
        laws: dict[str, int] = {}
        chapters: dict[tuple[str, str], int] = {}
        for row, its_kind, its_law, title, its_length in found:
            kind[row] = kinds.setdefault(its_kind, len(kinds))
            law[row] = laws.setdefault(its_law, len(laws))
            division = title.removeprefix(f"《{its_law}》").partition(" ")[2]  # behind 第…条
            chapter[row] = chapters.setdefault((its_law, division), len(chapters))
            length[row] = its_length
        return Columns(kind, law, chapter, length, kinds, laws)

    def count(self) -> int:
        """Passages here."""
        with self._lock:
            return int(self._connection.execute("SELECT count(*) FROM passages").fetchone()[0])

    def segments(self) -> list[str]:
        """Names of the lexical segments that count, the base first."""
        with self._lock:
            return [name for (name,) in self._connection.execute("SELECT name FROM segments ORDER BY position")]

    def set_segments(self, names: Sequence[str]) -> None:
        """Say which lexical segments count."""
        with self._lock:
            self._connection.execute("DELETE FROM segments")
            self._connection.executemany("INSERT INTO segments (name) VALUES (?)", ((name,) for name in names))

    def get_meta(self, key: str, default: str = "") -> str:
        """A value noted about the whole index."""
        with self._lock:
            found = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(found[0]) if found else default

    def set_meta(self, **values: str) -> None:
        """Note values about the whole index."""
        with self._lock:
            self._connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            self._connection.close()
