"""第一百三十四条之一, 第一、二款, 第（一）至（三）项: what a reference says of the place inside a law."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.law import patterns
from assistant.law.labels import article_number

DEPTH = {"条": 0, "款": 1, "项": 2}
NO_LAW = "没有写明是哪一部法律"


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a place: 条 (``134-1``), 款 or 项."""

    text: str
    start: int
    end: int
    ends_range: bool


@dataclass(frozen=True, slots=True)
class Place:
    """第一、二款: a unit, its numbers and where they stand."""

    unit: str
    numbers: tuple[Number, ...]
    start: int
    end: int
    ordinal: bool


@dataclass(slots=True)
class Scope:
    """What the words before have settled."""

    law: str = ""
    reason: str = NO_LAW
    article: str = ""
    paragraph: int | None = None
    start: int | None = None
    """Where a reference that is not finished yet begins."""
    end: int = 0
    """End of the last thing read."""
    depth: int = -1
    """Of the last place, -1 where it was a law."""


def read_place(hit: re.Match[str]) -> list[Place]:
    """The numbers of a place; nothing where one of them is not a numeral."""
    numbers: list[Number] = []
    pieces = list(patterns.PLACE_NUMBER.finditer(hit.string, hit.start("numbers"), hit.end("numbers")))
    for piece in pieces:
        suffix = piece["suffix"] or (hit["suffix"] if piece is pieces[-1] and hit["unit"] == "条" else None)
        value = article_number(piece["number"], suffix)
        if value is None or (hit["unit"] != "条" and "-" in value):
            return []
        numbers.append(Number(value, piece.start("number"), piece.end(), piece["joint"] in {"至", "到", "—"}))
    end = hit.end() if hit["unit"] == "条" else hit.end("unit")
    return [Place(hit["unit"], tuple(numbers), hit.start(), end, bool(hit["ordinal"]))] if numbers else []
