"""A lecture is built: every block becomes slides with notes, between a cover and the sources. Start reading here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate
from math import ceil

from assistant.documents import lecture_quiz
from assistant.documents.lecture_notes import Speaker
from assistant.documents.lecture_pages import readable
from assistant.documents.lecture_points import short
from assistant.documents.lecture_said import Citing, by_title, prints
from assistant.documents.lecture_slides import Slides
from assistant.documents.lecture_topics import Shelves
from assistant.documents.quiz import Bank
from assistant.domain.answer import Citation
from assistant.domain.lecture import Lecture, Outline, Part, Question, Said, Slide
from assistant.errors import Cancelled, UsageError

Progress = Callable[[str, int, int], None]
_WEIGHT: Mapping[str, float] = {
    "cover": 0.5, "agenda": 0.5, "options": 0.8, "section": 0.3, "figure": 1.2, "timeline": 1.5, "tree": 1.5, "balance": 1.5, "tiers": 1.6,
    "question": 1.3, "chain": 1.6, "lesson": 0.8, "remember": 0.6, "sources": 0.1,
}  # fmt: skip
"""Of the time that a statement takes."""
_ON_A_PAGE = 22
"""Sources on one slide."""
_LONG = 45
"""Minutes from which the parts get slides of their own."""
_MANY = 3
"""Slides of a part that gets one."""
_NAMED = 3
"""Of what a part tells, on the slide where it begins."""
_OTHERWISE = "回去以后，先改今天记下的第一条。"


def build(
    outline: Outline,
    shelves: Shelves,
    on: date,
    bank: Callable[[date], Bank],
    progress: Progress = lambda what, done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Lecture:
    """The lecture of an outline, by the law of a day; ``bank`` gives the questions of that day. Raises ``Cancelled``."""
    if not outline.blocks:
        raise UsageError("提纲是空的，没有可讲的内容，请至少留下一段再生成。")
    citing, manner = Citing(shelves.sources, on), shelves.teaching.manners[outline.audience]
    slides, speaker = Slides(outline.topic, manner, shelves, citing, on), Speaker(outline.style, manner, shelves.teaching, citing)
    made: list[Slide] = []
    asked: tuple[Question, ...] = ()
    for done, block in enumerate(outline.blocks):
        if cancelled():
            raise Cancelled("已停止，没有生成。")
        progress(f"正在写“{block.title}”", done, len(outline.blocks))
        if block.kind == "quiz":
            held = bank(on)
            held.build(lambda what, *_, done=done: progress(what, done, len(outline.blocks)), cancelled)
            asked = lecture_quiz.questions(outline, shelves, held, citing, *block.points)
            made += lecture_quiz.slides(asked[: block.points[1]], manner.titles[block.part], block)
        else:
            made += [page for slide in slides.of(block) for page in readable(slide)]
    spoken = [speaker.noted(slide) for slide in _framed(outline, made, manner.titles, on)]
    spoken += [speaker.noted(slide) for slide in _sources(citing.citations)]
    return Lecture(
        outline,
        on,
        tuple(_scheduled(list(_timed(spoken, outline.minutes)))),
        citing.citations,
        citing.withheld,
        shelves.sources.newest,
        asked,
        prints(citing.citations, shelves.sources, on),
    )


def _framed(outline: Outline, made: Sequence[Slide], titles: Mapping[Part, str], on: date) -> Iterator[Slide]:
    """Cover and agenda before, what to remember after, and in long lectures a slide where a part begins."""
    yield Slide(
        "cover",
        "",
        outline.name,
        (
            Said(f"给{outline.audience.value}的 {outline.minutes} 分钟 · {outline.style.value}"),
            Said(f"法律截至 {on.year} 年 {on.month} 月 {on.day} 日，每一句都有出处，见页脚和最后几页"),
        ),
    )
    parts = list(dict.fromkeys(slide.part for slide in made))
    yield Slide("agenda", "", "这一讲", tuple(Said(part, head=str(at)) for at, part in enumerate(parts, 1)))
    seen: set[str] = set()
    for slide in made:
        many = sum(one.part == slide.part for one in made)
        if slide.part not in seen and outline.minutes >= _LONG and many >= _MANY:
            about = dict.fromkeys(short(block.title) for block in outline.blocks if titles.get(block.part) == slide.part)
            yield Slide(
                "section", slide.part, slide.part, tuple(map(Said, list(about)[:_NAMED])), figure=str(parts.index(slide.part) + 1)
            )
        seen.add(slide.part)
        yield slide
    yield Slide("remember", "", "一句话记住", (Said(outline.topic.remember or _OTHERWISE),))


def _sources(citations: Sequence[Citation]) -> Iterator[Slide]:
    rows = [
        Said(_line(held), tuple(one.n for one in held), "、".join(str(one.n) for one in held))
        for held in by_title(citations).values()
    ]
    size = ceil(len(rows) / max(1, ceil(len(rows) / _ON_A_PAGE))) or 1
    pages = [rows[at : at + size] for at in range(0, len(rows), size)]
    for at, page in enumerate(pages, 1):
        yield Slide("sources", "", f"出处（{at}/{len(pages)}）" if len(pages) > 1 else "出处", tuple(page))


def _line(held: Sequence[Citation]) -> str:
    """How a source is listed: the record of a case with what it rests on itself."""
    first = held[0]
    if first.kind == "provision":
        return f"{first.title}（{first.standing}）"
    return f"{first.title}（{first.standing if first.kind == 'material' else first.note or '内置知识库'}）"


def _scheduled(slides: Sequence[Slide]) -> Iterator[Slide]:
    """With the minutes of every part on the agenda."""
    ends = list(accumulate(slide.seconds / 60 for slide in slides))
    for slide in slides:
        if slide.layout != "agenda":
            yield slide
            continue
        said: list[Said] = []
        for part in slide.said:
            places = [at for at, one in enumerate(slides) if one.part == part.text]
            said.append(replace(part, span=(ends[places[0]] - slides[places[0]].seconds / 60, ends[places[-1]])))
        yield replace(slide, said=tuple(said))


def _timed(slides: Sequence[Slide], minutes: int) -> Iterator[Slide]:
    weights = [_WEIGHT.get(slide.layout, 1.0) for slide in slides]
    for slide, weight in zip(slides, weights, strict=True):
        yield replace(slide, seconds=round(minutes * 60 * weight / sum(weights)))
