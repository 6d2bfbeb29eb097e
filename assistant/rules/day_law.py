"""行为时法与裁判时法: which law applies to the conduct, and the days that decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.domain.assessment import DayLaw, LegalEvent, Truth
from assistant.domain.rules import LegalChange
from assistant.rules.conditions import Facts, hold
from assistant.rules.words import day

RETROACTIVITY = "刑法#12/1"
NO_EARLIER, EARLIER = "时间效力2001#2", "时间效力2001#3"


def day_law(
    offences: Collection[str], span: tuple[date | None, date | None], decision: date, changes: Sequence[LegalChange], facts: Facts
) -> DayLaw:
    """For the offences that stand or were considered: what changed before, during and after the conduct."""
    start, end = span
    touched = _joined(one for one in changes if set(one.offences) & set(offences))
    relevant = sorted((one for one in touched if hold(one.when, facts).state is Truth.YES), key=lambda one: one.date)
    relevant = [one for one in relevant if one.kind != "other" or one.date <= decision]
    events = tuple(LegalEvent(one.event, one.date, one.cite, one.kind != "other") for one in relevant)
    if end is None:
        return DayLaw("没有行为日期，下面按现行法；行为日期查明后要核对当时的法律。", (RETROACTIVITY,), events)
    during = [one for one in relevant if one.kind == "statute" and start and start < one.date <= end]
    after = [one for one in relevant if end < one.date <= decision]
    later = [one for one in relevant if one.date > decision]
    parts, cite = [], list[str]()
    if during:
        parts.append(f"行为跨越{_named(during)}：新增的犯罪只评价施行以后的部分。")
        cite += [*(ref for one in during for ref in one.cite), RETROACTIVITY]
    statutes, readings, others = ([one for one in after if one.kind == kind] for kind in ("statute", "interpretation", "other"))
    if statutes:
        parts.append(
            f"行为以后、处理以前有{_named(statutes)}：按从旧兼从轻，适用行为时的规定；现行规定处刑较轻的，适用现行规定。"
        )
        cite += [*(ref for one in statutes for ref in one.cite), RETROACTIVITY]
    if readings:
        parts.append(
            f"行为以后、处理以前有{_named(readings)}：行为时没有相关司法解释的，适用新解释；有的，适用行为时的，新解释更有利的适用新解释。"
        )
        cite += [*(ref for one in readings for ref in one.cite), NO_EARLIER, EARLIER]
    if others:
        parts.append(
            f"行为以后、处理以前有{_named(others)}：不改变罪名和法定刑；是否违反规定看行为时的规定，损失按哪一口径由承办人说明。"
        )
        cite += [ref for one in others for ref in one.cite]
    if not parts:
        parts.append("行为时与处理时的条文和解释没有变化，直接适用现行规定。")
        cite += [
            ref
            for one in [change for change in relevant if change.kind != "other" and change.date <= end][-1:]
            for ref in one.cite
        ]
    if later:
        parts.append(f"{_named(later)}在处理时尚未施行，不能引用。")
    return DayLaw("".join(parts), tuple(dict.fromkeys(cite)), events)


def _joined(changes: Iterable[LegalChange]) -> Iterable[LegalChange]:
    """One event of a day, with the articles by which it changed each of the offences."""
    found: dict[tuple[str, date], LegalChange] = {}
    for one in changes:
        same = found.get((one.event, one.date))
        cite = tuple(dict.fromkeys([*(same.cite if same else ()), *one.cite]))
        found[one.event, one.date] = replace(one, cite=cite)
    return found.values()


def _named(changes: Sequence[LegalChange]) -> str:
    return "、".join(f"{one.event}（{day(one.date)}）" for one in changes)
