"""纠错: a question in whatever spelling, as the library would write it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant.search.english import English, is_latin
from assistant.search.pinyin import Pinyin
from assistant.search.simplify import simplify
from assistant.search.typos import Typos

NOTED = 40
"""A reading longer than this is shortened where it is told."""


@dataclass(frozen=True)
class Reading:
    """A question as it is understood."""

    text: str
    changed: tuple[tuple[str, str], ...] = ()
    """What was written and what it was read as. Characters that were only simplified are not told."""

    @property
    def note(self) -> str:
        """The sentence that says how the question was read; empty where it was read as written."""
        read = dict.fromkeys(new if len(new) <= NOTED else f"{new[:NOTED]}…" for _, new in self.changed)
        return f"已按{'、'.join(f'“{one}”' for one in read)}理解。" if read else ""


class Speller:
    """Reads questions by the words of a library. Cheap to make: what a kind of spelling needs is built by the first question in it."""

    def __init__(
        self,
        names: Iterable[str],
        words: Iterable[str],
        texts: Iterable[str],
        english: Callable[[], Mapping[str, Mapping[str, str]]],
    ) -> None:
        self._names = frozenset(names)
        self._words = frozenset(words)
        self._seen = "\n".join(texts)
        self._english_words = english

    def read(self, question: str) -> Reading:
        """Simplified characters, names without their slips; a question in pinyin or English as a Chinese one."""
        if is_latin(question):
            meant = self._pinyin.read(question) or self._english.read(question)
            return Reading(meant, ((question, meant),)) if meant else Reading(question)
        return Reading(*self._typos.correct(simplify(question, self._seen)))

    @cached_property
    def _typos(self) -> Typos:
        return Typos(self._names, self._words, self._seen)

    @cached_property
    def _pinyin(self) -> Pinyin:
        return Pinyin(self._names, self._words, self._seen)

    @cached_property
    def _english(self) -> English:
        return English(self._english_words())
