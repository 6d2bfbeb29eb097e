"""The layouts that are pictures: a line of time, a tree of who answers, 宽 and 严 on a balance, ranges of penalties."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.documents.canvas import EDGE, GOLD, MUTE, NAVY, PALE, RUST, SERIF, Box, Canvas
from assistant.documents.deck_layouts import BOTTOM, LEFT, ROOM, TEXT, TOP, measured, paragraphs
from assistant.documents.fit import height, largest, width
from assistant.domain.lecture import Said, Slide

_GAP = 12.0
"""Between statements that are listed."""
_AXIS = 372.0
"""Where the bars of penalties begin."""


def timeline(canvas: Canvas, slide: Slide) -> None:
    """Up to four dated steps; the last one is where it ended."""
    count, line = len(slide.said), TOP + 52
    wide = ROOM / count
    room = (wide - 26, BOTTOM - line - 66.0)
    size = min(largest(measured(paragraphs([one])), TEXT[7:], room) for one in slide.said)
    canvas.line((LEFT, line), (LEFT + ROOM, line), NAVY, 2.5)
    for at, one in enumerate(slide.said):
        left, last = LEFT + at * wide, at == count - 1
        canvas.dot(left + 9, line, 9, RUST if last else "F6F4EE", RUST if last else NAVY)
        canvas.text([(one.head, ())], (left, line + 22, wide - 20, 28), 17, RUST if last else NAVY, bold=True)
        canvas.text(paragraphs([one]), (left, line + 54, *room), size, strong=True)


def tree(canvas: Canvas, slide: Slide) -> None:
    """From one accident to each who answers for it."""
    count, gap, top = len(slide.said), 20, TOP + 84
    wide = (ROOM - gap * (count - 1)) / count
    middle = LEFT + ROOM / 2
    canvas.box((middle - 80, TOP - 2, 160, 40), NAVY, NAVY)
    canvas.text([("一起事故", ())], (middle - 80, TOP - 2, 160, 40), 19, "FFFFFF", font=SERIF, align="center", anchor="middle")
    canvas.line((middle, TOP + 38), (middle, TOP + 60), NAVY, 1.5)
    canvas.line((LEFT + wide / 2, TOP + 60), (LEFT + ROOM - wide / 2, TOP + 60), NAVY, 1.5)
    room = (wide - 36, BOTTOM - top - 60.0)
    size = min(largest(measured(paragraphs([one])), TEXT[6:], room) for one in slide.said)
    for at, one in enumerate(slide.said):
        left = LEFT + at * (wide + gap)
        canvas.line((left + wide / 2, TOP + 60), (left + wide / 2, top), NAVY, 1.5)
        canvas.box((left, top, wide, BOTTOM - top))
        canvas.text([(one.head, ())], (left + 18, top + 12, wide - 36, 30), 20, NAVY, font=SERIF, bold=True)
        canvas.text(paragraphs([one]), (left + 18, top + 48, *room), size, strong=True)


def balance(canvas: Canvas, slide: Slide) -> None:
    """What speaks for 宽 and what for 严, on the two arms of a balance."""
    middle, beam = LEFT + ROOM / 2, TOP + 2
    wide = ROOM / 2 - 14
    sides = {side: [one for one in slide.said if one.head == side] for side in "宽严"}
    room = (wide - 40, BOTTOM - beam - 80.0)
    size = min(largest(measured(paragraphs(held)), TEXT[8:], room, _GAP) for held in sides.values())
    canvas.line((LEFT + wide / 2, beam), (LEFT + ROOM - wide / 2, beam), GOLD, 3)
    canvas.dot(middle, beam, 7, GOLD, GOLD)
    for side, colour, left in (("宽", NAVY, LEFT), ("严", RUST, LEFT + ROOM - wide)):
        canvas.line((left + wide / 2, beam), (left + wide / 2, beam + 20), GOLD, 2)
        canvas.box((left, beam + 20, wide, BOTTOM - beam - 20))
        canvas.text([(side, ())], (left + 20, beam + 26, 60, 46), 30, colour, font=SERIF, bold=True)
        _listed(canvas, sides[side], (left + 20, beam + 72, *room), size)


def _listed(canvas: Canvas, said: Sequence[Said], box: Box, size: float) -> None:
    """Statements under one another, set apart by lines."""
    top = box[1]
    for at, row in enumerate(paragraphs(said)):
        tall = height(measured([row]), size, box[2])
        if at:
            canvas.line((box[0], top - _GAP / 2), (box[0] + box[2], top - _GAP / 2), EDGE)
        canvas.text([row], (box[0], top, box[2], tall), size, strong=True)
        top += tall + _GAP


def tiers(canvas: Canvas, slide: Slide) -> None:
    """Each range of penalty as a bar over years, what opens it beside it."""
    count = len(slide.said)
    step = (BOTTOM - TOP) / count
    most = max([10.0, *(one.span[1] for one in slide.said if one.span)])
    room = (ROOM, step - 72)
    size = min(largest(measured(paragraphs([one])), TEXT[8:], room) for one in slide.said)
    for at, one in enumerate(slide.said):
        top = TOP + at * step
        head = largest([one.head], (22, 20, 18, 16, 14), (_AXIS - LEFT - 16, 58))
        canvas.text([(one.head, ())], (LEFT, top, _AXIS - LEFT - 16, 58), head, NAVY, font=SERIF, bold=True, anchor="middle")
        _bar(canvas, one, top + 16, most, RUST if at else NAVY)
        canvas.text(paragraphs([one]), (LEFT, top + 62, *room), size, strong=True)
        if at:
            canvas.line((LEFT, top - 4), (LEFT + ROOM, top - 4), EDGE)


def _bar(canvas: Canvas, one: Said, top: float, most: float, colour: str) -> None:
    """Years from the lowest to the highest; open to the right where the law names no highest in years."""
    low, high = one.span or (0.0, 0.0)
    scale = (LEFT + ROOM - _AXIS) / most
    canvas.box((_AXIS, top, most * scale, 14), PALE, PALE, round_=False)
    if not low and not high:
        return
    canvas.box((_AXIS + low * scale, top, ((high or most) - low) * scale, 14), colour, "", round_=False)
    for year in filter(None, (low, high)):
        label = f"{year:g}年"
        at = min(_AXIS + year * scale - width(label, 11) / 2, LEFT + ROOM - width(label, 11) - 2)
        canvas.text([(label, ())], (at, top + 16, width(label, 11) + 8, 18), 11, MUTE)


def bars(canvas: Canvas, slide: Slide) -> None:
    """Amounts by the grade of an accident, each as a bar over one scale."""
    count = len(slide.said)
    step = (BOTTOM - TOP - 8) / count
    most = max(one.span[1] for one in slide.said if one.span)
    scale = (LEFT + ROOM - _AXIS) / most
    for at, one in enumerate(slide.said):
        top = TOP + at * step
        low, high = one.span or (0.0, 0.0)
        head = largest([one.head], TEXT[10:], (_AXIS - LEFT - 20, step - 12))
        canvas.text(
            [(one.head, ())], (LEFT, top, _AXIS - LEFT - 20, step - 8), head, NAVY, font=SERIF, bold=True, anchor="middle"
        )
        canvas.box((_AXIS, top + 8, most * scale, 22), PALE, PALE, round_=False)
        canvas.box(
            (_AXIS + low * scale, top + 8, max(3.0, (high - low) * scale), 22),
            RUST if at == count - 1 else NAVY,
            "",
            round_=False,
        )
        canvas.text(paragraphs([one]), (_AXIS, top + 34, ROOM + LEFT - _AXIS, step - 40), 20 if step > 72 else 16, strong=True)
