"""Which questions a self-check asks, and what it says that it has not asked."""

from dataclasses import replace

import pytest
from pydantic import TypeAdapter
from selfcheck_samples import CHECKLIST, FEATURES, TIPS

from assistant.domain.checklist import Checklist, Feature
from assistant.domain.selfcheck import Given
from assistant.domain.tips import RiskTip
from assistant.practice.selfcheck import asked, changes, fingerprints, following, not_asked, progress, questionnaire

CHECK = TypeAdapter(Checklist).validate_python(CHECKLIST)
FEATURE = TypeAdapter(tuple[Feature, ...]).validate_python(FEATURES)
TIP = {one.id: one for one in TypeAdapter(tuple[RiskTip, ...]).validate_python(TIPS)}


def of(*ticked, check=CHECK):
    return questionnaire(check, FEATURE, ticked, TIP)


def replies(**given):
    return {key: Given(key, reply) for key, reply in given.items()}


def ids(questions):
    return [one.id for one in questions]


def test_a_ticked_feature_adds_its_questions_and_no_tip_twice():
    assert [one.tip for one in of("dormitory").questions if one.tip] == [
        "tip.sample.alarm",
        "tip.sample.hose",
        "tip.sample.exit",
        "tip.sample.dormitory",
    ]
    assert of("dormitory").questions[-1].feature == "店里住人"
    assert of("dormitory").unticked == ("有外包施工",)


def test_a_question_has_the_words_of_its_tip_unless_it_has_its_own():
    by_id = {one.id: one for one in of().questions}
    assert by_id["alarm"].ask == TIP["tip.sample.alarm"].check.ask
    assert by_id["alarm"].cite == ("安全生产法#36/4",)
    assert by_id["hose"].ask.startswith("气瓶到灶的管子")
    assert by_id["hose"].proof == ("照片（hose）",)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["gas", "exit"]),
        ({"gas": "是"}, ["gas", "bottled", "alarm", "exit"]),
        ({"gas": "是", "bottled": "是"}, ["gas", "bottled", "alarm", "hose", "exit"]),
        ({"gas": "是", "bottled": "不清楚"}, ["gas", "bottled", "alarm", "exit"]),
        ({"gas": "否", "bottled": "是"}, ["gas", "exit"]),  # what hangs on a question that is not asked, is not asked
    ],
)
def test_answers_decide_what_is_asked(given, expected):
    assert ids(asked(of(), replies(**given))) == expected


def test_the_next_question_is_the_next_without_an_answer_and_then_those_that_were_passed_over():
    given = replies(gas="是", bottled="否")
    assert following(of(), given, "bottled").id == "alarm"
    assert following(of(), given, "alarm").id == "exit"
    assert following(of(), given | replies(exit="是"), "exit").id == "alarm"
    assert following(of(), given | replies(exit="是", alarm="是"), "exit") is None
    assert progress(of(), given) == (2, 4)


def test_a_note_alone_is_no_answer():
    assert following(of(), {"gas": Given("gas", "", "等老板回来问")}).id == "gas"


def test_nothing_that_was_not_asked_is_left_unsaid():
    left = not_asked(of(), replies(gas="否"))
    assert (left.left_out, left.unticked) == (("外墙施工", "冷库"), ("店里住人", "有外包施工"))
    assert ids(left.unanswered) == ["exit"]
    assert [(one.because.id, one.reply, ids(one.questions)) for one in left.skipped] == [
        ("gas", "否", ["bottled", "alarm", "hose"])
    ]


def test_what_waits_for_an_answer_is_not_called_ruled_out():
    assert not_asked(of(), replies(gas="是")).skipped == ()
    assert [ids(one.questions) for one in not_asked(of(), replies(gas="是", bottled="否")).skipped] == [["hose"]]


def test_a_questionnaire_that_changed_says_what_is_new_reworded_and_gone():
    known = fingerprints(of())
    first, *rest = CHECK.questions
    later = replace(
        CHECK, questions=(replace(first, ask="店里现在还用燃气吗？"), *rest[:2], rest[3], replace(rest[0], id="cellar", when={}))
    )
    found = changes(known, of(check=later), replies(gas="是", hose="否"))
    assert (found.new, found.reworded, found.gone) == (("cellar",), ("gas",), ("hose",))
    assert not changes(known, of(), replies(gas="是"))
