"""The lexical index: BM25 over character pairs, in segments, so that one more document does not rebuild the rest.

The base segment is large. What is added later is a small segment of its own whose scores are put on the base's scale;
what is removed is masked by the caller. Rows number passages; which row is which passage is not known here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import bm25s
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from assistant.search.fusion import Ranked, Rows

Mask = NDArray[np.bool_]

K1, B = 1.6, 0.75
_ROWS, _STATS = "rows.npy", "stats.json"


def idf(total: int, frequency: NDArray[np.int64]) -> NDArray[np.float64]:
    """Inverse document frequency as Lucene has it, never negative; 0 documents give the most."""
    weights: NDArray[np.float64] = np.log1p((total - frequency + 0.5) / (frequency + 0.5))
    return weights


class TokenLists:
    """Token lists gathered as numbers, which is what bm25s builds from and a tenth of the memory of strings."""

    def __init__(self) -> None:
        self.ids: list[list[int]] = []
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__

    def append(self, tokens: Iterable[str]) -> None:
        """Add one passage's tokens."""
        self.ids.append(list(map(self._numbers.__getitem__, tokens)))

    @property
    def vocabulary(self) -> dict[str, int]:
        """Tokens and their numbers, in the order in which they came."""
        return dict(self._numbers)

    @property
    def mean_length(self) -> float:
        """Tokens a passage, on average."""
        return sum(map(len, self.ids)) / max(len(self.ids), 1)


class Segment:
    """One bm25s index over a run of rows."""

    def __init__(self, model: Any, rows: Rows, mean_length: float) -> None:
        self._model = model
        for name, values in model.scores.items():  # plain views of what is mapped: slicing a memmap costs ten times as much
            model.scores[name] = np.asarray(values) if isinstance(values, np.ndarray) else values
        self.rows = rows
        self.mean_length = mean_length

    def __len__(self) -> int:
        """Passages in it, removed ones too."""
        return len(self.rows)

    @classmethod
    def build(cls, lists: TokenLists, rows: Sequence[int], like: Segment | None = None) -> Self:
        """Index token lists; with ``like``, on that segment's scale."""
        mean = lists.mean_length
        k1, b = _length_norm(mean, like.mean_length) if like else (K1, B)
        model = bm25s.BM25(k1=k1, b=b, method="lucene", csc_backend="scipy")
        model.index((lists.ids, lists.vocabulary), create_empty_token=False, show_progress=False)
        segment = cls(model, np.asarray(rows, dtype=np.int64), mean)
        if like:
            segment._rescale(like)
        return segment

    def _rescale(self, base: Segment) -> None:
        """Replace this segment's idf, which is part of every stored score, by the base's."""
        vocabulary: dict[str, int] = self._model.vocab_dict
        own = np.diff(self._model.scores["indptr"]).astype(np.int64)
        known = base.frequencies(list(vocabulary))
        target = np.where(known > 0, idf(len(base), known), idf(len(base) + len(self), own))
        factor = target / idf(len(self), own)
        self._model.scores["data"] *= np.repeat(factor, own).astype(np.float32)

    def frequencies(self, tokens: Sequence[str]) -> NDArray[np.int64]:
        """In how many passages each token occurs."""
        number, starts = self._model.vocab_dict, self._model.scores["indptr"]
        found = np.array([number.get(token, -1) for token in tokens], dtype=np.int64)
        return np.where(found >= 0, starts[found + 1] - starts[found], 0).astype(np.int64)

    def scores(self, weights: Mapping[str, float]) -> NDArray[np.float32] | None:
        """The score of every row for weighted tokens, or ``None`` where none is known."""
        number = self._model.vocab_dict
        known = {number[token]: weight for token, weight in weights.items() if token in number}
        if not known:
            return None
        total: NDArray[np.float32] = self._columns[:, list(known)] @ np.array(list(known.values()), np.float32)
        return total

    @cached_property
    def _columns(self) -> Any:
        """What is stored, a column a token."""
        stored = self._model.scores
        shape = len(self.rows), len(stored["indptr"]) - 1
        return csc_array((stored["data"], stored["indices"], stored["indptr"]), shape=shape)

    def save(self, folder: Path) -> None:
        """Write it; the folder is made."""
        self._model.save(folder, show_progress=False)
        np.save(folder / _ROWS, self.rows)
        (folder / _STATS).write_text(json.dumps({"mean_length": self.mean_length}), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open what ``save`` wrote; the scores stay on disk and are mapped."""
        model = bm25s.BM25.load(folder, mmap=True, show_progress=False)
        stats = json.loads((folder / _STATS).read_text(encoding="utf-8"))
        return cls(model, np.load(folder / _ROWS), stats["mean_length"])


def _length_norm(mean: float, base_mean: float) -> tuple[float, float]:
    """The k1 and b that make a segment of another mean length treat a length as the base does.

    BM25 divides by tf + k1·(1 - b) + k1·b·length/mean: keep both terms when the mean changes.
    """
    fixed, sloped = K1 * (1 - B), K1 * B * mean / max(base_mean, 1e-9)
    return fixed + sloped, sloped / (fixed + sloped)


class LexicalIndex:
    """The segments together; the first is the base."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = tuple(segments)

    def idf(self, tokens: Sequence[str]) -> dict[str, float]:
        """The weight of each distinct token, over all segments."""
        distinct = list(dict.fromkeys(tokens))
        frequency = sum((segment.frequencies(distinct) for segment in self.segments), np.zeros(len(distinct), np.int64))
        total = sum(len(segment) for segment in self.segments)
        return dict(zip(distinct, idf(total, frequency).tolist(), strict=True))

    def search(self, weights: Mapping[str, float], k: int, allowed: Mask) -> Ranked:
        """The best ``k`` rows that ``allowed`` (indexed by row) admits and that hold a token of the query."""
        rows, scores = [np.zeros(0, np.int64)], [np.zeros(0, np.float32)]
        for segment in self.segments:
            found = segment.scores(weights)
            if found is None:
                continue
            kept = np.flatnonzero((found > 0) & allowed[segment.rows])
            if len(kept) > k:
                kept = kept[np.argpartition(found[kept], -k)[-k:]]
            rows.append(segment.rows[kept])
            scores.append(found[kept])
        return _best(np.concatenate(rows), np.concatenate(scores), k)


def _best(rows: Rows, scores: NDArray[np.float32], k: int) -> Ranked:
    """Best first; equal scores in the order of rows, so that a search gives the same answer twice."""
    order = np.lexsort((rows, -scores))[:k]
    return Ranked(rows[order], scores[order])
