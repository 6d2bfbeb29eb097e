"""法律用语: the words that decide what a sentence of law says, read from ``knowledge_base/wording.yaml`` and found in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

Terms = Mapping[str, frozenset[str]]
"""Kind of term → those that stand in a text, each by the first of its spellings."""
_NOT = re.compile(
    r"(?:(?<!拒)(?<!逾期)不(?![仅但论同服法满足少低超多到断良可或管问])|未(?![遂满来])|无(?![论期])|没有|并非|免(?=予|于))"
    r"(?:需要?|应当?|得|能|会|予|再|给予(?:行政)?|曾|经过?|按(?:规定|照)?|依法|如实|及时|立即|用|必)*"
)
"""A word that denies what follows, with what may stand between: 不得, 不需要, 未按规定."""
_STOPS = re.compile(r"[，。；：！？（）“”\n]")


class Wording:
    """Finds terms; the longest first, so that 情节特别严重 is not also 情节严重."""

    def __init__(self, groups: Mapping[str, Sequence[Sequence[str]]]) -> None:
        self.predicates = frozenset(row[0] for row in groups.get("predicates", ()))
        """Verbs whose denial decides what a sentence says."""
        self._names: dict[str, tuple[str, str]] = {}
        for kind, rows in groups.items():
            for row in rows if kind != "predicates" else ():
                first, *others = row
                for name in (first, *others):
                    self._names[name] = (kind, first)
        self._pattern = re.compile("|".join(sorted(map(re.escape, self._names), key=len, reverse=True)) or r"(?!)")

    def terms(self, text: str) -> Terms:
        """The terms that stand in the text."""
        found: dict[str, set[str]] = {}
        for hit in self._pattern.finditer(text):
            kind, name = self._names[hit.group()]
            found.setdefault(kind, set()).add(name)
        return {kind: frozenset(names) for kind, names in found.items()}


def denials(text: str) -> dict[str, frozenset[bool]]:
    """What the text denies by its first two characters, and every pair that it states: 不构成 is 构成 false.

    A pair may be both, in different places.
    """
    denied = {hit.end(): text[hit.end() : hit.end() + 2] for hit in _NOT.finditer(text)}
    found: dict[str, set[bool]] = {}
    for at in range(len(text) - 1):
        found.setdefault(text[at : at + 2], set()).add(at not in denied)
    return {pair: frozenset(said) for pair, said in found.items()}


def denied(text: str) -> list[str]:
    """What follows each denial, up to sixteen characters of its clause."""
    text = text.replace("履职", "履行职责")
    return [_STOPS.split(text[hit.end() : hit.end() + 16])[0] for hit in _NOT.finditer(text)]


def denied_parts(text: str) -> tuple[str, str]:
    """The clauses of a text that deny nothing, and those that do."""
    parts = re.split(r"(?<=[，。；：！？\n])", text)
    return "".join(part for part in parts if not _NOT.search(part)), "".join(part for part in parts if _NOT.search(part))


def denies(text: str) -> bool:
    """Whether anything is denied in a text, or left open."""
    return "是否" in text or _NOT.search(text) is not None
