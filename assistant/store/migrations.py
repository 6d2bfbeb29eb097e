"""Migrations: named functions in the order in which they are applied, each exactly once, each in its own transaction."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, LargeBinary, text

from assistant.store.words import said

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


def m004_said(connection: Connection) -> None:
    """The words of every answer, to be searched."""
    _run(connection, ("ALTER TABLE turns ADD COLUMN said VARCHAR NOT NULL DEFAULT ''",))
    for key, answer in connection.execute(text("SELECT id, answer FROM turns")).all():
        words = said(json.loads(answer) if isinstance(answer, str) else answer)
        connection.execute(text("UPDATE turns SET said = :said WHERE id = :id"), {"said": words, "id": key})


def m005_opened(connection: Connection) -> None:
    """Sources of an answer that its reader opened."""
    _run(
        connection,
        (
            "CREATE TABLE opened (id VARCHAR PRIMARY KEY, turn_id VARCHAR NOT NULL REFERENCES turns (id) ON DELETE CASCADE,"
            " source_id VARCHAR NOT NULL, created TIMESTAMP NOT NULL)",
            "CREATE INDEX ix_opened_turn_id ON opened (turn_id)",
        ),
    )


def m006_ledgers(connection: Connection) -> None:
    """台账: the chain of each site's entries, and its rows as they add up."""
    binary = LargeBinary().compile(dialect=connection.dialect)
    _run(
        connection,
        (
            "CREATE TABLE ledgers (id VARCHAR PRIMARY KEY, chain VARCHAR NOT NULL, owner VARCHAR NOT NULL, site VARCHAR NOT NULL,"
            " signer VARCHAR NOT NULL, length INTEGER NOT NULL, head VARCHAR NOT NULL, created TIMESTAMP NOT NULL)",
            "CREATE UNIQUE INDEX ix_ledgers_owner_chain ON ledgers (owner, chain)",
            "CREATE TABLE ledger_entries (ledger_id VARCHAR NOT NULL REFERENCES ledgers (id) ON DELETE CASCADE,"
            f" seq INTEGER NOT NULL, row_id VARCHAR NOT NULL, body {binary} NOT NULL, via VARCHAR NOT NULL,"
            " hash VARCHAR NOT NULL, PRIMARY KEY (ledger_id, seq))",
            "CREATE INDEX ix_ledger_entries_row_id ON ledger_entries (ledger_id, row_id)",
            "CREATE TABLE ledger_rows (ledger_id VARCHAR NOT NULL REFERENCES ledgers (id) ON DELETE CASCADE,"
            " id VARCHAR NOT NULL, number INTEGER NOT NULL, owner VARCHAR NOT NULL, alike VARCHAR NOT NULL, hazard VARCHAR NOT NULL,"
            " state VARCHAR NOT NULL, due VARCHAR NOT NULL, month VARCHAR NOT NULL, person VARCHAR NOT NULL, post VARCHAR NOT NULL,"
            f" repeats INTEGER NOT NULL, data {binary} NOT NULL, PRIMARY KEY (ledger_id, id))",
            "CREATE INDEX ix_ledger_rows_alike ON ledger_rows (ledger_id, alike)",
            "CREATE INDEX ix_ledger_rows_due ON ledger_rows (owner, due, number)",
            "CREATE INDEX ix_ledger_rows_counted"
            " ON ledger_rows (owner, ledger_id, month, state, due, person, post, repeats, number, hazard)",
        ),
    )


def m008_selfchecks(connection: Connection) -> None:
    """企业自查: sites, checks, and every answer that was given."""
    _run(
        connection,
        (
            "CREATE TABLE selfcheck_sites (id VARCHAR PRIMARY KEY, owner VARCHAR NOT NULL, name VARCHAR NOT NULL,"
            " created TIMESTAMP NOT NULL)",
            "CREATE UNIQUE INDEX ix_selfcheck_sites_owner ON selfcheck_sites (owner, name)",
            "CREATE TABLE selfchecks (id VARCHAR PRIMARY KEY,"
            " site_id VARCHAR NOT NULL REFERENCES selfcheck_sites (id) ON DELETE CASCADE, checklist VARCHAR NOT NULL,"
            " features JSON NOT NULL, size VARCHAR NOT NULL, who VARCHAR NOT NULL, asked JSON NOT NULL, version INTEGER NOT NULL,"
            " started TIMESTAMP NOT NULL, finished TIMESTAMP)",
            "CREATE INDEX ix_selfchecks_site_id ON selfchecks (site_id)",
            "CREATE TABLE selfcheck_answers (check_id VARCHAR NOT NULL REFERENCES selfchecks (id) ON DELETE CASCADE,"
            " seq INTEGER NOT NULL, question VARCHAR NOT NULL, reply VARCHAR NOT NULL, note VARCHAR NOT NULL, files JSON NOT NULL,"
            " confirmed BOOLEAN NOT NULL, who VARCHAR NOT NULL, created TIMESTAMP NOT NULL, PRIMARY KEY (check_id, seq))",
        ),
    )


def m007_lectures(connection: Connection) -> None:
    """Lectures and their versions."""
    _run(
        connection,
        (
            "CREATE TABLE lectures (id VARCHAR PRIMARY KEY, owner VARCHAR NOT NULL, title VARCHAR NOT NULL,"
            " created TIMESTAMP NOT NULL, updated TIMESTAMP NOT NULL)",
            "CREATE INDEX ix_lectures_owner ON lectures (owner)",
            "CREATE TABLE lecture_versions (id VARCHAR PRIMARY KEY,"
            " lecture_id VARCHAR NOT NULL REFERENCES lectures (id) ON DELETE CASCADE,"
            " number INTEGER NOT NULL, content JSON NOT NULL, said VARCHAR NOT NULL, created TIMESTAMP NOT NULL)",
            "CREATE INDEX ix_lecture_versions_lecture_id ON lecture_versions (lecture_id)",
        ),
    )


def m009_selfcheck_members(connection: Connection) -> None:
    """Colleagues who answer at a site that somebody else made."""
    _run(
        connection,
        (
            "CREATE TABLE selfcheck_members (site_id VARCHAR NOT NULL REFERENCES selfcheck_sites (id) ON DELETE CASCADE,"
            " owner VARCHAR NOT NULL, PRIMARY KEY (site_id, owner))",
        ),
    )


MIGRATIONS: tuple[Migration, ...] = (
    m001_conversations,
    m002_feedback,
    m003_materials,
    m004_said,
    m005_opened,
    m006_ledgers,
    m008_selfchecks,
    m007_lectures,
    m009_selfcheck_members,
)


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
