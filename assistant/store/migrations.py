"""Migrations: named functions in the order in which they are applied, each exactly once, each in its own transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, text

Migration = Callable[[Connection], None]


def m001_conversations(connection: Connection) -> None:
    """Conversations and their turns."""
    _run(
        connection,
        (
            "CREATE TABLE conversations (id VARCHAR PRIMARY KEY, owner VARCHAR NOT NULL, title VARCHAR NOT NULL,"
            " created TIMESTAMP NOT NULL, updated TIMESTAMP NOT NULL)",
            "CREATE INDEX ix_conversations_owner ON conversations (owner)",
            "CREATE TABLE turns (id VARCHAR PRIMARY KEY,"
            " conversation_id VARCHAR NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,"
            " position INTEGER NOT NULL, question VARCHAR NOT NULL, read_on DATE, answer JSON NOT NULL, created TIMESTAMP NOT NULL)",
            "CREATE INDEX ix_turns_conversation_id ON turns (conversation_id)",
        ),
    )


def m002_feedback(connection: Connection) -> None:
    """Feedback on an answer or on one sentence of it."""
    _run(
        connection,
        (
            "CREATE TABLE feedback (id VARCHAR PRIMARY KEY, turn_id VARCHAR NOT NULL REFERENCES turns (id) ON DELETE CASCADE,"
            " verdict VARCHAR NOT NULL, sentence VARCHAR NOT NULL, note VARCHAR NOT NULL, created TIMESTAMP NOT NULL)",
            "CREATE INDEX ix_feedback_turn_id ON feedback (turn_id)",
        ),
    )


def m003_materials(connection: Connection) -> None:
    """Files that a reader brought into a conversation."""
    _run(
        connection,
        (
            "CREATE TABLE materials (id VARCHAR PRIMARY KEY,"
            " conversation_id VARCHAR NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,"
            " name VARCHAR NOT NULL, kind VARCHAR NOT NULL, pages INTEGER NOT NULL, passages INTEGER NOT NULL,"
            " notes JSON NOT NULL, created TIMESTAMP NOT NULL)",
            "CREATE INDEX ix_materials_conversation_id ON materials (conversation_id)",
        ),
    )


MIGRATIONS: tuple[Migration, ...] = (m001_conversations, m002_feedback, m003_materials)


def migrate(engine: Engine, migrations: tuple[Migration, ...] = MIGRATIONS) -> list[str]:
    """Apply what has not been applied; returns the names of what was."""
    with engine.begin() as connection:
        _run(connection, ("CREATE TABLE IF NOT EXISTS migrations (name VARCHAR PRIMARY KEY, applied TIMESTAMP NOT NULL)",))
        done = set(connection.scalars(text("SELECT name FROM migrations")))
    fresh = [migration for migration in migrations if migration.__name__ not in done]
    for migration in fresh:
        with engine.begin() as connection:
            migration(connection)
            row = {"name": migration.__name__, "applied": datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" ")}
            connection.execute(text("INSERT INTO migrations (name, applied) VALUES (:name, :applied)"), row)
    return [migration.__name__ for migration in fresh]


def _run(connection: Connection, statements: tuple[str, ...]) -> None:
    for statement in statements:
        connection.execute(text(statement))
