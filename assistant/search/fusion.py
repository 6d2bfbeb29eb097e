"""Rankings, and how they are joined: reciprocal rank fusion (Cormack, Clarke and Büttcher 2009).

Ranks are comparable where scores are not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
RRF_K = 60


class Ranked(NamedTuple):
    """Rows and their scores, best first."""

    rows: Rows
    scores: NDArray[np.float32]

    def among(self, allowed: NDArray[np.bool_], k: int) -> Ranked:
        """The first ``k`` rows that are allowed; rows given out since ``allowed`` was made are not."""
        inside = self.rows < len(allowed)
        kept = np.flatnonzero(inside & allowed[np.where(inside, self.rows, 0)])[:k]
        return Ranked(self.rows[kept], self.scores[kept])


NONE = Ranked(np.zeros(0, np.int64), np.zeros(0, np.float32))


def reciprocal_rank_fusion(rankings: Iterable[tuple[float, Sequence[int]]], k: int = RRF_K) -> list[tuple[int, float]]:
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
