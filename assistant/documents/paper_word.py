"""A paper as a Word file in the layout of official documents: A4, 仿宋 三号, 28-point lines, sources as footnotes.

Fonts go by name; the font table tells a machine without them what to take instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from assistant.answer.render import DISCLAIMER
from assistant.documents.checked import AUTHOR, INITIALS
from assistant.documents.footnotes import Footnotes, clean
from assistant.documents.transcript import Notes
from assistant.documents.word_kit import face, field, font_table
from assistant.domain.answer import DRAFTED
from assistant.domain.papers import BLANK, Change, Paper, Paragraph, Role

TITLE, BODY, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
INSTEAD = {
    TITLE: "方正小标宋_GBK,华文中宋,STZhongsong,Noto Serif CJK SC,宋体",
    BODY: "仿宋,FangSong,华文仿宋,STFangsong,Noto Serif CJK SC",
    KAI: "楷体,KaiTi,华文楷体,STKaiti,Noto Serif CJK SC",
    HEI: "SimHei,微软雅黑,Noto Sans CJK SC",
}
_FACES: Mapping[Role, str] = {"heading": HEI, "sub": KAI}
_DOUBT = re.compile(r"核对|未入库")
"""Notes on a source that its reader must not miss."""


def to_word(paper: Paper, marked: Mapping[int, Sequence[Change]] | None = None) -> bytes:
    """The file's content; ``marked`` are paragraphs that rest on changed facts: they are coloured, with a comment."""
    word = docx.Document()
    _dress(word)
    word.core_properties.title, word.core_properties.author = clean(paper.title)[:200], AUTHOR
    word.core_properties.comments = ""
    _write(_paragraph(word, WD_ALIGN_PARAGRAPH.CENTER), paper.title, TITLE, 22)
    if paper.number:
        _write(_paragraph(word, WD_ALIGN_PARAGRAPH.CENTER), paper.number)
    _paragraph(word)
    writer = _Writer(word, paper)
    for place, one in enumerate(paper.paragraphs):
        writer.write(one, (marked or {}).get(place, ()))
    _end(word, paper)
    held = BytesIO()
    word.save(held)
    return held.getvalue()


class _Writer:
    """Writes paragraphs, and knows which sources have a footnote already."""

    def __init__(self, word: Any, paper: Paper) -> None:
        self._word, self._footnotes, self._notes = word, Footnotes(word), Notes()
        self._citations = {one.n: one for one in paper.citations}
        self._last: Role = "to"
        style = word.styles["footnote text"]
        face(style, BODY, 9)
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE

    def write(self, one: Paragraph, changes: Sequence[Change]) -> None:
        """One paragraph, with its footnotes and, where its facts were changed, its colour and comment."""
        if one.role == "sign" and self._last != "sign":
            for before in (self._word.paragraphs[-1], _paragraph(self._word)):  # nobody signs on a page without text
                before.paragraph_format.keep_with_next = True
        self._last = one.role
        paragraph = _paragraph(self._word, WD_ALIGN_PARAGRAPH.RIGHT if one.role == "sign" else None)
        if one.role not in {"to", "sign"}:
            _indent(paragraph)
        if one.role in _FACES:
            paragraph.paragraph_format.keep_with_next = True
        _write(paragraph, one.text, _FACES.get(one.role, BODY), changed=bool(changes))
        if one.drafted:
            _run(paragraph, f"〔{DRAFTED}〕", KAI, 10.5, None)
        if changes:
            said = "；".join(change.sentence for change in changes)
            self._word.add_comment(paragraph.runs, text=f"要素已改（{said}），请核对本段。", author=AUTHOR, initials=INITIALS)
        self._cite(paragraph, one)

    def _cite(self, paragraph: Any, one: Paragraph) -> None:
        for place, n in enumerate(one.cites):
            if place:
                self._footnotes.between(paragraph)
            citation = self._citations[n]
            number, new = self._notes.number(citation)
            if new:
                doubt = f"（{citation.note}）" if _DOUBT.search(citation.note) else ""
                self._footnotes.add(paragraph, self._notes.texts[number - 1] + doubt)
            else:
                self._footnotes.again(paragraph, number)


def _end(word: Any, paper: Paper) -> None:
    """What every paper says of itself, apart from its text."""
    until = f"法规库截至{paper.library_date.isoformat()}；" if paper.library_date else ""
    lost = "".join(f"未写入“{one.text[:40]}”：{one.reason}。" for one in paper.withheld)
    text = f"（本文书由安衡于{paper.day.isoformat()}起草，{until}{DISCLAIMER}。标黄处由承办人填写后删去本段。{lost}）"
    paragraph = _paragraph(word)
    paragraph.paragraph_format.line_spacing = Pt(18)
    paragraph.paragraph_format.space_before = Pt(12)
    _write(paragraph, text, KAI, 10.5)


def _write(paragraph: Any, text: str, han: str = BODY, size: float = 16, *, changed: bool = False) -> None:
    """Text in runs; blanks are yellow, what rests on a changed fact is coloured."""
    at = 0
    for hit in BLANK.finditer(clean(text)):
        _run(paragraph, clean(text)[at : hit.start()], han, size, WD_COLOR_INDEX.TURQUOISE if changed else None)
        _run(paragraph, hit.group(), han, size, WD_COLOR_INDEX.YELLOW)
        at = hit.end()
    _run(paragraph, clean(text)[at:], han, size, WD_COLOR_INDEX.TURQUOISE if changed else None)


def _run(paragraph: Any, text: str, han: str, size: float, colour: Any) -> None:
    if text:
        run = paragraph.add_run(text)
        face(run, han, size)
        run.font.highlight_color = colour


def _paragraph(word: Any, alignment: Any = None) -> Any:
    paragraph = word.add_paragraph()
    if alignment is not None:
        paragraph.alignment = alignment
    return paragraph


def _indent(paragraph: Any) -> None:
    """Two characters, whatever the size."""
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph._p.pPr.ind.set(qn("w:firstLineChars"), "200")


def _dress(word: Any) -> None:
    """A4 with the margins of official documents: 37 above, 35 below, 28 left, 26 right."""
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    page.footer_distance = Mm(25)
    normal = word.styles["Normal"]
    face(normal, BODY, 16)
    form = normal.paragraph_format
    form.line_spacing_rule, form.line_spacing, form.space_after = WD_LINE_SPACING.EXACTLY, Pt(28), Pt(0)
    form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    word.settings.odd_and_even_pages_header_footer = True
    for foot, side in ((page.footer, WD_ALIGN_PARAGRAPH.RIGHT), (page.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        _number(foot.paragraphs[0], side)
    font_table(word, INSTEAD)


def _number(paragraph: Any, side: Any) -> None:
    """— 1 —, on the outer side."""
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    _run(paragraph, "— ", "宋体", 14, None)
    field(paragraph, "PAGE", "1", "宋体", 14)
    _run(paragraph, " —", "宋体", 14, None)
