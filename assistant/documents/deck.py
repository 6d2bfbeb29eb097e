"""A lecture as a PowerPoint file: every slide drawn by its layout, with its foot and its notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from assistant.documents import deck_layouts, deck_pictures, deck_story
from assistant.documents.canvas import EDGE, GOLD, MUTE, Canvas
from assistant.documents.checked import AUTHOR
from assistant.documents.deck_sizes import BARE, DARK, LEFT, ROOM
from assistant.documents.fit import cut, largest
from assistant.documents.footnotes import clean
from assistant.documents.lecture_said import by_title
from assistant.documents.template import opened
from assistant.domain.lecture import OPINION, Layout, Lecture, Slide
from assistant.errors import Cancelled

Progress = Callable[[str, int, int], None]
_DRAW: Mapping[Layout, Callable[[Canvas, Slide], None]] = {
    "cover": deck_layouts.cover,
    "agenda": deck_layouts.agenda,
    "section": deck_layouts.section,
    "figure": deck_layouts.figure,
    "statement": deck_layouts.statement,
    "columns": deck_layouts.columns,
    "myth": deck_layouts.myth,
    "question": deck_layouts.question,
    "options": deck_layouts.options,
    "remember": deck_layouts.remember,
    "sources": deck_layouts.sources,
    "timeline": deck_pictures.timeline,
    "tree": deck_story.tree,
    "chain": deck_story.chain,
    "lesson": deck_story.lesson,
    "balance": deck_pictures.balance,
    "tiers": deck_pictures.tiers,
    "bars": deck_pictures.bars,
}
_TITLES = (34, 30, 28, 26, 24, 22, 20, 18)
_FOOT = 10


def to_powerpoint(
    lecture: Lecture,
    template: Path | None = None,
    progress: Progress = lambda what, done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> bytes:
    """The file's content; ``template`` is a reader's own ``.pptx``. Raises ``UsageError`` for one that is none, and ``Cancelled``."""
    deck, layout = opened(template)
    deck.core_properties.title, deck.core_properties.author = clean(lecture.outline.name)[:200], AUTHOR
    for at, slide in enumerate(lecture.slides, 1):
        if cancelled():
            raise Cancelled("已停止，没有生成。")
        progress("正在画幻灯片", at, len(lecture.slides))
        canvas = Canvas(deck.slides.add_slide(layout))
        if slide.layout not in DARK:
            _heading(canvas, slide)
        _DRAW[slide.layout](canvas, slide)
        _foot(canvas, slide, lecture, f"{at} / {len(lecture.slides)}")
        canvas.notes(spoken(slide, lecture))
    held = BytesIO()
    deck.save(held)
    return held.getvalue()


def _heading(canvas: Canvas, slide: Slide) -> None:
    above = " · ".join(filter(None, (slide.part, slide.kicker)))
    if above:
        canvas.text([(cut(above, 13, ROOM, 1), ())], (LEFT, 32, ROOM, 20), 13, GOLD, bold=True, name="kicker")
    size = largest([slide.title], _TITLES, (ROOM, 74))
    canvas.title(cut(slide.title, size, ROOM, 2), (LEFT, 54, ROOM, 76), size)


def _foot(canvas: Canvas, slide: Slide, lecture: Lecture, page: str) -> None:
    dark = slide.layout in DARK
    if not dark:
        canvas.line((LEFT, 490), (LEFT + ROOM, 490), EDGE)
    if slide.layout not in BARE:
        held = by_title([lecture.citation(n) for n in slide.cites])
        said = "　".join(f"{','.join(str(one.n) for one in ones)} {title}" for title, ones in held.items()) or OPINION
        colour = "9FB0C6" if dark else MUTE
        canvas.text([(cut(said, _FOOT, ROOM - 90, 2), ())], (LEFT, 496, ROOM - 90, 32), _FOOT, colour, name="sources")
    canvas.text([(page, ())], (LEFT + ROOM - 80, 496, 80, 16), _FOOT, "9FB0C6" if dark else MUTE, align="right", name="page")


def spoken(slide: Slide, lecture: Lecture) -> str:
    """The notes as they stand under a slide: what is said, then where it comes from."""
    lines = [one.text + (f"〔{'、'.join(map(str, one.cites))}〕" if one.cites else "") for one in slide.notes]
    numbers = dict.fromkeys(n for one in slide.notes for n in one.cites)
    if numbers and slide.layout != "sources":
        lines += ["", "出处："]
        lines += [
            f"{n}　{lecture.citation(n).title}（{lecture.citation(n).standing}）：{lecture.citation(n).quote}" for n in numbers
        ]
    lines += ["", f"约 {max(1, round(slide.seconds / 60))} 分钟" if slide.seconds >= 45 else f"约 {slide.seconds} 秒"]
    return "\n".join(lines)
