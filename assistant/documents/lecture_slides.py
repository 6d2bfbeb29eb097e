"""From a block of the outline to slides: one idea a slide, every statement with its sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.documents.lecture_case import Teller, remarked
from assistant.documents.lecture_points import (
    COUNTED,
    HEAD,
    SIGNAL,
    TITLES,
    main_point,
    plain,
    rest,
    saying,
    short,
    within,
)
from assistant.documents.lecture_said import Citing, clauses, opening
from assistant.documents.lecture_topics import Shelves
from assistant.domain.cases import Case
from assistant.domain.lecture import Block, Layout, Manner, Said, Slide, Topic
from assistant.domain.records import Aspect, Circumstance, Offence, Point, Record
from assistant.domain.tips import RiskTip
from assistant.rules.words import threshold_text

_LABELS = {
    Aspect.DUTY: "要求",
    Aspect.ADMINISTRATIVE: "罚则",
    Aspect.CONVICTION: "刑责",
    Aspect.SENTENCE: "量刑",
    Aspect.POLICY: "宽严",
    Aspect.EVIDENCE: "证据",
    Aspect.PROCEDURE: "程序和时限",
    Aspect.CASE: "案例",
    Aspect.PRACTICE: "做法",
}
_FIGURE = re.compile(
    r"(?:\d+(?:\.\d+)?万元以上)?\d+(?:\.\d+)?万元以[上下]|\d+年以上\d+年以下|\d+年以下|每?半年至少\d+次|(?<![月\d])\d+(?:小时|分钟|日|个月)内?|\d+%(?:至\d+%)?"
)
_GRADED = re.compile(
    r"(?P<grade>(?:一般|较大|重大|特别重大)事故(?:（[^）]*）)?)(?P<amount>(?:(?P<low>\d+)万元以上)?(?P<high>\d+)(?:万元以下|%))"
)
_ALWAYS = (
    "circumstance.leniency.rescue",
    "circumstance.surrender",
    "circumstance.compensation",
    "circumstance.aggravating.seven",
)
"""What every balance of 宽 and 严 is made of, behind the topic's own."""
_SHORT, _ROW, _ASIDE, _ARM, _SIDE = 120, 56, 78, 100, 118
"""Characters of a statement beside a figure, of one in a column, of one in a card, of the longest on a balance, of a side of it."""


class Slides:
    """Makes the slides of one lecture's blocks."""

    def __init__(self, topic: Topic, manner: Manner, shelves: Shelves, citing: Citing, on: date) -> None:
        self._topic, self._manner, self._shelves, self._citing, self._on = topic, manner, shelves, citing, on
        self._make: dict[str, Callable[[Block], Iterator[Slide]]] = {
            "case": self._case,
            "story": self._case,
            "record": self._record,
            "tiers": self._tiers,
            "cards": self._cards,
            "balance": self._balance,
            "myth": self._myth,
            "exercise": self._exercise,
            "todo": self._todo,
            "own": self._own,
        }

    def of(self, block: Block) -> list[Slide]:
        """The slides of a block; a statement without a source that carries it is left out."""
        return list(self._make[block.kind](block))

    def _slide(
        self, block: Block, layout: Layout, title: str, said: Sequence[Said | None], kicker: str = "", figure: str = ""
    ) -> Slide:
        return Slide(layout, self._part(block), title, tuple(one for one in said if one), kicker, figure, block=block.key)

    def _part(self, block: Block) -> str:
        return self._manner.titles.get(block.part, block.part.value)

    def _case(self, block: Block) -> Iterator[Slide]:
        case = self._shelves.of(block.record)
        assert isinstance(case, Case)
        name, points = short(case.title), [case.points[place] for place in block.points]
        teller = Teller(case, self._part(block), block.key, self._citing)
        if not points or not (first := teller.first(points[0])):
            return
        yield first
        yield from teller.dated(points)
        told = block.kind == "story"
        yield from teller.before() if told else ()
        for point in points[1:]:
            if not (told and SIGNAL.match(point.text) and (case.lenient or case.strict)):
                yield from self._point(case, point, block, name)
        yield from teller.after() if told else ()

    def _record(self, block: Block) -> Iterator[Slide]:
        record = self._shelves.of(block.record)
        for place in block.points:
            yield from self._point(record, record.points[place], block, short(record.title))

    def _point(self, record: Record, point: Point, block: Block, name: str) -> Iterator[Slide]:
        hit = HEAD.fullmatch(point.text)
        title = TITLES.get(hit["head"], "") if hit and record.kind == "case" else ""
        label = next((_LABELS[one] for one in point.about if one in _LABELS), "")
        text = plain(rest(point.text))
        if not text:
            return
        rows = [clause.rstrip("；。") + "。" for clause in clauses(text)]
        kicker = name if title else label
        title = title or name
        if graded := self._graded(record, point):
            whole = self._citing.point(record, point, text)
            yield replace(self._slide(block, "bars", title, graded, kicker), notes=(whole,) if whole else ())
            return
        if 2 <= len(rows) <= 3 and max(map(len, rows)) <= _ROW:
            said = [self._citing.point(record, point, row) for row in rows]
            layout: Layout = "columns"
        else:
            said, layout = [self._citing.point(record, point, text)], "statement"
        if not any(said):
            return
        figures = list(dict.fromkeys(_FIGURE.findall(text)))
        if layout == "statement" and len(figures) in {1, 2} and len(text) <= _SHORT and record.kind != "case":
            yield remarked(self._citing, self._slide(block, "figure", title, said, kicker, figures[0]), record, point)
            return
        yield remarked(self._citing, self._slide(block, layout, title, said, kicker), record, point)

    def _graded(self, record: Record, point: Point) -> list[Said]:
        """Amounts by the grade of an accident, as a point that lists them says."""
        said: list[Said] = []
        for hit in _GRADED.finditer(point.text):
            low, high = float(hit["low"] or 0), float(hit["high"])
            if one := self._citing.point(record, point, hit["amount"], hit["grade"]):
                said.append(Said(one.text, one.cites, one.head, (low, high)))
        return said if len(said) >= 3 else []

    def _tiers(self, block: Block) -> Iterator[Slide]:
        offence = self._shelves.of(block.record)
        assert isinstance(offence, Offence)
        said: list[Said | None] = []
        for tier in offence.tiers:
            if not tier.effective.holds(self._on):
                continue
            floors = [text for one in tier.thresholds if (text := threshold_text(one))]
            when = f"{tier.label}，如{'；'.join(floors)}" if floors else tier.label
            more = tuple(reference for one in tier.thresholds for reference in one.cite)
            span = (float(tier.min_years or 0), float(tier.max_years or 0))
            said.append(self._citing.say(f"{when}。", (*tier.cite, *tier.threshold_cite, *more), tier.penalty, span))
        if any(said):
            yield self._slide(block, "tiers", offence.title, said, "量刑档")

    def _cards(self, block: Block) -> Iterator[Slide]:
        said, whole = [], []
        for post in self._manner.posts:
            record = self._shelves.of(post.record)
            point = next((one for one in record.points if post.says and post.says in one.text), main_point(record))
            said.append(self._citing.point(record, point, opening(rest(point.text), _ASIDE), post.who))
            whole.append(self._citing.point(record, point, f"{post.who}：{rest(point.text)}"))
        if any(said):
            slide = self._slide(block, "tree", "谁负责，负什么责", said)
            yield replace(slide, notes=tuple(one for one in whole if one))

    def _balance(self, block: Block) -> Iterator[Slide]:
        names = dict.fromkeys((*self._topic.balance, *_ALWAYS))
        records = [one for name in names if isinstance(one := self._shelves.of(name), Circumstance)]
        sides = [self._side(records, direction) for direction in ("从宽", "从严")]
        if all(sides):
            yield self._slide(block, "balance", "宽与严，一页看清", [*sides[0], *sides[1]])

    def _side(self, records: Sequence[Circumstance], direction: str) -> list[Said]:
        """Three of one direction: the counted ones of a record that counts, else the main point of each."""
        held = [one for one in records if one.direction == direction]
        counted = [(one, point) for one in held for point in one.points if COUNTED.match(point.text)]
        texts = [
            (one, point, text)
            for one, point in counted or [(one, main_point(one)) for one in held]
            if len(text := opening(rest(point.text), _ASIDE)) <= _ARM
        ]
        said = (self._citing.point(one, point, text, direction[-1:]) for one, point, text in texts)
        return within([one for one in said if one][:3], _SIDE)

    def _myth(self, block: Block) -> Iterator[Slide]:
        record = self._shelves.of(block.record)
        if slide := self._judged(record, block, "这句话错在哪里"):
            yield slide

    def _todo(self, block: Block) -> Iterator[Slide]:
        """What is done about a hazard: now, within a month, for good."""
        tip = self._shelves.of(block.record)
        assert isinstance(tip, RiskTip)
        steps = (("现在就做", tip.now), ("一个月内", tip.month), ("长期", tip.lasting))
        said = [self._citing.say("；".join(does) + "。", (tip.id,), head) for head, does in steps if does]
        if any(said):
            yield self._slide(block, "columns", short(tip.title), said, "怎么改")

    def _exercise(self, block: Block) -> Iterator[Slide]:
        record = self._shelves.of(block.record)
        if isinstance(record, RiskTip):
            yield from self._scene(record, block)
        elif answer := self._judged(record, block, "怎么看"):
            question = Said(f"“{saying(record)}”")
            yield self._slide(block, "question", "这句话，对还是不对？", [question])
            yield answer

    def _scene(self, tip: RiskTip, block: Block) -> Iterator[Slide]:
        """A hazard as people on the spot tell it; then what has to be done, and what the law demands."""
        does = [self._citing.say(tip.urgent, (tip.id,), "该怎么办")] if tip.urgent else []
        law = [self._citing.point(tip, point, head="法律要求") for point in tip.duties()[:1]]
        if any(does) or any(law):
            said = Said(tip.said[0], head="现场的话")
            yield self._slide(block, "question", "您在场，怎么办？", [Said(f"“{tip.said[0]}”")])
            yield self._slide(block, "myth", short(tip.title), [said, *does, *law], "怎么办")

    def _judged(self, record: Record, block: Block, title: str) -> Slide | None:
        right = self._citing.point(record, record.points[0], head="其实")
        return self._slide(block, "myth", title, [Said(saying(record), head="有人说"), right]) if right else None

    def _own(self, block: Block) -> Iterator[Slide]:
        yield self._slide(block, "statement", block.title, [self._citing.own(block.own, block.place)], "您的材料，不是法律依据")
