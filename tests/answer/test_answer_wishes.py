"""Lectures, questions and drills that are asked for in the chat."""

import pytest

from assistant.domain.answer import Section
from assistant.domain.wish import Wish

ASKED = {
    "帮我做一节45分钟的动火作业培训课，讲给班组工人": Wish("lecture", "动火作业", "班组工人", 45),
    "我要给矿长们讲一堂一个半小时的宽严相济课": Wish("lecture", "宽严相济", "企业负责人", 90),
    "准备一场给企业老板的普法讲座，讲外包的责任": Wish("lecture", "外包", "企业负责人", 0, "普法"),
    "给工人做一份高处坠落警示教育课件，30分钟": Wish("lecture", "高处坠落", "班组工人", 30, "警示"),
    "帮我备课：行刑衔接，听课的是检察官，一小时": Wish("lecture", "行刑衔接", "检察官", 60),
    "给我出10道关于瞒报的选择题": Wish("quiz", "瞒报", count=10),
    "出二十道题考考安全员，内容是特种作业证": Wish("quiz", "特种作业证", "安全管理人员", count=20),
    "有没有有限空间的案例演练": Wish("drill", "有限空间"),
}


@pytest.mark.parametrize(("said", "wish"), ASKED.items())
def test_what_is_wanted_is_read_with_topic_audience_and_length(services, said, wish):
    assert services.wish(said) == wish


@pytest.mark.parametrize(
    "said",
    [
        "没做培训就上岗怎么罚",
        "应急演练多久一次",
        "安全培训考试代考算不算犯罪",
        "矿工没有上过安全课就下井",
        "出了问题谁负责",
        "特种作业培训要多少学时",
        "讲一下重大责任事故罪",
        "出具虚假培训证明怎么定罪",
    ],
)
def test_a_question_on_the_law_of_training_is_no_wish(services, said):
    assert services.wish(said) is None


def test_no_question_that_a_record_answers_is_a_wish(services):
    assert [ask for record in services.knowledge.records for ask in record.asks if services.wish(ask)] == []


def test_the_answer_says_where_the_wish_is_met_and_takes_it_for_no_hazard(services):
    answer = services.ask("帮我做一节45分钟的动火作业培训课，讲给班组工人")
    assert answer.wish == Wish("lecture", "动火作业", "班组工人", 45)
    assert any("讲堂" in claim.text for claim in answer.section(Section.NOTES))
    assert not any("可能涉及" in claim.text for claim in answer.section(Section.CONCLUSION))
