"""量刑档 and 事故等级 from figures: which thresholds are met, and what is still to be known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.cues import Grade
from assistant.domain.records import Offence
from assistant.domain.sentencing import SentencingTier, Threshold

COUNTED = ("deaths", "serious_injuries", "minor_injuries", "loss_wan")
FULL = ("主要责任", "全部责任")


@dataclass(frozen=True)
class Harm:
    """What an accident did and who answers for it. ``None`` and empty: not known. Loss is in 万元."""

    deaths: int | None = None
    serious_injuries: int | None = None
    minor_injuries: int | None = None
    loss_wan: float | None = None
    responsibility: str = ""


class Reached(StrEnum):
    """Whether a tier is reached."""

    YES = "已达到"
    DEPENDS = "取决于未知事实"
    NO = "未达到"


@dataclass(frozen=True)
class TierFinding:
    """One tier of an offence held against the figures."""

    tier: SentencingTier
    reached: Reached
    by: Threshold | None = None
    """The threshold that decides."""
    missing: str = ""
    """What is not known or not met although the figures are."""


def find_tiers(offence: Offence, harm: Harm) -> tuple[TierFinding, ...]:
    """Hold the figures against each tier that has thresholds, in the order of the data (lowest first)."""
    return tuple(_find(tier, harm) for tier in offence.tiers if tier.thresholds)


def _find(tier: SentencingTier, harm: Harm) -> TierFinding:
    best = TierFinding(tier, Reached.NO)
    for threshold in tier.thresholds:
        if not _figures_met(threshold, harm):
            continue
        missing = _missing(threshold, harm)
        if missing is None:
            if best.reached is Reached.NO:
                best = TierFinding(tier, Reached.NO, threshold, f"要求负{'或'.join(threshold.responsibility)}")
        elif not missing:
            return TierFinding(tier, Reached.YES, threshold)
        elif best.reached is Reached.NO:
            best = TierFinding(tier, Reached.DEPENDS, threshold, missing)
    return best


def _figures_met(threshold: Threshold, harm: Harm) -> bool:
    wanted = [(getattr(harm, name), getattr(threshold, name)) for name in COUNTED if getattr(threshold, name) is not None]
    return bool(wanted) and all(have is not None and have >= need for have, need in wanted)


def _missing(threshold: Threshold, harm: Harm) -> str | None:
    """What must still be shown; empty when nothing; ``None`` when the known responsibility rules it out."""
    parts = []
    if threshold.responsibility:
        if harm.responsibility and harm.responsibility not in threshold.responsibility:
            return None
        if not harm.responsibility:
            parts.append("负" + "或".join(threshold.responsibility))
    if threshold.also:
        parts.append(threshold.also)
    return "，".join(parts)


def grade_of(grades: Sequence[Grade], harm: Harm) -> Grade | None:
    """事故等级 by the gravest count; ``None`` where nothing is counted."""
    found = [
        grade
        for grade in grades
        if (harm.deaths or 0) >= grade.deaths
        or (harm.serious_injuries or 0) >= grade.serious_injuries
        or (harm.loss_wan is not None and harm.loss_wan > 0 and harm.loss_wan >= grade.loss_wan)
    ]
    return found[-1] if found else None
