"""Cases told and assessed by hand: for tests of the page alone."""

from datetime import date
from functools import cached_property
from pathlib import Path

from assistant.answer.authorities import authorities
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
    Tick,
    TierStep,
    Truth,
)
from assistant.domain.cases import Case
from assistant.domain.facts import FactKey, FactSheet, Person
from assistant.domain.rules import RuleBook
from assistant.domain.similar import Similar
from assistant.ingest.records import load_knowledge, read_yaml

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge_base"
FACTS = {one.key: one for one in read_yaml(KNOWLEDGE / "rules/facts.yaml", tuple[FactKey, ...])}
BASE, AGGRAVATED = "三年以下有期徒刑或者拘役", "三年以上七年以下有期徒刑"


CASES = {record.id: record for record in load_knowledge(KNOWLEDGE).records if isinstance(record, Case)}
SIMILAR = (
    Similar(CASES["case.spp95"], 0.6, ("死亡都是3人",), ("本案没有<b>",), same_level=True),
    Similar(CASES["case.pc.wuxi"], 0.5, ("罪名都有重大责任事故罪",), ()),
)


class ScriptedAssessor:
    """A rule or two, on the sources of the real knowledge base; ``坏`` in a told case fails, ``两人`` tells of two people."""

    def __init__(self):
        self.book = RuleBook(FACTS)
        self.sheets = []

    @cached_property
    def _sources(self):
        return Sources(load_knowledge(KNOWLEDGE))

    def told(self, text):
        if "坏" in text:
            raise RuntimeError("secret detail")
        facts = {"deaths": 3, "conduct_start": date(2021, 3, 11), "conduct_end": date(2021, 3, 12), "hazard_major": "不明"}
        if "两人" not in text:
            return FactSheet(
                told=text, facts={**facts, "responsibility": "有争议"}, sides={"responsibility": "报告说主要，专家说次要"}
            )
        return FactSheet(
            told=text, facts=facts, people=(Person("甲矿长", {"responsibility": "main"}), Person("乙班长", {"plea": True}))
        )

    def assess(self, sheet):
        self.sheets.append(sheet)
        people = sheet.people or (None,)
        several = len(people) > 1
        each = [self._one(sheet, person, person.name if person and several else "") for person in people]
        disputed = [f"{FACTS[key].label}的材料互相矛盾。" for key, value in sheet.facts.items() if value == "有争议"]
        return Assessment(
            sheet=sheet,
            offences=tuple(one["offence"] for one in each),
            not_offences=(NotOffence("危险作业罪", "已经造成达到入罪标准的事故", ("法释2022-19#5",)),),
            strict=tuple(one["strict"] for one in each if "strict" in one),
            lenient=tuple(one["lenient"] for one in each if "lenient" in one),
            options=tuple(option for one in each for option in one["options"]),
            limitation=(
                LimitationFinding(
                    "offence.134-1p", "base", 5, date(2026, 3, 12), False, "从行为终了之日起算", ("刑法#87", "刑法#89/1")
                ),
            ),
            day_law=DayLaw(
                "行为在修正案（十一）施行以后，适用现行第134条。",
                ("刑法#12/1",),
                (
                    LegalEvent("刑法修正案（十一）施行", date(2021, 3, 1), ("修正案十一#48",)),
                    LegalEvent("法释〔2022〕19号施行", date(2022, 12, 19), ("法释2022-19#12",)),
                ),
            ),
            missing=tuple(one["missing"] for one in each if "missing" in one),
            contradictions=tuple(disputed),
            loss=_loss(sheet),
            labels={key: one.label for key, one in FACTS.items()},
        )

    def _one(self, sheet, person, name):
        facts = sheet.of(person)
        main = facts.get("responsibility") in ("main", "full")
        grave = main and isinstance(facts.get("deaths"), int) and facts["deaths"] >= 3
        found = {"offence": _offence(name, grave, main), "options": _options(name, grave)}
        if facts.get("plea") is True:
            found["lenient"] = CircumstanceFinding(
                "plea", "认罪认罚", "可以依法从宽", "lenient", False, ("刑诉法#15",), ("具结书",), name
            )
        if main:
            found["strict"] = CircumstanceFinding(
                "main", "组织、指挥者<b>", "酌情从严", "strict", None, ("法释2015-22#12/1/5",), (), name
            )
        else:
            found["missing"] = Missing("responsibility", "对事故的责任", "主要责任的，进入加重档", name)
        return found

    def similar(self, assessment):
        return SIMILAR if assessment.offences else ()

    def authorities(self, assessment, similar):
        return authorities(assessment, self._sources, date(2026, 11, 26), similar)


def _offence(name, grave, main):
    state = Truth.YES if grave else Truth.UNKNOWN
    return OffenceFinding(
        "offence.134-1p",
        "重大责任事故罪",
        "刑法第134条第1款",
        name,
        Standing.ESTABLISHED if main else Standing.CANDIDATE,
        "aggravated" if grave else "base",
        AGGRAVATED if grave else BASE,
        "死亡3人以上且负事故主要责任" if grave else "死亡1人以上",
        ("法释2015-22#7/1/1",) if grave else ("法释2015-22#6/1/1",),
        (
            Element("生产、作业中", Truth.YES, "发生在作业现场", ("刑法#134/1",)),
            Element("违反安全管理规定", Truth.UNKNOWN, "没有写违反哪一条", ("不存在的法#1",), ("violation",)),
        ),
        (
            TierStep("base", "基本档", BASE, Truth.YES, "死亡1人以上", ("法释2015-22#6/1/1",), (), 0, 3),
            TierStep("aggravated", "加重档", AGGRAVATED, state, "死亡3人以上且负主要责任", ("法释2015-22#7/1/1",), (), 3, 7),
        ),
    )


def _options(name, grave):
    ticks = (Tick("可能判处三年以下", Truth.NO if grave else Truth.YES), Tick("没有再犯危险", Truth.UNKNOWN))
    return (
        OptionFinding("arrest", "逮捕", None, "取保候审不足以防止社会危险性", ("刑诉法#81/1",), ticks[1:], name),
        OptionFinding("probation", "缓刑", not grave, "不在三年以下" if grave else "四项条件齐备", ("刑法#72/1",), ticks, name),
    )


def _loss(sheet):
    if not sheet.loss_items:
        return None
    lines = tuple(LossLine(item.name, item.wan, item.name != "罚款", "按当时的标准") for item in sheet.loss_items)
    return LossFinding("GB/T 6721—1986", sum(line.wan for line in lines if line.counts), lines, ())
