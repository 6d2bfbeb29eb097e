"""The tables of ``tests/rules/*.yaml`` against the engine, and the tables themselves against the official texts."""

import re
from datetime import date, timedelta

import pytest
from proving import RECORDS, SOURCES, TODAY, place
from tables import differences, tables

from assistant.law.quantities import arabic
from assistant.rules.assess import assess

CASES = tables()
FIELD = {
    "131", "132", "133", "133-1", "133-2", "134-1p", "134-2p", "134-1", "135", "135-1", "136", "137", "138", "139", "139-1",
    "115-2p", "229-1p", "229-3p", "233", "280-1p", "389", "397", "402", "125-1p", "343-1p",
}  # fmt: skip
"""The offences of the field, by the last part of their id."""
DAYS: dict[date, tuple[str, str]] = {
    date(2006, 6, 29): ("修正案六#21", "公布之日"),
    date(2011, 5, 1): ("修正案八#50", "2011年5月1日"),
    date(2015, 11, 1): ("修正案九#52", "2015年11月1日"),
    date(2015, 12, 16): ("法释2015-22#17", "2015年12月16日"),
    date(2021, 3, 1): ("修正案十一#48", "2021年3月1日"),
    date(2021, 9, 1): ("", ""),
    date(2022, 12, 19): ("法释2022-19#12", "2022年12月19日"),
    date(2024, 3, 1): ("修正案十二#8", "2024年3月1日"),
    date(2026, 5, 1): ("危化品安全法#127", "2026年5月1日"),
    date(2026, 7, 1): ("", ""),
}
"""Days on which something changed: the article that sets the day and the words in it; where no text says it, the law's own record."""
RECORDED = {date(2021, 9, 1): "安全生产法", date(2026, 7, 1): "GB6721-2025"}
WORDS = {
    "deaths": "死亡{n}人", "serious_injuries": "重伤{n}人", "minor_injuries": "轻伤{n}人", "loss_wan": "经济损失{n}万元",
    "added_deaths": "增加死亡{n}人", "added_serious_injuries": "重伤{n}人", "added_loss_wan": "经济损失{n}万元",
    "loss_unpaid_wan": "无能力赔偿数额在{n}万元", "illegal_gain_wan": "违法所得数额{n}万元", "bribe_wan": "数额在{n}万元", "taken_wan": "数额在{n}万元",
    "explosives_kg": "黑火药{n}千克", "firework_powder_kg": "烟火药{n}千克", "detonators": "雷管{n}枚", "fuse_m": "导爆索{n}米",
    "mined_value_wan": "{n}万元", "households_burnt": "{n}户",
}  # fmt: skip
"""How the law says the threshold that a case probes, Chinese numerals turned to digits."""


def wanted():
    """Every offence that some case expects to stand."""
    return [one for case in CASES for one in case.expect.get("offences", [])]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_comes_out_as_the_law_has_it(case, book):
    wrong = differences(case, assess(case.sheet, book, RECORDS, TODAY))
    assert not wrong, "\n".join([f"{case.table}：{case.name}（{'、'.join(case.cite)}）", *wrong])


def test_ids_are_unique_and_facts_are_declared(book):
    assert len({case.id for case in CASES}) == len(CASES) >= 150
    for case in CASES:
        unknown = (
            set(case.facts) | {key for one in case.people for key in one["facts"]} | {*case.expect.get("missing", [])}
        ) - set(book.facts)
        assert not unknown, f"{case.id}: {unknown}"
        assert case.concerns <= set(RECORDS), case.id


def test_every_case_rests_on_articles_that_open():
    lost = [
        f"{case.id}: {cite}"
        for case in CASES
        for cite in case.cite
        if (ref := SOURCES.ref(cite)) is None or SOURCES.provision(ref.whole_article(), TODAY) is None
    ]
    assert lost == []
    assert [case.id for case in CASES if not case.cite] == []


def test_every_offence_of_the_field_stands_in_one_case_and_falls_in_another():
    stands = {one["offence"] for one in wanted()}
    falls = {one for case in CASES for one in case.expect.get("not", []) if isinstance(one, str)}
    assert {f"offence.{one}" for one in FIELD} - stands == set()
    assert {f"offence.{one}" for one in FIELD - {"280-1p", "131"}} - falls == set()


def test_every_tier_of_the_field_is_reached():
    """Only the upper tier of 刑法第402条 is not: no text at hand says when its 严重后果 is reached."""
    reached = {(one["offence"], arabic(one["range"])) for one in wanted() if "range" in one}
    missing = [
        f"{offence.id} {tier.rank or tier.name}"
        for offence in (RECORDS[f"offence.{one}"] for one in FIELD)
        for tier in offence.tiers
        if not any(one == offence.id and words in arabic(tier.penalty) for one, words in reached)
    ]
    assert missing == ["offence.402 加重档"]


@pytest.mark.parametrize("key", ["deaths", "serious_injuries", "minor_injuries", "loss_wan", "illegal_gain_wan"])
def test_every_number_of_a_threshold_has_a_case_below_and_a_case_at_it(key):
    """刑法第131条 has no numbers of its own; those of 第139条之一 count what came on top."""
    gaps = []
    for offence in (RECORDS[f"offence.{one}"] for one in FIELD - {"131"}):
        fact = f"added_{key}" if offence.id == "offence.139-1" else key
        have = [case.facts.get(fact) for case in CASES if offence.id in case.concerns]
        counted = [number for number in have if isinstance(number, int | float)]
        for number in {getattr(one, key) for tier in offence.tiers for one in tier.thresholds} - {None}:
            gaps += [] if number in counted else [f"{offence.id} {fact} = {number}"]
            gaps += [] if any(number - 1 <= less < number for less in counted) else [f"{offence.id} {fact} < {number}"]
    assert gaps == []


def test_every_probed_threshold_has_a_case_at_it_and_one_just_below():
    probes = {(case.table, key, number) for case in CASES for key, number in case.probe.items() if case.table != "事实不全"}
    gaps = []
    for table, key, number in probes:
        counted = [have for case in CASES if case.table == table and isinstance(have := case.facts.get(key), int | float)]
        gaps += [] if number in counted else [f"{table} {key} = {number}"]
        gaps += [] if any(number - 1 <= less < number for less in counted) else [f"{table} {key} < {number}"]
    assert gaps == []


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_change_has_a_case_on_the_day_before_and_one_on_the_day(day):
    keys = ("conduct_start", "conduct_end", "decision_date")
    days = {str(value) for case in CASES for key, value in case.facts.items() if key in keys}
    assert {str(day), str(day - timedelta(days=1))} <= days


@pytest.mark.official
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_change_happened_on_that_day(day, official):
    cite, words = DAYS[day]
    if not cite:
        assert SOURCES.law(SOURCES.resolve(RECORDED[day])).effective.start == day
    else:
        assert words in place(official, cite), place(official, cite)


@pytest.mark.official
def test_every_range_stands_in_an_article_that_the_case_cites(official):
    wrong = []
    for case in CASES:
        texts = [place(official, cite, whole=True) or "" for cite in case.cite if cite.startswith(("刑法#", "修正案"))]
        held = "\n".join(texts)
        wrong += [
            f"{case.id}: {one['range']}" for one in case.expect.get("offences", []) if "range" in one and one["range"] not in held
        ]
    assert wrong == []


@pytest.mark.official
def test_every_threshold_that_a_case_probes_stands_where_it_cites(official):
    wrong = []
    for case in CASES:
        for key, number in case.probe.items():
            held = [text for cite in case.cite if not cite.startswith("刑法") and (text := place(official, cite) or gist(cite))]
            words = WORDS[key].format(n=f"{number:g}")
            if not any(said(words, text) for text in held):
                wrong.append(f"{case.id}: {words}")
    assert wrong == []
    assert {key for case in CASES for key in case.probe} == set(WORDS)


def gist(cite):
    """Our own words for a law whose text public collections lack."""
    return SOURCES.provision(SOURCES.ref(cite).whole_article(), TODAY).text


def said(words, text):
    """Whether a threshold stands in a text: 损失100万元 as 损失1000000元 with a few words between the noun and the number."""
    noun, number, unit = re.fullmatch(r"(.*?)([\d.]+)(\D+)", words).groups()
    amount = rf"(?:{number}万|{number}0000)元" if unit == "万元" else number + unit
    return re.search(rf"{noun}[^，；。]{{0,12}}?(?<!\d){amount}", arabic(text)) is not None


@pytest.mark.official
def test_every_place_that_a_case_cites_exists_down_to_its_item(official):
    for case in CASES:
        for cite in case.cite:
            place(official, cite)


@pytest.mark.official
def test_every_limitation_period_follows_from_the_highest_penalty(official):
    """刑法第八十七条 is read from its text: the items give floors of the highest penalty and the years that bar prosecution."""
    items = [arabic(place(official, f"刑法#87/1/{n}")) for n in (1, 2, 3, 4)]
    years = [int(re.findall(r"经过(\d+)年", one)[0]) for one in items]
    floors = [0, *(int(re.findall(r"(\d+)年以上", one)[0]) for one in items[1:3]), 99]
    wrong = []
    for case in CASES:
        for one in case.expect.get("offences", []):
            wanted = case.expect.get("limitation", {}).get(one["offence"])
            if wanted and "range" in one:
                due = max(y for floor, y in zip(floors, years, strict=True) if highest(one["range"]) >= floor)
                wrong += [] if due == wanted else [f"{case.id}: {one['range']} → {due}"]
    assert wrong == []


def highest(penalty):
    """最高刑 of a range in years: life and death as 99; 有期徒刑 without an upper end goes to fifteen (刑法第四十五条)."""
    if "无期" in penalty or "死刑" in penalty:
        return 99
    found = re.findall(r"(\d+)年以下", arabic(penalty))
    return int(found[0]) if found else 15 if "有期徒刑" in penalty else 0
