"""量刑档 of an offence held against the facts, by the law of the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.domain.assessment import TierStep, Truth
from assistant.domain.records import Offence
from assistant.domain.rules import Condition
from assistant.domain.sentencing import SentencingTier, Threshold
from assistant.rules.conditions import Facts, Held, hold, known
from assistant.rules.words import chinese_range, threshold_text

HARM = ("deaths", "serious_injuries", "loss_wan")
_COUNTED = ("deaths", "serious_injuries", "minor_injuries", "loss_wan", "illegal_gain_wan")
_RESPONSIBILITY = {"主要责任": "main", "全部责任": "full", "同等责任": "equal"}
_RANKS = {"减轻档": "lighter", "基本档": "base", "加重档": "aggravated", "特别加重档": "third", "袭警加重档": "aggravated"}
LIFE = 99.0


@dataclass(frozen=True)
class Tiers:
    """The steps of one offence by the law that applies, and the step that is reached."""

    steps: tuple[TierStep, ...]
    reached: TierStep | None
    changed: bool = False
    """The present text is lighter than that of the day of conduct, and applies."""

    @property
    def open(self) -> tuple[TierStep, ...]:
        """Steps above the one that is reached, and the 减轻档, that hang on a fact which is not known; where none is reached, the lowest such."""
        above = _gravity(self.reached) if self.reached else (-1.0, -1.0)
        unknown = [
            step
            for step in self.steps
            if step.state is Truth.UNKNOWN
            and step.missing
            and (_gravity(step) > above or (self.reached and step.rank == "lighter"))
        ]
        return tuple(unknown if self.reached else sorted(unknown, key=_gravity)[:1])

    def hanging(self, facts: Facts) -> tuple[TierStep, ...]:
        """Those of ``open`` that hang on nothing but the responsibility or what was spoken of."""
        told = [step for step in self.open if all(key == "responsibility" or key in facts for key in step.missing)]
        return (
            tuple(told) if self.reached else tuple(step for step in self.open if step in told or step.rank in {"lighter", "base"})
        )


def tiers_of(offence: Offence, facts: Facts, conduct: date | None, decision: date) -> Tiers:
    """By the text of the day of conduct, or by the present one where that is lighter (从旧兼从轻)."""
    then = _held(offence, facts, conduct or decision)
    now = _held(offence, facts, decision)
    if then.reached and now.reached and _gravity(now.reached) < _gravity(then.reached):
        return Tiers(now.steps, now.reached, changed=True)
    if not then.steps:  # the text of that day is not at hand
        return Tiers(_held(offence, facts, _first(offence)).steps, _held(offence, facts, _first(offence)).reached)
    return then


def _first(offence: Offence) -> date:
    return min((tier.effective.start for tier in offence.tiers if tier.effective.start), default=date.max)


def _held(offence: Offence, facts: Facts, on: date) -> Tiers:
    steps = tuple(_step(tier, facts) for tier in offence.tiers if tier.effective.holds(on))
    met = [step for step in steps if step.state is Truth.YES]
    lighter = [step for step in met if step.rank == "lighter"]
    grave = [step for step in met if step.rank in {"aggravated", "third"}]
    chosen = grave or lighter or met
    return Tiers(steps, max(chosen, key=_gravity) if chosen else None)


def _gravity(step: TierStep) -> tuple[float, float]:
    return (LIFE if step.max_years is None else step.max_years, step.min_years)


def _step(tier: SentencingTier, facts: Facts) -> TierStep:
    held = [(threshold, _hold(threshold, facts)) for threshold in tier.thresholds]
    state, by, missing = _best(held, facts)
    cite = dict.fromkeys([*(by.cite or tier.threshold_cite if by else tier.threshold_cite), *tier.cite])
    return TierStep(
        rank=tier.rank or _RANKS.get(tier.name, "base"),
        name=tier.name,
        range=chinese_range(tier.penalty),
        state=state,
        threshold=threshold_text(by) if by else _every(tier) or tier.label,
        cite=tuple(cite),
        missing=missing,
        min_years=tier.min_years or 0,
        max_years=tier.max_years,
    )


def _every(tier: SentencingTier) -> str:
    """Every threshold of a tier, any of which opens it."""
    return "；或者".join(threshold_text(threshold) for threshold in tier.thresholds)


def _best(held: Sequence[tuple[Threshold, Held | None]], facts: Facts) -> tuple[Truth, Threshold | None, tuple[str, ...]]:
    """The threshold that decides; one whose figures are met but for another fact goes before one without figures."""
    if not held:
        return Truth.YES, None, ()
    told = [(threshold, one) for threshold, one in held if one is not None]
    for threshold, one in told:
        if one.state is Truth.YES:
            return Truth.YES, threshold, ()
    for threshold, one in told:
        if one.state is Truth.UNKNOWN and _hangs(one.missing, facts):
            return Truth.UNKNOWN, threshold, one.missing
    met = next((threshold for threshold, _ in told if _figures_met(threshold, facts)), None)
    return Truth.NO, met, ()


def _hangs(missing: Iterable[str], facts: Facts) -> bool:
    """Whether a tier is open: its figures are met or were said to be unclear, or no figure at all is known."""
    counted = set(missing) & set(_COUNTED)
    return all(key in facts for key in counted) or all(known(facts, key) is None for key in HARM)


def _figures_met(threshold: Threshold, facts: Facts) -> bool:
    wanted = [(known(facts, key), need) for key in _COUNTED if (need := getattr(threshold, key)) is not None]
    return bool(wanted) and all(isinstance(have, int | float) and have >= need for have, need in wanted)


def _hold(threshold: Threshold, facts: Facts) -> Held | None:
    condition = as_condition(threshold)
    return None if condition is None else hold(condition, facts)


def as_condition(threshold: Threshold) -> Condition | None:
    """A threshold as a condition over facts; ``None`` where only words tell it."""
    if threshold.when is not None:
        return threshold.when
    if threshold.also:
        return None
    figures: dict[str, object] = {key: {"from": need} for key in _COUNTED if (need := getattr(threshold, key)) is not None}
    if threshold.responsibility:
        figures["responsibility"] = [_RESPONSIBILITY[name] for name in threshold.responsibility]
    return figures
