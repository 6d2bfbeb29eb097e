"""法律用语: the words that decide what a sentence of law says, read from ``knowledge_base/wording.yaml`` and found in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

Terms = Mapping[str, frozenset[str]]
"""Kind of term → those that stand in a text, each by the first of its spellings."""
_NEGATIVE = "不未无非没勿免"
_NEGATED = re.compile(
    r"(?:不(?![仅但论同服法满足少低超多断良可或]|得不)|未(?!遂|成年|满|来)|无(?!论|期|证)|没有|并非|免(?=除|予|于))"
)


class Wording:
    """Finds terms; the longest first, so that 情节特别严重 is not also 情节严重."""

    def __init__(self, groups: Mapping[str, Iterable[Iterable[str]]]) -> None:
        self._names: dict[str, tuple[str, str]] = {}
        for kind, rows in groups.items():
            for row in rows:
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


def polarity(text: str) -> dict[str, frozenset[bool]]:
    """Pairs of characters → whether each is said plainly (true) or denied (false) in the text: 构成, 不构成."""
    found: dict[str, set[bool]] = {}
    for clause in re.split(r"[，。；：、！？（）“”\n]", text):
        denied = [match.end() for match in _NEGATED.finditer(clause)]
        for at in range(len(clause) - 1):
            pair = clause[at : at + 2]
            if pair[0] in _NEGATIVE:
                continue
            found.setdefault(pair, set()).add(not any(0 <= at - end <= 2 for end in denied))
    return {pair: frozenset(said) for pair, said in found.items()}
