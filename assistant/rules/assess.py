"""宽严研判: facts ─▶ offences ─▶ tiers ─▶ limitation ─▶ circumstances ─▶ options. Pure; every line with its articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.domain.assessment import (
    Assessment,
    CircumstanceFinding,
    LimitationFinding,
    Missing,
    OffenceFinding,
    OptionFinding,
    Standing,
    Tick,
    Truth,
)
from assistant.domain.facts import DISPUTED, UNCLEAR, FactSheet, Person
from assistant.domain.records import Offence
from assistant.domain.rules import CircumstanceRule, OptionRule, RuleBook
from assistant.rules.conditions import Held, hold, known
from assistant.rules.day_law import day_law
from assistant.rules.derived import derive
from assistant.rules.limitation import limitation, undated
from assistant.rules.loss import direct_loss
from assistant.rules.offences import Found, View, find_offences
from assistant.rules.words import day


def assess(sheet: FactSheet, book: RuleBook, records: Mapping[str, Offence], today: date) -> Assessment:
    """What the rules make of a fact sheet, person by person."""
    sheet, loss = _with_loss(sheet, book, today)
    people: Sequence[Person | None] = sheet.people or (None,)
    several = len(people) > 1
    parts = [_assess_one(sheet, person, several, book, records, today) for person in people]
    return Assessment(
        sheet=sheet,
        offences=_flat(part.offences for part in parts),
        not_offences=_once(part.not_offences for part in parts),
        strict=_flat(part.strict for part in parts),
        lenient=_flat(part.lenient for part in parts),
        options=_flat(part.options for part in parts),
        limitation=_flat(part.limitation for part in parts),
        day_law=parts[0].day_law if not several else _wide(parts, sheet, book, records, today),
        missing=_once(part.missing for part in parts),
        contradictions=_contradictions(sheet, book),
        loss=loss,
        labels={key: declared.label for key, declared in book.facts.items()},
    )


def _with_loss(sheet: FactSheet, book: RuleBook, today: date) -> tuple[FactSheet, Any]:
    """The direct loss from its items, where they are given."""
    if not sheet.loss_items:
        return sheet, None
    accident, decision = known(sheet.facts, "conduct_end"), known(sheet.facts, "decision_date")
    loss = direct_loss(
        sheet.loss_items,
        book.loss,
        accident if isinstance(accident, date) else None,
        decision if isinstance(decision, date) else today,
    )
    return replace(sheet, facts={**sheet.facts, "loss_wan": loss.wan}), loss


def _assess_one(
    sheet: FactSheet, person: Person | None, several: bool, book: RuleBook, records: Mapping[str, Offence], today: date
) -> Assessment:
    view = _view(sheet, person, several, book, today)
    found = find_offences(view, book, records)
    limits, standing = _limited(found, view, book)
    found.standing = [one for one in standing if one.status is not Standing.TIME_BARRED]
    facts = derive(view, found, limits, book, records, several)
    timely = facts | {"charged": True, "offences": facts["open_offences"]} if facts["limit_open"] else facts
    circumstances = [_circumstance(rule, view) for rule in book.circumstances if _applies(rule.when, rule.effective, timely)]
    strict = tuple(one for one in circumstances if one.direction == "strict")
    lenient = tuple(one for one in circumstances if one.direction == "lenient")
    facts |= {"strict": frozenset(one.key for one in strict), "lenient": frozenset(one.key for one in lenient)}
    options = (_option(rule, facts, view) for rule in book.options if hold(rule.consider, facts).state is Truth.YES)
    touched = {one.offence for one in standing} | {one.offence for one in found.not_offences}
    return Assessment(
        sheet=sheet,
        offences=tuple(standing),
        not_offences=tuple(found.not_offences),
        strict=strict,
        lenient=lenient,
        options=tuple(options),
        limitation=tuple(limits),
        day_law=day_law(touched, (view.start, view.end), view.decision, book.changes, facts),
        missing=(*found.missing, *_unclear(book.circumstances, facts, view, book), *_undated(view, standing)),
    )


def _view(sheet: FactSheet, person: Person | None, several: bool, book: RuleBook, today: date) -> View:
    facts = sheet.of(person)
    start, end = known(facts, "conduct_start"), known(facts, "conduct_end")
    start = start if isinstance(start, date) else end
    end = end if isinstance(end, date) else start
    decision = known(facts, "decision_date")
    decision = decision if isinstance(decision, date) else today
    return View(
        facts={**facts, "decision_date": decision, **({"conduct_end": end} if isinstance(end, date) else {})},
        person=person.name if person and several else "",
        start=start if isinstance(start, date) else None,
        end=end if isinstance(end, date) else None,
        decision=decision,
        decided=isinstance(known(facts, "decision_date"), date),
        issued={ref.partition("#")[0]: change.date for change in book.changes for ref in change.cite},
    )


def _limited(found: Found, view: View, book: RuleBook) -> tuple[list[LimitationFinding], list[OffenceFinding]]:
    limits, standing = [], []
    for one in found.standing:
        limit = limitation(one, view, book.limitation)
        limits.append(limit)
        if limit.expired and not _dated(view):
            found.missing.append(Missing("filed_date", book.facts["filed_date"].label, "决定是否已过追诉时效", view.person))
            if one.status is not Standing.CONDITIONAL:
                found.waiting.add((one.offence, one.range))
            note = f"追诉期限于{day(limit.ends)}届满，要查明在此以前是否立案" if limit.ends else ""
            one = replace(one, status=Standing.CONDITIONAL, note="；".join(filter(None, (note, one.note))))
            limits[-1] = replace(limit, expired=None, why=undated(limit))
        elif limit.expired:
            one = replace(one, status=Standing.TIME_BARRED)
        standing.append(one)
    return limits, standing


def _dated(view: View) -> bool:
    """Whether it is known when the case was taken up; an accident that nobody has filed by today may have been filed in time."""
    return isinstance(known(view.facts, "filed_date"), date) or view.decided


def _applies(when: Mapping[str, Any], effective: Any, facts: Mapping[str, Any]) -> bool:
    return effective.holds(facts["decision_date"]) and hold(when, facts).state is Truth.YES


def _circumstance(rule: CircumstanceRule, view: View) -> CircumstanceFinding:
    return CircumstanceFinding(rule.key, rule.item, rule.effect, rule.direction, rule.must, rule.cite, rule.evidence, view.person)


def _option(rule: OptionRule, facts: Mapping[str, Any], view: View) -> OptionFinding:
    """Unavailable by the first bar that holds; else its conditions ticked."""
    for bar in rule.bars:
        if hold(bar.when, facts).state is Truth.YES:
            return OptionFinding(rule.key, rule.option, False, bar.reason, view.in_force(bar.cite), (), view.person)
    held: list[tuple[str, Held]] = [(need.text, hold(need.when, facts)) for need in rule.needs]
    ticks = tuple(Tick(text, one.state) for text, one in held)
    states = {one.state for _, one in held}
    available = False if Truth.NO in states else None if Truth.UNKNOWN in states else True
    missed = next((text for text, one in held if one.state is Truth.NO), "")
    text = f"不具备条件：{missed}。" if missed else rule.text
    return OptionFinding(rule.key, rule.option, available, text, view.in_force(rule.cite), ticks, view.person)


def _unclear(rules: Iterable[CircumstanceRule], facts: Mapping[str, Any], view: View, book: RuleBook) -> list[Missing]:
    """Circumstances that hang on a fact of which the materials say nothing sure."""
    found = []
    for rule in rules:
        held = hold(rule.when, facts) if rule.effective.holds(facts["decision_date"]) else None
        for key in held.missing if held and held.state is Truth.UNKNOWN else ():
            if facts.get(key) in (UNCLEAR, DISPUTED):
                found.append(Missing(key, book.facts[key].label, f"决定能否认定“{rule.item}”", view.person))
    return found


def _undated(view: View, standing: Sequence[OffenceFinding]) -> list[Missing]:
    if view.end or not standing:
        return []
    return [Missing("conduct_end", "行为日期", "决定适用哪一天的法律、追诉时效从哪一天起算", view.person)]


def _wide(parts: Sequence[Assessment], sheet: FactSheet, book: RuleBook, records: Mapping[str, Offence], today: date) -> Any:
    """The law of the day for several people: from the first conduct to the last."""
    views = [_view(sheet, person, True, book, today) for person in sheet.people]
    touched = {one.offence for part in parts for one in part.offences}
    starts, ends = [view.start for view in views if view.start], [view.end for view in views if view.end]
    span = min(starts, default=None), max(ends, default=None)
    return day_law(touched, span, max(view.decision for view in views), book.changes, sheet.facts)


def _contradictions(sheet: FactSheet, book: RuleBook) -> tuple[str, ...]:
    found = []
    for holder, facts in (("", sheet.facts), *((person.name, person.facts) for person in sheet.people)):
        for key, value in facts.items():
            if value == DISPUTED:
                said = f"（{sheet.sides[key]}）" if key in sheet.sides else ""
                found.append(f"{holder}{book.facts[key].label if key in book.facts else key}的材料互相矛盾{said}。")
    return tuple(dict.fromkeys([*found, *(text for key, text in sheet.sides.items() if key not in book.facts)]))


def _flat(parts: Iterable[Sequence[Any]]) -> tuple[Any, ...]:
    return tuple(one for part in parts for one in part)


def _once(parts: Iterable[Sequence[Any]]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(_flat(parts)))
