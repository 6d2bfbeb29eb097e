"""A 研判 for other programs, as text, and its sources as numbered cards."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer.assessed import STATEMENT, citation, to_json, to_text
from assistant.answer.authorities import authorities, lines
from assistant.answer.sources import Sources
from assistant.domain.assessment import (
    Assessment,
    CircumstanceFinding,
    DayLaw,
    Element,
    LegalEvent,
    LimitationFinding,
    LossFinding,
    LossLine,
    Missing,
    NotOffence,
    OffenceFinding,
    OptionFinding,
    Standing,
    TierStep,
    Truth,
)
from assistant.domain.facts import FactSheet
from assistant.ingest.records import load_knowledge

TODAY = date(2026, 11, 26)
INTERPRETATION = "最高人民法院、最高人民检察院关于办理危害生产安全刑事案件适用法律若干问题的解释"
RANGE = "三年以上七年以下有期徒刑"
OFFENCE = OffenceFinding(
    "offence.134-1p",
    "重大责任事故罪",
    "刑法第134条第1款",
    "甲",
    Standing.CANDIDATE,
    "aggravated",
    RANGE,
    "死亡3人以上且负事故主要责任",
    ("法释2015-22#7/1/1", "法释2015-22#7/1"),
    (Element("违反安全管理规定", Truth.UNKNOWN, "没有写", ("刑法#134/1",), ("violation",)),),
    (TierStep("aggravated", "加重档", RANGE, Truth.YES, "死亡3人以上", ("法释2015-22#7/1/1",)),),
    note="只有主要责任得到证明才进入加重档。",
)
CASE = Assessment(
    sheet=FactSheet(told="某矿三人死亡。"),
    offences=(OFFENCE,),
    not_offences=(NotOffence("危险作业罪", "已经造成事故", ("没有的法#5",)),),
    strict=(CircumstanceFinding("k", "逃避检查", "从重处罚", "strict", True, ("法释2015-22#12/1/5",)),),
    lenient=(CircumstanceFinding("plea", "认罪认罚", "可以从宽", "lenient", False, ("刑诉法#15",), ("具结书",), "甲"),),
    options=(
        OptionFinding("a", "提起公诉", True, "证据确实充分", ("刑诉法#176/1",)),
        OptionFinding("b", "缓刑", False, "不在三年以下", ("刑法#72/1",)),
        OptionFinding("c", "逮捕", None, "有社会危险性", ("刑诉法#81/1",)),
    ),
    limitation=(LimitationFinding("offence.134-1p", "aggravated", 10, date(2031, 3, 12), False, "从终了之日起算", ("刑法#87",)),),
    day_law=DayLaw("适用现行法", ("刑法#12/1",), (LegalEvent("修正案（十一）施行", date(2021, 3, 1), ("修正案十一#48",)),)),
    missing=(Missing("violation", "违反规定", "补上以后要件齐", "甲"), Missing("conduct_end", "行为日期", "")),
    contradictions=("责任的材料互相矛盾。",),
    loss=LossFinding("GB/T 6721—1986", 30, (LossLine("医疗费", 30, True, ""), LossLine("罚款", 5, False, "不是损失")), ()),
)


@pytest.fixture(scope="module")
def sources():
    return Sources(load_knowledge(Path(__file__).resolve().parents[2] / "knowledge_base"))


def test_the_form_for_other_programs(sources):
    value = to_json(CASE, sources.ref)
    assert value["offences"] == [
        {
            "name": "重大责任事故罪",
            "article": "刑法第134条第1款",
            "tier": "aggravated",
            "range": RANGE,
            "person": "甲",
            "status": "candidate",
            "threshold": "死亡3人以上且负事故主要责任",
            "citations": [
                {"law": INTERPRETATION, "article": "7", "paragraph": 1, "item": 1},
                {"law": INTERPRETATION, "article": "7", "paragraph": 1, "item": None},
            ],
        }
    ]
    assert value["lenient"] == [
        {
            "item": "认罪认罚",
            "effect": "可以从宽",
            "person": "甲",
            "citations": [{"law": "刑事诉讼法", "article": "15", "paragraph": None, "item": None}],
        }
    ]
    assert [row["option"] for row in value["options"]["available"]] == ["提起公诉", "逮捕"]
    assert value["options"]["unavailable"][0]["reason"] == "不在三年以下"
    assert value["options"]["open"] == []
    assert value["limitation_years"][0] | {"citations": []} == {
        "offence": "重大责任事故罪",
        "tier": "aggravated",
        "years": 10,
        "person": "",
        "ends": "2031-03-12",
        "expired": False,
        "citations": [],
    }
    assert value["law_of_the_day"]["dates"][0]["date"] == "2021-03-01"
    assert value["missing_facts"] == ["违反规定：补上以后要件齐", "行为日期"]
    assert value["contradictions"] == ["责任的材料互相矛盾。"]


def test_a_law_that_is_not_here_keeps_its_name(sources):
    assert citation("没有的法#5/2", sources.ref) == {"law": "没有的法", "article": "5", "paragraph": 2, "item": None}


def test_every_line_with_a_source_has_a_card_once(sources):
    found = authorities(CASE, sources, TODAY)
    said = {reference for _, cites in lines(CASE) for reference in cites}
    assert said == found.numbers.keys() | found.lost.keys()
    assert [card.n for card in found.citations] == list(range(1, len(found.citations) + 1))
    assert len({(card.title, card.quote) for card in found.citations}) == len(found.citations)
    assert found.lost == {"没有的法#5": "库中没有“没有的法”"}
    for reference, n in found.numbers.items():
        opened = sources.by_id(found.citations[n - 1].source_id)
        assert found.citations[n - 1].quote in opened.text, reference


def test_the_card_of_an_item_quotes_the_item(sources):
    found = authorities(CASE, sources, TODAY)
    card = found.citations[found.numbers["法释2015-22#7/1/1"] - 1]
    assert card.title == "法释〔2015〕22号第七条第一款第（一）项"
    assert "死亡3人以上" in card.quote


def test_law_of_another_day_keeps_its_card_which_says_so(sources):
    early = authorities(CASE, sources, date(2020, 1, 1))
    assert early.citations[early.numbers["修正案十一#48"] - 1].status.value == "尚未施行"


def test_as_text_each_line_names_its_articles(sources):
    text = to_text(CASE, authorities(CASE, sources, TODAY).titles)
    assert text.startswith("某矿三人死亡。\n")
    assert text.endswith(STATEMENT)
    for line in (
        "! 责任的材料互相矛盾。",
        f"〔甲〕重大责任事故罪（刑法第134条第1款，待查）：加重档，{RANGE}",
        "  决定因素：死亡3人以上且负事故主要责任（法释〔2015〕22号第七条第一款第（一）项、法释〔2015〕22号第七条第一款）",
        "  ？ 违反安全管理规定：没有写（《刑法》第一百三十四条第一款）",
        "危险作业罪：已经造成事故（没有的法#5）",
        "缓刑（不可用）：不在三年以下（《刑法》第七十二条第一款）",
        "逮捕（待查）：有社会危险性（《刑事诉讼法》第八十一条第一款）",
        "  罚款 5 万元：不计入，不是损失",
        "〔甲〕违反规定：补上以后要件齐",
    ):
        assert line in text.splitlines(), line


def test_nothing_found_gives_empty_lists(sources):
    value = to_json(Assessment(FactSheet()), sources.ref)
    assert value["offences"] == []
    assert value["options"] == {"available": [], "unavailable": [], "open": []}
    assert to_text(Assessment(FactSheet()), {}) == STATEMENT
