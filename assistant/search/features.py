"""What the learned ranking looks at: for every candidate some thirty numbers, each with a name and a meaning.

Every part that ranks passages gives its best rows with scores, best first; nothing here asks where they come from. So a part
that is switched off, or a vector server that is away, is a ranking of no rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.search.fusion import NONE, RRF_K, Ranked, Rows
from assistant.search.tokens import HAN, normalize

Floats = NDArray[np.float32]

PARTS = ("words", "translation", "dense")
_EACH = ("share", "rank", "law_best", "law_sum", "chapter_best", "chapter_sum", "neighbour")
_WHOLE = ("fused", "fused_rank", "length", "law_size", "law_kind", "query_length", "coverage", "matched", "longest", "law_named")
_GRAPH = ("cited_by_found", "cites_found")
NAMES = (*(f"{part}_{name}" for part in PARTS for name in _EACH), *_WHOLE, *_GRAPH)
"""``share``: its score by the part's best score. ``rank``: log of 1 + its place, of 400 where it is not among them. ``law_best``
and ``law_sum``: the best share, and the sum of cubed shares, of its law; the same of its chapter. ``neighbour``: the better
share of the articles before and after it. ``fused``: reciprocal rank fusion of the parts. ``coverage`` and ``matched``: how much
of the question's pairs of characters its text has, by weight and by number. ``longest``: the longest run of characters that the
text shares with the question. ``law_named``: the longest run that the law's name shares with it. ``cited_by_found`` and
``cites_found``: the sum of ``fused`` over candidates that cite it, and that it cites."""

_ABSENT = float(np.log(400.0))
_PAIR = re.compile(rf"(?=([{HAN}]{{2}}))")
_KINDS = tuple(re.compile(pattern) for pattern in (r"^刑法$", r"^民法典$", r"解释", r"^最高人民", r"条例$", r"法$"))
"""law_kind: the first that fits, 9 for none."""
_COMMON = re.compile(
    r"最高人民法院|最高人民检察院|关于|适用法律|适用|若干|问题|的|解释|规定|审理|案件|办理|条例|办法|法$|[《》、，（）一二三四五]"
)
"""What names of laws have in common, which says nothing of what a law is about."""


class Shelf:
    """Where each row stands: its law, its chapter, how long it is. Arrays are indexed by row; -1 where there is no passage."""

    def __init__(
        self, law: NDArray[np.int32], chapter: NDArray[np.int32], length: NDArray[np.int32], laws: Sequence[str]
    ) -> None:
        """``laws`` are the names that ``law`` numbers."""
        self.law, self.chapter, self.length, self.laws = law, chapter, length, laws
        self.law_count, self.chapter_count = len(laws), int(chapter.max(initial=-1)) + 1
        self.law_size = np.bincount(law[law >= 0], minlength=self.law_count)
        self.law_kind = np.array([_kind(name) for name in laws], np.float32)
        self.cores = [_COMMON.sub("", name) for name in laws]


def _kind(law: str) -> int:
    return next((number for number, pattern in enumerate(_KINDS) if pattern.search(law)), 9)


Texts = Callable[[Rows], Sequence[str]]
Weights = Callable[[Sequence[str]], Mapping[str, float]]
Lent = Callable[[Rows, Floats], tuple[Floats, Floats]]
"""For candidates and what they are worth: the sum over those that cite each, and over those that it cites."""


def features(
    query: str, found: Mapping[str, Ranked], candidates: Rows, shelf: Shelf, texts: Texts, weights: Weights, lent: Lent | None
) -> Floats:
    """One row of ``NAMES`` a candidate; ``candidates`` are distinct rows, sorted."""
    columns: list[NDArray[np.floating]] = []
    place = np.full(len(shelf.law) + 2, -1, np.int64)
    place[candidates] = np.arange(len(candidates))
    fused = np.zeros(len(candidates), np.float32)
    for part in PARTS:
        ranked = found.get(part, NONE)
        columns += _of_part(ranked, candidates, place, shelf)
        at = place[ranked.rows]
        fused[at[at >= 0]] += (1 / (RRF_K + 1 + np.arange(len(at))))[at >= 0].astype(np.float32)
    law = shelf.law[candidates]
    columns += [fused, np.log1p(np.argsort(np.argsort(-fused, kind="stable")))]
    columns += [np.log1p(shelf.length[candidates]), np.log(shelf.law_size[law]), shelf.law_kind[law]]
    columns += [np.full(len(candidates), len(query)), *_wording(normalize(query), candidates, texts, weights)]
    named = {number: longest_run(shelf.cores[number], query) for number in set(law.tolist())}
    columns.append(np.array([named[number] for number in law.tolist()]))
    columns += lent(candidates, fused) if lent else [np.zeros(len(candidates))] * 2
    return np.stack(columns, axis=1).astype(np.float32)


def _of_part(ranked: Ranked, candidates: Rows, place: Rows, shelf: Shelf) -> list[NDArray[np.floating]]:
    """``_EACH`` for one part."""
    best = max(float(ranked.scores[0]), 1e-6) if len(ranked.rows) else 1.0
    shares = np.maximum(ranked.scores, 0) / best
    share, rank = np.zeros(len(candidates)), np.full(len(candidates), _ABSENT)
    at = place[ranked.rows]
    share[at[at >= 0]] = shares[at >= 0]
    rank[at[at >= 0]] = np.log1p(np.arange(len(at)))[at >= 0]
    columns = [share, rank]
    for group, size in ((shelf.law, shelf.law_count), (shelf.chapter, shelf.chapter_count)):
        most = np.zeros(size)
        np.maximum.at(most, group[ranked.rows], shares)
        total = np.bincount(group[ranked.rows], weights=shares**3, minlength=size)
        columns += [most[group[candidates]], total[group[candidates]]]
    by_row = np.zeros(len(shelf.law) + 2)
    by_row[ranked.rows] = shares
    beside = [np.where(_law(shelf, candidates + step) == shelf.law[candidates], by_row[candidates + step], 0) for step in (-1, 1)]
    return [*columns, np.maximum(*beside)]


def _law(shelf: Shelf, rows: Rows) -> NDArray[np.int32]:
    inside = (rows >= 0) & (rows < len(shelf.law))
    return np.where(inside, shelf.law[np.where(inside, rows, 0)], -2)


def _wording(query: str, candidates: Rows, texts: Texts, weights: Weights) -> list[NDArray[np.floating]]:
    """Coverage, matched pairs and the longest common run."""
    hits = {hit.start(): hit[1] for hit in _PAIR.finditer(query)}
    pairs = list(dict.fromkeys(hits.values()))
    said = texts(candidates)
    if not pairs:
        return [np.zeros(len(candidates))] * 3
    weight = weights(pairs)
    worth = np.array([weight[pair] for pair in pairs])
    held = np.array([[pair in text for pair in pairs] for text in said], np.float64)
    matched = held.sum(axis=1)
    number = {pair: n for n, pair in enumerate(pairs)}
    opens = [number[hits[start]] if start in hits else -1 for start in range(len(query))]
    anywhere = np.ones((len(said), 1))  # a run that opens with other characters than two of these
    starts = np.concatenate((held, anywhere), axis=1)[:, opens] > 0
    longest = [
        longest_run(query, text, np.flatnonzero(may).tolist()) if count > 1 else 2 * count
        for text, may, count in zip(said, starts, matched.tolist(), strict=True)
    ]
    return [held @ worth / max(worth.sum(), 1e-6), matched, np.array(longest)]


def longest_run(short: str, text: str, starts: Iterable[int] | None = None) -> int:
    """Length of the longest run of characters of ``short`` that ``text`` holds, from one of some places on."""
    best = 0
    for start in range(len(short)) if starts is None else starts:
        while start + best < len(short) and short[start : start + best + 1] in text:
            best += 1
    return best
