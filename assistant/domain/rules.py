"""Rules of 宽严研判 as data: what has to hold, in conditions over facts, each with its articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Literal

from assistant.domain.facts import FactKey
from assistant.domain.provision import STRICT, Span
from assistant.domain.told import ToldWords

Condition = Mapping[str, Any]
"""``{deaths: {from: 3}, responsibility: [main, full]}``: each entry must hold. ``rules/conditions.py`` tells what may stand here."""


@dataclass(frozen=True)
class ElementRule:
    """构成要件."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    name: str
    when: Condition
    cite: tuple[str, ...]
    otherwise: str = ""
    """Why there is no offence where it does not hold."""
    check: str = ""
    """What has to be checked where it is not known: the offence is then a candidate. Empty: it is only conditional."""


@dataclass(frozen=True)
class Ground:
    """A reason that holds under a condition."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    when: Condition
    reason: str
    cite: tuple[str, ...]


@dataclass(frozen=True)
class OffenceRule:
    """When an offence is thought of, what it needs, and what takes its place."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    offence: str
    """Id of the record, which holds the tiers."""
    consider: Condition
    elements: tuple[ElementRule, ...]
    yields: tuple[Ground, ...] = ()
    """Where another offence takes its place, or it must not be charged beside."""
    name: str = ""
    """Where the record stands for several names."""
    article: str = ""
    note: str = ""
    general: bool = False
    """What deaths and injuries are held against where nothing special is told; unless it was, nobody is cleared of them."""
    safety: bool = False
    """One of the offences to which 法释〔2015〕22号第12条、第13条 apply: 刑法第132条, 第134条 to 第139条之一."""
    text_from: date | None = None
    """First day whose wording of the article is at hand, where it was rewritten since 1997; before it the offence is only a candidate."""


@dataclass(frozen=True)
class CircumstanceRule:
    """宽严情节."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    key: str
    item: str
    effect: str
    direction: Literal["strict", "lenient"]
    must: bool | None
    when: Condition
    cite: tuple[str, ...]
    evidence: tuple[str, ...] = ()
    effective: Span = Span()


@dataclass(frozen=True)
class TickRule:
    """One condition of an option."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    text: str
    when: Condition


@dataclass(frozen=True)
class OptionRule:
    """可选处理; ``text`` is its condition in words."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    key: str
    option: str
    text: str
    cite: tuple[str, ...]
    consider: Condition
    """When it is worth a line at all."""
    needs: tuple[TickRule, ...] = ()
    bars: tuple[Ground, ...] = ()
    """The first that holds makes it unavailable."""
    asked: tuple[str, ...] = ()
    """Other words by which a question asks for it: 不捕."""
    must: bool = False
    """应当, not 可以, once its conditions hold."""


@dataclass(frozen=True)
class LegalChange:
    """A day on which the law of some offences changed."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    event: str
    date: date
    cite: tuple[str, ...]
    offences: tuple[str, ...]
    kind: Literal["statute", "interpretation", "other"] = "interpretation"
    """``other``: an administrative law or a standard, which changes neither offence nor range."""
    when: Condition = field(default_factory=dict)
    """Cases that it matters for."""


@dataclass(frozen=True)
class LimitationStep:
    """追诉时效 for a highest penalty below so many years; ``below`` is ``None`` for life and death."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    below: float | None
    years: int
    cite: tuple[str, ...]


@dataclass(frozen=True)
class LossKind:
    """An item of loss as people write it, and whether each standard counts it as direct."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    name: str
    since: date
    """From this day the new standard holds."""
    words: tuple[str, ...]
    """What the item may be called; parts set apart by a space must all occur."""
    new: bool | None
    """By GB 6721—2025."""
    old: bool | None
    """By GB/T 6721—1986. ``None``, here as above: the standard does not settle it."""
    why: str = ""


@dataclass(frozen=True)
class RuleBook:
    """Everything of ``knowledge_base/rules/``."""

    facts: Mapping[str, FactKey]
    offences: tuple[OffenceRule, ...] = ()
    circumstances: tuple[CircumstanceRule, ...] = ()
    options: tuple[OptionRule, ...] = ()
    changes: tuple[LegalChange, ...] = ()
    limitation: tuple[LimitationStep, ...] = ()
    """By highest penalty, the lowest first."""
    loss: tuple[LossKind, ...] = ()
    told: ToldWords | None = None
