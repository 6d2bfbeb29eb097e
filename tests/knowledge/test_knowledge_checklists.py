"""Questionnaires that ship: each can be walked, asks nothing without an article that opens, and leaves nothing of it out of reach."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer.sources import Sources
from assistant.domain.selfcheck import Given, RatingRules
from assistant.domain.tips import RiskTip
from assistant.ingest.checklists import load_checklists, load_features
from assistant.ingest.records import load_knowledge, read_yaml
from assistant.practice.selfcheck import asked, following, questionnaire
from assistant.practice.selfcheck_rating import result

FOLDER = Path(__file__).resolve().parents[2] / "knowledge_base"
KNOWLEDGE = load_knowledge(FOLDER)
SOURCES = Sources(KNOWLEDGE)
TIPS = {record.id: record for record in KNOWLEDGE.records if isinstance(record, RiskTip)}
CHECKLISTS = {one.id: one for one in load_checklists(FOLDER, KNOWLEDGE.records)}
FEATURES = load_features(FOLDER, KNOWLEDGE.records)
RULES = read_yaml(FOLDER / "risk_rating.yaml", RatingRules)
TODAY = date(2026, 11, 26)
each = pytest.mark.parametrize("name", CHECKLISTS)


def of(name, ticked=()):
    return questionnaire(CHECKLISTS[name], FEATURES, ticked, TIPS)


def opens(cite):
    ref = SOURCES.ref(cite)
    return ref is not None and SOURCES.provision(ref.whole_article(), TODAY) is not None


def test_there_are_questionnaires_for_every_trade_that_was_asked_for():
    assert len(CHECKLISTS) >= 12


@each
def test_it_has_fifteen_to_thirty_questions_and_says_what_it_leaves_out(name):
    assert 15 <= len(CHECKLISTS[name].questions) <= 30
    assert CHECKLISTS[name].not_asked
    assert CHECKLISTS[name].about


@each
def test_every_question_of_it_and_of_every_feature_has_words_and_an_article_that_opens(name):
    for question in of(name, [one.key for one in FEATURES]).questions:
        assert question.ask, question.id
        assert question.why, question.id
        if question.tip:
            assert question.cite, question.id
            assert question.look, question.id
            assert question.proof, question.id
        assert all(map(opens, question.cite)), question.id


@each
def test_every_question_is_reached_by_some_answers(name):
    one = of(name)
    wanted = {}
    for question in one.questions:
        for key, replies in question.when.items():
            wanted.setdefault(key, set()).add(replies[0])
    reached = set()
    for first in ("是", "否"):
        given = {}
        while (question := following(one, given)) is not None:
            options = sorted(wanted.get(question.id, {first}))
            given[question.id] = Given(question.id, options[0 if first == "是" else -1])
        reached |= {question.id for question in asked(one, given)}
    assert reached == {question.id for question in one.questions}


@each
def test_answered_with_no_throughout_it_comes_to_findings_by_the_rules(name):
    one = of(name, CHECKLISTS[name].features)
    given = {question.id: Given(question.id, "否" if question.tip else "是") for question in one.questions}
    found = result(one, given, TIPS, RULES, TODAY)
    assert found.findings
    assert found.unclear == ()
    assert {finding.tip.id for finding in found.findings} == {question.tip for question in asked(one, given) if question.tip}


def test_the_rule_of_who_leads_opens_too():
    assert all(map(opens, RULES.major_cite))
