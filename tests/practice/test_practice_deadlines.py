"""Deadlines: the day of the event does not count, months end where they end, days off move what the law says they move."""

from datetime import date
from pathlib import Path

import pytest

from assistant.domain.deadlines import Deadline, Holidays, Longer
from assistant.ingest.evidence import load_deadlines
from assistant.practice.deadlines import dues, is_workday

BOOK = load_deadlines(Path(__file__).resolve().parents[2] / "knowledge_base")
RULES = {(event.key, place): one for event in BOOK.events for place, one in enumerate(event.deadlines)}


def day(text):
    return date.fromisoformat(text)


def due(event, place, start, holidays=None):
    return dues(RULES[event, place], day(start), BOOK.holidays if holidays is None else holidays)


@pytest.mark.parametrize(
    ("event", "place", "start", "last"),
    [
        ("report", 0, "2026-11-23", "2026-11-26"),  # 移送规定5: 3日, the day itself does not count
        ("report", 0, "2026-11-24", "2026-11-27"),
        ("report", 0, "2026-11-26", "2026-11-29"),  # a Sunday stays: nothing says that it moves
        ("approved", 0, "2026-12-31", "2027-01-01"),  # 24小时 over the end of a year
        ("accepted", 2, "2026-11-24", "2026-11-27"),  # Friday
        ("accepted", 2, "2026-11-25", "2026-11-30"),  # ends on a Saturday: Monday
        ("accepted", 2, "2026-11-26", "2026-11-30"),  # ends on a Sunday: Monday
        ("accepted", 2, "2026-11-27", "2026-11-30"),  # ends on Monday itself
        ("explain", 0, "2026-11-27", "2026-12-04"),
        ("file_notice", 0, "2026-11-27", "2026-12-14"),  # 12 December is a Saturday
        ("filed", 0, "2026-11-30", "2027-03-01"),  # three months from the last of November: 28 February, a Sunday
        ("accident", 2, "2026-11-27", "2027-01-26"),  # 60日
        ("report_in", 0, "2026-11-27", "2026-12-12"),  # 15日, a Saturday stays
        ("report_in", 1, "2026-11-27", "2026-12-27"),
        ("alarm", 0, "2026-11-27", "2026-12-27"),
        ("certified", 0, "2026-11-27", "2026-12-08"),  # 7个工作日
        ("certificate_served", 0, "2026-11-27", "2026-12-18"),  # 15个工作日
        ("arrest_request", 0, "2026-11-28", "2026-12-05"),  # in custody: a Saturday stays
        ("arrest_request", 1, "2026-11-27", "2026-12-14"),  # not in custody: Saturday to Monday
        ("arrest_request", 2, "2026-11-27", "2026-12-17"),
        ("sent_back", 0, "2027-01-31", "2027-02-28"),
        ("sent_back", 0, "2028-01-31", "2028-02-29"),  # leap year
        ("sent_back", 0, "2027-01-30", "2027-02-28"),  # no 30 February
        ("sent_back", 0, "2027-02-28", "2027-03-31"),  # from the last of a month to the last
        ("sent_back", 0, "2027-02-27", "2027-03-27"),
        ("custody_review", 0, "2026-11-27", "2026-12-07"),
        ("custody_review", 1, "2026-11-27", "2026-11-30"),
        ("not_prosecuted", 0, "2026-11-27", "2026-12-02"),  # 3个工作日 from a Friday
        ("not_prosecuted", 0, "2026-11-28", "2026-12-02"),  # from a Saturday
        ("not_prosecuted", 0, "2026-11-26", "2026-12-01"),
        ("registered", 0, "2026-11-27", "2026-12-11"),
        ("advice_in", 0, "2026-12-31", "2027-02-28"),
        ("advice_in", 1, "2026-11-27", "2026-12-12"),
    ],
)
def test_the_last_day(event, place, start, last):
    assert due(event, place, start)[0].on == day(last)


def test_an_extension_begins_where_the_period_ends():
    review = due("prosecution", 0, "2027-01-15")
    assert [one.on for one in review] == [day("2027-02-15"), day("2027-03-02")]
    assert [one.when for one in review] == ["", "重大、复杂案件"]
    assert [one.on for one in due("accident", 2, "2026-11-27")] == [day("2027-01-26"), day("2027-03-27")]
    assert [one.on for one in due("detained", 0, "2026-11-27")] == [day("2026-11-30"), day("2026-12-04")]
    assert [one.on for one in due("arrested", 0, "2026-12-31")] == [day("2027-02-28"), day("2027-03-31")]


def test_custody_is_not_prolonged_by_a_day_off_but_others_are():
    (first, *_) = due("prosecution", 0, "2026-11-28")
    assert (first.on, first.free) == (day("2026-12-28"), None)
    (first, *_) = due("prosecution", 0, "2026-11-27")
    assert (first.on, first.free) == (day("2026-12-27"), day("2026-12-28"))
    moved = due("accepted", 2, "2026-11-26")[0]
    assert moved.moved == day("2026-11-29")


def test_holidays_that_the_user_enters_count_and_their_absence_is_said():
    entered = {2026: Holidays(off=(day("2026-11-30"), day("2026-12-01")), work=(day("2026-11-28"),))}
    assert due("not_prosecuted", 0, "2026-11-27", entered)[0].on == day("2026-12-03")  # 28, 2, 3
    assert not due("not_prosecuted", 0, "2026-11-27", entered)[0].weekends_only
    assert due("not_prosecuted", 0, "2026-11-27", {})[0].weekends_only
    assert due("accepted", 2, "2026-11-26", entered)[0].on == day("2026-12-02")
    assert due("not_prosecuted", 0, "2026-12-30", entered)[0].weekends_only  # the next year has none
    assert not due("report", 0, "2026-11-27", {})[0].weekends_only  # natural days: they do not matter
    assert is_workday(day("2026-11-28"), entered)
    assert not is_workday(day("2026-11-29"), entered)


def test_nothing_is_computed_from_what_is_not_proven_or_beyond_the_calendar():
    assert due("governance_in", 0, "2026-11-27") == ()
    assert due("accepted", 3, "2026-11-27") == ()
    assert due("opinion_in", 0, "2026-11-27") == ()
    last = date.max
    for unit in ("hour", "day", "workday", "month"):
        assert dues(Deadline("做", "谁", (), 48, unit, longer=(Longer(1, "day", "x"),)), last, {}) == ()


def test_every_rule_gives_a_date_after_its_event():
    for (event, _), one in RULES.items():
        found = dues(one, day("2026-11-27"), BOOK.holidays)
        assert bool(found) == (one.amount is not None), event
        assert len(found) in (0, 1 + len(one.longer))
        assert [x.on for x in found] == sorted(x.on for x in found)
