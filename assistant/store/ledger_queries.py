"""Looking at 台账: rows by filter, in the order in which they press, and how many there are of each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import ColumnElement, case, func, or_, select

from assistant.domain.ledger import OVERDUE, UNCLOSED, Filter, LedgerRow, State, Tally
from assistant.store.ledger import as_row
from assistant.store.ledger_tables import DONE, LedgerTable, RowTable
from assistant.store.repository import Repository

_CHUNK = 2000
_PEOPLE = 200
"""Names that are offered to choose from."""


class LedgerQueries:
    """Rows of the ledgers of one owner, or of everybody where the owner is empty."""

    def __init__(self, repository: Repository) -> None:
        self._session = repository._session

    def rows(
        self, owner: str, wanted: Filter, today: date, limit: int | None = None, offset: int = 0
    ) -> list[tuple[str, str, LedgerRow]]:
        """(ledger id, site, row): what is overdue first, then by deadline; what is closed last."""
        return list(self.each(owner, wanted, today, limit, offset))

    def each(
        self, owner: str, wanted: Filter, today: date, limit: int | None = None, offset: int = 0
    ) -> Iterator[tuple[str, str, LedgerRow]]:
        """As ``rows``, one by one, so that a long ledger needs no room."""
        order = (RowTable.due, RowTable.number, RowTable.id)
        keys = select(RowTable.ledger_id, RowTable.id).where(*_held(owner, wanted, today)).order_by(*order)
        chosen = keys.limit(limit).offset(offset).subquery()
        rows = (
            select(RowTable.ledger_id, LedgerTable.site, RowTable.data)
            .join(chosen, (RowTable.ledger_id == chosen.c.ledger_id) & (RowTable.id == chosen.c.id))
            .join(LedgerTable, LedgerTable.id == RowTable.ledger_id)
            .order_by(*order)
        )
        with self._session() as session:
            for ledger, site, data in session.execute(rows.execution_options(yield_per=_CHUNK)):
                yield ledger, site, as_row(data)

    def due(self, owner: str, today: date, days: int, limit: int) -> list[tuple[str, str, LedgerRow]]:
        """Rows whose deadline has passed or comes within ``days``, the longest overdue first."""
        until = (today + timedelta(days=days)).isoformat()
        rows = (
            select(RowTable.ledger_id, LedgerTable.site, RowTable.data)
            .join(LedgerTable, LedgerTable.id == RowTable.ledger_id)
            .where(*_held(owner, Filter(), today), RowTable.due <= until)
            .order_by(RowTable.due, RowTable.number)
            .limit(limit)
        )
        with self._session() as session:
            return [(ledger, site, as_row(data)) for ledger, site, data in session.execute(rows)]

    def starting(self, owner: str, prefix: str) -> list[tuple[str, str, LedgerRow]]:
        """Up to two rows whose id begins so: (owner, ledger id, row)."""
        held = [RowTable.id.startswith(prefix, autoescape=True), *([RowTable.owner == owner] if owner else [])]
        with self._session() as session:
            wanted = select(RowTable.owner, RowTable.ledger_id, RowTable.data).where(*held).limit(2)
            return [(whose, ledger, as_row(data)) for whose, ledger, data in session.execute(wanted)]

    def tally(self, owner: str, wanted: Filter, today: date) -> Tally:
        """Counts of what the filter leaves."""
        late = case((RowTable.due < today.isoformat(), 1), else_=0).label("late")
        again = case((RowTable.repeats > 0, 1), else_=0).label("again")
        by, held = (RowTable.ledger_id, RowTable.month, RowTable.state), _held(owner, wanted, today)
        counted = select(*by, func.sum(late), func.sum(again), func.count()).where(*held).group_by(*by)
        responsible = case((RowTable.person != "", RowTable.person), else_=RowTable.post).label("responsible")
        in_charge = select(responsible, func.count()).where(*held).group_by(responsible)
        with self._session() as session:
            groups = session.execute(counted).all()
            people = Counter[str]()
            for name, count in session.execute(in_charge):
                people[name] = count
            names = {one.id: one.site for one in session.scalars(select(LedgerTable))}
        states, sites, months, closed = (Counter[str]() for _ in range(4))
        repeated = 0
        for ledger, month, state, overdue, repeats, count in groups:
            states[state] += count
            states[OVERDUE] += overdue
            sites[names[ledger]] += count
            months[month] += count
            closed[month] += count * (state == State.CLOSED)
            repeated += repeats
        total = sum(months.values())
        del people[""]
        named = dict(people.most_common(_PEOPLE))
        return Tally(total, states, sites, dict(sorted(months.items())), closed, named, repeated)


def _held(owner: str, wanted: Filter, today: date) -> list[ColumnElement[bool]]:
    held: list[ColumnElement[bool]] = []
    if owner:
        held.append(RowTable.owner == owner)
    if wanted.ledger:
        held.append(RowTable.ledger_id == wanted.ledger)
    if wanted.state == OVERDUE:
        held.append(RowTable.due < today.isoformat())
    elif wanted.state == UNCLOSED:
        held.append(RowTable.due < DONE)
    elif wanted.state:
        held.append(RowTable.state == wanted.state)
    if wanted.month:
        held.append(RowTable.month == wanted.month)
    if wanted.person:
        held.append(or_(RowTable.person == wanted.person, RowTable.post == wanted.person))
    if wanted.words:
        held += [RowTable.hazard.icontains(word, autoescape=True) for word in wanted.words.split()[:8]]
    if wanted.repeated:
        held.append(RowTable.repeats > 0)
    return held
