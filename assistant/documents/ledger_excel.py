"""台账 as Excel, in the customary columns and row by row, so that a long one needs no room; and rows that were not imported."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from assistant.domain.ledger import LedgerRow, State
from assistant.domain.ledger_book import BadRow, Understood
from assistant.errors import HomeError

HEADINGS = (
    ("序号", 6),
    ("场所", 18),
    ("隐患内容", 40),
    ("隐患等级", 9),
    ("法定要求", 40),
    ("依据条文", 30),
    ("法律责任", 40),
    ("整改措施", 36),
    ("责任岗位", 12),
    ("责任人", 10),
    ("发现日期", 12),
    ("整改期限", 12),
    ("整改状态", 9),
    ("是否逾期", 9),
    ("重复次数", 9),
    ("来源", 20),
    ("备注", 24),
    ("证据文件", 24),
    ("检察意见数", 10),
    ("系统编号", 12),
)
_TELL, _MOST_EXTRA, _LONGEST = 1000, 30, 32_000
_SHEET = "xl/worksheets/sheet1.xml"
_ROW, _STYLE = re.compile(rb'<row r="2".*?</row>', re.DOTALL), re.compile(rb'<c r="A2"[^>]* s="(\d+)"')
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold."""
_EPOCH = date(1899, 12, 30)
Titles = Callable[[str], str]
"""From ``法律#条/款/项`` to its Chinese form."""


def write(
    target: Path,
    rows: Iterable[tuple[str, str, LedgerRow]],
    extra: Sequence[str],
    titles: Titles,
    today: date,
    charts: Sequence[bytes] = (),
    progress: Callable[[int], None] = lambda done: None,
) -> None:
    """Write the file whole or not at all; ``extra`` are further columns that imports brought, ``charts`` PNGs for a second sheet.

    ``progress`` is told how many rows are written and may raise to give up.
    """
    wide = [*HEADINGS, *((name, 16) for name in extra[:_MOST_EXTRA]), ("其他列", 24)]
    part = target.with_name(f".{uuid4().hex}.xlsx")
    try:
        with zipfile.ZipFile(_frame(wide, charts)) as frame, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as made:
            for item in frame.infolist():
                content = frame.read(item)
                if item.filename != _SHEET:
                    made.writestr(item.filename, content)
                    continue
                row, style = next(_ROW.finditer(content)), next(_STYLE.finditer(content))
                with made.open(_SHEET, "w", force_zip64=True) as out:
                    out.write(content[: row.start()])
                    for done, (_, site, found) in enumerate(rows, 1):
                        out.write(_xml(done + 1, _cells(site, found, extra[:_MOST_EXTRA], titles, today), style[1].decode()))
                        if done % _TELL == 0:
                            progress(done)
                    out.write(content[row.end() :])
        part.replace(target)
    except OSError as error:
        raise _unwritten(target, error) from error
    finally:
        part.unlink(missing_ok=True)


def _frame(wide: Sequence[tuple[str, int]], charts: Sequence[bytes]) -> BytesIO:
    """The workbook as openpyxl makes it, with one row of a day in place of all the rows, which it would take long to write."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell

    book: Any = openpyxl.Workbook(write_only=True)
    book.properties.title, book.properties.creator = "安全隐患排查治理台账", "安衡"
    sheet = book.create_sheet("台账")
    _lay_out(sheet, [width for _, width in wide])
    sheet.append([_words(sheet, name, bold=True) for name, _ in wide])
    day: Any = WriteOnlyCell(sheet, date(2000, 1, 1))
    day.number_format = "yyyy-mm-dd"
    sheet.append([day])
    if charts:
        _draw(book.create_sheet("图"), charts)
    held = BytesIO()
    book.save(held)
    return held


def _xml(number: int, values: Sequence[Any], style: str) -> bytes:
    """A row of a sheet: words as words, never as a formula; days in the style of days."""
    made = [f'<row r="{number}">']
    for at, value in enumerate(values):
        if isinstance(value, int):
            made.append(f'<c r="{_column(at)}{number}"><v>{value}</v></c>')
        elif isinstance(value, date):
            made.append(f'<c r="{_column(at)}{number}" s="{style}"><v>{(value - _EPOCH).days}</v></c>')
        elif value:
            said = escape(_ILLEGAL.sub("", value)[:_LONGEST])
            made.append(f'<c r="{_column(at)}{number}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>')
    made.append("</row>")
    return "".join(made).encode()


@cache
def _column(at: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(at + 1))


def _cells(site: str, row: LedgerRow, extra: Sequence[str], titles: Titles, today: date) -> list[Any]:
    gap = row.gap
    late = "是" if row.overdue(today) else "已销号" if row.state is State.CLOSED else "否"
    return [
        row.number,
        site,
        gap.hazard,
        gap.level.value,
        gap.duty,
        "；".join(map(titles, gap.cites)),
        "；".join(gap.liability),
        gap.measure,
        gap.post,
        gap.person,
        gap.found,
        gap.deadline,
        row.state.value,
        late,
        row.repeats,
        gap.source,
        gap.note,
        "；".join(one.name for one in row.evidence),
        row.remarks,
        row.id,
        *(gap.extra.get(name, "") for name in extra),
        "；".join(f"{name}：{value}" for name, value in gap.extra.items() if name not in extra),
    ]


def write_bad(target: Path, understood: Understood, bad: Sequence[BadRow]) -> None:
    """The rows that were not imported, as they were, each with what is wrong, to be put right and imported again."""
    import openpyxl

    book: Any = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("没有导入的行")
    headings = ["问题", "原表", "原行号", *understood.headings]
    _lay_out(sheet, [50, 12, 8, *([16] * len(understood.headings))])
    sheet.append([_words(sheet, name, bold=True) for name in headings])
    for one in bad:
        sheet.append([_safe(sheet, value) for value in (one.what, one.sheet, one.number, *one.cells)])
    try:
        book.save(target)
    except OSError as error:
        raise _unwritten(target, error) from error


def _lay_out(sheet: Any, widths: Sequence[int]) -> None:
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _words(sheet: Any, value: str, *, bold: bool) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell: Any = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _safe(sheet: Any, value: object) -> Any:
    return _words(sheet, _ILLEGAL.sub("", value)[:_LONGEST], bold=False) if isinstance(value, str) else value


def _draw(sheet: Any, charts: Sequence[bytes]) -> None:
    from openpyxl.drawing.image import Image

    for number, content in enumerate(charts):
        sheet.add_image(Image(BytesIO(content)), f"A{1 + number * 26}")


def _unwritten(target: Path, error: OSError) -> HomeError:
    return HomeError(f"“{target.name}”没有写成（{error.strerror}），请检查磁盘空间、文件夹权限，以及文件是否正在打开。")
