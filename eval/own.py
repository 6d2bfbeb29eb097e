"""Questions of our own: is the question met in the right way, and does the first sentence answer it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.answer import Answer, Behavior, Section
from assistant.services import Services

BEHAVIORS = {
    "A": Behavior.ANSWER, "C": Behavior.CORRECT_PREMISE, "T": Behavior.TEMPORAL, "N": Behavior.NOT_IN_LIBRARY,
    "G": Behavior.GIST_ONLY, "P": Behavior.NO_PREDICTION, "O": Behavior.OUT_OF_SCOPE,
}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """Turns, the behaviours that are right, and patterns: the first for the first sentence, the others for the conclusion."""

    turns: tuple[str, ...]
    behaviors: frozenset[Behavior]
    patterns: tuple[str, ...]


def load(path: Path) -> Iterator[Question]:
    """Read ``cases/own.txt``; its head says the form."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            letters, patterns, turns = (part.strip() for part in line.split("@", 2))
            behaviors = frozenset(BEHAVIORS[letter] for letter in letters.split("|"))
            yield Question(tuple(turns.split("||")), behaviors, tuple(patterns.split(";;")))


def met(question: Question, answer: Answer) -> bool:
    """Whether the last answer is what was expected."""
    claims = [claim.text for claim in answer.section(Section.CONCLUSION)]
    first, *rest = question.patterns
    return (
        answer.behavior in question.behaviors
        and bool(re.search(first, claims[0] if claims else ""))
        and all(re.search(pattern, " ".join(claims)) for pattern in rest)
    )


def evaluate(path: Path, services: Services) -> tuple[dict[str, float], list[str]]:
    """Share met, and the questions that were not."""
    missed, count = [], 0
    for count, question in enumerate(load(path), 1):  # noqa: B007  the last number is the count
        turns: list[Answer] = []
        for turn in question.turns:
            turns.append(services.ask(turn, history=tuple(turns)))
        if not met(question, turns[-1]):
            missed.append(" || ".join(question.turns))
    return {"met": round(1 - len(missed) / count, 4), "n": count}, missed
