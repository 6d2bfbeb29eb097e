"""What is about to be said, before it has been verified."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.domain.answer import Behavior, Outcome, Section

_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)")
"""Dates as the records write them; a reader gets 2021年3月1日."""


def in_chinese(text: str) -> str:
    """A text with its dates as a reader writes them."""
    return _ISO.sub(lambda day: f"{day['y']}年{int(day['m'])}月{int(day['d'])}日", text)


@dataclass(frozen=True)
class Draft:
    """A sentence, its section and what it rests on: ``法律#条/款/项`` or the id of a record or provision."""

    text: str
    section: Section
    cite: tuple[str, ...] = ()
    confidence: str = "A"
    """K is shown as 需核对 without a citation."""
    historic: bool = False
    """It speaks of law that is repealed, changed or not yet in force, and says so."""
    figured: bool = False
    """Figures held against the thresholds of one offence; where a case is weighed as a whole, that decides."""


@dataclass
class Composition:
    """Drafts in order, how the question was met, and the records that were used."""

    behavior: Behavior = Behavior.ANSWER
    outcome: Outcome = Outcome.ANSWERED
    drafts: list[Draft] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def say(
        self, text: str, section: Section, *cite: str, confidence: str = "A", historic: bool = False, figured: bool = False
    ) -> None:
        """Add a draft unless the same was said."""
        text = in_chinese(text)
        if text and all(draft.text != text for draft in self.drafts):
            self.drafts.append(Draft(text, section, tuple(dict.fromkeys(cite)), confidence, historic, figured))

    @property
    def concluded(self) -> bool:
        """Whether something stands in the conclusion."""
        return any(draft.section is Section.CONCLUSION for draft in self.drafts)

    def uses(self, record_id: str) -> None:
        """Remember a record that the answer rests on."""
        if record_id not in self.topics:
            self.topics.append(record_id)
