"""Numerals as law writes them: 一千零二十三, 二〇二四, １２, 1023."""

from __future__ import annotations

import re

LIMIT = 9999
DIGITS = "零一二三四五六七八九"
UNITS = {"十": 10, "百": 100, "千": 1000}
_SPELLINGS = str.maketrans({"〇": "零", "○": "零", "两": "二"})
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}
_BARE_TEN = re.compile(r"(?<![一二三四五六七八九])十")


def to_int(text: str) -> int | None:
    """The number written by ``text`` (0 to 9999), or ``None`` where it is not a well-formed numeral.

    Digit by digit (一三四, 二〇二四) is read from three digits on; 二三 may mean "two or three" and is refused.
    """
    plain = text.strip().translate(_SPELLINGS)
    if plain.isdecimal():
        return int(plain) if int(plain) <= LIMIT else None
    if not plain or any(mark not in _VALUES and mark not in UNITS for mark in plain):
        return None
    if not any(mark in UNITS for mark in plain):
        return _digit_by_digit(plain)
    number = _with_units(plain)
    # Writing the number again and comparing refuses what only looks like a numeral (一百二, 十百).
    return number if number <= LIMIT and to_chinese(number) == _canonical(plain) else None


def to_chinese(number: int) -> str:
    """Write 1023 as 一千零二十三, 10 as 十; raises ``ValueError`` outside 0 to 9999."""
    if not 0 <= number <= LIMIT:
        raise ValueError(f"only 0 to {LIMIT} can be written: {number}")
    if number < 10:
        return DIGITS[number]
    written, gap = "", False
    for unit, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            written += ("零" if gap else "") + DIGITS[digit] + mark
        gap = bool(written) and not digit
    return _canonical(written)


def _digit_by_digit(plain: str) -> int | None:
    if len(plain) == 1:
        return _VALUES[plain]
    if len(plain) > 4 or (len(plain) == 2 and "零" not in plain):
        return None
    return int("".join(str(_VALUES[mark]) for mark in plain))


def _with_units(plain: str) -> int:
    total, digit = 0, 0
    for mark in _BARE_TEN.sub("一十", plain):
        if mark in UNITS:
            total, digit = total + digit * UNITS[mark], 0
        else:
            digit = _VALUES[mark]
    return total + digit


def _canonical(plain: str) -> str:
    """One spelling for 一百十 and 一百一十, for 一十二 and 十二."""
    spelled = _BARE_TEN.sub("一十", plain)
    return spelled[1:] if spelled.startswith("一十") else spelled
