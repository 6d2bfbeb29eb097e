"""Measures of one ranked list, and what many questions say together: means with their intervals, and two runs compared.

Everything here is arithmetic on numbers that are given; nothing searches.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Article = tuple[str, str]
"""A law by its title in the library and the number of an article: ``("刑法", "134-1")``."""

CUTS = (5, 10, 20, 100)
SEED, RESAMPLES = 20260101, 2000


class Estimate(NamedTuple):
    """A mean and its 95 % interval over questions."""

    point: float
    low: float
    high: float


def measures(hits: Sequence[Article], gold: frozenset[Article]) -> dict[str, float]:
    """What one ranked list achieves; an article that is listed twice counts once, at its first place."""
    ranks = sorted(rank for rank in (_rank(hits, article) for article in gold) if rank)
    found = {f"recall@{cut}": sum(rank <= cut for rank in ranks) / len(gold) for cut in CUTS}
    first = ranks[0] if ranks and ranks[0] <= 10 else 0
    ideal = sum(_gain(rank) for rank in range(1, min(len(gold), 10) + 1))
    return found | {
        "mrr@10": 1 / first if first else 0.0,
        "ndcg@10": sum(_gain(rank) for rank in ranks if rank <= 10) / ideal,
        "any@5": float(bool(ranks) and ranks[0] <= 5),
    }


def _rank(hits: Sequence[Article], article: Article) -> int:
    return next((rank for rank, hit in enumerate(hits, 1) if hit == article), 0)


def _gain(rank: int) -> float:
    return 1 / math.log2(rank + 1)


def recall(found: Sequence[Article], gold: frozenset[Article]) -> float:
    """The share of the gold that is anywhere in a list."""
    return len(gold & set(found)) / len(gold)


def estimate(values: Sequence[float]) -> Estimate:
    """Mean over questions with its 95 % bootstrap interval; the same values give the same interval."""
    if not values:
        return Estimate(math.nan, math.nan, math.nan)
    means = _resampled(np.asarray(values, np.float64))
    low, high = np.percentile(means, [2.5, 97.5])
    return Estimate(float(np.mean(values)), float(low), float(high))


def better(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Probability, by paired bootstrap over the same questions, that ``ours`` has the higher mean; equal means count half."""
    if len(ours) != len(theirs):
        raise ValueError("paired values must be of the same questions")
    if not ours:
        return math.nan
    gaps = _resampled(np.asarray(ours, np.float64) - np.asarray(theirs, np.float64))
    gaps[np.abs(gaps) < 1e-12] = 0.0
    return float((np.mean(gaps > 0) + np.mean(gaps >= 0)) / 2)


def _resampled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    drawn = np.random.default_rng(SEED).integers(0, len(values), (RESAMPLES, len(values)))
    return np.asarray(values[drawn].mean(axis=1))


def quantile(times: Sequence[float], share: float) -> float:
    """A time that ``share`` of the questions stay within: the smallest that was measured (nearest rank)."""
    ordered = sorted(times)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)] if ordered else math.nan


def columns(rows: Sequence[Mapping[str, float]]) -> dict[str, list[float]]:
    """Per question to per measure."""
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}
