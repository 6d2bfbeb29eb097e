"""Folders that replace one another in one step.

``CURRENT`` names the folder in use. A new one is filled beside it under a name that nothing reads, and ``CURRENT`` is replaced
last; whatever it does not name is unfinished or outdated, and is swept away before the next build.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path

_POINTER = "CURRENT"
_PREFIX = ".building-"


def current(folder: Path) -> Path | None:
    """The folder in use, if there is one."""
    try:
        name = (folder / _POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return folder / name if name and Path(name).name == name else None


def begin(folder: Path, drop: Callable[[Path], bool] = lambda _: True) -> Path:
    """An empty folder beside the one in use; what earlier builds left is removed.

    ``drop`` deletes what a folder has elsewhere; as long as it cannot, the folder stays, to be tried at the next build.
    """
    used = current(folder)
    for old in folder.glob(f"{_PREFIX}*"):
        if old != used and drop(old):
            shutil.rmtree(old, ignore_errors=True)
    fresh = folder / f"{_PREFIX}{uuid.uuid4().hex[:12]}"
    fresh.mkdir()
    return fresh


def switch(folder: Path, fresh: Path) -> None:
    """Make a filled folder the one in use; it is on disk before the pointer is."""
    for path in fresh.rglob("*"):
        if path.is_file():
            _sync(path)
    pointer = folder / f"{_POINTER}.{uuid.uuid4().hex[:8]}"
    pointer.write_text(fresh.name, encoding="utf-8")
    _sync(pointer)
    os.replace(pointer, folder / _POINTER)
    if os.name == "posix":
        _sync(folder)


def _sync(path: Path) -> None:
    """Have the system write a file, or the entries of a folder, to disk."""
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
