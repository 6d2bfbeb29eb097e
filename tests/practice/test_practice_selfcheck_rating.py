"""What answers come to, by the declared rules."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from test_practice_selfcheck import CHECK, TIP, ids, of, replies

from assistant.domain.checklist import ChecklistQuestion
from assistant.domain.ledger import Level
from assistant.domain.selfcheck import Given, RatingRules
from assistant.ingest.records import read_yaml
from assistant.practice.selfcheck_rating import result

RULES = read_yaml(Path(__file__).resolve().parents[2] / "knowledge_base" / "risk_rating.yaml", RatingRules)
DAY = date(2026, 11, 26)


def rated(before=None, day=DAY, **given):
    answers = {"gas": Given("gas", "是"), "bottled": Given("bottled", "是"), **replies(**given)}
    return result(of("contractors", "dormitory"), answers, TIP, RULES, day, before)


def only(found):
    (one,) = (*found.findings, *found.unclear)
    return one


def test_the_rules_are_whole_and_never_milder_where_it_is_likelier_or_graver():
    assert len(RULES.severities) == 5
    assert len(RULES.likelihoods) == len(RULES.cells) == 4
    assert {len(row) for row in RULES.cells} == {5}
    for line in (*RULES.cells, *zip(*RULES.cells, strict=True)):
        assert ["低中高".index(grade) for grade in line] == sorted("低中高".index(grade) for grade in line)
    assert set(RULES.levels) == set("高中低")
    assert Level.MAJOR not in RULES.levels.values()  # 重大 is what a standard says, never a cell
    assert {one.level for one in RULES.deadlines} == set(Level)
    assert max(RULES.replies.values()) + RULES.repeated == 4


@pytest.mark.parametrize(
    ("question", "reply", "cell", "level", "deadline"),
    [
        ("hose", "部分", (1, 3), Level.MINOR, date(2026, 12, 26)),
        ("hose", "否", (3, 3), Level.MINOR, date(2026, 12, 26)),
        ("pipe", "部分", (1, 5), Level.SERIOUS, date(2026, 12, 3)),
        ("pipe", "否", (3, 5), Level.SERIOUS, date(2026, 12, 3)),
        ("alarm", "部分", (1, 4), Level.SERIOUS, date(2026, 12, 3)),  # the standard's condition is still to be compared
        ("exit", "否", (3, 5), Level.MAJOR, date(2026, 11, 29)),
    ],
)
def test_answer_severity_and_standard_give_the_cell_the_level_and_the_deadline(question, reply, cell, level, deadline):
    one = only(rated(**{{"pipe": "tip.sample.dormitory"}.get(question, question): reply}))
    assert ((one.likelihood, one.severity), one.level, one.deadline) == (cell, level, deadline)


def test_a_gap_is_a_legal_major_only_by_the_standard():
    assert only(rated(exit="否")).legal == "是"
    assert only(rated(exit="部分")).legal == "待对照"
    assert only(rated(alarm="否")).legal == "待对照"
    assert only(rated(hose="否")).legal == "否"
    assert only(rated(**{"tip.sample.certificate": "否"})).legal == "未核"


def test_a_condition_that_the_reader_confirms_makes_it_major_and_the_first_in_charge_leads():
    answers = {"gas": Given("gas", "是"), "alarm": Given("alarm", "部分", confirmed=True)}
    one = only(result(of(), answers, TIP, RULES, DAY))
    assert (one.legal, one.level, one.post, one.deadline) == ("是", Level.MAJOR, "主要负责人", date(2026, 11, 29))


def test_what_nobody_could_say_is_a_finding_of_its_own_and_never_a_legal_major():
    found = rated(exit="不清楚")
    assert found.findings == ()
    one = only(found)
    assert one.unclear
    assert (one.legal, one.days, one.likelihood) == ("待对照", 3, 2)
    assert result(of(), {"exit": Given("exit", "不清楚", confirmed=True)}, TIP, RULES, DAY).unclear[0].legal == "待对照"


def test_only_what_was_answered_yes_is_called_met():
    found = rated(alarm="是", hose="不适用")
    assert (ids(found.met), ids(found.beside)) == (["alarm"], ["hose"])
    assert ids(found.not_asked.unanswered) == ["exit", "tip.sample.dormitory", "tip.sample.certificate"]


def test_an_answer_to_a_question_that_is_no_longer_asked_is_no_finding():
    answers = {"gas": Given("gas", "否"), "alarm": Given("alarm", "否")}
    assert result(of(), answers, TIP, RULES, DAY).findings == ()


def test_the_gravest_comes_first_and_a_legal_major_before_all():
    found = rated(hose="否", alarm="否", exit="否", **{"tip.sample.certificate": "否"})
    assert [one.question.id for one in found.findings] == ["exit", "alarm", "hose", "tip.sample.certificate"]
    assert [found.count(level) for level in Level] == [1, 1, 2]
    assert [one.question.id for one in found.cell(3, 3)] == ["hose", "tip.sample.certificate"]


def test_compared_with_the_time_before():
    before = rated(day=date(2026, 8, 15), alarm="否", hose="否", exit="否")
    found = rated(before, alarm="否", exit="是", **{"tip.sample.certificate": "否"})
    same = found.compared
    assert same.day == date(2026, 8, 15)
    assert same.repeated == ("后厨没装可燃气体报警装置",)
    assert same.new == ("电工没有有效的操作证",)
    assert same.closed == ("疏散通道堆货、安全出口上锁",)
    assert same.unseen == ("灶具连接管老化没换",)
    again = next(one for one in found.findings if one.question.id == "alarm")
    assert (again.repeated, again.likelihood) == (True, 4)


def test_likelihood_stays_on_the_table():
    before = rated(hose="否")
    rules = replace(RULES, repeated=9)
    answers = {"gas": Given("gas", "是"), "bottled": Given("bottled", "是"), "hose": Given("hose", "否")}
    assert result(of(), answers, TIP, rules, DAY, before).findings[0].likelihood == 4


def test_several_questions_on_one_tip_are_one_finding_with_every_part_of_it():
    first, *rest = CHECK.questions
    twice = replace(
        CHECK, questions=(first, *rest, ChecklistQuestion("second_exit", "tip.sample.exit", ask="后门夜里也能从里面打开，对吗？"))
    )
    asked_of = of(check=twice)
    assert ids(asked_of.questions)[-2:] == ["exit", "second_exit"]

    def one(**given):
        return result(asked_of, replies(**given), TIP, RULES, DAY)

    found = only(one(exit="不清楚", second_exit="部分"))
    assert [(question.id, given.reply) for question, given in found.parts] == [("second_exit", "部分"), ("exit", "不清楚")]
    assert not found.unclear
    assert only(one(exit="是", second_exit="否")).legal == "待对照"  # only part of what the item says was asked
    assert only(one(exit="否", second_exit="否")).legal == "是"
    before = one(exit="否", second_exit="否")
    later = result(asked_of, replies(exit="是", second_exit="否"), TIP, RULES, DAY, before)
    assert (later.compared.closed, later.compared.repeated) == ((), ("疏散通道堆货、安全出口上锁",))
