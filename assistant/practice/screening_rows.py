"""The rows of one table of a model, from all grids that were taken for it, read column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from assistant.domain.screening import Column, Condition, Grid, Place, Role, Unread, Use
from assistant.practice import normal

_READERS: dict[str, Callable[[str], Any]] = {
    "unit": normal.unit,
    "person": normal.person,
    "identity": normal.number,
    "number": normal.number,
    "count": normal.figure,
    "date": normal.day,
    "text": normal.flat,
}
_EMPTY = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "空", "NULL", "null", "N/A"})
"""What is written where there is nothing."""


class Rows:
    """Cells by column and place. ``kept`` holds what could not be read."""

    def __init__(self, role: Role, taken: Sequence[tuple[Grid, Use]]) -> None:
        self.role, self._taken = role, taken
        self._starts = [0]
        for grid, _ in taken:
            self._starts.append(self._starts[-1] + len(grid.rows))
        self._values: dict[str, list[Any]] = {}
        self.impossible: dict[str, list[int]] = {}
        """By column: rows whose day is in no calendar."""
        self.unread: list[tuple[int, Column, str]] = []

    def __len__(self) -> int:
        return self._starts[-1]

    def has(self, column: str) -> bool:
        """Whether any grid has the column."""
        return any(column in use.columns for _, use in self._taken)

    def values(self, column: str) -> list[Any]:
        """What its cells mean, row by row: days as ordinals, figures as floats, the rest as text; ``None`` where there is nothing."""
        if column not in self._values:
            self._values[column] = list(self._read(self.role.column(column)))
        return self._values[column]

    def _read(self, column: Column) -> Iterator[Any]:
        """A cell that is written twice is read once."""
        at = 0
        for grid, use in self._taken:
            place = use.columns.get(column.key)
            heading = grid.headings[place] if place is not None else ""
            known: dict[str, Any] = dict.fromkeys(_EMPTY)
            for row in grid.rows:
                cell = row[place] if place is not None and place < len(row) else ""
                if cell not in known:
                    known[cell] = _meaning(column, cell, heading)
                value = known[cell]
                if value is normal.IMPOSSIBLE:
                    self.impossible.setdefault(column.key, []).append(at)
                if (value is None and cell not in _EMPTY) or value is normal.UNCLEAR:
                    self.unread.append((at, column, cell))
                yield None if value is normal.IMPOSSIBLE or value is normal.UNCLEAR else value
                at += 1

    def shown(self, at: int, column: str) -> str:
        """A cell as it is to be read in a sentence: days as 2024-01-05, the rest as written."""
        value = self.values(column)[at]
        if self.role.column(column).kind == "date" and isinstance(value, int):
            return date.fromordinal(value).isoformat()
        if self.role.column(column).kind == "money" and value is not None:
            return f"{value:g}万元"
        cell = self.cell(at, column)
        return "未填" if cell in _EMPTY else cell

    def cell(self, at: int, column: str) -> str:
        """A cell as written."""
        part = next(number for number, start in enumerate(self._starts[1:]) if at < start)
        grid, use = self._taken[part]
        place, row = use.columns.get(column), grid.rows[at - self._starts[part]]
        return row[place] if place is not None and place < len(row) else ""

    def place(self, at: int) -> Place:
        """Where a row stands."""
        part = next(number for number, start in enumerate(self._starts[1:]) if at < start)
        grid = self._taken[part][0]
        return Place(grid.name, grid.numbers[at - self._starts[part]])

    def unread_cells(self) -> Iterator[Unread]:
        """Cells that say something else than their column."""
        for at, column, cell in self.unread:
            yield Unread(self.place(at), column.name, cell)

    def holds(self, conditions: Sequence[Condition], any_of: Sequence[Condition] = ()) -> Callable[[int], bool]:
        """Whether a row meets all of the conditions and one of the others."""
        every = [self._holding(condition) for condition in conditions]
        some = [self._holding(condition) for condition in any_of]
        return lambda at: all(one(at) for one in every) and (not some or any(one(at) for one in some))

    def _holding(self, condition: Condition) -> Callable[[int], bool]:
        values = self.values(condition.column)

        def holds(at: int) -> bool:
            value = values[at]
            if value is None:
                return False
            if condition.least is not None:
                return bool(value >= condition.least)
            said = not condition.says or any(word in value for word in condition.says)
            return said and not any(word in value for word in condition.unless)

        return holds


def _meaning(column: Column, cell: str, heading: str) -> Any:
    """Nothing but a figure may be nought."""
    if column.kind == "money":
        return normal.in_10k(cell, heading)
    value = _READERS[column.kind](cell)
    return value if column.kind == "count" else value or None
