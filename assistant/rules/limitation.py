"""追诉时效 by the tier that applies, from the end of the conduct."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from assistant.domain.assessment import LimitationFinding, OffenceFinding
from assistant.domain.rules import LimitationStep
from assistant.rules.conditions import known
from assistant.rules.offences import View
from assistant.rules.tier_steps import LIFE
from assistant.rules.words import day

START, FLED = "刑法#89", "刑法#88/1"


def limitation(finding: OffenceFinding, view: View, table: Sequence[LimitationStep]) -> LimitationFinding:
    """How long the offence may be prosecuted, and whether that is over on the day it was filed, or else decided."""
    highest = LIFE if finding.step.max_years is None else finding.step.max_years
    row = next(row for row in table if row.below is None or highest < row.below)
    ends = _after(view.end, row.years) if view.end else None
    filed = known(view.facts, "filed_date")
    reference = filed if isinstance(filed, date) else view.decision
    fled = known(view.facts, "fled") is True and isinstance(filed, date) and (ends is None or filed <= ends)
    expired = ends is not None and reference > ends and not fled
    return LimitationFinding(
        offence=finding.name,
        rank=finding.rank,
        years=row.years,
        ends=ends,
        expired=expired,
        why=_why(row.years, view.end, ends, reference, fled, expired),
        cite=(*row.cite, START, *((FLED,) if fled else ())),
        person=finding.person,
    )


def undated(limit: LimitationFinding) -> str:
    """Where the period is over today and nobody told when the case was filed, which alone decides."""
    until = limit.why.partition("；")[0]
    return f"{until}；没有立案日期：届满以前已经立案的没有超过，没有立案的不再追诉。"


def _why(years: int, end: date | None, ends: date | None, reference: date, fled: bool, expired: bool) -> str:
    if end is None or ends is None:
        return f"时效{years}年，从犯罪之日起算；行为日期未知。"
    text = f"时效{years}年，从{day(end)}起算，到{day(ends)}届满"
    if fled:
        return f"{text}；但立案以后逃避侦查，不受追诉期限的限制。"
    return f"{text}；{day(reference)}{'已过期限，不再追诉' if expired else '没有超过'}。"


def _after(start: date, years: int) -> date:
    year = start.year + years
    return date(year, start.month, min(start.day, monthrange(year, start.month)[1]))
