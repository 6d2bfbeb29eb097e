"""Tables of the 台账. Days are ISO text, empty where not known, so that both databases order and compare them alike."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.tables import Base

UNDATED, DONE = "9998", "9999"
"""Behind every day."""


class LedgerTable(Base):
    """台账 of one site."""

    __tablename__ = "ledgers"
    id: Mapped[str] = mapped_column(primary_key=True)
    chain: Mapped[str]
    owner: Mapped[str]
    site: Mapped[str]
    signer: Mapped[str]
    length: Mapped[int]
    """How many links there are: what was cut off at the end is missed."""
    head: Mapped[str]
    created: Mapped[datetime]


class EntryTable(Base):
    """A link of a ledger's chain; written once."""

    __tablename__ = "ledger_entries"
    ledger_id: Mapped[str] = mapped_column(ForeignKey("ledgers.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    row_id: Mapped[str]
    body: Mapped[bytes]
    via: Mapped[str]
    hash: Mapped[str]


class RowTable(Base):
    """A row as its entries add up: made from them, never the other way round."""

    __tablename__ = "ledger_rows"
    ledger_id: Mapped[str] = mapped_column(ForeignKey("ledgers.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    owner: Mapped[str]
    alike: Mapped[str]
    hazard: Mapped[str]
    """Its first characters, to be searched."""
    state: Mapped[str]
    due: Mapped[str]
    """The deadline while it is open; ``UNDATED`` where there is none, ``DONE`` once it is closed: what presses comes first."""
    month: Mapped[str]
    """In which it was found."""
    person: Mapped[str]
    post: Mapped[str]
    repeats: Mapped[int]
    data: Mapped[bytes]
    """The row as JSON."""
