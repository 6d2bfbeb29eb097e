"""Completing a follow-up question with a model. It may repeat what was said before and nothing else; if it adds, the rules do it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.answer.ask import Room
from assistant.answer.mask import Mask
from assistant.answer.match import bag
from assistant.answer.prompts import Prompt
from assistant.answer.understand import normalise
from assistant.answer.writing import Writer
from assistant.domain.answer import Answer
from assistant.errors import AnHengError, Cancelled
from assistant.law.amounts import read_amounts

TURNS = 4
"""How many questions before are told."""
LEANS = 60
"""A longer question stands by itself."""
LONGEST = 300
SAID_BEFORE = 0.8
"""Share of the completed question's words, weighed by rarity, that the questions must hold."""
_DRESS = re.compile(r"^(?:补全后的?问题|完整问题|问题)[：:]\s*|^[“\"']|[”\"']$")


def rewrite(
    question: str, history: Sequence[Answer], room: Room, writer: Writer, prompt: Prompt, cancelled: Callable[[], bool]
) -> str:
    """The question as it stands alone; empty where it does already, or where the model is of no use. Raises ``Cancelled``."""
    if not history or len(question) > LEANS:
        return ""
    before = "\n".join(f"- {answer.completed or answer.question}" for answer in history[-TURNS:])
    mask = Mask()
    if writer.masks:
        mask.learn(before, question)
    values = {"before": before, "question": question}
    if writer.masks:
        values = {name: mask(value) for name, value in values.items()}
    written = ""
    try:
        for piece in writer.stream(prompt, values, cancelled):
            written += piece
            if len(written) > LONGEST:
                return ""
    except Cancelled:
        raise
    except AnHengError:  # writing the answer meets the same endpoint, and says so
        return ""
    completed = _DRESS.sub("", normalise(mask.back(written)))
    return completed if completed != normalise(question) and _adds_nothing(completed, f"{before}\n{question}", room) else ""


def _adds_nothing(completed: str, told: str, room: Room) -> bool:
    """Every figure was told, and nearly every word."""
    if not completed or "。" in completed.rstrip("。") or not read_amounts(completed) <= read_amounts(told):
        return False
    return room.matcher.covered(bag(completed), bag(told)) >= SAID_BEFORE
