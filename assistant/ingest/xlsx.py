"""The rows of a sheet of an Excel file, read straight from its XML: a third of the time that openpyxl's cells take.

openpyxl opens the book and tells which styles are days; its words and its sheets are read here.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree
from xml.parsers import expat

MOST_COLUMNS = 100
_CHUNK = 1 << 18
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_EXACT = 1e15
"""From here on a spreadsheet has lost digits of a number."""
_CELL, _ROW, _VALUE = {"c", "x:c"}, {"row", "x:row"}, {"v", "t", "x:v", "x:t"}
"""Names of elements; some programs write them with a prefix."""
_WORD, _SPOKEN = {"si", "x:si"}, {"rPh", "x:rPh"}
_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}


class _Words:
    """The table of words of a book, each once; how a word is spoken is none of it."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._text: list[str] = []
        self._inside = self._spoken = False

    def start(self, name: str, _: dict[str, str]) -> None:
        """A word, a run of it, or how it is spoken."""
        self._inside = name in _VALUE and not self._spoken
        self._spoken = self._spoken or name in _SPOKEN

    def words(self, text: str) -> None:
        """Characters."""
        if self._inside:
            self._text.append(text)

    def end(self, name: str) -> None:
        """A word is whole."""
        self._inside = False
        if name in _SPOKEN:
            self._spoken = False
        elif name in _WORD:
            self.all.append("".join(self._text))
            self._text = []


def open_book(file: BinaryIO) -> Any:
    """The book, its sheets still to be read."""
    from openpyxl.reader.excel import SHARED_STRINGS, ExcelReader

    class Reader(ExcelReader):  # type: ignore[misc]
        def read_strings(self) -> None:
            part = self.package.find(SHARED_STRINGS)
            if part is None:
                return
            words = _Words()
            with self.archive.open(part.PartName[1:]) as source:
                _parser(words).ParseFile(source)
            self.shared_strings = words.all

    reader = Reader(file, read_only=True, keep_vba=False, data_only=True, keep_links=False)
    reader.read()
    return reader.wb


def sheets_xml(path: Path) -> dict[str, bytes]:
    """The XML of each sheet by its name, for what the cells do not tell: what is merged, what is a formula."""
    with zipfile.ZipFile(path) as package:
        held = {f"/{name}": name for name in package.namelist()}
        book = ElementTree.fromstring(package.read("xl/workbook.xml"))
        rels = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
        places = {one.get("Id", ""): posixpath.join("/xl", one.get("Target", "")) for one in rels}
        sheets = [one for one in book.iter() if one.tag.endswith("}sheet")]
        found = {one.get("name", ""): held.get(places.get(one.get(_REL, ""), "")) for one in sheets}
        return {title: package.read(name) for title, name in found.items() if name}


def _parser(reader: _Words | _Reader) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.words
    parser.EntityDeclHandler = _refuse
    return parser


def rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each row of a sheet that was opened read-only; what a formula gave when it was last saved.

    Raises ``expat.ExpatError`` on damage.
    """
    book = sheet.parent
    reader = _Reader(sheet._shared_strings, book._date_formats, _EPOCHS[book.epoch.year == 1904])
    parser = _parser(reader)
    with sheet._get_source() as source:
        while chunk := source.read(_CHUNK):
            parser.Parse(chunk, False)
            yield from reader.taken()
        parser.Parse(b"", True)
    yield from reader.taken()


def _refuse(*_: Any) -> None:
    """No sheet declares entities, but a bomb does."""
    raise ValueError("entities in a sheet")


class _Reader:
    """Elements of a sheet to rows of text."""

    def __init__(self, strings: list[Any], days: set[int], epoch: datetime) -> None:
        self._strings = [" ".join(str(text).split()) for text in strings]
        self._days, self._epoch = days, epoch
        self._done: list[tuple[int, list[str]]] = []
        self._row: list[str] = []
        self._number, self._kind, self._style, self._at = 0, "n", 0, 0
        self._text: list[str] = []
        self._inside = False
        self._shown: Callable[[str, bool], str] = cache(self._figure)

    def taken(self) -> list[tuple[int, list[str]]]:
        """Rows that are whole since the last time."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, given: dict[str, str]) -> None:
        """A row, a cell, or what a cell holds."""
        if name in _CELL:
            place = given.get("r")
            self._at = column(place) if place else len(self._row)
            self._kind, self._style = given.get("t", "n"), int(given.get("s", 0))
            self._text = []
        elif name in _VALUE:
            self._inside = True
        elif name in _ROW:
            self._number, self._row = int(given.get("r", self._number + 1)), []

    def words(self, text: str) -> None:
        """Characters; only those of values count."""
        if self._inside:
            self._text.append(text)

    def end(self, name: str) -> None:
        """What has been gathered is placed."""
        if name in _VALUE:
            self._inside = False
        elif name in _CELL and self._text and self._at < MOST_COLUMNS:
            while len(self._row) < self._at:
                self._row.append("")
            self._row.append(self._cell("".join(self._text)))
        elif name in _ROW:
            self._done.append((self._number, self._row))

    def _cell(self, text: str) -> str:
        if self._kind == "s":
            return self._strings[int(text)]
        if self._kind == "n":
            return self._shown(text, self._style in self._days)
        if self._kind == "b":
            return "是" if text == "1" else "否"
        if self._kind == "d":
            return text.replace("T", " ").removesuffix(" 00:00:00")
        return "" if self._kind == "e" else " ".join(text.split())

    def _figure(self, text: str, day: bool) -> str:
        """Days as 2024-01-05, whole numbers without a point, numbers that have lost digits as 1.10101E+17."""
        value = float(text)
        if day and 0 < value < 3_000_000:
            moment = self._epoch + timedelta(seconds=round(value * 86_400))
            return moment.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00") if moment.year > date.min.year else text
        return f"{value:.14E}" if abs(value) >= _EXACT else f"{value:.15g}"


@cache
def _letters(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column(place: str) -> int:
    """2 for ``C5``, counted from 0."""
    return _letters(place.rstrip("0123456789"))
