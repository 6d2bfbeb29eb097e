"""Lectures that were saved, with all their versions. Every one in the name of an owner: nobody reads another's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from assistant.errors import NotFound
from assistant.store.repository import Repository
from assistant.store.tables import LectureRow, LectureVersionRow, now

_WORDS, _TITLE = 8, 60
"""More words than these narrow no search; characters of a title that are kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved lecture in the list, in one version."""

    id: str
    title: str
    version: int
    updated: datetime
    """UTC."""
    content: dict[str, Any]
    """As ``documents.lecture_json`` wrote it."""


class Lectures:
    """The lectures of a repository."""

    def __init__(self, repository: Repository) -> None:
        self._session, self._shrink = repository._session, repository._shrink

    def save(self, owner: str, title: str, content: dict[str, Any], said: str, lecture_id: str = "") -> tuple[str, int]:
        """Keep a lecture, as the next version of the owner's ``lecture_id`` where one is named; returns its id and version."""
        name, said = (_whole(one) for one in (" ".join(title.split())[:_TITLE], said))
        with self._session() as session:
            if lecture_id:
                row = self._owned(session, owner, lecture_id)
                row.title, row.updated = name, now()
            else:
                row = LectureRow(id=uuid4().hex, owner=owner, title=name, created=now(), updated=now())
                session.add(row)
                session.flush()
            last = select(func.max(LectureVersionRow.number)).where(LectureVersionRow.lecture_id == row.id)
            number = (session.scalar(last) or 0) + 1
            session.add(
                LectureVersionRow(id=uuid4().hex, lecture_id=row.id, number=number, content=content, said=said, created=now())
            )
            return row.id, number

    def find(self, owner: str, query: str = "", limit: int = 50) -> list[Kept]:
        """The owner's lectures in their latest version, the latest first, that hold every word of the query."""
        words = query.split()[:_WORDS]
        latest = (
            select(LectureVersionRow.lecture_id, func.max(LectureVersionRow.number).label("number"))
            .group_by(LectureVersionRow.lecture_id)
            .subquery()
        )
        wanted = (
            select(LectureRow, LectureVersionRow)
            .join(latest, latest.c.lecture_id == LectureRow.id)
            .join(
                LectureVersionRow,
                (LectureVersionRow.lecture_id == LectureRow.id) & (LectureVersionRow.number == latest.c.number),
            )
            .where(LectureRow.owner == owner)
            .order_by(LectureRow.updated.desc())
            .limit(limit)
        )
        for word in words:
            held = (LectureRow.title.icontains(word, autoescape=True), LectureVersionRow.said.icontains(word, autoescape=True))
            wanted = wanted.where(or_(*held))
        with self._session() as session:
            return [_kept(row, version) for row, version in session.execute(wanted)]

    def load(self, owner: str, lecture_id: str, version: int | None = None) -> Kept:
        """One of the owner's lectures, in its latest version or the one named; ``NotFound`` where there is none such."""
        wanted = select(LectureVersionRow).where(LectureVersionRow.lecture_id == lecture_id)
        if version is not None:
            wanted = wanted.where(LectureVersionRow.number == version)
        with self._session() as session:
            row = self._owned(session, owner, lecture_id)
            found = session.scalars(wanted.order_by(LectureVersionRow.number.desc())).first()
            if found is None:
                raise NotFound("这一讲没有这个版本，请在列表里另选。")
            return _kept(row, found)

    def versions(self, owner: str, lecture_id: str) -> list[tuple[int, datetime]]:
        """Number and time (UTC) of every version, the latest first."""
        wanted = select(LectureVersionRow).where(LectureVersionRow.lecture_id == lecture_id)
        with self._session() as session:
            self._owned(session, owner, lecture_id)
            rows = session.scalars(wanted.order_by(LectureVersionRow.number.desc()))
            return [(row.number, row.created) for row in rows]

    def starting(self, owner: str, prefix: str) -> list[str]:
        """Ids of the owner's lectures that begin so."""
        wanted = select(LectureRow.id).where(LectureRow.owner == owner, LectureRow.id.startswith(prefix, autoescape=True))
        with self._session() as session:
            return list(session.scalars(wanted))

    def delete(self, owner: str, lecture_id: str) -> None:
        """Delete the owner's lecture with all its versions; no word of it stays in the file."""
        with self._session() as session:
            session.delete(self._owned(session, owner, lecture_id))
        self._shrink()

    @staticmethod
    def _owned(session: Session, owner: str, lecture_id: str) -> LectureRow:
        row = session.get(LectureRow, lecture_id)
        if row is None or row.owner != owner:
            raise NotFound("这一讲已不在记录里，请刷新列表。")
        return row


def _whole(text: str) -> str:
    """Without halves of characters, which no database takes."""
    return text.encode(errors="replace").decode()


def _kept(row: LectureRow, version: LectureVersionRow) -> Kept:
    return Kept(row.id, row.title, version.number, version.created, version.content)
