"""Fact sheets that the tests of papers share, and what makes papers of them."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

from assistant.answer.sources import Sources
from assistant.assessing import Assessing
from assistant.domain.facts import FactSheet, Person
from assistant.ingest.records import load_knowledge
from assistant.papers import Papers

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "knowledge_base"
KNOWLEDGE = load_knowledge(FOLDER)
SOURCES = Sources(KNOWLEDGE)
ASSESSING = Assessing(KNOWLEDGE, FOLDER, lambda: SOURCES)
PAPERS = Papers(
    SimpleNamespace(knowledge=KNOWLEDGE, settings=SimpleNamespace(knowledge=FOLDER), sources=SOURCES, assessing=ASSESSING)
)
TODAY, DAY = date(2026, 11, 26), date(2024, 5, 20)

TOLD = (
    "2024年5月20日，某建材厂车间主任韩某明知除尘系统存在重大事故隐患，未停产排除，仍安排工人进罐清灰，发生爆燃，造成3人死亡、1人重伤，"
    "直接经济损失620万元。事故调查报告认定韩某负主要责任。韩某主动投案并如实供述，公司已全部赔偿，取得家属谅解，认罪认罚，没有前科。"
)
GRAVE = {
    "deaths": 3, "serious_injuries": 1, "loss_wan": 620, "responsibility": "main", "role": "manager", "in_production": True,
    "violation": True, "hazard_known": True, "hazard_major": True, "organised_risk": True, "devices_disabled": True,
    "surrender": True, "compensation": "full", "plea": True, "conduct_start": DAY, "conduct_end": DAY, "in_custody": True,
}  # fmt: skip
MINOR = {
    "deaths": 1, "responsibility": "secondary", "role": "manager", "in_production": True, "violation": True, "minor_harm": True,
    "surrender": True, "compensation": "full", "forgiven": True, "plea": True, "record": "none", "conduct_start": DAY,
    "conduct_end": DAY,
}  # fmt: skip
CLEARED = {"deaths": 1, "role": "worker", "in_production": True, "violation": False, "conduct_start": DAY, "conduct_end": DAY}
DOUBTFUL = {
    "deaths": 1, "role": "worker", "in_production": True, "violation": "不明", "responsibility": "不明", "supplemented_times": 2, "evidence_conflict": True,
    "conduct_start": DAY, "conduct_end": DAY,
}  # fmt: skip
DANGER = {
    "deaths": 0, "role": "manager", "in_production": True, "violation": True, "hazard_major": True, "ordered_to_stop": True,
    "order_refused": True, "able_to_comply": True, "danger_real": True, "conduct_start": DAY, "conduct_end": DAY,
}  # fmt: skip
BARRED = {**MINOR, "conduct_start": date(2015, 12, 20), "conduct_end": date(2015, 12, 20), "filed_date": date(2026, 1, 5)}
TWO = FactSheet(
    facts={"deaths": 1, "in_production": True, "hazard_major": True, "conduct_start": DAY, "conduct_end": DAY},
    people=(
        Person("甲某", {"role": "manager", "violation": True, "responsibility": "main", "hazard_known": True}),
        Person("乙某", {"role": "worker", "violation": True, "responsibility": "secondary", "plea": True, "minor_harm": True}),
    ),
)
SHEETS = {
    "told": ASSESSING.told(TOLD, TODAY),
    "grave": FactSheet(facts=GRAVE),
    "minor": FactSheet(facts=MINOR),
    "cleared": FactSheet(facts=CLEARED),
    "doubtful": FactSheet(facts=DOUBTFUL),
    "danger": FactSheet(facts=DANGER),
    "barred": FactSheet(facts=BARRED),
    "two": TWO,
    "bare": FactSheet(facts={"deaths": 1}),
    "disputed": FactSheet(
        facts={**GRAVE, "responsibility": "有争议", "deaths": "不明"}, sides={"responsibility": "报告说主要，专家说次要"}
    ),
}


def written(kind, sheet, person=""):
    return PAPERS.write(kind, sheet, person, today=TODAY)
