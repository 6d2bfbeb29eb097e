"""Reading ``knowledge_base/rules/``: the facts that a case may have and the rules over them, checked against one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.domain.facts import FactKey
from assistant.domain.records import Offence, Record
from assistant.domain.rules import (
    CircumstanceRule,
    Condition,
    LegalChange,
    LimitationStep,
    LossKind,
    OffenceRule,
    OptionRule,
    RuleBook,
)
from assistant.domain.told import ToldWords
from assistant.errors import KnowledgeError
from assistant.ingest.lexicon import spell_out
from assistant.ingest.records import read_yaml

DERIVED = {
    "offences", "open_offences", "charged", "only_conditional", "barred", "max_years", "min_years", "imprisonment", "rank",
    "negligent", "safety_offence", "adult", "strict", "lenient", "victims", "several", "refuted", "limit_open",
}  # fmt: skip
"""What the engine itself adds to the facts before it comes to circumstances and options: ``rules/derived.py``."""
_JOINED = {"all", "any", "not", "assume"}


def load_rules(folder: Path, records: tuple[Record, ...]) -> RuleBook:
    """Read the rules below ``folder``; raises ``KnowledgeError`` for an unknown fact, an unknown offence or a broken file."""
    rules = folder / "rules"
    facts = {one.key: one for one in read_yaml(rules / "facts.yaml", tuple[FactKey, ...])}
    words = read_yaml(rules / "told.yaml", ToldWords)
    book = RuleBook(
        facts=facts,
        offences=tuple(
            rule for path in sorted((rules / "offences").glob("*.yaml")) for rule in read_yaml(path, tuple[OffenceRule, ...])
        ),
        circumstances=read_yaml(rules / "circumstances.yaml", tuple[CircumstanceRule, ...]),
        options=read_yaml(rules / "options.yaml", tuple[OptionRule, ...]),
        changes=read_yaml(rules / "changes.yaml", tuple[LegalChange, ...]),
        limitation=read_yaml(rules / "limitation.yaml", tuple[LimitationStep, ...]),
        loss=read_yaml(rules / "loss.yaml", tuple[LossKind, ...]),
        told=spell_out(words, words.lexicon),
    )
    _refuse_unknown(book, records)
    return book


def _refuse_unknown(book: RuleBook, records: tuple[Record, ...]) -> None:
    offences = {record.id: record for record in records if isinstance(record, Offence)}
    named = [*(rule.offence for rule in book.offences), *(offence for change in book.changes for offence in change.offences)]
    for offence in named:
        if offence not in offences:
            raise KnowledgeError(f"rules 中的罪名 {offence} 不在 knowledge_base/offences 里，请改正后重试。")
    for where, condition in _conditions(book, offences.values()):
        for key in _keys(condition):
            if key not in book.facts and key not in DERIVED:
                raise KnowledgeError(f"rules 中“{where}”用了没有声明的要素 {key}，请在 facts.yaml 中声明或者改正。")


def _conditions(book: RuleBook, offences: Iterable[Offence]) -> Iterator[tuple[str, Condition]]:
    for rule in book.offences:
        yield rule.offence, rule.consider
        yield from ((rule.offence, element.when) for element in rule.elements)
        yield from ((rule.offence, ground.when) for ground in rule.yields)
    for circumstance in book.circumstances:
        yield circumstance.item, circumstance.when
    for option in book.options:
        yield option.option, option.consider
        yield from ((option.option, need.when) for need in option.needs)
        yield from ((option.option, bar.when) for bar in option.bars)
    yield from (_told_conditions(book.told) if book.told else ())
    for offence in offences:
        for tier in offence.tiers:
            for threshold in tier.thresholds:
                if threshold.when:
                    yield offence.title, threshold.when


def _told_conditions(words: ToldWords) -> Iterator[tuple[str, Condition]]:
    for title in words.titles:
        yield title.role, title.when
    for cue in words.cues:
        yield "told.yaml", {cue.key: True, **cue.when}
    for figure in words.figures:
        yield "told.yaml", {figure.key: True}
    for inference in words.follows:
        yield "told.yaml", {**inference.when, **inference.then}


def _keys(condition: Condition) -> Iterator[str]:
    for key, wanted in condition.items():
        if key in {"all", "any"}:
            for one in wanted:
                yield from _keys(one)
        elif key in _JOINED:
            yield from _keys(wanted)
        else:
            yield key
