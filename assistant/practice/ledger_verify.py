"""校验: whether a chain holds, and whether the rows are what its entries add up to. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from assistant.domain.ledger import Deed, Evidence, Fault, Ledger, LedgerRow
from assistant.domain.ledger_chain import START, Link, bound
from assistant.practice.ledger import apply

Columns = Callable[[LedgerRow], Mapping[str, Any]]
"""A row as its table holds it."""


class Replay:
    """A chain gone through from its start: what it breaks at, and what its rows should be."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._head, self._due = START, 1
        self.rows: dict[str, LedgerRow] = {}
        self.evidence: dict[str, tuple[str, Evidence]] = {}
        """By hash: the place where it was first named, and the file."""

    def go(self, filed: Iterable[tuple[str, Link]]) -> Iterator[Fault]:
        """Faults of links that are filed under rows, in order."""
        for row, link in filed:
            where = f"第{link.seq}条记录"
            if link.seq != self._due:
                yield self._fault(where, f"前面缺少第{self._due}条")
            if bound(self._head, link.via, link.body) != link.hash:
                yield self._fault(where, "内容或者哈希被改动")
            self._head, self._due = link.hash, link.seq + 1
            try:
                entry = link.entry
                if entry.row != row:
                    yield self._fault(where, "归到了别的行")
                if link.seq == 1:
                    yield from self._begun(entry.after)
                elif entry.row:
                    number = len(self.rows) + (entry.deed is Deed.REGISTER)
                    self.rows[entry.row] = apply(self.rows.get(entry.row), entry, number)
            except ValueError:
                yield self._fault(where, "内容读不出来")
                continue
            for file in entry.evidence:
                self.evidence.setdefault(file.sha256, (where, file))
        if (self._due - 1, self._head) != (self._ledger.length, self._ledger.head):
            yield self._fault("末尾", f"应有{self._ledger.length}条记录，现有{self._due - 1}条，或者末条的哈希不符")

    def _begun(self, after: Mapping[str, Any]) -> Iterator[Fault]:
        if (after.get("site"), after.get("chain")) != (self._ledger.site, self._ledger.chain):
            yield self._fault("第1条记录", "立账的场所或编号与台账不符")

    def compare(self, stored: Iterable[Mapping[str, Any]], columns: Columns) -> Iterator[Fault]:
        """Faults of rows as they are stored."""
        missing = dict(self.rows)
        for found in stored:
            row = missing.pop(found["id"], None)
            if row is None:
                yield self._fault(f"第{found['number']}行", "没有登记过，或者重复")
            elif differing := [name for name, value in columns(row).items() if found[name] != value]:
                yield self._fault(f"第{row.number}行", f"与记录不符（{'、'.join(differing)}）")
        yield from (self._fault(f"第{row.number}行", "被删除") for row in missing.values())

    def _fault(self, where: str, what: str) -> Fault:
        return Fault(self._ledger.site, where, what)
