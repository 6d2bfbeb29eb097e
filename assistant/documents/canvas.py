"""A slide to draw on: our own template in code, 16:9, in points from the upper left corner. Only this file knows python-pptx's shapes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from assistant.documents.fit import LINE, mark
from assistant.documents.footnotes import clean

WIDE, HIGH = 960, 540
NAVY, GOLD, RUST, PAPER, INK, MUTE, CARD, EDGE, PALE = (
    "1F3A5F", "B08A4A", "A3472F", "F6F4EE", "22262E", "6F747C", "FFFFFF", "DDD7C8", "EFE7D6",
)  # fmt: skip
SERIF, SANS = "+mj-ea", "+mn-ea"
"""The theme's fonts for titles and text: a reader changes them for the whole deck in one place."""
_STRONG = re.compile(
    r"(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}年(?:\d{1,2}月)?)"
    r"|(?:\d+(?:\.\d+)?万?元?以上)?\d+(?:\.\d+)?万余?元(?:以[上下])?"
    r"|\d+年以上\d+年以下|\d+(?:\.\d+)?(?:年以[上下]|年\d+个月|年|个月|人|小时|分钟|日内?|%|倍|次)(?:以[上下])?"
)
"""Figures that are set off; dates are not."""
Box = tuple[float, float, float, float]
"""Left, top, width, height."""


class Canvas:
    """Draws on one slide of python-pptx."""

    def __init__(self, slide: Any) -> None:
        self.slide = slide

    def fill(self, colour: str) -> None:
        """The whole background."""
        ground = self.slide.background.fill
        ground.solid()
        ground.fore_color.rgb = RGBColor.from_string(colour)

    def box(self, box: Box, fill: str = CARD, edge: str = EDGE, *, round_: bool = True) -> None:
        """A card, a bar."""
        left, top, width, height = (Pt(one) for one in box)
        kind = MSO_SHAPE.ROUNDED_RECTANGLE if round_ else MSO_SHAPE.RECTANGLE
        shape = self.slide.shapes.add_shape(kind, left, top, width, height)
        if round_:
            shape.adjustments[0] = min(0.5, 8 / min(box[2], box[3]))
        _plain(shape, fill, edge)

    def dot(self, x: float, y: float, radius: float, fill: str, edge: str = NAVY) -> None:
        """A point on a line of time."""
        shape = self.slide.shapes.add_shape(MSO_SHAPE.OVAL, Pt(x - radius), Pt(y - radius), Pt(2 * radius), Pt(2 * radius))
        _plain(shape, fill, edge)
        shape.line.width = Pt(2.25)

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: str = EDGE, weight: float = 0.75) -> None:
        """A straight line."""
        shape = self.slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *(Pt(one) for one in (*start, *end)))
        shape.line.color.rgb, shape.line.width = RGBColor.from_string(colour), Pt(weight)
        _unstyled(shape)

    def arrow(self, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
        """A line with a head at its end."""
        self.line(start, end, colour, 2.25)
        ends = self.slide.shapes[-1].line._get_or_add_ln()
        ends.append(ends.makeelement(qn("a:tailEnd"), {"type": "triangle", "w": "med", "len": "med"}))

    def title(self, text: str, box: Box, size: float, colour: str = NAVY) -> None:
        """Into the placeholder of the layout, so that outlines and screen readers find it."""
        shape = self.slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = (Pt(one) for one in box)
        frame = _frame(shape, MSO_ANCHOR.TOP)
        frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        _paragraph(frame.paragraphs[0], [(text, {})], size, colour, SERIF, bold=True)

    def text(
        self,
        paragraphs: Sequence[tuple[str, Sequence[int]]],
        box: Box,
        size: float,
        colour: str = INK,
        *,
        font: str = SANS,
        bold: bool = False,
        gap: float = 0.0,
        align: str = "left",
        anchor: str = "top",
        strong: bool = False,
        raised: str = GOLD,
        name: str = "",
    ) -> None:
        """Paragraphs with the numbers of their sources; ``strong`` sets figures off. Lines have the height that ``fit`` counts with."""
        shape = self.slide.shapes.add_textbox(*(Pt(one) for one in box))
        shape.name = name or "text"
        frame = _frame(shape, {"top": MSO_ANCHOR.TOP, "middle": MSO_ANCHOR.MIDDLE, "bottom": MSO_ANCHOR.BOTTOM}[anchor])
        for place, (text, marks) in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
            runs = _runs(text) if strong else [(text, {})]
            if marks:
                runs.append((mark(marks), {"color": raised, "raised": True}))
            _paragraph(paragraph, runs, size, colour, font, bold=bold)
            paragraph.space_before = Pt(gap if place else 0)
            paragraph.alignment = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}[align]

    def notes(self, text: str) -> None:
        """What the trainer says."""
        self.slide.notes_slide.notes_text_frame.text = clean(text)


def _runs(text: str) -> list[tuple[str, dict[str, Any]]]:
    runs: list[tuple[str, dict[str, Any]]] = []
    at = 0
    for hit in _STRONG.finditer(text):
        look = {} if hit["date"] else {"color": RUST, "bold": True}
        runs += [(text[at : hit.start()], {}), (hit.group(), look)]
        at = hit.end()
    return [run for run in (*runs, (text[at:], {})) if run[0]]


def _frame(shape: Any, anchor: Any) -> Any:
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    return frame


def _paragraph(
    paragraph: Any, runs: Sequence[tuple[str, dict[str, Any]]], size: float, colour: str, font: str, *, bold: bool
) -> None:
    paragraph.line_spacing = Pt(round(size * LINE, 1))
    paragraph._p.get_or_add_pPr().set("hangingPunct", "0")  # a comma stays inside the box too
    for text, look in runs:
        run = paragraph.add_run()
        run.text = clean(text)
        run.font.size = Pt(size)
        run.font.bold = look.get("bold", bold)
        run.font.color.rgb = RGBColor.from_string(look.get("color", colour))
        properties = run._r.get_or_add_rPr()
        properties.set("lang", "zh-CN")
        if look.get("raised"):
            properties.set("baseline", "30000")
        for tag in ("a:latin", "a:ea", "a:cs"):
            face = properties.makeelement(qn(tag), {"typeface": font})
            properties.append(face)


def _unstyled(shape: Any) -> None:
    """Without the theme's style, which brings a shadow."""
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)


def _plain(shape: Any, fill: str, edge: str) -> None:
    _unstyled(shape)
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(fill)
    if edge:
        shape.line.color.rgb, shape.line.width = RGBColor.from_string(edge), Pt(1)
    else:
        shape.line.fill.background()
