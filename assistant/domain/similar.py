"""类案: a known case beside the one in hand, with what is alike and what is not."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.cases import Case
from assistant.domain.records import Source

UNCONFIRMED = "未核到"


@dataclass(frozen=True)
class Similar:
    """A case of the library held against the facts of another."""

    case: Case
    score: float
    """0 to 1: the share of what matters that is alike. It orders; it is no measure to be shown."""
    alike: tuple[str, ...]
    """In words, the weightiest first: 罪名都有重大责任事故罪."""
    differences: tuple[str, ...]
    """In words, the weightiest first: 本案死亡3人，该案29人."""
    same_level: bool = False
    """后果 of both are known and reach the same thresholds of the offences in hand."""

    @property
    def signal(self) -> str:
        """严, 宽, 宽严分层; empty where the source gives none."""
        return self.case.signal

    @property
    def outcome(self) -> str:
        """The confirmed outcome, and nothing else; where there is none, that it could not be confirmed."""
        return self.case.outcome or UNCONFIRMED

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """What must not be stated of the case."""
        return self.case.unconfirmed

    @property
    def sources(self) -> tuple[Source, ...]:
        """出处."""
        return self.case.sources
