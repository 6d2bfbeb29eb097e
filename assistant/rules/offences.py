"""候选罪名: each offence that the facts bring to mind, its elements, its tier, and what must not be charged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.domain.assessment import Element, Missing, NotOffence, OffenceFinding, Standing, TierStep, Truth
from assistant.domain.facts import DISPUTED, UNCLEAR, Value
from assistant.domain.records import Offence
from assistant.domain.rules import OffenceRule, RuleBook
from assistant.rules.conditions import Held, hold, known
from assistant.rules.tier_steps import HARM, Tiers, tiers_of
from assistant.rules.words import article, day, told

RETROACTIVITY = "刑法#12/1"
_DOUBTS = ("causation_doubtful", "evidence_conflict")


@dataclass
class Found:
    """What came of one person's facts."""

    standing: list[OffenceFinding] = field(default_factory=list)
    not_offences: list[NotOffence] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    waiting: set[tuple[str, str]] = field(default_factory=set)
    """Offence and range of those that hang on nothing but the day when the case was filed."""


@dataclass(frozen=True)
class View:
    """One person's facts and the days that count."""

    facts: Mapping[str, Value]
    person: str
    start: date | None
    end: date | None
    decision: date
    decided: bool = True
    """The day of decision was told, and is not merely today."""
    issued: Mapping[str, date] = field(default_factory=dict)
    """First day of each law that changed the offences."""

    def in_force(self, cites: Iterable[str]) -> tuple[str, ...]:
        """Without what is not yet in force on the day of decision."""
        return tuple(ref for ref in cites if self.issued.get(ref.partition("#")[0], self.decision) <= self.decision)


def find_offences(view: View, book: RuleBook, records: Mapping[str, Offence]) -> Found:
    """Hold every rule against the facts of one person."""
    found = Found()
    for rule in book.offences:
        offence = records[rule.offence]
        if _considered(rule, view.facts):
            _find(rule, offence, view, book, found)
    return found


def _considered(rule: OffenceRule, facts: Mapping[str, Value]) -> bool:
    held = hold(rule.consider, facts)
    spoken = all(facts.get(key) in (UNCLEAR, DISPUTED) for key in held.missing)
    return held.state is Truth.YES or (held.state is Truth.UNKNOWN and spoken)


def _find(rule: OffenceRule, offence: Offence, view: View, book: RuleBook, found: Found) -> None:
    name = rule.name or _name_then(offence, view)
    refused = _not_yet(offence, name, view) or _yields(rule, name, view)
    elements = [] if refused else _elements(rule, view, book)
    refused = refused or _lacking(rule, name, elements, view)
    if refused:
        found.not_offences.append(replace(refused, offence=offence.id))
        return
    tiers = tiers_of(offence, view.facts, view.end, view.decision)
    if tiers.reached is None and not tiers.open:
        found.not_offences.append(replace(_below(name, tiers, view, book), offence=offence.id))
        return
    doubtful = any(element.state is Truth.UNKNOWN and not _check(rule, element) for element in elements)
    checks = [_check(rule, element) for element in elements if element.state is Truth.UNKNOWN]
    status = Standing.CONDITIONAL if doubtful or _doubted(view) else Standing.CANDIDATE if any(checks) else Standing.ESTABLISHED
    notes = [*filter(None, checks), *_notes(rule, offence, tiers, view)]
    if status is Standing.ESTABLISHED and rule.text_from and view.end and view.end < rule.text_from:
        status = Standing.CANDIDATE
    for element in elements:
        found.missing.extend(_missing(key, f"决定{name}的“{element.name}”", view, book) for key in element.missing)
    if tiers.reached:
        _stand(rule, offence, name, tiers.reached, status, (elements, tiers, notes), view, found)
    _open_tiers(rule, offence, name, (elements, tiers, notes), view, book, found)
    if offence.created and view.start and view.end and view.start < offence.created <= view.end:
        reason = f"{name}自{day(offence.created)}起才有，此前的行为不作为犯罪评价，只评价此后的部分。"
        found.not_offences.append(
            NotOffence(f"{name}（{offence.created}以前的部分）", reason, (*offence.created_cite, RETROACTIVITY), view.person)
        )


def _stand(
    rule: OffenceRule,
    offence: Offence,
    name: str,
    step: TierStep,
    status: Standing,
    shown: tuple[Sequence[Element], Tiers, Sequence[str]],
    view: View,
    found: Found,
) -> None:
    elements, tiers, notes = shown
    cites = dict.fromkeys([*step.cite, *(ref for element in elements for ref in element.cite)])
    found.standing.append(
        OffenceFinding(
            offence=offence.id,
            name=name,
            article=article(rule.article or offence.article),
            person=view.person,
            status=status,
            rank=step.rank,
            range=step.range,
            threshold=step.threshold,
            cite=view.in_force(cites),
            elements=tuple(elements),
            tiers=tiers.steps,
            note="；".join(notes),
        )
    )


def _open_tiers(
    rule: OffenceRule,
    offence: Offence,
    name: str,
    shown: tuple[Sequence[Element], Tiers, Sequence[str]],
    view: View,
    book: RuleBook,
    found: Found,
) -> None:
    """Tiers above, and a 减轻档 that was spoken of: ruled out by what is known, in dispute, or hanging on what is not known."""
    tiers = shown[1]
    hanging = tiers.hanging(view.facts)
    for step in tiers.open:
        if step.rank == "lighter" and step not in hanging:
            continue
        disputed = [key for key in step.missing if view.facts.get(key) == DISPUTED]
        enters = f"决定{name}是否进入{step.name}（{step.range}）"
        found.missing.extend(_missing(key, enters, view, book) for key in step.missing)
        if step not in hanging:
            continue
        if disputed and tiers.reached:
            words = "、".join(book.facts[key].label for key in disputed)
            reason = f"“{words}”的材料互相矛盾，没有排除以前不能按{step.name}（{step.threshold}）认定。"
            found.not_offences.append(NotOffence(f"{name}{step.name}", reason, step.cite, view.person, disputed=True))
        else:
            _stand(rule, offence, name, step, Standing.CONDITIONAL, shown, view, found)
    reached = tiers.reached if not shown[0] or all(one.state is Truth.YES for one in shown[0]) else None
    for step in tiers.steps:
        ruled_out = step.state is Truth.NO and step.threshold and step.rank in {"aggravated", "third"}
        if reached and ruled_out and (reached.max_years or 99) < (step.max_years or 99):
            reason = f"没有达到{step.name}的条件：{step.threshold}。"
            found.not_offences.append(NotOffence(f"{name}{step.name}", reason, step.cite, view.person))


def _not_yet(offence: Offence, name: str, view: View) -> NotOffence | None:
    if offence.created and view.end and view.end < offence.created:
        reason = f"{name}自{day(offence.created)}起才有，行为在此以前，按从旧兼从轻不能适用。"
        return NotOffence(name, reason, (*offence.created_cite, RETROACTIVITY), view.person)
    return None


def _yields(rule: OffenceRule, name: str, view: View) -> NotOffence | None:
    for ground in rule.yields:
        if hold(ground.when, view.facts).state is Truth.YES:
            return NotOffence(name, ground.reason, ground.cite, view.person)
    return None


def _elements(rule: OffenceRule, view: View, book: RuleBook) -> list[Element]:
    found = []
    for element in rule.elements:
        held = hold(element.when, view.facts)
        found.append(Element(element.name, held.state, _why(held, view, book), element.cite, held.missing))
    return found


def _why(held: Held, view: View, book: RuleBook) -> str:
    keys = held.missing if held.state is Truth.UNKNOWN else held.by
    return "；".join(filter(None, (told(key, view.facts, book.facts) for key in keys)))


def _lacking(rule: OffenceRule, name: str, elements: Sequence[Element], view: View) -> NotOffence | None:
    for element, data in zip(elements, rule.elements, strict=True):
        if element.state is Truth.NO:
            return NotOffence(name, data.otherwise or f"不具备“{data.name}”。", data.cite, view.person)
    return None


def _check(rule: OffenceRule, element: Element) -> str:
    return next(data.check for data in rule.elements if data.name == element.name)


def _doubted(view: View) -> bool:
    return any(known(view.facts, key) is True for key in _DOUBTS)


def _below(name: str, tiers: Tiers, view: View, book: RuleBook) -> NotOffence:
    lowest = tiers.steps[0] if tiers.steps else None
    facts = "，".join(told(key, view.facts, book.facts) for key in HARM if known(view.facts, key) is not None)
    reason = f"没有达到入罪标准（{lowest.threshold if lowest else ''}）：{facts or '没有相应的后果'}。"
    return NotOffence(name, reason, lowest.cite if lowest else (), view.person)


def _notes(rule: OffenceRule, offence: Offence, tiers: Tiers, view: View) -> list[str]:
    notes = [rule.note] if rule.note else []
    if rule.text_from and view.end and view.end < rule.text_from:
        notes.append(f"{day(rule.text_from)}以前的条文文本不在库中，须核对当时的文本；法定刑按现有文本列出。")
    if tiers.changed:
        notes.append("行为后法定刑改轻，按从旧兼从轻适用处刑较轻的现行规定。")
    return notes


def _name_then(offence: Offence, view: View) -> str:
    """罪名 on the day of conduct."""
    for old in offence.names:
        if view.end and old.effective.holds(view.end) and old.effective.end:
            return old.name
    return offence.title.partition("（")[0]


def _missing(key: str, effect: str, view: View, book: RuleBook) -> Missing:
    return Missing(key, book.facts[key].label if key in book.facts else key, effect, view.person)
