"""Text without pages and tables as passages: Word, Markdown, plain text, Excel, CSV. A row keeps its headings."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from assistant.domain.material import MaterialPassage
from assistant.errors import UnreadableFile
from assistant.ingest.plain import decode
from assistant.ingest.rows import CLOSES, LONGEST, is_heading

MAX_ROWS = 50_000
_WHOLE = 20 * 1024 * 1024
"""Bytes of the unpacked file up to which merged cells are looked up; a larger one is read row by row."""
_BAR = re.compile(r"^\s*\|.*\|\s*$")
_RULE = re.compile(r"^[\s|:-]+$")
_SENTENCES = re.compile(r"[^。！？；]*[。！？；]?")
_MARKS = re.compile(r"^\s*#{1,6}\s+|\*\*|^\s*>\s?")


def of_lines(lines: Iterable[str]) -> list[MaterialPassage]:
    """Paragraphs with the heading above them, and the rows of tables written as ``| 姓名 | 职务 |``."""
    found: list[MaterialPassage] = []
    head, table, number = "", list[list[str]](), 0
    for line in [*(line.strip() for line in lines), ""]:
        if _BAR.match(line):
            table.append([cell.strip() for cell in line.strip("| ").split("|")])
            continue
        found.extend(_of_table([row for row in table if not _RULE.match("".join(row) or "-")], "表"))
        table = []
        if not line:
            continue
        number += 1
        words = _MARKS.sub("", line)
        if is_heading(words) and len(head) < LONGEST:
            head += words + "\n"
            continue
        for part in _parts(words):
            found.append(MaterialPassage(head + part, f"第{number}段"))
            head = ""
    return [*found, MaterialPassage(head.strip(), f"第{number}段")] if head else found


def _parts(text: str) -> Iterator[str]:
    """A long paragraph cut behind sentences."""
    part = ""
    for sentence in _SENTENCES.findall(text):
        if part and len(part) + len(sentence) > LONGEST and part[-1] in CLOSES:
            yield part
            part = ""
        part += sentence
    if part:
        yield part


def _of_table(rows: Sequence[Sequence[str]], name: str) -> Iterator[MaterialPassage]:
    """姓名：张三；职务：厂长 for each row; headings are the first row of several cells and no figures, a title stands above it."""
    title = ""
    head: list[str] = []
    filled_rows = [(number, filled) for number, cells in enumerate(rows, start=1) if (filled := [cell for cell in cells if cell])]
    several = len(filled_rows) > 1 and max(len(filled) for _, filled in filled_rows) > 1
    for number, filled in filled_rows:
        cells = rows[number - 1]
        if several and not head and len(filled) == 1:
            title += filled[0] + "\n"
        elif several and not head and not any(map(_is_figure, filled)):
            head = list(cells)
        else:
            said = "；".join(f"{heading}：{cell}" if heading else cell for heading, cell in _named(head, cells) if cell)
            yield MaterialPassage(title + said, f"{name}第{number}行", row=True)


def _named(head: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place, cell in enumerate(cells):
        yield (head[place] if place < len(head) else ""), cell


def _is_figure(cell: str) -> bool:
    return bool(re.fullmatch(r"[-+]?[\d,.]+%?", cell))


def of_csv(path: Path, name: str) -> list[MaterialPassage]:
    """Rows of a text table, whatever separates its cells."""
    text = decode(path.read_bytes(), name).lstrip("\ufeff")
    first = text.split("\n", 1)[0]
    mark = max(",\t;|", key=first.count)
    try:
        rows = [[" ".join(cell.split()) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=mark)]
    except csv.Error as error:
        raise UnreadableFile(f"“{name}”不是完好的 CSV 表格，请用 Excel 另存后再放进来。") from error
    _not_too_many(len(rows), name)
    return list(_of_table(rows, ""))


def of_workbook(path: Path, name: str) -> list[MaterialPassage]:
    """Rows of all sheets of an Excel file, as the cells show; raises ``UnreadableFile``."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    found: list[MaterialPassage] = []
    try:
        with zipfile.ZipFile(path) as package:
            small = sum(member.file_size for member in package.infolist()) <= _WHOLE
        with path.open("rb") as file:  # of a path openpyxl believes the suffix
            book = openpyxl.load_workbook(file, read_only=not small, data_only=True)
            for sheet in book.worksheets:
                found.extend(_of_table(_cells(sheet, small), f"“{sheet.title}”表"))
                _not_too_many(len(found), name)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        ParseError,
        OSError,
    ) as error:
        # What openpyxl raises on damage is not one family.
        raise UnreadableFile(f"“{name}”不是完好的 Excel 文件，请用 Excel 打开并另存后再放进来。") from error
    return found


def _cells(sheet: Any, whole: bool) -> list[list[str]]:
    """All cells as text; each cell of a merged range says what the range says, along its rows."""
    rows = [[_shown(cell.value, str(cell.number_format or "")) for cell in row] for row in sheet.iter_rows()]
    for area in list(sheet.merged_cells.ranges) if whole else ():
        if area.min_col == area.max_col:
            for row in range(area.min_row, area.max_row):
                rows[row][area.min_col - 1] = rows[area.min_row - 1][area.min_col - 1]
    return rows


def _shown(value: Any, style: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return f"{value * 100:g}%" if "%" in style else f"{value:.10g}"
    return " ".join(str(value).split())


def _not_too_many(rows: int, name: str) -> None:
    if rows > MAX_ROWS:
        raise UnreadableFile(f"“{name}”有 {rows} 行，超过 {MAX_ROWS} 行的上限，请只留下要问的部分再放进来。")
