"""A case told from its cause to its lesson: the chain, who answered, 宽 and 严, what is to be learnt. Only what its record holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer.draft import in_chinese
from assistant.documents.lecture_points import plain, remark, rest, short
from assistant.documents.lecture_said import Citing, clauses
from assistant.domain.cases import Case, Liable
from assistant.domain.lecture import Layout, Said, Slide
from assistant.domain.records import Point, Record

_HARM = (
    (re.compile(r"(?:致|造成)?(?P<figure>\d+人)(?:死亡|溺亡|遇难)|死亡(?P<after>\d+人)"), "死亡"),
    (re.compile(r"损失约?(?P<figure>\d+(?:\.\d+)?万余?元)"), "直接经济损失"),
)
_DATED = re.compile(r"(?P<day>(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月(?!\d))")
_LINKS = 2
"""Fewest links of a chain."""
_ARMS = 3
"""Most grounds on one arm of the balance."""
_CHAIN, _LIABLE, _LESSON = "一步一步走到事故", "谁担责，担什么责", "这件事教给我们"
_BALANCE = {"宽": "从宽，宽在哪里", "严": "从严，严在哪里", "宽严": "宽在哪里，严在哪里"}


def pages(case: Case) -> int:
    """How many slides a case has besides its points."""
    sides = bool(case.lenient or case.strict)
    return (len(case.chain) >= _LINKS) + bool(_answered(case)) + sides + bool(case.lesson)


class Teller:
    """Tells one case on slides of one block."""

    def __init__(self, case: Case, part: str, block: str, citing: Citing) -> None:
        self._case, self._name, self._part, self._block, self._citing = case, short(case.title), part, block, citing

    def first(self, point: Point) -> Slide | None:
        """What happened, the harm in big type."""
        said = self._citing.point(self._case, point, text=plain(rest(point.text)))
        if not said:
            return None
        slide = Slide("statement", self._part, self._name, (said,), "案例", block=self._block)
        for pattern, caption in _HARM:
            if hit := pattern.search(said.text):
                figure = next(filter(None, hit.groups()))
                slide = replace(slide, layout="figure", said=(Said(said.text, said.cites, caption),), figure=figure)
                break
        return remarked(self._citing, slide, self._case, point)

    def dated(self, points: Sequence[Point]) -> Iterator[Slide]:
        """A line of time, where at least two of its clauses are dated."""
        said: list[Said] = []
        for point in points:
            for clause in clauses(plain(rest(point.text))):
                hit = _DATED.search(clause)
                if hit and len(clause) <= 90 and (one := self._citing.point(self._case, point, clause.rstrip("；。"))):
                    said.append(Said(one.text, one.cites, hit["day"]))
        if len({one.head for one in said}) >= 2:
            yield self._slide("timeline", "按时间看", said[:4])

    def before(self) -> Iterator[Slide]:
        """How it came about and who answered: before what the law says of it."""
        case = self._case
        if len(case.chain) >= _LINKS:
            notes = self._say("；".join(case.chain)), self._say(f"起因：{case.began}") if case.began else None
            yield self._slide("chain", _CHAIN, self._together(case.chain), notes)
        if who := _answered(case):
            rows = self._together([_ended("；".join(filter(None, (one.did, one.answered)))) for one in who])
            yield self._slide("tree", _LIABLE, [replace(row, head=one.who) for row, one in zip(rows, who, strict=False)])

    def after(self) -> Iterator[Slide]:
        """宽 and 严 in this case, and the lesson."""
        sides = {"宽": self._case.lenient[:_ARMS], "严": self._case.strict[:_ARMS]}
        if both := "".join(side for side, texts in sides.items() if texts):
            arms = (
                (side if len(both) > 1 else "", self._together(list(map(_ended, texts))))
                for side, texts in sides.items()
                if texts
            )
            rows = [replace(one, head=side) for side, said in arms for one in said]
            layout: Layout = "balance" if len(both) > 1 else "columns" if len(rows) > 1 else "statement"
            yield self._slide(layout, _BALANCE[both], rows)
        if self._case.lesson:
            yield self._slide("lesson", _LESSON, [self._say(self._case.lesson)])

    def _say(self, text: str) -> Said | None:
        return self._citing.say(_ended(text), (self._case.id,))

    def _together(self, texts: Sequence[str]) -> list[Said]:
        """Statements that one line of the record carries, under one number."""
        whole = self._say("；".join(text.rstrip("。") for text in texts))
        return [Said(in_chinese(text), whole.cites) for text in texts] if whole else []

    def _slide(self, layout: Layout, title: str, said: Sequence[Said | None], notes: Sequence[Said | None] = ()) -> Slide:
        kept, spoken = tuple(filter(None, said)), tuple(filter(None, notes))
        return Slide(layout, self._part, title, kept, self._name, notes=spoken, block=self._block)


def remarked(citing: Citing, slide: Slide, record: Record, point: Point) -> Slide:
    """What the library remarks on the point is said, not shown."""
    said = citing.point(record, point, aside) if (aside := remark(rest(point.text))) else None
    read = (Said(one.text if slide.layout == "figure" else one.headed, one.cites) for one in slide.said)
    return replace(slide, notes=(*read, said)) if said else slide


def _ended(text: str) -> str:
    return text.rstrip("。") + "。"


def _answered(case: Case) -> list[Liable]:
    return [one for one in case.liable if one.answered or one.did]
