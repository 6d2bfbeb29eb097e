"""直接经济损失 item by item: each kind under both standards, the days around the change, and what nobody knows."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer.sources import Sources
from assistant.answer.told import read_told
from assistant.domain.facts import FactSheet, LossItem
from assistant.ingest.records import load_knowledge
from assistant.ingest.rulebook import load_rules
from assistant.rules.assess import assess
from assistant.rules.loss import NEW, OLD, direct_loss, kinds_named

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = load_knowledge(ROOT / "knowledge_base")
BOOK = load_rules(ROOT / "knowledge_base", KNOWLEDGE.records)
BEFORE, FIRST = date(2026, 6, 30), date(2026, 7, 1)
Y, N, ASK = True, False, None


def line(name, accident, decision=None):
    return direct_loss([LossItem(name, 10)], BOOK.loss, accident, decision or accident).lines[0]


KINDS = [
    ("医疗费", Y, Y),
    ("抢救医疗费", Y, Y),
    ("后续治疗费", Y, Y),
    ("护理费", Y, Y),
    ("营养费", Y, ASK),
    ("丧葬抚恤费", Y, Y),
    ("补助及救济费用", Y, Y),
    ("歇工工资", Y, Y),
    ("误工费", Y, Y),
    ("停工留薪期工资", Y, Y),
    ("死亡赔偿金", Y, Y),
    ("一次性工亡补助金", Y, Y),
    ("残疾赔偿金", Y, Y),
    ("伤残补助金", Y, Y),
    ("精神损害抚慰金", ASK, ASK),
    ("赔偿款", ASK, ASK),
    ("固定资产损失", Y, Y),
    ("设备损失", Y, Y),
    ("厂房烧毁", Y, Y),
    ("消防设施损失", Y, Y),
    ("流动资产损失", Y, Y),
    ("原材料和成品损失", Y, Y),
    ("直接财产损失", Y, Y),
    ("企业支出的应急救援费", Y, Y),
    ("公司抢险费", Y, Y),
    ("政府救援费", N, ASK),
    ("消防队救援支出", N, ASK),
    ("救援费", ASK, ASK),
    ("清理现场费用", Y, Y),
    ("善后食宿交通费", Y, Y),
    ("亲属交通费", Y, Y),
    ("事故罚款", N, ASK),
    ("行政罚款", N, ASK),
    ("停产停业损失", N, N),
    ("停工损失", N, N),
    ("营业利润损失", N, N),
    ("违约赔偿", N, ASK),
    ("合同违约金", N, ASK),
    ("环境污染治理费", N, N),
    ("事故调查费", N, ASK),
    ("招录培训费", N, N),
    ("资源损失", ASK, N),
    ("咨询费", ASK, ASK),
]


@pytest.mark.parametrize(("name", "new", "old"), KINDS)
def test_an_item_counts_by_the_standard_of_the_day(name, new, old):
    assert line(name, FIRST).counts is new
    assert line(name, BEFORE).counts is old


def test_every_kind_knows_itself_by_its_own_name():
    assert [kind.name for kind in BOOK.loss if kinds_named(kind.name, BOOK.loss)[:1] != [kind]] == []
    assert [kind.name for kind in BOOK.loss if len({(one.new, one.old) for one in kinds_named(kind.name, BOOK.loss)}) > 1] == []


def test_every_kind_is_in_the_table():
    whys = {line(name, FIRST).why for name, _, _ in KINDS}
    assert [kind.name for kind in BOOK.loss if f"{kind.name}：{kind.why}" not in whys] == []


@pytest.mark.parametrize(("name", "new", "old"), KINDS)
def test_in_a_case_that_spans_the_change_only_what_both_standards_count_is_counted(name, new, old):
    assert line(name, BEFORE, FIRST).counts is (new if new is old else ASK)


@pytest.mark.parametrize("name", ["停产期间设备折旧", "污染清除费", "应急救援设备损毁", "罚款和医疗费", "政府救援费及清理现场费"])
def test_an_item_that_names_several_kinds_is_to_be_taken_apart(name):
    found = line(name, FIRST)
    assert found.counts is None
    assert "分开列出" in found.why


def test_what_nobody_knows_is_not_counted_and_says_so():
    found = line("其他", FIRST)
    assert found.counts is None
    assert "承办人判断" in found.why


ITEMS = [
    LossItem("医疗费", 60.1),
    LossItem("设备损失", 39.9),
    LossItem("罚款", 50),
    LossItem("停产损失", 300),
    LossItem("其他", 7),
]


@pytest.mark.parametrize(
    ("accident", "decision", "standard", "cite", "spans"),
    [
        (FIRST, FIRST, NEW, (NEW,), False),
        (BEFORE, BEFORE, OLD, (OLD,), False),
        (BEFORE, FIRST, OLD, (OLD, NEW), True),
        (None, FIRST, NEW, (NEW,), False),
        (None, BEFORE, OLD, (OLD,), False),
    ],
)
def test_the_sum_is_of_what_counts(accident, decision, standard, cite, spans):
    found = direct_loss(ITEMS, BOOK.loss, accident, decision)
    assert (found.standard, found.wan, found.cite) == (standard, 100.0, cite)
    assert len(found.lines) == len(ITEMS)
    assert ("跨越" in found.note) is spans
    assert ("没有事故日期" in found.note) is (accident is None)


def test_no_fine_stoppage_pollution_or_public_rescue_is_ever_added():
    items = [
        LossItem(name, 1000)
        for name in ("事故罚款", "停产停业损失", "环境污染治理费", "政府支出的救援费", "事故调查费", "违约赔偿")
    ]
    for accident, decision in ((FIRST, FIRST), (BEFORE, BEFORE), (BEFORE, FIRST)):
        assert direct_loss(items, BOOK.loss, accident, decision).wan == 0


def test_nothing_itemised_is_nothing_lost():
    assert direct_loss([], BOOK.loss, FIRST, FIRST).wan == 0


def test_items_that_are_told_keep_who_paid_and_none_is_lost():
    told = "2026年8月1日爆炸，企业支出的应急救援费5万元、政府救援费50万元、设备损失60万元、厂房损失40万元、停产损失300万元。"
    items = read_told(told, BOOK, date(2026, 11, 26)).loss_items
    assert sum(item.wan for item in items) == 455
    assert direct_loss(items, BOOK.loss, FIRST, FIRST).wan == 105


def test_the_standards_open():
    sources = Sources(KNOWLEDGE)
    for name in (NEW, OLD):
        ref = sources.ref(name)
        assert ref is not None
        assert sources.provision(ref.whole_article(), date(2026, 11, 26)) is not None


def test_each_standard_holds_until_the_other_does():
    laws = {name: law for law in KNOWLEDGE.laws for name in law.aliases}
    assert {kind.since for kind in BOOK.loss} == {laws[NEW].effective.start} == {FIRST}
    assert laws[OLD].effective.end == BEFORE


@pytest.mark.parametrize(("fines", "rank"), [(0, "base"), (401, "base"), (-1, "aggravated")])
def test_the_loss_of_the_items_decides_the_tier(fines, rank):
    """500 万元 of property opens the upper tier; fines lift nothing into it."""
    property_loss = 500 if fines < 0 else 499.99
    facts = {
        "deaths": 0, "responsibility": "main", "role": "manager", "in_production": True, "violation": True,
        "conduct_start": FIRST, "conduct_end": FIRST, "decision_date": date(2026, 9, 1),
    }  # fmt: skip
    items = (LossItem("设备损失", property_loss), LossItem("事故罚款", max(fines, 0)))
    records = {record.id: record for record in KNOWLEDGE.records if record.kind == "offence"}
    found = assess(FactSheet(facts=facts, loss_items=items), BOOK, records, date(2026, 11, 26))
    standing = {one.offence: one.rank for one in found.offences if one.status.value == "established"}
    assert standing["offence.134-1p"] == rank
