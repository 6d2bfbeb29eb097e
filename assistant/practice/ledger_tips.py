"""风险提示 as rows of the 台账: what a tip says of duty, liability and measures. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.domain.ledger import Gap, Level
from assistant.domain.records import Point
from assistant.domain.tips import RiskTip

_GRAVE = 4
"""Severity from which a hazard that no standard calls 重大 is 较大."""


def gap_of(tip: RiskTip) -> Gap:
    """A tip as a gap: 重大 only where a standard lists it without further conditions."""
    duties, administrative, criminal = (
        [point for point in points if point.confidence != "K"] for points in (tip.duties(), tip.administrative(), tip.criminal())
    )
    conditions = f"符合下列情形的属于重大事故隐患：{tip.major.when}" if tip.major.value == "看情形" else ""
    return Gap(
        tip.id,
        tip.title,
        Level.MAJOR if tip.major.value == "是" else Level.SERIOUS if tip.severity >= _GRAVE else Level.MINOR,
        duty=duties[0].text if duties else "",
        cites=tuple(dict.fromkeys((*_cited((*duties[:1], *administrative, *criminal)), *tip.major.cite))),
        liability=(*(f"行政：{point.text}" for point in administrative), *(f"刑事：{point.text}" for point in criminal)),
        measure="；".join(one.rstrip("。；") for one in tip.now),
        post=tip.posts[0] if tip.posts else "",
        note=conditions,
    )


def _cited(points: Iterable[Point]) -> list[str]:
    return [cite for point in points for cite in point.cite]
