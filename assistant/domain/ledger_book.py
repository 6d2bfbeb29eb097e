"""台账's data that a lawyer edits (``knowledge_base/ledger.yaml``), and what was understood of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from assistant.domain.ledger import Gap, Level, State
from assistant.domain.provision import STRICT
from assistant.domain.screening import Role


@dataclass(frozen=True)
class Within:
    """How far back counts; one of them is set."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    days: int = 0
    years: int = 0


@dataclass(frozen=True)
class RepeatRule:
    """A rule that may apply to a gap that came back after a penalty, and what has to be on record for it to be shown."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    key: str
    title: str
    says: str
    """The rule with all its conditions."""
    cite: tuple[str, ...]
    laws: tuple[str, ...] = ()
    """The gap has to rest on one of these; empty: on any."""
    levels: tuple[Level, ...] = ()
    penalties: int = 0
    """So many penalties for this gap at least."""
    site_penalties: int = 0
    """So many penalties at this site at least."""
    within: Within = Within()
    kinds: tuple[str, ...] = ()
    """A penalty's kind or number has to hold one of these words."""
    crime: bool = False


@dataclass(frozen=True)
class LedgerBook:
    """The file."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    soon_days: int
    table: Role
    levels: Mapping[Level, tuple[str, ...]]
    states: Mapping[State, tuple[str, ...]]
    findings: Role
    repeats: tuple[RepeatRule, ...]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of a table that can become one of the ledger."""

    site: str
    """Empty where the table does not say."""
    gap: Gap
    id: str = ""
    """系统编号 of a row that this ledger gave out."""
    number: int = 0
    """In the file, as Excel counts."""
    sheet: str = ""
    given: frozenset[str] = frozenset()
    """Fields that the table has a value for."""
    cells: Sequence[str] = ()
    """As they stand in the table."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out, with what to do about it; its cells are kept."""

    sheet: str
    number: int
    what: str
    cells: Sequence[str]


@dataclass(frozen=True)
class Understood:
    """What was understood of a table, before anything is written."""

    name: str
    headings: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    """Name of each field of the ledger to the heading that it was read from."""
    kept: tuple[str, ...] = ()
    """Headings that the ledger has no field for; they are kept with each row."""
    rows: Sequence[ReadRow] = ()
    bad: Sequence[BadRow] = ()
    notes: tuple[str, ...] = ()
    findings: bool = False
    """Whether it was read as findings of a monitoring platform."""


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    added: int = 0
    again: int = 0
    """Rows whose gap was found again, or whose fields were changed."""
    same: int = 0
    """Rows that were there already, just so."""
    bad: Sequence[BadRow] = ()
    sites: tuple[str, ...] = ()
