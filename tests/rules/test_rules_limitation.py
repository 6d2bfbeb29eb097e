"""追诉时效 of each tier by its own highest penalty."""

from datetime import date

from made_cases import found

NEGLECT = {
    "role": "official",
    "official_neglect": True,
    "deaths": 3,
    "conduct_start": date(2022, 1, 1),
    "conduct_end": date(2022, 1, 1),
    "decision_date": date(2023, 1, 1),
}


def test_tiers_of_the_same_rank_have_each_their_own_period():
    assessed = found(NEGLECT, official_for_gain="不明")
    ranges = {one.status: one.range for one in assessed.offences}
    assert ranges == {"established": "三年以上七年以下有期徒刑", "conditional": "五年以上十年以下有期徒刑"}
    assert [(one.rank, one.years) for one in assessed.limitation] == [("aggravated", 10), ("aggravated", 15)]


def test_the_tier_that_applies_is_found_by_its_range():
    plain, gain = found(NEGLECT), found(NEGLECT, official_for_gain=True)
    assert [one.step.name for one in (*plain.offences, *gain.offences)] == ["加重档", "徇私舞弊加重档"]
