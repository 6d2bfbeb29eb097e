"""知识库 records: facts in our own words, each resting on provisions, cases or public material.

A lawyer edits them as YAML; ``ingest/records.py`` checks them. Every field that is law has its article beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from assistant.domain.provision import STRICT, Span
from assistant.domain.sentencing import NameChange, SentencingTier


class Aspect(StrEnum):
    """What a question asks for and what a point answers."""

    TEXT = "条文"
    CONVICTION = "入罪"
    SENTENCE = "量刑"
    POLICY = "宽严"
    EVIDENCE = "证据"
    PROCEDURE = "程序时限"
    DUTY = "合规义务"
    ADMINISTRATIVE = "行政责任"
    CASE = "类案"
    PRACTICE = "各地做法"
    VALIDITY = "新旧法"


@dataclass(frozen=True)
class Point:
    """要点: one statement that stands alone, with what it rests on."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    text: str
    cite: tuple[str, ...] = ()
    """References ``法律#条/款/项``; empty only where the record itself is the source (a case, a practice)."""
    about: tuple[Aspect, ...] = ()
    key: bool = False
    """It answers the record's main question, and may open the 结论."""
    effective: Span = Span()
    confidence: str = "A"
    """K: shown as 需核对, never cited."""


@dataclass(frozen=True)
class Source:
    """出处 that is not a provision: public material, a case report, a seed document."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    title: str
    issuer: str = ""
    doc_no: str = ""
    date: str = ""
    url: str = ""
    seed: str = ""
    """``000`` or ``002``: the exchange of experience and the Hedong report that the practices rest on."""


@dataclass(frozen=True)
class Checked:
    """核对: against what and when."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    against: str
    on: date


@dataclass(frozen=True)
class Record:
    """What every record has."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    kind: ClassVar[str] = "record"
    id: str
    """Never changes: ``procedure.transfer.decision``."""
    title: str
    points: tuple[Point, ...]
    checked: Checked
    aliases: tuple[str, ...] = ()
    """Names and everyday words for the topic."""
    asks: tuple[str, ...] = ()
    """Questions that it answers, as people ask them."""
    related: tuple[str, ...] = ()
    """Ids of records that a complete answer would add."""
    sources: tuple[Source, ...] = ()
    effective: Span = Span()
    confidence: str = "A"

    def beside(self) -> tuple[str, ...]:
        """What it says besides its points, no law."""
        return ()


@dataclass(frozen=True)
class Circumstance(Record):
    """宽严情节."""

    kind: ClassVar[str] = "circumstance"
    direction: str = ""
    """从严, 从宽, or empty where it can be both."""
    must: bool | None = None
    """应当 (true) or 可以 (false)."""


@dataclass(frozen=True)
class Procedure(Record):
    """程序与时限."""

    kind: ClassVar[str] = "procedure"


@dataclass(frozen=True)
class Evidence(Record):
    """证据规则与证据要素."""

    kind: ClassVar[str] = "evidence"


@dataclass(frozen=True)
class Duty(Record):
    """合规义务与行政责任."""

    kind: ClassVar[str] = "duty"


@dataclass(frozen=True)
class Policy(Record):
    """政策文件、文件时效与统计口径."""

    kind: ClassVar[str] = "policy"


@dataclass(frozen=True)
class Practice(Record):
    """各地做法: who does what, with figures."""

    kind: ClassVar[str] = "practice"
    place: str = ""
    organ: str = ""


@dataclass(frozen=True)
class Misconception(Record):
    """常见误解: a statement people make, why it is wrong, what is right. The first point is the correction."""

    kind: ClassVar[str] = "misconception"
    says: tuple[str, ...] = ()
    """The wrong statement in several wordings."""
    when: tuple[tuple[str, ...], ...] = ()
    """Groups of terms; the misconception is in play when each group has a term in the question."""
    unless: tuple[str, ...] = ()
    """Terms that show that the question is about something else."""


@dataclass(frozen=True)
class Offence(Record):
    """罪名."""

    kind: ClassVar[str] = "offence"
    article: str = ""
    """``刑法#134/1``."""
    subject: str = ""
    """Who can commit it."""
    negligent: bool | None = None
    fine: str = ""
    """Empty: no fine; else 并处, 可以并处, 并处或者单处."""
    unit: bool = False
    """单位可构成."""
    result_required: bool = True
    """False for 危险作业罪 and the like: a real danger is enough."""
    created: date | None = None
    """First day on which the offence existed in its own right; ``None`` where it has stood since 1997."""
    created_cite: tuple[str, ...] = ()
    names: tuple[NameChange, ...] = ()
    """Earlier names."""
    tiers: tuple[SentencingTier, ...] = field(default=())
