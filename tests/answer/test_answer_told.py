"""A case told in words is read into facts: of the case, of each person, with what contradicts itself kept apart."""

import time
from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.answer.told import read_told
from assistant.domain.assessment import Standing
from assistant.domain.records import Offence
from assistant.ingest.records import load_knowledge
from assistant.ingest.rulebook import load_rules
from assistant.rules.assess import assess

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 26)
OFFENCES = yaml.safe_load((Path(__file__).parent / "told_offences.yaml").read_text(encoding="utf-8"))
CASES = yaml.safe_load((Path(__file__).parent / "told_cases.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge(ROOT / "knowledge_base")


@pytest.fixture(scope="module")
def book(knowledge):
    return load_rules(ROOT / "knowledge_base", knowledge.records)


@pytest.fixture(scope="module")
def records(knowledge):
    return {record.id: record for record in knowledge.records if isinstance(record, Offence)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_told_case_is_read_as_a_handler_reads_it(case, book):
    sheet = read_told(case["told"], book, TODAY)
    facts = dict(sheet.facts)
    assert {key: facts.get(key) for key in case.get("facts", {})} == case.get("facts", {})
    assert not set(case.get("absent", ())) & set(facts)
    assert set(case.get("sides", ())) <= set(sheet.sides)
    people = {person.name: sheet.of(person) for person in sheet.people}
    for name, wanted in case.get("people", {}).items():
        assert {key: people.get(name, {}).get(key) for key in wanted} == wanted
    if "only" in case:
        assert list(people) == case["only"]


def test_every_fact_that_is_read_is_declared_and_of_its_kind(book):
    kinds = {"flag": bool, "count": int, "money": (int, float), "number": (int, float), "date": date, "choice": str, "text": str}
    for case in CASES:
        sheet = read_told(case["told"], book, TODAY)
        for facts in (sheet.facts, *(person.facts for person in sheet.people)):
            for key, value in facts.items():
                assert value in ("不明", "有争议") or isinstance(value, kinds[book.facts[key].kind]), key
                assert not book.facts[key].options or value in ("不明", "有争议", *book.facts[key].options), (key, value)


def test_reading_takes_a_few_milliseconds(book):
    for case in CASES:
        read_told(case["told"], book, TODAY)
    start = time.process_time()
    for case in CASES:
        read_told(case["told"], book, TODAY)
    assert (time.process_time() - start) / len(CASES) < 0.015


def test_nothing_told_is_nothing_known(book):
    sheet = read_told("请问怎么处理？", book, TODAY)
    assert not sheet.facts
    assert not sheet.people


@pytest.mark.parametrize("case", OFFENCES, ids=lambda case: case["told"][:18])
def test_a_told_case_ends_with_the_right_offence_and_tier(case, book, records):
    found = assess(read_told(case["told"], book, TODAY), book, records, TODAY).offences
    for person, name, rank in case["offences"]:
        assert any((one.name, one.rank) == (name, rank) and one.person in ("", person) for one in found), (person, name, rank)
    wanted = {(name, rank) for _, name, rank in case["offences"]}
    asserted = {(one.name, one.rank) for one in found if one.status in (Standing.ESTABLISHED, Standing.CANDIDATE)}
    assert asserted <= wanted
