"""案情要素表: what people write is read, what cannot be is refused in a sentence that names the fact."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.domain.facts import FactKey, FactSheet, LossItem, Person
from assistant.errors import BadFact, UsageError
from assistant.ingest.records import read_yaml
from assistant.rules.sheet import dump_sheet, problems, read_sheet

ROOT = Path(__file__).resolve().parents[2]
KEYS = {one.key: one for one in read_yaml(ROOT / "knowledge_base/rules/facts.yaml", tuple[FactKey, ...])}
TODAY = date(2026, 11, 26)
WRITTEN = """
id: 甲案
told: 某矿冒顶，死三人。
facts: {deaths: 3, loss_wan: "1,250.5", conduct_start: 2021-03-11, conduct_end: 2021年3月12日, in_production: 是, hazard_major: 不明,
  responsibility: 有争议, industry: 煤矿, fuse_m: 2.5}
people:
  - {name: 张某, facts: {role: manager, plea: true, age: 41, position: 矿长}}
  - {name: 李某}
loss_items: [{name: 医疗费, wan: 30}]
sides: {responsibility: 报告认定主要责任，专家认定次要责任}
"""


def read(**data):
    return read_sheet(data, KEYS, TODAY)


def test_a_sheet_is_read_as_people_write_it():
    sheet = read_sheet(yaml.safe_load(WRITTEN), KEYS, TODAY)
    assert sheet.facts == {
        "deaths": 3,
        "loss_wan": 1250.5,
        "conduct_start": date(2021, 3, 11),
        "conduct_end": date(2021, 3, 12),
        "in_production": True,
        "hazard_major": "不明",
        "responsibility": "有争议",
        "industry": "coal",
        "fuse_m": 2.5,
    }
    assert sheet.people == (
        Person("张某", {"role": "manager", "plea": True, "age": 41, "position": "矿长"}),
        Person("李某"),
    )
    assert sheet.loss_items == (LossItem("医疗费", 30),)
    assert sheet.sides == {"responsibility": "报告认定主要责任，专家认定次要责任"}


def test_what_is_written_back_reads_the_same():
    sheet = read_sheet(yaml.safe_load(WRITTEN), KEYS, TODAY)
    assert read_sheet(yaml.safe_load(yaml.safe_dump(dump_sheet(sheet), allow_unicode=True)), KEYS, TODAY) == sheet
    assert dump_sheet(FactSheet()) == {}


def test_what_is_left_empty_was_not_spoken_of():
    assert read(facts={"deaths": None, "position": ""}).facts == {}


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("deaths", -1, "不能是负数"),
        ("deaths", 1.5, "要写整数"),
        ("deaths", True, "要写整数"),
        ("deaths", "三个", "要写整数"),
        ("deaths", 100_001, "超过 100000"),
        ("deaths", "nan", "要写整数"),
        ("loss_wan", "1e300", "超过"),
        ("age", 121, "超过 120"),
        ("in_production", "也许", "只能是"),
        ("responsibility", "full responsibility", "全部责任"),
        ("conduct_start", "1978-12-31", "早于 1979 年"),
        ("conduct_start", date(2026, 11, 27), "还没有到"),
        ("conduct_start", "2021-02-30", "不是一个日期"),
        ("conduct_start", "去年", "不是一个日期"),
        ("conduct_start", ["2021-01-01"], "不是一个日期"),
        ("no_such_fact", 1, "没有“no_such_fact”这一项要素"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(key, value, says):
    with pytest.raises(BadFact, match=says) as caught:
        read(facts={key: value})
    assert caught.value.key == key
    assert str(caught.value).endswith("。")


@pytest.mark.parametrize("day", ["1979-01-01", "2026-11-26"])
def test_the_first_and_the_last_day_are_read(day):
    assert read(facts={"conduct_start": day}).facts["conduct_start"].isoformat() == day


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"conduct_start": "2021-03-02", "conduct_end": "2021-03-01"}, "conduct_end"),
        ({"conduct_end": "2021-03-02", "filed_date": "2021-03-01"}, "filed_date"),
        ({"filed_date": "2021-03-02", "decision_date": "2021-03-01"}, "decision_date"),
        ({"conduct_start": "2021-03-02", "filed_date": "不明", "decision_date": "2021-03-01"}, "decision_date"),
        ({"deaths": 0, "added_deaths": 3}, "added_deaths"),
        ({"loss_wan": 10, "added_loss_wan": 10.5}, "added_loss_wan"),
    ],
)
def test_facts_that_cannot_both_be_true_are_refused(facts, key):
    with pytest.raises(BadFact, match="请核对") as caught:
        read(facts=facts)
    assert caught.value.key == key


def test_equal_days_and_equal_numbers_are_fine():
    day = "2021-03-01"
    facts = {"conduct_start": day, "conduct_end": day, "filed_date": day, "decision_date": day, "deaths": 3, "added_deaths": 3}
    assert len(read(facts=facts).facts) == 6


def test_a_day_of_one_person_is_held_against_the_days_of_the_case():
    people = [{"name": "甲", "facts": {"conduct_start": "2022-01-01"}}, {"name": "乙"}]
    with pytest.raises(BadFact, match="早于") as caught:
        read(facts={"conduct_end": "2021-03-01"}, people=people)
    assert (caught.value.key, caught.value.person) == ("conduct_end", "甲")


def test_two_people_of_one_name_are_told_apart_first():
    with pytest.raises(BadFact, match="有两个人都叫“王某”"):
        read(people=[{"name": "王某"}, {"name": "王某"}])


def test_a_fact_of_the_case_is_not_a_persons():
    with pytest.raises(BadFact, match="全案的要素") as caught:
        read(people=[{"name": "王某", "facts": {"deaths": 1}}])
    assert (caught.value.key, caught.value.person) == ("deaths", "王某")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"死亡": 3}, "没有“死亡”这一部分"),
        ({"facts": [1]}, "名称: 值"),
        ({"people": {"name": "甲"}}, "应当是一个列表"),
        ({"people": [{"facts": {}}]}, "要写 name"),
        ({"people": [{"name": "甲", "deaths": 1}]}, "写在 facts 下面"),
        ({"loss_items": [{"wan": 1}]}, "name（名称）和 wan"),
        ({"loss_items": [{"name": "医疗费", "wan": -1}]}, "不能是负数"),
        ({"loss_items": [{"name": "医疗费"}]}, "要写数字"),
    ],
)
def test_a_sheet_of_another_shape_says_what_is_wrong(data, says):
    with pytest.raises(UsageError, match=says):
        read_sheet(data, KEYS, TODAY)


def test_a_list_is_not_a_sheet():
    with pytest.raises(UsageError, match="要素表应当由"):
        read_sheet([1], KEYS, TODAY)


def test_problems_of_a_sheet_made_by_the_program_are_found_too():
    sheet = FactSheet(
        facts={"conduct_start": date(2022, 1, 1), "conduct_end": date(2021, 1, 1)}, people=(Person("甲"), Person("乙"))
    )
    assert {problem.key for problem in problems(sheet, KEYS)} == {"conduct_end"}
