"""材料: a file that a reader brought into a conversation. It is that reader's own, and never law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

PREFIX = "material/"
"""What the id of a citation of one's own material begins with."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a run of a passage's text stands on the image of a page."""

    start: int
    end: int
    """Offsets in the passage's text."""
    page: int
    """From 1."""
    box: tuple[float, float, float, float]
    """Left, top, right, bottom as shares of the page's width and height, from its upper left corner."""


@dataclass(frozen=True, slots=True)
class MaterialPassage:
    """A paragraph of a file, or a row of a table with its headings."""

    text: str
    place: str
    """Where it stands, as a reader says it: 第3页, 第12段, “人员”表第5行."""
    spots: tuple[Spot, ...] = ()
    """Where its words stand on page images; empty for files without pages."""
    row: bool = False
    """A row of a table, which is quoted whole."""

    def marks(self, quote: str) -> tuple[Spot, ...]:
        """The spots that carry a quotation, all on the page on which it begins."""
        at = self.text.find(quote)
        touched = [spot for spot in self.spots if spot.start < at + len(quote) and spot.end > at] if at >= 0 else []
        return tuple(spot for spot in touched if spot.page == touched[0].page)

    def place_of(self, quote: str) -> str:
        """Where a quotation stands: its own page where a passage runs over two."""
        marks = self.marks(quote)
        return f"第{marks[0].page}页" if marks else self.place


@dataclass(frozen=True, slots=True)
class Material:
    """A file that was read."""

    id: str
    name: str
    """As the reader's own machine calls it."""
    kind: str
    """Chinese name of the format."""
    pages: int
    """Pages that have an image; 0 for files without pages."""
    passages: int
    notes: tuple[str, ...] = ()
    """What a reader has to know of how it was read: pages by OCR, pages without text."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that search found in the material of a conversation."""

    material: Material
    number: int
    """Place of the passage in its material, from 0."""
    passage: MaterialPassage
    score: float = 0.0

    @property
    def source_id(self) -> str:
        """What a citation of it carries."""
        return f"{PREFIX}{self.material.id}/{self.number}"


@dataclass(frozen=True, slots=True)
class Opened:
    """A place of a file, opened for reading: a page with its marks, or paragraphs where there are no pages."""

    material: Material
    page: int = 0
    """From 1; 0 for files without pages."""
    image: bytes = b""
    """JPEG."""
    size: tuple[int, int] = (0, 0)
    """Width and height of the image."""
    marks: tuple[Spot, ...] = ()
    quote: str = ""
    around: tuple[Hit, ...] = ()
    """The passage with those before and after it, of a file without pages."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read, before it is kept."""

    kind: str
    pages: int
    passages: tuple[MaterialPassage, ...]
    notes: tuple[str, ...] = field(default=())


class Shelf(Protocol):
    """What one conversation holds; nothing of any other can be reached through it."""

    @property
    def materials(self) -> Sequence[Material]:
        """The files, in the order in which they were added; never empty."""

    def search(self, query: str, k: int) -> Sequence[Hit]:
        """The passages nearest to a question, best first."""

    def opening(self, material: Material, k: int) -> Sequence[Hit]:
        """The first passages of a file."""
