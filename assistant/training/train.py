"""The whole training: pieces, first table, library, questions, translation, ranking. About a quarter of an hour on two cores.

The ranking must see the other parts as they are on questions that they have not learnt from: so table and translation are
learnt once from all questions, to be shipped, and once for every fold without its questions, to rank those.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from assistant.errors import UsageError
from assistant.search.embed import Vectors, unit
from assistant.search.features import features
from assistant.search.fusion import Ranked, Rows
from assistant.search.index import Index
from assistant.search.rerank import FILE as RANKING
from assistant.search.retriever import candidate_rows
from assistant.search.tokens import query_tokens
from assistant.search.translation import Translation
from assistant.search.writing import heading
from assistant.training.contrast import Ids, Learner, Recipe, Table, Texts
from assistant.training.corpus import Corpus, Question, fold_of
from assistant.training.ranking import Example, check_installed, learn_ranking
from assistant.training.static import first_table, save, token_ids, train_tokenizer
from assistant.training.translation import learn_translation

FOLDS = 3
JUDGED = 5000
"""Questions that the ranking learns from: a few decision trees have seen enough after these."""
DEPTH = 300
DIMENSIONS = 256
_SEED = 20261126
_CLAUSE = re.compile(r"(?<=[。；;\n：，])")

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Course:
    """What one training works with."""

    corpus: Corpus
    index: Index
    tokenizer: Tokenizer
    texts: Texts
    recipe: Recipe
    tell: Tell


@dataclass(frozen=True)
class Learnt:
    """Everything that a training has brought."""

    tokenizer: Tokenizer
    table: Table
    translation: Translation
    ranking: bytes

    def save(self, folder: Path) -> None:
        """Write it; the folder is made."""
        folder.mkdir(parents=True, exist_ok=True)
        save(self.tokenizer, self.table, folder)
        self.translation.save(folder)
        (folder / RANKING).write_bytes(self.ranking)


def train(corpus: Corpus, index: Index, questions: Sequence[Question], tell: Tell, recipe: Recipe) -> Learnt:
    """Learn everything; ``tell`` hears how far it is."""
    if len(questions) < FOLDS:
        raise UsageError("可用来训练的问题太少：请先导入这些问题所问条文的官方文本，或者用 --questions 给出带条文的问题。")
    check_installed()
    course = _prepare(corpus, index, questions, recipe, tell)
    ids = token_ids(course.tokenizer, [question.text for question in questions])
    start = first_table([*course.texts.whole], course.tokenizer.get_vocab_size(), DIMENSIONS)
    learner = Learner(_blurred(start / np.linalg.norm(start, axis=1).mean()), course.texts, recipe, _SEED)
    learner.learn_library(tell)
    table = _taught(course, learner.table, questions, ids, _SEED)
    ranking = learn_ranking(list(_examples(course, learner.table, questions, ids)))
    return Learnt(course.tokenizer, table, learn_translation(questions, corpus), ranking)


def _prepare(corpus: Corpus, index: Index, questions: Sequence[Question], recipe: Recipe, tell: Tell) -> Course:
    tell("分词", 0, 1)
    bodies = [f"{heading(passage)}\n{passage.text}" for passage in corpus.passages]
    tokenizer = train_tokenizer(bodies, [question.text for question in questions])
    headings = token_ids(tokenizer, [heading(passage) for passage in corpus.passages])
    cut = [[part for part in _CLAUSE.split(passage.text) if len(part) > 4] or [passage.text] for passage in corpus.passages]
    flat = token_ids(tokenizer, [part for parts in cut for part in parts])
    ends = np.cumsum([0, *map(len, cut)])
    clauses = [flat[start:end] for start, end in pairwise(ends.tolist())]
    return Course(corpus, index, tokenizer, Texts(corpus, headings, clauses), recipe, tell)


def _blurred(table: Table) -> Table:
    """A little noise, so that rows of missing rank can move."""
    noise = np.random.default_rng(_SEED).standard_normal(table.shape)
    return np.asarray(table + 0.02 * noise, dtype=np.float32)


def _taught(course: Course, table: Table, questions: Sequence[Question], ids: Sequence[Ids], seed: int) -> Table:
    learner = Learner(table, course.texts, course.recipe, seed)
    learner.learn_questions(questions, ids, course.tell)
    return learner.table


def _examples(course: Course, table: Table, questions: Sequence[Question], ids: Sequence[Ids]) -> Iterator[Example]:
    """Every question with its candidates, as parts see them that have not learnt from it."""
    folds = [fold_of(question, FOLDS) for question in questions]
    judged = set(_sample(questions))
    for fold in range(FOLDS):
        ours = [number for number, its in enumerate(folds) if its == fold and number in judged]
        theirs = [number for number, its in enumerate(folds) if its != fold]
        known = [questions[number] for number in theirs]
        taught = _taught(course, table, known, [ids[number] for number in theirs], _SEED + 1 + fold)
        translation = learn_translation(known, course.corpus)
        said, asked = vectors(taught, course.texts.whole), vectors(taught, [ids[number] for number in ours])
        for place, number in enumerate(ours):
            course.tell(f"排序 {fold + 1}/{FOLDS}", place, len(ours))
            yield _example(course, questions[number], _nearest(asked[place], said, course.corpus), translation)


def _sample(questions: Sequence[Question]) -> list[int]:
    """Which questions teach the ranking: those that count more than others, and as many others as there is room for."""
    order = np.random.default_rng(_SEED).permutation(len(questions)).tolist()
    return sorted(order, key=lambda number: -questions[number].weight)[:JUDGED]


def vectors(table: Table, lists: Sequence[Ids]) -> Vectors:
    """Means of token vectors, of length 1."""
    out = np.zeros((len(lists), table.shape[1]), np.float32)
    for row, ids in enumerate(lists):
        if len(ids):
            out[row] = table[ids].mean(axis=0)
    return unit(out)


def _nearest(vector: Vectors, said: Vectors, corpus: Corpus) -> Ranked:
    likeness = said @ vector
    best = np.argpartition(-likeness, min(DEPTH, len(likeness) - 1))[:DEPTH]
    best = best[np.argsort(-likeness[best], kind="stable")]
    return Ranked(np.array(corpus.rows, np.int64)[best], likeness[best].astype(np.float32))


def _example(course: Course, question: Question, dense: Ranked, translation: Translation) -> Example:
    index, tokens = course.index, query_tokens(question.text)
    allowed = index.mask(["provision"])
    words = index.nearest_words(dict.fromkeys(tokens, 1.0), DEPTH, allowed)
    found = {"words": words, "translation": index.nearest_words(translation.query(tokens), DEPTH, allowed), "dense": dense}
    candidates = candidate_rows(found)
    right = np.isin(candidates, np.array(course.corpus.rows)[list(question.gold)])
    return (
        features(question.text, found, candidates, index.shelf, _texts(index), index.idf, index.links.lent),
        right,
        question.weight,
    )


def _texts(index: Index) -> Callable[[Rows], Sequence[str]]:
    def texts(rows: Rows) -> Sequence[str]:
        known = index.texts(rows.tolist())
        return [known[row] for row in rows.tolist()]

    return texts
