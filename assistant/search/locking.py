"""One process at a time changes an index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import HomeBusy, HomeError
from assistant.search.vectors import Unwritten

_WAIT = 900.0
"""Seconds to wait for another process that is changing the index."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the index alone; what the disk refuses meanwhile is said in a sentence."""
    try:
        with FileLock(folder / ".lock", timeout=_WAIT):
            yield
    except Timeout as error:
        raise HomeBusy("另一个程序正在更新索引，请稍后再试。") from error
    except (OSError, sqlite3.OperationalError, Unwritten) as error:
        raise HomeError(f"索引没有写成（{error}），原来的索引没有改动；请检查 {folder} 所在磁盘的空间和权限后重试。") from error
