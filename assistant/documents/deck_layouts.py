"""The layouts that are words in good order: cover, agenda, figure, statement, columns, a saying put right, questions, sources."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.documents.canvas import CARD, EDGE, GOLD, INK, MUTE, NAVY, PALE, RUST, SERIF, Canvas, marked
from assistant.documents.fit import cut, fits, height, largest, lines, width
from assistant.documents.lecture_said import clauses
from assistant.domain.lecture import Said, Slide

LEFT, ROOM, TOP, BOTTOM = 54, 852, 140, 478
"""Left edge and width of what a slide holds; top and bottom of its body."""
TEXT = (38, 36, 34, 32, 30, 28, 26, 24, 22, 20, 18, 17, 16, 15, 14, 13, 12)
"""Sizes of type that are tried, the largest first."""
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


def cover(canvas: Canvas, slide: Slide) -> None:
    """Title on navy."""
    canvas.fill(NAVY)
    canvas.box((80, 150, 84, 5), GOLD, "", round_=False)
    size = largest([slide.title], (54, 48, 44, 40, 36, 32, 28, 24), (800, 140))
    canvas.title(cut(slide.title, size, 800, 3), (80, 172, 800, 150), size, "FFFFFF")
    canvas.text([(one.text, ()) for one in slide.said], (80, 336, 800, 80), 20, "D5DEEA", gap=6)


def agenda(canvas: Canvas, slide: Slide) -> None:
    """The parts, numbered."""
    step = min(54.0, (BOTTOM - TOP) / max(1, len(slide.said)))
    for at, one in enumerate(slide.said):
        top = TOP + at * step
        canvas.text([(one.head, ())], (LEFT, top, 50, step), 24, GOLD, font=SERIF, bold=True)
        canvas.text([(cut(one.text, 24, ROOM - 60, 1), ())], (LEFT + 56, top, ROOM - 56, step), 24)


def section(canvas: Canvas, slide: Slide) -> None:
    """Where a part begins."""
    canvas.fill(NAVY)
    canvas.text([(slide.figure, ())], (80, 130, 200, 150), 96, GOLD, font=SERIF, bold=True)
    canvas.title(slide.title, (80, 276, 800, 80), 46, "FFFFFF")
    canvas.text([(one.text, ()) for one in slide.said], (80, 362, 800, 60), 18, "D5DEEA")


def figure(canvas: Canvas, slide: Slide) -> None:
    """A number in big type, its statement below."""
    size = min(104.0, 600 / width(slide.figure, 1))
    wide = width(slide.figure, size) * 1.08
    canvas.text([(slide.figure, ())], (LEFT, 124, wide, 150), size, RUST, font=SERIF, bold=True, anchor="bottom", name="figure")
    if slide.said and slide.said[0].head:
        canvas.text([(slide.said[0].head, ())], (LEFT + wide + 12, 214, 200, 40), 22, MUTE)
    canvas.box((LEFT, 284, 60, 4), GOLD, "", round_=False)
    rows = paragraphs(slide.said)
    room = (ROOM, BOTTOM - 302)
    canvas.text(rows, (LEFT, 302, *room), largest(measured(rows), TEXT[5:], room), strong=True)


def statement(canvas: Canvas, slide: Slide) -> None:
    """One idea, a clause a line."""
    rows, gap = paragraphs(slide.said, split=True), 12.0
    room = (ROOM - 30, BOTTOM - TOP - 16.0)
    size = largest(measured(rows), TEXT, room, gap)
    if not fits(measured(rows), size, room, gap):
        rows = paragraphs(slide.said)
        size = largest(measured(rows), TEXT, room)
    tall = min(room[1], height(measured(rows), size, room[0], gap))
    top = TOP + (room[1] - tall) * 0.35
    canvas.box((LEFT, top + 4, 5, tall), GOLD, "", round_=False)
    canvas.text(rows, (LEFT + 28, top, room[0], room[1] - (top - TOP)), size, gap=gap, strong=True)


def columns(canvas: Canvas, slide: Slide) -> None:
    """Two or three cards: side by side where they are of a length, else under one another."""
    lengths = [len(one.text) for one in slide.said]
    gap, count = 20, len(slide.said)
    across = min(lengths) >= 0.5 * max(lengths) or any(one.head for one in slide.said)
    wide = (ROOM - gap * (count - 1)) / count if across else ROOM
    tall = BOTTOM - TOP - 16 if across else (BOTTOM - TOP - 16 - gap * (count - 1)) / count
    room = (wide - 44, tall - 68.0) if across else (wide - 100, tall - 16.0)
    size = min(largest(measured(paragraphs([one])), TEXT[3:], room) for one in slide.said)
    for at, one in enumerate(slide.said):
        left, top = (LEFT + at * (wide + gap), TOP + 4) if across else (LEFT, TOP + 4 + at * (tall + gap))
        canvas.box((left, top, wide, tall))
        if across:
            head, big = (one.head, 20) if one.head else (str(at + 1), 28)
            canvas.text([(head, ())], (left + 22, top + 12, wide - 44, 42), big, GOLD, font=SERIF, bold=True)
            canvas.text(paragraphs([one]), (left + 22, top + 58, *room), size, strong=True)
        else:
            canvas.text([(str(at + 1), ())], (left + 26, top, 40, tall), 30, GOLD, font=SERIF, bold=True, anchor="middle")
            canvas.text(paragraphs([one]), (left + 76, top + 8, *room), size, anchor="middle", strong=True)


def myth(canvas: Canvas, slide: Slide) -> None:
    """What people say, at the left; what is right."""
    said, right = slide.said[0], slide.said[1:]
    canvas.box((LEFT, TOP + 4, 288, BOTTOM - TOP - 20), PALE, PALE)
    canvas.text([(said.head, ())], (LEFT + 22, TOP + 18, 200, 30), 16, RUST, bold=True)
    room = (244.0, 250.0)
    words = f"“{said.text}”"
    canvas.text([(words, ())], (LEFT + 22, TOP + 56, *room), largest([words], TEXT, room), INK, font=SERIF)
    left, wide = LEFT + 310, ROOM - 310
    canvas.box((left, TOP + 4, wide, BOTTOM - TOP - 20))
    canvas.text([(right[0].head, ())], (left + 26, TOP + 18, 200, 30), 16, NAVY, bold=True)
    rows, room = paragraphs(right, split=True), (wide - 52, BOTTOM - TOP - 84.0)
    canvas.text(rows, (left + 26, TOP + 54, *room), largest(measured(rows), TEXT[4:], room, gap=8), gap=8, strong=True)


def question(canvas: Canvas, slide: Slide) -> None:
    """A question to the room."""
    canvas.box((LEFT, TOP + 4, ROOM, 250), PALE, PALE)
    room = (ROOM - 80, 210.0)
    rows = paragraphs(slide.said)
    size = largest(measured(rows), (42, *TEXT), room)
    canvas.text(rows, (LEFT + 40, TOP + 24, *room), size, font=SERIF, anchor="middle", align="center")
    canvas.text([("想一分钟，说出理由，再翻页。", ())], (LEFT, TOP + 274, ROOM, 34), 20, MUTE, align="center")


def options(canvas: Canvas, slide: Slide) -> None:
    """A question with its options; ``figure`` holds the letters of the right ones once they are told."""
    stem, *others = slide.said
    why = [one for one in others if one.head == "解析"]
    choices = [one for one in others if one.head != "解析"]
    rows = paragraphs([stem])
    bottom = BOTTOM - (96 if why else 0)
    size = largest(measured(rows), TEXT[5:], (ROOM, 92))
    canvas.text(rows, (LEFT, TOP, ROOM, 92), size)
    tall = (bottom - TOP - 100) / ((len(choices) + 1) // 2 or 1) - 12
    room = ((ROOM - 20) / 2 - 76, tall - 16)
    size = min((largest([one.text], TEXT[4:], room) for one in choices), default=20)
    for at, one in enumerate(choices):
        left, top = LEFT + (at % 2) * ((ROOM + 20) / 2), TOP + 100 + (at // 2) * (tall + 12)
        right = one.head in slide.figure if slide.figure else False
        canvas.box((left, top, (ROOM - 20) / 2, tall), NAVY if right else CARD, NAVY if right else EDGE)
        colour = "FFFFFF" if right else INK
        canvas.text([(one.head, ())], (left + 18, top + 8, 30, tall - 16), 20, GOLD, font=SERIF, bold=True, anchor="middle")
        canvas.text([(one.text, ())], (left + 54, top + 8, *room), size, colour, anchor="middle")
    if why:
        rows = paragraphs(why)
        canvas.text(rows, (LEFT, bottom + 6, ROOM, 88), largest(measured(rows), TEXT[6:], (ROOM, 88)), strong=True)


def remember(canvas: Canvas, slide: Slide) -> None:
    """One sentence to take home."""
    canvas.fill(NAVY)
    canvas.title(slide.title, (80, 120, 800, 40), 22, GOLD)
    words, sizes = [one.text for one in slide.said], (50, 46, 42, 38, 34, 30, 26, 22)
    on_one_line = (size for size in sizes[:5] if all(lines(word, size, 800) == 1 for word in words))
    size = next(on_one_line, largest(words, sizes, (800, 220)))
    canvas.text([(word, ()) for word in words], (80, 176, 800, 220), size, "FFFFFF", font=SERIF, bold=True, anchor="middle")


def sources(canvas: Canvas, slide: Slide) -> None:
    """What everything rests on, in two columns."""
    half = (len(slide.said) + 1) // 2
    step = min(40.0, (BOTTOM + 8 - 128) / max(1, half))
    wide = ROOM / 2 - 16
    for at, one in enumerate(slide.said):
        left, top = LEFT + (at // half) * (ROOM / 2 + 8), 128 + (at % half) * step
        canvas.text([(cut(one.head, 10, 62, 2), ())], (left, top, 62, step), 10, GOLD, bold=True)
        canvas.text([(cut(one.text, 11, wide - 70, 2), ())], (left + 70, top, wide - 70, step), 11)
