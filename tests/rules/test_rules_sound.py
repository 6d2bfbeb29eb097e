"""What holds of every 研判, whatever the case: it is held against all the cases of the tables."""

from datetime import date

import pytest
from proving import RECORDS, SOURCES, TODAY, place
from tables import tables

from assistant.rules.assess import assess

CARRIED = {"established", "candidate"}
SHOWN = ("offences", "not_offences", "strict", "lenient", "options", "limitation")


@pytest.fixture(scope="module")
def found(book):
    """Every case of the tables with what the rules make of it."""
    return [(case, assess(case.sheet, book, RECORDS, TODAY)) for case in tables()]


def people(assessment):
    """Of each person: the standing of the offences, and the options that may be had."""
    for person in {one.person for one in assessment.options}:
        standing = {str(one.status) for one in assessment.offences if one.person == person}
        yield standing, {one.option.partition("（")[0] for one in assessment.options if one.person == person and one.available}


def test_every_line_opens_to_its_article(found):
    lost = {
        f"{case.id}: {kind} {cite}"
        for case, assessment in found
        for kind in SHOWN
        for one in getattr(assessment, kind)
        for cite in one.cite
        if (ref := SOURCES.ref(cite)) is None or SOURCES.provision(ref.whole_article(), TODAY) is None
    }
    assert lost == set()


def test_every_offence_and_circumstance_is_cited(found):
    bare = [
        f"{case.id}: {one}"
        for case, assessment in found
        for one in (*assessment.offences, *assessment.not_offences, *assessment.strict, *assessment.lenient)
        if not one.cite
    ]
    assert bare == []


@pytest.mark.official
def test_every_paragraph_and_item_that_is_cited_exists(found, official):
    cites = {cite for _, assessment in found for kind in SHOWN for one in getattr(assessment, kind) for cite in one.cite}
    for cite in cites:
        if SOURCES.ref(cite).article:
            place(official, cite)


@pytest.mark.official
def test_every_range_stands_in_an_article_cited_beside_it(found, official):
    wrong = set()
    for _, assessment in found:
        for one in assessment.offences:
            held = "".join(place(official, cite, whole=True) or "" for cite in one.cite)
            if one.range not in held:
                wrong.add(f"{one.offence} {one.range}")
    assert wrong == set()


def test_no_interpretation_is_applied_before_it_was_in_force(found):
    early = {
        f"{case.id}: {cite}"
        for case, assessment in found
        for one in (*assessment.offences, *assessment.strict, *assessment.lenient)
        for cite in one.cite
        if cite.startswith(("法释2015", "法释2022")) and _later(cite, case.facts.get("decision_date"))
    }
    assert early == set()


def _later(cite, decided):
    start = SOURCES.law(SOURCES.ref(cite).law).effective.start
    return isinstance(decided, date) and start is not None and start > decided


def test_no_adult_is_offered_a_conditional_non_prosecution(found):
    grown = [(case, assessment) for case, assessment in found if case.facts.get("age", 18) not in range(18)]
    assert len(grown) > 500
    assert [case.id for case, assessment in grown if any("附条件不起诉" in options for _, options in people(assessment))] == []


def test_nobody_is_prosecuted_for_what_does_not_stand(found):
    for case, assessment in found:
        for standing, options in people(assessment):
            if not standing & CARRIED:
                assert not options & {"提起公诉", "缓刑", "相对不起诉", "速裁程序"}, case.id


def test_what_stands_or_hangs_on_a_doubt_is_not_called_no_crime(found):
    for case, assessment in found:
        for standing, options in people(assessment):
            spared = case.facts.get("dead") or case.facts.get("negligible")
            if standing & {*CARRIED, "conditional"} and not spared:
                assert "法定不起诉" not in options, case.id


def test_nobody_is_both_arrested_and_not(found):
    both = [case.id for case, assessment in found for _, options in people(assessment) if {"逮捕", "不批准逮捕"} <= options]
    assert both == []


def test_an_offence_that_stands_is_not_denied(found):
    for case, assessment in found:
        stands = {(one.name, one.person) for one in assessment.offences if str(one.status) in CARRIED}
        assert not stands & {(one.name, one.person) for one in assessment.not_offences}, case.id


def test_what_is_known_is_not_called_missing(found):
    for case, assessment in found:
        if not case.people:
            known = {key for key, value in case.facts.items() if value not in ("不明", "有争议", None)}
            assert not known & {one.key for one in assessment.missing}, case.id
