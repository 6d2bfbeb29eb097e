"""应当, 可以, 不得: what a clause obliges to, allows or forbids, held against the provision's own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.law.wording import Words

_CLASSES = {
    "应当": "应当", "必须": "应当", "应": "应当", "须": "应当",
    "可以": "可以", "可": "可以", "有权": "可以",
    "不得": "不得", "不应": "不得", "不能": "不得", "禁止": "不得", "严禁": "不得", "不准": "不得",
    "不可以": "不得", "可以不": "可不",
}  # fmt: skip
_MODAL = re.compile("|".join(sorted(_CLASSES, key=len, reverse=True)))
_CERTAIN = re.compile("应当|必须|可以|不得|禁止|严禁|有权")
"""Those that a statement must have: 应 and 可 stand in many other words."""
_VERB = 4
"""Characters behind the word that tell what it is about."""
_REACH = 60


@dataclass(frozen=True, slots=True)
class Modal:
    """A word of duty that the provision has otherwise: its place in what is said, and the provision's word."""

    start: int
    end: int
    right: str


def wrong_modals(said: Words, text: Words, original: str) -> list[Modal]:
    """Words of duty of what is said that govern, in the text, the same words with another force.

    ``original`` is the text with its marks: a word of duty governs what follows it up to the end of its sentence.
    """
    wrong = []
    for hit in _CERTAIN.finditer(said.text):
        about = said.text[hit.end() : hit.end() + _VERB]
        if len(about) < _VERB:
            continue
        governing = [word for at in _places(text.text, about) if (word := _governing(text, original, at))]
        if governing and _CLASSES[hit.group()] not in {_CLASSES[word] for word in governing}:
            wrong.append(Modal(hit.start(), hit.end(), governing[0]))
    return wrong


def _places(text: str, wanted: str) -> list[int]:
    return [found.start() for found in re.finditer(re.escape(wanted), text)]


def _governing(text: Words, original: str, at: int) -> str:
    start = max(0, at - _REACH)
    stops = [i for i in range(start, at) if original[text.at[i] + 1 : text.at[i] + 2] in {"。", "；", "\n", "："}]
    low = stops[-1] + 1 if stops else start
    words = [hit.group() for hit in _MODAL.finditer(text.text[low:at])]
    return words[-1] if words else ""
