"""The layouts that are words in good order: cover, agenda, figure, statement, columns, a saying put right, questions, sources."""

from __future__ import annotations

from assistant.documents import deck_sizes
from assistant.documents.canvas import CARD, EDGE, GOLD, INK, MUTE, NAVY, PALE, RUST, SERIF, Canvas
from assistant.documents.deck_sizes import BOTTOM, GAP, LEFT, PARTED, ROOM, TEXT, TOP, measured, paragraphs
from assistant.documents.fit import cut, fits, height, largest, lines, width
from assistant.domain.lecture import Slide


def cover(canvas: Canvas, slide: Slide) -> None:
    """Title on navy, beside a balance."""
    canvas.fill(NAVY)
    _scales(canvas, 800, 128)
    canvas.box((80, 150, 84, 5), GOLD, "", round_=False)
    sizes = (54, 48, 44, 40, 36, 32, 28, 24)
    on_one_line = (size for size in sizes[:4] if lines(slide.title, size, 560) == 1)
    size = next(on_one_line, largest([slide.title], sizes, (560, 200)))
    canvas.title(cut(slide.title, size, 560, 4), (80, 172, 560, 210), size, "FFFFFF")
    canvas.text([(one.text, ()) for one in slide.said], (80, 396, 800, 80), 20, "D5DEEA", gap=6)


def _scales(canvas: Canvas, x: float, top: float) -> None:
    """衡: a post, a beam, two pans of which neither is heavier."""
    arm, drop = 78.0, 66.0
    canvas.line((x, top), (x, top + 176), GOLD, 3)
    canvas.box((x - 40, top + 176, 80, 6), GOLD, "", round_=False)
    canvas.line((x - arm, top + 18), (x + arm, top + 18), GOLD, 3)
    canvas.dot(x, top + 2, 7, GOLD, GOLD)
    for at in (x - arm, x + arm):
        canvas.line((at, top + 18), (at - 32, top + 18 + drop), "6F86A6", 1.5)
        canvas.line((at, top + 18), (at + 32, top + 18 + drop), "6F86A6", 1.5)
        canvas.box((at - 38, top + 18 + drop, 76, 8), "6F86A6", "")


def agenda(canvas: Canvas, slide: Slide) -> None:
    """The parts, numbered, each as a bar over the time of the lecture."""
    step = min(46.0, (BOTTOM - TOP + 10) / max(1, len(slide.said)))
    most = max((one.span[1] for one in slide.said if one.span), default=1.0)
    axis, wide = LEFT + 420, ROOM - 420 - 96
    for at, one in enumerate(slide.said):
        top = TOP + at * step
        canvas.text([(one.head, ())], (LEFT, top, 50, step), 24, GOLD, font=SERIF, bold=True, anchor="middle")
        canvas.text([(cut(one.text, 24, 350, 1), ())], (LEFT + 56, top, 360, step), 24, anchor="middle")
        if one.span:
            start, end = (minute / most * wide for minute in one.span)
            canvas.box((axis, top + step / 2 - 6, wide, 12), PALE, PALE, round_=False)
            canvas.box((axis + start, top + step / 2 - 6, max(4.0, end - start), 12), NAVY, "", round_=False)
            minutes = f"{max(1, round(one.span[1] - one.span[0]))} 分钟"
            canvas.text([(minutes, ())], (axis + wide + 8, top, 88, step), 20, MUTE, align="right", anchor="middle")


def section(canvas: Canvas, slide: Slide) -> None:
    """Where a part begins, and what it tells."""
    canvas.fill(NAVY)
    canvas.text([(slide.figure, ())], (80, 96, 200, 150), 96, GOLD, font=SERIF, bold=True)
    size = largest([slide.title], (46, 42, 38, 34, 30, 26), (800, 80))
    canvas.title(cut(slide.title, size, 800, 2), (80, 236, 800, 80), size, "FFFFFF")
    rows = [(cut(one.text, 22, 800, 1), ()) for one in slide.said]
    canvas.text(rows, (80, 326, 800, 130), 22, "D5DEEA", gap=8)


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
    rows, gap, size = paragraphs(slide.said, split=True), PARTED, deck_sizes.statement(slide.said)
    room = (ROOM - 30, BOTTOM - TOP - 16.0)
    if not fits(measured(rows), size, room, gap):
        rows = paragraphs(slide.said)
    high = min(room[1], height(measured(rows), size, room[0], gap))
    top = TOP + (room[1] - high) * 0.35
    canvas.box((LEFT, top + 4, 5, high), GOLD, "", round_=False)
    canvas.text(rows, (LEFT + 28, top, room[0], room[1] - (top - TOP)), size, gap=gap, strong=True)


def columns(canvas: Canvas, slide: Slide) -> None:
    """Two or three cards, as high as what they hold: side by side where they are of a length, else under one another."""
    said, size, room = slide.said, min(30.0, deck_sizes.columns(slide.said)), deck_sizes.card(slide.said)
    if deck_sizes.across(said):
        wide, high = room[0] + 44, min(room[1], deck_sizes.tall(said, size, room[0]) + 16) + 68
        top = TOP + 4 + max(0.0, (BOTTOM - TOP - 16 - high) * 0.3)
        for at, one in enumerate(said):
            left = LEFT + at * (wide + GAP)
            canvas.box((left, top, wide, high))
            head, big = (one.head, 22) if one.head else (str(at + 1), 28)
            canvas.text([(head, ())], (left + 22, top + 12, wide - 44, 42), big, GOLD, font=SERIF, bold=True)
            canvas.text(paragraphs([one]), (left + 22, top + 58, wide - 44, high - 62), size, strong=True)
        return
    high = min(room[1], deck_sizes.tall(said, size, room[0]) + 16) + 16
    top = TOP + 4 + max(0.0, (BOTTOM - TOP - 16 - len(said) * (high + GAP)) * 0.3)
    for at, one in enumerate(said):
        row = top + at * (high + GAP)
        canvas.box((LEFT, row, ROOM, high))
        canvas.text([(str(at + 1), ())], (LEFT + 26, row, 40, high), 30, GOLD, font=SERIF, bold=True, anchor="middle")
        canvas.text(paragraphs([one]), (LEFT + 76, row + 8, room[0], high - 16), size, anchor="middle", strong=True)


def myth(canvas: Canvas, slide: Slide) -> None:
    """What people say, at the left; what is right."""
    said, right = slide.said[0], slide.said[1:]
    canvas.box((LEFT, TOP + 4, 288, BOTTOM - TOP - 20), PALE, PALE)
    canvas.text([(said.head, ())], (LEFT + 22, TOP + 16, 200, 32), 20, RUST, bold=True)
    room = (244.0, 240.0)
    canvas.text([(said.text, ())], (LEFT + 22, TOP + 66, *room), largest([said.text], TEXT[2:], room), INK, font=SERIF)
    left, wide = LEFT + 310, ROOM - 310
    canvas.box((left, TOP + 4, wide, BOTTOM - TOP - 20))
    canvas.text([(right[0].head, ())], (left + 26, TOP + 16, 200, 32), 20, NAVY, bold=True)
    rows, room = paragraphs(right, split=True), (wide - 52, BOTTOM - TOP - 86.0)
    canvas.text(rows, (left + 26, TOP + 58, *room), largest(measured(rows), TEXT[4:], room, gap=8), gap=8, strong=True)


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
    tall = min(104.0, (bottom - TOP - 100) / ((len(choices) + 1) // 2 or 1) - 12)
    room = ((ROOM - 20) / 2 - 76, tall - 16)
    size = min((largest([one.text], TEXT[4:], room) for one in choices), default=20)
    for at, one in enumerate(choices):
        left, top = LEFT + (at % 2) * ((ROOM + 20) / 2), TOP + 100 + (at // 2) * (tall + 12)
        right = one.head in slide.figure if slide.figure else False
        canvas.box((left, top, (ROOM - 20) / 2, tall), NAVY if right else CARD, NAVY if right else EDGE)
        letter = "✓" if right else one.head
        canvas.text([(letter, ())], (left + 18, top + 8, 34, tall - 16), 24, GOLD, font=SERIF, bold=True, anchor="middle")
        canvas.text([(one.text, ())], (left + 58, top + 8, *room), size, "FFFFFF" if right else INK, anchor="middle")
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
