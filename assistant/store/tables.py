"""Tables of what a user leaves behind: conversations, their turns and materials, feedback on answers, sources that were opened.

The schema itself is made by ``migrations``; a test holds the two together. Ids are random text, so that SQLite and
PostgreSQL need no dialect of their own. Times are UTC without a zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Root of the mapped classes."""


def now() -> datetime:
    """The time as the tables keep it."""
    return datetime.now(UTC).replace(tzinfo=None)


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
    said: Mapped[str] = mapped_column(server_default="")
    """The answer in words, to be searched: the JSON may be kept with its characters escaped."""
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


class OpenedRow(Base):
    """翻阅: a source of an answer that its reader opened."""

    __tablename__ = "opened"
    id: Mapped[str] = mapped_column(primary_key=True)
    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), index=True)
    source_id: Mapped[str]
    created: Mapped[datetime]


class LectureRow(Base):
    """一讲 of one owner; what it says lies in its versions."""

    __tablename__ = "lectures"
    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    created: Mapped[datetime]
    updated: Mapped[datetime]


class LectureVersionRow(Base):
    """A lecture as it was saved once: all of it, with the sources and the fingerprints of the law that it used."""

    __tablename__ = "lecture_versions"
    id: Mapped[str] = mapped_column(primary_key=True)
    lecture_id: Mapped[str] = mapped_column(ForeignKey("lectures.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    said: Mapped[str]
    """Its words, to be searched."""
    created: Mapped[datetime]
