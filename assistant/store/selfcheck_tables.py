"""Tables of the self-check: sites, checks, and answers, which are only ever added."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.tables import Base


class SiteRow(Base):
    """场所 of one owner that is checked by its people."""

    __tablename__ = "selfcheck_sites"
    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    created: Mapped[datetime]


class MemberRow(Base):
    """Somebody else who answers at a site: whoever was given its code."""

    __tablename__ = "selfcheck_members"
    site_id: Mapped[str] = mapped_column(ForeignKey("selfcheck_sites.id", ondelete="CASCADE"), primary_key=True)
    owner: Mapped[str] = mapped_column(primary_key=True)


class SelfCheckRow(Base):
    """自查: one walk through a site."""

    __tablename__ = "selfchecks"
    id: Mapped[str] = mapped_column(primary_key=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("selfcheck_sites.id", ondelete="CASCADE"), index=True)
    checklist: Mapped[str]
    features: Mapped[list[str]] = mapped_column(JSON)
    size: Mapped[str]
    who: Mapped[str]
    asked: Mapped[dict[str, str]] = mapped_column(JSON)
    version: Mapped[int]
    """Answers so far: raised first by whoever writes one, so that two never take the same number."""
    started: Mapped[datetime]
    finished: Mapped[datetime | None]


class SelfCheckAnswerRow(Base):
    """An answer as it was given; written once, the latest of a question counts."""

    __tablename__ = "selfcheck_answers"
    check_id: Mapped[str] = mapped_column(ForeignKey("selfchecks.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question: Mapped[str]
    reply: Mapped[str]
    note: Mapped[str]
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    confirmed: Mapped[bool]
    who: Mapped[str]
    created: Mapped[datetime]
