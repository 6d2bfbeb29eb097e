"""Tables of what a user leaves behind: conversations, their turns and materials, and feedback on answers.

The schema itself is made by ``migrations``; a test holds the two together. Ids are random text, so that SQLite and
PostgreSQL need no dialect of their own. Times are UTC without a zone.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Root of the mapped classes."""


class ConversationRow(Base):
    """咨询: a question with its follow-ups, of one browser."""

    __tablename__ = "conversations"
    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    created: Mapped[datetime]
    updated: Mapped[datetime]


class TurnRow(Base):
    """一问一答; the answer is kept as JSON, so that its citations stay as they were shown."""

    __tablename__ = "turns"
    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    question: Mapped[str]
    read_on: Mapped[date | None]
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    created: Mapped[datetime]


class FeedbackRow(Base):
    """反馈 on an answer, or on one sentence of it."""

    __tablename__ = "feedback"
    id: Mapped[str] = mapped_column(primary_key=True)
    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), index=True)
    verdict: Mapped[str]
    sentence: Mapped[str]
    note: Mapped[str]
    created: Mapped[datetime]


class MaterialRow(Base):
    """材料: a file in a conversation; what was read of it lies in the home."""

    __tablename__ = "materials"
    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    kind: Mapped[str]
    pages: Mapped[int]
    passages: Mapped[int]
    notes: Mapped[list[str]] = mapped_column(JSON)
    created: Mapped[datetime]
