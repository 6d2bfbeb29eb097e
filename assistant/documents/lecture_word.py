"""The papers of a lecture as Word files: the handout for those who listen, the script for the one who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from assistant.answer.render import DISCLAIMER
from assistant.documents.canvas import GOLD, MUTE, NAVY
from assistant.documents.checked import AUTHOR
from assistant.documents.footnotes import clean
from assistant.documents.lecture_said import by_title
from assistant.domain.lecture import OPINION, Lecture
from assistant.domain.quiz import LETTERS

_HAN = {"title": "华文中宋", "body": "宋体", "head": "黑体"}
_SKIPPED = {"cover", "agenda", "section", "sources", "options"}
_LINES = 3
"""For the listener's own notes, behind each part."""


class _Writer:
    """A4 with the lecture's title, and paragraphs in its faces."""

    def __init__(self, lecture: Lecture, kind: str) -> None:
        self._word = docx.Document()
        page = self._word.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(26)
        page.top_margin = page.bottom_margin = Mm(24)
        about = self._word.core_properties
        about.title, about.author, about.comments = clean(f"{lecture.outline.name}（{kind}）")[:200], AUTHOR, ""
        outline = lecture.outline
        self.say(outline.name, 22, "title", NAVY, middle=True, level=0)
        line = f"{kind} · {outline.audience.value} · {outline.minutes} 分钟 · {outline.style.value} · 法律截至 {lecture.day.isoformat()}"
        self.say(line, 10.5, "body", MUTE, middle=True)

    def say(
        self,
        text: str,
        size: float = 12,
        face: str = "body",
        colour: str = "",
        *,
        cites: Sequence[int] = (),
        middle: bool = False,
        level: int | None = None,
        close: bool = False,
    ) -> None:
        """One paragraph; ``level`` makes it a heading of the document."""
        paragraph = self._word.add_heading(level=level) if level is not None else self._word.add_paragraph()
        form = paragraph.paragraph_format
        form.line_spacing, form.space_after = 1.35, Pt(2 if close else 6)
        form.space_before, form.keep_with_next = Pt(14 if level == 1 else 6 if level is not None else 0), level is not None
        if middle:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, text, size, face, colour)
        if cites:
            _run(paragraph, f"[{'，'.join(map(str, cites))}]", size * 0.75, face, GOLD)

    def sources(self, lecture: Lecture) -> None:
        """What the numbers stand for, with the words that carry it."""
        self.say("出处", 15, "head", NAVY, level=1)
        for held in by_title(lecture.citations).values():
            numbers = "，".join(str(one.n) for one in held)
            self.say(f"[{numbers}] {held[0].title}（{held[0].standing}）", 10.5, "head", close=True)
            for quote in dict.fromkeys(one.quote for one in held):
                self.say(quote, 10, "body", MUTE, close=True)
            if held[0].note:
                self.say(held[0].note, 9.5, "body", MUTE, close=True)
        until = f"法规库截至{lecture.library_date.isoformat()}；" if lecture.library_date else ""
        self.say(f"（{until}{DISCLAIMER}）", 9.5, "body", MUTE)

    def content(self) -> bytes:
        """The file."""
        held = BytesIO()
        self._word.save(held)
        return held.getvalue()


def handout(lecture: Lecture) -> bytes:
    """讲义: what was said, to take home, with room for notes; the answers of questions are not in it."""
    writer, part = _Writer(lecture, "讲义"), ""
    for slide in lecture.slides:
        if slide.layout in _SKIPPED:
            continue
        if slide.part != part:
            if part:
                _own_notes(writer)
            part = slide.part
            writer.say(part or slide.title, 15, "head", NAVY, level=1)
        heading = part or slide.title
        if slide.title != heading:
            writer.say(slide.title, 12.5, "head", level=2)
        for one in slide.said:
            writer.say(one.headed if slide.layout != "figure" else one.text, cites=one.cites, close=True)
    _quiz(writer, lecture, key=False)
    writer.sources(lecture)
    return writer.content()


def script(lecture: Lecture) -> bytes:
    """讲稿: slide by slide what is shown, what is said, how long, from where."""
    writer = _Writer(lecture, "讲稿")
    if lecture.smoothed:
        writer.say(lecture.smoothed.line, 10.5, "body", MUTE, middle=True)
    passed = 0
    for at, slide in enumerate(lecture.slides, 1):
        minutes = f"{passed // 60} 分 {passed % 60:02} 秒起，讲 {slide.seconds} 秒"
        writer.say(f"第 {at} 页　{slide.title}", 13, "head", NAVY, level=2)
        writer.say(minutes + ("" if slide.cites else f"　{OPINION}"), 10, "body", MUTE, close=True)
        for one in slide.notes:
            writer.say(one.text, cites=one.cites, close=True)
        passed += slide.seconds
    _quiz(writer, lecture, key=True)
    if lecture.withheld:
        writer.say("没有写进来的", 15, "head", NAVY, level=1)
        for lost in lecture.withheld:
            writer.say(f"{lost.text}——{lost.reason}", 10.5, "body", MUTE, close=True)
    writer.sources(lecture)
    return writer.content()


def _quiz(writer: _Writer, lecture: Lecture, *, key: bool) -> None:
    """The questions; ``key``: with their answers and what proves them."""
    if not lecture.questions:
        return
    writer.say("小测答案" if key else "小测", 15, "head", NAVY, level=1)
    for at, one in enumerate(lecture.questions, 1):
        writer.say(f"{at}.（{one.kind}）{one.stem}", 11, close=True)
        options = "　".join(f"{letter} {text}" for letter, text in zip(LETTERS, one.options, strict=False))
        writer.say(
            f"答案：{one.right}　解析：{one.why.text}" if key else options, 10.5, "body", MUTE, cites=one.why.cites if key else ()
        )


def _own_notes(writer: _Writer) -> None:
    for _ in range(_LINES):
        writer.say("＿" * 36, 12, "body", "C9C3B4", close=True)


def _run(paragraph: Any, text: str, size: float, face: str, colour: str) -> None:
    run = paragraph.add_run(clean(text))
    run.font.name, run.font.size, run.font.bold, run.font.italic = "Times New Roman", Pt(size), face != "body", False
    fonts = run._element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), _HAN[face])
    run.font.color.rgb = RGBColor.from_string(colour or "222222")
