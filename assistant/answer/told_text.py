"""A told case cut into clauses, each with whose word it is, and the search for words of the data in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assistant.domain.told import ToldWords
from assistant.law.numerals import to_int

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*")
_CLAUSE = re.compile(r"[^，,：:。！？!?；;\n]+[，,：:。！？!?；;\n]*")
_SAYS = re.compile("说|称|认为|指出")
"""A clause that begins with it is the word of whom the clause before names: 接到专家的书面意见，说……"""
_GAP = "[^。；！？\n]{0,14}?"
_ONE_BREATH = "[^，。；！？\n]{0,10}?"


class Voice(StrEnum):
    """Whose word a clause is."""

    TEXT = "叙述"
    WITNESS = "证人"
    DEFENCE = "辩解"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas, with its place in the text."""

    start: int
    end: int
    sentence: int
    voice: Voice = Voice.TEXT


@dataclass(frozen=True)
class Told:
    """The text with what tells nothing blanked out (same length), and its clauses."""

    text: str
    plain: str
    """What is searched: names of offences, questions and demands are blanked."""
    clauses: tuple[Clause, ...]

    def clause(self, at: int) -> Clause:
        """The clause of a place in the text."""
        return next(clause for clause in self.clauses if at < clause.end)

    def sentence(self, at: int) -> tuple[int, int]:
        """Start and end of the sentence of a place."""
        number = self.clause(at).sentence
        inside = [clause for clause in self.clauses if clause.sentence == number]
        return inside[0].start, inside[-1].end


def cut(text: str, words: ToldWords) -> Told:
    """Cut a text into clauses and blank what tells nothing of the case."""
    plain = text
    for found in find(words.not_said, text):
        plain = plain[: found.start()] + "※" * (found.end() - found.start()) + plain[found.end() :]
    clauses: list[Clause] = []
    for number, sentence in enumerate(_SENTENCE.finditer(text)):
        voice = Voice.TEXT
        before = ""
        for part in _CLAUSE.finditer(text, sentence.start(), sentence.end()):
            said = part.group()
            whole = said + text[part.end() : text.find("”", part.end()) + 1] if said.count("“") > said.count("”") else said
            voice = _voice(before + whole if _SAYS.match(said) else whole, voice, words)
            before = said.rstrip("，,：:")
            clauses.append(Clause(part.start(), part.end(), number, voice))
    return Told(text, plain, tuple(clauses))


def _voice(clause: str, before: Voice, words: ToldWords) -> Voice:
    """Whose word a clause is: a claim goes on to the end of its sentence unless somebody else takes over."""
    if any(find(words.claims["witness"], clause)):
        return Voice.WITNESS
    if any(find(words.claim_ends, clause)) or any(find(words.finds, clause)):
        return Voice.TEXT
    return Voice.DEFENCE if any(find(words.claims["defence"], clause)) else before


def find(patterns: Sequence[str], text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Every place where one of the expressions stands."""
    for pattern in patterns:
        compiled, needed = _compiled(pattern)
        if needed in text:
            yield from compiled.finditer(text, start, len(text) if end is None else end)


def denied(told: Told, at: int, words: ToldWords) -> bool:
    """Whether a word that denies stands just before a place, in the same clause."""
    start = told.clause(at).start
    return any(found.end() == at for found in find(words.negations, told.text, max(start, at - 10), at))


def to_number(text: str) -> float | None:
    """A figure in digits or Chinese numerals."""
    plain = text.replace(",", "").replace("，", "")
    return float(plain) if plain.replace(".", "", 1).isdigit() else to_int(plain)


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> tuple[re.Pattern[str], str]:
    """The expression and a stretch of plain characters that every match must hold, which is far quicker to look for."""
    gaps = pattern.replace("……", _GAP).replace("…", _ONE_BREATH)
    plain = re.sub(r"\\.|\[[^\]]*\][?*+]?(?:\{[^}]*\}\??)?", "\0", pattern.replace("…", "\0"))
    while (shorter := re.sub(r"\([^()]*\)[?*]?", "\0", plain)) != plain:
        plain = shorter
    runs = re.findall(r"[\u4e00-\u9fffA-Za-z0-9]+", re.sub(r".[?*]|.\{0[^}]*\}|.\{\d+[^}]*\}", "\0", plain))
    if "|" in plain:
        runs = []
    return re.compile(gaps), max(runs, key=len, default="")
