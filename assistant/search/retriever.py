"""Search: a query in, the best passages out. Words and vectors each rank; the ranks are fused."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from assistant.domain.answer import Passage
from assistant.errors import IndexDamaged
from assistant.search.embed import Embedder, Vectors
from assistant.search.fusion import reciprocal_rank_fusion
from assistant.search.index import Index
from assistant.search.lexical import Mask
from assistant.search.tokens import query_tokens, terms
from assistant.search.writing import passage_tokens
from assistant.settings import SearchSettings

Exclude = Callable[[str], bool]

LEXICAL_WEIGHT, DENSE_WEIGHT = 1.0, 0.25  # the default model is a second opinion: more than this costs first ranks


class Retriever:
    """Searches one index with one embedding model."""

    def __init__(self, index: Index, embedder: Embedder, settings: SearchSettings) -> None:
        if index.embedder_name != embedder.name:
            raise IndexDamaged("索引是用另一个向量模型建立的，请重建索引。")
        self._index = index
        self._embedder = embedder
        self._settings = settings

    def search(
        self,
        query: str,
        k: int = 10,
        kinds: Collection[str] | None = None,
        laws: Collection[str] | None = None,
        exclude: Exclude | None = None,
    ) -> list[Passage]:
        """The ``k`` best passages, best first, each with its score from 0 to 1; ``exclude`` is asked by source id."""
        return self.search_many([query], k, kinds, laws, exclude)[0]

    def search_many(
        self,
        queries: Sequence[str],
        k: int = 10,
        kinds: Collection[str] | None = None,
        laws: Collection[str] | None = None,
        exclude: Exclude | None = None,
    ) -> list[list[Passage]]:
        """``search`` for each query, their vectors computed together."""
        allowed = self._index.mask(kinds, laws)
        vectors = self._embedder.encode(queries)
        return [self._one(query, vectors[i : i + 1], k, allowed, exclude) for i, query in enumerate(queries)]

    def _one(self, query: str, vector: Vectors, k: int, allowed: Mask, exclude: Exclude | None) -> list[Passage]:
        depth = max(self._settings.candidates, k)
        while True:
            fused = self._rank(query, vector, depth, allowed)
            ids = self._index.source_ids(row for row, _ in fused)
            kept = [(row, score) for row, score in fused if row in ids and not (exclude and exclude(ids[row]))][:k]
            if len(kept) == k or len(fused) < depth or depth >= len(allowed):
                break
            depth *= 4  # what was excluded hid the rest
        found = self._index.passages(row for row, _ in kept)
        return [replace(found[row], score=score) for row, score in kept if row in found]

    def _rank(self, query: str, vector: Vectors, depth: int, allowed: Mask) -> list[tuple[int, float]]:
        by_words = self._index.nearest_words(query_tokens(query), depth, allowed).rows.tolist()
        by_vectors = self._index.nearest_vectors(vector, depth, allowed)[0]
        weighted = [(LEXICAL_WEIGHT, by_words), (DENSE_WEIGHT, by_vectors)]
        return reciprocal_rank_fusion(weighted, self._settings.rrf_k)

    def lexical_share(self, query: str, source_id: str) -> float:
        """How much of what a query says, by weight of its words, a passage says too: 0 to 1, 0 for an unknown passage."""
        passage = self._index.get(source_id)
        wanted = terms(query_tokens(query))
        if passage is None or not wanted:
            return 0.0
        weights = self._index.idf(sorted(wanted))
        said = wanted & set(passage_tokens(passage))
        return sum(weights[term] for term in said) / sum(weights.values())
