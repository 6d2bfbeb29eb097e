"""Drawing from the bank: of every kind and sort, right and wrong in turn, and nothing that another question gives away."""

from __future__ import annotations

import random
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from assistant.documents.quiz_proof import Draft
from assistant.domain.quiz import TRUTH, QuizKind

K = TypeVar("K")
Group = tuple[QuizKind, str]
_TURNS: tuple[Group, ...] = (
    (QuizKind.SINGLE, ""),
    (QuizKind.TRUTH, TRUTH[1]),
    (QuizKind.SINGLE, ""),
    (QuizKind.TRUTH, TRUTH[0]),
    (QuizKind.MULTIPLE, ""),
)
"""Half or less to be judged, as many right as wrong."""


def drawn(drafts: Iterable[Draft], seed: int, rank: Callable[[Draft], int] = lambda draft: 0) -> Iterator[Draft]:
    """All drafts that don't answer one another, the best first: lower ``rank`` goes before higher.

    Within a kind and a rank the sorts and topics take turns. The same for the same seed.
    """
    chance, told = random.Random(seed), set[str]()
    groups: dict[Group, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault((draft.kind, draft.right[0] if draft.kind is QuizKind.TRUTH else ""), []).append(draft)
    rows = {group: deque(_mixed(held, rank, chance)) for group, held in groups.items()}
    while any(rows.values()):
        for turn in _TURNS:
            row = rows.get(turn, deque())
            while row:
                draft = row.popleft()
                if told.isdisjoint(draft.proved_by):
                    told.update(draft.proved_by)
                    yield draft
                    break


def _mixed(drafts: list[Draft], rank: Callable[[Draft], int], chance: random.Random) -> list[Draft]:
    """In the order of rank; within it the sorts take turns, and within a sort its topics."""
    chance.shuffle(drafts)
    topics, sorts = Counter[tuple[int, str, str]](), Counter[tuple[int, str]]()
    placed = [(level := rank(draft), _nth(topics, (level, draft.sort, draft.topic)), draft) for draft in drafts]
    placed.sort(key=lambda one: one[:2])
    turns = [(level, _nth(sorts, (level, draft.sort)), draft) for level, _, draft in placed]
    return [draft for _, _, draft in sorted(turns, key=lambda one: one[:2])]


def _nth(count: Counter[K], key: K) -> int:
    """How many of a key came before."""
    count[key] += 1
    return count[key] - 1
