"""Cases that the tests of circumstances and options share, and what the rules make of them."""

from datetime import date
from pathlib import Path

from assistant.answer.sources import Sources
from assistant.assessing import Assessing
from assistant.domain.facts import FactSheet
from assistant.ingest.records import load_knowledge

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = load_knowledge(ROOT / "knowledge_base")
SOURCES = Sources(KNOWLEDGE)
ASSESSING = Assessing(KNOWLEDGE, ROOT / "knowledge_base", lambda: SOURCES)
BOOK = ASSESSING.book
TODAY = date(2026, 11, 26)

DAY = date(2024, 5, 20)
ACCIDENT = {
    "deaths": 1, "serious_injuries": 0, "responsibility": "main", "role": "manager", "in_production": True, "violation": True,
    "conduct_start": DAY, "conduct_end": DAY, "decision_date": date(2024, 11, 4),
}  # fmt: skip
AGGRAVATED = {**ACCIDENT, "deaths": 3}
FORCED = {**AGGRAVATED, "forced": True, "hazard_known": True}
DANGER = {
    "deaths": 0, "role": "manager", "in_production": True, "violation": True, "hazard_major": True, "ordered_to_stop": True,
    "order_refused": True, "able_to_comply": True, "danger_real": True,
    "conduct_start": DAY, "conduct_end": DAY, "decision_date": date(2024, 11, 4),
}  # fmt: skip
UNCLEAR_DANGER = {**DANGER, "ordered_to_stop": "不明", "hazard_major": "不明", "danger_real": "不明"}
SCHOOL = {
    "deaths": 0, "serious_injuries": 2, "loss_wan": 120, "responsibility": "main", "role": "school",
    "school_building_danger": True, "conduct_start": DAY, "conduct_end": DAY, "decision_date": date(2024, 11, 4),
}  # fmt: skip
BUS = {
    "deaths": 0, "role": "driver", "overload_passengers": True, "on_road": True,
    "conduct_start": DAY, "conduct_end": DAY, "decision_date": date(2024, 11, 4),
}  # fmt: skip
OFFICIAL = {**ACCIDENT, "role": "official", "in_production": False, "official_neglect": True}
BRIBER = {**ACCIDENT, "bribed": True, "bribe_wan": 10, "bribed_safety_official": True}
TAKER = {
    **ACCIDENT, "role": "official", "official_neglect": True, "violation": False, "took_bribe": True, "taken_wan": 5, "bribe_extorted": False,
}  # fmt: skip
HIDER = {**ACCIDENT, "not_reported": True, "duty_to_report": True, "rescue_delayed": True, "added_deaths": 1}
EXPLOSIVES = {**BRIBER, "in_production": False, "deaths": 0, "violation": False}


def found(facts, **more):
    """The assessment of one person."""
    return ASSESSING.assess(FactSheet(facts={**facts, **more}), TODAY)


def keys(facts, **more):
    assessment = found(facts, **more)
    return {one.key for one in (*assessment.strict, *assessment.lenient)}


def options(facts, **more):
    """Key of the option → whether it may be had; absent: not spoken of."""
    return {one.key: one.available for one in found(facts, **more).options}


def reason(option, facts, **more):
    return next(one.text for one in found(facts, **more).options if one.key == option)
