"""研判: what the rules make of a fact sheet. Every line has the articles that it rests on, as ``法律#条/款/项``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assistant.domain.facts import FactSheet


class Truth(StrEnum):
    """Whether something holds on the facts."""

    YES = "具备"
    NO = "不具备"
    UNKNOWN = "待查"


class Standing(StrEnum):
    """How an offence stands on the facts; the values are those of ``anheng assess --json``."""

    ESTABLISHED = "established"
    """要件齐: the facts carry it."""
    CANDIDATE = "candidate"
    """待查: to be offered, with the points to be checked."""
    CONDITIONAL = "conditional"
    """Only if an unknown or disputed fact falls that way."""
    TIME_BARRED = "time_barred"
    """Met, but prosecution is barred by time."""


@dataclass(frozen=True)
class Element:
    """构成要件 of an offence on these facts."""

    name: str
    state: Truth
    why: str
    """The facts that decide, or what is missing, in words."""
    cite: tuple[str, ...]
    missing: tuple[str, ...] = ()
    """Keys of facts that would decide."""


@dataclass(frozen=True)
class TierStep:
    """量刑档 of an offence held against the facts, from the lowest."""

    rank: str
    """``lighter``, ``base``, ``aggravated``, ``third``."""
    name: str
    range: str
    """Statutory range with Chinese numerals: 三年以上七年以下有期徒刑."""
    state: Truth
    threshold: str
    """What decides, in words: 死亡3人以上且负事故主要责任."""
    cite: tuple[str, ...]
    missing: tuple[str, ...] = ()
    min_years: float = 0
    max_years: float | None = None
    """``None``: life or death."""


@dataclass(frozen=True)
class OffenceFinding:
    """One offence in which a person is suspected, at one tier."""

    offence: str
    """Id of the record."""
    name: str
    article: str
    """刑法第134条第1款."""
    person: str
    """Empty: every suspect of the case."""
    status: Standing
    rank: str
    range: str
    threshold: str
    cite: tuple[str, ...]
    elements: tuple[Element, ...] = ()
    tiers: tuple[TierStep, ...] = ()
    note: str = ""

    @property
    def step(self) -> TierStep:
        """The tier that applies; 徇私舞弊 has tiers of its own beside those of the same rank, told apart by the range."""
        return next(one for one in self.tiers if (one.rank, one.range) == (self.rank, self.range))


@dataclass(frozen=True)
class NotOffence:
    """What must not be charged on these facts, and why."""

    name: str
    reason: str
    cite: tuple[str, ...]
    person: str = ""
    offence: str = ""
    """Id of the record; empty for a higher tier of an offence that may stand."""
    disputed: bool = False
    """Only because materials contradict each other."""


@dataclass(frozen=True)
class CircumstanceFinding:
    """宽严情节."""

    key: str
    item: str
    effect: str
    """应当从重处罚; 可以从轻或者减轻处罚."""
    direction: str
    """``strict`` or ``lenient``."""
    must: bool | None
    """应当 (true), 可以 (false), 酌定 (none)."""
    cite: tuple[str, ...]
    evidence: tuple[str, ...] = ()
    """What proves it."""
    person: str = ""


@dataclass(frozen=True)
class Tick:
    """One condition of an option."""

    text: str
    state: Truth


@dataclass(frozen=True)
class OptionFinding:
    """可选处理: an option with its conditions ticked. ``available`` is ``None`` where it hangs on what is not known."""

    key: str
    option: str
    available: bool | None
    text: str
    """Its condition where it may be had; the reason where not."""
    cite: tuple[str, ...]
    ticks: tuple[Tick, ...] = ()
    person: str = ""


@dataclass(frozen=True)
class LimitationFinding:
    """追诉时效 by the tier that applies."""

    offence: str
    rank: str
    years: int
    ends: date | None
    expired: bool | None
    """``None``: over by today, but nobody told when the case was filed, which decides."""
    why: str
    cite: tuple[str, ...]
    person: str = ""


@dataclass(frozen=True)
class LegalEvent:
    """A change of the law that matters for the case."""

    event: str
    date: date
    cite: tuple[str, ...]
    decides: bool = True
    """It changed an offence, a range or how they are read; false for a standard or an administrative law."""


@dataclass(frozen=True)
class DayLaw:
    """行为时法、裁判时法: which law applies, and the days that decide."""

    apply: str
    cite: tuple[str, ...]
    events: tuple[LegalEvent, ...] = ()


@dataclass(frozen=True)
class Missing:
    """A fact that is not known and would change something."""

    key: str
    label: str
    effect: str
    person: str = ""


@dataclass(frozen=True)
class LossLine:
    """One item of the loss and whether it counts as direct."""

    name: str
    wan: float
    counts: bool | None
    """``None``: the standard does not decide; the handler does."""
    why: str


@dataclass(frozen=True)
class LossFinding:
    """直接经济损失 by the standard of the day."""

    standard: str
    wan: float
    lines: tuple[LossLine, ...]
    cite: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Assessment:
    """宽严研判 of one case."""

    sheet: FactSheet
    offences: tuple[OffenceFinding, ...] = ()
    not_offences: tuple[NotOffence, ...] = ()
    strict: tuple[CircumstanceFinding, ...] = ()
    lenient: tuple[CircumstanceFinding, ...] = ()
    options: tuple[OptionFinding, ...] = ()
    limitation: tuple[LimitationFinding, ...] = ()
    day_law: DayLaw = field(default_factory=lambda: DayLaw("", ()))
    missing: tuple[Missing, ...] = ()
    contradictions: tuple[str, ...] = ()
    loss: LossFinding | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    """Labels of the facts by key, for whoever shows them."""
