"""台账: gaps that became rows, what happened to each row and when, and how a ledger travels between two homes.

A ledger (one site of one owner) is a chain of entries (``domain/ledger_chain.py``); its rows are what the entries add up to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """隐患等级."""

    MAJOR = "重大"
    SERIOUS = "较大"
    MINOR = "一般"


OVERDUE, UNCLOSED = "逾期", "未销号"
"""States that follow from others: the deadline has passed; anything but 已销号."""


class State(StrEnum):
    """整改状态. 逾期 is none of them: it follows from the deadline and the day."""

    OPEN = "待整改"
    AT_WORK = "整改中"
    TO_CHECK = "待复查"
    CLOSED = "已销号"


class Deed(StrEnum):
    """What an entry does."""

    BEGIN = "立账"
    """The first entry of a ledger: its site."""
    REGISTER = "登记"
    CHANGE = "变更"
    """Fields of a row other than its state."""
    STATE = "状态"
    EVIDENCE = "证据"
    AGAIN = "再次发现"
    """The same gap was found while its row was still open."""
    PENALTY = "处罚"
    """An authority has punished this gap; ``after`` has ``on``, ``number`` and ``kind``."""
    REMARK = "检察意见"
    """A reviewer's 回看意见."""


@dataclass(frozen=True, slots=True)
class Gap:
    """隐患 as a self-check, a table or a monitoring platform found it: what becomes a row."""

    key: str
    """Id of the tip or of the question it came from: what makes two gaps the same one. Empty where neither is known."""
    hazard: str
    level: Level = Level.MINOR
    duty: str = ""
    """What the law demands, in our words."""
    cites: tuple[str, ...] = ()
    """References ``法律#条/款/项`` for duty and liability."""
    liability: tuple[str, ...] = ()
    """Administrative and criminal consequences, a sentence each."""
    measure: str = ""
    post: str = ""
    """责任岗位."""
    deadline: date | None = None
    source: str = ""
    """自查 2026-11-26, 监测平台 摄像头3号."""
    found: date | None = None
    """发现日; the day of registration where not known."""
    person: str = ""
    """责任人."""
    state: State = State.OPEN
    note: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Columns of a table that the ledger has no field for, by their heading."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """证据文件, kept by its content."""

    name: str
    sha256: str
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Penalty:
    """行政处罚 that a gap has already brought."""

    on: date
    kind: str = ""
    """罚款, 责令停产停业, …"""
    number: str = ""
    """处罚决定书文号."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """台账行: one gap at one site, as its entries add up."""

    id: str
    number: int
    """序号 in its ledger, from 1, in the order of registration."""
    gap: Gap
    state: State
    updated: str
    """UTC, ISO form, of the last entry."""
    evidence: tuple[Evidence, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    repeats: int = 0
    """How many earlier rows of this ledger have the same gap, and how many times it was found again while open."""
    after_penalty: tuple[Penalty, ...] = ()
    """Penalties for the same gap on or before the day it was found again."""
    remarks: int = 0
    seen: tuple[str, ...] = ()
    """What names each find of the gap, so that none is counted twice."""

    def overdue(self, today: date) -> bool:
        """逾期: the deadline has passed and the row is not closed."""
        return self.state is not State.CLOSED and self.gap.deadline is not None and self.gap.deadline < today


@dataclass(frozen=True, slots=True)
class Ledger:
    """台账 of one site."""

    id: str
    """In this home."""
    chain: str
    """Its identity wherever it travels."""
    owner: str
    site: str
    signer: str
    """Fingerprint of the home it was received from; empty for one of this home. A received one takes remarks only."""
    length: int
    head: str
    """Hash of its last link."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What ``verify`` found changed."""

    site: str
    where: str
    """第3条, 证据 照片.jpg, 行 12."""
    what: str


@dataclass(frozen=True, slots=True)
class Filter:
    """What of a ledger is looked at; every field that is set has to hold."""

    ledger: str = ""
    """Id; empty for all sites of the owner."""
    state: str = ""
    """A ``State``, 逾期, 未销号, or empty."""
    month: str = ""
    """Of the day it was found: 2026-11."""
    person: str = ""
    """责任人 or 责任岗位."""
    words: str = ""
    """In the hazard."""
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows there are, by what the charts show."""

    total: int = 0
    states: Mapping[str, int] = field(default_factory=dict)
    """By state; 逾期 beside them counts rows of any open state."""
    sites: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    """Found in that month."""
    closed_months: Mapping[str, int] = field(default_factory=dict)
    """Of those found in that month, 已销号."""
    people: Mapping[str, int] = field(default_factory=dict)
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class PacketInfo:
    """数据包: what one says about itself, once its signature and every part have been checked."""

    chain: str
    site: str
    made: str
    """UTC, ISO form."""
    by: str
    entries: int
    fingerprint: str
    """Of the key that signed it: 16 hex digits in fours."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a packet did."""

    ledger: Ledger
    packet: PacketInfo
    added: int
    """Entries that were new here."""
    remarks: int
    """Of these, 检察意见."""
    files: int
    """Evidence files that were new here."""
