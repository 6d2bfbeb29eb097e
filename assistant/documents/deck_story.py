"""The layouts that tell a case: links of a chain up to the harm, who answered for it, what is to be learnt."""

from __future__ import annotations

from assistant.documents import deck_sizes
from assistant.documents.canvas import CARD, EDGE, GOLD, INK, NAVY, PALE, RUST, SERIF, Canvas
from assistant.documents.deck_sizes import ARROW, BOTTOM, HEAD, LEFT, ROOM, STEP, TOP, measured, paragraphs
from assistant.documents.fit import largest, lines
from assistant.domain.lecture import Slide

_ASKED = "哪一步停下来，就没有后面的事？"
"""Under every chain, to the room."""


def chain(canvas: Canvas, slide: Slide) -> None:
    """Links, each the cause of the next, in one row or two; the last is the harm. Below them the question to the room."""
    count, size = len(slide.said), deck_sizes.chain(slide.said)
    row, wide, room = deck_sizes.linked(count)
    high = deck_sizes.tall(slide.said, size, room[0]) + 62 if row == count else room[1] + 16
    top = TOP + 8 + (max(0.0, (236 - high) * 0.3) if row == count else 0.0)
    for at, one in enumerate(slide.said):
        left, above, last = LEFT + at % row * (wide + ARROW), top + at // row * (high + 12), at == count - 1
        canvas.box((left, above, wide, high), RUST if last else CARD, RUST if last else EDGE)
        number, ink = ("F3D9CF", "FFFFFF") if last else (GOLD, INK)
        box = (left + 14, above + 46, room[0], high - 54) if row == count else (left + 44, above + 8, room[0], room[1])
        canvas.text([(str(at + 1), ())], (left + 14, above + 10, 30, 30), 20, number, font=SERIF, bold=True)
        rows = paragraphs([one]) if last else [(one.text, ())]  # one line of the record carries them all
        canvas.text(rows, box, size, ink, anchor="top" if row == count else "middle", raised=number)
        if not last and at % row < row - 1:
            canvas.arrow((left + wide + 4, above + high / 2), (left + wide + ARROW - 3, above + high / 2), GOLD)
    canvas.box((LEFT, BOTTOM - 70, ROOM, 56), PALE, PALE)
    canvas.text([(_ASKED, ())], (LEFT, BOTTOM - 70, ROOM, 56), 26, NAVY, font=SERIF, align="center", anchor="middle")


def tree(canvas: Canvas, slide: Slide) -> None:
    """From one accident to each who answers for it, a row a post."""
    count, size = len(slide.said), deck_sizes.tree(slide.said)
    step = min(STEP, (BOTTOM - TOP - 4) / count)
    top, stem = TOP + 2 + max(0.0, (BOTTOM - TOP - 4 - count * step) * 0.3), LEFT + 66
    middle = top + (count * step - 12) / 2
    canvas.box((LEFT, middle - 64, 46, 128), NAVY, NAVY)
    for at, letter in enumerate("一起事故"):
        canvas.text(
            [(letter, ())], (LEFT, middle - 58 + at * 29, 46, 29), 20, "FFFFFF", font=SERIF, align="center", anchor="middle"
        )
    canvas.line((LEFT + 46, middle), (stem, middle), NAVY, 1.5)
    canvas.line((stem, top + (step - 12) / 2), (stem, top + (count - 1) * step + (step - 12) / 2), NAVY, 1.5)
    for at, one in enumerate(slide.said):
        row = top + at * step
        canvas.line((stem, row + (step - 12) / 2), (stem + 20, row + (step - 12) / 2), NAVY, 1.5)
        left, wide, tall = stem + 20, LEFT + ROOM - stem - 20, step - 12
        canvas.box((left, row, wide, tall))
        head = largest([one.head], (24, 22, 20, 18, 16, 14), (HEAD - 28, tall - 8))
        canvas.text(
            [(one.head, ())], (left + 18, row + 4, HEAD - 28, tall - 8), head, NAVY, font=SERIF, bold=True, anchor="middle"
        )
        room = (left + HEAD, row + 6, wide - HEAD - 18, tall - 12)
        canvas.text(paragraphs([one]), room, size, anchor="middle", strong=True)


def lesson(canvas: Canvas, slide: Slide) -> None:
    """What this case teaches, in one sentence on navy."""
    canvas.fill(NAVY)
    canvas.text([(slide.kicker, ())], (80, 92, 800, 26), 16, "D5DEEA", name="kicker")
    canvas.title(slide.title, (80, 122, 800, 40), 26, GOLD)
    rows, sizes = paragraphs(slide.said), (46, 42, 38, 34, 30, 26, 24)
    size = largest(measured(rows), sizes, (800, 230))
    if len(rows) == 1 and lines(rows[0][0], size, 800) == 1:
        size = min(size, 46)
    canvas.text(rows, (80, 182, 800, 240), size, "FFFFFF", font=SERIF, bold=True, anchor="middle")
