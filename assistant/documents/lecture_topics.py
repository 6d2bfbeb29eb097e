"""主题: from what a trainer writes to a topic with its records; what cannot be taught from the library is refused in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from math import inf
from typing import TypeVar

from assistant.answer.match import Match, Matcher
from assistant.answer.sources import Sources
from assistant.domain.cases import Case
from assistant.domain.lecture import Topic
from assistant.domain.records import Circumstance, Duty, Misconception, Offence, Record
from assistant.domain.tips import RiskTip
from assistant.errors import UsageError
from assistant.ingest.lectures import Teaching

R = TypeVar("R", bound=Record)
MOST = 60
"""Characters of a topic."""
_KNOWN, _NEAR = 0.6, 0.5
"""Share of a topic's words that the library has to have; score from which a record is about it."""
_TIPS = 4
"""Risk tips of one lecture."""
_TEACHES = {
    "duty": _NEAR,
    "offence": _NEAR,
    "case": _NEAR,
    "misconception": _NEAR,
    "risk_tip": _NEAR,
    "circumstance": 0.75,
    "policy": 0.75,
    "procedure": 0.75,
}
"""Kinds that carry a topic, and the score from which: a procedure may list what is of no trade, such as 股票."""
_OURS = re.compile(r"刑法#13\d")
"""The articles on 危害公共安全 by accidents, which are offered first."""
_CITABLE = {"A", "B"}


class Shelves:
    """The records by what a lecture takes them for. Built once for a library."""

    def __init__(self, teaching: Teaching, sources: Sources, matcher: Matcher, read: Callable[[str], str]) -> None:
        """``read`` gives words in any spelling as the library would write them."""
        self.teaching, self.sources, self._matcher, self._read = teaching, sources, matcher, read

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """All that have a name: themes, industries, then offences."""
        offences = sorted(self.sources.offences, key=lambda one: not _OURS.match(one.article))
        return (*self.teaching.topics, *(self._of_offence(one) for one in offences))

    def choose(self, words: str) -> Topic:
        """The topic that the words name, else one of their own; ``UsageError`` where there is nothing to teach."""
        said = " ".join(words.split())
        if not said:
            raise UsageError(f"请写讲课的主题，例如：{self._examples}。")
        if len(said) > MOST:
            raise UsageError(f"主题有 {len(said)} 个字，请写在 {MOST} 个字以内，案情和要求可以在提纲里加。")
        wanted = self._read(said).strip("，。！？ ")
        named = [one for one in self.topics if wanted in {one.name, one.key, one.name.removesuffix("罪")}]
        called = named or [one for one in self.topics if wanted in one.aliases]
        if called:
            return called[0]
        near = [hit for hit in self._rank(wanted) if hit.score >= _TEACHES.get(hit.record.kind, inf)]
        if not near or self._matcher.known(wanted) < _KNOWN:
            raise UsageError(f"库里没有能讲“{said}”的义务、罪名或案例，请换一个安全生产方面的主题，例如：{self._examples}。")
        return Topic("own", "自拟", said)

    def filled(self, topic: Topic) -> Topic:
        """The topic with what the library has on it behind what it names itself."""
        hits = self._rank(" ".join((topic.name, *topic.aliases[:4])))
        near = [hit.record for hit in hits if hit.score >= _NEAR and hit.record.confidence in _CITABLE]
        offences = _more(topic.offences, near, Offence, 3)
        duties = _more(topic.duties, near, Duty, 12)
        return replace(
            topic,
            cases=_more(topic.cases, (*near, *self._cases(offences)), Case, 8),
            duties=(*duties[:2], *(one.id for one in self._tips(topic)), *duties[2:]),
            offences=offences,
            balance=_more(topic.balance, near, Circumstance, 6),
            procedures=topic.procedures,
            myths=_more(topic.myths, near, Misconception, 8),
        )

    def of(self, name: str) -> Record:
        """The record of that id."""
        found = self.sources.record(name)
        if found is None:
            raise UsageError(f"知识库里已没有编号 {name}，请从提纲里去掉这一项。")
        return found

    def myths(self, topic: Topic) -> list[str]:
        """Ids of common errors, those nearest to the topic first."""
        hits = self._rank(" ".join((topic.name, *topic.aliases[:4])))
        return [hit.record.id for hit in hits if isinstance(hit.record, Misconception) and hit.record.confidence in _CITABLE]

    def cases(self) -> list[Case]:
        """Every case that may be told, by itself first."""
        told = [one for one in self.sources.records("case") if isinstance(one, Case) and one.confidence in _CITABLE]
        return sorted(told, key=lambda one: not one.single)

    def _rank(self, words: str) -> list[Match]:
        return self._matcher.rank(words, words, frozenset(), {})

    def _tips(self, topic: Topic) -> list[RiskTip]:
        """Risk tips on the topic: those of its chapter or its offence, then those that its words name; the gravest first."""
        words, tips = (topic.name, *topic.aliases), [one for one in self.sources.records("risk_tip") if isinstance(one, RiskTip)]
        if topic.kind == "罪名":
            own = [one for one in tips if topic.offences[0] in one.offences]
        else:
            own = [one for one in tips if any(word in one.fields[0] for word in words)]
        named = [one for one in tips if any(word in one.title for word in words)]
        called = [one for one in tips if any(word in name for word in words for name in one.aliases)]
        held = [one for one in dict.fromkeys((*own, *named, *called)) if one.confidence in _CITABLE]
        return sorted(held, key=lambda one: (one not in own, one not in named, -one.severity))[:_TIPS]

    def _cases(self, offences: Sequence[str]) -> list[Case]:
        return [one for one in self.cases() if one.single and offences and offences[0] in one.offences]

    def _of_offence(self, offence: Offence) -> Topic:
        cases = [one.id for one in self.cases() if offence.id in one.offences and len(one.points) > 1]
        return Topic(offence.id, "罪名", offence.title, offence.title, offence.aliases, tuple(cases[:6]), (), (offence.id,))

    @property
    def _examples(self) -> str:
        return "、".join(one.name for one in self.teaching.topics[:6])


def _more(
    named: Sequence[str], near: Iterable[Record], kind: type[Record] | tuple[type[Record], ...], most: int
) -> tuple[str, ...]:
    found = [one.id for one in near if isinstance(one, kind)]
    return tuple(dict.fromkeys((*named, *found[: max(0, most - len(named))])))
