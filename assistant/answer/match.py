"""How well a record answers a question: the words they share, weighed by how rare they are in the library."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from assistant.domain.records import Aspect, Misconception, Point, Record
from assistant.law.quantities import arabic
from assistant.search.tokens import tokenize

ASK, TOPIC, COVER, WIDE, POINT, ASPECT = 0.15, 0.25, 0.22, 0.21, 0.27, 0.07
"""Shares of the score: the nearest of the record's own questions; its name; all it says, against the question as asked and with
the law's words added; its best single point; and a bonus where it speaks of the aspect asked for. Fitted so that a record is found
by each of its own questions when that one is left out."""


@dataclass(frozen=True)
class Match:
    """A record and how well it fits, from 0 to a little over 1."""

    record: Record
    score: float


@lru_cache(maxsize=20_000)
def bag(text: str) -> frozenset[str]:
    """The pieces of a text that are compared: pairs of characters and whole words, numerals as digits."""
    return frozenset(piece for piece in tokenize(arabic(text)) if len(piece) > 1)


class Matcher:
    """Weighs the words of a question against every record. Built once for a library."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = tuple(records)
        self._bags = {record.id: bag(_everything(record)) for record in self._records}
        count = Counter(piece for pieces in self._bags.values() for piece in pieces)
        total = len(self._records) + 1
        self._idf = {piece: math.log(1 + total / (1 + seen)) for piece, seen in count.items()}
        self._unseen = math.log(1 + total)
        self._names = {record.id: [bag(name) for name in (*record.asks, *_says(record))] for record in self._records}
        self._topics = {record.id: [bag(name) for name in (record.title, *record.aliases)] for record in self._records}
        self._whole = lru_cache(maxsize=50_000)(self.weight)  # of texts that are compared again and again

    def weight(self, pieces: Set[str]) -> float:
        """Sum of the rarity of the pieces."""
        rarity, unseen = self._idf, self._unseen
        return sum([rarity.get(piece, unseen) for piece in pieces])

    def overlap(self, asked: frozenset[str], said: frozenset[str]) -> float:
        """Harmonic mean of the shares of both sides that are common, 0 to 1."""
        if not (shared := asked & said):
            return 0.0
        common = self.weight(shared)
        return 2 * common / (self._whole(asked) + self._whole(said))

    def covered(self, asked: frozenset[str], said: frozenset[str]) -> float:
        """Share of the question that a text covers."""
        return self.weight(shared) / self._whole(asked) if (shared := asked & said) else 0.0

    def known(self, text: str) -> float:
        """Share of a text's words that the library has at all: what is far below one is another field's."""
        pieces = bag(text)
        return self.weight(pieces & self._idf.keys()) / (self.weight(pieces) or 1.0)

    def rank(
        self, text: str, query: str, aspects: frozenset[Aspect], boosts: dict[str, float], least: float = 0.0
    ) -> list[Match]:
        """Every record with a score above zero, best first. ``text`` is as asked, ``query`` has the law's words added.

        Records that cover less than ``least`` of the question are passed over, which takes a fifth of the time.
        """
        asked, wide = bag(text), bag(query)
        records = [one for one in self._records if self.covered(asked, self._bags[one.id]) >= least] if least else self._records
        scored = [Match(record, self._score(record, asked, wide, aspects) + boosts.get(record.id, 0.0)) for record in records]
        return sorted((match for match in scored if match.score > 0), key=lambda match: -match.score)

    def _score(self, record: Record, asked: frozenset[str], wide: frozenset[str], aspects: frozenset[Aspect]) -> float:
        everything = self._bags[record.id]
        cover = self.covered(asked, everything)
        if not cover:
            return 0.0
        ask = max((self.overlap(asked, name) for name in self._names[record.id]), default=0.0)
        topic = max((self._named(name, wide) for name in self._topics[record.id]), default=0.0)
        point = max((self.covered(asked, bag(point.text)) for point in record.points), default=0.0)
        wanted = any(aspects & set(point.about) for point in record.points)
        return ASK * ask + TOPIC * topic + COVER * cover + WIDE * self.covered(wide, everything) + POINT * point + ASPECT * wanted

    def _named(self, name: frozenset[str], asked: frozenset[str]) -> float:
        """How much of a name the question says; a name of a word or two says little."""
        return self.weight(shared) / self._whole(name) * min(1.0, len(name) / 3) if (shared := asked & name) else 0.0

    def nearest(self, asked: frozenset[str], wordings: Sequence[str]) -> float:
        """How close a question comes to one of some wordings."""
        return max((self.overlap(asked, bag(wording)) for wording in wordings), default=0.0)

    def points(self, record: Record, text: str, query: str, aspects: frozenset[Aspect]) -> list[tuple[Point, float]]:
        """The record's points, the one that answers best first."""
        asked, wide = bag(text), bag(query)

        def fits(point: Point) -> float:
            said = bag(point.text)
            wanted = 0.2 if aspects & set(point.about) else 0.0
            return 0.7 * self.covered(asked, said) + 0.3 * self.covered(wide, said) + wanted + (0.12 if point.key else 0.0)

        return sorted(((point, fits(point)) for point in record.points), key=lambda pair: -pair[1])


def _says(record: Record) -> Sequence[str]:
    return record.says if isinstance(record, Misconception) else ()


def _everything(record: Record) -> str:
    return "\n".join([record.title, *record.aliases, *record.asks, *_says(record), *(point.text for point in record.points)])
