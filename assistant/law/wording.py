"""Whether words are those of an article, in whatever digits and marks they are written; where they differ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from assistant.law.numerals import to_int

ELLIPSIS = re.compile(r"…+|\.{3,}|。{3,}|×{2,}|～{2,}")
_TOKEN = re.compile(
    r"""
    (?P<mark> (?:^|(?<=[\n：:；;。])) [ \t\u3000]* [（(][一二三四五六七八九十]{1,3}[）)] )  # （二） before an 项
    | 百分之 (?P<share> [零〇一二两三四五六七八九十百]+ | \d+(?:\.\d+)? )
    | (?P<cn> [零〇一二两三四五六七八九十百千]+ )
    | (?P<digits> \d[\d,，]*\d(?:\.\d+)? )
    | \d | (?<=\d)\.(?=\d) | (?: (?![零一二两三四五六七八九十百千]) [A-Za-z%\u3400-\u9fff] )+
    """,
    re.VERBOSE,
)
"""What is kept of a text, and the marks of its 项, which are not."""
_RUN = re.compile(r"[\u3400-\u9fff]{2,}|\d+(?:\.\d+)?[万亿]?[\u3400-\u9fff%]?")
_PIECE = 4
"""Characters of a run that two texts hardly share by chance."""


@dataclass(frozen=True)
class Words:
    """A text without blanks and marks, its numerals in digits; ``at`` holds the offset of every character in the original."""

    text: str
    at: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.text)

    @cached_property
    def runs(self) -> frozenset[str]:
        """Every run of four characters."""
        return frozenset(self.text[i : i + _PIECE] for i in range(len(self.text) - _PIECE + 1))

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Every pair of characters, figures whole."""
        return frozenset(_pairs(self.text))

    def holds(self, runs: frozenset[str]) -> frozenset[str]:
        """Those of some runs that stand here; an article's own are many, and not kept."""
        return frozenset(run for run in runs if run in self.text)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of ``text[start:end]``."""
        return self.at[start], self.at[end - 1] + 1


@lru_cache(maxsize=8192)
def words(text: str) -> Words:
    """Prepare a text for comparison."""
    kept: list[str] = []
    at: list[int] = []
    plain, position = text.translate(_NARROW), 0
    while found := _TOKEN.search(plain, position):
        start, position = found.span()
        if found["mark"]:
            continue
        if found.lastgroup is None:
            kept.append(found.group())
            at += range(start, position)
            continue
        written = _digits(found)
        if not written:  # 百 of 百货 is no number
            position = start + 1
            if plain[start] != "〇":
                kept.append(plain[start])
                at.append(start)
            continue
        if kept and kept[-1][-1].isdigit():  # 一、二 is not twelve
            kept.append("/")
            at.append(start)
        kept.append(written)
        at += [start] * (len(written) - 1) + [position - 1]
    return Words("".join(kept), tuple(at))


class _Narrow(dict[int, str]):
    """Full-width forms made half-width, character by character, so that offsets hold."""

    def __missing__(self, mark: int) -> str:
        one = unicodedata.normalize("NFKC", chr(mark))
        self[mark] = one if len(one) == 1 else chr(mark)
        return self[mark]


_NARROW = _Narrow()


def _digits(found: re.Match[str]) -> str:
    if found["share"]:
        share = found["share"]
        value = share if share[0].isdigit() else to_int(share)
        return f"{value}%" if value is not None else ""
    if found["digits"]:
        return re.sub("[,，]", "", found["digits"])
    number = to_int(found["cn"]) if len(found["cn"]) > 1 or found["cn"] not in "零〇" else None
    return str(number) if number is not None else ""


def _pairs(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        if run[0].isdigit():
            yield run
        else:
            yield from (run[i : i + 2] for i in range(len(run) - 1))


def quoted_in(quote: str, text: Words) -> bool:
    """Whether a quotation stands in a text word for word; an ellipsis leaves out what it likes."""
    position = 0
    for part in ELLIPSIS.split(quote):
        wanted = words(part).text
        found = text.text.find(wanted, position)
        if found < 0:
            return False
        position = found + len(wanted)
    return True


def covered(said: Words, text: Words) -> float:
    """Share of the pairs and figures of what is said that the text has anywhere, 0 to 1."""
    return len(said.pairs & text.pairs) / len(said.pairs) if said.pairs else float(said.text in text.text)


def nearest(said: Words, text: Words) -> tuple[float, int, int]:
    """The stretch of a text most like what is said: share of what is said in common and in order, and its start and end."""
    matcher = SequenceMatcher(None, text.text, said.text, autojunk=False)
    longest = matcher.find_longest_match()
    slack = len(said) // 3 + 2
    start = max(0, longest.a - longest.b - slack)
    window = text.text[start : longest.a + len(said) - longest.b + slack]
    blocks = [block for block in SequenceMatcher(None, window, said.text, autojunk=False).get_matching_blocks() if block.size > 1]
    if not blocks:
        return 0.0, 0, 0
    return sum(block.size for block in blocks) / len(said), start + blocks[0].a, start + blocks[-1].a + blocks[-1].size


def differences(said: Words, text: Words) -> list[tuple[int, int]]:
    """Places of the original of what is said that differ from the nearest stretch of the text; a gap is shown at its left."""
    _, start, end = nearest(said, text)
    steps = SequenceMatcher(None, text.text[start:end], said.text, autojunk=False).get_opcodes()
    found: list[tuple[int, int]] = []
    for tag, _, _, low, high in steps:
        if tag != "equal" and len(said):
            found.append(said.original(low, high) if high > low else said.original(max(0, low - 1), max(1, low)))
    return found
