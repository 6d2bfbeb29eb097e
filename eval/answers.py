"""Scoring one answer: gold cited, facts stated, behaviour right, quotations true."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answer.match import bag
from assistant.answer.verify import record_text
from assistant.domain.answer import Answer
from assistant.domain.provision import Provision
from assistant.domain.records import Record
from assistant.law.quantities import arabic
from assistant.services import Services
from eval.case import Case, Fact, Gold

FIGURE = re.compile(r"\d+(?:\.\d+)?[万亿]?[\u4e00-\u9fff%％]?")
WORDS = 0.62
"""A fact with no terms listed counts as stated when this share of its words, and each of its figures, stands in the answer."""


@dataclass
class Score:
    """What one answer achieved. ``None`` where the case asks nothing of the kind."""

    id: str
    gold: float | None = None
    stated: list[bool] = field(default_factory=list)
    broke: list[str] = field(default_factory=list)
    """Facts that must not be stated and are."""
    behavior: bool = True
    false_quotes: list[str] = field(default_factory=list)
    missed_gold: list[str] = field(default_factory=list)
    missed_facts: list[str] = field(default_factory=list)
    error: str = ""
    ms: float = 0.0


def score(case: Case, answers: Sequence[Answer], services: Services) -> Score:
    """Score the last answer; what it carries on from earlier turns stands in it."""
    answer = answers[-1]
    result = Score(case.id, behavior=any(a.behavior.value == case.behavior for a in answers[-1:]))
    text = said(answer)
    result.stated = [states(text, fact) for fact in case.must_state]
    result.missed_facts = [fact.text for fact, ok in zip(case.must_state, result.stated, strict=True) if not ok]
    result.broke = [fact.text for fact in case.must_not if fact.terms and states(text, fact)]
    if case.gold:
        hits = [cites(answer, gold, services) for gold in case.gold]
        result.gold = sum(hits) / len(hits)
        result.missed_gold = [f"{gold.law}#{gold.article}" for gold, ok in zip(case.gold, hits, strict=True) if not ok]
    result.false_quotes = [c.source_id for a in answers for c in a.citations if not quotes_truly(c.source_id, c.quote, services)]
    return result


def said(answer: Answer) -> str:
    """Everything an answer tells its reader in its own name, numerals as digits."""
    return arabic("\n".join([*(claim.text for claim in answer.claims), *answer.warnings]))


def states(text: str, fact: Fact) -> bool:
    """Whether a fact is in a text: by its listed terms, else by its figures and words."""
    if fact.terms:
        return all(any(re.search(arabic(term), text) for term in group) for group in fact.terms)
    wanted = arabic(fact.text)
    figures = {figure for figure in FIGURE.findall(wanted) if len(figure) > 1}
    words = bag(wanted)
    return all(figure in text for figure in figures) and len(words & bag(text)) >= WORDS * len(words)


def cites(answer: Answer, gold: Gold, services: Services) -> bool:
    """Whether a gold article is among the citations; for a seed, whether a record that rests on it is."""
    if gold.seed:
        records = (services.sources.by_id(c.source_id) for c in answer.citations)
        return any(isinstance(r, Record) and any(source.seed == gold.seed for source in r.sources) for r in records)
    law = services.sources.resolve(gold.law) or gold.law
    return any(c.law == law and (not gold.article or c.article == gold.article) for c in answer.citations)


def quotes_truly(source_id: str, quote: str, services: Services) -> bool:
    """Whether a quotation is a substring of the stored text that it cites."""
    found = services.sources.by_id(source_id)
    if isinstance(found, Provision):
        return bool(quote) and quote in found.text
    return isinstance(found, Record) and bool(quote) and quote in record_text(found)
