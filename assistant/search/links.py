"""Who cites whom: the references between articles, by row of the index.

An article may be there twice, as official text and as gist: the first row of an article stands for it (``heads``), and what
is counted and listed are articles. Rows that are removed stay in the file until the next addition; ``live`` hides them.
"""

from __future__ import annotations

import shutil
import uuid
from functools import cached_property
from pathlib import Path
from typing import Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexDamaged
from assistant.search.fusion import Rows

Heads = NDArray[np.int32]
"""By row: the row that stands for its article; -1 where there is no article."""
Edges = NDArray[np.int32]
"""Pairs of a citing row and the head of what it cites."""
Live = NDArray[np.bool_]

Worth = NDArray[np.float32]

NO_EDGES: Edges = np.zeros((0, 2), np.int32)


class Links:
    """The graph as one search sees it."""

    def __init__(self, heads: Heads, edges: Edges, live: Live) -> None:
        size = max(len(heads), len(live))
        self._heads: Heads = np.full(size, -1, np.int32)
        self._heads[: len(heads)] = heads
        self._heads[: len(live)][~live] = -1
        self._heads[len(live) :] = -1
        self._edges = edges

    @classmethod
    def open(cls, file: Path, live: Live) -> Self:
        """What ``save`` wrote; ``live`` says which rows still hold a passage."""
        try:
            with np.load(file) as stored:
                return cls(stored["heads"], stored["edges"].reshape(-1, 2), live)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise IndexDamaged(f"索引已损坏（{type(error).__name__}），请重建索引。") from error

    @classmethod
    def none(cls) -> Self:
        """Nobody cites anybody."""
        return cls(np.zeros(0, np.int32), NO_EDGES, np.zeros(0, np.bool_))

    @cached_property
    def counts(self) -> NDArray[np.int32]:
        """By row: how many other articles cite its article."""
        by_head = np.bincount(self._pairs[:, 1], minlength=len(self._heads)).astype(np.int32)
        return np.where(self._heads >= 0, by_head[self._heads], 0).astype(np.int32)

    def citing(self, row: int) -> list[int]:
        """Rows of the articles that cite the article of a row; the official text where there are two of one article."""
        return self._rows(self._pairs[self._pairs[:, 1] == self._head(row), 0])

    def cited(self, row: int) -> list[int]:
        """Rows of the articles that the article of a row cites."""
        return self._rows(self._pairs[self._pairs[:, 0] == self._head(row), 1])

    def lent(self, rows: Rows, worth: Worth) -> tuple[Worth, Worth]:
        """For each of some rows, the sum of what those among them are worth that cite it, and that it cites."""
        heads, place = np.unique(self._heads[rows], return_inverse=True)
        of_head = np.zeros(len(heads), np.float32)
        np.maximum.at(of_head, place, worth)
        among = np.full(len(self._heads) + 1, -1, np.int32)
        among[heads] = np.arange(len(heads))
        among[-1] = -1  # where -1 has written, which is no article
        citing, cited = among[self._pairs[:, 0]], among[self._pairs[:, 1]]
        both = (citing >= 0) & (cited >= 0)
        by = np.bincount(cited[both], weights=of_head[citing[both]], minlength=len(heads))
        to = np.bincount(citing[both], weights=of_head[cited[both]], minlength=len(heads))
        return by[place].astype(np.float32), to[place].astype(np.float32)

    def _head(self, row: int) -> int:
        return int(self._heads[row]) if 0 <= row < len(self._heads) and self._heads[row] >= 0 else -2

    def _rows(self, heads: Heads) -> list[int]:
        return sorted(self._last[heads].tolist())

    @cached_property
    def _last(self) -> Heads:
        """By head: the last row of its article, which is the official text, for gists are indexed before all texts."""
        last: Heads = np.full(len(self._heads), -1, np.int32)
        rows = np.flatnonzero(self._heads >= 0)
        np.maximum.at(last, self._heads[rows], rows)
        return last

    @cached_property
    def _pairs(self) -> Edges:
        """Distinct (citing head, cited head), both of them here, no article to itself."""
        known = self._edges[(self._edges < len(self._heads)).all(axis=1)]
        pairs = np.stack([self._heads[known[:, 0]], known[:, 1]], axis=1)
        there = (pairs[:, 0] >= 0) & (self._last[pairs[:, 1]] >= 0) & (pairs[:, 0] != pairs[:, 1])
        return np.asarray(np.unique(pairs[there], axis=0), dtype=np.int32).reshape(-1, 2)

    def kept(self, heads: Heads, reread: Live) -> Edges:
        """The edges that still hold where articles have new heads, except of rows that are read again."""
        now: Heads = np.full(len(self._heads), -1, np.int32)
        rows = np.flatnonzero(self._heads >= 0)
        now[self._heads[rows]] = heads[rows]
        known = self._edges[(self._edges < len(self._heads)).all(axis=1)]
        edges = np.stack([known[:, 0], now[known[:, 1]]], axis=1)
        return edges[(self._heads[edges[:, 0]] >= 0) & (edges[:, 1] >= 0) & ~reread[edges[:, 0]]]


def save(folder: Path, heads: Heads, edges: Edges) -> str:
    """Write a graph under a name of its own, which is returned; older ones stay for those who read them."""
    folder.mkdir(exist_ok=True)
    name = f"{uuid.uuid4().hex[:12]}.npz"
    np.savez(folder / name, heads=heads, edges=edges.astype(np.int32))
    return name


def sweep(folder: Path, keep: str) -> None:
    """Remove the graphs that an interrupted or an earlier change has left."""
    for path in folder.glob("*"):
        if path.name != keep:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
