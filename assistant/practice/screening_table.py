"""The rows that a rule looks at, and how rows of another table belong to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any

from assistant.domain.screening import Hit, Rule
from assistant.practice.screening_rows import Rows

Found = tuple[int, Sequence[int], Mapping[str, Any]]
"""A row, rows that belong to it (of the other table where the rule has one), and what else its sentence says."""
_TERM = re.compile(r"(?P<own>\w+)(?:(?P<sign>[=<~])(?P<other>\w+)(?:/(?P<days>\d+))?)?")


@dataclass(frozen=True)
class Term:
    """``unit``; ``unit=mine``; ``occurred<filed``: not later; ``died~occurred/30``: at most 30 days after."""

    own: str
    sign: str
    other: str
    days: int

    @classmethod
    def read(cls, text: str) -> Term:
        """Raises ``ValueError`` on anything else."""
        found = _TERM.fullmatch(text)
        if not found:
            raise ValueError(text)
        return cls(found["own"], found["sign"] or "=", found["other"] or found["own"], int(found["days"] or 0))

    def holds(self, own: Any, other: Any) -> bool:
        """Of two days, neither of them empty."""
        return bool(own <= other) if self.sign == "<" else 0 <= own - other <= self.days


Way = tuple[list[Term], list[Term]]
"""What has to be equal, and what else has to hold."""


class Table:
    """A rule's rows, and how those of the other table belong to them."""

    def __init__(self, rule: Rule, tables: Mapping[str, Rows]) -> None:
        self.rule, self.rows = rule, tables[rule.table]
        self.other = tables.get(rule.against, self.rows)
        self._index: dict[tuple[str, ...], dict[tuple[Any, ...], list[int]]] = {}
        ways = [[Term.read(term) for term in way] for way in rule.match]
        self.ways: list[Way] = [
            ([term for term in way if term.sign == "="], [term for term in way if term.sign != "="])
            for way in ways
            if all(self.rows.has(term.own) and self.other.has(term.other) for term in way)
        ]

    def column(self, number: int) -> list[Any]:
        """Values of the rule's own column; of one that the table lacks, ``None`` throughout."""
        return self.rows.values(self.rule.columns[number].rstrip("?"))

    def others(self, number: int) -> list[Any]:
        """The same of the other table."""
        return self.other.values(self.rule.other[number].rstrip("?"))

    def eligible(self) -> Iterator[int]:
        """Rows that meet the rule's conditions."""
        if not (self.rule.all or self.rule.any):
            return iter(range(len(self.rows)))
        holds = self.rows.holds(self.rule.all, self.rule.any)
        return (at for at in range(len(self.rows)) if holds(at))

    def matches(self, at: int) -> list[int] | None:
        """Rows of the other table that belong to a row; ``None``: the row has nothing to go by.

        A surer way that the row can be held to decides, but for rows of the other table that leave its columns empty.
        """
        surer: list[Term] = []
        told = False
        for equal, more in self.ways:
            terms = [*equal, *more]
            own = tuple(self.rows.values(term.own)[at] for term in equal)
            if None in own or any(self.rows.values(term.own)[at] is None for term in more):
                continue
            found = [other for other in self._indexed(equal).get(own, ()) if self._more(more, at, other)]
            if told:
                found = [other for other in found if any(self.other.values(term.other)[other] is None for term in surer)]
            if found:
                return found
            surer, told = terms, True
        return [] if told else None

    def _more(self, terms: Sequence[Term], at: int, other: int) -> bool:
        for term in terms:
            own, value = self.rows.values(term.own)[at], self.other.values(term.other)[other]
            if value is None or not term.holds(own, value):
                return False
        return True

    def _indexed(self, equal: Sequence[Term]) -> dict[tuple[Any, ...], list[int]]:
        keys = tuple(term.other for term in equal)
        if keys not in self._index:
            index: dict[tuple[Any, ...], list[int]] = {}
            holds = self.other.holds(self.rule.where)
            columns = [self.other.values(key) for key in keys]
            for at, values in enumerate(zip(*columns, strict=True)):
                if None not in values and holds(at):
                    index.setdefault(values, []).append(at)
            self._index[keys] = index
        return self._index[keys]

    def hit(self, at: int, other: Sequence[int], said: Mapping[str, Any]) -> Hit:
        """A sentence with the cells of its rows."""
        words = dict(said)
        for _, name, _, _ in Formatter().parse(self.rule.says):
            if name is None or name in words:
                continue
            if name.startswith("other_"):
                words[name] = self.other.shown(other[0], name.removeprefix("other_"))
            else:
                words[name] = self.rows.shown(at, name)
        places = (self.rows.place(at), *(self.other.place(one) for one in other))
        return Hit(self.rule.key, self.rule.says.format_map(words), places)
