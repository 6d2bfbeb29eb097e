"""Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): ranks are comparable where scores are not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence


def reciprocal_rank_fusion(rankings: Iterable[tuple[float, Sequence[int]]], k: int = 60) -> list[tuple[int, float]]:
    """Join weighted rankings, best first; scores run from 0 to 1, where 1 is first in every ranking.

    Each ranking is its weight and its rows, best first. Ties keep the order of the first ranking.
    """
    given = list(rankings)
    best = sum(weight for weight, _ in given) / (k + 1)
    scores: dict[int, float] = defaultdict(float)
    for weight, rows in given:
        for rank, row in enumerate(rows, start=1):
            scores[row] += weight / (k + rank)
    ordered = sorted(scores.items(), key=lambda pair: -pair[1])
    return [(row, min(score / best, 1.0)) for row, score in ordered]
