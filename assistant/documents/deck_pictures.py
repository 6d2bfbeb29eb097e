"""The layouts that are pictures: a line of time, 宽 and 严 on a balance, ranges of penalties, amounts by grade."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.documents import deck_sizes
from assistant.documents.canvas import EDGE, GOLD, MUTE, NAVY, PALE, RUST, SERIF, Box, Canvas
from assistant.documents.deck_sizes import ARM, BAR, BOTTOM, DATE, LEFT, PARTED, ROOM, STEP, TEXT, TOP, measured, paragraphs
from assistant.documents.fit import height, largest, width
from assistant.domain.lecture import Said, Slide

_AXIS = 372.0
"""Where the bars of amounts begin."""
_AXIS_LABEL = 15
"""Size of the years under a bar."""


def timeline(canvas: Canvas, slide: Slide) -> None:
    """Up to four dated steps, from above; the last one is where it ended."""
    count, size = len(slide.said), min(24.0, deck_sizes.timeline(slide.said))
    step, axis = (BOTTOM - TOP - 8) / count, LEFT + DATE + 12
    canvas.line((axis, TOP + step / 2), (axis, TOP + (count - 0.5) * step), NAVY, 2.5)
    for at, one in enumerate(slide.said):
        top, last = TOP + at * step, at == count - 1
        colour = RUST if last else NAVY
        head = largest([one.head], (24, 22, 20, 18, 16), (DATE - 12, step - 8))
        canvas.text(
            [(one.head, ())], (LEFT, top + 4, DATE - 8, step - 8), head, colour, bold=True, align="right", anchor="middle"
        )
        canvas.dot(axis, top + step / 2, 9, RUST if last else "F6F4EE", colour)
        room = (axis + 28, top + 6, ROOM - DATE - 40, step - 12)
        canvas.text(paragraphs([one]), room, size, anchor="middle", strong=True)


def balance(canvas: Canvas, slide: Slide) -> None:
    """What speaks for 宽 and what for 严, on the two arms of a balance."""
    middle, beam, wide = LEFT + ROOM / 2, TOP + 2, ARM
    size = min(26.0, deck_sizes.balance(slide.said))
    room = (wide - 40, BOTTOM - beam - 80.0)
    canvas.line((LEFT + wide / 2, beam), (LEFT + ROOM - wide / 2, beam), GOLD, 3)
    canvas.dot(middle, beam, 7, GOLD, GOLD)
    for side, colour, left in (("宽", NAVY, LEFT), ("严", RUST, LEFT + ROOM - wide)):
        canvas.line((left + wide / 2, beam), (left + wide / 2, beam + 20), GOLD, 2)
        canvas.box((left, beam + 20, wide, BOTTOM - beam - 20))
        canvas.text([(side, ())], (left + 20, beam + 26, 60, 46), 30, colour, font=SERIF, bold=True)
        _listed(canvas, deck_sizes.side(slide.said, side), (left + 20, beam + 78, *room), size)


def _listed(canvas: Canvas, said: Sequence[Said], box: Box, size: float) -> None:
    """Statements under one another, set apart by lines."""
    top = box[1]
    for at, row in enumerate(paragraphs(said)):
        tall = height(measured([row]), size, box[2])
        if at:
            canvas.line((box[0], top - PARTED / 2), (box[0] + box[2], top - PARTED / 2), EDGE)
        canvas.text([row], (box[0], top, box[2], tall), size, strong=True)
        top += tall + PARTED


def tiers(canvas: Canvas, slide: Slide) -> None:
    """Each range of penalty with its bar over years at the left, what opens it at the right."""
    count, size = len(slide.said), min(26.0, deck_sizes.tiers(slide.said))
    step = min(STEP, (BOTTOM - TOP) / count)
    above = TOP + (BOTTOM - TOP - count * step) * 0.3
    most = max([10.0, *(one.span[1] for one in slide.said if one.span)])
    for at, one in enumerate(slide.said):
        top = above + at * step
        head = largest([one.head], (26, 24, 22, 20, 18, 16), (BAR, step - 62))
        canvas.text([(one.head, ())], (LEFT, top, BAR, step - 58), head, NAVY, font=SERIF, bold=True, anchor="middle")
        _bar(canvas, one, top + step - 54, most, RUST if at else NAVY)
        room = (LEFT + BAR + 36, top + 6, ROOM - BAR - 36, step - 18)
        canvas.text(paragraphs([one]), room, size, anchor="middle", strong=True)
        if at:
            canvas.line((LEFT, top - 2), (LEFT + ROOM, top - 2), EDGE)


def _bar(canvas: Canvas, one: Said, top: float, most: float, colour: str) -> None:
    """Years from the lowest to the highest; open to the right where the law names no highest in years."""
    low, high = one.span or (0.0, 0.0)
    scale = BAR / most
    canvas.box((LEFT, top, BAR, 14), PALE, PALE, round_=False)
    if not low and not high:
        return
    canvas.box((LEFT + low * scale, top, ((high or most) - low) * scale, 14), colour, "", round_=False)
    for year in filter(None, (low, high)):
        label = f"{year:g}年"
        at = min(LEFT + year * scale - width(label, _AXIS_LABEL) / 2, LEFT + BAR - width(label, _AXIS_LABEL) - 2)
        canvas.text([(label, ())], (at, top + 17, width(label, _AXIS_LABEL) + 8, 22), _AXIS_LABEL, MUTE, name="axis")


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
        canvas.text(paragraphs([one]), (_AXIS, top + 32, ROOM + LEFT - _AXIS, 30), 20, strong=True)
