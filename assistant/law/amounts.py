"""Amounts as law states them: a number, its unit, and whether it is a floor or a ceiling. 三年以上七年以下, 百分之四十, 2021年3月1日."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.law.quantities import arabic

_FLOOR, _CEILING, _OVER, _UNDER = "≥", "≤", ">", "<"
_BEFORE = {
    _CEILING: ("不超过", "不得超过", "不多于", "最高", "最多", "最长", "至多", "不高于"),
    _FLOOR: ("不少于", "不低于", "不得少于", "不得低于", "至少", "最低", "最少", "最短", "达到"),
    _OVER: ("超过", "多于", "高于"),
    _UNDER: ("不满", "不足", "不到", "未满", "少于", "低于"),
}
_AFTER = {_FLOOR: ("及以上", "以上", "起"), _CEILING: ("及以下", "以下", "以内", "之内", "内"), _OVER: ("以外",)}
_SAID = {_FLOOR: "以上", _CEILING: "以下", _OVER: "以外", _UNDER: "以下"}
_UNITS = {
    "个工作日": "工作日",
    "个月": "个月",
    "万元": "元",
    "人民币": "元",
    "块钱": "元",
    "名": "人",
    "个人": "人",
    "位": "人",
    "天": "日",
    "周岁": "岁",
    "％": "%",
    "公斤": "千克",
    "星期": "周",
}
_SCALES = {"亿": 1e8, "万": 1e4, "千": 1e3, "百": 1e2}
_UNIT = r"个工作日|工作日|个月|小时|分钟|万元|元|人民币|块钱|周岁|岁|个人|人|名|位|年|月|日|天|星期|周|倍|%|％|千克|公斤|吨|米|枚|次|条|件|档|项|个百分点|家|起"
_COUNTED = r"(?!以[民为]|大|员|身|民币)"
_WORDS = "|".join(word for words in _BEFORE.values() for word in sorted(words, key=len, reverse=True))
_AMOUNT = re.compile(
    rf"""
    (?P<before>{_WORDS})?
    (?<![第\d.〔]) (?P<n>\d+(?:\.\d+)?) \s* (?P<scale>[万亿千百])? (?:余|多)? \s*
    (?: (?P<unit>{_UNIT}) {_COUNTED} )? \s*
    (?: (?P<after>及以上|及以下|以上|以下|以内|之内|以外|内) | (?P<joint>至|到|-|—|~|～) (?=\s*\d) )?
    """,
    re.VERBOSE,
)
_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:\s*年(?:\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*[日号])?)?"
    r"|-(?P<m2>\d\d)-(?P<d2>\d\d)(?!\d))"
)
_NEAR = 12
_CLAUSE = re.compile(r"[，。；、：（）,;:()]|或者")
_THINGS = {
    "人": re.compile("死亡|重伤|轻伤"),
    "元": re.compile("损失|罚款|罚金|违法所得|收入"),
    "年": re.compile("有期徒刑|拘役|管制|追诉|不得|禁止|剥夺"),
    "个月": re.compile("有期徒刑|拘役|管制"),
}
_LAST_YEAR = re.compile(r"上一?年度?|当年|同年|每年|全年")
_PERCENT = re.compile(r"百分之(?P<n>[\d.一二三四五六七八九十百零两]+)")
_PLACE = re.compile(
    r"第\s*[（(]?[零〇一二三四五六七八九十百千两\d]+(?:\s*[、至和,，]\s*第?[零〇一二三四五六七八九十百千两\d]+)*[)）]?\s*[条款项章节编号档次](?:之[一二三四五六七八九十\d]+)?"
    r"|〔\d{4}〕\s*第?\d+号"
)


@dataclass(frozen=True, slots=True, order=True)
class Amount:
    """A figure with its unit. ``bound`` is ``≥`` 以上, ``≤`` 以下, ``>`` 超过, ``<`` 不满, or empty.

    Money is in 元; a date has the unit ``date`` and the value yyyymmdd, with 00 where month or day are not said.
    """

    value: float
    unit: str
    bound: str = ""
    of: str = field(default="", compare=False)
    """What is counted, where it stands beside the figure: 死亡, 重伤, 损失, 罚款, 有期徒刑."""

    def agrees(self, other: Amount) -> bool:
        """The same figure of the same thing; a bound or a thing that one does not name is not compared."""
        same = (self.value, self.unit) == (other.value, other.unit)
        return same and not (self.bound and self.bound != other.bound) and not (self.of and other.of and self.of != other.of)

    def within(self, known: Amount) -> bool:
        """2021年 and 2021年3月 are said of 2021年3月1日."""
        if self.value % 10000 == 0:
            return self.value // 10000 == known.value // 10000
        return self.value == known.value or (self.value % 100 == 0 and self.value // 100 == known.value // 100)

    def reached_by(self, value: float) -> bool:
        """Whether a value surely lies on the right side of the bound: whether 以下 includes the figure itself differs by law."""
        tests = {_FLOOR: value >= self.value, _OVER: value > self.value}
        return tests.get(self.bound, value < self.value)

    def __str__(self) -> str:
        """As a reader writes it: 3年以上, 100万元."""
        if self.unit == "date":
            return f"{int(self.value) // 10000}年"
        value = f"{self.value / 1e4:g}万" if self.unit == "元" and self.value >= 1e4 else f"{self.value:g}"
        return f"{value}{self.unit}{_SAID.get(self.bound, '')}"


def read_amounts(text: str) -> frozenset[Amount]:
    """Every amount and date of a text; numbers of articles and documents are none."""
    plain = arabic(_PERCENT.sub(lambda found: f"{found['n']}%", _LAST_YEAR.sub("※", _PLACE.sub("※", text))))
    found: set[Amount] = set()

    def dated(match: re.Match[str]) -> str:
        month, day = match["m"] or match["m2"], match["d"] or match["d2"]
        found.add(Amount(int(match["y"]) * 10000 + int(month or 0) * 100 + int(day or 0), "date"))
        return "※"

    waiting: re.Match[str] | None = None
    for one in _AMOUNT.finditer(_DATE.sub(dated, plain)):
        unit = one["unit"]
        if waiting is not None:  # 3至7年, 2万元至5万元: the first number takes the unit of the second
            found.add(_amount(waiting, waiting["unit"] or unit or "", waiting["scale"] or (one["scale"] or ""), _FLOOR))
            found.add(_amount(one, unit or "", one["scale"] or "", _CEILING))
            waiting = None
        elif one["joint"]:
            waiting = one
        elif unit:
            found.add(_amount(one, unit, one["scale"] or "", _bound(one["before"], one["after"])))
    return frozenset(amount for amount in found if amount.unit)


def _amount(one: re.Match[str], unit: str, scale: str, bound: str) -> Amount:
    value = float(one["n"]) * _SCALES.get(scale, 1.0) * (1e4 if unit == "万元" else 1.0)
    unit = _UNITS.get(unit, unit)
    return Amount(round(value, 4), unit, bound, _thing(one.string, one.start("n"), one.end(), _THINGS.get(unit)))


def _thing(text: str, start: int, end: int, things: re.Pattern[str] | None) -> str:
    """The nearest thing that can be counted so, in the same clause."""
    if things is None:
        return ""
    before = _CLAUSE.split(text[max(0, start - _NEAR) : start])[-1]
    after = _CLAUSE.split(text[end : end + _NEAR])[0]
    found = [(len(before) - hit.end(), hit.group()) for hit in things.finditer(before)]
    found += [(hit.start(), hit.group()) for hit in things.finditer(after)]
    return min(found)[1] if found else ""


def _bound(before: str | None, after: str | None) -> str:
    for table, word in ((_BEFORE, before), (_AFTER, after)):
        for bound, words in table.items():
            if word in words:
                return bound
    return ""
