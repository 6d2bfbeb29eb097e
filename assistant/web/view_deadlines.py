"""行刑衔接时限 as HTML: each procedure with its events, a date beside each, and what is due until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from html import escape

from assistant.domain.deadlines import UNITS, Counting, Deadline, DeadlineBook, Due, Event, Way
from assistant.practice.deadlines import dues
from assistant.web.view_evidence import Cites, pills

_DAYS = "一二三四五六日"
WEEKENDS = "没有填写这一年的法定节假日，只除去了周六、周日；遇春节、国庆等请自行核对"


def page(book: DeadlineBook, days: Mapping[str, date], cites: Cites, failure: str = "") -> str:
    """Everything; procedures in which a date was given are open."""
    failed = f'<p class="failure" role="alert">{escape(failure)}</p>' if failure else ""
    ways = "".join(_way(book, number, way, days, cites) for number, way in enumerate(book.ways))
    return (
        '<form class="ways"><h2>行刑衔接和办案时限</h2><p class="said">填上哪一件事发生的日期，就从那一件起算。</p>'
        f'<p class="links"><button type="button" class="go" data-act="count">计算</button></p>{failed}{ways}</form>'
    )


def _way(book: DeadlineBook, number: int, way: Way, days: Mapping[str, date], cites: Cites) -> str:
    dated = any(event.key in days for event in way.events)
    opened = dated or (number == 0 and not days)
    events = "".join(_event(book, event, days.get(event.key), cites) for event in way.events)
    return f"<details{' open' if opened else ''}><summary>{escape(way.name)}</summary>{events}</details>"


def _event(book: DeadlineBook, event: Event, day: date | None, cites: Cites) -> str:
    value = f' value="{day.isoformat()}"' if day else ""
    rows = "".join(_deadline(book, one, day, cites) for one in event.deadlines)
    return (
        f'<section><label><span>{escape(event.name)}</span><input type="date" name="{event.key}"{value} min="1979-01-01" max="2999-12-31">'
        f"</label><ul>{rows}</ul></section>"
    )


def _deadline(book: DeadlineBook, one: Deadline, day: date | None, cites: Cites) -> str:
    checked = '<span class="badge">需核对</span>' if one.confidence == "M" else ""
    term = f"<b>{escape(one.term)}</b>" if one.term else ""
    longer = "".join(f"（{escape(more.when)}，可以延长{more.amount}{UNITS[more.unit]}）" for more in one.longer)
    papers = f'<p class="papers">文书：{escape("、".join(one.papers))}</p>' if one.papers else ""
    found = dues(one, day, book.holidays) if day else ()
    counted = tuple(_countings(book, one))
    notes = escape("；".join([*(counting.says for counting in counted), *([one.note] if one.note else [])]))
    rests = (*one.cite, *(cite for counting in counted for cite in counting.cite))
    return (
        f"<li>{term}{checked}<span>{escape(one.do)}</span><small>{escape(one.who)}{longer}</small>"
        f"{''.join(_due(one, due) for due in found)}{papers}<p>{pills(rests, cites)}</p>"
        f"{f'<small>{notes}。</small>' if notes else ''}</li>"
    )


def _countings(book: DeadlineBook, one: Deadline) -> Iterator[Counting]:
    """How it is counted; hours run by the clock, and what is not computed is not counted."""
    if one.amount is not None and one.unit != "hour":
        yield book.countings[one.counting]
        if one.unit == "month":
            yield book.months


def _due(one: Deadline, due: Due) -> str:
    what = f"{due.when}：" if due.when else ""
    clock = _clock(one.amount or 0) if one.unit == "hour" else ""
    moved = f"（{said(due.moved)}不是工作日，顺延）" if due.moved else ""
    free = f"；不在押的顺延到 {said(due.free)}" if due.free else ""
    weekends = f"<small>{WEEKENDS}。</small>" if due.weekends_only else ""
    return f'<p class="due">{escape(what)}至 <strong>{said(due.on)}</strong>{clock}{moved}{free}{weekends}</p>'


def _clock(hours: int) -> str:
    return "同一时刻前" if hours % 24 == 0 else f"，从接到报告的时刻起{hours}小时内"


def said(day: date) -> str:
    """2026-11-30（周一）."""
    return f"{day.isoformat()}（周{_DAYS[day.weekday()]}）"
