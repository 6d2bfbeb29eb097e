"""类案 by what matters: which known cases come nearest to these facts, and in what they differ.

Five things are compared, each from 0 to 1, and weighed::

    罪名 offences        3   the share of offences in common (Dice)
    情节 circumstances   5   of the circumstances here, the share that the case has too
    后果 harm          2+1+1 deaths, serious injuries, loss: the ratio and whether the same threshold is reached, half and half
    行业 industry        2   the same one
    身份 role            1   somebody of the same role answered

What is not known here is not weighed; what is not known of the case counts a tenth, so that a case of which little is
known stands between one that is alike and one that is known to differ. Circumstances are the facts that cases of the library
record at all: the data decides what can be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.domain.assessment import Assessment, OffenceFinding, Standing
from assistant.domain.cases import Case
from assistant.domain.facts import FactKey, Value
from assistant.domain.records import Offence
from assistant.domain.rules import RuleBook
from assistant.domain.similar import Similar
from assistant.rules.conditions import known
from assistant.rules.tier_steps import LIFE

OFFENCES, CIRCUMSTANCES, INDUSTRY, ROLE = 3.0, 5.0, 2.0, 1.0
HARM = {"deaths": 2.0, "serious_injuries": 1.0, "loss_wan": 1.0}
UNKNOWN = 0.1
_ASIDE = re.compile(r"（[^）]*）")


@dataclass
class _Held:
    """One case held against the facts, aspect by aspect."""

    weight: float = 0.0
    won: float = 0.0
    alike: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    levels: list[bool] = field(default_factory=list)
    """For each count that both have: whether they reach the same thresholds."""

    def weigh(self, weight: float, share: float) -> None:
        """Add an aspect: ``share`` is 0 to 1."""
        self.weight += weight
        self.won += weight * share


def similar(
    facts: Mapping[str, Value],
    offences: Iterable[str],
    cases: Iterable[Case],
    k: int,
    *,
    book: RuleBook,
    records: Mapping[str, Offence],
) -> list[Similar]:
    """The ``k`` cases nearest to the facts of one person, best first; none where nothing is alike.

    ``facts`` are keyed as in ``facts.yaml``, ``offences`` are ids of ``records``, which give the names and thresholds.
    """
    singles = [case for case in cases if case.single]
    here = _Here(facts, tuple(offences), frozenset(key for case in singles for key in case.circumstances), book, records)
    found = [one for case in singles if (one := here.hold(case)).alike]
    return sorted(found, key=lambda one: (-one.score, one.case.id))[:k]


def comparable(assessment: Assessment) -> tuple[Mapping[str, Value], tuple[str, ...]]:
    """What of a 研判 is held against known cases: the facts of whoever faces most, and the offences that stand against anybody."""
    firm = [one for one in assessment.offences if one.status in {Standing.ESTABLISHED, Standing.CANDIDATE}]
    standing = firm or assessment.offences
    gravest = max(standing, key=_gravity, default=None)
    people = assessment.sheet.people
    person = next((one for one in people if gravest and one.name == gravest.person), people[0] if people else None)
    return assessment.sheet.of(person), tuple(dict.fromkeys(one.offence for one in standing))


def _gravity(offence: OffenceFinding) -> tuple[float, float]:
    """Years of the range, the upper end first."""
    step = next((tier for tier in offence.tiers if tier.rank == offence.rank), None)
    return (LIFE if step.max_years is None else step.max_years, step.min_years) if step else (0, 0)


@dataclass(frozen=True)
class _Here:
    """The facts in hand, and the words for them."""

    facts: Mapping[str, Value]
    offences: tuple[str, ...]
    comparable: frozenset[str]
    book: RuleBook
    records: Mapping[str, Offence]

    def hold(self, case: Case) -> Similar:
        held = _Held()
        self._offences(case, held)
        unrecorded = self._circumstances(case, held)
        for key, weight in HARM.items():
            self._count(key, getattr(case, key), weight, held)
        self._option("industry", case.industry, INDUSTRY, held)
        self._option("role", case.roles, ROLE, held)
        held.differences += unrecorded  # what nobody wrote down sets two cases apart the least
        score = held.won / held.weight if held.weight else 0.0
        level = bool(held.levels) and all(held.levels)
        return Similar(case, round(score, 4), tuple(held.alike), tuple(held.differences), level)

    def _offences(self, case: Case, held: _Held) -> None:
        if not self.offences:
            return
        if not case.offences:
            held.weigh(OFFENCES, UNKNOWN)
            held.differences.append("该案罪名没有核到")
            return
        both = [one for one in self.offences if one in case.offences]
        held.weigh(OFFENCES, 2 * len(both) / (len(self.offences) + len(case.offences)))
        if both:
            held.alike.append(f"罪名都有{self._names(both)}")
        if there := [one for one in case.offences if one not in self.offences]:
            held.differences.append(f"该案{'另' if both else ''}涉{self._names(there)}")
        if here := [one for one in self.offences if one not in case.offences]:
            held.differences.append(f"本案{'另' if both else ''}涉{self._names(here)}")

    def _circumstances(self, case: Case, held: _Held) -> list[str]:
        """Returns, in words, what is here and not recorded of the case."""
        here = [key for key in self.book.facts if key in self.comparable and _holds(self.facts, key)]
        both = [key for key in here if key in case.circumstances]
        if here:
            held.weigh(CIRCUMSTANCES, len(both) / len(here) if case.circumstances else UNKNOWN)
        if both:
            held.alike.append(f"情节都有{self._labels(both)}")
        there = [key for key in self.book.facts if key in case.circumstances and key not in here]
        denied = [key for key in there if known(self.facts, key) is not None]
        silent = [key for key in there if key not in denied]
        if denied:
            held.differences.append(f"该案另有{self._labels(denied)}，本案没有")
        if silent:
            held.differences.append(f"该案另有{self._labels(silent)}，本案没有提到")
        rest = [key for key in here if key not in both]
        return [f"本案有{self._labels(rest)}，该案没有记载"] if rest else []

    def _count(self, key: str, there: float | None, weight: float, held: _Held) -> None:
        here = known(self.facts, key)
        if not isinstance(here, int | float):
            return
        label = self.book.facts[key].label.removesuffix("人数")
        unit = "人" if self.book.facts[key].kind == "count" else "万元"
        if there is None:
            held.weigh(weight, UNKNOWN)
            if key == "deaths":
                held.differences.append(f"该案{label}人数没有核到")
            return
        level = self._same_level(key, here, there)
        ratio = (min(here, there) + 1) / (max(here, there) + 1)
        held.weigh(weight, ratio if level is None else (ratio + level) / 2)
        held.levels.append(here == there if level is None else level)
        if here == there:
            held.alike.append(f"{label}都是{here:g}{unit}" if here else f"都没有{label}")
        else:
            held.differences.append(f"本案{label}{here:g}{unit}，该案{there:g}{unit}")

    def _same_level(self, key: str, one: float, other: float) -> bool | None:
        """Whether two counts reach the same thresholds of the offences in hand; ``None`` where these have none."""
        tiers = [tier for offence in self.offences if offence in self.records for tier in self.records[offence].tiers]
        floors = {getattr(threshold, key) for tier in tiers for threshold in tier.thresholds} - {None}
        return all((one >= floor) == (other >= floor) for floor in floors) if floors else None

    def _option(self, key: str, there: Sequence[str], weight: float, held: _Held) -> None:
        here, options = known(self.facts, key), self.book.facts[key].options
        if here is None:
            return
        label = self.book.facts[key].label
        held.weigh(weight, float(here in there) if there else UNKNOWN)
        if here in there:
            held.alike.append(f"{label}都{'有' if len(there) > 1 else '是'}{options[str(here)]}")
        elif there:
            held.differences.append(f"本案{label}是{options[str(here)]}，该案是{'；'.join(options[one] for one in there)}")

    def _names(self, offences: Iterable[str]) -> str:
        return "；".join(_ASIDE.sub("", self.records[one].title) if one in self.records else one for one in offences)

    def _labels(self, keys: Iterable[str]) -> str:
        return "；".join(_short(self.book.facts[key]) for key in keys)


def _short(fact: FactKey) -> str:
    return _ASIDE.sub("", fact.label)


def _holds(facts: Mapping[str, Value], key: str) -> bool:
    return known(facts, key) not in (None, False, "none")
