"""Who of those who are named in a told case is no suspect here: the dead, the hurt, witnesses, those whose case is another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer.told_harm import FATE, HARMS, listed
from assistant.answer.told_names import Name
from assistant.answer.told_text import Told, find, to_number
from assistant.domain.told import ToldWords

_DIRECTLY = re.compile(r"[、和与及]|以及")
_NUMBER = re.compile(r"(?P<n>[二两三四五六七八]|[2-8])(?:名|个|位)?人")
_ALL_OF_THEM = re.compile(rf"(?P<n>[二两三四五六七八]|[2-8])人(?:都|均|全部?|先后|当场|相继|双双)*(?:{FATE})")


@dataclass(frozen=True)
class Outside:
    """Places of names, start and end in characters, whose bearer stands outside, or came to harm."""

    elsewhere: frozenset[int]
    hurt: frozenset[int]

    def of(self, at: Sequence[tuple[int, int]]) -> bool:
        """Whether one who is named at these places is no suspect."""
        if any(start in self.elsewhere for start, _ in at):
            return True
        hurt = sum(start in self.hurt for start, _ in at)
        return bool(hurt) and hurt >= len(at) / 2


def outsiders(told: Told, names: Sequence[Name], words: ToldWords) -> Outside:
    """Where a name is one of a person whom the case is not about."""
    before = {one.start for one in names if _touches(told, words.outsiders["before"], one, after=False)}
    after = {one.start for one in names if _touches(told, words.outsiders["after"], one, after=True)}
    hurt = {one.start for one in names if _touches(told, words.victims, one, after=True)}
    spans = [(one.name, one.start, one.end) for one in names]
    after |= {start for harm in HARMS for _, start, _ in listed(told, harm, spans)}
    for one, other in pairwise(names):
        if one.start in before and _DIRECTLY.fullmatch(told.text, one.end, other.start):
            before.add(other.start)
    for other, one in pairwise(reversed(names)):
        if _DIRECTLY.fullmatch(told.text, one.end, other.start):
            after |= {one.start} if other.start in after else set()
            hurt |= {one.start} if other.start in hurt else set()
    return Outside(frozenset(before | after | _elsewhere(told, names, words)), frozenset(hurt))


def _touches(told: Told, patterns: Sequence[str], one: Name, *, after: bool) -> bool:
    clause = told.clause(one.start)
    if after:
        return any(found.start() == one.end for found in find(patterns, told.text, one.end, clause.end))
    return any(found.end() == one.start for found in find(patterns, told.text, clause.start, one.start))


def _elsewhere(told: Told, names: Sequence[Name], words: ToldWords) -> set[int]:
    """Those of whom a clause says that they are handled elsewhere: 毛某、杜某……，二人不在本案移送范围."""
    gone: set[int] = set()
    for found in find(words.elsewhere, told.text):
        clause = told.clause(found.start())
        inside = [one for one in names if clause.start <= one.start < found.start()]
        sentence = told.sentence(found.start())[0]
        meant = inside or [one for one in names if sentence <= one.start < found.start()]
        counted = _NUMBER.search(told.text, clause.start, found.end())
        gone |= _last(names, meant, int(to_number(counted["n"]) or 1) if counted else 1)
    for fate in _ALL_OF_THEM.finditer(told.text):  # 解某、仝某先后下去，三人都没救上来
        sentence, count = told.sentence(fate.start())[0], int(to_number(fate["n"]) or 0)
        meant = [one for one in names if sentence <= one.start < fate.start()]
        if count == len({one.name for one in meant}):
            gone |= _last(names, meant, count)
    return gone


def _last(names: Sequence[Name], meant: Sequence[Name], count: int) -> set[int]:
    """Every place of the last few of those who are meant."""
    last = list(dict.fromkeys(one.name for one in reversed(meant)))[:count]
    return {one.start for one in names if one.name in last}
