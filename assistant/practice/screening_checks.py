"""The checks that rules are made of. Each takes a table and today, and gives rows, the rows they are held against, and words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from statistics import median
from typing import Any

from assistant.domain.screening import Window
from assistant.practice import normal
from assistant.practice.screening_rows import Rows
from assistant.practice.screening_table import Found, Table

_MOST_LISTED = 6
_EMBEDDED = re.compile(r"\d{17}[\dX]")


def absent(table: Table, today: int) -> Iterator[Found]:
    """Rows to which none of the other table belongs."""
    for at in table.eligible():
        if table.matches(at) == []:
            yield at, (), {}


def late(table: Table, today: int) -> Iterator[Found]:
    """More days than the limit between two columns."""
    first, then = table.column(0), table.column(1)
    for at in table.eligible():
        if first[at] is not None and then[at] is not None and then[at] - first[at] > table.rule.limit:
            yield at, (), {"days": then[at] - first[at]}


def graded(table: Table, today: int) -> Iterator[Found]:
    """A grade lower than what the figures make; the highest that any figure reaches is due."""
    said, *figures = (table.column(number) for number in range(4))
    grades = table.rule.grades
    names = sorted(((grade.name, rank) for rank, grade in enumerate(grades)), key=lambda pair: -len(pair[0]))
    for at in table.eligible():
        rank = next((rank for name, rank in names if name in (said[at] or "")), None)
        least = [(grade.deaths, grade.injured, grade.loss) for grade in grades]
        due = max(
            (
                rank
                for rank, row in enumerate(least)
                for low, values in zip(row, figures, strict=True)
                if (values[at] or 0) >= low
            ),
            default=0,
        )
        if rank is not None and rank < due:
            yield at, (), {"due": grades[due].name}


def fewer(table: Table, today: int) -> Iterator[Found]:
    """A figure of the other table that is lower; of several rows that belong together the highest counts."""
    own, others = table.column(0), table.others(0)
    for at in table.eligible():
        found = [other for other in table.matches(at) or () if others[other] is not None]
        if own[at] is not None and found:
            best = max(found, key=others.__getitem__)
            if others[best] < own[at]:
                yield at, (best,), {}


def expired(table: Table, today: int) -> Iterator[Found]:
    """A last day before the day of use, or before today where none is told."""
    until, used = table.column(0), table.column(1)
    for at in table.eligible():
        day = used[at] if used[at] is not None else today
        if until[at] is not None and until[at] < day:
            yield at, (), {"days": day - until[at], "at": date.fromordinal(day).isoformat()}


def shared(table: Table, today: int) -> Iterator[Found]:
    """Rows that have one thing in common and differ in another.

    ``a+b?``: both together. ``a|b``: by the first that all of them tell, so that a gap in one makes no difference.
    """
    same = _together(table.rows, table.rule.columns[0])
    ways = [table.rows.values(way) for way in table.rule.columns[1].split("|")]
    members: dict[Any, list[int]] = {}
    for at in table.eligible():
        if same[at] is not None:
            members.setdefault(same[at], []).append(at)
    shown = table.rule.columns[1].split("|")[-1]
    for rows in members.values():
        if len(rows) == 1:
            continue
        told = next((values for values in ways if all(values[at] is not None for at in rows)), ways[-1])
        distinct = {told[at]: at for at in reversed(rows) if told[at] is not None}
        if len(distinct) > 1:
            names = [table.rows.shown(at, shown) for at in sorted(distinct.values())]
            said = "、".join(names[:_MOST_LISTED]) + ("等" if len(names) > _MOST_LISTED else "")
            yield rows[0], rows[1:], {"count": len(distinct), "list": said}


def _together(rows: Rows, column: str) -> list[Any]:
    first, _, second = column.partition("+")
    if not second:
        return rows.values(first)
    pairs = zip(rows.values(first), rows.values(second.rstrip("?")), strict=True)
    return [None if one is None else (one, two) for one, two in pairs]


def identity(table: Table, today: int) -> Iterator[Found]:
    """Identity numbers that cannot be."""
    values = table.column(0)
    faults = {value: normal.identity_fault(value) for value in set(values) if value}
    for at in table.eligible():
        if values[at] and faults[values[at]]:
            yield at, (), {"fault": faults[values[at]]}


def embedded(table: Table, today: int) -> Iterator[Found]:
    """A number that holds an identity number which cannot be, or is another's."""
    numbers, own = table.column(0), table.column(1)
    for at in table.eligible():
        found = _EMBEDDED.search(numbers[at] or "")
        if found:
            fault = normal.identity_fault(found[0])
            if not fault and own[at] and own[at] != found[0]:
                fault = "与本人的身份证号不同"
            if fault:
                yield at, (), {"fault": fault}


def impossible(table: Table, today: int) -> Iterator[Found]:
    """A day that is in no calendar, is still to come, is after the last day, or before the holder's birth."""
    issued, until, holder = (table.column(number) for number in range(3))
    nowhere = set(table.rows.impossible.get(table.rule.columns[0], ()))
    for at in table.eligible():
        fault = "日历上没有这一天" if at in nowhere else ""
        if issued[at] is not None:
            if issued[at] > today:
                fault = "晚于今天"
            elif until[at] is not None and issued[at] > until[at]:
                fault = "晚于到期日"
            elif holder[at] and _unborn(holder[at], issued[at]):
                fault = "不晚于本人的出生日期"
        if fault:
            yield at, (), {"fault": fault}


def _unborn(holder: str, day: int) -> bool:
    born = normal.day(holder[6:14])
    return isinstance(born, int) and day <= born and not normal.identity_fault(holder)


def lapsed(table: Table, today: int) -> Iterator[Found]:
    """Rows of the other table belong to it, and none of them covers the day."""
    days, start, until = table.column(0), table.others(0), table.others(1)
    for at in table.eligible():
        found = [one for one in table.matches(at) or () if until[one] is not None]
        day = days[at]
        if day is None or not found or any((start[one] or 0) <= day <= until[one] for one in found):
            continue
        yield at, (max(found, key=until.__getitem__),), {}


def during(table: Table, today: int) -> Iterator[Found]:
    """A figure above nothing within a stretch of the other table; with a share, one that reaches it of the usual."""
    days, amounts = table.column(0), table.column(1)
    since, until = table.others(0), table.others(1)
    inside: list[tuple[int, int]] = []
    outside: dict[Any, list[float]] = {}
    for at in table.eligible():
        if days[at] is None or not amounts[at] or amounts[at] <= 0:
            continue
        found = table.matches(at) or ()
        within = [one for one in found if since[one] is not None and since[one] < days[at] < (until[one] or today + 1)]
        if within:
            inside.append((at, within[0]))
        else:
            outside.setdefault(_owner(table, at), []).append(amounts[at])
    usual = {owner: median(values) for owner, values in outside.items()} if table.rule.share else {}
    for at, other in inside:
        if not table.rule.share:
            yield at, (other,), {}
        elif (normally := usual.get(_owner(table, at))) and amounts[at] >= table.rule.share * normally:
            yield at, (other,), {"usual": f"{normally:g}"}


def _owner(table: Table, at: int) -> Any:
    return table.rows.values(table.ways[0][0][0].own)[at]


def repeated(table: Table, today: int) -> Iterator[Found]:
    """So many earlier rows of the same one within a window; a decision that is listed twice counts once."""
    owners, days, decisions = (table.column(number) for number in range(3))
    groups: dict[Any, dict[Any, int]] = {}
    for at in table.eligible():
        if owners[at] and days[at] is not None:
            groups.setdefault(owners[at], {}).setdefault(decisions[at] or ("row", at), at)
    for rows in groups.values():
        ordered = sorted(rows.values(), key=days.__getitem__)
        dates = [days[at] for at in ordered]
        for place, at in enumerate(ordered):
            found = next(filter(None, (_window(dates, place, window) for window in table.rule.windows)), None)
            if found:
                earlier, span = found
                closing = len(table.rule.windows) > 1
                yield at, ordered[place - earlier : place], {"count": earlier + closing, "span": span}


def _window(dates: Sequence[int], place: int, window: Window) -> tuple[int, str] | None:
    """How many rows before this one lie in the window that ends with it."""
    last = dates[place]
    start = last - window.days if window.days else normal.years_on(last, -window.years)
    earlier = place - bisect_left(dates, start, 0, place)
    span = f"{window.days}日内" if window.days else f"{window.years}年内"
    return (earlier, span) if earlier >= window.before else None


def stated(table: Table, today: int) -> Iterator[Found]:
    """Rows that say it themselves."""
    for at in table.eligible():
        yield at, (), {}


CHECKS: Mapping[str, Callable[[Table, int], Iterator[Found]]] = {
    check.__name__: check
    for check in (
        absent,
        late,
        graded,
        fewer,
        expired,
        shared,
        identity,
        embedded,
        impossible,
        lapsed,
        during,
        repeated,
        stated,
    )
}
"""By the name that rules use."""
