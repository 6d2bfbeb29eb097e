"""The bank of 测验: every question that the library can answer for certain, and papers drawn from it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TypeVar

from assistant.answer.sources import Sources
from assistant.documents import quiz_offences as of_offences
from assistant.documents import quiz_said as of_said
from assistant.documents.quiz_articles import articles
from assistant.documents.quiz_proof import Draft, agreeing, item, proven
from assistant.documents.quiz_terms import people, terms
from assistant.domain.assessment import Assessment
from assistant.domain.deadlines import DeadlineBook
from assistant.domain.provision import Provision
from assistant.domain.quiz import AUDIENCES, QuizBook, QuizItem, QuizKind
from assistant.domain.records import Case, Circumstance, Duty, Evidence, Procedure, Record
from assistant.domain.tips import RiskTip
from assistant.errors import NotFitting

R = TypeVar("R", bound=Record)
MOST = 500
"""Questions of one paper."""


class Bank:
    """Questions over one library, as of one day."""

    def __init__(
        self, book: QuizBook, deadlines: DeadlineBook, sources: Sources, weigh: Callable[[str], Assessment], today: date
    ) -> None:
        self._book, self._deadlines, self._sources, self._weigh, self._today = book, deadlines, sources, weigh, today

    @cached_property
    def drafts(self) -> tuple[Draft, ...]:
        """All that are proven, none twice; raises ``KnowledgeError`` for the first that has a wrong option that is right."""
        return tuple(agreeing(proven(draft, self._resolves) for draft in self._made() if draft.wrong and self._sound(draft)))

    @property
    def topics(self) -> tuple[str, ...]:
        """What can be asked about."""
        return tuple(dict.fromkeys(draft.topic for draft in self.drafts))

    def paper(
        self, count: int = 20, audience: str = "", topic: str = "", kinds: Iterable[QuizKind] = (), seed: int = 0
    ) -> tuple[QuizItem, ...]:
        """So many questions, or as many as there are; the same for the same seed. Raises ``NotFitting`` with what to do."""
        if not 1 <= count <= MOST:
            raise NotFitting(f"一份试卷可以有 1 到 {MOST} 题，请改为其间的整数。")
        if audience and audience not in AUDIENCES:
            raise NotFitting(f"没有“{audience}”这一类听众，请从{'、'.join(AUDIENCES)}里选一个。")
        kinds, words = set(kinds), topic.strip()
        exact = words in self.topics
        fits = [
            draft
            for draft in self.drafts
            if (not audience or audience in draft.level)
            and (not kinds or draft.kind in kinds)
            and (draft.topic == words if exact else _on(draft, words))
        ]
        if not fits:
            raise NotFitting(f"题库里没有合这些条件的题（主题“{words or '全部'}”），请换一个主题、听众或者题型。")
        return tuple(item(draft, seed) for draft in _spread(fits, count, seed))

    def _made(self) -> Iterator[Draft]:
        book, levels = self._book, self._book.levels
        held = of_offences.tiers(self._sources.offences, self._today)
        stems = [one.replace("{deaths}", str(n)) for one in book.told if "{deaths}" in one for n in book.deaths]
        stems += [one.replace("{loss}", str(n)) for one in book.told if "{loss}" in one for n in book.loss]
        yield from of_offences.thresholds(held, levels["offence"])
        yield from of_offences.together(held, levels["offence"])
        yield from of_offences.ranges(held, levels["offence"])
        yield from of_offences.persons(self._sources.offences, levels["offence"])
        yield from of_offences.cases(self._of(Case), self._sources.offences, levels["case"])
        yield from of_offences.told(stems, self._weigh, held, levels["case"])
        yield from terms(self._deadlines, self._values, levels["procedure"], book.topics["procedure"])
        yield from people(self._deadlines, book.organs, levels["procedure"], book.topics["procedure"])
        groups = {"": levels["misconception"], **book.misconceptions}
        yield from of_said.misconceptions(self._sources.misconceptions, groups, book.topics["misconception"])
        for kind in (Duty, RiskTip, Procedure, Evidence, Circumstance):
            records, level, topic = self._of(kind), levels[kind.kind], book.topics.get(kind.kind, "")
            yield from of_said.figures(records, self._values, level, topic)
            yield from of_said.statements(records, level, topic)
        yield from of_said.major(self._of(RiskTip), levels["risk_tip"])
        records_by_id = {record.id: record for record in self._sources.records()}
        yield from of_said.usable(book.evidence, records_by_id, levels["evidence"], book.topics["evidence"])
        for law in book.laws:
            yield from articles(law, self._gists(law), levels["provision"])

    def _of(self, kind: type[R]) -> tuple[R, ...]:
        return tuple(one for one in self._sources.records() if isinstance(one, kind) and one.confidence in {"A", "B"})

    def _gists(self, law: str) -> Sequence[Provision]:
        title = self._sources.resolve(law)
        return [one for one in self._sources.knowledge.provisions if one.ref.law == title and one.confidence in {"A", "B"}]

    def _values(self, cites: Iterable[str]) -> frozenset[str]:
        """Every figure of the articles cited, in our gist and in the official text where it was imported."""
        refs = [ref.whole_article() for cite in cites if (ref := self._sources.ref(cite))]
        return frozenset(figure for ref in refs for text in self._texts(str(ref)) for figure in of_said.FIGURE.findall(text))

    @cached_property
    def _by_place(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for one in self._sources.knowledge.provisions:
            found.setdefault(str(one.ref.whole_article()), []).append(one.text)
        for record in self._sources.records():
            for point in record.points:
                for ref in filter(None, map(self._sources.ref, point.cite)):
                    found.setdefault(str(ref.whole_article()), []).append(point.text)
        return found

    def _texts(self, place: str) -> list[str]:
        return self._by_place.get(place, [])

    def _resolves(self, name: str) -> bool:
        return self._sources.record(name) is not None or self._provision(name) is not None

    def _provision(self, cite: str) -> Provision | None:
        ref = self._sources.ref(cite)
        return self._sources.provision(ref.whole_article(), self._today) if ref else None

    def _sound(self, draft: Draft) -> bool:
        """Left out, not refused: what rests on a law that is no more, is not yet, or that we hold no article of."""
        laws = [self._sources.law(ref.law) for cite in draft.cites if (ref := self._sources.ref(cite))]
        return all(law.effective.holds(self._today) for law in laws) and all(map(self._resolves, draft.cites))


def _on(draft: Draft, words: str) -> bool:
    return not words or words in draft.topic or draft.topic in words or words in draft.stem


def _spread(drafts: Sequence[Draft], count: int, seed: int) -> list[Draft]:
    """Drawn evenly over kinds, topics, right and wrong, so that the largest group of the bank does not fill a paper."""
    chance, groups = random.Random(seed), dict[tuple[QuizKind, str, str], list[Draft]]()
    for draft in drafts:
        groups.setdefault((draft.kind, draft.topic, draft.right[0] if draft.kind is QuizKind.TRUTH else ""), []).append(draft)
    rows = list(groups.values())
    for row in rows:
        chance.shuffle(row)
    chance.shuffle(rows)
    longest = max(map(len, rows))
    drawn = chain.from_iterable((row[at] for row in rows if at < len(row)) for at in range(longest))
    return sorted(list(drawn)[:count], key=lambda draft: list(QuizKind).index(draft.kind))
