"""引文: the words of a source that carry a claim. What is returned is always a substring of the source."""

from __future__ import annotations

import re

from assistant.answer.match import bag
from assistant.law.outline import select
from assistant.law.quantities import arabic

_SENTENCE = re.compile(r"[^。；\n]+[。；]?")
_FIGURE = re.compile(r"\d+(?:\.\d+)?[万亿]?[\u4e00-\u9fff%％]")
MAX_QUOTE = 220
"""Longer than most sentences of a statute; a longer one is cut at a comma."""


def carrying(text: str, claim: str, paragraph: int | None = None, item: int | None = None) -> str:
    """The sentence of ``text`` that shares most with the claim; inside the 款 or 项 where one is named and exists."""
    inside = select(text, paragraph, item) if paragraph or item else text
    asked, figures = bag(claim), _figures(claim)
    sentences = [found.group().strip() for found in _SENTENCE.finditer(inside or text) if found.group().strip()]
    if not sentences:
        return ""

    def shared(sentence: str) -> float:
        said = bag(sentence)
        # The cosine keeps a long sentence from winning by its length alone.
        return float(len(asked & said) + 3 * len(figures & _figures(sentence))) / float((len(said) + 4) ** 0.5)

    best = max(sentences, key=shared)
    return best if len(best) <= MAX_QUOTE else _cut(best, asked)


def _figures(text: str) -> frozenset[str]:
    """3人, 500万元, 24小时: what a sentence about thresholds and terms is recognised by."""
    return frozenset(_FIGURE.findall(arabic(text)))


def _cut(sentence: str, asked: frozenset[str]) -> str:
    """The run of clauses, at most ``MAX_QUOTE`` long, that shares most with the claim."""
    ends = [match.end() for match in re.finditer(r"[，、：]", sentence)] + [len(sentence)]
    starts = [0, *ends[:-1]]
    runs = [sentence[start:end] for start in starts for end in ends if 0 < end - start <= MAX_QUOTE]
    return max(runs, key=lambda run: (len(asked & bag(run)), -len(run))) if runs else sentence[:MAX_QUOTE]


def excerpt(text: str, query: str, limit: int = 260) -> str:
    """The lines of an article that answer a question, in their order, up to about ``limit`` characters."""
    if len(text) <= limit:
        return text
    asked = bag(query)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    ranked = sorted(range(len(lines)), key=lambda i: -len(asked & bag(lines[i])) / (len(lines[i]) + 20) ** 0.5)
    kept: list[int] = []
    for i in ranked:
        if kept and sum(len(lines[k]) for k in kept) + len(lines[i]) > limit:
            continue
        kept.append(i)
    shown = [lines[i] for i in sorted(kept)]
    return "\n".join(shown) if sum(map(len, shown)) <= 2 * limit else carrying("\n".join(shown), query)
