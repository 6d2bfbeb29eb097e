"""Conversations, turns and feedback, as values. Every question is asked in the name of an owner: nobody reads another's."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import create_engine, event, func, select, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from assistant.errors import HomeError, NotFound
from assistant.settings import Settings
from assistant.store.migrations import migrate
from assistant.store.tables import ConversationRow, FeedbackRow, TurnRow, now
from assistant.store.words import said

FILE = "anheng.db"


@dataclass(frozen=True, slots=True)
class Conversation:
    """咨询 in the list of the past ones."""

    id: str
    title: str
    updated: datetime
    """UTC."""


@dataclass(frozen=True, slots=True)
class Turn:
    """一问一答."""

    id: str
    question: str
    answer: dict[str, Any]
    """The answer as ``answer.render.to_json`` wrote it."""
    on: date | None = None
    """The date of the act, where the user gave one."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """反馈: what a reader says of an answer."""

    verdict: str
    """有用 or 有误."""
    sentence: str = ""
    """The statement that is wrong; empty for the whole answer."""
    note: str = ""


class Repository:
    """What users leave behind. ``url`` is SQLAlchemy's; SQLite by default, see ``in_home``."""

    def __init__(self, url: str) -> None:
        try:
            self._engine = create_engine(_SCHEME.sub("postgresql+psycopg://", url))
            if self._engine.dialect.name == "sqlite":
                event.listen(self._engine, "connect", _prepare)
            migrate(self._engine)
        except ModuleNotFoundError as error:
            raise HomeError(
                "设置的数据库是 PostgreSQL，但没有安装它的驱动，请运行 pip install 'anheng[postgres]' 后重试。"
            ) from error
        except SQLAlchemyError as error:
            raise HomeError(_SENTENCE.format(error=getattr(error, "orig", error))) from error
        self._sessions = sessionmaker(self._engine)

    @classmethod
    def of(cls, settings: Settings) -> Repository:
        """The database that the settings name, else the one of the home."""
        url = settings.store.url.get_secret_value()
        return cls(url) if url else cls.in_home(settings.home)

    @classmethod
    def in_home(cls, home: Path) -> Repository:
        """The repository of a home, made at first use."""
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HomeError(f"数据目录 {home} 无法建立（{error.strerror}），请检查权限，或用 ANHENG_HOME 指定别处。") from error
        return cls(f"sqlite:///{home / FILE}")

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def start(self, owner: str, title: str) -> str:
        """A new conversation; returns its id."""
        started = now()
        with self._session() as session:
            row = ConversationRow(id=uuid4().hex, owner=owner, title=title, created=started, updated=started)
            session.add(row)
            return row.id

    def add_turn(self, owner: str, conversation_id: str, turn: Turn) -> None:
        """Append a turn to the owner's conversation."""
        with self._session() as session:
            conversation = self._conversation(session, owner, conversation_id)
            count = select(func.count()).where(TurnRow.conversation_id == conversation_id)
            position = session.scalar(count) or 0
            conversation.updated = now()
            session.add(turn_row(conversation_id, position, turn))

    def conversations(self, owner: str, limit: int = 200) -> list[Conversation]:
        """The owner's conversations, the latest first."""
        wanted = select(ConversationRow).where(ConversationRow.owner == owner).order_by(ConversationRow.updated.desc())
        with self._session() as session:
            return [Conversation(row.id, row.title, row.updated) for row in session.scalars(wanted.limit(limit))]

    def turns(self, owner: str, conversation_id: str) -> list[Turn]:
        """The turns of the owner's conversation; ``NotFound`` where there is none such."""
        wanted = select(TurnRow).where(TurnRow.conversation_id == conversation_id).order_by(TurnRow.position)
        with self._session() as session:
            self._conversation(session, owner, conversation_id)
            return [Turn(row.id, row.question, row.answer, row.read_on) for row in session.scalars(wanted)]

    def delete(self, owner: str, conversation_id: str) -> None:
        """Delete the owner's conversation with all that hangs on it; no word of it stays in the file."""
        with self._session() as session:
            session.delete(self._conversation(session, owner, conversation_id))
        self._shrink()

    def add_feedback(self, owner: str, turn_id: str, feedback: Feedback) -> None:
        """Keep what the owner says of an answer."""
        mine = select(TurnRow.id).join(ConversationRow, ConversationRow.id == TurnRow.conversation_id)
        with self._session() as session:
            if session.scalar(mine.where(TurnRow.id == turn_id, ConversationRow.owner == owner)) is None:
                raise NotFound("这条回答已不在记录里，反馈没有保存。")
            session.add(
                FeedbackRow(
                    id=uuid4().hex,
                    turn_id=turn_id,
                    verdict=feedback.verdict,
                    sentence=feedback.sentence,
                    note=feedback.note,
                    created=now(),
                )
            )

    def feedback(self, owner: str, conversation_id: str) -> list[tuple[str, Feedback]]:
        """(turn id, feedback) of the owner's conversation, in order of time."""
        wanted = select(FeedbackRow).join(TurnRow, TurnRow.id == FeedbackRow.turn_id).order_by(FeedbackRow.created)
        with self._session() as session:
            self._conversation(session, owner, conversation_id)
            rows = session.scalars(wanted.where(TurnRow.conversation_id == conversation_id))
            return [(row.turn_id, Feedback(row.verdict, row.sentence, row.note)) for row in rows]

    def _shrink(self) -> None:
        """Write the file anew without what was deleted, also by versions of the program that left it in free pages."""
        self._forget("VACUUM")

    def _forget(self, *first: str) -> None:
        """What was deleted or changed is gone from the log beside the file too."""
        if self._engine.dialect.name != "sqlite":
            return
        # What was deleted is overwritten already: while another process reads, that has to do.
        with suppress(OperationalError), self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for statement in (*first, "PRAGMA wal_checkpoint(TRUNCATE)"):
                connection.execute(text(statement))

    @staticmethod
    def _conversation(session: Session, owner: str, conversation_id: str) -> ConversationRow:
        row = session.get(ConversationRow, conversation_id)
        if row is None or row.owner != owner:
            raise NotFound("这次咨询已不在记录里，请新建一次咨询。")
        return row

    @contextmanager
    def _session(self) -> Iterator[Session]:
        try:
            with self._sessions.begin() as session:
                yield session
        except SQLAlchemyError as error:
            raise HomeError(_SENTENCE.format(error=getattr(error, "orig", error))) from error


def turn_row(conversation_id: str, position: int, turn: Turn) -> TurnRow:
    """A turn as its table keeps it."""
    return TurnRow(
        id=turn.id,
        conversation_id=conversation_id,
        position=position,
        question=turn.question,
        read_on=turn.on,
        answer=turn.answer,
        said=said(turn.answer),
        created=now(),
    )


_SCHEME = re.compile(r"^postgres(ql)?://")
_SENTENCE = "咨询记录无法读写（{error}），请检查数据目录的权限和磁盘空间；设置了 ANHENG_STORE__URL 的，请检查数据库是否开着。"


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """SQLite checks foreign keys, and so deletes in cascade, and overwrites what it deletes, only when asked to."""
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA busy_timeout=30000")
    connection.execute("PRAGMA secure_delete=ON")
