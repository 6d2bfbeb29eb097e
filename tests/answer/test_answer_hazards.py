"""Hazards told in words: the right tip, lawful practice never slandered, danger first, and nothing taken from other questions."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.answer.hazards import major_answer
from assistant.domain.answer import Behavior, Outcome, Section
from assistant.errors import NotFound
from eval.hazards import CASES, figures, score

SHARED = Path(__file__).resolve().parents[3] / "shared"


def measured(path, services):
    cases = yaml.safe_load(path.read_text(encoding="utf-8"))
    return figures(score(case, services.hazards.read(case["said"]), services.sources) for case in cases)


def test_hazards_in_other_words_than_the_tips_find_their_tip(services):
    found = measured(CASES, services)
    assert found["hazards"] >= 80
    assert found["tip_in_3"] >= 0.9, found
    assert found["major"] >= 0.95, found
    assert found["lawful_slandered"] == 0, found
    assert found["breach_said"] >= 0.8, found
    assert found["urgent_found"] >= 0.7, found


def test_the_examples_find_their_tip(services):
    path = SHARED / "eval" / "hazards_dev.yaml"
    if not path.exists():
        pytest.skip("the examples are not at hand: ../shared/eval/hazards_dev.yaml")
    found = measured(path, services)
    assert found["tip_in_3"] >= 0.9, found
    assert found["lawful_slandered"] == 0, found


def test_half_of_the_hazards_do_not_use_the_words_of_the_tips(services):
    told = {said for tip in services.hazards.tips.values() for said in (*tip.said, *tip.signs)}
    cases = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    assert sum(case["said"] not in told for case in cases) == len(cases)


def test_a_tip_is_found_by_its_own_sentence(services):
    reader = services.hazards.reader
    lost = [tip.id for tip in reader.tips if reader.read(tip.said[0]).tips[0].tip.id != tip.id]
    assert len(lost) <= len(reader.tips) // 50, lost


def test_danger_that_is_there_comes_first_and_once_was_does_not(services):
    now = services.hazards.read("一开门满屋煤气味，厨师还在里头点火炒菜")
    assert now.urgent
    answer = services.hazards.answer("一开门满屋煤气味，厨师还在里头点火炒菜")
    assert answer.claims[0].text.startswith("先撤人、先停下来")
    assert not services.hazards.read("后厨那个报警器去年就拔了插头，也没人管").urgent


def test_every_statement_of_an_answer_opens_to_its_source(services):
    answer = services.hazards.answer("安全出口拿铁链子锁着，里头正开演唱会")
    assert answer.withheld == ()
    assert answer.status is Outcome.ANSWERED
    bare = [claim.text for claim in answer.claims if not claim.citations and claim.kind is not Section.NOTES]
    assert bare == []
    kinds = {claim.kind for claim in answer.claims}
    assert {Section.CONCLUSION, Section.BASIS, Section.APPLICATION} <= kinds
    for citation in answer.citations:
        opened = services.source(citation.source_id)
        assert citation.quote in opened.text, citation.title


@pytest.mark.parametrize(
    "said",
    [
        "我们夜里起大风，先把吊车停了人也撤下来，甲方骂我们磨洋工",
        "动火票办了、测过可燃气体合格、旁边有人盯着才焊的，网格员偏说不行",
    ],
)
def test_care_that_was_taken_is_not_called_a_violation(services, said):
    found = services.hazards.read(said)
    assert found.violation != "yes"
    assert major_answer(found) != "yes" or found.violation == "unknown"


def test_a_practice_that_is_lawful_up_to_a_number_is_not_named_above_it(services):
    def told(persons):
        return services.hazards.read(f"检查的非说我们违法，厂里{persons}个人，安全员是办公室主任兼着的")

    assert told("八十").violation == "no"
    assert told("一百二十").violation != "no"


def test_whoever_takes_from_a_seller_without_a_permit_is_not_told_what_is_lawful_for_one_who_refuses_him(services):
    bought = services.hazards.read("我们批发部一直从镇上一家没证的小公司拿丙酮，便宜，送货也勤快")
    refused = services.hazards.read("没许可证的小贩来批气，我们一律不卖，他说断他财路要去告我们")
    assert bought.violation != "no"
    assert bought.lawful is None
    assert refused.violation == "no"


def test_words_that_tell_no_hazard_get_a_sentence(services):
    with pytest.raises(NotFound, match="请写明"):
        services.hazards.answer("zzz")


def test_the_chat_answers_a_hazard_that_is_told(services):
    answer = services.ask("换电柜贴着配电箱放，边上堆满纸箱子")
    assert answer.status is Outcome.ANSWERED
    assert answer.topics[0].startswith("tip.")
    assert any("企业自查" in claim.text for claim in answer.claims)


def test_the_chat_says_what_a_trade_has_to_heed(services):
    answer = services.ask("我们厂有粉尘车间，要注意什么？")
    heeded = [claim for claim in answer.claims if claim.kind is Section.CONCLUSION]
    assert len(heeded) >= 4
    assert all(claim.citations for claim in heeded)
    assert any("粉尘" in claim.text for claim in heeded)
    assert any("企业自查" in claim.text for claim in answer.claims)


@pytest.mark.parametrize(
    "question",
    [
        "死亡三人的重大责任事故怎么判？",
        "特种作业无证上岗怎么罚",
        "羁押必要性审查里应当变更和可以变更的区别",
        "重大事故隐患由谁认定",
        "把《关于进一步加强危害生产安全刑事案件审判工作的意见》全文发我",
        "用Python写个爬虫抓竞争对手的价格。",
        "孩子今年上小学三年级，数学总是考不好",
        "我昨天买了一件红色的衣服，很好看",
    ],
)
def test_other_questions_are_left_to_the_records(services, question):
    answer = services.ask(question, on=date(2026, 11, 26))
    assert not any(topic.startswith("tip.") for topic in answer.topics)
    assert answer.behavior is not Behavior.ANSWER or answer.topics
