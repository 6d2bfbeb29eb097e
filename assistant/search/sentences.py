"""Comparing a sentence with a few thousand others in memory: by shared runs of characters, weighed by how rare they are among them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.search.tokens import HAN, normalize

Scores = NDArray[np.float32]
K1, B = 1.2, 0.5
BIAS, DAMP, STEPS = 0.3, 1.0, 60
_RUN = re.compile(rf"[{HAN}]+|[a-z0-9]+(?:\.[0-9]+)*")


def grams(text: str) -> list[str]:
    """Characters, pairs and triples of Chinese; whole words of everything else."""
    found: list[str] = []
    for run in _RUN.findall(normalize(text)):
        if run[0] < "\u3000":
            found.append(run)
            continue
        found += [run[at : at + size] for size in (1, 2, 3) for at in range(len(run) - size + 1)]
    return found


class Cosine:
    """Angle between sentences as vectors of their grams: 1 for the same grams, 0 for none in common."""

    def __init__(self, texts: Sequence[str]) -> None:
        bags = [Counter(grams(text)) for text in texts]
        seen = Counter(gram for bag in bags for gram in bag)
        self._column = {gram: at for at, gram in enumerate(seen)}
        self._rarity = np.array([math.log((1 + len(texts)) / (1 + count)) + 0.1 for count in seen.values()], np.float32)
        self.rows = self._matrix(bags)

    def row(self, text: str) -> Any:
        """A sentence as a vector of length 1; grams that none of them has are left out."""
        return self._matrix([Counter(grams(text))])

    def scores(self, text: str) -> Scores:
        """One a sentence, in their order."""
        return np.asarray((self.rows @ self.row(text).T).toarray().ravel(), np.float32)

    def _matrix(self, bags: Iterable[Counter[str]]) -> Any:
        rows = []
        for bag in bags:
            held = [(self._column[gram], 1 + math.log(count)) for gram, count in bag.items() if gram in self._column]
            weighed = [(column, weight * float(self._rarity[column])) for column, weight in held]
            length = math.sqrt(sum(weight * weight for _, weight in weighed)) or 1.0
            rows.append([(column, weight / length) for column, weight in weighed])
        return _sparse(rows, len(self._column))


class BM25:
    """How much of a sentence a longer text says (BM25), in memory."""

    def __init__(self, texts: Sequence[str]) -> None:
        bags = [Counter(grams(text)) for text in texts]
        seen = Counter(gram for bag in bags for gram in bag)
        self._column = {gram: at for at, gram in enumerate(seen)}
        rarity = {gram: math.log(1 + (len(texts) - count + 0.5) / (count + 0.5)) for gram, count in seen.items()}
        sizes = [sum(bag.values()) for bag in bags]
        usual = sum(sizes) / len(sizes) if sizes else 1.0

        def weight(gram: str, count: int, size: int) -> float:
            return rarity[gram] * count * (K1 + 1) / (count + K1 * (1 - B + B * size / usual))

        rows = [
            [(self._column[gram], weight(gram, count, size)) for gram, count in bag.items()]
            for bag, size in zip(bags, sizes, strict=True)
        ]
        self._rows = _sparse(rows, len(self._column))

    def scores(self, text: str) -> Scores:
        """One a text, in their order."""
        columns = sorted({self._column[gram] for gram in grams(text) if gram in self._column})
        return np.asarray((self._rows @ _sparse([[(column, 1.0) for column in columns]], len(self._column)).T).toarray().ravel())


class Leaning:
    """Which of two kinds of sentences a sentence is more like: ridge regression on their grams, from about -1 to about 1."""

    def __init__(self, left: Sequence[str], right: Sequence[str]) -> None:
        """Sentences of the one kind (-1) and of the other (1); both count alike, however many there are."""
        from scipy.sparse import diags, hstack
        from scipy.sparse.linalg import lsqr

        self._space = Cosine([*left, *right])
        side = np.array([-1.0] * len(left) + [1.0] * len(right))
        balance = np.where(side > 0, math.sqrt(max(len(left), 1) / max(len(right), 1)), 1.0)
        rows = hstack([self._space.rows, np.full((len(side), 1), BIAS)]).tocsr()
        *self._weights, self._bias = lsqr(diags(balance) @ rows, balance * side, damp=DAMP, iter_lim=STEPS)[0]

    def score(self, text: str) -> float:
        """Below 0 like the left kind, above like the right."""
        return float((self._space.row(text) @ np.array(self._weights))[0] + BIAS * self._bias)


def _sparse(rows: Sequence[Sequence[tuple[int, float]]], width: int) -> Any:
    from scipy.sparse import csr_matrix

    ends = np.cumsum([0, *map(len, rows)])
    columns = np.array([column for row in rows for column, _ in row], np.int32)
    data = np.array([weight for row in rows for _, weight in row], np.float32)
    return csr_matrix((data, columns, ends), shape=(len(rows), max(width, 1)))
