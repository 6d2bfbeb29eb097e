"""What a question ends in: an ``Answer`` of claims, each with citations that open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assistant.domain.provision import Status, TextKind
from assistant.domain.wish import Wish

DRAFTED = "模型起草，已核验引用"
"""How a claim that a model wrote is marked wherever it is shown."""


class Section(StrEnum):
    """部分 of an answer; also a claim's ``kind``."""

    MATERIAL = "您的材料"
    """What a reader's own files say; never law."""
    CONCLUSION = "结论"
    BASIS = "依据"
    APPLICATION = "适用要点"
    CASES = "类案"
    NOTES = "提示"


class Outcome(StrEnum):
    """Whether there is an answer."""

    ANSWERED = "answered"
    INSUFFICIENT = "insufficient"
    OUT_OF_SCOPE = "out_of_scope"


class Behavior(StrEnum):
    """How the question was met."""

    ANSWER = "answer"
    CORRECT_PREMISE = "correct_premise"
    TEMPORAL = "answer_with_temporal_rule"
    NOT_IN_LIBRARY = "say_not_in_library"
    GIST_ONLY = "answer_gist_and_say_full_text_missing"
    OUT_OF_SCOPE = "decline_out_of_scope"
    NO_PREDICTION = "decline_prediction_and_ask_facts"


@dataclass(frozen=True, slots=True)
class Passage:
    """What search returns: a place in the library and how well it fits."""

    source_id: str
    kind: str
    """``provision`` or a record's kind."""
    title: str
    text: str
    law: str = ""
    article: str = ""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Citation:
    """引注: a numbered pointer to a source, with the words that carry the claim."""

    n: int
    source_id: str
    kind: str
    title: str
    """As printed on the card: 《刑法》第一百三十四条第一款."""
    quote: str
    """A substring of the stored text."""
    text_kind: TextKind
    status: Status
    law: str = ""
    doc_no: str = ""
    article: str = ""
    effective_from: date | None = None
    url: str = ""
    note: str = ""

    @property
    def standing(self) -> str:
        """原文 or 要旨 and 效力 as printed; a reader's own file is called that."""
        if self.kind == "material":
            return "您的材料，不是法律依据"
        return f"{self.text_kind.value}，{self.status.value}"


@dataclass(frozen=True, slots=True)
class Claim:
    """论断: a sentence or two, its section and the numbers of its citations."""

    text: str
    kind: Section
    citations: tuple[int, ...] = ()
    drafted: bool = False
    """模型起草，已核验引用: a model wrote it, and it passed the check."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A statement that was not shown, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The one result type of every way of asking."""

    question: str
    status: Outcome
    behavior: Behavior
    as_of: date
    """The date the law is read at."""
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    warnings: tuple[str, ...] = ()
    library_date: date | None = None
    """The date of the newest thing in the library."""
    topics: tuple[str, ...] = field(default=())
    """Ids of the records it was composed from; a follow-up question starts from them."""
    completed: str = ""
    """The follow-up question as it was completed from the turns before; empty where it left nothing out."""
    turned: bool = False
    """Whether the question began another topic, so that nothing was carried over from the turns before."""
    understood: tuple[str, ...] = ()
    """案情要素 that were read from a case told in the question, in words; empty where none was told."""
    wish: Wish | None = None
    """A lecture, questions or a drill that was asked for."""
    model: str = ""
    """Which model was asked, and where; empty where none was."""
    sent: str = ""
    """What was sent to that model, as it was sent: names masked where it runs on another machine."""

    def section(self, kind: Section) -> tuple[Claim, ...]:
        """Claims of one section, in order."""
        return tuple(claim for claim in self.claims if claim.kind is kind)
