"""The user's library: imported official texts in one SQLite file, readable while it is being written."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock

from assistant.domain.library import DocumentKind, LibraryDocument
from assistant.domain.provision import Provision
from assistant.store.library_rows import DOCUMENT, PROVISION, document_row, provision_row, to_date, to_document, to_provision
from assistant.store.library_schema import BUSY_SECONDS, explained, migrate

_PREFIXED = ", ".join(f"p.{name}" for name in PROVISION.split(", "))
_DATED = f"SELECT {_PREFIXED}, d.version FROM provisions p JOIN documents d ON d.id = p.document"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the library holds."""

    documents: int = 0
    """Files read; versions rebuilt from amendments are not counted."""
    laws: int = 0
    articles: int = 0
    """Provisions in every version."""
    superseded: int = 0
    """Of these, those with a later version at hand."""


class Library:
    """Documents and provisions of ``<home>/library.db``. One connection a thread; writers wait for ``library.lock``."""

    def __init__(self, home: Path) -> None:
        self.file = home / "library.db"
        self._lock = home / "library.lock"
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        with explained(self.file):
            self._connection()

    def close(self) -> None:
        """Close the connections of all threads."""
        while self._open:
            self._open.pop().close()
        self._local = threading.local()

    # -- writing ------------------------------------------------------------------------------------------------

    def replace(self, document: LibraryDocument, provisions: Iterable[Provision]) -> None:
        """Put the document in the place of the one with the same id, in one step."""
        with self._writing() as connection:
            _delete(connection, document.id)
            connection.execute(f"INSERT INTO documents ({DOCUMENT}) VALUES ({_marks(17)})", document_row(document))
            rows = (provision_row(provision) for provision in provisions)
            connection.executemany(f"INSERT INTO provisions ({PROVISION}) VALUES ({_marks(11)})", rows)

    add = replace

    def remove(self, document_id: str) -> bool:
        """Remove the document and the versions rebuilt from it; whether it was there."""
        if self.document(document_id) is None:
            return False
        with self._writing() as connection:
            _delete(connection, document_id)
            for (derived,) in connection.execute("SELECT id FROM documents WHERE base = ?", (document_id,)).fetchall():
                _delete(connection, derived)
        return True

    # -- documents ----------------------------------------------------------------------------------------------

    def has(self, document_id: str, sha256: str) -> bool:
        """Whether exactly this text is there."""
        return bool(self._all("SELECT 1 FROM documents WHERE id = ? AND sha256 = ?", (document_id, sha256)))

    def document(self, document_id: str) -> LibraryDocument | None:
        """One document."""
        rows = self._all(f"SELECT {DOCUMENT} FROM documents WHERE id = ?", (document_id,))
        return to_document(rows[0]) if rows else None

    def documents(self) -> list[LibraryDocument]:
        """All, by title, newest version first; among them the versions rebuilt from amendments."""
        return [to_document(row) for row in self._all(f"SELECT {DOCUMENT} FROM documents ORDER BY title, part, version DESC, id")]

    def titles(self) -> dict[str, str]:
        """Every title and 文号 of a law in the library, to its title."""
        rows = self._all("SELECT title, doc_no FROM documents WHERE kind = ? ORDER BY version", (DocumentKind.LAW,))
        numbers = {doc_no: title for title, doc_no in rows if doc_no}
        return numbers | {title: title for title, _ in rows}

    def counts(self) -> Counts:
        """How much there is."""
        documents, laws = self._all(
            "SELECT count(*), count(DISTINCT CASE kind WHEN 'law' THEN title END) FROM documents WHERE base = ''"
        )[0]
        articles, superseded = self._all("SELECT count(*), coalesce(sum(superseded), 0) FROM provisions")[0]
        return Counts(documents, laws, articles, superseded)

    def newest_date(self) -> date | None:
        """公布日 of the newest text: what the library can know of."""
        return to_date(self._all("SELECT max(version) FROM documents WHERE kind = ?", (DocumentKind.LAW,))[0][0])

    def revision(self) -> int:
        """A number that changes with every change, so that caches notice."""
        return int(self._all("SELECT number FROM revision")[0][0])

    # -- provisions ---------------------------------------------------------------------------------------------

    def provision(self, law: str, article: str, on: date) -> Provision | None:
        """The version in force on the day; where no version's dates cover it, the newest, whose ``effective`` then says so.

        A version whose dates are not known counts from its 公布日 on; among those that fit, one without a later version wins.
        """
        rows = self._all(f"{_DATED} WHERE p.law = ? AND p.article = ?", (law, article))
        return _current(rows, on) if rows else None

    def of_law(self, law: str, on: date) -> list[Provision]:
        """Every article of a law in order, each in the version that ``provision`` gives."""
        versions: dict[str, list[sqlite3.Row]] = {}
        for row in self._all(f"{_DATED} WHERE p.law = ? AND p.article != ''", (law,)):
            versions.setdefault(row["article"], []).append(row)
        return [_current(versions[article], on) for article in sorted(versions, key=_by_number)]

    def versions(self, law: str, article: str) -> list[Provision]:
        """Every version of an article."""
        rows = self._all(f"SELECT {PROVISION} FROM provisions WHERE law = ? AND article = ?", (law, article))
        return [to_provision(row) for row in rows]

    def repealing(self) -> list[Provision]:
        """Provisions that speak of 废止."""
        rows = self._all(f"SELECT {PROVISION} FROM provisions WHERE text GLOB '*废止*'")
        return [to_provision(row) for row in rows]

    def by_id(self, source_id: str) -> Provision | None:
        """The provision with this id."""
        document, article = _split(source_id)
        rows = self._all(f"SELECT {PROVISION} FROM provisions WHERE document = ? AND article = ?", (document, article))
        return to_provision(rows[0]) if rows else None

    def neighbours(self, source_id: str, n: int = 1) -> list[Provision]:
        """Up to ``n`` provisions before and behind it in the same document."""
        document, article = _split(source_id)
        rows = self._all(
            f"SELECT {_PREFIXED} FROM provisions p JOIN provisions here ON here.document = p.document"
            " WHERE here.document = ? AND here.article = ? AND p.position != here.position"
            " AND p.position BETWEEN here.position - ? AND here.position + ? ORDER BY p.position",
            (document, article, n, n),
        )
        return [to_provision(row) for row in rows]

    def articles(self, law: str) -> list[str]:
        """Numbers of the articles of the law, in order, as its newest texts have them."""
        rows = self._all("SELECT article FROM provisions WHERE law = ? ORDER BY superseded, position", (law,))
        return sorted(dict.fromkeys(article for (article,) in rows if article), key=_by_number)

    def provisions(self, document_ids: Collection[str] | None = None) -> Iterator[Provision]:
        """All provisions, or those of some documents, in order."""
        wanted = None if document_ids is None else list(document_ids)
        if wanted is None:
            wanted = [row[0] for row in self._all("SELECT id FROM documents ORDER BY title, part, version, id")]
        for document in wanted:
            for row in self._all(f"SELECT {PROVISION} FROM provisions WHERE document = ? ORDER BY position", (document,)):
                yield to_provision(row)

    # -- the file -----------------------------------------------------------------------------------------------

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._local.connection = _connect(self.file)
            self._open.append(found)
        return found

    def _all(self, query: str, values: tuple[Any, ...] = ()) -> list[sqlite3.Row]:
        with explained(self.file):
            return self._connection().execute(query, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, alone among all processes."""
        with explained(self.file), FileLock(self._lock, timeout=BUSY_SECONDS):
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("UPDATE revision SET number = number + 1")
                connection.execute("COMMIT")
            except BaseException:
                # SQLite itself has already rolled back where the disk is full.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise


def _connect(file: Path) -> sqlite3.Connection:
    writable = not file.exists() or (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))
    if writable:
        file.parent.mkdir(parents=True, exist_ok=True)
    # A library on a read-only disk can still be asked.
    address = file.absolute().as_uri() + ("" if writable else "?mode=ro&immutable=1")
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    if writable:
        connection.execute("PRAGMA journal_mode = WAL")
        # WAL with NORMAL loses at most the last transaction in a power cut and never damages the file.
        connection.execute("PRAGMA synchronous = NORMAL")
        migrate(connection)
    return connection


def _delete(connection: sqlite3.Connection, document_id: str) -> None:
    connection.execute("DELETE FROM provisions WHERE document = ?", (document_id,))
    connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _current(rows: Sequence[sqlite3.Row], on: date) -> Provision:
    """Of the versions of one article the one in force on the day, else the newest."""
    versions = [(to_provision(row), row["version"] or "") for row in rows]
    fitting = [(found, since) for found, since in versions if _in_force(found, since, on)] or versions
    return max(fitting, key=lambda pair: (not pair[0].superseded, str(pair[0].effective.start or pair[1])))[0]


def _in_force(provision: Provision, since: str, on: date) -> bool:
    return provision.effective.holds(on) and (provision.effective.start is not None or since <= on.isoformat())


def _split(source_id: str) -> tuple[str, str]:
    document, _, article = source_id.removeprefix("text/").rpartition("/")
    return document, "" if article == "全文" else article


def _by_number(article: str) -> tuple[int, ...]:
    return tuple(int(part) for part in article.split("-"))
