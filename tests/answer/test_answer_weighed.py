"""A told case in the chat, over the real knowledge: its 类案 are the cases of the same facts, and what was read comes with it."""

import pytest

from assistant.answer.render import from_json, to_json
from assistant.domain.answer import Section
from assistant.domain.cases import Case

TOLD = (
    "2023年5月4日，某建筑工地模板支架坍塌，2人死亡。项目经理张某未按专项方案组织施工，事故调查认定负主要责任。"
    "张某事故后自首，认罪认罚，全额赔偿并取得谅解，没有前科。怎么处理？"
)


@pytest.fixture(scope="module")
def answer(services):
    return services.ask(TOLD)


@pytest.fixture(scope="module")
def cases(services):
    return {record.id: record for record in services.knowledge.records if isinstance(record, Case)}


@pytest.fixture(scope="module")
def told(answer, cases):
    """Each claim of 类案 with the case that it cites."""
    cited = {citation.n: citation.source_id for citation in answer.citations}
    found = [(claim, [cases[cited[n]] for n in claim.citations]) for claim in answer.section(Section.CASES)]
    assert found
    return found


def test_two_cases_stand_beside_it_one_of_them_on_the_same_level(told, services):
    assert len(told) == 2
    assert all(len(of_claim) == 1 for _, of_claim in told)
    assessed = services.assessing.assess(services.assessing.told(TOLD))
    level = {one.case.id for one in services.assessing.similar(assessed, 12) if one.same_level}
    assert told[0][1][0].id in level
    assert told[0][1][0].signal != told[1][1][0].signal


def test_each_names_what_is_alike_and_what_differs(told):
    for claim, (case,) in told:
        assert claim.text.startswith(case.title)
        assert "与本案罪名都有重大责任事故罪" in claim.text
        assert "，但" in claim.text


def test_only_a_confirmed_outcome_is_told(told):
    for claim, (case,) in told:
        assert claim.text.rpartition("处理结果：")[2] == case.outcome if case.outcome else "处理结果" not in claim.text


def test_what_was_read_survives_being_kept(answer):
    assert "死亡人数：2人" in answer.understood
    assert from_json(to_json(answer)).understood == answer.understood


def test_an_answer_kept_before_there_was_such_a_thing_is_still_read(answer):
    kept = to_json(answer)
    del kept["understood"]
    assert from_json(kept).understood == ()


def test_a_question_that_tells_no_case_has_none(services):
    assert services.ask("重大责任事故罪的量刑标准是什么？").understood == ()


@pytest.mark.parametrize("k", [1, 3])
def test_the_nearest_cases_of_a_judgement_and_their_cards(services, k):
    assessing = services.assessing
    assessed = assessing.assess(assessing.told(TOLD))
    similar = assessing.similar(assessed, k)
    assert len(similar) == k
    cards = assessing.authorities(assessed, similar)
    for one in similar:
        card = cards.citations[cards.numbers[one.case.id] - 1]
        assert (card.source_id, card.kind) == (one.case.id, "case")
        assert services.source(card.source_id).text
    assert not cards.lost


def concluded(services, question):
    return [claim.text for claim in services.ask(question).section(Section.CONCLUSION)]


DISPUTED_SHARE = (
    "2023年8月2日，某建筑工地深基坑坍塌，死亡3人。项目经理李某未按专项方案组织施工。事故调查报告认定李某负主要责任，"
    "专家意见认为李某负次要责任。能不能按三年以上七年以下量刑？"
)
OLD = (
    "2019年6月至2020年10月，某化工厂厂长魏某关闭可燃气体报警装置，继续生产，具有发生重大伤亡事故的现实危险，"
    "2020年10月停止，2022年立案。魏某能不能以危险作业罪追究？"
)
UNFILED = (
    "2019年9月10日，某小学围墙倒塌，致2名学生死亡、1名重伤。校长尤某此前多次接到教师报告围墙开裂，"
    "知道有危险但没有采取措施也没有报告教育局。校长构成什么罪？能不能适用缓刑？"
)


def test_what_is_in_dispute_concludes_and_nothing_beside_it_says_the_opposite(services):
    answer = services.ask(DISPUTED_SHARE)
    found = [claim.text for claim in answer.section(Section.CONCLUSION)]
    assert any(text.startswith("不能认定重大责任事故罪加重档") for text in found)
    assert any(text.startswith("不能按加重档起诉") for text in found)
    assert not any("已达到重大责任事故罪“情节特别恶劣”的标准" in claim.text for claim in answer.claims)


def test_the_offence_that_was_asked_about_is_refused_first(services):
    assert concluded(services, OLD)[0].startswith("按现有事实，不能认定危险作业罪：危险作业罪自2021年3月1日起才有")


def test_a_case_nobody_told_the_filing_of_is_not_called_barred(services):
    answer = services.ask(UNFILED)
    said = "".join(claim.text for claim in answer.claims)
    assert "届满以前已经立案的没有超过" in said
    assert not any(words in said for words in ("已过期限", "存疑不起诉"))
    assert any("可以考虑缓刑" in claim.text for claim in answer.section(Section.CONCLUSION))


def test_the_law_of_the_day_concludes_where_it_is_asked_for(services):
    assert any(text.startswith("新旧法：") for text in concluded(services, f"{OLD}适用新法还是旧法？"))
    assert not any(text.startswith("新旧法：") for text in concluded(services, OLD))


def test_an_amendment_is_cited_by_the_articles_that_change_the_offence(services):
    cited = {(one.law, one.article) for one in services.ask(OLD).citations}
    assert ("刑法修正案（十一）", "4") in cited
    assert not cited & {("刑法修正案（十一）", number) for number in ("25", "31", "40")}


@pytest.mark.parametrize("words", ["可以不批捕吗？", "能不能不捕不诉？"])
def test_an_option_is_heard_by_its_other_names(services, words):
    assert any("不批准逮捕" in text for text in concluded(services, TOLD.replace("怎么处理？", words)))


def test_what_is_still_to_be_found_out_is_said_once_and_no_word_twice(services):
    answer = services.ask(TOLD.replace("未按专项方案组织施工，", ""))
    wanted = [claim.text for claim in answer.section(Section.NOTES) if claim.text.startswith("还需查明")]
    assert all(text.count("（决定重大责任事故罪的") <= 1 for text in wanted)
    assert not any("酌定从宽，应当审查（酌定）" in claim.text for claim in answer.claims)


@pytest.mark.parametrize(("asked", "first"), [("那能不能取保？", "取保候审"), ("追诉时效多久？", "追诉时效：时效5年")])
def test_what_is_asked_next_is_answered_from_the_case_that_was_told(services, answer, asked, first):
    followed = services.ask(asked, history=[answer])
    assert followed.understood == answer.understood
    assert any(first in claim.text for claim in followed.section(Section.CONCLUSION))


def test_a_person_named_next_is_answered_for_alone(services):
    told = TOLD.replace("没有前科。怎么处理？", "没有前科；安全员王某没有巡查，负次要责任。怎么处理？")
    first = services.ask(told)
    followed = services.ask("王某可以缓刑吗？", history=[first])
    found = [claim.text for claim in followed.section(Section.CONCLUSION) if "缓刑：" in claim.text]
    assert len(found) == 1
    assert found[0].startswith("王某：")


@pytest.mark.parametrize("asked", ["如果张某拒不认罪，能不起诉吗？", "重大责任事故罪的量刑标准是什么？"])
def test_another_case_and_a_question_about_the_law_are_not_answered_from_it(services, answer, asked):
    assert services.ask(asked, history=[answer]).understood == ()


def test_the_option_that_is_named_is_answered_and_no_other_of_its_kind(services):
    concluded = [
        claim.text for claim in services.ask(TOLD.replace("怎么处理？", "能不能相对不起诉？")).section(Section.CONCLUSION)
    ]
    assert any("相对不起诉" in text for text in concluded)
    assert not any("附条件不起诉" in text or "存疑不起诉" in text for text in concluded)
