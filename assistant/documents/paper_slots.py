"""Slots of a template: ``{deaths}`` to 3人, or to a blank that the handler fills in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.documents.paper_grounds import HARM, Grounds
from assistant.domain.assessment import Assessment, OffenceFinding
from assistant.domain.facts import DISPUTED, UNCLEAR, Value
from assistant.domain.papers import blank
from assistant.domain.rules import RuleBook
from assistant.ingest.templates import SLOT
from assistant.rules.words import COUNTED, in_words

_HARM = tuple((key, form) for key, form in COUNTED if key in HARM)
Filled = tuple[str, frozenset[str]]
"""Words, and the keys of the facts that they rest on."""


@dataclass(frozen=True)
class Slots:
    """The slots over one 研判."""

    assessment: Assessment
    book: RuleBook
    grounds: Grounds
    offences: tuple[OffenceFinding, ...]
    person: str = ""

    def fill(self, text: str) -> Filled:
        """A text with its slots filled."""
        found = {name: self._slot(name) for name in dict.fromkeys(SLOT.findall(text))}
        return SLOT.sub(lambda hit: found[hit[1]][0], text), frozenset(key for _, keys in found.values() for key in keys)

    def _slot(self, name: str) -> Filled:
        match name:
            case "person":
                suspects = [one.person for one in self.offences if one.person]
                names = [self.person] if self.person else suspects or [one.name for one in self.assessment.sheet.people]
                return _joined(names) or blank("犯罪嫌疑人姓名"), frozenset()
            case "offence":
                return _joined(one.name for one in self.offences) or blank("涉嫌罪名"), self.grounds.offences()
            case "range":
                return _joined(one.range for one in self.offences) or blank("法定刑"), self.grounds.offences()
            case "harm":
                return self._harm(), HARM
            case "day":
                return self._fact("conduct_end", "事故发生日期")
            case "told":
                told = self.assessment.sheet.told.strip()
                return told or blank("案件经过"), frozenset(self.book.facts)
        return self._fact(name)

    @property
    def _own(self) -> list[Mapping[str, Value]]:
        return [one.facts for one in self.assessment.sheet.people if not self.person or one.name == self.person]

    @property
    def _facts(self) -> Mapping[str, Value]:
        own = self._own
        return {**self.assessment.sheet.facts, **(own[0] if len(own) == 1 else {})}

    def _fact(self, key: str, label: str = "") -> Filled:
        declared, value = self.book.facts[key], self._facts.get(key)
        if value is None or value in (UNCLEAR, DISPUTED):
            return blank(label or declared.label, f"材料{value}" if value else ""), frozenset({key})
        return in_words(declared, value), frozenset({key})

    def _harm(self) -> str:
        """死亡3人、重伤1人、直接经济损失620万元."""
        facts = self._facts
        if self.assessment.loss:
            facts = {**facts, "loss_wan": self.assessment.loss.wan}
        parts = []
        for key, form in _HARM:
            value = facts.get(key)
            if value in (UNCLEAR, DISPUTED):
                parts.append(blank(self.book.facts[key].label, f"材料{value}"))
            elif isinstance(value, int | float) and value > 0:
                parts.append(form.format(value))
        return "、".join(parts) or blank("伤亡和直接经济损失")


def _joined(words: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(words))
