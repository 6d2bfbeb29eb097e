"""Dates of a told case: of the conduct, of filing, of the decision, of flight and capture. A month or a year is its first to its last day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.answer.told_text import Told, find
from assistant.domain.facts import DISPUTED, Value
from assistant.domain.told import ToldWords
from assistant.law.numerals import to_int

_NUMBER = r"\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_DATE = re.compile(
    rf"""
    (?<![\d〔\[（(])
    (?: (?P<y>(?:19|20)\d{{2}}|[一二][九〇零][〇零一二三四五六七八九]{{2}})\s*年 | (?P<rel>同年|当年|次年|翌年|第二年|去年|前年|今年) | (?=(?:{_NUMBER})\s*月) )
    (?:初|底|末)?
    (?: \s*(?P<m>{_NUMBER})\s*月(?:份)? (?:\s*(?:的)? (?P<d>{_NUMBER})\s*[日号])? (?P<part>上旬|中旬|下旬|初|底|末)? )?
    (?!\s*\d{{1,3}}\s*岁)(?!\s*(?:\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日)?)?\s*(?:出)?生(?!产))
    (?!\s*(?:以前|之前|前|以后|之后|后)?(?:的?(?:司法)?(?:解释|意见|规定|修[正订]|版|条例|典型)))
    | (?<!\d)(?P<y2>(?:19|20)\d{{2}})[-/.](?P<m2>\d{{1,2}})[-/.](?P<d2>\d{{1,2}})(?!\d)
    | (?P<same>当日|当天|当晚|同日|次日|第二天|翌日)
    | (?<![\d月])(?P<only>{_NUMBER})\s*[日号](?=[，,凌晨早晚上下零夜午被公在发因]|起|至|到)
    """,
    re.VERBOSE,
)
_YEAR_SPELT = re.compile(r"(?:今年|去年|前年|同年|当年)[（(](?=(?:19|20)\d\d年[）)])|(?<=\d年)[）)](?=\s*\d{1,2}\s*月)")
"""去年（2024年）3月2日 is 2024年3月2日."""
_SPOKEN = re.compile(r"(?<=“)[^“”]*(?:去年|前年|今年)[^“”]*(?=”)")
"""“谁不上船，去年的分红别拿” tells no date of the case."""
_LATER = re.compile(r"(?P<n>半|[一两二三四五六七八九十\d]{1,3})(?:个)?(?P<unit>年|月|天|日)(?:多)?(?:以|之)?后")
_SINCE = re.compile(r"(?:自从|自|从)\s*$")
_UNTIL = re.compile(r"(?:直到|到|至|截至|截止)\s*$")
_UNTIL_NEXT = re.compile(
    r"\s*(?:起(?!诉|火|重|吊|爆|草|因)|开始|以来|开学|(?:间断|陆续|一直)?(?:至|到)(?=(?:19|20)?\d|同年|次年|案发|今))"
)
_ASIDE = re.compile(r"（[^（）]*）")
_RELATIVE = re.compile(r"当日|当天|当晚|同日|次日|第二天|翌日|.*后|\d{1,2}[日号]")
_OF_THE_CASE = {"filed_date", "decision_date", "other", "caught"}
_STEP = {"次年": 1, "翌年": 1, "第二年": 1}
_FROM_TODAY = {"去年": -1, "前年": -2, "今年": 0}


@dataclass(frozen=True, slots=True)
class When:
    """A time that the text names, as its first and last day, with its place."""

    first: date
    last: date
    start: int
    end: int
    kind: str = ""
    surface: str = ""


def read_dates(told: Told, words: ToldWords, today: date, *, refused: bool) -> tuple[dict[str, Value], dict[str, str]]:
    """Facts that are dates, and the sides of those that cannot be. Where an order was ``refused``, the conduct begins with it."""
    times = [_kinded(told, when, words) for when in _times(told.text, today)]
    facts: dict[str, Value] = {}
    conduct = [when for when in times if when.kind.startswith("conduct")]
    conduct += [when for when in times if when.kind == "plain"]
    if (refused or not conduct) and not any(when.kind == "conduct_start" for when in conduct):
        conduct = [when for when in times if when.kind == "order"][:1] + conduct
    if conduct:
        ends = [when for when in conduct if when.kind != "conduct_start"] or conduct
        facts["conduct_start"] = min(when.first for when in conduct)
        facts["conduct_end"] = max(when.last for when in ends)
    for kind in ("filed_date", "decision_date"):
        said = [when for when in times if when.kind == kind]
        said = said or ([] if kind != "filed_date" else _filed_then(told, times, words))
        if said:
            facts[kind] = _filed(said[0], facts) if kind == "filed_date" else said[-1].last
    return facts, _wrong_order(facts, times)


def _filed_then(told: Told, times: list[When], words: ToldWords) -> list[When]:
    """The date of a filing that a clause without a date tells: 2024年10月有人举报，公安才立案."""
    for found in find(words.dates["filed_date"], told.text):
        start, _ = told.sentence(found.start())
        before = [when for when in times if start <= when.start < found.start() and when.kind in _OF_THE_CASE]
        if before:
            return before[-1:]
    return []


def _filed(said: When, facts: dict[str, Value]) -> date:
    """The first day that a filing in a month or a year can have been: not before the conduct ended."""
    ended = facts.get("conduct_end")
    return ended if isinstance(ended, date) and said.first <= ended <= said.last else said.first


def _times(text: str, today: date) -> Iterator[When]:
    last: date | None = None
    text = _YEAR_SPELT.sub(lambda found: " " * len(found.group()), text)
    text = _SPOKEN.sub(lambda found: " " * len(found.group()), text)
    for found in sorted([*_DATE.finditer(text), *_LATER.finditer(text)], key=lambda match: match.start()):
        when = _later(found, last) if found.re is _LATER else _read(found, last, today)
        if when is not None:
            last = when.first
            yield when


def _later(found: re.Match[str], last: date | None) -> When | None:
    count = 0 if found["n"] == "半" else to_int(found["n"])
    if last is None or count is None:
        return None
    months = {"年": 12 * count or 6, "月": count}.get(found["unit"])
    if months is None:
        day = last + timedelta(days=count)
        return When(day, day, *found.span(), surface=found.group())
    total = last.month - 1 + months
    year, month = last.year + total // 12, total % 12 + 1
    day = date(year, month, min(last.day, monthrange(year, month)[1]))
    return When(day, day, *found.span(), surface=found.group())


def _read(found: re.Match[str], last: date | None, today: date) -> When | None:
    if found["same"]:
        if last is None:
            return None
        day = last + timedelta(days=1) if found["same"] in {"次日", "第二天", "翌日"} else last
        return When(day, day, *found.span(), surface=found.group())
    year, month, day_of = _parts(found, last, today)
    if year is None or not found.group():
        return None
    try:
        first = date(year, month or 1, day_of or 1)
        final = first if day_of else date(year, month or 12, monthrange(year, month or 12)[1])
    except ValueError:
        return None
    return When(first, final, *found.span(), surface=found.group())


def _parts(found: re.Match[str], last: date | None, today: date) -> tuple[int | None, int | None, int | None]:
    if found["y2"]:
        return int(found["y2"]), int(found["m2"]), int(found["d2"])
    if found["only"]:
        return (last.year, last.month, to_int(found["only"])) if last else (None, None, None)
    month = to_int(found["m"]) if found["m"] else None
    day = to_int(found["d"]) if found["d"] else None
    if found["y"]:
        return to_int(found["y"]), month, day
    if found["rel"] in _FROM_TODAY:
        if last and _SINCE.search(found.string, 0, found.start()):  # 2024年4月查获，从去年11月开始
            return last.year + _FROM_TODAY[found["rel"]], month, day
        return today.year + _FROM_TODAY[found["rel"]], month, day
    return (last.year + _STEP.get(found["rel"] or "", 0), month, day) if last else (None, None, None)


def _kinded(told: Told, when: When, words: ToldWords) -> When:
    """What a date is a date of: by the words after it up to the next comma or date, then by those of its clause, then before it."""
    text = _ASIDE.sub(lambda aside: " " * len(aside.group()), told.text)
    clause = told.clause(when.start)
    follows = _DATE.search(told.text, when.end, clause.end)
    reach = follows.start() if follows and follows.group() else clause.end
    if not re.search(r"[\u4e00-\u9fff]", text[when.end : clause.end].strip("，,：: ")) and clause.end < len(told.text):
        reach = told.clause(clause.end).end
    if _SINCE.search(told.text, clause.start, when.start) or _UNTIL_NEXT.match(told.text, when.end):
        return replace(when, kind="conduct_start")
    best: tuple[int, str] | None = None
    for kind, patterns in words.dates.items():
        for found in find(patterns, text, max(clause.start, when.start - 8), reach):
            if found.start() >= when.end or found.end() >= when.start - 2:
                distance = max(0, found.start() - when.end)
                if best is None or distance < best[0]:
                    best = (distance, kind)
    until = _UNTIL.search(told.text, clause.start, when.start)
    if until and (re.match(r"[年月日号\d]", told.text[until.start() - 1 :]) or best is None or best[1] not in _OF_THE_CASE):
        return replace(when, kind="conduct_end")
    if (
        best is None
        and not follows
        and _DATE.search(text, 0, when.start)
        and _only_filed(text, clause.end, told.sentence(when.start)[1], words)
    ):
        return replace(when, kind="other")
    return replace(when, kind=best[1] if best else "other" if _RELATIVE.fullmatch(when.surface) else "plain")


def _only_filed(text: str, start: int, end: int, words: ToldWords) -> bool:
    """Whether the rest of a sentence tells of a filing and of no other time: 2024年4月有人翻出来，公安才立案."""
    filed = next(find(words.dates["filed_date"], text, start, end), None)
    other = next((found for found in _DATE.finditer(text, start, end) if found.group()), None)
    return filed is not None and (other is None or other.start() > filed.start())


def _wrong_order(facts: dict[str, Value], times: list[When]) -> dict[str, str]:
    """Marks dates that cannot follow one another as disputed: filed or decided before the conduct began."""
    sides: dict[str, str] = {}
    begun, filed, decided = (facts.get(key) for key in ("conduct_start", "filed_date", "decision_date"))
    surfaces = "；".join(when.surface for when in times)
    if isinstance(begun, date) and isinstance(filed, date) and filed < begun:
        sides["filed_date"] = f"立案在行为以前，次序不对：{surfaces}"
    if isinstance(decided, date) and any(isinstance(one, date) and decided < one for one in (begun, filed)):
        sides["decision_date"] = f"处理在行为或者立案以前，次序不对：{surfaces}"
    facts.update(dict.fromkeys(sides, DISPUTED))
    return sides
