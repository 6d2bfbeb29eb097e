"""Toneless pinyin of characters, and which syllables are easily taken for one another. The only file that knows pypinyin."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

MOST = 3
"""Readings kept a character: what comes after them in the dictionary is rare (大 tài, 会 kuài)."""
_NO_PHRASES = "PYPINYIN_NO_PHRASES"
_START = re.compile("^(zh|ch|sh|n)")
_PLAIN = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}
_END = re.compile("(?<=[aei])ng$")


@cache
def _pypinyin() -> Any:
    """Pypinyin without its dictionary of phrases, which takes five times as long to load as all the rest of it."""
    before = os.environ.get(_NO_PHRASES)
    os.environ[_NO_PHRASES] = "true"
    try:
        import pypinyin
    finally:
        if before is None:
            del os.environ[_NO_PHRASES]
        else:
            os.environ[_NO_PHRASES] = before
    return pypinyin


_known: dict[str, tuple[str, ...]] = {}


def learn(characters: Iterable[str]) -> None:
    """Read many characters at once, which is far cheaper than one by one."""
    new = sorted(set(characters) - _known.keys())
    if new:
        given = _pypinyin()
        found = given.pinyin("".join(new), style=given.Style.NORMAL, heteronym=True, errors=lambda rest: [[""]] * len(rest))
        _known.update((one, tuple(dict.fromkeys(filter(None, said)))[:MOST]) for one, said in zip(new, found, strict=True))


def readings(character: str) -> tuple[str, ...]:
    """``重`` → ``zhong``, ``chong``, the usual one first; none for what is no Chinese character."""
    if character not in _known:
        learn(character)
    return _known[character]


@cache
def blurred(syllable: str) -> str:
    """One form of the syllables that are confused: zh/z, ch/c, sh/s, n/l, in/ing, en/eng, an/ang."""
    return _END.sub("n", _START.sub(lambda start: _PLAIN[start[0]], syllable))


@cache
def sounds(character: str) -> frozenset[str]:
    """The two usual readings, blurred."""
    return frozenset(map(blurred, readings(character)[:2]))


@cache
def alike(one: str, other: str) -> int:
    """0 where two characters sound the same, 1 where they are easily confused, 2 where they are neither."""
    mine, its = readings(one)[:2], readings(other)[:2]
    if not mine or not its:
        return 2
    if mine[0] in its or its[0] in mine:
        return 0
    return 1 if blurred(mine[0]) == blurred(its[0]) else 2
