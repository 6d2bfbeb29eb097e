"""Entries to the end of a chain, and how far a long piece of work on the 台账 is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from assistant.domain.ledger import Deed, LedgerRow
from assistant.domain.ledger_chain import Entry, linked
from assistant.errors import Cancelled
from assistant.practice.ledger import alike, apply
from assistant.store.ledger import Writing

T = TypeVar("T")
_TELL = 2000
"""Entries between two words about how far it is."""
Progress = Callable[[str, int, int], None]
Stop = Callable[[], bool]


def unheard(what: str, done: int, total: int) -> None:
    """Nobody listens."""


def append(
    writing: Writing, entries: Sequence[Entry], written: Callable[[int], None] = lambda done: None, via: str = ""
) -> tuple[LedgerRow, ...]:
    """Entries to the end of a ledger; returns the rows that they touch, as they are then. Raises ``ValueError`` for what cannot follow."""
    ledger, number = writing.ledger, writing.count()
    rows = writing.rows(entry.row for entry in entries)
    touched: dict[str, tuple[str, LedgerRow]] = {}
    for entry in entries:
        if entry.row:
            number += entry.deed is Deed.REGISTER
            rows[entry.row] = apply(rows.get(entry.row), entry, number)
            touched[entry.row] = (alike(rows[entry.row].gap), rows[entry.row])
    links = linked((entry.to_bytes() for entry in entries), ledger.length, ledger.head, via)
    writing.append([(entry.row, link) for entry, link in zip(entries, links, strict=True)], touched, written)
    return tuple(row for _, row in touched.values())


def counting(values: Iterable[T], said: Callable[[int], None]) -> Iterator[T]:
    """The values, told about every so often."""
    for number, value in enumerate(values):
        if number % _TELL == 0:
            said(number)
        yield value


def told(progress: Progress, total: int, cancelled: Stop, what: str = "写入台账") -> Callable[[int], None]:
    """Tells how much is written, and gives up where it is asked to."""

    def written(done: int) -> None:
        progress(what, done, total)
        if cancelled():
            raise Cancelled("已停止，台账没有改动。")

    return written
