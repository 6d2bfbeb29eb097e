"""How much room a text takes on a slide, measured without fonts, so that it never runs over its box on any machine.

Sizes and lengths are points. Lines have a fixed height, which PowerPoint and LibreOffice keep whatever the font.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

LINE = 1.42
"""Height of a line as a multiple of the size of its type."""
_SLACK = 0.965
"""Of a box's width that is counted on: fonts differ."""
_PIECE = re.compile(r"[A-Za-z0-9.,%〔〕()\-—/+]+|.", re.DOTALL)
"""What is never broken: a word, a number with its sign; else a character."""
_AUTOSPACE = 0.25
"""Of the size: what both programs set between Chinese and other characters."""
_NO_START = set("，。；：、！？）》”’〕%）】…—")


def width(text: str, size: float) -> float:
    """Width of a line of text, on the safe side."""
    edges = sum(_han(one) != _han(two) for one, two in pairwise(text) if " " not in {one, two})
    return size * (sum(_em(character) for character in text) + _AUTOSPACE * edges)


def _han(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F", "A"}


def _em(character: str) -> float:
    if _han(character):
        return 1.0
    return 0.74 if character.isupper() or character in "%@mwMW" else 0.6


def lines(text: str, size: float, room: float) -> int:
    """How many lines a paragraph breaks into."""
    count, at, limit = 1, 0.0, room * _SLACK
    pieces = _PIECE.findall(text)
    for place, piece in enumerate(pieces):
        edge = place > 0 and _han(piece[0]) != _han(pieces[place - 1][-1])
        needed = width(piece, size) + (_AUTOSPACE * size if edge else 0.0)
        tail = width(pieces[place + 1], size) if place + 1 < len(pieces) and pieces[place + 1] in _NO_START else 0.0
        if at + needed + tail > limit and at > 0:
            count, at = count + 1, 0.0
        at += needed
        while at > limit:  # a word longer than the line
            count, at = count + 1, at - limit
    return count


def height(paragraphs: Iterable[str], size: float, room: float, gap: float = 0.0) -> float:
    """Height of paragraphs with ``gap`` between them."""
    heights = [lines(text, size, room) * size * LINE for text in paragraphs]
    return sum(heights) + gap * max(0, len(heights) - 1)


def largest(paragraphs: Sequence[str], sizes: Sequence[float], room: tuple[float, float], gap: float = 0.0) -> float:
    """The largest of the sizes, which fall, in which paragraphs fit into width and height; the smallest where none does."""
    return next((size for size in sizes if height(paragraphs, size, room[0], gap) <= room[1]), sizes[-1])


def fits(paragraphs: Sequence[str], size: float, room: tuple[float, float], gap: float = 0.0) -> bool:
    """Whether they fit in that size."""
    return height(paragraphs, size, room[0], gap) <= room[1]


def cut(text: str, size: float, room: float, most: int) -> str:
    """A text shortened to so many lines, with an ellipsis where something was left out."""
    if lines(text, size, room) <= most:
        return text
    while text and lines(text + "…", size, room) > most:
        text = text[:-1]
    return text.rstrip("，、；") + "…"


def mark(numbers: Sequence[int]) -> str:
    """The source mark behind a statement."""
    return "\u00a0" + ",".join(map(str, numbers))


def marked(text: str, numbers: Sequence[int]) -> str:
    """A text as long as it is with its mark, to be measured."""
    return text + (mark(numbers)[: max(2, len(mark(numbers)) * 2 // 3)] if numbers else "")
