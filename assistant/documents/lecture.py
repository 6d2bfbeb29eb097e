"""提纲 of a lecture: which records are taught, in which order, how much of each. From the library alone; to be edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.documents.lecture_case import pages
from assistant.documents.lecture_topics import Shelves
from assistant.domain.cases import Case
from assistant.domain.lecture import LONGEST, SHORTEST, Audience, Block, Manner, Outline, Part, Style, Topic
from assistant.domain.records import Aspect, Offence, Point, Record
from assistant.domain.tips import RiskTip
from assistant.errors import UsageError

PER_MINUTE = 0.68
"""Slides of a minute: some forty in an hour."""
_AROUND = 5
"""Cover, agenda, what to remember, sources."""
_CITABLE = {"A", "B"}
_STYLES = {
    Style.WARNING: {Part.OPENING: 1.35, Part.DUTY: 0.9},
    Style.LAW: {Part.OPENING: 0.8, Part.DUTY: 1.2, Part.LIABILITY: 1.1},
    Style.SEMINAR: {Part.GAP: 1.25, Part.BALANCE: 1.3, Part.ACTION: 1.15, Part.OPENING: 0.9},
}
"""How a style shifts the shares."""
_LAW_SIDE = {Audience.OFFICERS, Audience.PROSECUTORS}
_DUTIES = {Aspect.DUTY, Aspect.PROCEDURE, Aspect.EVIDENCE, Aspect.PRACTICE}
_BURDENS = {Aspect.ADMINISTRATIVE, Aspect.CONVICTION, Aspect.SENTENCE}
_ALL = frozenset(Aspect) - {Aspect.VALIDITY}


@dataclass
class _Part:
    """A part as it fills; ``used`` holds points that any part has taken."""

    part: Part
    left: int
    used: set[tuple[str, int]]
    blocks: list[Block] = field(default_factory=list)

    def take(self, block: Block, slides: int = 1) -> None:
        if self.left > 0:
            self.blocks.append(block)
            self.left -= slides

    def teach(self, records: Iterable[Record], wanted: frozenset[Aspect] | set[Aspect]) -> None:
        """Points of the records: first the main ones of each, then the others, as far as there is time."""
        held = list(dict.fromkeys(records))
        chosen: dict[str, list[int]] = {record.id: [] for record in held}
        for main in (True, False):
            for record in held:
                for place in _places(record, wanted):
                    fresh = (record.id, place) not in self.used and record.points[place].key is main
                    if fresh and self.left > 0 and not (main and chosen[record.id]):
                        chosen[record.id].append(place)
                        self.used.add((record.id, place))
                        self.left -= 1
        for record in held:
            if points := chosen[record.id]:
                key = f"{self.part.name.lower()}-{record.id}"
                kind = "case" if isinstance(record, Case) else "record"
                self.blocks.append(Block(key, self.part, kind, record.title, record.id, tuple(sorted(points))))  # type: ignore[arg-type]


def plan(topic: Topic, audience: Audience, style: Style, minutes: int, shelves: Shelves) -> Outline:
    """The outline of a lecture of so many minutes; raises ``UsageError`` for a length that is none."""
    check_minutes(minutes)
    manner, full = shelves.teaching.manners[audience], shelves.filled(topic)
    exercises, questions = max(1, minutes // 25), max(2, minutes // 15)
    body = max(6, round(minutes * PER_MINUTE) - _AROUND - 2 * exercises - 2 * questions - (4 if minutes >= 45 else 0))
    shares = {part: share * _STYLES[style].get(part, 1.0) for part, share in manner.shares.items()}
    used: set[tuple[str, int]] = set()
    parts = {part: _Part(part, max(1, round(body * share / sum(shares.values()))), used) for part, share in shares.items()}
    for one in parts.values():
        _FILL[one.part](one, full, manner, shelves)
    spare = max(0, sum(one.left for one in parts.values()))
    for name in (Part.DUTY, Part.LIABILITY, Part.ACTION, Part.OPENING):  # what one part could not fill, another may
        parts[name].left = spare
        _again(parts[name], full, manner, shelves)
        spare = max(0, parts[name].left)
    blocks = [block for one in parts.values() for block in _joined(one.blocks)]
    blocks += list(_exercises(full, manner, shelves, used, exercises))
    blocks.append(
        Block("quiz", Part.QUIZ, "quiz", f"{minutes // 3} 道题，现场讲 {questions} 道", points=(minutes // 3, questions))
    )
    return Outline(full, audience, style, minutes, tuple(blocks), tuple(_notices(full, spare)))


def check_minutes(minutes: int) -> None:
    """Raises ``UsageError`` for a length that no lecture has."""
    if not SHORTEST <= minutes <= LONGEST:
        raise UsageError(f"讲课时间是 {minutes} 分钟，请写 {SHORTEST} 到 {LONGEST} 之间的分钟数；更长的请分成几讲。")


def _notices(topic: Topic, spare: int) -> Iterator[str]:
    if not topic.cases:
        yield f"库里没有“{topic.name}”的案例，开场改用提问；可以在提纲里换上别的案例，或者加自己的材料。"
    if spare > 6:
        yield "库里的内容不够讲满这段时间，每页会讲得慢一些；可以加自己的材料，或者缩短时间。"


def _opening(part: _Part, topic: Topic, manner: Manner, shelves: Shelves) -> None:
    told = sorted((shelves.of(name) for name in topic.cases), key=lambda one: isinstance(one, Case) and not one.single)
    for case in told:  # one case to its end, then the next
        if part.left > 0:
            _whole(part, case)


def _whole(part: _Part, case: Record) -> None:
    told = pages(case) if isinstance(case, Case) else 0
    told = told if part.left >= told else 0  # there is no time for all of it
    most = max(1 if told else 2, part.left - told)
    places = [place for place in _places(case, _ALL) if (case.id, place) not in part.used][:most]
    if places:
        part.used |= {(case.id, place) for place in places}
        part.blocks.append(Block(f"case-{case.id}", part.part, "story" if told else "case", case.title, case.id, tuple(places)))
        part.left -= len(places) + told


def _duty(part: _Part, topic: Topic, manner: Manner, shelves: Shelves) -> None:
    general = [shelves.of(name) for name in manner.general.get(Part.DUTY, ())]
    late, part.left = round(part.left * 0.3), part.left - round(part.left * 0.3)
    part.teach([shelves.of(name) for name in topic.duties], _DUTIES)
    part.left += late
    part.teach(general, _DUTIES)


def _gap(part: _Part, topic: Topic, manner: Manner, shelves: Shelves) -> None:
    for name in dict.fromkeys((*topic.myths, *manner.general.get(Part.GAP, ()))):
        record = shelves.of(name)
        if (name, 0) not in part.used and part.left > 0:
            part.used.add((name, 0))
            part.take(Block(f"gap-{name}", part.part, "myth", record.title, name, (0,)))


def _liability(part: _Part, topic: Topic, manner: Manner, shelves: Shelves) -> None:
    if topic.kind != "罪名":
        part.take(Block("cards", part.part, "cards", "各自担什么责"))
    offences = [one for name in topic.offences if isinstance(one := shelves.of(name), Offence)]
    many = 1 if manner.audience is Audience.WORKERS else 2 if part.left < 9 else 3
    for one in [one for one in offences if one.tiers][:many]:
        part.take(Block(f"tiers-{one.id}", part.part, "tiers", f"{one.title}：量刑档", one.id))
    if topic.kind == "罪名":  # what it is punished with comes before who else answers
        part.take(Block("cards", part.part, "cards", "各自担什么责"))
    general = [shelves.of(name) for name in manner.general.get(Part.LIABILITY, ())]
    if manner.audience in _LAW_SIDE:
        late, part.left = round(part.left * 0.4), part.left - round(part.left * 0.4)
        part.teach(offences[:2], {Aspect.CONVICTION, Aspect.SENTENCE})
        part.left += late
    else:
        late, part.left = round(part.left * 0.5), part.left - round(part.left * 0.5)
        part.teach([shelves.of(name) for name in topic.duties], _BURDENS)
        part.left += late
    part.teach(general, _ALL)


def _balance(part: _Part, topic: Topic, manner: Manner, shelves: Shelves) -> None:
    part.take(Block("balance", part.part, "balance", "宽与严，一页看清"))
    part.teach([shelves.of(name) for name in (*topic.balance, *manner.general.get(Part.BALANCE, ()))], _ALL)


def _action(part: _Part, topic: Topic, manner: Manner, shelves: Shelves) -> None:
    own = topic.procedures if manner.audience in _LAW_SIDE else ()
    late, part.left = (round(part.left * 0.4), part.left - round(part.left * 0.4)) if own else (0, part.left)
    part.teach([shelves.of(name) for name in own], _ALL)
    part.left += late
    for tip in (
        [] if manner.audience in _LAW_SIDE else [one for name in topic.duties if isinstance(one := shelves.of(name), RiskTip)]
    ):
        if part.left > 2:
            part.take(Block(f"todo-{tip.id}", part.part, "todo", f"怎么改：{tip.title}", tip.id))
    part.teach([shelves.of(name) for name in manner.general.get(Part.ACTION, ())], _ALL)


def _again(part: _Part, topic: Topic, manner: Manner, shelves: Shelves) -> None:
    """Whatever of the topic has not been taught, where there is time left."""
    if part.part is Part.OPENING:
        _opening(part, topic, manner, shelves)
    names = {
        Part.DUTY: topic.duties,
        Part.LIABILITY: (*topic.offences, *(topic.duties if manner.audience not in _LAW_SIDE else ())),
        Part.ACTION: (*manner.general.get(Part.ACTION, ()), *topic.procedures),
    }.get(part.part, ())
    part.teach([shelves.of(name) for name in names], _DUTIES if part.part is Part.DUTY else _ALL)


_FILL = {
    Part.OPENING: _opening,
    Part.DUTY: _duty,
    Part.GAP: _gap,
    Part.LIABILITY: _liability,
    Part.BALANCE: _balance,
    Part.ACTION: _action,
}


def _exercises(topic: Topic, manner: Manner, shelves: Shelves, used: set[tuple[str, int]], most: int) -> Iterator[Block]:
    """Sayings that were not taught yet, for the room to judge."""
    scenes = [one for name in topic.duties if isinstance(one := shelves.of(name), RiskTip) and one.said]
    for tip in scenes[: 0 if manner.audience in _LAW_SIDE else most // 2 or 1]:
        most -= 1
        yield Block(f"exercise-{tip.id}", Part.EXERCISE, "exercise", f"现场：{tip.title}", tip.id)
    known = dict.fromkeys((*topic.myths, *manner.general.get(Part.GAP, ()), *shelves.myths(topic)))
    for name in [name for name in known if (name, 0) not in used][:most]:
        used.add((name, 0))
        yield Block(f"exercise-{name}", Part.EXERCISE, "exercise", shelves.of(name).title, name, (0,))


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """One block a record, where a second round added to it."""
    joined: dict[str, Block] = {}
    for block in blocks:
        before = joined.get(block.key)
        points = tuple(sorted({*before.points, *block.points})) if before else block.points
        joined[block.key] = Block(block.key, block.part, block.kind, block.title, block.record, points)
    return list(joined.values())


def _places(record: Record, wanted: frozenset[Aspect] | set[Aspect]) -> list[int]:
    return [place for place, point in enumerate(record.points) if _fits(point, wanted)]


def _fits(point: Point, wanted: frozenset[Aspect] | set[Aspect]) -> bool:
    """Whether it is taught: of a wanted aspect, citable, and not about former law."""
    return (
        point.confidence in _CITABLE
        and Aspect.VALIDITY not in point.about
        and (not point.about or bool(wanted & set(point.about)))
    )
