"""What is learnt from: the articles of a library, and questions with the articles that answer them."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.domain.answer import Passage
from assistant.errors import UsageError

Resolve = Callable[[str], str | None]
"""The canonical name of a law, or ``None`` where the library does not have it."""


@dataclass(frozen=True)
class Question:
    """A question; ``gold`` are the positions in the corpus that answer it, ``near`` those that only look as if they did."""

    text: str
    gold: tuple[int, ...]
    near: tuple[int, ...] = ()
    weight: float = 1.0
    articles: tuple[str, ...] = field(default=(), compare=False)
    """The gold as named, for folds."""


class Corpus:
    """Provisions by position, the same article as official text and as gist at two positions."""

    def __init__(self, passages: Mapping[int, Passage]) -> None:
        """``passages`` by their rows in the index."""
        self.passages, self.rows = list(passages.values()), list(passages)
        self._places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for position, passage in enumerate(self.passages):
            self._places[passage.law, passage.article].append(position)

    def positions(self, law: str | None, article: str) -> tuple[int, ...]:
        """Where an article stands; nothing for one that is not here."""
        return tuple(self._places.get((law or "", article), ()))


def read_questions(paths: Iterable[Path], corpus: Corpus, resolve: Resolve, weight: float = 1.0) -> list[Question]:
    """JSON lines ``{"q" or "question", "gold": [{"law", "article"}], "near": […]}``; those without a gold article here are left out."""
    found: list[Question] = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
                text = row.get("q") or row["question"]
                gold = [corpus.positions(resolve(one["law"]), one["article"]) for one in row["gold"]]
                near = [corpus.positions(resolve(one["law"]), one["article"]) for one in row.get("near", ())]
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise UsageError(f"{path} 第 {number} 行不是“问题与条文”：{error}") from error
            if positions := tuple(place for places in gold for place in places):
                wrong = tuple(place for places in near for place in places if place not in positions)
                names = tuple(sorted(f"{one['law']} {one['article']}" for one in row["gold"]))
                found.append(Question(text, positions, wrong, weight, names))
    return found


def fold_of(question: Question, folds: int) -> int:
    """Half of the questions fall with all others on the same article, half by themselves.

    What is learnt about an article's own words is then seen at work both with and without other questions on the article.
    """
    articles = "|".join(question.articles)
    alone = _number(articles) % 2
    return _number(question.text if alone else f"together|{articles}") % folds


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
