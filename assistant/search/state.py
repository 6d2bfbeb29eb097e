"""What one search sees of an index; replaced as a whole, so that a search beside a change sees either side of it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from assistant.search.features import Shelf
from assistant.search.lexical import LexicalIndex, Segment
from assistant.search.linking import FOLDER as LINKS
from assistant.search.links import Links
from assistant.search.passages import Columns, PassageStore
from assistant.search.writing import WORDS


class State(NamedTuple):
    """One revision of an index."""

    revision: str
    columns: Columns
    lexical: LexicalIndex
    shelf: Shelf
    links: Links


def read_state(folder: Path, store: PassageStore) -> State:
    """What the folder of a generation holds now."""
    revision, file = store.get_meta("revision"), store.get_meta("links")
    columns = store.columns()
    shelf = Shelf(columns.law, columns.chapter, columns.length, list(columns.laws))
    lexical = LexicalIndex([Segment.load(folder / WORDS / name) for name in store.segments()])
    links = Links.open(folder / LINKS / file, columns.mask(None, None)) if file else Links.none()
    return State(revision, columns, lexical, shelf, links)
