"""Whatever is asked: every quotation stands in its source, every statement opens to one, in force on the day or said not to be."""

import re
from datetime import date

import pytest

from assistant.answer.verify import record_text
from assistant.domain.answer import Outcome, Section
from assistant.domain.provision import Provision, Status
from assistant.domain.records import Record

QUESTIONS = [
    "重大责任事故罪的入罪标准是什么？",
    "强令工人冒险作业死了两个人怎么判",
    "危险作业罪要出事故才构成吗",
    "死亡三人负次要责任能判三年以上吗",
    "消防责任事故罪的构成要件",
    "不报、谎报安全事故罪怎样算情节严重",
    "工程重大安全事故罪处罚谁",
    "重大劳动安全事故罪和重大责任事故罪怎么区分",
    "提供虚假安评报告构成什么罪",
    "电瓶车在楼道飞线充电会不会坐牢",
    "没有证的电焊工动火引起火灾，老板要负什么责任",
    "校车超员算不算危险驾驶",
    "非法采矿造成事故怎么处理",
    "玩忽职守的安监人员怎么判",
    "自首能减轻处罚吗",
    "积极赔偿并取得谅解对量刑有什么影响",
    "事故后积极抢救伤员能从宽吗",
    "一年内受过两次行政处罚又出事故从重吗",
    "哪些情形不适用缓刑",
    "危害生产安全犯罪可以职业禁止吗",
    "公安机关收到移送案件几日内决定是否立案",
    "行政机关移送涉嫌犯罪案件要附哪些材料",
    "公安不立案检察院怎么监督",
    "审查起诉的期限是多久",
    "取保候审最长多久",
    "事故调查报告能不能作为证据",
    "直接经济损失怎么计算",
    "羁押必要性审查由谁提出",
    "检察建议发出后多久要回复",
    "不起诉后还要不要行政处罚",
    "企业主要负责人有哪些安全职责",
    "特种作业人员无证上岗怎么罚款",
    "发生一般事故单位罚多少钱",
    "事故发生后几个小时内上报",
    "没有给工人发劳动防护用品怎么罚",
    "把项目发包给没有资质的单位怎么处罚",
    "重大事故隐患没有排除怎么处罚",
    "有限空间作业有什么要求",
    "动火作业要审批吗",
    "《刑法》第一百三十四条之一是怎么规定的",
    "安全生产法第一百一十四条",
    "煤矿安全监察条例现在还能用吗",
    "2020年的行为能定危险作业罪吗",
    "天津河东区检察院在安全生产领域有什么做法",
    "有没有燃气爆炸的类似案例",
    "环评机构造假怎么处理",
    "死亡10人属于什么等级的事故",
]
PAST = {Status.REPEALED, Status.AMENDED, Status.NOT_YET}
SAYS_SO = re.compile(r"现在|现行|\d{4}-\d{2}-\d{2}起|废止|取消|失效|施行|尚未|当时|原|修正|以前|溯及")


@pytest.fixture(scope="module")
def answers(services):
    return {question: services.ask(question) for question in QUESTIONS}


def stored(services, source_id):
    found = services.sources.by_id(source_id)
    assert found is not None, f"{source_id} does not exist"
    return record_text(found) if isinstance(found, Record) else found.text


def test_the_questions_are_of_the_field_and_most_are_answered(answers):
    assert len(answers) >= 40
    answered = [q for q, answer in answers.items() if answer.status is Outcome.ANSWERED]
    assert len(answered) >= 0.95 * len(answers), set(answers) - set(answered)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quotation_is_a_substring_of_its_source(services, answers, question):
    for citation in answers[question].citations:
        assert len(citation.quote) >= 4
        assert citation.quote in stored(services, citation.source_id)
        assert citation.title
        if isinstance(found := services.sources.by_id(citation.source_id), Provision):
            assert (citation.law, citation.article) == (found.ref.law, found.ref.article)
            assert citation.text_kind is found.kind


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_statement_of_an_answer_has_a_source(answers, question):
    answer = answers[question]
    assert answer.section(Section.CONCLUSION) or answer.status is not Outcome.ANSWERED
    for claim in answer.claims:
        if claim.kind is not Section.NOTES:
            assert claim.citations, claim.text


@pytest.mark.parametrize("question", QUESTIONS)
def test_numbers_of_citations_run_from_one_and_none_dangles(answers, question):
    answer = answers[question]
    numbers = [citation.n for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    used = {n for claim in answer.claims for n in claim.citations}
    assert used == set(numbers)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_cited_is_in_force_or_the_statement_says_otherwise(answers, question):
    answer = answers[question]
    for claim in answer.claims:
        for citation in (answer.citations[n - 1] for n in claim.citations):
            assert citation.status is not Status.UNVERIFIED
            if citation.status in PAST:
                assert SAYS_SO.search(claim.text), (claim.text, citation.title)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_to_be_verified_carries_no_citation(answers, question):
    for claim in answers[question].claims:
        if claim.text.startswith("需核对"):
            assert claim.kind is Section.NOTES
            assert claim.citations == ()


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_withheld_says_why(answers, question):
    assert all(held.text and held.reason for held in answers[question].withheld)


@pytest.mark.parametrize("on", [date(2005, 1, 1), date(2019, 6, 1), date(2026, 4, 30)])
@pytest.mark.parametrize("question", QUESTIONS[:12] + QUESTIONS[31:42])
def test_on_another_day_too_nothing_is_cited_as_law_that_was_none(services, question, on):
    answer = services.ask(question, on=on)
    assert answer.as_of == on
    for claim in answer.claims:
        for citation in (answer.citations[n - 1] for n in claim.citations):
            if citation.kind == "provision" and citation.status in PAST:
                assert SAYS_SO.search(claim.text), (claim.text, citation.title)
            if citation.status is Status.IN_FORCE and citation.effective_from:
                assert citation.effective_from <= on
