"""From the texts of articles to who cites whom. What is ambiguous, or cites what is not in the library, gives no edge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assistant.domain.answer import Passage
from assistant.domain.provision import ArticleRef
from assistant.law.patterns import AMENDS, SPEAKS_OF_ARTICLES
from assistant.law.refs import NameIndex, find_refs, normalize_title
from assistant.search.links import NO_EDGES, Edges, Heads, Links, save, sweep
from assistant.search.passages import PassageStore

Names = Mapping[str, str] | NameIndex
Key = tuple[str, str]
"""A law and the number of an article of it."""
FOLDER = "links"
_BATCH = 5000
_MOST = 0.5
"""Where more than this share of the articles is new, all are read: to look for the names of many laws takes longer."""


class _Shelf(NamedTuple):
    """The articles of the index, and those among them that may cite others."""

    heads: Heads
    rows: dict[Key, int]
    """The first row of each article."""
    articles: dict[str, list[str]]
    """Numbers of the articles of each law, in order."""
    telling: list[tuple[int, Passage]]


def relink(folder: Path, store: PassageStore, added: range, names: Names | None) -> str:
    """Write the graph of everything in the store, of which the rows ``added`` are new; the name of its file.

    Only what is new is read, and what may cite it: the other articles of its laws, and every text that names one of them.
    """
    shelf, laws = _shelve(store, added)
    known = NameIndex.of(names if names is not None else {law: law for law in shelf.articles})
    before = store.get_meta("links")
    kept, again = NO_EDGES, shelf.telling
    sweep(folder / FOLDER, before)
    if before and len(added) < _MOST * len(shelf.rows):
        marks = known.marks_of(laws)
        again = [(row, one) for row, one in again if row in added or one.law in laws or _names_one(one.text, marks)]
        kept = _kept(folder / FOLDER / before, shelf, [row for row, _ in again])
    edges = [(row, shelf.rows[key]) for row, one in again for key in cites(one, known, shelf.articles) if key in shelf.rows]
    fresh = np.array(edges, np.int32).reshape(-1, 2)
    return save(folder / FOLDER, shelf.heads, np.concatenate([kept, fresh]))


def cites(passage: Passage, names: NameIndex, articles: Mapping[str, list[str]]) -> set[Key]:
    """Every other article that a passage refers to for certain; ``articles`` are those of each law, in order."""
    # 第三十条 without a law means, in a decision on changes, an article of the law that is changed: never one of its own.
    context = "" if AMENDS.search(passage.law) or "#" in passage.law else str(ArticleRef(passage.law, passage.article))
    found: set[Key] = set()
    for one in find_refs(passage.text, names, context, articles.get(passage.law, ())):
        if one.ref is not None and one.ref.article:
            found |= _spanned(one.ref, one.to_article, articles.get(one.ref.law, ()))
    return found - {(passage.law, passage.article)}


def _spanned(first: ArticleRef, last: str, articles: Iterable[str]) -> set[Key]:
    """第三十一条至第三十五条 is each of them that the law has."""
    if not last:
        return {(first.law, first.article)}
    low, high = by_number(first.article), by_number(last)
    return {(first.law, article) for article in articles if low <= by_number(article) <= high}


def by_number(article: str) -> tuple[int, ...]:
    """Puts 134-1 behind 134 and before 135; what is no number comes first."""
    return tuple(int(part) for part in article.split("-") if part.isdecimal())


def _shelve(store: PassageStore, added: range) -> tuple[_Shelf, set[str]]:
    """All provisions of a store, and the laws of those that are new."""
    shelf = _Shelf(np.full(added.stop, -1, np.int32), {}, {}, [])
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    laws: set[str] = set()
    for row, passage in _provisions(store):
        shelf.heads[row] = shelf.rows.setdefault((passage.law, passage.article), row)
        numbers[passage.law].add(passage.article)
        if row in added:
            laws.add(passage.law)
        if SPEAKS_OF_ARTICLES.search(passage.text):
            shelf.telling.append((row, passage))
    shelf.articles.update((law, sorted(filter(None, known), key=by_number)) for law, known in numbers.items())
    # The gist of a whole text says again what its articles say.
    telling = [(row, one) for row, one in shelf.telling if one.article or not shelf.articles[one.law]]
    return shelf._replace(telling=telling), laws


def _provisions(store: PassageStore) -> Iterator[tuple[int, Passage]]:
    for rows, passages in store.batches(_BATCH):
        yield from ((row, one) for row, one in zip(rows, passages, strict=True) if one.kind == "provision" and one.law)


def _names_one(text: str, marks: Iterable[str]) -> bool:
    plain = normalize_title(text)
    return any(mark in plain for mark in marks)


def _kept(file: Path, shelf: _Shelf, again: list[int]) -> Edges:
    reread = np.zeros(len(shelf.heads), np.bool_)
    reread[again] = True
    return Links.open(file, shelf.heads >= 0).kept(shelf.heads, reread)
