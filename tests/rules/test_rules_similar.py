"""类案 as tables: which cases come first, what is called alike, which differences are named."""

from pathlib import Path

import pytest

from assistant.domain.cases import Case
from assistant.domain.facts import DISPUTED, UNCLEAR
from assistant.domain.records import Offence
from assistant.domain.similar import UNCONFIRMED
from assistant.ingest.records import load_knowledge
from assistant.ingest.rulebook import load_rules
from assistant.rules.similar import similar

FOLDER = Path(__file__).resolve().parents[2] / "knowledge_base"
KNOWLEDGE = load_knowledge(FOLDER)
BOOK = load_rules(FOLDER, KNOWLEDGE.records)
RECORDS = {record.id: record for record in KNOWLEDGE.records if isinstance(record, Offence)}
CASES = [record for record in KNOWLEDGE.records if isinstance(record, Case)]
ACCIDENT, RECKLESS, DANGER, FACILITIES = "offence.134-1p", "offence.134-2p", "offence.134-1", "offence.135"
GOODS, FIRE, CONCEALED, FALSE_REPORT = "offence.136", "offence.115-2p", "offence.139-1", "offence.229-1p"


def find(facts, offences, k=5, cases=CASES):
    return similar(facts, offences, cases, k, book=BOOK, records=RECORDS)


def one(facts, offences, case):
    return next(found for found in find(facts, offences, k=len(CASES)) if found.case.id == case)


@pytest.mark.parametrize(
    ("name", "facts", "offences", "first"),
    [
        (
            "煤矿死亡2人后瞒报",
            {"deaths": 2, "industry": "coal", "role": "manager", "not_reported": True},
            [ACCIDENT, CONCEALED],
            {"case.spp96", "case.pc.zixing_graphite", "case.seed000.jingcheng"},
        ),
        (
            "煤矿死亡2人后瞒报，明知隐患",
            {"deaths": 2, "industry": "coal", "not_reported": True, "hazard_known": True},
            [ACCIDENT, CONCEALED],
            {"case.spp96", "case.pc.zixing_graphite"},
        ),
        (
            "饭店燃气爆炸",
            {"deaths": 6, "industry": "gas", "role": "manager", "hazardous_goods": True},
            [GOODS],
            {"case.pc.wuhu", "case.pc.yinchuan"},
        ),
        ("燃气爆炸，罪名未定", {"deaths": 20, "industry": "gas"}, [], {"case.pc.wuhu", "case.pc.yinchuan"}),
        (
            "渔船拆北斗，没有出事",
            {"deaths": 0, "industry": "water", "devices_disabled": True, "plea": True},
            [DANGER],
            {"case.spc.lichao", "case.spp2022.yuxiang", "case.pc.putuo"},
        ),
        (
            "责令整改后不改，没有出事",
            {"deaths": 0, "ordered_to_stop": True, "order_refused": True},
            [DANGER],
            {"case.pc.liaocheng", "case.spc.lichao", "case.spc.wubo"},
        ),
        (
            "死亡2人，自首、认罪认罚、赔偿谅解",
            {"deaths": 2, "surrender": True, "plea": True, "compensation": "full", "forgiven": True},
            [ACCIDENT],
            {"case.pc.liyang"},
        ),
        ("没有伤亡，损失300万元", {"deaths": 0, "loss_wan": 300}, [ACCIDENT], {"case.pc.kecheng"}),
        (
            "台风天不撤人",
            {"deaths": 12, "industry": "water", "role": "manager", "organised_risk": True, "hazard_known": True},
            [RECKLESS],
            {"case.seed000.yangjiang"},
        ),
        ("强令超载", {"deaths": 3, "industry": "transport", "forced": True}, [RECKLESS], {"case.pc.wuxi"}),
        (
            "居民充电失火",
            {"deaths": 2, "industry": "property", "role": "resident", "fire_in_daily_life": True},
            [FIRE],
            {"case.pc.fengtai_battery"},
        ),
        (
            "安评造假",
            {"role": "intermediary", "false_certificate": True},
            [FALSE_REPORT],
            {"case.spp2022.tianmou", "case.pc.ruihai"},
        ),
        ("粉尘爆炸", {"deaths": 10, "industry": "trade", "facilities_unsafe": True}, [FACILITIES], {"case.pc.kunshan"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_matters_comes_first(name, facts, offences, first):
    assert {found.case.id for found in find(facts, offences, k=len(first))} == first


@pytest.mark.parametrize(
    ("facts", "offences", "case", "alike", "differences"),
    [
        (
            {"deaths": 3, "industry": "catering", "role": "manager", "bribed": False},
            [ACCIDENT],
            "case.spp2022.xinjia",
            ("罪名都有重大责任事故罪", "行业都有餐饮住宿娱乐"),
            (
                "本案死亡3人，该案29人",
                "该案另涉伪造、变造、买卖国家机关公文、证件、印章罪；行贿罪",
                "该案另有为谋取不正当利益行贿，本案没有",
            ),
        ),
        (
            {"deaths": 3, "bribed": True},
            [ACCIDENT],
            "case.spp2022.xinjia",
            ("情节都有为谋取不正当利益行贿",),
            ("该案另有伪造、变造、买卖国家机关公文、证件、印章；弄虚作假、行贿等逃避、阻挠监督检查，本案没有提到",),
        ),
        (
            {"deaths": 2, "not_reported": True, "evidence_destroyed": True},
            [ACCIDENT, CONCEALED],
            "case.pc.zixing_graphite",
            ("罪名都有重大责任事故罪；不报、谎报安全事故罪", "情节都有不报、谎报事故"),
            (
                "该案死亡人数没有核到",
                "本案有伪造、破坏现场，转移藏匿伤亡人员，毁灭、伪造、隐匿资料，该案没有记载",
            ),
        ),
        ({"deaths": 3}, [ACCIDENT], "case.spp95", ("死亡都是3人",), ()),
        ({"deaths": 0, "loss_wan": 500}, [ACCIDENT], "case.spp96", ("都没有死亡",), ("本案直接经济损失500万元，该案672万元",)),
        ({"deaths": 4}, [FACILITIES], "case.pc.yangzhou", (), ()),
        (
            {"deaths": 7, "role": "worker", "industry": "gas"},
            [FACILITIES, ACCIDENT],
            "case.pc.yangzhou",
            ("死亡都是7人",),
            (
                "本案另涉重大劳动安全事故罪",
                "本案行业是燃气，该案是建筑施工",
                "本案身份是直接从事生产作业的人员，该案是负责人、管理人员、实际控制人、投资人",
            ),
        ),
        ({"deaths": 4}, [ACCIDENT], "case.pc.haining", ("死亡都是4人",), ("该案罪名没有核到",)),
    ],
)
def test_what_is_alike_and_what_differs_is_named(facts, offences, case, alike, differences):
    if not alike:
        assert case not in {found.case.id for found in find(facts, offences, k=len(CASES))}
        return
    found = one(facts, offences, case)
    assert set(alike) <= set(found.alike)
    assert set(differences) <= set(found.differences)
    if not differences:
        assert not [line for line in found.differences if "死亡" in line]


@pytest.mark.parametrize("value", [UNCLEAR, DISPUTED])
def test_what_is_not_known_is_neither_alike_nor_different(value):
    found = one({"deaths": value, "bribed": value, "industry": value, "role": value}, [ACCIDENT], "case.spp2022.xinjia")
    assert found.alike == ("罪名都有重大责任事故罪",)
    assert not [line for line in found.differences if "死亡" in line or "行业" in line or "身份" in line]
    assert "该案另有为谋取不正当利益行贿，本案没有" not in found.differences


def test_paid_in_part_is_a_circumstance_and_not_paid_is_none():
    paid = one({"compensation": "part"}, [ACCIDENT], "case.pc.kecheng")
    unpaid = one({"compensation": "none"}, [ACCIDENT], "case.pc.kecheng")
    assert "情节都有赔偿" in paid.alike
    assert "该案另有赔偿，本案没有" in unpaid.differences


def test_a_threshold_between_two_counts_sets_them_apart():
    below = one({"deaths": 2}, [ACCIDENT], "case.spp95")
    above = one({"deaths": 4}, [ACCIDENT], "case.spp95")
    assert above.score > below.score


@pytest.mark.parametrize(
    ("facts", "offences", "same"),
    [
        ({"deaths": 2}, [ACCIDENT], False),
        ({"deaths": 3}, [ACCIDENT], True),
        ({"deaths": 5}, [ACCIDENT], True),
        ({"deaths": 4}, [], False),
        ({"deaths": UNCLEAR}, [ACCIDENT], False),
        ({"deaths": 3, "loss_wan": 600}, [ACCIDENT], True),
        ({"deaths": 3, "loss_wan": 100}, [ACCIDENT], False),
    ],
)
def test_whether_the_harm_reaches_the_same_thresholds(facts, offences, same):
    assert one(facts | {"role": "manager"}, offences, "case.spp95").same_level is same


def test_an_outcome_that_is_not_confirmed_is_never_stated():
    for found in find({"deaths": 3}, list(RECORDS), k=len(CASES)):
        assert found.outcome == (found.case.outcome or UNCONFIRMED)
    wuxi = one({"deaths": 3, "industry": "transport", "forced": True}, [RECKLESS], "case.pc.wuxi")
    assert wuxi.outcome == UNCONFIRMED
    assert "李某刑期" in wuxi.unconfirmed
    assert wuxi.sources
    assert wuxi.signal == "宽严分层"


def test_nothing_alike_gives_nothing():
    assert find({}, []) == []
    assert find({"deaths": UNCLEAR}, []) == []
    assert find({"deaths": 4}, [FACILITIES], cases=[]) == []


def test_an_index_or_a_collection_is_no_single_case():
    found = find({"deaths": 3}, list(RECORDS), k=len(CASES))
    assert found
    assert not [one for one in found if one.case.id.startswith("case.index.") or not one.case.single]


def test_no_more_than_asked_for_and_the_same_order_each_time():
    facts = {"deaths": 3, "industry": "construction"}
    assert len(find(facts, [ACCIDENT], k=3)) == 3
    assert [found.case.id for found in find(facts, [ACCIDENT])] == [
        found.case.id for found in find(facts, [ACCIDENT], cases=reversed(CASES))
    ]
