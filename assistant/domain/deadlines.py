"""时限: how long after which event something has to be done, as data, and the date that comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from assistant.domain.provision import STRICT

UnitKey = Literal["hour", "day", "workday", "month"]
UNITS: Mapping[str, str] = {"hour": "小时", "day": "日", "workday": "个工作日", "month": "个月"}


@dataclass(frozen=True)
class Counting:
    """How the days of a period are counted."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    says: str
    cite: tuple[str, ...]


@dataclass(frozen=True)
class Longer:
    """延长: it begins where the period ends."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    amount: int
    unit: UnitKey
    when: str


@dataclass(frozen=True)
class Deadline:
    """What has to be done within a time."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    do: str
    who: str
    cite: tuple[str, ...]
    amount: int | None = None
    """``None``: the law names no number, or none that is proven."""
    unit: UnitKey = "day"
    said: str = ""
    """What the law says instead of a number: 立即, 及时."""
    counting: Literal["criminal", "custody", "either", "plain", "workdays", "fire"] = "plain"
    longer: tuple[Longer, ...] = ()
    note: str = ""
    papers: tuple[str, ...] = ()
    confidence: Literal["A", "B", "M"] = "A"
    """M: shown as 需核对, never computed."""

    @property
    def term(self) -> str:
        """3日, 10个工作日, 立即."""
        return f"{self.amount}{UNITS[self.unit]}" if self.amount is not None else self.said


@dataclass(frozen=True)
class Event:
    """From what a time runs."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    key: str
    name: str
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True)
class Way:
    """One procedure, in the order of its events."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    name: str
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Holidays:
    """法定节假日 of one year, as the user enters them."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    off: tuple[date, ...] = ()
    work: tuple[date, ...] = ()
    """Weekend days on which work is done."""


@dataclass(frozen=True)
class DeadlineBook:
    """Everything of ``knowledge_base/deadlines.yaml``."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    countings: Mapping[str, Counting]
    months: Counting
    """How months are counted, whatever else holds."""
    ways: tuple[Way, ...]
    holidays: Mapping[int, Holidays] = field(default_factory=dict)

    @property
    def events(self) -> Iterator[Event]:
        """All events."""
        return (event for way in self.ways for event in way.events)


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a period."""

    on: date
    free: date | None = None
    """The last day for a suspect who is not detained, where it differs."""
    moved: date | None = None
    """The day off on which it would have ended."""
    weekends_only: bool = False
    """A year without holidays in the data had a part in it: only weekends were left out."""
    when: str = ""
    """Under what condition, for an extended period."""
