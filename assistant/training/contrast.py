"""Teach the table of token vectors which articles answer which words, by contrast. The only part that needs torch.

First from the library alone: a clause should be near the article that it was taken from. Then from questions: nearer to the
articles that answer them than to near misses, to what the table itself confuses with them, and to articles at random.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from assistant.training.corpus import Corpus, Question

Table = NDArray[np.float32]
Ids = NDArray[np.int64]
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Recipe:
    """The numbers of the training, as they were found best on development questions."""

    own_steps: int = 600
    own_batch: int = 1024
    steps: int = 500
    batch: int = 256
    rate: float = 2e-3
    own_scale: float = 20.0
    scale: float = 8.0
    """How sharply likeness is told: a low one leaves room for words that were never asked with."""
    replay: float = 0.3
    """How much the lesson of the library counts while questions are learnt."""
    wrong: int = 2
    """Articles that do not answer, a question."""
    random: int = 384
    look: int = 130
    """After so many steps the table is asked anew what it confuses."""
    confused: int = 60
    drop_asked: float = 0.15
    drop_said: float = 0.1
    longest: int = 300
    """Tokens of an article."""


class Texts:
    """The articles as token numbers: heading, clauses, and all of it."""

    def __init__(self, corpus: Corpus, heading: Sequence[Ids], clauses: Sequence[Sequence[Ids]]) -> None:
        self.heading, self.clauses = heading, clauses
        self.whole = [np.concatenate([head, *parts]) for head, parts in zip(heading, clauses, strict=True)]
        self.laws = [passage.law for passage in corpus.passages]


class Learner:
    """A table that is being taught."""

    def __init__(self, table: Table, texts: Texts, recipe: Recipe, seed: int) -> None:
        torch.manual_seed(seed)
        self._random = np.random.default_rng(seed)
        self._bag = torch.nn.EmbeddingBag.from_pretrained(torch.tensor(table), freeze=False, mode="mean")
        self._texts, self._recipe = texts, recipe

    @property
    def table(self) -> Table:
        """What it has learnt so far."""
        return np.array(self._bag.weight.detach().numpy(), dtype=np.float32)

    def learn_library(self, tell: Tell) -> None:
        """Clauses near their articles."""
        recipe, optimizer = self._recipe, torch.optim.Adam(self._bag.parameters(), lr=self._recipe.rate)
        for step in range(recipe.own_steps):
            tell("条文自学", step, recipe.own_steps)
            _set_rate(optimizer, recipe.rate * max(0.05, 1 - step / recipe.own_steps))
            left, right = self._own_pairs(recipe.own_batch)
            likeness = recipe.own_scale * self._vectors(left) @ self._vectors(right).T
            same = torch.arange(len(left))
            loss = (functional.cross_entropy(likeness, same) + functional.cross_entropy(likeness.T, same)) / 2
            _step(optimizer, loss)

    def learn_questions(self, questions: Sequence[Question], ids: Sequence[Ids], tell: Tell) -> None:
        """Questions near the articles that answer them."""
        recipe, optimizer = self._recipe, torch.optim.Adam(self._bag.parameters(), lr=self._recipe.rate)
        pairs = [(number, place) for number, question in enumerate(questions) for place in question.gold]
        weights = np.array([questions[number].weight / len(questions[number].gold) for number, _ in pairs])
        confused = np.zeros((0, 0), np.int64)
        for step in range(recipe.steps):
            tell("问题", step, recipe.steps)
            if step % recipe.look == 0:
                confused = self._confused(ids)
            _set_rate(optimizer, recipe.rate * (1 - 0.9 * step / recipe.steps))
            drawn = self._random.choice(len(pairs), recipe.batch, p=weights / weights.sum())
            batch = [pairs[number] for number in drawn]
            loss = self._question_loss(batch, questions, ids, confused)
            left, right = self._own_pairs(recipe.batch)
            likeness = recipe.scale * self._vectors(left) @ self._vectors(right).T
            _step(optimizer, loss + recipe.replay * functional.cross_entropy(likeness, torch.arange(len(left))))

    def _question_loss(
        self, batch: Sequence[tuple[int, int]], questions: Sequence[Question], ids: Sequence[Ids], confused: Ids
    ) -> torch.Tensor:
        recipe = self._recipe
        wrong = [self._wrong(questions[number], confused[number], nth) for number, _ in batch for nth in range(recipe.wrong)]
        places = [*(place for _, place in batch), *wrong, *self._random.integers(0, len(self._texts.whole), recipe.random)]
        asked = self._vectors([self._drop(ids[number], recipe.drop_asked) for number, _ in batch])
        said = self._vectors([self._drop(self._texts.whole[place], recipe.drop_said)[: recipe.longest] for place in places])
        also_right = np.array([np.isin(places, questions[number].gold) for number, _ in batch])
        also_right[np.arange(len(batch)), np.arange(len(batch))] = False
        likeness = (recipe.scale * asked @ said.T).masked_fill(torch.from_numpy(also_right), -1e4)
        return functional.cross_entropy(likeness, torch.arange(len(batch)))

    def _wrong(self, question: Question, confused: Ids, nth: int) -> int:
        """A near miss that somebody has named, or what the table took for an answer."""
        if nth == 0 and question.near and self._random.random() < 0.6:
            return int(self._random.choice(question.near))
        for place in self._random.choice(confused, 9):
            if place not in question.gold:
                return int(place)
        return int(self._random.integers(0, len(self._texts.whole)))

    def _confused(self, ids: Sequence[Ids]) -> Ids:
        """The places that the table has nearest to each question now."""
        with torch.no_grad():
            said = torch.cat([self._vectors(self._texts.whole[i : i + 4096]) for i in range(0, len(self._texts.whole), 4096)]).T
            found = [
                torch.topk(self._vectors(ids[i : i + 512]) @ said, min(self._recipe.confused, said.shape[1]), dim=1)[1]
                for i in range(0, len(ids), 512)
            ]
        return torch.cat(found).numpy()

    def _own_pairs(self, count: int) -> tuple[list[Ids], list[Ids]]:
        """A part of an article and the rest of it; sometimes neighbours, sometimes heading and text."""
        pairs = [self._own_pair(int(place)) for place in self._random.integers(0, len(self._texts.whole), count)]
        return [left for left, _ in pairs], [right for _, right in pairs]

    def _own_pair(self, place: int) -> tuple[Ids, Ids]:
        texts, chance = self._texts, self._random.random()
        heading, clauses = texts.heading[place], texts.clauses[place]
        beside = place + 1 < len(texts.laws) and texts.laws[place + 1] == texts.laws[place]
        if chance < 0.12 and beside:
            return self._drop(np.concatenate(clauses), 0.5)[:120], texts.whole[place + 1][:200]
        if chance < 0.25:
            return self._drop(heading, 0.2), self._drop(np.concatenate(clauses), 0.1)[:200]
        many = 1 if len(clauses) < 3 or self._random.random() < 0.5 else 2
        start = int(self._random.integers(0, len(clauses) - many + 1))
        asked = np.concatenate(clauses[start : start + many])
        kept = clauses if len(clauses) <= many or self._random.random() < 0.25 else [*clauses[:start], *clauses[start + many :]]
        rest = np.concatenate([heading, *kept] if self._random.random() < 0.8 else list(kept))
        if self._random.random() < 0.3:
            asked = np.concatenate([self._drop(heading, 0.5), asked])
        return self._drop(asked, 0.25), self._drop(rest, 0.1)[:200]

    def _drop(self, ids: Ids, share: float) -> Ids:
        kept = ids[self._random.random(len(ids)) > share]
        return kept if len(kept) else ids

    def _vectors(self, lists: Sequence[Ids]) -> torch.Tensor:
        known = [ids if len(ids) else np.zeros(1, np.int64) for ids in lists]
        starts = np.cumsum([0, *map(len, known[:-1])])
        return functional.normalize(self._bag(torch.from_numpy(np.concatenate(known)), torch.from_numpy(starts)), dim=1)


def _set_rate(optimizer: Any, rate: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = rate


def _step(optimizer: Any, loss: torch.Tensor) -> None:
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    optimizer.step()
