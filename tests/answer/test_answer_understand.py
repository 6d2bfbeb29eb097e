"""Everyday sentences, and what is read from them."""

from datetime import date

import pytest

from assistant.answer.understand import normalise, understand
from assistant.domain.answer import Answer, Behavior, Outcome
from assistant.domain.records import Aspect


@pytest.fixture(scope="module")
def read(services):
    return lambda text, *history: understand(text, history, services.sources)


@pytest.mark.parametrize(
    ("text", "deaths", "serious", "minor", "loss"),
    [
        ("死亡三人怎么判", 3, None, None, None),
        ("死了一个工人要坐牢吗", 1, None, None, None),
        ("致2人死亡、5人重伤", 2, 5, None, None),
        ("3死2伤的事故", 3, None, None, None),
        ("事故造成十二名工人遇难", 12, None, None, None),
        ("重伤10人，轻伤三人", None, 10, 3, None),
        ("直接经济损失823.1万元", None, None, None, 823.1),
        ("直接经济损失一百万元", None, None, None, 100.0),
        ("造成1.2亿元的经济损失", None, None, None, 12000.0),
        ("损失5000元", None, None, None, 0.5),
        ("两个人死亡，损失三百万元", 2, None, None, 300.0),
        ("１人死亡", 1, None, None, None),
        ("没有造成伤亡，只是查出隐患", None, None, None, None),
        ("罚款50万元合适吗", None, None, None, None),
        ("死刑怎么适用", None, None, None, None),
        ("死缓2年以后呢", None, None, None, None),
    ],
)
def test_persons_and_loss(read, text, deaths, serious, minor, loss):
    q = read(text).quantities
    assert (q.deaths, q.serious_injuries, q.minor_injuries, q.loss_wan) == (deaths, serious, minor, loss)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2021年2月28日的事故", (2021, 2, 28), (2021, 2, 28)),
        ("2020年10月出的事", (2020, 10, 1), (2020, 10, 31)),
        ("2019年的行为", (2019, 1, 1), (2019, 12, 31)),
        ("2021-03-01以后", (2021, 3, 1), (2021, 3, 1)),
        ("二〇二一年三月一日发生", (2021, 3, 1), (2021, 3, 1)),
        ("二〇二四年十二月三十一日以前", (2024, 12, 31), (2024, 12, 31)),
        ("2021年三月二十日", (2021, 3, 20), (2021, 3, 20)),
        ("2024年2月的行为", (2024, 2, 1), (2024, 2, 29)),
    ],
)
def test_dates(read, text, start, end):
    period = read(text).quantities.periods[0]
    assert (period.start, period.end) == (date(*start), date(*end))


@pytest.mark.parametrize("text", ["法释〔2015〕22号第七条", "2015年解释第七条怎么说", "2021年2月30日"])
def test_what_is_no_date_of_conduct(read, text):
    assert read(text).quantities.periods == ()


@pytest.mark.parametrize(
    ("text", "offences"),
    [
        ("危险作业罪怎么认定", ["危险作业罪"]),
        ("强令、组织他人违章冒险作业罪的量刑", ["强令、组织他人违章冒险作业罪"]),
        ("重大责任事故罪和重大劳动安全事故罪有什么区别", ["重大责任事故罪", "重大劳动安全事故罪"]),
        ("不报、谎报安全事故罪的主体", ["不报、谎报安全事故罪"]),
        ("电瓶车飞线充电违法吗", []),
    ],
)
def test_offences_named(read, text, offences):
    assert [offence.title for offence in read(text).offences] == offences


def test_an_abolished_name_is_known_as_such(read):
    found = read("强令违章冒险作业罪怎么判")
    assert found.old_names == ("强令违章冒险作业罪",)
    assert [offence.title for offence in found.offences] == ["强令、组织他人违章冒险作业罪"]


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("刑法第134条之一", ["刑法#134-1"]),
        ("《中华人民共和国安全生产法》第一百一十四条", ["安全生产法#114"]),
        ("安法第109条", ["安全生产法#109"]),
        ("高检规则140条", ["人民检察院刑事诉讼规则#140"]),
        ("刑诉法第八十一条", ["刑事诉讼法#81"]),
        ("刑法第一百三十四条第二款", ["刑法#134/2"]),
    ],
)
def test_references(read, text, refs):
    assert [str(ref) for ref in read(text).refs] == refs


@pytest.mark.parametrize("name", ["法释〔2015〕22号", "法释[2015]22号", "法释（2015）22号", "法释2015-22"])
def test_a_number_in_any_brackets_names_the_interpretation(services, name):
    title = services.sources.resolve(name)
    assert title == "最高人民法院、最高人民检察院关于办理危害生产安全刑事案件适用法律若干问题的解释"
    assert services.law(name, "7").ref.law == title


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("危险作业罪判几年", Aspect.SENTENCE),
        ("构成犯罪吗", Aspect.CONVICTION),
        ("无证上岗怎么罚款", Aspect.ADMINISTRATIVE),
        ("公安收到移送几天内决定立案", Aspect.PROCEDURE),
        ("需要收集哪些证据", Aspect.EVIDENCE),
        ("有没有类似案例", Aspect.CASE),
        ("自首能不能从宽", Aspect.POLICY),
    ],
)
def test_aspects(read, text, aspect):
    assert aspect in read(text).aspects


@pytest.mark.parametrize(
    ("text", "responsibility"),
    [
        ("负事故主要责任", "主要责任"),
        ("他只负次要责任", "次要责任"),
        ("同等责任怎么办", "同等责任"),
        ("负全部责任", "全部责任"),
        ("死亡三人", ""),
    ],
)
def test_responsibility(read, text, responsibility):
    assert read(text).responsibility == responsibility


def before(*topics):
    return Answer("危险作业罪怎么判", Outcome.ANSWERED, Behavior.ANSWER, date(2026, 1, 1), topics=topics)


def test_a_turn_that_leans_takes_the_offence_of_the_one_before(read):
    found = read("那未遂呢？", before("offence.134-1"))
    assert found.carries is not None
    assert [offence.title for offence in found.offences] == ["危险作业罪"]


def test_the_first_turn_leans_on_nothing(read):
    assert read("那未遂呢？").carries is None


def test_normalise_keeps_chinese_punctuation():
    assert normalise("  １３４条，  ＡＢ（一）？ ") == "134条， AB（一）？"
