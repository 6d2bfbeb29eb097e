"""Amounts of a told case: losses, gains, quantities. Money is in 万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answer.told_text import Told, Voice, find, to_number
from assistant.domain.facts import DISPUTED, UNCLEAR, LossItem, Value
from assistant.domain.rules import LossKind
from assistant.domain.told import ToldFigure, ToldWords
from assistant.rules.loss import kinds_named

_MONEY = re.compile(
    r"(?P<from>(?:\d+(?:\.\d+)?)\s*(?:万|亿)?元?(?:至|到|—|-|~|～))?"
    r"(?P<near>不足|不到|不满|低于|少于|近|将近|接近|差[^，。；]{0,4}到|超过|超|逾|高于|正好|刚好|恰好|整整|约|大约|共计|计|仅|只有)?(?:人民币)?\s*"
    r"(?P<n>\d[\d,，]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)\s*(?P<few>多|余|几)?\s*(?P<unit>亿|万|千)?(?P<few2>余|多)?\s*(?:元|块钱?|(?<=[万亿])(?!人|名|只|吨|平|立方|米|张|册|台|份|户|个|条|次|件|辆|头|棵|支|枚))"
)
_WAN = {"亿": 10000.0, "万": 1.0, "千": 0.1, None: 0.0001}
_BELOW = {"不足", "不到", "不满", "低于", "少于", "近", "将近", "接近"}
_ABOVE = {"超过", "超", "逾", "高于"}
_TOTAL = re.compile(r"(?:共|合计|总计|累计|总额)[计达为约]{0,2}(?:人民币)?\s*$")
_JUST = 0.01
"""万元 by which 不足 and 超过 differ from their figure."""


def read_figures(told: Told, words: ToldWords) -> tuple[dict[str, Value], dict[str, str], dict[str, int]]:
    """Amounts beside the words that the data names; their sides; and where each stands."""
    facts: dict[str, Value] = {}
    sides: dict[str, str] = {}
    places: dict[str, int] = {}
    for figure in words.figures:
        found = list(_figures(told, figure))
        if not found:
            continue
        totals = [one for one in found if _TOTAL.search(told.plain, told.clause(one[1].start()).start, one[1].start("n"))]
        found = totals if len(totals) == 1 and not figure.entry else found
        values = {value for value, _ in found}
        least = min(values, key=_size)
        amounts = [_size(value) for value in values]
        facts[figure.key] = DISPUTED if min(amounts) < figure.entry <= max(amounts) else least
        places[figure.key] = found[0][1].start()
        if len(values) > 1:
            said = "；".join(f"“{match.group()}”" for _, match in found)
            sides[figure.label] = (
                f"{figure.label}各处所说不一：{said}{'' if facts[figure.key] == DISPUTED else '，先按都认可的数'}"
            )
    return facts, sides, places


def _size(value: Value) -> float:
    return value if isinstance(value, int | float) else -1


def _figures(told: Told, figure: ToldFigure) -> Iterator[tuple[Value, re.Match[str]]]:
    pattern = (
        _MONEY
        if not figure.unit
        else re.compile(rf"(?P<n>\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+)\s*(?:余|多)?(?:{figure.unit})")
    )
    for match in pattern.finditer(told.plain):
        clause = told.clause(match.start())
        if clause.voice is Voice.DEFENCE and not figure.own_word:
            continue
        begin = clause.start if told.text[clause.start - 1 : clause.start] != "：" else told.clause(clause.start - 1).start
        before = told.plain[max(begin, match.start() - figure.reach) : match.start()]
        after = told.plain[match.end() : min(clause.end, match.end() + figure.reach)]
        sentence = told.plain[told.sentence(match.start())[0] : match.start()]
        near = [*find(figure.before, before), *find(figure.series, sentence)] or [
            found for found in find(figure.after, after) if found.start() <= 4
        ]
        if near and not any(find(figure.never, before + match.group() + after[:6])):
            number = to_number(match["n"])
            value = _amount(match) if not figure.unit else int(number or 0) if figure.whole else number
            if value is not None:
                yield value, match


def _amount(match: re.Match[str]) -> Value | None:
    number = to_number(match["n"])
    if number is None:
        return None
    if match["from"]:
        return UNCLEAR
    wan = round(number * _WAN[match["unit"]], 4)
    near = match["near"] or ""
    return round(wan - _JUST, 4) if near in _BELOW or near.startswith("差") else round(wan + _JUST, 4) if near in _ABOVE else wan


def read_items(told: Told, kinds: Sequence[LossKind]) -> tuple[LossItem, ...]:
    """Items of the loss: 厂房设备60万元、停产损失50万元. One alone is no list."""
    items: dict[str, LossItem] = {}
    for match in _MONEY.finditer(told.plain):
        clause = told.clause(match.start())
        before = told.plain[clause.start : match.start()]
        piece = re.split(r"[、；和以及]|元", before)[-1]
        named = kinds_named(piece, kinds)
        amount = _amount(match)
        if named and isinstance(amount, float):
            name = named[0].name
            clear = len(set(named)) == 1 and items.get(name, LossItem(name, amount)).wan == amount
            items.setdefault(name if clear else piece, LossItem(name if clear else piece, amount))
    return tuple(items.values()) if len(items) > 1 else ()
