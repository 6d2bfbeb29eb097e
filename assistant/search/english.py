"""A question in English as the Chinese words of the library, by a small dictionary: ``knowledge_base/english.yaml``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from assistant.search.tokens import HAN

_HAN = re.compile(f"[{HAN}]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?")
_ENDING = re.compile(r"(?<=...)(?:'s|ies|ying|ing|ed|es|s|y|e)$")
_FIGURES = {
    word: str(n) for n, word in enumerate(_WORD.findall("one two three four five six seven eight nine ten eleven twelve"), 1)
}
_DEAD = re.compile(
    r"\b(\d+)\s+(?:(?:people|persons?|workers?|men|man|miners?|employees?)\s+)?(?:were\s+|was\s+)?(?:died|dead|die|deaths?|killed|fatalities)\b"
    r"|\b(?:killed|killing|kills)\s+(\d+)\b(?:\s+(?:people|persons?|workers?|men|man|miners?|employees?))?"
)
_ARTICLE = re.compile(r"\b(?:article|art\.?)\s+(\d+)\b(?:\s+of\b)?(?:\s+the\b)?")
_ARTICLES = frozenset(("a", "an", "the"))
_STOP = frozenset(
    _WORD.findall(
        "a an the of for in on at to by with from and or if is are was were be been being do does did i we my our you your it its he she"
        " they them his her their this that these those there as who whom whose which what when where why how can could will would"
        " shall should may might must has have had not no any some about into after before under over than then so happens happen"
        " happened please tell me us someone somebody person people get gets got go goes make made against per during while still only"
        " just also very much many more most"
    )
)
ENOUGH = 0.5
"""Share of the words that mean something which the dictionary has to know."""


def is_latin(text: str) -> bool:
    """Whether a text is written in Latin letters alone, figures and marks aside: 4 letters at least, no Chinese character."""
    return not _HAN.search(text) and len(_LETTER.findall(text)) >= 4


def stem(word: str) -> str:
    """A word without its ending: ``penalties`` and ``penalty`` are one."""
    return _ENDING.sub("", word)


class English:
    """``terms`` are the matters of the law, ``asking`` is what is asked about them: it goes to the end, as in Chinese."""

    def __init__(self, words: Mapping[str, Mapping[str, str]]) -> None:
        self._terms = _by_stems(words["terms"])
        self._asking = _by_stems(words["asking"])
        self._longest = max(map(len, [*self._terms, *self._asking]), default=0)

    def read(self, text: str) -> str:
        """The question in Chinese, or ``""`` where too little of it is known."""
        plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
        plain = " ".join(_FIGURES.get(word, word) for word in plain.split())
        dead = [f"死亡{one or other}人" for one, other in _DEAD.findall(plain)]
        articles = [f"第{number}条" for number in _ARTICLE.findall(plain)]
        written = _words(_ARTICLE.sub(" ", _DEAD.sub(" ", plain)))
        terms, asking, unknown = self._parts([stem(word) for word in written], written)
        found = [*terms, *dead]
        known = len(found) + len(asking) + len(articles)
        if not (found or articles) or known < ENOUGH * (known + unknown):
            return ""
        laws = [term for term in found if articles and term.endswith("法")][:1]
        rest = [term for term in found if term not in laws]
        matters = " ".join(dict.fromkeys(filter(None, ["".join([*laws, *articles]), *rest])))
        return matters + "".join(dict.fromkeys(asking))

    def _parts(self, stems: Sequence[str], written: Sequence[str]) -> tuple[list[str], list[str], int]:
        """Terms and asking words in order, longest match first, and how many words of a meaning are not known."""
        terms: list[str] = []
        asking: list[str] = []
        at = unknown = 0
        while at < len(stems):
            for length in range(min(self._longest, len(stems) - at), 0, -1):
                key = tuple(stems[at : at + length])
                if key in self._terms or key in self._asking:
                    (terms if key in self._terms else asking).append(self._terms.get(key) or self._asking[key])
                    break
            else:
                length = 1
                unknown += written[at] not in _STOP
            at += length
        return terms, asking, unknown


def _by_stems(words: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    return {tuple(map(stem, _words(phrase))): meaning for phrase, meaning in words.items()}


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word not in _ARTICLES]
