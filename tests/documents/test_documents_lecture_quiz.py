"""小测: what a lecture asks at its end, out of the bank and with the lecture's own sources."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from lectures import FOLDER, TEN, built, lecturing, quizzing, sources

from assistant.answer.draft import in_chinese
from assistant.documents.quiz_draw import drawn
from assistant.documents.quiz_proof import Draft
from assistant.domain.lecture import Audience, Part
from assistant.domain.quiz import LETTERS, QuizKind


@pytest.fixture(scope="module")
def drafts():
    return {
        in_chinese(draft.stem): draft for draft in lecturing()._bank(date.today()).drafts if draft.kind is not QuizKind.MULTIPLE
    }


@pytest.mark.parametrize(("audience", "topic"), TEN, ids=lambda value: str(value))
def test_twenty_questions_of_three_kinds_open_to_the_sources_of_the_lecture(audience, topic):
    lecture = built(topic, audience)
    assert len(lecture.questions) == 20
    kinds = Counter(one.kind for one in lecture.questions)
    assert kinds["判断"] <= 12
    assert kinds["单选"] >= 5
    assert kinds["多选"] >= 1
    for one in lecture.questions:
        assert one.why.cites, one.stem
        assert all(lecture.citation(n).quote for n in one.why.cites)
        assert set(one.right) <= set(LETTERS[: len(one.options)])
        assert len(one.right) > 1 if one.kind == "多选" else len(one.right) == 1


@pytest.mark.parametrize(("audience", "topic"), TEN, ids=lambda value: str(value))
def test_right_and_wrong_are_balanced_among_what_is_judged(audience, topic):
    answers = Counter(one.right for one in built(topic, audience).questions if one.kind == "判断")
    assert abs(answers["A"] - answers["B"]) <= 2, answers


@pytest.mark.parametrize(("audience", "topic"), TEN, ids=lambda value: str(value))
def test_no_question_gives_away_another_nor_carries_a_mark_of_the_library(audience, topic):
    lecture = built(topic, audience)
    assert len({one.why.text for one in lecture.questions}) == len(lecture.questions)
    for one in lecture.questions:
        assert not [aside for aside in ("〔", "原文", "要旨", "库内", "核到", "待核") if aside in one.stem + "".join(one.options)]
        assert len(one.stem) <= 120


@pytest.mark.parametrize(("audience", "topic"), TEN, ids=lambda value: str(value))
def test_the_questions_on_slides_are_of_different_sorts_and_the_answer_slide_has_its_source(audience, topic, drafts):
    lecture = built(topic, audience)
    shown = [slide for slide in lecture.slides if slide.layout == "options"]
    assert len(shown) == 8
    assert [slide.figure for slide in shown[1::2]] == [one.right for one in lecture.questions[:4]]
    assert all(slide.cites for slide in shown[1::2])
    assert (
        len(
            {drafts[one.stem].sort for one in lecture.questions[:4] if one.stem in drafts}
            | {one.kind for one in lecture.questions[:4]}
        )
        >= 4
    )


def test_most_questions_concern_what_the_lecture_teaches(drafts):
    for audience in (Audience.HEADS, Audience.OFFICERS, Audience.PROSECUTORS):
        lecture = built("宽严相济", audience)
        topic = lecture.outline.topic
        own = {block.record for block in lecture.outline.blocks} | {
            *topic.duties, *topic.offences, *topic.balance, *topic.procedures, *topic.myths, *topic.cases
        }  # fmt: skip
        held = [drafts[one.stem] for one in lecture.questions if one.stem in drafts]
        assert sum(not own.isdisjoint(draft.records) for draft in held) >= 0.8 * len(held)


def test_a_question_says_what_its_draft_of_the_bank_says(drafts):
    lecture = built("动火作业", Audience.WORKERS)
    asked = [one for one in lecture.questions if one.kind != "多选"]
    assert len(asked) >= 15
    for one in asked:
        draft = drafts[one.stem]
        assert tuple(one.options[LETTERS.index(letter)] for letter in one.right) == draft.right
        assert one.why.text == in_chinese(draft.explanation)


def test_what_the_lecture_cannot_cite_is_not_asked():
    outline = lecturing().outline("动火作业", "班组工人", 60)
    gone = next(one for one in built("动火作业", Audience.WORKERS).questions if one.kind == "判断" and one.right == "B")
    knowledge = sources().knowledge
    provisions = tuple(replace(one, confidence="K") if one.ref.law == "安全生产法" else one for one in knowledge.provisions)
    from assistant.answer.match import Matcher
    from assistant.answer.sources import Sources
    from assistant.lecturing import Lecturing

    library = Sources(replace(knowledge, provisions=provisions))
    matcher = Matcher(record for record in knowledge.records if record.kind != "risk_tip")
    poor = Lecturing(knowledge, FOLDER, lambda: library, lambda: matcher, lambda said: said, quizzing(lambda: library).bank)
    lecture = poor.build(outline)
    assert lecture.questions
    assert gone.stem not in {one.stem for one in lecture.questions}
    assert not any("安全生产法》" in lecture.citation(n).title for one in lecture.questions for n in one.why.cites)


def test_without_a_quiz_no_bank_is_built():
    outline = lecturing().outline("动火作业", "班组工人", 30)
    from assistant.documents.lecture_build import build

    short = replace(outline, blocks=tuple(one for one in outline.blocks if one.part is not Part.QUIZ))

    def none(on):
        raise AssertionError("the bank was asked for")

    assert build(short, lecturing().shelves, date.today(), none).questions == ()


def test_drawing_takes_turns_and_asks_what_one_statement_proves_once():
    def draft(n, kind, right, proof):
        wrong = ("错",) if right == "对" else ("对",)
        return Draft(kind, f"题{n}", (right,), wrong, proof, ("安全生产法#4",), (), ("班组工人",), "甲", sort="说法")

    many = [draft(n, QuizKind.TRUTH, "错" if n < 40 else "对", f"句{n}") for n in range(50)]
    twice = [draft(n, QuizKind.SINGLE, "3日", f"句{n - 50}") for n in range(50, 60)]
    order = list(drawn([*many, *twice], 3))
    assert {one.right[0] for one in order[:4]} == {"3日", "错", "对"}
    assert Counter(one.right[0] for one in order if one.kind is QuizKind.TRUTH and one in order[:20])["对"] >= 5
    assert len({one.explanation for one in order}) == len(order) == 50
