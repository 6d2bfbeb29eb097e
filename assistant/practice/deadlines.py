"""时限计算: dates from events. Pure arithmetic of days; what counts how is data."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from assistant.domain.deadlines import Deadline, Due, Holidays, UnitKey

_MOVES = {"criminal", "either"}
"""Countings in which a last day off moves to the next working day."""


def dues(deadline: Deadline, start: date, holidays: Mapping[int, Holidays]) -> tuple[Due, ...]:
    """The last day, then the last day of each extension; empty where there is nothing to compute or the calendar ends."""
    if deadline.amount is None or deadline.confidence == "M":
        return ()
    try:
        ends = [(_after(start, deadline.amount, deadline.unit, holidays), "")]
        for longer in deadline.longer:
            ends.append((_after(ends[-1][0], longer.amount, longer.unit, holidays), longer.when))
        return tuple(_settled(end, when, deadline, start, holidays) for end, when in ends)
    except OverflowError:
        return ()


def is_workday(day: date, holidays: Mapping[int, Holidays]) -> bool:
    """By the holidays of its year; of a year without them only weekends are off."""
    year = holidays.get(day.year, Holidays())
    return day in year.work or (day.weekday() < 5 and day not in year.off)


def _settled(end: date, when: str, deadline: Deadline, start: date, holidays: Mapping[int, Holidays]) -> Due:
    due = Due(end, when=when)
    counts_workdays = deadline.unit == "workday"
    if deadline.counting in _MOVES and deadline.unit != "hour":
        moved = _next_workday(end, holidays)
        if moved != end:
            due = replace(due, free=moved) if deadline.counting == "either" else replace(due, on=moved, moved=end)
    years = range(start.year, (due.free or due.on).year + 1) if counts_workdays else {(due.free or due.on).year, end.year}
    matters = counts_workdays or deadline.counting in _MOVES
    return replace(due, weekends_only=matters and any(year not in holidays for year in years))


def _after(start: date, amount: int, unit: UnitKey, holidays: Mapping[int, Holidays]) -> date:
    """The day of the event does not count. Hours give the day on which they run out, at the same time of day."""
    if unit == "hour":
        return start + timedelta(days=amount // 24)
    if unit == "day":
        return start + timedelta(days=amount)
    if unit == "month":
        return _months(start, amount)
    day = start
    while amount:
        day += timedelta(days=1)
        amount -= is_workday(day, holidays)
    return day


def _months(start: date, amount: int) -> date:
    """To the same day of the month; from the last day of a month, or where there is no such day, to the last."""
    months = start.year * 12 + start.month - 1 + amount
    year, month = months // 12, months % 12 + 1
    if year > date.max.year:
        raise OverflowError
    last = monthrange(year, month)[1]
    ends_month = start.day == monthrange(start.year, start.month)[1]
    return date(year, month, last if ends_month else min(start.day, last))


def _next_workday(day: date, holidays: Mapping[int, Holidays]) -> date:
    while not is_workday(day, holidays):
        day += timedelta(days=1)
    return day
