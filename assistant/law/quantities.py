"""Amounts in running text: persons, money, dates. 死亡三人, 直接损失823.1万元, 2020年10月."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from assistant.law.numerals import to_int

_N = r"(?P<n>\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)"
_PERSONS = r"(?:工人|矿工|员工|职工|学生|群众|乘客|人员|人)?"
_UNIT = r"\s*(?:多|余)?\s*(?:名|个|位)?\s*(?:工人|矿工|员工|职工|学生|群众|乘客|人员|人|条人命)?"
_RANGE = re.compile(r"[\d一二两三四五六七八九十百]+\s*(?:到|至|—|-|~|～)\s*[\d一二两三四五六七八九十百]+\s*人(?!以)")
_BEFORE = {  # 死亡三人, 死了一个工人, 重伤10人
    "deaths": re.compile(r"(?:死亡|遇难|身亡|溺亡|致死|死)(?:了|人数|为|达|到)*\s*" + _N + r"\s*(?:多|余)?\s*(?:名|个|位|人|条)"),
    "serious_injuries": re.compile(r"重伤(?:了|人数|为|达)*\s*" + _N + r"\s*(?:多|余)?\s*(?:名|个|位|人)(?!死)"),
    "minor_injuries": re.compile(r"轻伤(?:了|人数|为|达)*\s*" + _N + r"\s*(?:多|余)?\s*(?:名|个|位|人)"),
}
_AFTER = {  # 三人死亡, 致1名工人死亡, 3死2伤
    "deaths": re.compile(
        _N + r"(?:(?P<short>)|\s*(?:多|余)?\s*(?:名|个|位|人)" + _PERSONS + r"[^，。；、\d一二两三四五六七八九十伤]{0,12}?)"
        r"(?:死亡|遇难|身亡|溺亡|丧生|死(?![刑者缓]))"
    ),
    "serious_injuries": re.compile(_N + _UNIT + r"\s*(?:受)?重伤"),
    "minor_injuries": re.compile(_N + _UNIT + r"\s*(?:受)?轻伤"),
}
_BARE_PERSONS = re.compile(_N + r"\s*(?:个)?人(?![以民])")
_MONEY = re.compile(
    r"(?P<n>\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)\s*(?P<unit>亿|万|千)?(?:余|多)?(?:元|块|(?<=[万亿]))(?!以)"
)
_DATE = re.compile(
    r"""
    (?<![\d〔\[（(])(?P<y>(?:19|20)\d{2}|[一二][九〇零][〇零一二三四五六七八九]{2})\s*年
    (?:\s*(?P<m>\d{1,2}|十[一二]?|[一二三四五六七八九])\s*月(?:份)?
      (?:\s*(?P<d>\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\s*[日号])?)?
    (?!的?(?:司法)?(?:解释|意见|规定|修[正订]|版|法|条例|典型|第))  # 2015年解释 names a text, not a date
    """,
    re.VERBOSE,
)
_ISO = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
_NOBODY_DIED = re.compile(r"没死人|没有死人|没有人死|没人死|没有人员死亡|无人死亡|无人员死亡|没有死亡|未造成死亡|没造成死亡")
_LOSS = re.compile(r"损失|烧[了毁掉]|炸[了毁]|毁了|报废")
_RUN = re.compile(r"[零〇一二两三四五六七八九十百千]+(?=[万亿])|两(?=[个人名年次日倍])|[零〇一二三四五六七八九十百千]+")
_WAN = {"亿": 10000.0, "万": 1.0, "千": 0.1, None: 0.0001}


@dataclass(frozen=True, slots=True)
class Period:
    """A day, month or year that a text names, as its first and last day."""

    start: date
    end: date
    surface: str


@dataclass(frozen=True, slots=True)
class Quantities:
    """What a text says in figures. ``None``: not said. Loss is in 万元."""

    deaths: int | None = None
    serious_injuries: int | None = None
    minor_injuries: int | None = None
    loss_wan: float | None = None
    periods: tuple[Period, ...] = ()

    @property
    def harm(self) -> bool:
        """Whether any person or loss is counted."""
        return any(value is not None for value in (self.deaths, self.serious_injuries, self.minor_injuries, self.loss_wan))


def read_quantities(text: str) -> Quantities:
    """Every figure of a question that the thresholds of the law speak of."""
    plain = _RANGE.sub("", text).replace("条人命", "人死亡").replace("死了个", "死了1个")
    counts = {name: _count(name, plain) for name in _BEFORE}
    if _NOBODY_DIED.search(plain):
        counts["deaths"] = 0
    elif counts["deaths"] is None and counts["serious_injuries"] is None and re.search(r"死|亡|遇难", text):
        found = _BARE_PERSONS.search(plain)
        counts["deaths"] = _number(found["n"]) if found else None
    return Quantities(**counts, loss_wan=_loss(plain), periods=tuple(_periods(text)))


HARMS = tuple(_BEFORE)
"""Kinds of persons that are counted: ``deaths``, ``serious_injuries``, ``minor_injuries``."""


def figure_spans(text: str) -> dict[str, tuple[int, int]]:
    """Where a text counts persons, by kind of harm: start and end in characters."""
    found = {name: _BEFORE[name].search(text) or _AFTER[name].search(text) for name in HARMS}
    return {name: match.span() for name, match in found.items() if match}


def _count(name: str, text: str) -> int | None:
    found = _BEFORE[name].search(text) or _AFTER[name].search(text)
    return _number(found["n"]) if found else None


def _number(text: str) -> int | None:
    return int(float(text)) if text.replace(".", "", 1).isdigit() else to_int(text)


def _loss(text: str) -> float | None:
    for found in _MONEY.finditer(text):
        before = text[max(0, found.start() - 12) : found.start()]
        if _LOSS.search(before) or "损失" in text[found.end() : found.end() + 6]:
            value = float(found["n"]) if found["n"].replace(".", "", 1).isdigit() else to_int(found["n"])
            return None if value is None else round(float(value) * _WAN[found["unit"]], 4)
    return None


def _periods(text: str) -> list[Period]:
    found = sorted([*_DATE.finditer(text), *_ISO.finditer(text)], key=lambda match: match.start())
    return [period for match in found if (period := _period(match)) is not None]


def _period(match: re.Match[str]) -> Period | None:
    year = to_int(match["y"]) or 0
    month = to_int(match["m"]) if match["m"] else None
    day = to_int(match["d"]) if match["d"] else None
    try:
        start = date(year, month or 1, day or 1)
        end = start if day else date(year, month or 12, monthrange(year, month or 12)[1])
    except ValueError:
        return None
    return Period(start, end, match.group())


def arabic(text: str) -> str:
    """The text with Chinese numerals turned to digits, so that 三年 and 3年, 一百万元 and 100万元 compare equal."""
    plain = unicodedata.normalize("NFKC", text)
    return _RUN.sub(lambda match: str(number) if (number := to_int(match.group())) is not None else match.group(), plain)
