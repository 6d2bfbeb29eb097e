"""Numbers that Word shows and does not store as text: 第一条 of a numbered list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml.etree import _Element

from assistant.law.numerals import to_chinese

_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "chineseLegalSimplified",
    "ideographDigital",
    "japaneseCounting",
    "taiwaneseCounting",
}
_FORMATS: dict[str, Callable[[int], str]] = {"decimal": str, "decimalZero": lambda n: f"{n:02d}", "decimalFullWidth": str}
_FORMATS |= dict.fromkeys(_CHINESE, to_chinese)
_PLACE = re.compile(r"%(\d)")


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    pattern: str
    """第%1条, （%2）."""
    start: int


class Numbering:
    """Counts the paragraphs of each list as Word does."""

    def __init__(self, document: WordDocument) -> None:
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._styles = {style.style_id: style.element for style in document.styles}
        part = next((rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None)
        if part is not None:
            self._read(part.element)

    def mark(self, paragraph: _Element) -> str:
        """What Word shows before this paragraph; ``""`` where it is no part of a list, or only a bullet."""
        found = self._place(paragraph)
        if found is None or found[0] not in self._lists:
            return ""
        name, levels = self._lists[found[0]]
        level, counts = found[1], self._counts[name]
        if level not in levels or levels[level].format not in _FORMATS:
            return ""
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return _PLACE.sub(lambda place: self._shown(int(place[1]) - 1, levels, counts), levels[level].pattern) + " "

    def _shown(self, level: int, levels: dict[int, _Level], counts: dict[int, int]) -> str:
        own = levels.get(level, _Level("decimal", "", 1))
        return _FORMATS.get(own.format, str)(counts.get(level, own.start))

    def _place(self, paragraph: _Element) -> tuple[str, int] | None:
        """List and level, from the paragraph itself or its style."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None
        style = properties.find(qn("w:pStyle"))
        base = self._styles.get(style.get(qn("w:val"))) if style is not None else None
        for holder in (properties, base.find(qn("w:pPr")) if base is not None else None):
            number = holder.find(qn("w:numPr")) if holder is not None else None
            if number is not None:
                identity, level = number.find(qn("w:numId")), number.find(qn("w:ilvl"))
                if identity is not None:
                    return identity.get(qn("w:val")), int(level.get(qn("w:val"))) if level is not None else 0
        return None

    def _read(self, root: _Element) -> None:
        abstract = {node.get(qn("w:abstractNumId")): _levels(node) for node in root.findall(qn("w:abstractNum"))}
        for number in root.findall(qn("w:num")):
            link = number.find(qn("w:abstractNumId"))
            if link is not None and link.get(qn("w:val")) in abstract:
                name = link.get(qn("w:val"))
                self._lists[number.get(qn("w:numId"))] = (name, abstract[name])


def _levels(abstract: _Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for node in abstract.findall(qn("w:lvl")):
        values = {name: node.find(qn(f"w:{name}")) for name in ("numFmt", "lvlText", "start")}
        texts = {name: value.get(qn("w:val")) if value is not None else None for name, value in values.items()}
        level = _Level(texts["numFmt"] or "decimal", texts["lvlText"] or "", int(texts["start"] or 1))
        levels[int(node.get(qn("w:ilvl")))] = level
    return levels
