"""Two wordings side by side: which pieces of each the other does not have."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.law import patterns


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a wording."""

    text: str
    changed: bool
    """The other wording lacks it in this place."""


Pieces = tuple[Piece, ...]


def compared(one: str, other: str) -> tuple[Pieces, Pieces]:
    """Both wordings cut where they begin and cease to agree; joined again they read as before."""
    here, there = patterns.PIECE.findall(one), patterns.PIECE.findall(other)
    found = SequenceMatcher(None, here, there, autojunk=False).get_opcodes()
    first = tuple(Piece("".join(here[i:j]), tag != "equal") for tag, i, j, _, _ in found if i < j)
    second = tuple(Piece("".join(there[i:j]), tag != "equal") for tag, _, _, i, j in found if i < j)
    return first, second
