"""What follows from the offences for circumstances and options: facts that the engine adds. ``ingest/rulebook.py`` lists them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.domain.assessment import LimitationFinding, Standing
from assistant.domain.facts import UNCLEAR
from assistant.domain.records import Offence
from assistant.domain.rules import RuleBook
from assistant.rules.conditions import known
from assistant.rules.offences import Found, View
from assistant.rules.tier_steps import LIFE

_DETENTION = 0.5


def derive(
    view: View, found: Found, limits: list[LimitationFinding], book: RuleBook, records: Mapping[str, Offence], several: bool
) -> dict[str, Any]:
    """The facts of one person with what the engine made of them."""
    firm = [one for one in found.standing if one.status in {Standing.ESTABLISHED, Standing.CANDIDATE}]
    loose = [one for one in found.standing if one.status is Standing.CONDITIONAL]
    weighed = firm or loose
    ids = {one.offence for one in weighed}
    limit_open = bool(loose) and not firm and all((one.offence, one.range) in found.waiting for one in loose)
    steps = [one.step for one in weighed]
    gravest = max(steps, key=lambda step: (LIFE if step.max_years is None else step.max_years, step.min_years), default=None)
    counts = [known(view.facts, key) for key in ("deaths", "serious_injuries", "minor_injuries")]
    derived: dict[str, Any] = {
        **view.facts,
        "decision_date": view.decision,
        "offences": frozenset(one.offence for one in firm),
        "open_offences": frozenset(one.offence for one in loose),
        "charged": bool(firm),
        "only_conditional": bool(loose) and not firm,
        "barred": UNCLEAR if limit_open else bool(limits) and not weighed,
        "limit_open": limit_open,
        "refuted": not found.standing and not limits and _refuted(found, book, counts),
        "negligent": bool(weighed) and all(records[one.offence].negligent is True for one in weighed),
        "safety_offence": any(rule.safety for rule in book.offences if rule.offence in ids),
        "victims": any(isinstance(count, int) and count > 0 for count in counts) or known(view.facts, "victim_exists") is True,
        "several": several,
    }
    age = known(view.facts, "age")
    derived["adult"] = not isinstance(age, int) or age >= 18
    if gravest:
        detention = "有期徒刑" not in gravest.range
        derived["max_years"] = _DETENTION if detention else LIFE if gravest.max_years is None else gravest.max_years
        derived["min_years"] = gravest.min_years
        derived["imprisonment"] = not detention
        derived["rank"] = gravest.rank
    return derived


def _refuted(found: Found, book: RuleBook, counts: Sequence[object]) -> bool:
    """Whether what was considered does not stand on what is known, and somebody's harm was held against a general offence."""
    considered = {one.offence for one in found.not_offences}
    weighed = any(rule.general and rule.offence in considered for rule in book.offences)
    harmed = any(isinstance(count, int) and count > 0 for count in counts)
    return bool(considered) and not found.missing and (weighed or not harmed)
