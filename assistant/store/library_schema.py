"""The tables of ``library.db``, how they came to be, and what SQLite's complaints mean to a user."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import Timeout

from assistant.errors import HomeBusy, HomeError

BUSY_SECONDS = 5.0
_BUSY = "法规库正被另一个程序写入，请稍候再试。"


def create_tables(connection: sqlite3.Connection) -> None:
    """Documents, their provisions, and a counter of changes."""
    connection.execute(
        """CREATE TABLE documents (
            id TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT NOT NULL, sha256 TEXT NOT NULL, kind TEXT NOT NULL,
            part TEXT NOT NULL, version TEXT, effective_start TEXT, effective_end TEXT, doc_no TEXT NOT NULL,
            numbering TEXT NOT NULL, articles INTEGER NOT NULL, imported_at TEXT, origin TEXT NOT NULL,
            superseded INTEGER NOT NULL, base TEXT NOT NULL, note TEXT NOT NULL)"""
    )
    connection.execute(
        """CREATE TABLE provisions (
            document TEXT NOT NULL, position INTEGER NOT NULL, law TEXT NOT NULL, article TEXT NOT NULL, text TEXT NOT NULL,
            effective_start TEXT, effective_end TEXT, heading TEXT NOT NULL, note TEXT NOT NULL,
            superseded INTEGER NOT NULL, confidence TEXT NOT NULL, PRIMARY KEY (document, position))"""
    )
    connection.execute("CREATE UNIQUE INDEX provisions_by_article ON provisions (document, article)")
    connection.execute("CREATE INDEX provisions_by_law ON provisions (law, article)")
    connection.execute("CREATE INDEX documents_by_title ON documents (title)")
    connection.execute("CREATE TABLE revision (number INTEGER NOT NULL)")
    connection.execute("INSERT INTO revision VALUES (0)")


MIGRATIONS: list[Callable[[sqlite3.Connection], None]] = [create_tables]
"""Each brings the file from its index in this list to the next. Only ever append."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the newest schema; raises ``HomeError`` where a newer program has written it."""
    if _version(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
        version = _version(connection)
        if version > len(MIGRATIONS):
            raise HomeError("法规库由更新版本的安衡写入，请升级本程序后再使用。")
        for step in MIGRATIONS[version:]:
            step(connection)
        connection.execute("DELETE FROM schema_version")
        connection.execute("INSERT INTO schema_version VALUES (?)", (len(MIGRATIONS),))
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'schema_version'").fetchone():
        return 0
    row = connection.execute("SELECT version FROM schema_version").fetchone()
    return int(row[0]) if row else 0


@contextmanager
def explained(file: Path) -> Iterator[None]:
    """Turn what SQLite and the file system raise into a sentence for the user."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _explain(file, error) from error
    except Timeout as error:
        raise HomeBusy(_BUSY) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise HomeError(f"法规库目录 {file.parent} 无法使用（{reason}），请检查权限，或用 ANHENG_HOME 指定别处。") from error


def _explain(file: Path, error: sqlite3.DatabaseError) -> HomeError | HomeBusy:
    message = str(error).lower()
    if "locked" in message or "busy" in message:
        return HomeBusy(_BUSY)
    if "full" in message:
        return HomeError(f"磁盘空间不足，法规库没有改动，请清理 {file.parent} 所在磁盘后重试。")
    if "readonly" in message or "read-only" in message:
        return HomeError(f"法规库目录 {file.parent} 只能读取，请检查权限，或用 ANHENG_HOME 指定可写的目录。")
    if "unable to open" in message:
        return HomeError(f"法规库 {file} 打不开，请检查路径和权限，或用 ANHENG_HOME 指定别处。")
    if "malformed" in message or "not a database" in message:
        return HomeError(f"法规库文件 {file} 已损坏，请将其移走后重新导入法规。")
    return HomeError(f"法规库 {file} 读写失败（{error}），请检查磁盘和权限后重试。")
