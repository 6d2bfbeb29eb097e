"""The sources of a 研判 as numbered cards: each line of it with the articles that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answer.draft import Draft
from assistant.answer.sources import Sources
from assistant.answer.verify import cite
from assistant.domain.answer import Citation, Section
from assistant.domain.assessment import Assessment
from assistant.domain.similar import Similar

Line = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Authorities:
    """出处 of a 研判."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    """The number of the card of each ``法律#条/款/项``; what could not be resolved has none."""
    citations: tuple[Citation, ...] = ()
    """The cards, in order of their numbers."""
    lost: Mapping[str, str] = field(default_factory=dict)
    """What has no card, and why."""

    @property
    def titles(self) -> Mapping[str, str]:
        """Each ``法律#条/款/项`` as its card names it."""
        return {reference: self.citations[n - 1].title for reference, n in self.numbers.items()}


def authorities(assessment: Assessment, sources: Sources, on: date, similar: Sequence[Similar] = ()) -> Authorities:
    """Resolve every source of ``assessment`` and every case of ``similar`` once, with the words that carry the first line that rests on it.

    Law that is no longer or not yet in force keeps its card, which says so: a 研判 speaks of the law of another day too.
    """
    beside = ((f"{one.case.outcome}{'；'.join(one.alike)}", (one.case.id,)) for one in similar)
    return cards((*lines(assessment), *beside), sources, on)


def cards(stated: Iterable[Line], sources: Sources, on: date) -> Authorities:
    """The same for any lines with what they rest on."""
    said: dict[str, str] = {}
    for text, cites in stated:
        for reference in cites:
            said.setdefault(reference, text)
    numbers: dict[str, int] = {}
    held: list[Citation] = []
    lost: dict[str, str] = {}
    for reference, text in said.items():
        found = cite(reference, Draft(text, Section.BASIS, historic=True), sources, on)
        if isinstance(found, str):
            lost[reference] = found
            continue
        same = next(
            (card for card in held if (card.source_id, card.title, card.quote) == (found.source_id, found.title, found.quote)),
            None,
        )
        if same is None:
            same = replace(found, n=len(held) + 1)
            held.append(same)
        numbers[reference] = same.n
    return Authorities(numbers, tuple(held), lost)


def lines(assessment: Assessment) -> Iterator[Line]:
    """Everything that a 研判 says with a source, in the order in which it is read."""
    for offence in assessment.offences:
        yield f"{offence.name}：{offence.threshold}", offence.cite
        yield from ((f"{tier.range}：{tier.threshold}", tier.cite) for tier in offence.tiers)
        yield from ((f"{element.name}：{element.why}", element.cite) for element in offence.elements)
    yield from ((f"{one.name}：{one.reason}", one.cite) for one in assessment.not_offences)
    yield from ((f"{one.item}：{one.effect}", one.cite) for one in (*assessment.strict, *assessment.lenient))
    yield from ((f"{one.option}：{one.text}", one.cite) for one in assessment.options)
    yield from ((one.why, one.cite) for one in assessment.limitation)
    yield assessment.day_law.apply, assessment.day_law.cite
    yield from ((one.event, one.cite) for one in assessment.day_law.events)
    if assessment.loss:
        yield assessment.loss.standard, assessment.loss.cite
