"""可选处理: what may be had, what the law rules out and why, what hangs on facts that are not known."""

from datetime import date, timedelta

import pytest
from made_cases import (
    ACCIDENT,
    AGGRAVATED,
    BOOK,
    BRIBER,
    BUS,
    DANGER,
    DAY,
    FORCED,
    OFFICIAL,
    SCHOOL,
    UNCLEAR_DANGER,
    options,
    reason,
)

FULL_LENIENCY = {
    "surrender": True, "confession": True, "cooperated": True, "compensation": "full", "forgiven": True, "settled": True,
    "plea": True, "fast_track_agreed": True, "record": "none", "danger_to_society": False, "minor_harm": True,
}  # fmt: skip
OBSTRUCTION = {"deaths": 0, "obstructed_official": True, "conduct_start": DAY, "conduct_end": DAY}
OLD = {"conduct_start": date(2012, 6, 15), "conduct_end": date(2012, 6, 15)}
YES, NO, OPEN = True, False, None


@pytest.mark.parametrize(
    ("option", "available", "facts", "more"),
    [
        ("arrest", OPEN, ACCIDENT, {}),
        ("arrest", YES, ACCIDENT, {"danger_to_society": True}),
        ("arrest", YES, AGGRAVATED, {"fled": True, "filed_date": DAY}),
        ("arrest", YES, ACCIDENT, {"record": "intentional"}),
        ("arrest", NO, ACCIDENT, {"danger_to_society": False}),
        ("arrest", NO, ACCIDENT, {"plea": True}),
        ("arrest", YES, ACCIDENT, {"plea": True, "danger_to_society": True}),
        ("arrest", YES, ACCIDENT, {"plea": True, "bail_broken": True}),
        ("arrest", OPEN, AGGRAVATED, {"plea": True}),
        ("arrest", NO, UNCLEAR_DANGER, {}),
        ("arrest", NO, SCHOOL, {}),
        ("arrest", NO, ACCIDENT, OLD),
        ("arrest", NO, ACCIDENT, {"negligible": True}),
        ("arrest_general", NO, BUS, {}),
        ("arrest_broken_bail", YES, BUS, {"bail_broken": True}),
        ("no_arrest", YES, ACCIDENT, FULL_LENIENCY),
        ("no_arrest", NO, AGGRAVATED, FULL_LENIENCY),
        ("no_arrest", NO, ACCIDENT, {"record": "intentional"}),
        ("no_arrest", NO, ACCIDENT, {"danger_to_society": True}),
        ("no_arrest", NO, ACCIDENT, {"fled": True, "filed_date": DAY}),
        ("no_arrest_due", YES, SCHOOL, {}),
        ("no_arrest_due", YES, ACCIDENT, OLD),
        ("bail", YES, BUS, {}),
        ("bail", YES, ACCIDENT, {"danger_to_society": False}),
        ("bail", OPEN, UNCLEAR_DANGER, {}),
        ("bail", NO, ACCIDENT, {"bail_broken": True}),
        ("residence", YES, ACCIDENT, {"sole_carer": True}),
        ("custody_review", YES, ACCIDENT, {"in_custody": True, "danger_to_society": False}),
        ("custody_review", OPEN, ACCIDENT, {"in_custody": True}),
        ("custody_review", NO, ACCIDENT, {"in_custody": True, "danger_to_society": True}),
        ("prosecute", YES, ACCIDENT, {}),
        ("prosecute", NO, SCHOOL, {}),
        ("prosecute", NO, UNCLEAR_DANGER, {}),
        ("prosecute", NO, ACCIDENT, OLD),
        ("prosecute", NO, ACCIDENT, {"dead": True}),
        ("prosecute", NO, ACCIDENT, {"age": 15}),
        ("prosecute", YES, AGGRAVATED, {"responsibility": "有争议"}),
        ("prosecute_upper", NO, AGGRAVATED, {"responsibility": "有争议"}),
        ("nonprosecution_statutory", YES, SCHOOL, {}),
        ("nonprosecution_statutory", YES, ACCIDENT, OLD),
        ("nonprosecution_statutory", YES, ACCIDENT, {"dead": True}),
        ("nonprosecution_statutory", YES, DANGER, {"negligible": True}),
        ("nonprosecution_statutory", NO, ACCIDENT, {}),
        ("nonprosecution_statutory", NO, UNCLEAR_DANGER, {}),
        ("nonprosecution_statutory", NO, {}, {}),
        ("nonprosecution_statutory", NO, {"deaths": 1}, {}),
        ("prosecute", NO, {"deaths": 1}, {}),
        ("arrest", NO, {"deaths": 1}, {}),
        ("nonprosecution_discretionary", NO, {"deaths": 1}, FULL_LENIENCY),
        ("nonprosecution_statutory", NO, ACCIDENT, {**OLD, "fled": True, "filed_date": date(2012, 7, 2)}),
        ("nonprosecution_discretionary", YES, ACCIDENT, FULL_LENIENCY),
        ("nonprosecution_discretionary", OPEN, DANGER, {"plea": True}),
        ("nonprosecution_discretionary", NO, SCHOOL, FULL_LENIENCY),
        ("nonprosecution_discretionary", NO, AGGRAVATED, FULL_LENIENCY),
        ("nonprosecution_discretionary", NO, AGGRAVATED, {"responsibility": "不明"}),
        ("nonprosecution_discretionary", NO, ACCIDENT, {"minor_harm": False}),
        ("nonprosecution_discretionary", NO, ACCIDENT, {"moved_assets": True}),
        ("nonprosecution_discretionary", OPEN, ACCIDENT, {"moved_assets": True, "plea": True}),
        ("nonprosecution_discretionary", NO, UNCLEAR_DANGER, {}),
        ("nonprosecution_discretionary", NO, ACCIDENT, OLD),
        ("nonprosecution_discretionary", NO, BRIBER, {"record": "recidivist"}),
        ("nonprosecution_doubt", YES, UNCLEAR_DANGER, {"supplemented_times": 2}),
        ("nonprosecution_doubt", OPEN, UNCLEAR_DANGER, {}),
        ("nonprosecution_doubt", NO, UNCLEAR_DANGER, {"supplemented_times": 0}),
        ("nonprosecution_doubt", NO, ACCIDENT, {}),
        ("nonprosecution_doubt", NO, AGGRAVATED, {"responsibility": "有争议"}),
        ("nonprosecution_doubt", YES, ACCIDENT, {"causation_doubtful": True, "supplemented_times": 2}),
        ("nonprosecution_conditional", NO, ACCIDENT, FULL_LENIENCY),
        ("nonprosecution_conditional", NO, SCHOOL, {}),
        ("nonprosecution_conditional", NO, DANGER, {"age": 17, "plea": True}),
        ("nonprosecution_conditional", OPEN, OBSTRUCTION, {"age": 17, "plea": True}),
        ("nonprosecution_conditional", YES, OBSTRUCTION, {"age": 17, "plea": True, "minor_harm": True}),
        ("nonprosecution_special", YES, ACCIDENT, {"major_merit": True, "confession": True}),
        ("supplement", YES, UNCLEAR_DANGER, {}),
        ("supplement", YES, AGGRAVATED, {"responsibility": "有争议"}),
        ("supplement", NO, UNCLEAR_DANGER, {"supplemented_times": 2}),
        ("supplement_supervision", YES, AGGRAVATED, {"responsibility": "有争议", "from_supervision": True}),
        ("to_supervision", YES, OFFICIAL, {}),
        ("withdraw", YES, SCHOOL, {}),
        ("withdraw", YES, ACCIDENT, {"dead": True}),
        ("admin_opinion", YES, SCHOOL, {}),
        ("admin_opinion", YES, ACCIDENT, {"minor_harm": True}),
        ("admin_opinion", OPEN, ACCIDENT, {}),
        ("admin_penalty", YES, SCHOOL, {}),
        ("plea_leniency", YES, ACCIDENT, {"plea": True}),
        ("plea_leniency", OPEN, ACCIDENT, {}),
        ("plea_leniency", NO, ACCIDENT, {"plea": False}),
        ("reconciliation", YES, ACCIDENT, FULL_LENIENCY),
        ("reconciliation", YES, AGGRAVATED, FULL_LENIENCY),
        ("reconciliation", OPEN, {**ACCIDENT, "deaths": 0, "loss_wan": 100}, {}),
        ("reconciliation", OPEN, {**ACCIDENT, "loss_wan": 100}, {"deaths": "不明"}),
        ("reconciliation", NO, {**ACCIDENT, "deaths": 0, "loss_wan": 100}, {"victim_exists": False}),
        ("reconciliation", NO, DANGER, {}),
        ("reconciliation", NO, OFFICIAL, FULL_LENIENCY),
        ("reconciliation", NO, FORCED, FULL_LENIENCY),
        ("reconciliation", NO, BRIBER, FULL_LENIENCY),
        ("reconciliation", NO, ACCIDENT, {"record": "intentional"}),
        ("fast_track", YES, ACCIDENT, FULL_LENIENCY),
        ("fast_track", OPEN, DANGER, {"plea": True}),
        ("fast_track", NO, FORCED, {"plea": False}),
        ("fast_track", NO, FORCED, {"plea": True}),
        ("fast_track", NO, AGGRAVATED, {"plea": True}),
        ("fast_track", NO, ACCIDENT, {"plea": True, "age": 17}),
        ("fast_track", NO, ACCIDENT, {"plea": True, "compensation": "none"}),
        ("fast_track", NO, ACCIDENT, {"plea": True, "fast_track_agreed": False}),
        ("summary", YES, AGGRAVATED, {"confession": True}),
        ("summary", NO, AGGRAVATED, {"confession": True, "responsibility": "有争议"}),
        ("summary", NO, ACCIDENT, {"confession": True, "bad_social_impact": True}),
        ("danger_rule", YES, DANGER, {"rectified": True, "plea": True}),
        ("probation", YES, ACCIDENT, FULL_LENIENCY),
        ("probation", YES, AGGRAVATED, FULL_LENIENCY),
        ("probation", OPEN, BUS, {"plea": True}),
        ("probation", NO, FORCED, {"plea": True}),
        ("probation", YES, FORCED, {"surrender": True, "danger_to_society": False}),
        ("probation", NO, BRIBER, {"record": "recidivist", "plea": True}),
        ("probation", NO, BRIBER, {}),
        ("probation_order", YES, ACCIDENT, FULL_LENIENCY),
        ("probation_order", NO, FORCED, {"plea": True}),
        ("career_ban", YES, AGGRAVATED, {}),
        ("career_ban", OPEN, ACCIDENT, {}),
        ("career_ban", NO, AGGRAVATED, {**OLD, "filed_date": date(2012, 7, 2)}),
        ("exemption", YES, ACCIDENT, FULL_LENIENCY),
        ("exemption", NO, AGGRAVATED, FULL_LENIENCY),
        ("exemption", NO, BRIBER, {"plea": True}),
    ],
)
def test_an_option(option, available, facts, more):
    assert options(facts, **more)[option] is available


def test_every_option_is_reached():
    told = {key for facts in (ACCIDENT, AGGRAVATED, DANGER, BUS, SCHOOL) for key in options(facts)}
    more = [{"bail_broken": True}, {"sole_carer": True}, {"in_custody": True}, {"major_merit": True}, {"plea": True}]
    told |= {key for one in more for key in options(BUS, **one)}
    told |= options(AGGRAVATED, responsibility="不明").keys() | options(OFFICIAL).keys()
    told |= options(AGGRAVATED, responsibility="不明", from_supervision=True).keys()
    assert told == {rule.key for rule in BOOK.options}


@pytest.mark.parametrize(
    ("option", "facts", "more"),
    [
        ("arrest", BUS, {}),
        ("no_arrest_due", {"deaths": 1}, {}),
        ("withdraw", {"deaths": 1}, {}),
        ("admin_opinion", {}, {}),
        ("no_arrest", ACCIDENT, {"in_custody": True}),
        ("probation", SCHOOL, {"plea": True}),
        ("plea_leniency", ACCIDENT, {**OLD, "plea": True}),
        ("career_ban", BUS, {}),
        ("supplement", ACCIDENT, {}),
        ("to_supervision", OFFICIAL, {"from_supervision": True}),
        ("summary", ACCIDENT, {}),
        ("supplement", UNCLEAR_DANGER, {"from_supervision": True}),
        ("admin_opinion", AGGRAVATED, {}),
        ("bail", ACCIDENT, {"dead": True}),
        ("probation", ACCIDENT, {"negligible": True}),
        ("danger_rule", ACCIDENT, {"rectified": True}),
    ],
)
def test_an_option_is_not_spoken_of(option, facts, more):
    assert option not in options(facts, **more)


@pytest.mark.parametrize(
    ("option", "fact", "first", "facts"),
    [
        ("danger_rule", "decision_date", date(2022, 12, 19), {**DANGER, "conduct_start": date(2021, 3, 2), "conduct_end": date(2021, 3, 2)}),
        ("career_ban", "conduct_end", date(2015, 11, 1), {**AGGRAVATED, "conduct_start": date(2015, 6, 1), "filed_date": date(2015, 11, 2)}),
        ("plea_leniency", "decision_date", date(2018, 10, 26), {**ACCIDENT, "conduct_start": date(2018, 6, 1), "conduct_end": date(2018, 6, 1), "plea": True}),
    ],
)  # fmt: skip
def test_an_option_is_there_from_its_day(option, fact, first, facts):
    assert options(facts, **{fact: first})[option] is not False
    assert options(facts, **{fact: first - timedelta(days=1)})[option] is False


def test_an_adult_is_told_why_there_is_no_conditional_non_prosecution():
    assert "成年人" in reason("nonprosecution_conditional", ACCIDENT)
    assert "第二章" in reason("nonprosecution_conditional", ACCIDENT, age=17)


def test_flight_after_filing_is_the_reason_against_statutory_non_prosecution():
    facts = {**OLD, "fled": True, "filed_date": date(2012, 7, 2)}
    assert "逃避侦查" in reason("nonprosecution_statutory", AGGRAVATED, **facts)
