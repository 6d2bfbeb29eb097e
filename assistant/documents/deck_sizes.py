"""How large the type of every layout can be, measured without drawing: what is too much for one slide is known before it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.documents.fit import fits, height, largest, marked
from assistant.documents.lecture_said import clauses
from assistant.domain.lecture import Layout, Said

LEFT, ROOM, TOP, BOTTOM = 54, 852, 140, 478
"""Left edge and width of what a slide holds; top and bottom of its body."""
TEXT = (38, 36, 34, 32, 30, 28, 26, 24, 22, 20, 18, 17, 16, 15, 14, 13, 12)
"""Sizes of type that are tried, the largest first."""
READABLE = 20
"""The smallest that the last row reads; what does not fit in it goes onto two slides."""
HEAD, DATE, BAR = 188.0, 190.0, 300.0
"""Widths of a post, of a date, of the bar of a penalty."""
STEP = 170.0
"""Greatest height of a row of what is listed."""
ARM = ROOM / 2 - 14
"""Width of one side of a balance."""
ARROW, GAP, PARTED = 26.0, 20.0, 12.0
"""Between two links, where the arrow is; between cards; between statements that are listed."""
DARK = {"cover", "section", "remember", "lesson"}
"""Layouts on a dark ground, which have a title and a foot of their own."""
BARE = {"cover", "agenda", "section", "sources"}
"""Layouts that state nothing, or sources alone: no foot says where it is from."""
Paragraph = tuple[str, Sequence[int]]


def paragraphs(said: Sequence[Said], *, split: bool = False) -> list[Paragraph]:
    """Statements with their marks; ``split``: a clause a line, the mark behind the last."""
    found: list[Paragraph] = []
    for one in said:
        rows = clauses(one.text) if split else [one.text]
        found += [(row, ()) for row in rows[:-1]] + [(rows[-1], one.cites)]
    return found


def measured(rows: Sequence[Paragraph]) -> list[str]:
    """The paragraphs as they are measured."""
    return [marked(text, marks) for text, marks in rows]


def linked(count: int) -> tuple[int, float, tuple[float, float]]:
    """How many links of a chain stand in a row, how wide each is, and the room for its text."""
    row = count if count <= 4 else (count + 1) // 2
    wide = (ROOM - ARROW * (row - 1)) / row
    return row, wide, (wide - 28, 176.0) if row == count else (wide - 58, 98.0)


def side(said: Sequence[Said], of: str) -> list[Said]:
    """What hangs on the arm 宽 or 严."""
    return [one for one in said if one.head == of]


def across(said: Sequence[Said]) -> bool:
    """Whether cards stand side by side: where they are of a length; else under one another."""
    lengths = [len(one.text) for one in said]
    return min(lengths) >= 0.5 * max(lengths) or any(one.head for one in said)


def card(said: Sequence[Said]) -> tuple[float, float]:
    """Room for the text of one of the cards."""
    count, high = len(said), BOTTOM - TOP - 16.0
    if across(said):
        return (ROOM - GAP * (count - 1)) / count - 44, high - 68
    return ROOM - 100.0, (high - GAP * (count - 1)) / count - 16


def _each(said: Sequence[Said], room: tuple[float, float], sizes: Sequence[float] = TEXT) -> float:
    return min(largest(measured(paragraphs([one])), sizes, room) for one in said)


def chain(said: Sequence[Said]) -> float:
    """A link a card."""
    return _each(said, linked(len(said))[2], TEXT[6:])


def tree(said: Sequence[Said]) -> float:
    """A post a row."""
    return _each(said, (ROOM - HEAD - 124, min(STEP, (BOTTOM - TOP - 4) / len(said)) - 26), TEXT[6:])


def timeline(said: Sequence[Said]) -> float:
    """A step a row."""
    return _each(said, (ROOM - DATE - 40, (BOTTOM - TOP - 8) / len(said) - 14), TEXT[7:])


def balance(said: Sequence[Said]) -> float:
    """Both sides alike."""
    room = (ARM - 40, BOTTOM - TOP - 90.0)
    return min(largest(measured(paragraphs(side(said, of))), TEXT[6:], room, PARTED) for of in "宽严")


def tiers(said: Sequence[Said]) -> float:
    """A range a row, beside its bar."""
    return _each(said, (ROOM - BAR - 36, min(STEP, (BOTTOM - TOP) / len(said)) - 20), TEXT[6:])


def columns(said: Sequence[Said]) -> float:
    """A statement a card."""
    return _each(said, card(said), TEXT[3:])


def statement(said: Sequence[Said]) -> float:
    """A clause a line; without lines of their own where that is too long."""
    room = (ROOM - 30.0, BOTTOM - TOP - 16.0)
    rows = measured(paragraphs(said, split=True))
    size = largest(rows, TEXT, room, PARTED)
    return size if fits(rows, size, room, PARTED) else largest(measured(paragraphs(said)), TEXT, room)


SIZES: Mapping[Layout, Callable[[Sequence[Said]], float]] = {
    "chain": chain,
    "tree": tree,
    "timeline": timeline,
    "balance": balance,
    "tiers": tiers,
    "columns": columns,
    "statement": statement,
}
"""Of the layouts that can be told on two slides."""


def tall(said: Sequence[Said], size: float, room: float) -> float:
    """Height of the tallest of some cards' texts."""
    return max(height(measured(paragraphs([one])), size, room) for one in said)
