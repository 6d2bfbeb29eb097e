"""Cells as they are written in practice, made comparable: names of firms, numbers, days, figures, identity numbers."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from operator import mul

IMPOSSIBLE, UNCLEAR = "impossible", "unclear"
"""A day that is in no calendar, and what is no day at all."""

_LEGAL_FORM = re.compile(r"(有限责任公司|有限公司|责任公司|公司)$")
_MARKS = re.compile(r"[\s()\[\]〔〕【】<>《》“”\"'·.,，。、:;；：_—–-]+")
_NOT_NUMBER = re.compile(r"[\s()\[\]〔〕【】_—–/-]+")
_DAY = re.compile(r"^(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?:[日号]?(?:[\sT]*(?:星期.|周.)?[\sT]*\d{1,2}[:时点].*)?)?$")
_ISO = re.compile(r"^\d{4}-\d\d-\d\d$", re.ASCII)
_PACKED = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_MONTH = re.compile(r"^(\d{4})[^\d](\d{1,2})月?$")
_SERIAL = re.compile(r"^(\d{5})(?:\.\d+)?$")
_SHORTENED = re.compile(r"^\d(?:\.\d+)?E\+?\d+$", re.IGNORECASE)
_FIGURE = re.compile(r"^[¥￥]?(-?\d[\d,]*(?:\.\d+)?)\s*(万元|元|人|名|度|千瓦时|kwh|kg|千克|公斤|发|枚)?$", re.IGNORECASE)
_WORDS = re.compile("[一二三四五六七八九〇零十]")
_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")
_TENS = re.compile(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)")
_EPOCH = date(1899, 12, 30)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_IDENTITY = re.compile(r"^\d{17}[\dX]$")


def flat(text: str) -> str:
    """Half-width, upper case, no space at the ends."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip().upper()


def unit(text: str) -> str:
    """某某（北京）有限责任公司 and 某某(北京) 有限公司 are one firm; 股份有限公司 stays another."""
    return _LEGAL_FORM.sub("", _MARKS.sub("", flat(text)))


def person(text: str) -> str:
    """A name without spaces."""
    return _MARKS.sub("", flat(text))


def number(text: str) -> str | None:
    """A document's number; ``None`` where a spreadsheet has shortened it."""
    found = flat(text)
    return None if _SHORTENED.match(found) else _NOT_NUMBER.sub("", found)


def figure(text: str) -> float | None:
    """3 of 3人; 12000 of 12,000; ``None`` for what is no figure."""
    found = _FIGURE.match(flat(text))
    return float(found[1].replace(",", "")) if found else None


def in_10k(text: str, heading: str) -> float | None:
    """万元; ``None`` where neither the cell nor the heading says whether it is 元 or 万元."""
    found = _FIGURE.match(flat(text))
    if not found:
        return None
    said = found[2] or ("万元" if "万元" in heading else "元" if "元" in heading else "")
    return float(found[1].replace(",", "")) / (10_000 if said == "元" else 1) if said in {"元", "万元"} else None


def day(text: str) -> int | str:
    """The day's ordinal; ``IMPOSSIBLE`` where it is written like a day and is none, ``UNCLEAR`` otherwise."""
    if _ISO.match(text):
        return _ordinal(int(text[:4]), int(text[5:7]), int(text[8:]))
    said = flat(text)
    if _WORDS.search(said):
        said = _TENS.sub(lambda ten: (ten[1] or "一") + (ten[2] or "〇"), said).translate(_DIGITS)
    found = _DAY.match(said) or _PACKED.match(said)
    if found is None and (serial := _SERIAL.match(said)) and 20_000 < int(serial[1]) < 80_000:
        return (_EPOCH + timedelta(days=int(serial[1]))).toordinal()
    if found is None and (month := _MONTH.match(said)):
        return _ordinal(int(month[1]), int(month[2]), 1)
    return _ordinal(*map(int, found.groups())) if found else UNCLEAR


def _ordinal(year: int, month: int, of_month: int) -> int | str:
    try:
        return date(year, month, of_month).toordinal()
    except ValueError:
        return IMPOSSIBLE


def identity_fault(text: str) -> str:
    """Why an 18-character identity number cannot be (GB 11643), or empty. The argument is normalised."""
    if not _IDENTITY.match(text):
        return "应为18位（末位可以是X）"
    if not isinstance(day(text[6:14]), int):
        return "其中的出生日期不存在"
    due = _CHECKS[sum(map(mul, map(int, text[:17]), _WEIGHTS)) % 11]
    return "" if text[17] == due else f"校验码应为{due}，不是{text[17]}"


def years_on(ordinal: int, years: int) -> int:
    """The same day so many years later; 29 February becomes 28 February."""
    then = date.fromordinal(ordinal)
    try:
        return then.replace(year=then.year + years).toordinal()
    except ValueError:
        return then.replace(year=then.year + years, day=28).toordinal()
