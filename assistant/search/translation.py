"""Everyday words to the words of the law: a table learnt from questions and the articles that answer them.

``押金`` in a question stands for ``租赁``, ``返还`` … in an article. The table holds, for pairs of characters of questions, pairs of
characters of articles and how likely each is (IBM model 1, Brown and others 1993). A question is searched with both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = "translation.npz"
WEIGHT = 1.2
"""How much all translations of one word count beside the word itself."""
MOST = 100
"""Of the words that a question is translated to, this many at most are searched: a long story has thousands."""


class Translation:
    """Pairs of a question's words and the law's, with probabilities."""

    def __init__(
        self, words: Sequence[str], starts: NDArray[np.int32], targets: NDArray[np.int32], chances: NDArray[np.float32]
    ) -> None:
        """``words`` number both sides; the translations of word ``i`` are ``targets[starts[i]:starts[i + 1]]``."""
        self._words = words
        self._numbers = {word: number for number, word in enumerate(words)}
        self._starts, self._targets, self._chances = starts, targets, chances

    @classmethod
    def load(cls, folder: Path) -> Translation:
        """The table in a folder; one without entries where there is none."""
        path = folder / FILE
        if not path.is_file():
            return cls([], np.zeros(1, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32))
        with np.load(path, allow_pickle=False) as table:
            words = str(table["words"]).split("\n")
            starts = np.cumsum([0, *table["counts"]], dtype=np.int32)
            return cls(words, starts, table["targets"].astype(np.int32), table["chances"].astype(np.float32) / 255)

    def save(self, folder: Path) -> None:
        """Write it, chances as eighths of a byte."""
        chances = np.clip(np.round(self._chances * 255), 1, 255).astype(np.uint8)
        counts = np.diff(self._starts).astype(np.uint16)
        words = np.array("\n".join(self._words))
        np.savez_compressed(folder / FILE, words=words, counts=counts, targets=self._targets.astype(np.uint32), chances=chances)

    def query(self, tokens: Iterable[str]) -> dict[str, float]:
        """A question's words, each once, with what they are translated to; weights to search with."""
        own = dict.fromkeys(tokens, 1.0)
        added: dict[str, float] = {}
        for token in own:
            number = self._numbers.get(token)
            if number is None:
                continue
            part = slice(self._starts[number], self._starts[number + 1])
            for target, chance in zip(self._targets[part].tolist(), self._chances[part].tolist(), strict=True):
                word = self._words[target]
                added[word] = added.get(word, 0.0) + WEIGHT * chance
        for word, weight in sorted(added.items(), key=lambda pair: -pair[1])[:MOST]:
            own[word] = own.get(word, 0.0) + weight
        return own
