"""案情要素表 as people write it, read into a ``FactSheet`` and written back: every value is checked against its declaration.

A sheet is a mapping: ``id``, ``told``, ``facts`` (key → value), ``people`` (each ``name`` and ``facts``), ``loss_items`` (each ``name``
and ``wan``), ``sides`` (key → what each side says). A value may always be 不明 or 有争议.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from assistant.domain.facts import DISPUTED, UNCLEAR, FactKey, FactSheet, LossItem, Person, Value
from assistant.errors import BadFact, UsageError
from assistant.law import patterns
from assistant.rules.conditions import known

FIRST_DAY = date(1979, 1, 1)
"""Conduct before the first Criminal Law is not read."""
_PARTS = ("id", "told", "facts", "people", "loss_items", "sides")
_WORDS = {"是": True, "有": True, "true": True, "yes": True, "否": False, "无": False, "没有": False, "false": False, "no": False}
_MOST = {"count": 100_000, "money": 100_000_000, "number": 1_000_000_000, "age": 120, "supplemented_times": 2}
"""Beyond these a figure is a slip of the pen; ``supplemented_times``: 刑事诉讼法 allows two."""
_DAYS = ("conduct_start", "conduct_end", "filed_date", "decision_date")
_WITHIN = {"added_deaths": "deaths", "added_serious_injuries": "serious_injuries", "added_loss_wan": "loss_wan"}


@dataclass(frozen=True)
class Problem:
    """Facts that cannot all be true."""

    key: str
    sentence: str
    person: str = ""


def read_sheet(data: Mapping[str, Any], keys: Mapping[str, FactKey], today: date) -> FactSheet:
    """Read and check a sheet; raises ``BadFact``, which names the fact, or ``UsageError``, each with what to do."""
    sheet = read_parts(data, keys, today)
    for problem in problems(sheet, keys):
        raise BadFact(problem.sentence, problem.key, problem.person)
    return sheet


def read_parts(data: Mapping[str, Any], keys: Mapping[str, FactKey], today: date) -> FactSheet:
    """The same where facts may still contradict each other, which ``problems`` finds."""
    if not isinstance(data, Mapping):
        raise UsageError(f"要素表应当由 {'、'.join(_PARTS)} 组成，写法见 docs/assess.md。")
    for part in data:
        if part not in _PARTS:
            raise UsageError(f"要素表里没有“{part}”这一部分，只有 {'、'.join(_PARTS)}；案情要素写在 facts 下面。")
    return FactSheet(
        id=str(data.get("id") or ""),
        told=str(data.get("told") or ""),
        facts=_facts(data.get("facts") or {}, keys, today),
        people=tuple(_person(one, keys, today) for one in _rows(data, "people")),
        loss_items=tuple(read_item(one) for one in _rows(data, "loss_items")),
        sides={str(key): str(said) for key, said in _mapping(data.get("sides") or {}, "sides").items()},
    )


def dump_sheet(sheet: FactSheet) -> dict[str, Any]:
    """The mapping that ``read_sheet`` reads back to the same sheet; dates as text, empty parts left out."""
    parts = {
        "id": sheet.id,
        "told": sheet.told,
        "facts": _plain(sheet.facts),
        "people": [{"name": one.name, "facts": _plain(one.facts)} for one in sheet.people],
        "loss_items": [{"name": item.name, "wan": item.wan} for item in sheet.loss_items],
        "sides": dict(sheet.sides),
    }
    return {name: part for name, part in parts.items() if part}


def read_value(declared: FactKey, given: Any, today: date) -> Value:
    """One value as its fact wants it; raises ``BadFact``."""
    said = given.strip() if isinstance(given, str) else given
    if said in (UNCLEAR, DISPUTED):
        return str(said)
    match declared.kind:
        case "flag":
            return _flag(declared, said)
        case "count" | "money" | "number":
            return _figure(declared, said)
        case "date":
            return _day(declared, said, today)
        case "choice":
            return _choice(declared, said)
    return str(said)


def read_item(given: Any) -> LossItem:
    """One item of the loss, in 万元."""
    given = _mapping(given, "loss_items")
    name = str(given.get("name") or "").strip()
    if not name or set(given) - {"name", "wan"}:
        raise UsageError("每个损失项目要写 name（名称）和 wan（万元）两项。")
    return LossItem(name, float(_figure(FactKey("loss_items", f"损失“{name}”", "money", ""), given.get("wan"))))


def problems(sheet: FactSheet, keys: Mapping[str, FactKey]) -> Iterator[Problem]:
    """What cannot be true at once: names that two people share, days in a wrong order, a part greater than its whole."""
    names = [person.name for person in sheet.people]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield Problem("name", f"有两个人都叫“{name}”，请加上职务或者序号区分，例如“{name}（班长）”。", name)
    for person in sheet.people or (None,):
        yield from _disorder(sheet, person, keys)
    yield from _excess(sheet.facts, keys)


def _disorder(sheet: FactSheet, person: Person | None, keys: Mapping[str, FactKey]) -> Iterator[Problem]:
    facts = sheet.of(person)
    days = [(key, value) for key in _DAYS if isinstance(value := known(facts, key), date)]
    for (before, early), (after, late) in pairwise(days):
        if early > late:
            own = person is not None and bool({before, after} & person.facts.keys())
            sentence = f"{_label(keys, after)}（{late}）早于{_label(keys, before)}（{early}），请核对这两个日期。"
            yield Problem(after, sentence, person.name if person and own else "")


def _excess(facts: Mapping[str, Value], keys: Mapping[str, FactKey]) -> Iterator[Problem]:
    for part, whole in _WITHIN.items():
        of_part, of_whole = known(facts, part), known(facts, whole)
        if isinstance(of_part, int | float) and isinstance(of_whole, int | float) and of_part > of_whole:
            yield Problem(part, f"{_label(keys, part)}（{of_part}）多于{_label(keys, whole)}（{of_whole}），请核对。")


def _label(keys: Mapping[str, FactKey], key: str) -> str:
    return keys[key].label if key in keys else key


def _facts(given: Any, keys: Mapping[str, FactKey], today: date, person: str = "") -> dict[str, Value]:
    facts: dict[str, Value] = {}
    for key, value in _mapping(given, "facts").items():
        declared = keys.get(key)
        if declared is None:
            raise BadFact(f"没有“{key}”这一项要素，可用的要素见 docs/assess.md。", str(key), person)
        if person and not declared.person:
            raise BadFact(f"“{declared.label}”是全案的要素，请写在 facts 下面，不要写在“{person}”名下。", key, person)
        if value is None or value == "":
            continue
        try:
            facts[key] = read_value(declared, value, today)
        except BadFact as error:
            raise BadFact(f"{person}：{error}" if person else str(error), key, person) from None
    return facts


def _person(given: Any, keys: Mapping[str, FactKey], today: date) -> Person:
    given = _mapping(given, "people")
    name = str(given.get("name") or "").strip()
    if not name or set(given) - {"name", "facts"}:
        raise UsageError("people 下的每个人要写 name（姓名），他自己的要素写在 facts 下面。")
    return Person(name, _facts(given.get("facts") or {}, keys, today, name))


def _rows(data: Mapping[str, Any], part: str) -> list[Any]:
    rows = data.get(part) or []
    if not isinstance(rows, list | tuple):
        raise UsageError(f"要素表的 {part} 应当是一个列表，每项以“- ”开头。")
    return list(rows)


def _mapping(given: Any, part: str) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise UsageError(f"要素表的 {part} 应当写成“名称: 值”的样子，写法见 docs/assess.md。")
    return given


def _flag(declared: FactKey, given: Any) -> bool:
    if isinstance(given, bool):
        return given
    if (said := str(given).lower()) in _WORDS:
        return _WORDS[said]
    raise BadFact(f"“{declared.label}”只能是“是”“否”“不明”或者“有争议”，不能是“{_short(given)}”。", declared.key)


def _figure(declared: FactKey, given: Any) -> int | float:
    kind = "整数" if declared.kind == "count" else "数字"
    unit = "（万元）" if declared.kind == "money" else f"（{declared.unit}）" if declared.unit else ""
    try:
        figure = float(str(given).replace(",", "").replace("，", "")) if not isinstance(given, bool) else math.nan
    except ValueError:
        figure = math.nan
    if not math.isfinite(figure) or (declared.kind == "count" and figure != int(figure)):
        raise BadFact(f"“{declared.label}”要写{kind}{unit}，不能是“{_short(given)}”；不清楚的写“不明”。", declared.key)
    if figure < 0:
        raise BadFact(f"“{declared.label}”不能是负数，请改正；不清楚的写“不明”。", declared.key)
    most = _MOST.get(declared.key, _MOST[declared.kind])
    if figure > most:
        raise BadFact(f"“{declared.label}”写成了 {_short(given)}，超过 {most}{unit}，请核对。", declared.key)
    return int(figure) if figure == int(figure) else figure


def _day(declared: FactKey, given: Any, today: date) -> date:
    given = given.date() if isinstance(given, datetime) else given
    found = None if isinstance(given, date) else patterns.WRITTEN_DAY.fullmatch(str(given))
    try:
        day = given if isinstance(given, date) else date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        raise BadFact(f"“{declared.label}”要写成 2021-03-01 的样子，“{_short(given)}”不是一个日期。", declared.key)
    if day < FIRST_DAY:
        raise BadFact(f"“{declared.label}”早于 1979 年，本程序不处理 1979 年刑法施行以前的行为，请核对。", declared.key)
    if day > today:
        raise BadFact(f"“{declared.label}”（{day}）还没有到，请核对年份；不清楚的写“不明”。", declared.key)
    return day


def _choice(declared: FactKey, given: Any) -> str:
    for key, label in declared.options.items():
        if given in (key, label):
            return key
    known_as = "、".join(f"{key}（{label}）" for key, label in declared.options.items())
    raise BadFact(f"“{declared.label}”不能是“{_short(given)}”，可以写：{known_as}、{UNCLEAR}、{DISPUTED}。", declared.key)


def _short(given: Any) -> str:
    said = str(given)
    return said if len(said) <= 20 else said[:20] + "……"


def _plain(facts: Mapping[str, Value]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in facts.items()}
