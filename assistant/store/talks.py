"""What an owner does with conversations besides asking: search, rename, ask a turn anew, go on elsewhere from a turn."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from assistant.errors import NotFound, UsageError
from assistant.store.repository import Conversation, Repository, Turn, turn_row
from assistant.store.tables import ConversationRow, TurnRow, now
from assistant.store.words import excerpt

LONGEST = 60
"""Characters of a title."""
_WORDS = 8
"""More words than these narrow no search."""


@dataclass(frozen=True, slots=True)
class Match:
    """A conversation in which words were found."""

    conversation: Conversation
    excerpt: str
    """The line around the first word; empty where it stands in the title alone."""


class Talks:
    """The conversations of a repository, in their owners' names."""

    def __init__(self, repository: Repository) -> None:
        self._session, self._owned, self._forget = repository._session, repository._conversation, repository._forget

    def get(self, owner: str, conversation_id: str) -> Conversation:
        """One of the owner's conversations; ``NotFound`` where there is none such."""
        with self._session() as session:
            row = self._owned(session, owner, conversation_id)
            return Conversation(row.id, row.title, row.updated)

    def search(self, owner: str, query: str, limit: int = 50) -> list[Match]:
        """The owner's conversations, the latest first, with a turn or title that holds every word of the query."""
        words = query.split()[:_WORDS]
        if not words:
            return []
        places = (ConversationRow.title, TurnRow.question, TurnRow.said)
        held = [or_(*(place.icontains(word, autoescape=True) for place in places)) for word in words]
        wanted = (
            select(ConversationRow, TurnRow.question, TurnRow.said)
            .join(TurnRow, TurnRow.conversation_id == ConversationRow.id)
            .where(ConversationRow.owner == owner, *held)
            .order_by(ConversationRow.updated.desc(), TurnRow.position)
        )
        found: dict[str, Match] = {}
        with self._session() as session:
            for row, question, words_said in session.execute(wanted):
                if row.id not in found:
                    line = excerpt(f"{question}\n{words_said}", words)
                    found[row.id] = Match(Conversation(row.id, row.title, row.updated), line)
                if len(found) == limit:
                    break
        return list(found.values())

    def rename(self, owner: str, conversation_id: str, title: str) -> None:
        """Call the owner's conversation by another name, of 1 to ``LONGEST`` characters."""
        name = " ".join(title.split())
        if not name:
            raise UsageError("名称不能是空的，请写几个字再保存。")
        if len(name) > LONGEST:
            raise UsageError(f"名称太长，请写在{LONGEST}字以内。")
        with self._session() as session:
            self._owned(session, owner, conversation_id).title = name
        self._forget()

    def put(self, owner: str, conversation_id: str, turn: Turn, instead_of: str, *, later_stay: bool) -> None:
        """Put a turn in the place of another; those after it stay or go."""
        with self._session() as session:
            conversation = self._owned(session, owner, conversation_id)
            old = session.get(TurnRow, instead_of)
            if old is None or old.conversation_id != conversation_id:
                raise NotFound("要改的这一问已不在记录里，请刷新页面后再问。")
            position = old.position
            gone = select(TurnRow).where(TurnRow.conversation_id == conversation_id, TurnRow.position > position)
            for row in [old, *(() if later_stay else session.scalars(gone))]:
                session.delete(row)
            session.flush()
            session.add(turn_row(conversation_id, position, turn))
            conversation.updated = now()
        self._forget()

    def branch(self, owner: str, conversation_id: str, turn_id: str) -> str:
        """A new conversation with the turns up to this one; returns its id."""
        with self._session() as session:
            conversation = self._owned(session, owner, conversation_id)
            turns = self._until(session, conversation_id, turn_id)
            started, title = now(), f"另起：{conversation.title}"[:LONGEST]
            row = ConversationRow(id=uuid4().hex, owner=owner, title=title, created=started, updated=started)
            session.add(row)
            session.flush()
            for old in turns:
                turn = Turn(uuid4().hex, old.question, old.answer, old.read_on)
                session.add(turn_row(row.id, old.position, turn))
            return row.id

    def repoint(self, owner: str, conversation_id: str, renamed: Mapping[str, str]) -> None:
        """Let the citations of a conversation point to files under their new ids."""
        with self._session() as session:
            self._owned(session, owner, conversation_id)
            for turn in session.scalars(select(TurnRow).where(TurnRow.conversation_id == conversation_id)):
                written = json.dumps(turn.answer)
                for old, new in renamed.items():
                    written = written.replace(f"material/{old}/", f"material/{new}/")
                turn.answer = json.loads(written)

    def _until(self, session: Session, conversation_id: str, turn_id: str) -> Sequence[TurnRow]:
        wanted = select(TurnRow).where(TurnRow.conversation_id == conversation_id).order_by(TurnRow.position)
        turns = list(session.scalars(wanted))
        last = next((place for place, turn in enumerate(turns) if turn.id == turn_id), None)
        if last is None:
            raise NotFound("这一问已不在记录里，请刷新页面后再试。")
        return turns[: last + 1]
