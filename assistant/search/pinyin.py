"""A question typed in pinyin, with or without blanks and tones, as the Chinese question that the library would understand.

``zhongda zeren shigu zui pan ji nian``, ``zhòngdàzérènshìgùzuì`` → 重大责任事故罪判几年, 重大责任事故罪.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product
from operator import add
from typing import Any

from assistant.law.numerals import to_chinese
from assistant.search.syllables import learn, readings
from assistant.search.tokens import HAN

_ASKING = re.findall(
    r"\w+",
    """怎么判 怎么判刑 判几年 判多久 判多少年 判什么刑 怎么罚 怎么处罚 罚多少 罚多少钱 罚款 处罚 怎么办 怎么处理 是什么 什么是 什么罪 什么
 怎么 如何 认定 多少 几年 几天 多久 哪些 有哪些 是否 能不能 可以 可不可以 要不要 需要 应当 必须 构成 标准 条件 责任 刑事责任 法律责任
 追究 量刑 区别 规定 第几条 死亡 死了 重伤 受伤 老板 工人 员工 企业 公司 单位 工地 工厂 煤矿 没有 不报 吗 呢 的 了 和 或者 与 是 不 没 人 个
 年 月 天 条 罪 判 罚 死 伤 报 证 谁""",
)
_CHUNK = re.compile(r"[a-z]+|\d+")
_TONE = re.compile(r"(?<=[a-zü])[1-5](?!\d)")
_VOWEL = re.compile("[aeiouv]")
LONGEST, FREQUENT, LOST = 6, 3, 3.0
"""Letters of a syllable; how often a pair of characters is in the library to count as a word; what an unread syllable costs."""
SURE, PLAIN, PAIR, LONE, RARE = 1.0, 1.2, 1.9, 1.6, 0.3
"""What a word costs: a name or a topic; a word of two characters; a pair of characters; a character alone; more for a reading
that is not the usual one. The cheapest way through a question wins."""
READ = 0.7
"""Share of the syllables that have to be read for the question to count as pinyin."""

Trie = dict[str, Any]


class Pinyin:
    """The words of the library by their syllables. Built by the first question in pinyin."""

    def __init__(self, names: Iterable[str], words: Iterable[str], seen: str) -> None:
        self._words: Trie = {}
        han = re.findall(f"[{HAN}]+", seen)
        pairs = Counter(pair for run in han for pair in map(add, run, run[1:]))
        learn("".join(han))
        self.syllables = {one for character in set("".join(han)) for one in readings(character) if _VOWEL.search(one)}
        for word in _ASKING:
            self._add(word, SURE if len(word) > 2 else PLAIN if len(word) == 2 else LONE)
        for number in map(to_chinese, range(1, 200)):
            self._add(number, LONE)
            self._add(f"第{number}条", PLAIN)
        for name in sorted(names):
            self._add(name, SURE)
        for word in sorted(words):
            self._add(word, SURE + 0.05 if len(word) > 2 else PLAIN + 0.05)
        most = math.log(max(pairs.values(), default=2))
        for pair, count in pairs.most_common():
            if count < FREQUENT:
                break
            self._add(pair, PAIR - 0.5 * math.log(count) / most)

    def _add(self, word: str, base: float) -> None:
        """Put a word under all that it may sound like; the first, the usual one, is the cheapest."""
        cost = base
        usual = 2 if len(word) < 8 and cost < PLAIN + 0.1 else 1
        for syllables in product(*(readings(character)[:usual] for character in word)):
            self._put(syllables, word, cost)
            cost = max(cost, base + RARE)

    def _put(self, syllables: Iterable[str], word: str, cost: float) -> None:
        node = self._words
        for syllable in syllables:
            node = node.setdefault(syllable, {})
        if cost < node.get("", (math.inf,))[0]:
            node[""] = (cost, word)

    def read(self, text: str) -> str:
        """The question in Chinese, or ``""`` where it is no pinyin or nothing of it is known."""
        chunks = _CHUNK.findall(_plain(text))
        letters = "".join(chunks)
        breaks = {0}
        for chunk in chunks:
            breaks.add(max(breaks) + len(chunk))
        words = self._cheapest(letters, breaks) or []
        read = [word for word, _ in words if word]
        known = sum(count for word, count in words if word)
        if not any(len(word) > 1 and not word.isdecimal() for word in read) or known < READ * sum(count for _, count in words):
            return ""
        return "".join(read)

    def _cheapest(self, letters: str, breaks: set[int]) -> list[tuple[str, int]] | None:
        """Words from the first letter to the last, each with its number of syllables; ``None`` where it is no pinyin."""
        costs: list[float] = [0.0] + [math.inf] * len(letters)
        ways: list[tuple[int, str, int]] = [(0, "", 0)] * (len(letters) + 1)
        for at in range(len(letters)):
            if costs[at] == math.inf:
                continue
            for end, cost, word, count in self._from(letters, at, breaks):
                if costs[at] + cost < costs[end]:
                    costs[end], ways[end] = costs[at] + cost, (at, word, count)
        if not letters or costs[-1] == math.inf:
            return None
        path: list[tuple[str, int]] = []
        at = len(letters)
        while at:
            start, word, count = ways[at]
            path.append((word, count))
            at = start
        return path[::-1]

    def _from(self, letters: str, at: int, breaks: set[int]) -> Iterator[tuple[int, float, str, int]]:
        """Every word that begins at a place, and every syllable alone."""
        if letters[at].isdecimal():
            end = next(place for place in range(at + 1, len(letters) + 1) if place in breaks)
            yield end, SURE, letters[at:end], 1
            return
        for end in self._ends(letters, at, breaks):
            yield end, LOST, "", 1
        waiting: list[tuple[Trie, int, int]] = [(self._words, at, 0)]
        while waiting:
            node, place, count = waiting.pop()
            if count and "" in node:
                cost, word = node[""]
                yield place, cost, word, count
            for end in self._ends(letters, place, breaks):
                below = node.get(letters[place:end])
                if below is not None:
                    waiting.append((below, end, count + 1))

    def _ends(self, letters: str, at: int, breaks: set[int]) -> Iterator[int]:
        """Where a syllable that begins here may end: never beyond a blank."""
        for end in range(at + 1, min(at + LONGEST, len(letters)) + 1):
            if letters[at:end] in self.syllables:
                yield end
            if end in breaks:
                return


def _plain(text: str) -> str:
    """Small letters without marks or figures of tone; ü as v."""
    small = unicodedata.normalize("NFKC", text).lower()
    small = "".join(
        "v"
        if letter in "üǖǘǚǜ"
        else "".join(mark for mark in unicodedata.normalize("NFD", letter) if not unicodedata.combining(mark))
        for letter in small
    )
    return _TONE.sub("", small) if len(_TONE.findall(small)) > 1 else small
