"""Questions out of cases that happened: which offence it was, and who answered for what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from assistant.documents.quiz_proof import Draft, near
from assistant.domain.cases import Case
from assistant.domain.quiz import QuizKind
from assistant.domain.records import Offence

_TELLS = re.compile(r"罪|判|刑|核到|材料没有|要旨|宣告|事故类|起诉|挂牌|典型案例|发布|认定")
_ASIDE = re.compile(r"核到|材料没有|要旨|待核|未核")
_HEAD = re.compile("^案情[^：，。]*：")
_ENOUGH, _MOST = 25, 160
"""Letters of a case that can be told without its end, and that are read in one go."""
_LEAST = 3
"""Who answered, so that one can be asked for among them."""


def offences_of(held: Iterable[Case], offences: Sequence[Offence], level: tuple[str, ...]) -> Iterator[Draft]:
    """What was found in a case, as its outcome names it; the wrong ones are named nowhere in its record."""
    for case in held:
        text = "".join((case.title, case.outcome, *case.aliases, *(point.text for point in case.points), *case.beside()))
        end = f"{case.outcome.rstrip('。')}。{case.points[0].text}"
        own = [one for one in offences if one.id in case.offences and re.search(f"(?:以|犯|涉及){re.escape(one.title)}", end)]
        facts = _facts(case)
        if not case.single or not own or not _ENOUGH <= len(facts) <= _MOST:
            continue
        also = {one.title for one in offences if one.id in case.offences or _mentioned(one, text)}
        right, near_by = tuple(one.title for one in own), sorted(offences, key=lambda one: _far(one, own[0], offences))
        yield Draft(
            QuizKind.MULTIPLE if len(right) > 1 else QuizKind.SINGLE,
            f"{facts}。本案处理时认定的罪名是（　　）。",
            right,
            near((one.title for one in near_by), right, also),
            f"{case.title}：{_end(end, right)}",
            tuple(dict.fromkeys(one.article for one in own if one.article)),
            (case.id,),
            level,
            right[0],
            frozenset(also - set(right)),
        )


def liable(held: Iterable[Case], offences: Sequence[Offence], level: tuple[str, ...]) -> Iterator[Draft]:
    """Who of those who answered did what; the wrong ones answered in the same case for something else."""
    titles = {one.id: one.title for one in offences}
    for case in held:
        rows = [one for one in case.liable if one.did and one.answered and not _ASIDE.search(f"{one}")]
        if not case.single or len({one.who for one in rows}) < max(_LEAST, len(rows)):
            continue
        for one in rows:
            wrong = near((other.who for other in rows if other.did != one.did), (one.who,))
            if len(wrong) > 1 and not any(one.who[at : at + 2] in one.did for at in range(len(one.who) - 1)):
                stem = f"{_name(case)}中，因“{one.did.rstrip('。')}”承担责任的是（　　）。"
                topic = titles.get(next(iter(case.offences), ""), "") or "案例"
                yield Draft(QuizKind.SINGLE, stem, (one.who,), wrong, f"{one}。", (), (case.id,), level, topic)


def charged(held: Iterable[Case], offences: Sequence[Offence], level: tuple[str, ...]) -> Iterator[Draft]:
    """What one of those who answered was found guilty of; the wrong ones are named nowhere in the record."""
    for case in held:
        text = "".join((case.title, case.outcome, *case.aliases, *(point.text for point in case.points), *case.beside()))
        for row in case.liable:
            own = [one for one in offences if one.title in row.answered]
            if (
                len(own) != 1
                or not row.did
                or _ASIDE.search(f"{row}")
                or _TELLS.search(row.did)
                or _mentioned(own[0], case.title)
            ):
                continue
            also = {one.title for one in offences if one.id in case.offences or _mentioned(one, text)} - {own[0].title}
            near_by = sorted(offences, key=lambda one: _far(one, own[0], offences))
            wrong = near((one.title for one in near_by), (own[0].title,), also)
            stem = f"{_name(case)}中，{row.who}因“{row.did.rstrip('。')}”，被认定的罪名是（　　）。"
            cites = (own[0].article,) if own[0].article else ()
            told = (f"{row}。", cites, (case.id,), level, own[0].title, frozenset(also))
            yield Draft(QuizKind.SINGLE, stem, (own[0].title,), wrong, *told)


def _name(case: Case) -> str:
    """Without what its title adds in parentheses, which may tell the outcome."""
    return case.title.partition("（")[0]


def _facts(case: Case) -> str:
    """What happened, without what it was called and what came of it."""
    clauses = re.split("[；。]", _HEAD.sub("", case.points[0].text))
    return "；".join(takewhile(lambda clause: clause.strip() and not _TELLS.search(clause), clauses))


def _end(end: str, right: Sequence[str]) -> str:
    """What came of it: the clauses that name the offences, without what a record says of itself."""
    clauses = [one.strip() for one in re.split("[；。]", end) if any(title in one for title in right)]
    said = [re.sub("，[^，]*(?:核到|待核|未核)[^，]*$", "", one) for one in dict.fromkeys(clauses)]
    return "；".join(one for one in said if not _ASIDE.search(one)) + "。"


def _far(one: Offence, own: Offence, offences: Sequence[Offence]) -> tuple[bool, int]:
    """Offences that are measured by the same articles come first, then those that stand near it."""
    return not _measures(one) & _measures(own), abs(offences.index(one) - offences.index(own))


def _measures(offence: Offence) -> set[str]:
    return {cite.partition("#")[0] for tier in offence.tiers for cite in tier.threshold_cite}


def _mentioned(offence: Offence, text: str) -> bool:
    names = (offence.title, *(change.name for change in offence.names))
    return any(part in text for name in names for part in re.split("[、（）与]", name.removesuffix("罪")) if len(part) > 2)
