"""A cross-encoder as reranker: it reads query and passage together. With ``embed`` the only file that knows sentence-transformers.

None is used unless the settings name one; it is read from this machine alone, at the first query.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.domain.answer import Passage
from assistant.errors import BadModel
from assistant.search.models import RERANKING, check_files, find, loading
from assistant.search.writing import heading
from assistant.settings import SearchSettings

Scores = NDArray[np.float32]

_SCORING = ("SequenceClassification", "CausalLM", "ConditionalGeneration")
"""Ends of the names of architectures that score; any other would be given a scoring layer of random weights, in silence."""


class Scorer(Protocol):
    """How well texts answer a query."""

    def scores(self, query: str, texts: Sequence[str]) -> Scores:
        """One finite number a text, higher is better; numbers of two queries cannot be compared."""


def load_reranker(settings: SearchSettings) -> Scorer | None:
    """The cross-encoder that the settings name; ``None`` where they name none, ``BadModel`` where it is not here."""
    return CrossScorer(find(settings.reranker, RERANKING), settings.reranker) if settings.reranker else None


def rerank(query: str, ranking: Sequence[Passage], scorer: Scorer, depth: int) -> list[Passage]:
    """Put the first ``depth`` passages in the scorer's order; the rest stay behind them as they were.

    Scores stay with the places: they still fall from first to last and mean what they meant. Equal ones keep their order.
    """
    first = ranking[:depth]
    if len(first) < 2:
        return list(ranking)
    judged = scorer.scores(query, [f"{heading(passage)}\n{passage.text}" for passage in first])
    order = np.argsort(-judged, kind="stable").tolist()
    places = sorted((passage.score for passage in first), reverse=True)
    return [replace(first[row], score=score) for row, score in zip(order, places, strict=True)] + list(ranking[depth:])


class CrossScorer:
    """A sentence-transformers ``CrossEncoder`` from a folder; loaded at the first query."""

    def __init__(self, folder: Path, setting: str) -> None:
        self._folder, self._setting = folder, setting
        self._loaded: Any = None

    def scores(self, query: str, texts: Sequence[str]) -> Scores:
        """One number a text; ``BadModel`` where the model is broken or gives anything else."""
        if not texts:
            return np.empty(0, np.float32)
        model = self._model()
        with loading(self._setting, RERANKING):
            found = model.predict(
                [(query, text) for text in texts], batch_size=16, show_progress_bar=False, convert_to_numpy=True
            )
            scores = np.asarray(found, dtype=np.float32)
        if scores.shape != (len(texts),) or not np.isfinite(scores).all():
            raise BadModel(
                f"重排模型“{self._setting}”给出的分数不能用，请换一个只打一个分的模型，或把 ANHENG_SEARCH__RERANKER 留空。"
            )
        return scores

    def _model(self) -> Any:
        if self._loaded is None:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
            with loading(self._setting, RERANKING):
                check_files(self._folder)
                self._check_kind()
                from sentence_transformers import CrossEncoder

                self._loaded = CrossEncoder(str(self._folder), local_files_only=True)
        return self._loaded

    def _check_kind(self) -> None:
        config = self._folder / "config.json"
        kinds = json.loads(config.read_text(encoding="utf-8")).get("architectures") if config.is_file() else None
        if kinds and not any(kind.endswith(_SCORING) for kind in kinds):
            raise BadModel(
                f"“{self._setting}”不是重排模型（{kinds[0]}），请换成 cross-encoder，或把 ANHENG_SEARCH__RERANKER 留空。"
            )
