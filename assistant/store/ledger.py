"""台账 in the database: chains that only grow, and the rows that they add up to. One transaction a change, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import islice
from typing import Any, TypeVar
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from assistant.domain.ledger import Ledger, LedgerRow, State
from assistant.domain.ledger_chain import START, Link
from assistant.errors import HomeError, NotFound
from assistant.store.ledger_tables import DONE, UNDATED, EntryTable, LedgerTable, RowTable
from assistant.store.repository import Repository
from assistant.store.tables import now

_CHUNK = 2000
"""Rows that go to the database, or come from it, at a time."""
_NARROW = 100
"""Characters of a name or a hazard in an index."""
T = TypeVar("T")
Written = Callable[[int], None]
"""Told how many rows have been written; may raise ``Cancelled``."""


def batched(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """Values in lists of at most ``size``."""
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some


@cache
def rows_json() -> TypeAdapter[LedgerRow]:
    """A row as JSON and back."""
    return TypeAdapter(LedgerRow)


class Writing:
    """A ledger that nobody else can write meanwhile."""

    def __init__(self, session: Session, table: LedgerTable) -> None:
        self._session, self._table = session, table

    @property
    def ledger(self) -> Ledger:
        """As it stands now."""
        return as_ledger(self._table)

    def count(self) -> int:
        """Rows so far."""
        wanted = select(func.count()).select_from(RowTable).where(RowTable.ledger_id == self._table.id)
        return self._session.scalar(wanted) or 0

    def row(self, row_id: str) -> LedgerRow:
        """One row; ``NotFound`` where there is none such."""
        return _row(self._session, self._table.id, row_id)

    def rows(self, row_ids: Iterable[str]) -> dict[str, LedgerRow]:
        """Those of these rows that there are, by id."""
        return {row.id: row for row in self._found(RowTable.id, row_ids)}

    def alike(self, values: Iterable[str]) -> dict[str, list[LedgerRow]]:
        """Rows by what makes them the same gap, in their order."""
        found: dict[str, list[LedgerRow]] = {}
        wanted = select(RowTable.alike, RowTable.data).where(RowTable.ledger_id == self._table.id).order_by(RowTable.number)
        for some in batched(dict.fromkeys(values), _CHUNK):
            for alike, data in self._session.execute(wanted.where(RowTable.alike.in_(some))):
                found.setdefault(alike, []).append(as_row(data))
        return found

    def _found(self, column: Any, values: Iterable[str]) -> Iterator[LedgerRow]:
        for some in batched(dict.fromkeys(values), _CHUNK):
            wanted = select(RowTable.data).where(RowTable.ledger_id == self._table.id, column.in_(some))
            yield from map(as_row, self._session.scalars(wanted))

    def ids(self) -> set[str]:
        """Ids of all entries."""
        return {link.id for _, link in links_of(self._session, self._table.id)}

    def trust(self, signer: str) -> None:
        """The sender's fingerprint from now on."""
        self._table.signer = signer

    def append(self, links: Sequence[tuple[str, Link]], rows: Mapping[str, tuple[str, LedgerRow]], written: Written) -> None:
        """Links with the ids of their rows; and the rows, each with what makes it the same gap, as they are then."""
        key, done = self._table.id, 0
        for some in batched(links, _CHUNK):
            made = [
                {"ledger_id": key, "seq": one.seq, "row_id": row, "body": one.body, "via": one.via, "hash": one.hash}
                for row, one in some
            ]
            self._session.execute(insert(EntryTable), made)
            written(done := done + len(some))
        for ids in batched(rows, _CHUNK):
            self._session.execute(delete(RowTable).where(RowTable.ledger_id == key, RowTable.id.in_(ids)))
            self._session.execute(insert(RowTable), [columns(self._table.id, self._table.owner, *rows[one]) for one in ids])
            written(done)
        if links:
            self._table.length, self._table.head = links[-1][1].seq, links[-1][1].hash


class LedgerStore:
    """The ledgers of a repository's database."""

    def __init__(self, repository: Repository) -> None:
        self._session = repository._session

    def ledgers(self, owner: str = "") -> list[Ledger]:
        """The owner's ledgers, or everybody's, by site."""
        wanted = select(LedgerTable).order_by(LedgerTable.signer != "", LedgerTable.site, LedgerTable.created)
        with self._session() as session:
            return [as_ledger(one) for one in session.scalars(wanted.where(LedgerTable.owner == owner) if owner else wanted)]

    @contextmanager
    def beginning(self, owner: str, site: str, chain: str = "", signer: str = "") -> Iterator[Writing]:
        """A new ledger, which is there once its first entries are."""
        with self._session() as session:
            key = uuid4().hex
            table = LedgerTable(
                id=key, chain=chain or key, owner=owner, site=site, signer=signer, length=0, head=START, created=now()
            )
            session.add(table)
            session.flush()
            yield Writing(session, table)

    @contextmanager
    def writing(self, owner: str, ledger_id: str) -> Iterator[Writing]:
        """The owner's ledger for one change; ``NotFound`` where there is none such."""
        with self._session() as session:
            # The first statement writes: both databases then let nobody else in before this change is whole.
            mine = (LedgerTable.id == ledger_id, LedgerTable.owner == owner)
            session.execute(update(LedgerTable).where(*mine).values(length=LedgerTable.length))
            table = session.scalar(select(LedgerTable).where(*mine))
            if table is None:
                raise NotFound("这本台账不在记录里，请刷新后再试。")
            yield Writing(session, table)

    def row(self, ledger_id: str, row_id: str) -> LedgerRow:
        """One row; ``NotFound`` where there is none such."""
        with self._session() as session:
            return _row(session, ledger_id, row_id)

    def links(self, ledger_id: str, row_id: str = "") -> list[Link]:
        """The chain of a ledger, or the links of one row, in order."""
        with self._session() as session:
            return [link for _, link in links_of(session, ledger_id, row_id)]

    def filed(self, ledger_id: str) -> Iterator[tuple[str, Link]]:
        """The chain of a ledger, each link with the row that it is filed under."""
        with self._session() as session:
            yield from links_of(session, ledger_id)

    def stored(self, ledger_id: str) -> Iterator[dict[str, Any]]:
        """Every row of a ledger as it lies there, column by column."""
        with self._session() as session:
            wanted = select(*RowTable.__table__.columns).where(RowTable.ledger_id == ledger_id)
            for row in session.execute(wanted.execution_options(yield_per=_CHUNK)).mappings():
                yield dict(row) | {"data": bytes(row["data"])}


def links_of(session: Session, ledger_id: str, row_id: str = "") -> Iterator[tuple[str, Link]]:
    """The chain of a ledger, or the links of one row, in order, each with the row that it is filed under."""
    held = (EntryTable.row_id, EntryTable.seq, EntryTable.body, EntryTable.via, EntryTable.hash)
    wanted = select(*held).where(EntryTable.ledger_id == ledger_id).order_by(EntryTable.seq)
    wanted = wanted.where(EntryTable.row_id == row_id) if row_id else wanted
    for row, seq, body, via, digest in session.execute(wanted.execution_options(yield_per=_CHUNK)):
        yield row, Link(seq, bytes(body), via, digest)


def _row(session: Session, ledger_id: str, row_id: str) -> LedgerRow:
    found = session.get(RowTable, (ledger_id, row_id))
    if found is None:
        raise NotFound("这一行不在台账里，请刷新后再试。")
    return as_row(found.data)


def as_ledger(table: LedgerTable) -> Ledger:
    """As a value."""
    return Ledger(table.id, table.chain, table.owner, table.site, table.signer, table.length, table.head)


def as_row(data: bytes) -> LedgerRow:
    """As a value; raises ``HomeError`` for one that was changed by hand."""
    try:
        return rows_json().validate_json(bytes(data))
    except ValidationError as error:
        raise HomeError("台账里有一行被改坏了，请运行 anheng ledger verify 查看是哪一行。") from error


def as_data(row: LedgerRow) -> bytes:
    """As it lies in the table."""
    return rows_json().dump_json(row, exclude_defaults=True)


def columns(ledger_id: str, owner: str, alike: str, row: LedgerRow) -> dict[str, Any]:
    """A row as its table holds it."""
    gap = row.gap
    deadline = gap.deadline.isoformat() if gap.deadline else UNDATED
    return {
        "ledger_id": ledger_id,
        "id": row.id,
        "number": row.number,
        "owner": owner,
        "alike": alike,
        "hazard": gap.hazard[:_NARROW],
        "state": row.state.value,
        "due": DONE if row.state is State.CLOSED else deadline,
        "month": gap.found.isoformat()[:7] if gap.found else "",
        "person": gap.person[:_NARROW],
        "post": gap.post[:_NARROW],
        "repeats": row.repeats,
        "data": as_data(row),
    }
