"""The files of one conversation, opened for one question: searched by their words, and in no other way."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.domain.material import Hit, Material, MaterialPassage, Spot
from assistant.errors import NotFound

PASSAGES, INDEX, FILE = "passages.jsonl", "index", "file"


class ConversationShelf:
    """The files of one conversation, searched by their words."""

    def __init__(self, folder: Path, materials: Sequence[Material]) -> None:
        self.materials = tuple(materials)
        self._folder = folder

    def search(self, query: str, k: int) -> list[Hit]:
        """The passages nearest to a question, best first."""
        import numpy as np

        from assistant.search.lexical import LexicalIndex, Segment
        from assistant.search.tokens import query_tokens

        hits: list[Hit] = []
        for material in self.materials:
            index = LexicalIndex([Segment.load(self._folder / material.id / INDEX)])
            allowed = np.ones(material.passages, bool)
            found = index.search(dict.fromkeys(query_tokens(query), 1.0), k, allowed)
            hits += self._hits(material, dict(zip(found.rows.tolist(), found.scores.tolist(), strict=True)))
        return sorted(hits, key=lambda hit: -hit.score)[:k]

    def opening(self, material: Material, k: int) -> list[Hit]:
        """The first passages of a file."""
        return self._hits(material, dict.fromkeys(range(min(k, material.passages)), 0.0))

    def around(self, material: Material, number: int, width: int = 3) -> list[Hit]:
        """A passage with those before and after it."""
        rows = range(max(0, number - width), min(material.passages, number + width + 1))
        return self._hits(material, dict.fromkeys(rows, 0.0))

    def files(self) -> list[tuple[Path, str]]:
        """Where each file lies, and what its reader calls it."""
        return [(self._folder / material.id / FILE, material.name) for material in self.materials]

    def standing(self, name: str, places: Collection[str]) -> dict[str, Hit]:
        """The passages of a file that stand at these places."""
        found: dict[str, Hit] = {}
        for material in self.materials:
            if material.name == name:
                hits = self.opening(material, material.passages)
                found |= {hit.passage.place: hit for hit in hits if hit.passage.place in places}
        return found

    def _hits(self, material: Material, scores: Mapping[int, float]) -> list[Hit]:
        try:
            lines = (self._folder / material.id / PASSAGES).read_text(encoding="utf-8").split("\n")
        except FileNotFoundError as error:
            raise NotFound(f"材料“{material.name}”已被移除。") from error
        return [Hit(material, row, _passage(lines[row]), score) for row, score in scores.items()]


def _passage(line: str) -> MaterialPassage:
    values: dict[str, Any] = json.loads(line)
    values["spots"] = tuple(Spot(**spot | {"box": tuple(spot["box"])}) for spot in values["spots"])
    return MaterialPassage(**values)
