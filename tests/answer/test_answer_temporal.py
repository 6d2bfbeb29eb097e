"""新旧法 as a table: the day before and the day of each change."""

from datetime import date

import pytest

from assistant.domain.answer import Behavior, Section
from assistant.domain.provision import Status

CONDUCT = [
    ("危险作业罪", "{}的行为能定危险作业罪吗", "2021年2月28日", "2021年3月1日", "2021年3月1日起施行"),
    ("危险作业罪，中文数字", "{}的行为能定危险作业罪吗", "二〇二一年二月二十八日", "二〇二一年三月一日", "2021年3月1日起施行"),
    (
        "虚假证明文件罪加重档",
        "{}提供虚假安全评价报告造成特别重大损失，提供虚假证明文件罪能判五年以上吗",
        "2021年2月28日",
        "2021年3月1日",
        "2021年3月1日起施行",
    ),
    (
        "不报、谎报安全事故罪",
        "{}事故后隐瞒不报，能定不报、谎报安全事故罪吗",
        "2006年6月28日",
        "2006年6月29日",
        "2006年6月29日起施行",
    ),
    ("校车超员", "{}校车严重超员，能定危险驾驶罪吗", "2015年10月31日", "2015年11月1日", "2015年11月1日起施行"),
]


@pytest.mark.parametrize(("name", "question", "before", "after", "since"), CONDUCT)
def test_conduct_before_the_law_is_not_judged_by_it(services, name, question, before, after, since):
    early, late = services.ask(question.format(before)), services.ask(question.format(after))
    assert early.behavior is Behavior.TEMPORAL
    first = early.section(Section.CONCLUSION)[0]
    assert "不能" in first.text
    assert since in first.text
    assert any(early.citations[n - 1].law == "刑法" and early.citations[n - 1].article == "12" for n in first.citations)
    assert late.behavior is not Behavior.TEMPORAL
    assert not any("不能" in claim.text and since in claim.text for claim in late.section(Section.CONCLUSION)[:1])


REPEALED = [
    ("国务院关于预防煤矿生产安全事故的特别规定", date(2024, 4, 30), date(2024, 5, 1), "煤矿安全生产条例"),
    ("煤矿安全监察条例", date(2024, 4, 30), date(2024, 5, 1), "煤矿安全生产条例"),
]


@pytest.mark.parametrize(("law", "last", "first", "instead"), REPEALED)
def test_a_repealed_law_ends_on_its_day(services, law, last, first, instead):
    known = services.sources.law(law)
    assert (known.status(last), known.status(first)) == (Status.IN_FORCE, Status.REPEALED)
    assert known.superseded_by == instead
    late = services.ask(f"{first.year}年{first.month}月{first.day}日的违法行为还能依据《{law}》处罚吗")
    assert late.behavior is Behavior.TEMPORAL
    assert "废止" in late.claims[0].text
    assert instead in late.claims[0].text
    said = "".join(claim.text for claim in late.claims)
    assert f"{first.year}年{first.month}月{first.day}日起废止" in said or f"{first.isoformat()}废止" in said


STARTS = [
    ("危险化学品安全法", "100", date(2026, 4, 30), date(2026, 5, 1)),
    ("煤矿安全生产条例", "36", date(2024, 4, 30), date(2024, 5, 1)),
    ("刑法", "134-1", date(2021, 2, 28), date(2021, 3, 1)),
    ("刑法", "139-1", date(2006, 6, 28), date(2006, 6, 29)),
]


@pytest.mark.parametrize(("law", "article", "before", "after"), STARTS)
def test_an_article_starts_on_its_day(services, law, article, before, after):
    found = services.law(law, article)
    assert services.sources.status(found, before) is Status.NOT_YET
    assert services.sources.status(found, after) is Status.IN_FORCE


@pytest.mark.parametrize(("law", "article", "before", "after"), STARTS)
def test_an_article_asked_for_on_the_day_before_is_said_not_to_be_in_force(services, law, article, before, after):
    number = article.replace("-1", "条之一") if "-" in article else f"{article}条"
    early = services.ask(f"《{law}》第{number}是怎么规定的", on=before)
    shown = [c for c in early.citations if (c.law, c.article) == (law, article)]
    assert all(c.status is Status.NOT_YET for c in shown)
    assert any("施行" in claim.text for claim in early.claims if claim.citations) or not shown
    late = services.ask(f"《{law}》第{number}是怎么规定的", on=after)
    assert any((c.law, c.article, c.status) == (law, article, Status.IN_FORCE) for c in late.citations)


def test_the_rule_on_training_of_special_operators_ends_on_its_day(services):
    """应急管理部令第19号 took the place of 30号令 on 2026-06-01."""
    old = next(p for p in services.knowledge.provisions if p.ref.law == "特种作业人员安全技术培训考核管理规定" and p.ref.article)
    assert services.sources.status(old, date(2026, 5, 31)) is Status.IN_FORCE
    assert services.sources.status(old, date(2026, 6, 1)) is not Status.IN_FORCE


def test_an_abolished_name_is_put_right(services):
    answer = services.ask("强令违章冒险作业罪怎么判")
    assert answer.behavior is Behavior.TEMPORAL
    assert "已经取消" in answer.claims[0].text
    assert "强令、组织他人违章冒险作业罪" in answer.claims[0].text


def conclusions(services, question):
    answer = services.ask(question)
    return answer, "".join(claim.text for claim in answer.section(Section.CONCLUSION))


def test_a_range_that_became_lighter_is_applied_and_not_called_new_and_heavier(services):
    answer, said = conclusions(services, "2023年5月行贿罪量刑")
    assert answer.behavior is Behavior.TEMPORAL
    assert "当时是“5年以下有期徒刑或者拘役，并处罚金”" in said
    assert "适用新的一档" in said
    assert "新增的重档" not in said
    assert "12" in {citation.article for citation in answer.citations if citation.law == "刑法"}


@pytest.mark.parametrize(
    ("question", "by"),
    [("2005年重大责任事故死3人负主要责任怎么判", "刑法修正案（六）"), ("2014年伪造特种作业证判多少", "刑法修正案（九）")],
)
def test_a_wording_that_is_not_at_hand_is_said_to_be_missing(services, question, by):
    answer, said = conclusions(services, question)
    assert answer.behavior is Behavior.TEMPORAL
    assert f"《{by}》" in said
    assert "修改以前的条文不在库中" in said


@pytest.mark.parametrize("question", ["2007年重大责任事故死3人负主要责任怎么判", "2016年伪造特种作业证判多少"])
def test_a_wording_that_did_not_change_since_is_not_doubted(services, question):
    assert "不在库中" not in conclusions(services, question)[1]


def test_the_name_of_the_time_is_given_and_the_figures_are_still_weighed(services):
    said = conclusions(services, "2019年5月强令违章死3人怎么判")[1]
    assert "当时的罪名是“强令违章冒险作业罪”" in said
    assert "死亡3人" in said


def test_a_ban_from_the_trade_does_not_reach_back(services):
    answer, said = conclusions(services, "2012年重大责任事故案能不能判从业禁止")
    assert answer.behavior is Behavior.TEMPORAL
    assert "不能适用于2012年的行为：从业禁止自2015年11月1日起施行" in said
    assert "不能适用" not in conclusions(services, "2016年重大责任事故案能不能判从业禁止")[1]


def test_overloaded_coaches_were_no_dangerous_driving_before_2015(services):
    assert "不能适用于2013年的行为" in conclusions(services, "2013年校车超员能定危险驾驶罪吗")[1]
