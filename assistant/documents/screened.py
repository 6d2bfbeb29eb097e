"""What a screening found, as an Excel file: the hits, what was looked for and why, and what was read and what was not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from io import BytesIO
from math import ceil
from typing import Any

from assistant.domain.screening import Grid, Plan, Screened

CAUTION = "仅供参考：命中只是要核查的线索，不是认定；是否违法、犯罪由承办人查证后判断。所引条文按筛查当日的法律，行为在其施行以前的，另按行为时的法律核对。"
MOST = 100_000
"""Rows of the sheet of hits; more are counted and not listed."""
Titles = Callable[[str], str]
_HITS = ("序号", "线索", "说明", "所在行", "对应的行", "意味着什么", "依据", "下一步查什么")
_HIT_WIDTHS, _RULE_WIDTHS, _READ_WIDTHS = (7, 24, 60, 30, 30, 52, 44, 52), (28, 10, 40, 60, 44, 52), (44, 24, 60, 40, 10)
_CHAR, _LINE, _HIGHEST = 2, 15, 20
"""Widths of a Chinese character, points of a line, and lines of the highest row."""
Line = tuple[Sequence[Any], bool]
"""Cells of a row, and whether it is a heading."""
_PLACES = 20


def to_excel(found: Screened, grids: Sequence[Grid], plan: Plan, titles: Titles, library_date: str, today: date) -> bytes:
    """The file's content. Words of the tables stay words: none is ever written as a formula."""
    import openpyxl

    book: Any = openpyxl.Workbook(write_only=True)
    book.properties.title, book.properties.creator = f"线索：{found.model.name}", "安衡"
    _fill(book.create_sheet("线索"), _HIT_WIDTHS, _hits(found, titles))
    _fill(book.create_sheet("查了什么"), _RULE_WIDTHS, _rules(found, titles))
    _fill(book.create_sheet("读了什么"), _READ_WIDTHS, _read(found, grids, plan, library_date, today))
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _hits(found: Screened, titles: Titles) -> Iterator[Line]:
    yield [CAUTION], True
    yield _HITS, True
    rules = {rule.key: (rule, "；".join(map(titles, rule.cite))) for rule in found.model.rules}
    for number, hit in enumerate(found.hits[:MOST], 1):
        rule, cited = rules[hit.rule]
        others = "；".join(map(str, hit.places[1 : _PLACES + 1])) + ("等" if len(hit.places) > _PLACES + 1 else "")
        yield [number, rule.name, hit.says, str(hit.places[0]), others, rule.means, cited, rule.next], False
    if len(found.hits) > MOST:
        yield [f"共{len(found.hits)}条，只列出前{MOST}条。"], True


def _rules(found: Screened, titles: Titles) -> Iterator[Line]:
    yield [found.model.about], True
    yield ["规则", "命中", "没有查的原因", "命中意味着什么", "依据", "下一步查什么"], True
    for rule in found.model.rules:
        said = found.skipped.get(rule.key, "")
        count = "未查" if said else len(found.of(rule.key))
        yield [rule.name, count, said, rule.means, "；".join(map(titles, rule.cite)), rule.next], False
    yield [f"限度：{found.model.limits}"], True


def _read(found: Screened, grids: Sequence[Grid], plan: Plan, library_date: str, today: date) -> Iterator[Line]:
    yield [f"{today.isoformat()}筛查，法规库截至{library_date}。{CAUTION}"], True
    yield ["表格", "当作", "用到的列", "没有用的列", "数据行"], True
    for grid, use in zip(grids, plan.uses, strict=True):
        role = found.model.role(use.role) if use.role else None
        known = [column for column in (role.columns if role else ()) if column.key in use.columns]
        used = [f"{column.name}←{grid.headings[use.columns[column.key]]}" for column in known]
        rest = [heading for at, heading in enumerate(grid.headings) if heading and at not in use.columns.values()]
        yield [grid.name, role.name if role else "没有用", "、".join(used), "、".join(rest), len(grid.rows)], False
    yield [], False
    some = "，下面是其中一部分：" if found.unread else "。"
    yield [f"读不出来的单元格共{found.unread_count}处，没有参与比较{some}"], True
    for cell in found.unread:
        yield [str(cell.place), cell.column, cell.value], False


@cache
def _styles() -> tuple[Any, Any]:
    from openpyxl.styles import Alignment, Font

    return Font(bold=True), Alignment(wrap_text=True, vertical="top")


def _fill(sheet: Any, widths: Sequence[int], lines: Iterable[Line]) -> None:
    """Columns as wide as told, rows as high as their longest cell needs, printed across the page."""
    for number, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    sheet.freeze_panes = "A3"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for number, (values, bold) in enumerate(lines, 1):
        if not bold:
            needed = [ceil(_CHAR * len(str(value)) / width) for value, width in zip(values, widths, strict=False)]
            sheet.row_dimensions[number].height = _LINE * min(max(needed, default=1), _HIGHEST)
        sheet.append([_cell(sheet, value, bold) for value in values])


def _cell(sheet: Any, value: Any, bold: bool) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell: Any = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:32_000] if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = _styles()[0]
    else:
        cell.alignment = _styles()[1]
    return cell
