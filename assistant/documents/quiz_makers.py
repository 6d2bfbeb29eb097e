"""All that makes questions, by what it asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TypeVar

from assistant.answer.sources import Sources
from assistant.documents import quiz_cases as of_cases
from assistant.documents import quiz_offences as of_offences
from assistant.documents import quiz_said as of_said
from assistant.documents.quiz_articles import articles
from assistant.documents.quiz_official import Official
from assistant.documents.quiz_proof import Draft
from assistant.documents.quiz_terms import people, terms
from assistant.documents.quiz_who import who
from assistant.domain.assessment import Assessment
from assistant.domain.cases import Case
from assistant.domain.deadlines import DeadlineBook
from assistant.domain.provision import Provision
from assistant.domain.quiz import QuizBook
from assistant.domain.records import Circumstance, Duty, Evidence, Procedure, Record
from assistant.domain.tips import RiskTip

R = TypeVar("R", bound=Record)
Made = Callable[[], Iterator[Draft]]
_TAUGHT = (Duty, RiskTip, Procedure, Evidence, Circumstance)
_OFTEN = 2
"""Records that rest on an article from which it is worth knowing by its number."""


class Makers:
    """Over one library, as of one day; nothing is made before it is asked for."""

    def __init__(
        self,
        book: QuizBook,
        deadlines: DeadlineBook,
        sources: Sources,
        official: Official,
        weigh: Callable[[str], Assessment],
        today: date,
    ) -> None:
        self._book, self._deadlines, self._sources, self._official = book, deadlines, sources, official
        self._weigh, self._today = weigh, today

    def all(self) -> Sequence[tuple[str, Made]]:
        """The sorts of questions in their order, each with what makes it."""
        book, levels, official = self._book, self._book.levels, self._official
        offences, law, topic = self._sources.offences, levels["offence"], book.topics["procedure"]
        return (
            ("入罪标准", lambda: of_offences.thresholds(self._tiers, official.counted, law)),
            ("入罪标准", lambda: of_offences.together(self._tiers, law)),
            ("法定刑", lambda: of_offences.ranges(self._tiers, law)),
            ("单位犯罪", lambda: of_offences.persons(offences, law)),
            ("案例罪名", lambda: of_cases.offences_of(self._of(Case), offences, levels["case"])),
            ("案例罪名", lambda: of_cases.charged(self._of(Case), offences, levels["case"])),
            ("谁担责", lambda: of_cases.liable(self._of(Case), offences, levels["case"])),
            ("假设案例", lambda: of_offences.told(self._stems(), self._weigh, self._tiers, levels["case"])),
            ("期限", lambda: terms(self._deadlines, official.values, levels["procedure"], topic)),
            ("谁来办", lambda: people(self._deadlines, book.organs, levels["procedure"], topic)),
            ("谁担责", lambda: self._each(lambda *told: who(told[0], book.persons, official.texts, *told[1:]))),
            ("误解", self._misconceptions),
            ("数字", lambda: self._each(lambda *told: of_said.figures(told[0], official.values, *told[1:]))),
            ("说法", lambda: self._each(of_said.statements)),
            ("应当还是可以", lambda: self._each(of_said.modals)),
            ("重大隐患", lambda: of_said.major(self._of(RiskTip), levels["risk_tip"])),
            ("证据", self._usable),
            ("法条", lambda: chain.from_iterable(articles(one, self._gists(one), self._used, levels["provision"]) for one in book.laws)),
        )  # fmt: skip

    def _each(self, make: Callable[[Sequence[Record], tuple[str, ...], str], Iterator[Draft]]) -> Iterator[Draft]:
        for kind in _TAUGHT:
            yield from make(self._of(kind), self._book.levels[kind.kind], self._book.topics.get(kind.kind, ""))

    def _misconceptions(self) -> Iterator[Draft]:
        groups = {"": self._book.levels["misconception"], **self._book.misconceptions}
        return of_said.misconceptions(self._sources.misconceptions, groups, self._book.topics["misconception"])

    def _usable(self) -> Iterator[Draft]:
        records = {record.id: record for record in self._sources.records()}
        return of_said.usable(self._book.evidence, records, self._book.levels["evidence"], self._book.topics["evidence"])

    def _stems(self) -> Iterator[str]:
        """The made-up cases with each of their numbers."""
        for name, numbers in (("{deaths}", self._book.deaths), ("{loss}", self._book.loss)):
            yield from (one.replace(name, str(n)) for one in self._book.told if name in one for n in numbers)

    def _of(self, kind: type[R]) -> tuple[R, ...]:
        return tuple(one for one in self._sources.records() if isinstance(one, kind) and one.confidence in of_said.CITABLE)

    def _gists(self, law: str) -> Sequence[Provision]:
        title = self._sources.resolve(law)
        gists = (one for one in self._sources.knowledge.provisions if one.ref.law == title)
        return [one for one in gists if one.confidence in of_said.CITABLE]

    @cached_property
    def _tiers(self) -> list[of_offences.Tier]:
        return of_offences.tiers(self._sources.offences, self._today)

    @cached_property
    def _used(self) -> frozenset[str]:
        """The articles that several records rest on."""
        return frozenset(place for place, many in self._official.rested_on.items() if many >= _OFTEN)
