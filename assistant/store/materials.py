"""Rows of the files in a conversation. Every question is asked in the name of the conversation's owner."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from assistant.domain.material import Material
from assistant.errors import NotFound
from assistant.store.repository import Repository
from assistant.store.tables import ConversationRow, MaterialRow


class MaterialRows:
    """Files of conversations, in the repository's database; they go with their conversation."""

    def __init__(self, repository: Repository) -> None:
        self._session, self._owned, self._forget = repository._session, repository._conversation, repository._forget

    def add(self, owner: str, conversation: str, material: Material) -> None:
        """Keep a file of the owner's conversation; ``NotFound`` where there is none such, any more."""
        with self._session() as session:
            self._owned(session, owner, conversation)
            session.add(
                MaterialRow(
                    id=material.id,
                    conversation_id=conversation,
                    name=material.name,
                    kind=material.kind,
                    pages=material.pages,
                    passages=material.passages,
                    notes=list(material.notes),
                    created=datetime.now(UTC).replace(tzinfo=None),
                )
            )

    def of(self, owner: str, conversation: str) -> list[Material]:
        """The files of the owner's conversation, in the order in which they were added."""
        wanted = select(MaterialRow).where(MaterialRow.conversation_id == conversation).order_by(MaterialRow.created)
        with self._session() as session:
            self._owned(session, owner, conversation)
            return [_material(row) for row in session.scalars(wanted)]

    def remove(self, owner: str, conversation: str, material: str) -> None:
        """Remove one file of the owner's conversation; ``NotFound`` where there is none such."""
        with self._session() as session:
            self._owned(session, owner, conversation)
            row = session.get(MaterialRow, material)
            if row is None or row.conversation_id != conversation:
                raise NotFound("这份材料已不在这次咨询里。")
            session.delete(row)
        self._forget()

    def conversations(self) -> set[str]:
        """Ids of all conversations that there are."""
        with self._session() as session:
            return set(session.scalars(select(ConversationRow.id)))


def _material(row: MaterialRow) -> Material:
    return Material(row.id, row.name, row.kind, row.pages, row.passages, tuple(row.notes))
