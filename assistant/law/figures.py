"""Figures of a text held against those of a provision: terms of years and days, sums, shares, persons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from assistant.law.wording import Words

_CONTEXT = 7
"""Characters around a figure that tell what it counts."""
_MASK = re.compile(r"\d+(?:\.\d+)?")
_BOUND = re.compile(
    r"\d+(?:\.\d+)?(?P<unit>(?:亿元|万元|元|年|个月|个工作日|工作日|月|日|天|小时|人|倍|%|名|平方米|米|度))(?=以上|以下|以内|内|不满|至\d|到\d)"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text: where it stands, its number, and the words around it with the number left out."""

    start: int
    end: int
    number: str
    before: str
    after: str


def figures(text: Words, *, bounds: bool = False) -> list[Figure]:
    """The figures of a text; with ``bounds`` only those that limit something: 三年以下, 一百万元以上, 二十四小时内."""
    found = []
    for hit in _BOUND.finditer(text.text) if bounds else _MASK.finditer(text.text):
        number = _MASK.match(text.text, hit.start())
        end = number.end() if number else hit.end()
        before = _MASK.sub("#", text.text[max(0, hit.start() - 12) : hit.start()])[-_CONTEXT:]
        after = _MASK.sub("#", text.text[end : end + 12])[:_CONTEXT]
        found.append(Figure(hit.start(), end, text.text[hit.start() : end], before, after))
    return found


def wrong_figures(said: Words, text: Words) -> list[tuple[Figure, str]]:
    """Figures of what is said that stand in the text's own words with another number; each with the number of the text.

    A figure is compared with those that count the same thing: most of the words on both sides are the same.
    """
    theirs = figures(text)
    wrong = []
    for mine in figures(said, bounds=True):
        alike = [(_alike(mine, their), their) for their in theirs]
        best = max((score for score, _ in alike), default=0)
        if best < 6:
            continue
        same = [their.number for score, their in alike if score >= min(best, 6)]
        if mine.number not in same:
            wrong.append((mine, next(their.number for score, their in alike if score == best)))
    return wrong


def _alike(one: Figure, other: Figure) -> int:
    """Characters around two figures that agree, outwards from the number."""
    left = _common(one.before[::-1], other.before[::-1])
    right = _common(one.after, other.after)
    return left + right if right >= 3 and left >= 1 else 0


def _common(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


_TERM = re.compile(
    r"(?<![第\d.])(?P<n>\d+(?:\.\d+)?)(?P<ten>[万亿]?)(?P<unit>个工作日|工作日|个月|小时|日|天|年|%|倍|次|人|名|元|平方米|(?<=[万亿])(?=[到至以]|的?罚|$))(?!月)"
)
_UNITS = {"个工作日": "工作日", "天": "日", "名": "人", "": "元"}
_TENS = {"": 1, "万": 10**4, "亿": 10**8}
_AFTER = re.compile(r"以上|以下|以内|之内|内|为限|不满|[至到]\d|前")
_BEFORE = re.compile(
    r"(?:不得?超过|超过|不得?少于|不得?低于|不得?多于|少于|低于|高于|多于|至少|最高|最低|上限|下限|不满|[年月日时元%倍次人][至到]|(?:延长|缩短|提高|降低|增加|减少|调整)(?:至|到|为))$"
)
_FACT = re.compile(r"(?:死亡|造成|致|徒刑|拘役|判处|判了|损失|重伤|受伤|[月])(?:[约共计达了为]*)$")
_COUNTED = {"人", "元"}
"""Of persons and money a case has figures of its own."""
_REACHES = re.compile(r"[\u4e00-\u9fff]{0,6}?(?:即属|属于|就是|达到|构成|应当认定)")
"""The amount is said to be enough."""
_YEARS = 1900


@dataclass(frozen=True, slots=True)
class Term:
    """A figure with what it counts: 30日, 三万元 (in 元), 百分之六十."""

    value: float
    unit: str
    start: int
    end: int
    bounds: bool
    """It limits something (以上, 以下, 之内, 至), rather than being a matter of fact."""
    fact: bool
    """It tells what happened: three died, two years were imposed."""


def terms(text: Words) -> list[Term]:
    """The figures of a text that a provision may be held against; dates are none."""
    found = []
    for hit in _TERM.finditer(text.text):
        value = float(hit["n"]) * _TENS[hit["ten"]]
        if hit["unit"] == "年" and value >= _YEARS:
            continue
        before = text.text[max(0, hit.start() - 6) : hit.start()]
        bounds = bool(_AFTER.match(text.text, hit.end()) or _BEFORE.search(before))
        fact = bool(_FACT.search(before)) or text.text.startswith(("有期徒刑", "徒刑"), hit.end())
        found.append(Term(value, _UNITS.get(hit["unit"], hit["unit"]), hit.start(), hit.end(), bounds, fact))
    return found


def foreign_terms(said: Words, text: Words) -> list[Term]:
    """Figures of what is said that the text does not have though it counts the same thing.

    A figure that limits something has to be one of the text's; another must at least lie between them, since it may be a case's own.
    """
    theirs: dict[str, set[float]] = {}
    for term in terms(text):
        theirs.setdefault(term.unit, set()).add(term.value)
    least = _thresholds(text)
    wrong = []
    for term in terms(said):
        known = theirs.get(term.unit)
        if not known or term.value in known or (term.fact and not term.bounds):
            continue
        outside = term.unit not in _COUNTED and not min(known) <= term.value <= max(known)
        short = not term.bounds and _REACHES.match(said.text, term.end) and term.value < least.get(term.unit, 0)
        if term.bounds or outside or short:
            wrong.append(term)
    return wrong


def _thresholds(text: Words) -> dict[str, float]:
    """The least that counts, by unit, where a text only says from what on: 五十万元以上, and no 以下."""
    from_on: dict[str, list[float]] = {}
    up_to = {term.unit for term in terms(text) if text.text.startswith("以下", term.end)}
    for term in terms(text):
        if text.text.startswith("以上", term.end):
            from_on.setdefault(term.unit, []).append(term.value)
    return {unit: min(values) for unit, values in from_on.items() if unit not in up_to}
