"""What a reader makes of a file, and the protocol that readers keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Document:
    """A file as plain text: one paragraph a line."""

    path_name: str
    title: str
    text: str
    meta: dict[str, str] = field(default_factory=dict)


class Reader(Protocol):
    """Reads one format."""

    format: str
    """Chinese name of the format, for messages."""

    def accepts(self, path: Path, head: bytes) -> bool:
        """Whether the content (its first bytes; the name only where content does not tell) is of this format."""
        ...

    def convert(self, path: Path) -> Document:
        """Read it; raises ``UnreadableFile`` with one sentence."""
        ...
