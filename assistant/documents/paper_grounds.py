"""What a finding rests on: the facts that its rule speaks of, and those behind the offences where the rule speaks of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.domain.assessment import Assessment, CircumstanceFinding, NotOffence, OffenceFinding, OptionFinding
from assistant.domain.records import Offence
from assistant.domain.rules import OffenceRule, RuleBook
from assistant.domain.sentencing import Threshold
from assistant.rules.conditions import keys_of
from assistant.rules.words import COUNTED

HARM = frozenset({"deaths", "serious_injuries", "minor_injuries", "loss_wan"})
DAYS = frozenset({"conduct_start", "conduct_end", "filed_date", "decision_date"})
_FOLLOWS = {"adult": {"age"}, "victims": {*HARM, "victim_exists"}, "several": set[str]()}
_CIRCUMSTANCES = {"strict", "lenient"}


@dataclass(frozen=True)
class Grounds:
    """Findings of one 研判 to the keys of their facts."""

    assessment: Assessment
    book: RuleBook
    records: Mapping[str, Offence]

    def offence(self, one: OffenceFinding | NotOffence) -> frozenset[str]:
        """Of an offence that stands, or does not."""
        rules = [rule for rule in self.book.offences if rule.offence == one.offence]
        found = {key for rule in rules for key in _of_rule(rule)}
        record = self.records.get(one.offence)
        tiers = record.tiers if record else ()
        return frozenset(found | {key for tier in tiers for threshold in tier.thresholds for key in _of_threshold(threshold)})

    def element(self, one: OffenceFinding, name: str) -> frozenset[str]:
        """Of one element."""
        rules = [rule for rule in self.book.offences if rule.offence == one.offence]
        return self._plain(key for rule in rules for part in rule.elements if part.name == name for key in keys_of(part.when))

    def circumstance(self, one: CircumstanceFinding) -> frozenset[str]:
        """Of a circumstance."""
        return self._plain(key for rule in self.book.circumstances if rule.key == one.key for key in keys_of(rule.when))

    def option(self, one: OptionFinding) -> frozenset[str]:
        """Of an option: of what bars it, or else of its conditions."""
        rule = next((rule for rule in self.book.options if rule.key == one.key), None)
        if rule is None:
            return frozenset()
        bars = [bar.when for bar in rule.bars if bar.reason == one.text]
        conditions = [rule.consider, *(bars or [need.when for need in rule.needs])]
        return self._plain(key for condition in conditions for key in keys_of(condition))

    def offences(self) -> frozenset[str]:
        """Of everything that was weighed as an offence."""
        weighed: tuple[OffenceFinding | NotOffence, ...] = (*self.assessment.offences, *self.assessment.not_offences)
        return frozenset(key for one in weighed for key in self.offence(one))

    def _plain(self, keys: Iterable[str]) -> frozenset[str]:
        """Facts of the sheet, in place of what the engine derives from them."""
        found: set[str] = set()
        for key in keys:
            if key in self.book.facts:
                found.add(key)
            elif key in _CIRCUMSTANCES:
                both = (*self.assessment.strict, *self.assessment.lenient)
                found |= {fact for one in both if one.direction == key for fact in self.circumstance(one)}
            else:
                found |= _FOLLOWS.get(key, self.offences())
        return frozenset(found)


def _of_rule(rule: OffenceRule) -> Iterator[str]:
    for condition in (rule.consider, *(part.when for part in rule.elements), *(ground.when for ground in rule.yields)):
        yield from keys_of(condition)


def _of_threshold(threshold: Threshold) -> Iterator[str]:
    yield from (name for name, _ in COUNTED if getattr(threshold, name) is not None)
    if threshold.responsibility:
        yield "responsibility"
    yield from keys_of(threshold.when or {})
