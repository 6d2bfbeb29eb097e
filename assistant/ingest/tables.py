"""CSV and Excel as grids to be searched for cases: every row with its number, headings found below titles and across two rows."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from assistant.domain.screening import Grid
from assistant.errors import Cancelled, UnreadableFile, UnsupportedFormat
from assistant.ingest.plain import decode
from assistant.ingest.xlsx import MOST_COLUMNS, open_book, rows

Progress = Callable[[str, int, int], None]
Stop = Callable[[], bool]
Numbered = tuple[int, list[str]]
"""A row with its number, as Excel counts."""
MAX_MB, MAX_ROWS = 100, 500_000
_HEAD_ROWS = 20
"""Headings stand within so many rows from the top."""
_UNPACKED = 1500 * 2**20
"""Bytes of an unpacked workbook; one that claims more is no table of an office."""
_TELL = 5000
"""Rows between two words about how far the reading is."""
_FIGURE = re.compile(r"[-+]?[\d,.]+%?|\d{4}[-/.年].*")


def read_tables(
    path: Path,
    name: str,
    known: Callable[[str], bool],
    progress: Progress = lambda what, done, total: None,
    cancelled: Stop = lambda: False,
) -> list[Grid]:
    """The grids of a file, one a sheet; ``known`` tells whether a heading is one that some model knows.

    Raises ``UnsupportedFormat`` or ``UnreadableFile`` with what to do, or ``Cancelled``.
    """
    size = path.stat().st_size / 2**20
    suffix = Path(name).suffix.lower()
    if size > MAX_MB:
        raise UnreadableFile(f"“{name}”有 {size:.0f} MB，超过 {MAX_MB} MB 的上限，请拆成几个文件，或者只留下要用的列。")
    if suffix in {".csv", ".tsv", ".txt"}:
        sheets: Iterable[tuple[str, Iterator[Numbered]]] = [("", _csv(path, name))]
        found = list(_grids(sheets, name, known, progress, cancelled))
    elif suffix in {".xlsx", ".xlsm"}:
        found = _workbook(path, name, known, progress, cancelled)
    else:
        hint = "旧版 .xls 请用 Excel 另存为 .xlsx" if suffix == ".xls" else "请给 .csv 或者 .xlsx 文件"
        raise UnsupportedFormat(f"“{name}”不是能筛查的表格，{hint}。")
    if not found:
        raise UnreadableFile(f"“{name}”里没有带表头的数据行，请确认第一行或者标题下面是列名、再下面是数据。")
    return found


def _csv(path: Path, name: str) -> Iterator[Numbered]:
    text = decode(path.read_bytes(), name).lstrip("\ufeff")
    sample = text[:20_000]
    mark = max(",\t;|", key=sample.count)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=mark), 1):
            yield number, [" ".join(cell.split()) for cell in row[:MOST_COLUMNS]]
    except csv.Error as error:
        raise UnreadableFile(f"“{name}”不是完好的 CSV 表格，请用 Excel 打开并另存后再放进来。") from error


def _workbook(path: Path, name: str, known: Callable[[str], bool], progress: Progress, cancelled: Stop) -> list[Grid]:
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as package:
            if sum(member.file_size for member in package.infolist()) > _UNPACKED:
                raise UnreadableFile(f"“{name}”解开后太大，请拆成几个文件，或者只留下要用的列。")
        with path.open("rb") as file:  # of a path openpyxl believes the suffix
            book = open_book(file)
            sheets = [(sheet.title, rows(sheet)) for sheet in book.worksheets if sheet.sheet_state == "visible"]
            return list(_grids(sheets, name, known, progress, cancelled))
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        ParseError,
        ExpatError,
        OSError,
    ) as error:
        # What openpyxl raises on damage is not one family.
        raise UnreadableFile(f"“{name}”不是完好的 Excel 文件（或者加了密码），请用 Excel 打开并另存后再放进来。") from error


def _grids(
    sheets: Iterable[tuple[str, Iterator[Numbered]]],
    name: str,
    known: Callable[[str], bool],
    progress: Progress,
    cancelled: Stop,
) -> Iterator[Grid]:
    for title, numbered in sheets:
        top = [row for _, row in zip(range(_HEAD_ROWS), numbered, strict=False)]
        at, height, headings = _headings([row for _, row in top], known)
        if not headings:
            continue
        kept, numbers = [], []
        for number, row in chain(top[at + height :], numbered):
            if number % _TELL == 0:
                progress(f"读取“{name}”", number, 0)
                if cancelled():
                    raise Cancelled("已停止筛查。")
            if number > MAX_ROWS:
                raise UnreadableFile(f"“{name}”超过 {MAX_ROWS} 行的上限，请拆成几个文件分别筛查。")
            if any(row):
                kept.append(tuple(row))
                numbers.append(number)
        if kept:
            yield Grid(name, title, headings, kept, numbers)


def _headings(top: Sequence[list[str]], known: Callable[[str], bool]) -> tuple[int, int, tuple[str, ...]]:
    """Where the headings stand, over how many rows, and what they are: the row with most that are known, else the first of words."""
    scores = [sum(map(known, filter(None, row))) for row in top]
    at = scores.index(max(scores)) if any(scores) else next((n for n, row in enumerate(top) if _words(row) > 1), -1)
    if at < 0:
        return 0, 0, ()
    if at and scores[at - 1] and _fills(top[at - 1], top[at]):
        at -= 1
    below = top[at + 1] if at + 1 < len(top) else []
    if at < len(top) - 1 and any(map(known, filter(None, below))) and _fills(top[at], below):
        return at, 2, _merged(top[at], below)
    return at, 1, tuple(top[at])


def _words(row: Sequence[str]) -> int:
    filled = [cell for cell in row if cell]
    return 0 if any(map(_FIGURE.fullmatch, filled)) else len(filled)


def _fills(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether two rows are one heading in two storeys: the lower names what the upper, merged, leaves open."""
    gaps = [place for place, cell in enumerate(lower) if cell and (place >= len(upper) or not upper[place])]
    return bool(gaps) and not any(_FIGURE.fullmatch(cell) for cell in lower if cell)


def _merged(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    width = max(len(upper), len(lower))
    one, two = ([*row, *[""] * (width - len(row))] for row in (upper, lower))
    return tuple(below or above for above, below in zip(one, two, strict=True))
