"""Learn which words of the law everyday words stand for: IBM model 1 (Brown and others 1993) over pairs of characters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from assistant.search.tokens import query_tokens, tokenize
from assistant.search.translation import Translation
from assistant.training.corpus import Corpus, Question

ROUNDS = 6
SMOOTH = 0.5
LEAST = 0.004
"""Less likely translations are noise."""
KEPT = 60
"""The words that say most of an article; an article of a thousand words explains nothing by its hundredth."""
MOST = 20
"""Translations kept of one word."""


def learn_translation(questions: Sequence[Question], corpus: Corpus) -> Translation:
    """The table learnt from questions and the articles that answer them."""
    vocabulary: dict[str, int] = {}
    frequency = _frequency(corpus, vocabulary)
    worth = np.log1p((len(corpus.passages) - frequency + 0.5) / (frequency + 0.5))
    articles: dict[int, NDArray[np.int64]] = {}
    pairs = []
    for question in questions:
        asked = [vocabulary.setdefault(token, len(vocabulary)) for token in dict.fromkeys(_words(query_tokens(question.text)))]
        for position in question.gold if asked else ():
            if position not in articles:
                articles[position] = _telling(_words(tokenize(corpus.passages[position].text)), vocabulary, worth)
            pairs.append((np.array(asked, np.int64), articles[position]))
    return _table(_model1(pairs, len(vocabulary)), list(vocabulary))


def _words(tokens: Sequence[str]) -> list[str]:
    """Single characters stand for everything and nothing."""
    return [token for token in tokens if len(token) > 1]


def _frequency(corpus: Corpus, vocabulary: dict[str, int]) -> NDArray[np.int64]:
    """In how many articles each word is; the vocabulary is filled on the way."""
    counts: dict[str, int] = {}
    for passage in corpus.passages:
        for word in set(_words(tokenize(passage.text))):
            counts[word] = counts.get(word, 0) + 1
    vocabulary.update((word, number) for number, word in enumerate(counts))
    return np.fromiter(counts.values(), np.int64, count=len(counts))


def _telling(words: Sequence[str], vocabulary: dict[str, int], worth: NDArray[np.float64]) -> NDArray[np.int64]:
    """The words that say most of an article."""
    numbers, counts = np.unique([vocabulary[word] for word in words], return_counts=True)
    order = np.argsort(-worth[numbers.astype(np.int64)] * np.log1p(counts), kind="stable")
    return np.asarray(numbers[order[:KEPT]], dtype=np.int64)


def _model1(pairs: Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]], size: int) -> csr_matrix:
    """Expectation maximisation; rows are words of questions, columns words of articles that they may stand for."""
    nothing = size  # explains what no word of the article does
    asked = np.concatenate([np.repeat(ours, len(theirs) + 1) for ours, theirs in pairs])
    said = np.concatenate([np.tile(np.append(theirs, nothing), len(ours)) for ours, theirs in pairs])
    widths = np.concatenate([np.full(len(ours), len(theirs) + 1) for ours, theirs in pairs])
    group = np.repeat(np.arange(len(widths)), widths)
    codes, cell = np.unique(said * (size + 1) + asked, return_inverse=True)
    source, target = codes // (size + 1), codes % (size + 1)
    chance = 1 / np.bincount(source, minlength=size + 1)[source]
    for _ in range(ROUNDS):
        total = np.bincount(group, weights=chance[cell])
        count = np.bincount(cell, weights=chance[cell] / total[group], minlength=len(codes))
        chance = count / (np.bincount(source, weights=count, minlength=size + 1) + SMOOTH)[source]
    kept = (source != nothing) & (chance > LEAST) & (source != target)
    return csr_matrix((chance[kept], (target[kept], source[kept])), shape=(size, size))


def _table(chances: csr_matrix, words: Sequence[str]) -> Translation:
    """The likeliest translations of each word; words that neither ask nor answer are left out."""
    lists: list[list[tuple[int, float]]] = []
    for number in range(len(words)):
        part = slice(chances.indptr[number], chances.indptr[number + 1])
        values = chances.data[part]
        best = np.argsort(-values, kind="stable")[:MOST]
        lists.append(list(zip(chances.indices[part][best].tolist(), values[best].tolist(), strict=True)))
    used = sorted({number for number, pairs in enumerate(lists) if pairs} | {target for pairs in lists for target, _ in pairs})
    renumbered = {number: new for new, number in enumerate(used)}
    starts = np.cumsum([0, *(len(lists[number]) for number in used)], dtype=np.int32)
    targets = np.array([renumbered[target] for number in used for target, _ in lists[number]], np.int32)
    values = np.array([value for number in used for _, value in lists[number]], np.float32)
    return Translation([words[number] for number in used], starts, targets, values)
