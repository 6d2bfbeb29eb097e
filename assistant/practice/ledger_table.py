"""台账 tables: which heading is which field, and each row as a gap or as a row that cannot be read, with what to do. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from assistant.domain.ledger import Gap, Level, State
from assistant.domain.ledger_book import BadRow, LedgerBook, ReadRow, Understood
from assistant.domain.screening import Grid
from assistant.errors import UsageError
from assistant.practice.normal import IMPOSSIBLE, day, flat
from assistant.practice.screening_plan import bare, match_columns

LONGEST = 4000
"""Characters of a cell."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_IN_DAYS = re.compile(r"^(\d{1,3})[天日](?:内|之内|以内)?(?:完成|整改|整改完成)?$")
_AT_ONCE = re.compile(r"^(?:立即|立刻|当场|即时|马上|即日)")
_NO_YEAR = re.compile(r"^\d{1,2}[月./-]\d{1,2}[日号]?$")


class _Wrong(Exception):
    """A row that cannot be read; the argument says why and what to do."""


def knows(book: LedgerBook) -> Callable[[str], bool]:
    """Whether a heading is one of the ledger's."""
    names = frozenset(bare(name) for one in book.table.columns for name in (one.name, *one.called))
    return lambda heading: bare(heading) in names


def understand(grids: Sequence[Grid], book: LedgerBook, notes: Sequence[str], today: date) -> Understood:
    """Every row of the sheets that hold hazards; raises ``UsageError`` where none does."""
    used = [(grid, match_columns(book.table, grid.headings)[0]) for grid in grids]
    fitting = [(grid, columns) for grid, columns in used if "hazard" in columns]
    if not fitting:
        seen = "、".join(filter(None, grids[0].headings[:10]))
        raise UsageError(f"表里没有找到“隐患内容”一列（读到的列是：{seen}），请把写隐患的那一列的列名改成“隐患内容”后再导入。")
    rows: list[ReadRow] = []
    bad: list[BadRow] = []
    said = [*notes, *(f"“{grid.sheet}”表里没有隐患内容，没有导入。" for grid, columns in used if "hazard" not in columns)]
    for grid, columns in fitting:
        reading = _Reading(grid, columns, book, today)
        for cells, number in zip(grid.rows, grid.numbers, strict=True):
            try:
                rows.append(reading.row(cells, number))
            except _Wrong as wrong:
                bad.append(BadRow(grid.sheet, number, str(wrong), cells))
    grid, columns = fitting[0]
    names = {one.name: grid.headings[columns[one.key]] for one in book.table.columns if one.key in columns}
    if "level" not in columns:
        said.append("表里没有等级一列，全部记为“一般”，其中的重大隐患请导入后改正。")
    if "deadline" not in columns:
        said.append("表里没有整改期限一列，导入的行不会到期提醒，请导入后补上。")
    elif undated := sum(not row.gap.deadline for row in rows):
        said.append(f"有 {undated} 行没有写整改期限，不会到期提醒，请导入后补上。")
    kept = tuple(heading for at, heading in enumerate(grid.headings) if heading and at not in columns.values())
    return Understood(grid.name, grid.headings, names, kept, rows, bad, tuple(said))


class _Reading:
    """One sheet."""

    def __init__(self, grid: Grid, columns: Mapping[str, int], book: LedgerBook, today: date) -> None:
        self._grid, self._columns, self._today = grid, columns, today
        self._levels = {flat(word): level for level, words in book.levels.items() for word in words}
        self._states = {flat(word): state for state, words in book.states.items() for word in words}
        taken = set(columns.values())
        self._kept = [(at, heading) for at, heading in enumerate(grid.headings) if heading and at not in taken]

    def row(self, cells: Sequence[str], number: int) -> ReadRow:
        """Raises ``_Wrong``."""

        def cell(key: str) -> str:
            at = self._columns.get(key)
            said = _CONTROL.sub("", cells[at]).strip() if at is not None and at < len(cells) else ""
            if len(said) > LONGEST:
                raise _Wrong(f"“{self._grid.headings[at or 0]}”一格超过{LONGEST}字，请缩短后再导入。")
            return said

        hazard = cell("hazard")
        if not hazard:
            raise _Wrong("没有写隐患内容，请补上；如果这一格是公式，请用 Excel 打开、保存一次。")
        found = self._day(cell("found"), "发现日期", self._today)
        gap = Gap(
            "",
            hazard,
            self._level(cell("level")),
            liability=tuple(filter(None, cell("liability").split("；"))),
            deadline=self._day(cell("deadline"), "整改期限", found or self._today),
            found=found,
            state=self._state(cell("state")),
            duty=cell("duty"),
            measure=cell("measure"),
            post=cell("post"),
            person=cell("person"),
            source=cell("source"),
            note=cell("note"),
            extra={heading: cells[at] for at, heading in self._kept if at < len(cells) and cells[at]},
        )
        given = frozenset(key for key in self._columns if cell(key))
        return ReadRow(cell("site"), gap, cell("id"), number, self._grid.sheet, given, cells)

    def _level(self, said: str) -> Level:
        if not said:
            return Level.MINOR
        found = self._levels.get(flat(said))
        if found is None:
            raise _Wrong(f"隐患等级“{said[:20]}”认不出，请写成重大、较大或者一般。")
        return found

    def _state(self, said: str) -> State:
        if not said:
            return State.OPEN
        found = self._states.get(flat(said))
        if found is None:
            raise _Wrong(f"整改状态“{said[:20]}”认不出，请写成待整改、整改中、待复查或者已销号。")
        return found

    def _day(self, said: str, name: str, start: date) -> date | None:
        """A day as people write it: as a date, 立即, 3日内."""
        if not said:
            return None
        if _AT_ONCE.match(said):
            return start
        if within := _IN_DAYS.match(flat(said)):
            return start + timedelta(days=int(within[1]))
        found = day(said)
        if isinstance(found, int):
            return date.fromordinal(found)
        if _NO_YEAR.match(flat(said)):
            raise _Wrong(f"{name}“{said[:20]}”没有年份，请写成 2026-12-31 的样子。")
        why = "日历上没有这一天" if found == IMPOSSIBLE else "认不出是哪一天"
        raise _Wrong(f"{name}“{said[:20]}”{why}，请写成 2026-12-31 的样子。")
