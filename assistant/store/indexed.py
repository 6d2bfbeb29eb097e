"""Which imported documents an index holds, so that it can be brought in line with the library."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import IndexDamaged
from assistant.store.library import Library


def remember(file: Path, library: Library, documents: Sequence[str] | None = None) -> None:
    """Write down what the index holds now; in one step, so that a kill leaves the old note or the new one."""
    held = {id_: mark for id_, mark in _marks(library).items() if documents is None or id_ in set(documents)}
    beside = file.with_suffix(".tmp")
    beside.write_text(json.dumps(held), encoding="utf-8")
    os.replace(beside, file)


def differences(file: Path, library: Library) -> tuple[list[str], list[str]]:
    """Documents that the index holds and the library does not (any more, or not in this form), and the other way round."""
    try:
        held: dict[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    except ValueError as error:
        raise IndexDamaged("索引的记录已损坏，请重建索引。") from error
    now = _marks(library)
    gone = [document for document, mark in held.items() if now.get(document) != mark]
    new = [document for document, mark in now.items() if held.get(document) != mark]
    return gone, new


def _marks(library: Library) -> dict[str, str]:
    """A document's content and whether a later version has taken its place: both decide what is searched."""
    return {document.id: f"{document.sha256}{int(document.superseded)}" for document in library.documents()}
