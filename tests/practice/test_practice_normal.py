"""Cells as they are written in practice, made comparable."""

from datetime import date

import pytest

from assistant.practice import normal


@pytest.mark.parametrize(
    "other",
    [
        "东山 建材（虚构）有限责任公司",
        "东山建材(虚构)有限公司",
        "东山建材（虚构）公司",
        "　东山建材〔虚构〕有限公司 ",
        "东山建材·虚构有限公司",
    ],
)
def test_ways_to_write_a_firm_are_one_firm(other):
    assert normal.unit(other) == normal.unit("东山建材（虚构）有限公司")


@pytest.mark.parametrize("other", ["东山建材（虚构）股份有限公司", "东山建材（虚构）一分公司", "西山建材（虚构）有限公司"])
def test_other_firms_stay_other_firms(other):
    assert normal.unit(other) != normal.unit("东山建材（虚构）有限公司")


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-29",
        "2024/2/29",
        "2024.02.29",
        "２０２４年２月２９日",
        "二〇二四年二月二十九日",
        "20240229",
        "45351",
        "2024-02-29 08:30",
        "2024-02-29T08:30:00",
        "2024年2月29日 8时",
    ],
)
def test_days_in_many_spellings(text):
    assert normal.day(text) == date(2024, 2, 29).toordinal()


@pytest.mark.parametrize(
    ("text", "day"), [("2024年7月", date(2024, 7, 1)), ("2024-07", date(2024, 7, 1)), ("二〇二四年十月十日", date(2024, 10, 10))]
)
def test_a_month_is_its_first_day(text, day):
    assert normal.day(text) == day.toordinal()


@pytest.mark.parametrize("text", ["2023-02-29", "2024-13-01", "20240230", "2024年4月31日"])
def test_days_in_no_calendar_are_told_from_what_is_no_day(text):
    assert normal.day(text) is normal.IMPOSSIBLE


@pytest.mark.parametrize("text", ["长期", "不详", "24.1.5", "123", "2024", "一月", "2024-02-29-03"])
def test_what_is_no_day(text):
    assert normal.day(text) is normal.UNCLEAR


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("11010519491231002X", ""),
        ("110105194912310021", "校验码应为X，不是1"),
        ("110105194913310025", "其中的出生日期不存在"),
        ("1101051949123100", "应为18位"),
    ],
)
def test_identity_numbers_by_gb_11643(text, fault):
    assert normal.identity_fault(text).startswith(fault)
    assert bool(normal.identity_fault(text)) == bool(fault)


@pytest.mark.parametrize(
    ("text", "heading", "value"),
    [
        ("120", "损失（万元）", 120),
        ("1,200,000元", "损失", 120),
        ("1200000", "损失（元）", 120),
        ("120", "损失", None),
        ("若干", "万元", None),
    ],
)
def test_money_needs_its_unit(text, heading, value):
    assert normal.in_10k(text, heading) == value


def test_a_number_that_a_spreadsheet_has_shortened_is_no_number():
    assert normal.number("1.10105E+17") is None
    assert normal.number(" 京（2024）— 0０1 ") == "京2024001"
