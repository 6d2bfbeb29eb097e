"""宽严情节 and 法律沿革, and what 可选处理 cites, as data: what they cite is there, each can be reached, and the days before and after."""

import re
from datetime import date, timedelta

import pytest
from made_cases import (
    ACCIDENT,
    ASSESSING,
    BOOK,
    BRIBER,
    BUS,
    DANGER,
    EXPLOSIVES,
    FORCED,
    HIDER,
    KNOWLEDGE,
    OFFICIAL,
    ROOT,
    SCHOOL,
    SOURCES,
    TAKER,
    TODAY,
    found,
    keys,
)

from assistant.domain.facts import FactSheet, Person
from assistant.law.numerals import to_chinese

SHARED = ROOT.parent / "shared"
CITED = [
    *((rule.key, ref) for rule in BOOK.circumstances for ref in rule.cite),
    *((rule.key, ref) for rule in BOOK.options for ref in rule.cite),
    *((rule.key, ref) for rule in BOOK.options for bar in rule.bars for ref in bar.cite),
    *((change.event, ref) for change in BOOK.changes for ref in change.cite),
]


def test_every_reference_opens():
    lost = [
        f"{where}: {text}"
        for where, text in CITED
        if (ref := SOURCES.ref(text)) is None or SOURCES.provision(ref.whole_article(), TODAY) is None
    ]
    assert lost == []


def test_every_rule_cites():
    assert all(rule.cite for rule in (*BOOK.circumstances, *BOOK.options, *BOOK.changes))
    assert all(bar.cite for rule in BOOK.options for bar in rule.bars)


def test_keys_are_told_apart():
    for rules in (BOOK.circumstances, BOOK.options):
        assert len({rule.key for rule in rules}) == len(rules)


def test_options_ask_only_for_circumstances_that_are_there():
    known = {
        rule.direction: {one.key for one in BOOK.circumstances if one.direction == rule.direction} for rule in BOOK.circumstances
    }
    for where, key, wanted in _tests_of_options():
        asked = wanted if isinstance(wanted, list) else [wanted]
        assert set(asked) <= known[key], where


def _tests_of_options():
    def walk(condition):
        for key, wanted in condition.items():
            if key in {"all", "any"}:
                for one in wanted:
                    yield from walk(one)
            elif key in {"not", "assume"}:
                yield from walk(wanted)
            elif key in {"strict", "lenient"}:
                yield key, wanted

    for rule in BOOK.options:
        for condition in (rule.consider, *(need.when for need in rule.needs), *(bar.when for bar in rule.bars)):
            yield from ((rule.key, key, wanted) for key, wanted in walk(condition))


@pytest.mark.official
def test_every_paragraph_and_item_that_is_cited_stands_in_the_official_text(official):
    texts = set(official.titles().values())
    wrong = []
    for where, cited in CITED:
        ref = SOURCES.ref(cited)
        if ref.law in texts and ref.article:
            text = official.provision(ref.law, ref.article, TODAY)
            wrong += [f"{where}: {cited}"] if text is None or not _has(text.text, ref.paragraph, ref.item) else []
    assert wrong == []


def _has(text, paragraph, item):
    paragraphs = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if re.match(r"（[一二三四五六七八九十]+）", line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([])
    if not paragraph:
        return True
    if paragraph > len(paragraphs):
        return False
    return not item or any(line.startswith(f"（{to_chinese(item)}）") for line in paragraphs[paragraph - 1])


@pytest.mark.official
def test_the_day_of_a_change_is_that_of_the_official_text(official):
    """Where the text cited first has the day on which it came into force, it is the same."""
    proven = 0
    for change in BOOK.changes:
        ref = SOURCES.ref(change.cite[0])
        text = official.provision(ref.law, ref.article, TODAY)
        if text and (day := re.search(r"自(\d{4})年(\d{1,2})月(\d{1,2})日起(?:施行|实施)", text.text)):
            assert date(*map(int, day.groups())) == change.date, change.event
            proven += 1
    assert proven >= 8


def test_the_day_of_a_change_is_that_of_the_law_it_cites():
    laws = {law.title: law for law in KNOWLEDGE.laws}
    for change in BOOK.changes:
        assert laws[SOURCES.ref(change.cite[0]).law].effective.start == change.date, change.event


STRICT = [
    ("strict_unlicensed", ACCIDENT, {"unlicensed": True}),
    ("strict_devices", ACCIDENT, {"devices_disabled": True}),
    ("strict_hazard_told", ACCIDENT, {"hazard_told": True}),
    ("strict_punished", ACCIDENT, {"punished_within_year": True}),
    ("strict_punished", DANGER, {"punished_within_year": True}),
    ("strict_evasion", FORCED, {"evaded_inspection": True}),
    ("strict_assets", ACCIDENT, {"moved_assets": True}),
    ("strict_official", ACCIDENT, {"official_invested": True}),
    ("strict_official", OFFICIAL, {"official_invested": True}),
    ("strict_with_bribery", BRIBER, {}),
    ("strict_bribe_safety", BRIBER, {}),
    ("strict_with_taking", TAKER, {}),
    ("strict_extorted", TAKER, {"bribe_extorted": True}),
    ("strict_several_offences", HIDER, {}),
    ("recidivist", BRIBER, {"record": "recidivist"}),
    ("strict_record", ACCIDENT, {"record": "intentional"}),
    ("strict_record", ACCIDENT, {"record": "recidivist"}),
    ("strict_destroyed", ACCIDENT, {"evidence_destroyed": True}),
]
LENIENT = [
    ("surrender", ACCIDENT, {"surrender": True}),
    ("surrender", ACCIDENT, {"surrender": True, "confession": True}),
    ("confession", ACCIDENT, {"confession": True}),
    ("confession", ACCIDENT, {"confession": True, "surrender": False}),
    ("merit", ACCIDENT, {"merit": True}),
    ("major_merit", ACCIDENT, {"major_merit": True}),
    ("accessory", BRIBER, {"accessory": True}),
    ("coerced", BRIBER, {"coerced": True}),
    ("attempt", EXPLOSIVES, {"attempt": "attempt"}),
    ("desist", EXPLOSIVES, {"attempt": "desist"}),
    ("juvenile", ACCIDENT, {"age": 17}),
    ("elderly_negligent", ACCIDENT, {"age": 75}),
    ("elderly_intentional", BRIBER, {"age": 75}),
    ("plea", ACCIDENT, {"plea": True}),
    ("reconciled", ACCIDENT, {"settled": True}),
    ("forgiven", ACCIDENT, {"forgiven": True}),
    ("rescued", ACCIDENT, {"rescued": True}),
    ("cooperated", ACCIDENT, {"compensation": "full", "cooperated": True}),
    ("cooperated", ACCIDENT, {"compensation": "part", "surrender": True}),
    ("compensated", ACCIDENT, {"compensation": "full"}),
    ("compensated", OFFICIAL, {"compensation": "full", "cooperated": True}),
    ("danger_removed", DANGER, {"rectified": True, "plea": True}),
    ("danger_minor", DANGER, {"minor_harm": True}),
    ("danger_negligible", DANGER, {"negligible": True}),
    ("rectified", ACCIDENT, {"rectified": True}),
    ("rectified", DANGER, {"rectified": True}),
    ("first_offence", ACCIDENT, {"record": "none"}),
]
HELD = [*STRICT, *LENIENT]


@pytest.mark.parametrize(("key", "facts", "more"), HELD)
def test_a_circumstance_holds(key, facts, more):
    assert key in keys(facts, **more)


def test_every_circumstance_is_in_the_table():
    assert {key for key, _, _ in HELD} == {rule.key for rule in BOOK.circumstances}


@pytest.mark.parametrize(
    ("key", "facts", "more"),
    [
        ("strict_unlicensed", ACCIDENT, {"unlicensed": False}),
        ("strict_unlicensed", ACCIDENT, {"unlicensed": "不明"}),
        ("strict_unlicensed", DANGER, {"unlicensed": True, "high_risk_work": True}),
        ("strict_unlicensed", BUS, {"unlicensed": True}),
        ("strict_devices", DANGER, {"devices_disabled": True}),
        ("strict_hazard_told", DANGER, {"hazard_told": True}),
        ("strict_evasion", DANGER, {"evaded_inspection": True}),
        ("strict_punished", BUS, {"punished_within_year": True}),
        ("strict_bribe_safety", BRIBER, {"bribed_safety_official": False}),
        ("strict_with_taking", TAKER, {"taken_wan": 2}),
        ("strict_extorted", TAKER, {}),
        ("strict_several_offences", ACCIDENT, {}),
        ("recidivist", ACCIDENT, {"record": "recidivist"}),
        ("recidivist", DANGER, {"record": "recidivist"}),
        ("recidivist", BRIBER, {"record": "recidivist", "age": 17}),
        ("recidivist", BRIBER, {"record": "intentional"}),
        ("strict_record", ACCIDENT, {"record": "negligent"}),
        ("strict_destroyed", HIDER, {"evidence_destroyed": True}),
        ("surrender", ACCIDENT, {"surrender": True, "confession": False}),
        ("surrender", ACCIDENT, {"confession": True}),
        ("surrender", SCHOOL, {"surrender": True}),
        ("confession", ACCIDENT, {"confession": True, "surrender": True}),
        ("merit", ACCIDENT, {"merit": True, "major_merit": True}),
        ("accessory", ACCIDENT, {"accessory": True}),
        ("coerced", ACCIDENT, {"coerced": True}),
        ("attempt", ACCIDENT, {"attempt": "attempt"}),
        ("juvenile", ACCIDENT, {"age": 18}),
        ("elderly_negligent", ACCIDENT, {"age": 74}),
        ("elderly_intentional", ACCIDENT, {"age": 75}),
        ("plea", ACCIDENT, {"plea": False}),
        ("plea", SCHOOL, {"plea": True}),
        ("reconciled", OFFICIAL, {"settled": True}),
        ("reconciled", FORCED, {"settled": True}),
        ("reconciled", BRIBER, {"settled": True}),
        ("reconciled", ACCIDENT, {"settled": True, "record": "intentional"}),
        ("rescued", BUS, {"rescued": True}),
        ("cooperated", ACCIDENT, {"compensation": "none", "cooperated": True}),
        ("cooperated", ACCIDENT, {"compensation": "full"}),
        ("cooperated", DANGER, {"compensation": "full", "cooperated": True}),
        ("compensated", ACCIDENT, {"compensation": "none"}),
        ("compensated", ACCIDENT, {"compensation": "full", "cooperated": True}),
        ("danger_removed", DANGER, {"rectified": True}),
        ("danger_removed", ACCIDENT, {"rectified": True, "plea": True}),
        ("danger_minor", ACCIDENT, {"minor_harm": True}),
        ("rectified", DANGER, {"rectified": True, "plea": True}),
    ],
)
def test_a_circumstance_does_not_hold(key, facts, more):
    assert key not in keys(facts, **more)


@pytest.mark.parametrize(
    ("key", "facts", "more", "fact", "first"),
    [
        ("danger_removed", DANGER, {"rectified": True, "plea": True}, "decision_date", date(2022, 12, 19)),
        ("danger_minor", DANGER, {"minor_harm": True}, "decision_date", date(2022, 12, 19)),
        ("strict_unlicensed", ACCIDENT, {"unlicensed": True}, "decision_date", date(2015, 12, 16)),
        ("rescued", ACCIDENT, {"rescued": True}, "decision_date", date(2015, 12, 16)),
        ("plea", ACCIDENT, {"plea": True}, "decision_date", date(2018, 10, 26)),
        ("strict_bribe_safety", BRIBER, {}, "conduct_end", date(2024, 3, 1)),
        ("strict_hazard_told", ACCIDENT, {"hazard_told": True, "industry": "coal"}, "conduct_end", date(2015, 12, 16)),
    ],
)
def test_a_circumstance_holds_from_its_day(key, facts, more, fact, first):
    """The conduct is set so that it can be prosecuted on both days."""
    conduct = date(2021, 3, 2) if facts is DANGER else date(2013, 6, 1)
    dated = {"conduct_start": conduct, "conduct_end": conduct, "filed_date": conduct} if fact == "decision_date" else {}
    day_before = first - timedelta(days=1)
    start = {"conduct_start": day_before, "filed_date": first} if fact == "conduct_end" else {}
    assert key in keys(facts, **more, **dated, **{**start, fact: first})
    assert key not in keys(facts, **more, **dated, **{**start, fact: day_before})


def test_an_old_accident_outside_mines_is_judged_by_the_new_interpretation():
    old = {"conduct_start": date(2014, 6, 1), "conduct_end": date(2014, 6, 1), "filed_date": date(2014, 6, 2)}
    assert "strict_hazard_told" in keys(ACCIDENT, hazard_told=True, industry="construction", **old)
    assert "strict_hazard_told" not in keys(ACCIDENT, hazard_told=True, industry="mine", **old)


def test_people_have_circumstances_and_options_of_their_own():
    people = (Person("甲", {"plea": True}), Person("乙", {"plea": False, "record": "intentional"}))
    assessment = ASSESSING.assess(FactSheet(facts=ACCIDENT, people=people), TODAY)
    assert {(one.person, one.key) for one in (*assessment.lenient, *assessment.strict)} == {
        ("甲", "plea"),
        ("乙", "strict_record"),
    }
    plea = {one.person: one.available for one in assessment.options if one.key == "plea_leniency"}
    assert plea == {"甲": True, "乙": False}


@pytest.mark.parametrize(
    ("event", "facts", "day"),
    [
        ("刑法修正案（六）通过并自公布之日起施行", ACCIDENT, date(2006, 6, 29)),
        ("刑法修正案（九）施行", BUS, date(2015, 11, 1)),
        ("法释〔2015〕22号施行", ACCIDENT, date(2015, 12, 16)),
        ("刑法修正案（十一）施行", FORCED, date(2021, 3, 1)),
        ("法释〔2022〕19号施行", DANGER, date(2022, 12, 19)),
        ("刑法修正案（十二）施行", BRIBER, date(2024, 3, 1)),
    ],
)
def test_a_case_names_the_days_on_which_its_law_changed(event, facts, day):
    assert (event, day) in {(one.event, one.date) for one in found(facts).day_law.events}


def test_a_standard_that_came_later_is_not_held_against_a_case():
    spanning = {"conduct_start": date(2026, 6, 30), "conduct_end": date(2026, 6, 30), "decision_date": date(2026, 7, 1)}
    assert not any("6721" in one.event for one in found(ACCIDENT, loss_wan=120).day_law.events)
    assert "由承办人说明" in found(ACCIDENT, loss_wan=120, **spanning).day_law.apply
    assert not any("6721" in one.event for one in found(ACCIDENT, **spanning).day_law.events)
