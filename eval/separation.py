"""Whether questions of training are kept apart from those of evaluation: the same question, or the same in other order or words.

Likeness is Dice's: twice the pairs of characters that two questions share, by the pairs that they have.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml
from scipy.sparse import csr_matrix

LIKE = 0.7
"""From this likeness on a question is a rewording of the other."""
SHORT = 6
"""A turn with fewer characters (那判多久) is nobody's question by itself."""
_ASKED = {"question", "q", "said", "told", "text"}
_BATCH = 2000
_OTHER = re.compile(r"[\W_]+")


class Like(NamedTuple):
    """A question of training and one of evaluation that are too close."""

    ours: str
    held: str
    dice: float


def plain(question: str) -> str:
    """Letters, digits and characters alone, in one form."""
    return _OTHER.sub("", unicodedata.normalize("NFKC", question).lower())


def alike(ours: Sequence[str], held: Sequence[str], least: float = LIKE) -> list[Like]:
    """Pairs that are the same or at least ``least`` alike; each only once, the closest first."""
    number: dict[str, int] = {}
    left, right = _pairs(ours, number), _pairs(held, number)
    left.resize(left.shape[0], right.shape[1])
    sizes, theirs = np.diff(left.indptr), np.diff(right.indptr)
    found = dict.fromkeys(_same(ours, held), 1.0)
    for start in range(0, len(ours), _BATCH):
        shared = (left[start : start + _BATCH] @ right.T).tocoo()
        dice = 2 * shared.data / (sizes[start + shared.row] + theirs[shared.col])
        close = np.flatnonzero(dice >= least)
        for n, m, value in zip(
            (start + shared.row[close]).tolist(), shared.col[close].tolist(), dice[close].tolist(), strict=True
        ):
            found.setdefault((n, m), value)
    return sorted((Like(ours[n], held[m], round(value, 3)) for (n, m), value in found.items()), key=lambda like: -like.dice)


def _same(ours: Sequence[str], held: Sequence[str]) -> Iterator[tuple[int, int]]:
    places = {plain(question): m for m, question in enumerate(held)}
    return ((n, places[plain(question)]) for n, question in enumerate(ours) if plain(question) in places)


def _pairs(questions: Sequence[str], number: dict[str, int]) -> csr_matrix:
    """Which pairs of characters each question has; new pairs are numbered on."""
    rows = []
    for question in questions:
        text = plain(question)
        rows.append([number.setdefault(pair, len(number)) for pair in {text[n : n + 2] for n in range(len(text) - 1)}])
    ends = np.cumsum([0, *map(len, rows)])
    flat = np.fromiter((pair for row in rows for pair in row), np.int64, count=ends[-1])
    return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(number)))


def asked(path: Path) -> Iterator[str]:
    """The questions of a file of evaluation: JSON, JSON lines, YAML, or the form of ``cases/own.txt``."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".txt":
        lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
        for line in lines:
            yield from _turns(line.split("@", 2)[-1].split("||"))
    elif path.suffix == ".jsonl":
        yield from _within([json.loads(line) for line in text.splitlines() if line.strip()])
    elif path.suffix in {".json", ".yaml"}:
        yield from _within(json.loads(text) if path.suffix == ".json" else yaml.safe_load(text))


def _within(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from _within(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name == "turns":
                yield from _turns(part)
            elif name in _ASKED and isinstance(part, str):
                yield part.strip()
            else:
                yield from _within(part)


def _turns(turns: Sequence[str]) -> Iterator[str]:
    """Turns as one question, and each that is a question by itself."""
    whole = " ".join(turn.strip() for turn in turns)
    yield whole
    yield from (turn.strip() for turn in turns if len(turns) > 1 and len(plain(turn)) >= SHORT)
