"""Passages into the index's three stores; ``index`` says when, and makes it visible."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from assistant.domain.answer import Passage
from assistant.errors import Cancelled, IndexDamaged
from assistant.search.embed import Embedder, Vectors
from assistant.search.lexical import LexicalIndex, Segment, TokenLists
from assistant.search.linking import Names, relink
from assistant.search.passages import PassageStore
from assistant.search.tokens import tokenize
from assistant.search.vectors import Place, VectorStore

Progress = Callable[[str, int, int], None]
Stop = Callable[[], bool]

STORE, WORDS = "passages.db", "lexical"
_BATCH = 2000
_TITLE_WEIGHT = 2
_OUTGROWN = 0.15
"""The base segment is built anew when later and removed passages exceed this share of it."""


def heading(passage: Passage) -> str:
    """What a passage is called, its law included."""
    return passage.title if passage.law in passage.title else f"{passage.law} {passage.title}"


def passage_tokens(passage: Passage) -> list[str]:
    """Tokens of a passage, its heading counted more than its text."""
    return tokenize(heading(passage)) * _TITLE_WEIGHT + tokenize(passage.text)


class Watch:
    """Tells somebody how far the work is, and whether they want it stopped."""

    def __init__(self, progress: Progress | None = None, cancelled: Stop | None = None) -> None:
        self._progress = progress
        self._cancelled = cancelled

    def at(self, stage: str, done: int, total: int) -> None:
        """Report; raises ``Cancelled`` where the user has stopped it."""
        if self._cancelled and self._cancelled():
            raise Cancelled("已取消，原来的索引没有改动。")
        if self._progress:
            self._progress(stage, done, total)


def fill(
    folder: Path, passages: Iterable[Passage], embedder: Embedder, watch: Watch, where: Place, law_names: Names | None = None
) -> None:
    """Write a whole index into an empty folder, its vectors where they are to lie."""
    unique = list({passage.source_id: passage for passage in passages}.values())
    with (
        closing(PassageStore(folder / STORE, create=True)) as store,
        closing(where.open(folder, create=True)) as vectors,
    ):
        store.set_meta(embedder=embedder.name)
        insert(folder, store, vectors, unique, embedder, watch, law_names=law_names)


def insert(
    folder: Path,
    store: PassageStore,
    vectors: VectorStore,
    passages: list[Passage],
    embedder: Embedder,
    watch: Watch,
    lexical: LexicalIndex | None = None,
    law_names: Names | None = None,
) -> None:
    """Add passages to every store; the store of passages, which decides, commits last.

    A row is never used twice for what was committed; rows of an interrupted try are, so that its vectors are overwritten.
    """
    first, total = int(store.get_meta("next_row", "0")), len(passages)
    _sweep(folder / WORDS, store.segments())
    with store.transaction():
        store.delete(store.rows_of(passage.source_id for passage in passages))
        for start in range(0, total, _BATCH):
            watch.at("向量", start, total)
            batch = passages[start : start + _BATCH]
            store.insert(first + start, batch)
            rows = range(first + start, first + start + len(batch))
            encoded = embedder.encode([f"{heading(passage)}\n{passage.text}" for passage in batch])
            check_dimension(store, encoded)
            store.set_meta(dimension=str(encoded.shape[1]))
            vectors.upsert(rows, encoded)
        watch.at("词语", 0, total)
        added = [(list(range(first, first + total)), passages)] if passages else []
        if lexical is None or not lexical.segments or _outgrown(store, lexical, total):
            names = [_write_segment(folder / WORDS, store.batches(_BATCH), None)]
        else:
            names = [*store.segments(), _write_segment(folder / WORDS, added, lexical.segments[0])]
        store.set_segments([name for name in names if name])
        store.set_meta(next_row=str(first + total), revision=uuid.uuid4().hex)
        watch.at("词语", total, total)
        store.set_meta(links=relink(folder, store, range(first, first + total), law_names))


def tidy(store: PassageStore, vectors: VectorStore) -> None:
    """Before a change: the vectors' server must answer (``ServiceAway``), and what a change killed midway left there goes."""
    vectors.ready()
    if vectors.count() > store.count():
        vectors.delete(sorted(vectors.rows().difference(store.rows_under(""))))


def check_dimension(store: PassageStore, vectors: Vectors) -> None:
    """Raise ``IndexDamaged`` where vectors are not as long as those of the index: a service may exchange its model unnoticed."""
    known = store.get_meta("dimension")
    if known and vectors.size and int(known) != vectors.shape[1]:
        raise IndexDamaged(f"向量模型现在给出 {vectors.shape[1]} 维，索引是 {known} 维，请重建索引。")


def _outgrown(store: PassageStore, lexical: LexicalIndex, added: int) -> bool:
    """Whether what was added and removed since is too much of the base to be carried along."""
    base, *later = map(len, lexical.segments)
    removed = base + sum(later) + added - store.count()
    return sum(later) + added + removed > _OUTGROWN * base


def _write_segment(folder: Path, batches: Iterable[tuple[list[int], list[Passage]]], like: Segment | None) -> str:
    """Index the words of passages in a segment of their own; its name, or ``""`` for no passages."""
    lists, rows = TokenLists(), list[int]()
    for batch_rows, batch in batches:
        rows += batch_rows
        for passage in batch:
            lists.append(passage_tokens(passage))
    if not lists.vocabulary:
        return ""
    name = uuid.uuid4().hex[:12]
    Segment.build(lists, rows, like).save(folder / name)
    return name


def _sweep(folder: Path, names: list[str]) -> None:
    """Remove segments that an interrupted or an earlier change has left."""
    for path in folder.glob("*"):
        if path.name not in names:
            shutil.rmtree(path, ignore_errors=True)
