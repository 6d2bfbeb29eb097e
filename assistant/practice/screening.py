"""线索: a declared model over tables. Rows in, hits out; nothing is kept and nothing leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from assistant.domain.screening import Grid, Hit, Model, Plan, Role, Rule, Screened, Unread
from assistant.errors import Cancelled, UsageError
from assistant.practice.screening_checks import CHECKS
from assistant.practice.screening_rows import Rows
from assistant.practice.screening_table import Table

Progress = Callable[[str, int, int], None]
Stop = Callable[[], bool]
MOST_UNREAD = 200
"""Cells that are listed; all are counted."""
_SENSELESS = 3
"""Cells that say something else, from which a column that has nothing else was mistaken."""


def screen(
    model: Model,
    grids: Sequence[Grid],
    plan: Plan,
    today: date,
    progress: Progress = lambda what, done, total: None,
    cancelled: Stop = lambda: False,
) -> Screened:
    """Apply every rule for which the tables have what it needs; raises ``UsageError`` for none, ``Cancelled`` when stopped."""
    tables = {role.key: _rows(role, grids, plan) for role in model.tables}
    _refuse_senseless(tables.values())
    hits: list[Hit] = []
    skipped: dict[str, str] = {}
    for number, rule in enumerate(model.rules):
        progress(rule.name, number, len(model.rules))
        lacking = _lacking(model, rule, tables)
        if lacking:
            skipped[rule.key] = lacking
            continue
        hits += _apply(rule, tables, today, cancelled)
    if len(skipped) == len(model.rules):
        raise UsageError(
            f"按“{model.name}”一条也查不了：{'；'.join(dict.fromkeys(skipped.values()))}。请补上表格或者改对应的列。"
        )
    progress("整理结果", len(model.rules), len(model.rules))
    unread = [cell for rows in tables.values() for cell in _some(rows.unread_cells())]
    return Screened(
        model,
        tuple(hits),
        {grid.name: len(grid.rows) for grid, use in zip(grids, plan.uses, strict=True) if use.role},
        {grid.name: model.role(use.role).name for grid, use in zip(grids, plan.uses, strict=True) if use.role},
        skipped,
        tuple(unread),
        sum(len(rows.unread) for rows in tables.values()),
    )


def _refuse_senseless(tables: Iterable[Rows]) -> None:
    """A column in which no cell is what it should be was taken for the wrong one."""
    for rows in tables:
        for column in rows.role.columns:
            if not rows.has(column.key) or column.kind not in {"date", "count", "money"}:
                continue
            values = rows.values(column.key)
            told = [cell for _, known, cell in rows.unread if known is column]
            if told and len(told) >= _SENSELESS and not any(value is not None for value in values):
                what = {"date": "日期", "count": "数字", "money": "看得出是元还是万元的金额"}[column.kind]
                raise UsageError(
                    f"“{rows.role.name}”的“{column.name}”一列没有一格是{what}（例如“{told[0][:20]}”），请检查列的对应。"
                )


def _some(cells: Iterator[Unread]) -> Iterable[Unread]:
    return [cell for _, cell in zip(range(MOST_UNREAD), cells, strict=False)]


def _rows(role: Role, grids: Sequence[Grid], plan: Plan) -> Rows:
    return Rows(role, [(grid, use) for grid, use in zip(grids, plan.uses, strict=True) if use.role == role.key])


def _lacking(model: Model, rule: Rule, tables: Mapping[str, Rows]) -> str:
    """What a rule lacks in these tables, in words; empty where nothing."""
    for key in filter(None, (rule.table, rule.against)):
        if not len(tables[key]):
            return f"缺“{model.role(key).name}”"
    wanted = [(rule.table, column) for column in (*rule.columns, *(c.column for c in rule.all))]
    wanted += [(rule.against, column) for column in (*rule.other, *(c.column for c in rule.where))]
    for key, column in wanted:
        if column.endswith("?"):
            continue
        ways = column.split("+")[0].split("|")
        if not any(tables[key].has(way) for way in ways):
            return f"“{model.role(key).name}”缺“{model.role(key).column(ways[0]).name}”一列"
    if rule.any and not any(tables[rule.table].has(condition.column) for condition in rule.any):
        return f"“{model.role(rule.table).name}”缺“{model.role(rule.table).column(rule.any[0].column).name}”一列"
    if rule.match and not Table(rule, tables).ways:
        return f"“{model.role(rule.table).name}”和“{model.role(rule.against).name}”没有可以对应的列"
    return ""


def _apply(rule: Rule, tables: Mapping[str, Rows], today: date, cancelled: Stop) -> Iterator[Hit]:
    table = Table(rule, tables)
    for count, (at, other, said) in enumerate(CHECKS[rule.check](table, today.toordinal())):
        if count % 500 == 0 and cancelled():
            raise Cancelled("已停止筛查。")
        yield table.hit(at, other, said)
    if cancelled():
        raise Cancelled("已停止筛查。")
