"""量刑档 and 罪名沿革 of an offence, as data: what opens a statutory range, and under which name it was known when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from assistant.domain.provision import STRICT, Span


@dataclass(frozen=True)
class Threshold:
    """量刑档 threshold: all that is set must hold. Persons are counted, loss is in 万元."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    deaths: int | None = None
    serious_injuries: int | None = None
    minor_injuries: int | None = None
    loss_wan: float | None = None
    illegal_gain_wan: float | None = None
    responsibility: tuple[str, ...] = ()
    """Accepted responsibility: 主要责任, 全部责任, 同等责任. Empty: the law asks for none."""
    also: str = ""
    """A further condition in words."""
    when: Mapping[str, Any] | None = field(default=None, hash=False)
    """The further condition over facts, as ``rules/conditions.py`` reads it; ``None``: only words tell it."""
    cite: tuple[str, ...] = ()
    """Where this threshold stands, where the tier's ``threshold_cite`` is not exact enough."""


@dataclass(frozen=True)
class SentencingTier:
    """量刑档: a statutory range and what opens it."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    name: str
    """基本档, 加重档."""
    label: str
    """The law's own name of the condition: 情节特别恶劣."""
    penalty: str
    """Statutory range in words: 三年以上七年以下有期徒刑."""
    cite: tuple[str, ...]
    """Where the range stands."""
    rank: str = ""
    """``lighter``, ``base``, ``aggravated``, ``third``; empty: told by the name."""
    max_years: int | None = None
    """最高刑 in years, for the limitation period; ``None`` where it is life or death."""
    min_years: int | None = None
    thresholds: tuple[Threshold, ...] = ()
    threshold_cite: tuple[str, ...] = ()
    effective: Span = Span()


@dataclass(frozen=True)
class NameChange:
    """罪名沿革."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    name: str
    effective: Span
    cite: tuple[str, ...]
