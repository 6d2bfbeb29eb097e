"""What readers have shown of answers: 有用, 有误, sources opened. To be learnt from on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from assistant.errors import NotFound
from assistant.store.repository import Feedback, Repository
from assistant.store.tables import ConversationRow, FeedbackRow, OpenedRow, TurnRow, now


@dataclass(frozen=True, slots=True)
class Lesson:
    """An answered question with what its reader showed of the answer."""

    question: str
    answer: dict[str, Any]
    """As ``answer.render.to_json`` wrote it."""
    feedback: list[Feedback] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    """Ids of sources, in the order in which they were opened."""


class Lessons:
    """What the readers of a repository have shown."""

    def __init__(self, repository: Repository) -> None:
        self._session = repository._session

    def opened(self, owner: str, turn_id: str, source_id: str) -> None:
        """Keep that the owner opened a source of one of the owner's answers."""
        mine = select(TurnRow.id).join(ConversationRow, ConversationRow.id == TurnRow.conversation_id)
        with self._session() as session:
            if session.scalar(mine.where(TurnRow.id == turn_id, ConversationRow.owner == owner)) is None:
                raise NotFound("这条回答已不在记录里。")
            session.add(OpenedRow(id=uuid4().hex, turn_id=turn_id, source_id=source_id, created=now()))

    def all(self) -> Iterator[Lesson]:
        """Every turn of this machine that has feedback or opened sources, the oldest first."""
        with self._session() as session:
            lessons: dict[str, Lesson] = {}
            wanted = select(TurnRow).where(TurnRow.id.in_(select(FeedbackRow.turn_id).union(select(OpenedRow.turn_id))))
            for turn in session.scalars(wanted.order_by(TurnRow.created)):
                lessons[turn.id] = Lesson(turn.question, turn.answer)
            for row in session.scalars(select(FeedbackRow).order_by(FeedbackRow.created)):
                lessons[row.turn_id].feedback.append(Feedback(row.verdict, row.sentence, row.note))
            for seen in session.scalars(select(OpenedRow).order_by(OpenedRow.created)):
                lessons[seen.turn_id].opened.append(seen.source_id)
        yield from lessons.values()
