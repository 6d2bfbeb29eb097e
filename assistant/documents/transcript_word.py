"""A conversation as a Word file, on A4, its sources as real footnotes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from assistant.answer.render import DISCLAIMER
from assistant.documents.footnotes import Footnotes, clean
from assistant.documents.transcript import Asked, Notes, Transcript, asides
from assistant.domain.answer import Answer, Claim, Section

SONG, HEI, LATIN = "宋体", "黑体", "Times New Roman"
NAVY, GREY = RGBColor(0x1F, 0x3A, 0x5F), RGBColor(0x59, 0x63, 0x6E)
_HEADINGS = {"Title": 20, "Heading 1": 14, "Heading 2": 12}
"""Style: size in points."""


def to_word(transcript: Transcript) -> bytes:
    """The file's content."""
    word = docx.Document()
    dress(word)
    word.core_properties.title, word.core_properties.author = clean(transcript.title)[:200], "安衡"
    word.add_paragraph(clean(transcript.title), style="Title")
    quiet(word.add_paragraph(), transcript.about)
    writer = _Writer(word)
    for place, turn in enumerate(transcript.turns, 1):
        writer.turn(place, turn)
    held = BytesIO()
    word.save(held)
    return held.getvalue()


class _Writer:
    """Writes the turns, and knows which sources have a footnote already."""

    def __init__(self, word: Any) -> None:
        self._word, self._footnotes, self._notes = word, Footnotes(word), Notes()

    def turn(self, place: int, turn: Asked) -> None:
        """A question and its answer."""
        self._word.add_paragraph(f"问{place}", style="Heading 1")
        asked = self._word.add_paragraph()
        asked.paragraph_format.left_indent = Cm(0.6)
        asked.add_run(clean(turn.question)).bold = True
        quiet(self._word.add_paragraph(), " ".join(asides(turn)))
        for section in Section:
            claims = turn.answer.section(section)
            if claims:
                self._word.add_paragraph(section.value, style="Heading 2")
            for claim in claims:
                self._claim(claim, turn.answer)
        if turn.answer.warnings:
            self._word.add_paragraph("请注意", style="Heading 2")
            for warning in turn.answer.warnings:
                self._word.add_paragraph(clean(warning), style="List Bullet")

    def _claim(self, claim: Claim, answer: Answer) -> None:
        paragraph = self._word.add_paragraph(clean(claim.text))
        paragraph.paragraph_format.first_line_indent = Pt(24)
        cited = {citation.n: citation for citation in answer.citations}
        for place, citation in enumerate(cited[n] for n in claim.citations if n in cited):
            if place:
                self._footnotes.between(paragraph)
            number, new = self._notes.number(citation)
            if new:
                self._footnotes.add(paragraph, self._notes.texts[number - 1])
            else:
                self._footnotes.again(paragraph, number)


def dress(word: Any) -> None:
    """A4, Chinese type, a line at the foot of each page."""
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.8)
    page.top_margin, page.bottom_margin = Cm(2.6), Cm(2.4)
    normal = word.styles["Normal"]
    _type(normal, SONG, 12)
    normal.paragraph_format.line_spacing, normal.paragraph_format.space_after = 1.5, Pt(4)
    for name, size in _HEADINGS.items():
        _type(word.styles[name], HEI, size)
        word.styles[name].font.color.rgb, word.styles[name].font.bold = NAVY, True
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    quiet(foot, f"{DISCLAIMER}　第 ")
    _page_number(foot)
    quiet(foot, " 页")


def _type(style: Any, han: str, size: int) -> None:
    style.font.name, style.font.size = LATIN, Pt(size)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), han)


def quiet(paragraph: Any, text: str) -> None:
    """Small and grey: what stands beside the matter."""
    run = paragraph.add_run(clean(text))
    run.font.size, run.font.color.rgb = Pt(9), GREY


def _page_number(paragraph: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
