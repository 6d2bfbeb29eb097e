"""Search: a query in, the best passages out. Each part ranks; the ranks are fused; provisions are then ordered by the learned ranking."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.domain.answer import Passage
from assistant.errors import IndexDamaged, ServiceAway
from assistant.search.cross import load_reranker, rerank
from assistant.search.embed import Embedder
from assistant.search.features import features
from assistant.search.fusion import NONE, Ranked, Rows, reciprocal_rank_fusion
from assistant.search.index import Index
from assistant.search.lexical import Mask
from assistant.search.rerank import Ranking
from assistant.search.tokens import query_tokens
from assistant.search.translation import Translation
from assistant.settings import SearchSettings

Exclude = Callable[[str], bool]

log = logging.getLogger(__name__)

REACH = 150
"""How many of each part's best reach the learned ranking."""
LAW = "provision"
EVEN = {"words": 1.0, "translation": 1.0, "dense": 1.0}
PLACES = {"words": 1.0, "translation": 0.0, "dense": 0.1}
"""Where the learned ranking orders the provisions, fusion only gives records their places: their own words, chosen to be found
by, say it best."""


class Retriever:
    """Searches one index with one embedding model and what was learnt from questions."""

    def __init__(self, index: Index, embedder: Embedder, settings: SearchSettings, learnt: Path) -> None:
        """``learnt`` is the folder of the translation table and the ranking; either may be missing."""
        if index.embedder_name != embedder.name:
            raise IndexDamaged("索引是用另一个向量模型建立的，请重建索引。")
        self._index = index
        self._embedder = embedder
        self._settings = settings
        self._translation = Translation.load(learnt)
        self._ranking = Ranking(learnt)
        self._scorer = load_reranker(settings)

    def search(
        self,
        query: str,
        k: int = 10,
        kinds: Collection[str] | None = None,
        laws: Collection[str] | None = None,
        exclude: Exclude | None = None,
    ) -> list[Passage]:
        """The ``k`` best passages, best first, each with its score from 0 to 1; ``exclude`` is asked by source id."""
        wanted = max(k, self._settings.rerank_depth) if self._scorer else k
        found = self._found(query, wanted, self._index.mask(kinds, laws), exclude)
        return rerank(query, found, self._scorer, self._settings.rerank_depth)[:k] if self._scorer else found

    def _found(self, query: str, k: int, allowed: Mask, exclude: Exclude | None) -> list[Passage]:
        depth = max(self._settings.candidates, k)
        while True:
            ordered = self._order(query, self.parts(query, depth, allowed))
            kept = self._kept(ordered, k, exclude)
            if len(kept) == k or len(ordered) < depth or depth >= len(allowed):
                break
            depth *= 4  # what was excluded hid the rest
        found = self._index.passages(row for row, _ in kept)
        return [replace(found[row], score=score) for row, score in kept if row in found]

    def _kept(self, ordered: Sequence[tuple[int, float]], k: int, exclude: Exclude | None) -> list[tuple[int, float]]:
        """The first ``k`` that are there and not excluded."""
        kept: list[tuple[int, float]] = []
        for start in range(0, len(ordered), k):
            some = ordered[start : start + k]
            ids = self._index.source_ids(row for row, _ in some)
            kept += [(row, score) for row, score in some if row in ids and not (exclude and exclude(ids[row]))]
            if len(kept) >= k:
                break
        return kept[:k]

    def parts(self, query: str, depth: int, allowed: Mask) -> dict[str, Ranked]:
        """What each part finds; a part that is switched off finds nothing."""
        tokens, on = query_tokens(query), self._settings
        words = self._index.nearest_words(dict.fromkeys(tokens, 1.0), depth, allowed) if on.words else NONE
        translated = self._translation.query(tokens) if on.translation else {}
        translation = self._index.nearest_words(translated, depth, allowed) if translated else NONE
        dense = self._near(query, depth, allowed) if on.dense else NONE
        return {"words": words, "translation": translation, "dense": dense}

    def candidates(self, query: str) -> list[int]:
        """Rows of the provisions that the learned ranking would see."""
        found = self.parts(query, self._settings.candidates, self._index.mask([LAW]))
        return [int(row) for row in candidate_rows(found)]

    def _near(self, query: str, depth: int, allowed: Mask) -> Ranked:
        """By vectors; where a service that makes them is away, nothing is near and words go on alone."""
        try:
            vector = self._embedder.encode([query])
        except ServiceAway as error:
            log.warning("这次只按词语检索：%s", error)
            return NONE
        return self._index.nearest_vectors(vector, depth, allowed)[0]

    def _order(self, query: str, found: dict[str, Ranked]) -> list[tuple[int, float]]:
        """Rows and scores: fused, and on the places of provisions the provisions as the learned ranking has them.

        Records keep the places that fusion gives them: the ranking has learnt from questions about articles alone.
        """
        learnt = self._settings.rerank and self._ranking.there
        weights = PLACES if learnt else EVEN
        fused = reciprocal_rank_fusion([(weights[part], ranked.rows.tolist()) for part, ranked in found.items()])
        if not learnt:
            return fused
        candidates = candidate_rows(found)
        candidates = candidates[self._index.mask([LAW])[candidates]]
        if not len(candidates):
            return fused
        scores = self._ranking.scores(self.features(query, found, candidates))
        better = iter(candidates[np.argsort(-scores, kind="stable")].tolist())
        ranked = set(candidates.tolist())
        return [(next(better) if row in ranked else row, score) for row, score in fused]

    def features(self, query: str, found: dict[str, Ranked], candidates: Rows) -> NDArray[np.float32]:
        """What the learned ranking sees of each candidate."""
        lent = self._index.links.lent if self._settings.links else None
        return features(query, found, candidates, self._index.shelf, self._texts, self._index.idf, lent)

    def _texts(self, rows: Rows) -> Sequence[str]:
        texts = self._index.texts(rows.tolist())
        return [texts.get(row, "") for row in rows.tolist()]


def candidate_rows(found: dict[str, Ranked]) -> Rows:
    """The first rows of every part, each once, sorted."""
    return np.unique(np.concatenate([ranked.rows[:REACH] for ranked in found.values()]))
