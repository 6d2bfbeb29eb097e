"""Paragraphs, tables and cited sentences of a Word file: the sources of a sentence are footnotes, each source once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from assistant.answer.authorities import Authorities
from assistant.answer.render import DISCLAIMER
from assistant.documents.checked import AUTHOR
from assistant.documents.footnotes import Footnotes, clean
from assistant.documents.paper_word import INSTEAD
from assistant.documents.transcript import Notes
from assistant.documents.word_kit import borders, face, field, font_table, margins, say

HEI, SONG, KAI, TITLE = "黑体", "宋体", "楷体_GB2312", "方正小标宋简体"
NAVY, GOLD, LINE, PALE, MUTE, TODO = "1F3A5F", "A8844A", "C9C2B2", "F6F4EF", "5D666F", "F3E6C8"
MEASURES = ("今天", "一个月内", "长期")
"""What is to be done, by when."""
WIDTH = 170
"""Millimetres between the margins."""


@dataclass(frozen=True)
class Line:
    """A sentence and what it rests on; nothing where it is no statement of law."""

    text: str
    cites: tuple[str, ...] = ()


class CitedWriter:
    """Writes one Word file, and knows which sources have a footnote already."""

    def __init__(self, word: Any, authorities: Authorities) -> None:
        self.word, self._authorities = word, authorities
        self._footnotes, self._notes = Footnotes(word), Notes()
        style = word.styles["footnote text"]
        face(style, SONG, 8.5)
        style.paragraph_format.line_spacing = 1.0

    def line(self, paragraph: Any, line: Line) -> None:
        """A sentence with its footnotes; where every source of it failed, that it was left out."""
        numbers = list(dict.fromkeys(n for cite in line.cites if (n := self._authorities.numbers.get(cite))))
        if line.cites and not numbers:
            say(paragraph, "（这一句的依据没有通过核对，未写入。）", KAI, 9, colour=MUTE)
            return
        say(paragraph, line.text, SONG, 10)
        for place, n in enumerate(numbers):
            if place:
                self._footnotes.between(paragraph)
            number, new = self._notes.number(self._authorities.citations[n - 1])
            if new:
                self._footnotes.add(paragraph, self._notes.texts[number - 1])
            else:
                self._footnotes.again(paragraph, number)

    def heading(self, name: str) -> Any:
        """Of a part; returns its paragraph."""
        paragraph = self.paragraph(before=14, after=4)
        paragraph.paragraph_format.keep_with_next = True
        say(paragraph, name, HEI, 14, colour=NAVY)
        return paragraph

    def paragraph(self, *, before: float = 0, after: float = 3) -> Any:
        """With room above and below, in points."""
        paragraph = self.word.add_paragraph()
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
        return paragraph

    def table(self, rows: int, widths: Sequence[float]) -> Any:
        """Of that many rows, its columns so wide in millimetres."""
        table = self.word.add_table(rows, len(widths))
        table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
        borders(table, LINE)
        margins(table)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
        return table


def dress(word: Any, title: str, foot: str) -> None:
    """A4, plain letters, a foot with the page's number."""
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = page.left_margin = page.right_margin = Mm(20)
    face(word.styles["Normal"], SONG, 10.5)
    word.styles["Normal"].paragraph_format.space_after = Pt(0)
    word.styles["Normal"].paragraph_format.line_spacing = 1.2
    word.core_properties.title, word.core_properties.author, word.core_properties.comments = clean(title)[:200], AUTHOR, ""
    below = page.footer.paragraphs[0]
    below.alignment = WD_ALIGN_PARAGRAPH.CENTER
    say(below, f"{foot} · {DISCLAIMER} · 第", SONG, 8.5, colour=MUTE)
    field(below, "PAGE", "1", SONG, 8.5)
    say(below, "页", SONG, 8.5, colour=MUTE)
    font_table(word, INSTEAD)
