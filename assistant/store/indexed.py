"""Which imported documents an index holds, so that it can be brought in line with the library."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from assistant.errors import HomeBusy, HomeError, IndexDamaged
from assistant.store.library import Library

_WAIT = 900.0
"""Seconds to wait for another process that is filling the index."""


class Difference(NamedTuple):
    """What an index lacks and has too much of."""

    gone: list[str]
    """Documents that it holds and the library does not, any more or not in this form."""
    new: list[str]
    """Documents that the library holds and it does not."""
    marks: Mapping[str, str]
    """What it holds once both are mended."""

    def __bool__(self) -> bool:
        """Whether there is one."""
        return bool(self.gone or self.new)


def difference(file: Path, library: Library) -> Difference:
    """The index, whose note is ``file``, against the library; ``IndexDamaged`` where the note cannot be read."""
    try:
        held: dict[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    except ValueError as error:
        raise IndexDamaged("索引的记录已损坏，请重建索引。") from error
    now = marks(library)
    gone = [document for document, mark in held.items() if now.get(document) != mark]
    new = [document for document, mark in now.items() if held.get(document) != mark]
    return Difference(gone, new, now)


def remember(file: Path, held: Mapping[str, str]) -> None:
    """Write down what the index holds now; in one step, so that a kill leaves the old note or the new one."""
    beside = file.with_suffix(".tmp")
    beside.write_text(json.dumps(dict(held)), encoding="utf-8")
    os.replace(beside, file)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One process at a time compares, changes and remembers: else one would remember what another has yet to index."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "library.lock", timeout=_WAIT):
            yield
    except Timeout as error:
        raise HomeBusy("另一个程序正在更新索引，请稍后再试。") from error
    except OSError as error:
        raise HomeError(f"索引目录 {folder} 写不进去（{error.strerror or error}），请检查磁盘空间和权限后重试。") from error


def marks(library: Library) -> dict[str, str]:
    """A document's content and whether a later version has taken its place: both decide what is searched."""
    return {document.id: f"{document.sha256}{int(document.superseded)}" for document in library.documents()}
