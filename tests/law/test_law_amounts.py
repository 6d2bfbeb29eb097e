"""Figures with their units and bounds, as statutes and people write them."""

import pytest

from assistant.law.amounts import Amount, read_amounts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("处三年以上七年以下有期徒刑", {(3, "年", "≥"), (7, "年", "≤")}),
        ("3至7年", {(3, "年", "≥"), (7, "年", "≤")}),
        ("二万元以上五万元以下的罚款", {(20000, "元", "≥"), (50000, "元", "≤")}),
        ("2万至5万元", {(20000, "元", "≥"), (50000, "元", "≤")}),
        ("1000000元", {(1000000, "元", "")}),
        ("上一年年收入百分之四十至百分之一百", {(40, "%", "≥"), (100, "%", "≤")}),
        ("死亡不到3人", {(3, "人", "<")}),
        ("不超过三年", {(3, "年", "≤")}),
        ("二十四小时内", {(24, "小时", "≤")}),
        ("2021年3月1日起施行", {(20210301, "date", "")}),
        ("2021-03-01", {(20210301, "date", "")}),
        ("2015年解释", {(20150000, "date", "")}),
        ("法释〔2015〕22号第七条第一款第（一）项", set()),
        ("第134条、第135条、第三章", set()),
        ("其中一般、一并、统一", set()),
        ("五个工作日", {(5, "工作日", "")}),
    ],
)
def test_amounts(text, found):
    assert {(amount.value, amount.unit, amount.bound) for amount in read_amounts(text)} == found


def test_what_is_counted_tells_figures_apart():
    died, hurt = read_amounts("死亡3人以上"), read_amounts("重伤3人以上")
    assert not any(a.agrees(b) for a in died for b in hurt)
    assert any(a.agrees(b) for a in died for b in read_amounts("3人以上死亡"))
    assert any(a.agrees(b) for a in died for b in read_amounts("3人以上"))


@pytest.mark.parametrize(
    ("bound", "value", "reached"),
    [
        ("≥", 3, True),
        ("≥", 2, False),
        ("<", 2, True),
        ("<", 3, False),
        (">", 3, False),
        (">", 4, True),
        ("≤", 2, True),
        ("≤", 3, False),
    ],
)
def test_whether_a_value_lies_within(bound, value, reached):
    assert Amount(3, "人", bound).reached_by(value) is reached


def test_a_year_is_said_of_a_day():
    (year,), (month,), (day,) = map(read_amounts, ("2021年", "2021年3月", "2021年3月1日"))
    assert year.within(day)
    assert month.within(day)
    assert not day.within(year)
    assert not next(iter(read_amounts("2020年"))).within(day)
