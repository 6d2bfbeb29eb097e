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
KIN = re.compile(r"的?(?:老婆|妻子|丈夫|老公|儿子|女儿|父亲|母亲|弟弟|哥哥|家属|亲属|亲戚|朋友|司机|会计)")
_STRUCK = re.compile(
    r"(?:砸|压|撞|埋|碾|挤|烧|烫|扫|刮|击|扎|刺|电|炸)(?:中|倒|死|伤|住|到|飞|向|落|在)(?!人)[^，。；负责任]{0,12}$"
)
"""钢支撑掉落砸中坑底的钢筋工老魏."""
_FELL = re.compile(
    r"(?:不慎|随后|当场|后|结果|不幸)*(?:被[^，。；的人名中\d]{0,10}(?:[砸压挤电烧炸毒淹熏绞撞]死|身亡|死亡)|(?:坠落|摔下|跌落|坠楼|触电|溺水|落水)[^，。；]{0,4}(?:身亡|死亡|溺亡)|身亡|坠亡|溺亡)"
)
_SOMEBODY = re.compile(
    r"[\u4e00-\u9fff]{1,6}(?:工|员|人|长|经理|老板|主|手|师|机|公司|厂|方)(?:则|也|由)?(?:负|承担|对|另|主要|次要|全部|同等)"
)
"""A subject without a name: 搓澡工负主要责任."""
_ALL_OF_THEM = re.compile(rf"(?P<n>[二两三四五六七八]|[2-8])人[^，。；\d]{{0,4}}(?:都|均|全部?|先后|相继|双双)+(?:{FATE})")


@dataclass(frozen=True)
class Outside:
    """Places of names, start and end in characters, whose bearer stands outside, or came to harm."""

    elsewhere: frozenset[int]
    hurt: frozenset[int]
    dead: frozenset[int] = frozenset()

    def of(self, at: Sequence[tuple[int, int]]) -> bool:
        """Whether one who is named at these places is no suspect."""
        if any(start in self.elsewhere or start in self.dead for start, _ in at):
            return True
        hurt = sum(start in self.hurt for start, _ in at)
        return bool(hurt) and hurt >= len(at) / 2


def outsiders(told: Told, names: Sequence[Name], words: ToldWords) -> Outside:
    """Where a name is one of a person whom the case is not about."""
    before = {one.start for one in names if _touches(told, words.outsiders["before"], one, after=False)}
    after = {one.start for one in names if _touches(told, words.outsiders["after"], one, after=True)}
    hurt = {one.start for one in names if _touches(told, words.victims, one, after=True)}
    hurt |= {one.start for one in names if _STRUCK.search(told.text, told.clause(one.start).start, one.start)}
    spans = [(one.name, one.start, one.end) for one in names]
    after |= {start for harm in HARMS for _, start, _ in listed(told, harm, spans)}
    for one, other in pairwise(names):
        if one.start in before and _DIRECTLY.fullmatch(told.text, one.end, other.start):
            before.add(other.start)
    for other, one in pairwise(reversed(names)):
        if _DIRECTLY.fullmatch(told.text, one.end, other.start):
            after |= {one.start} if other.start in after else set()
            hurt |= {one.start} if other.start in hurt else set()
    dead = {one.start for one in names if _killed(told, one, names)}
    return Outside(frozenset(before | after | _elsewhere(told, names, words)), frozenset(hurt | dead), frozenset(dead))


def _killed(told: Told, one: Name, names: Sequence[Name]) -> bool:
    """Whether the sentence goes on, of nobody else, to tell of the death: 匡某没戴安全帽，钻过警戒绳，被落石砸死."""
    if one.start - told.clause(one.start).start > 6:
        return False
    for clause in [each for each in told.clauses if one.end < each.end <= told.sentence(one.start)[1]]:
        if any(clause.start <= other.start < clause.end for other in names if other.name != one.name):
            return False
        if clause.start > one.start and _FELL.match(told.text, clause.start):
            return True
    return False


def _touches(told: Told, patterns: Sequence[str], one: Name, *, after: bool) -> bool:
    clause = told.clause(one.start)
    if after:
        return any(found.start() == one.end for found in find(patterns, told.text, one.end, clause.end))
    return any(found.end() == one.start for found in find(patterns, told.text, clause.start, one.start))


def _elsewhere(told: Told, names: Sequence[Name], words: ToldWords) -> set[int]:
    """Those of whom a clause says that they are handled elsewhere: 毛某、杜某……，二人不在本案移送范围."""
    names = [one for one in names if not KIN.match(told.text, one.end)]
    gone: set[int] = set()
    for found in find(words.elsewhere, told.text):
        clause = told.clause(found.start())
        inside = [one for one in names if clause.start <= one.start < found.start()]
        sentence = told.sentence(found.start())[0]
        meant = inside or _subject(told, names, sentence, clause.start)
        counted = _NUMBER.search(told.text, clause.start, found.end())
        gone |= _last(names, meant, int(to_number(counted["n"]) or 1) if counted else 1)
    for fate in _ALL_OF_THEM.finditer(told.text):  # 解某、仝某先后下去，三人都没救上来
        sentence, count = told.sentence(fate.start())[0], int(to_number(fate["n"]) or 0)
        meant = [one for one in names if sentence <= one.start < fate.start()]
        if count == len({one.name for one in meant}):
            gone |= _last(names, meant, count)
    return gone


def _subject(told: Told, names: Sequence[Name], start: int, end: int) -> list[Name]:
    """Those of the sentence up to the last clause with a name; nobody where a position without a name came after: 搓澡工负主要责任，另案."""
    for clause in reversed([one for one in told.clauses if start <= one.start and one.end <= end]):
        if any(clause.start <= one.start < clause.end for one in names):
            return [one for one in names if start <= one.start < clause.end]
        if _SOMEBODY.match(told.text, clause.start):
            return []
    return []


def _last(names: Sequence[Name], meant: Sequence[Name], count: int) -> set[int]:
    """Every place of the last few of those who are meant."""
    last = list(dict.fromkeys(one.name for one in reversed(meant)))[:count]
    return {one.start for one in names if one.name in last}
