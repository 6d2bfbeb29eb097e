"""测验 without a browser: how wrong ones come again, what is kept, and what a page may send that no page of ours would."""

import json
from dataclasses import replace

import pytest

from assistant.answer.authorities import Authorities
from assistant.domain.quiz import TRUTH, QuizItem, QuizKind
from assistant.errors import UsageError
from assistant.services import Services
from assistant.settings import Settings
from assistant.web import view_quiz, view_quiz_end
from assistant.web.quiz_desk import QuizDesk
from assistant.web.quiz_state import Asked, Held, Run, asked_of, kept, resumed, stored_asked

EVIL = '<img src=x onerror="window.hit=1">'


def item(name, kind=QuizKind.SINGLE, topic="甲"):
    options = TRUTH if kind is QuizKind.TRUTH else ("一", "二", "三")
    answer = (0, 2) if kind is QuizKind.MULTIPLE else (0,)
    return QuizItem(name, kind, f"题{name}", options, answer, "解析", (), ("case.x",), ("检察官",), topic)


def played(run, *picks):
    for pick in picks:
        run = replace(run.answered((pick,)), seen=False)
    return run


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    return Services(Settings(home=tmp_path_factory.mktemp("home")))


@pytest.fixture
def desk(services):
    return QuizDesk(services)


def last(shown):
    return list(shown)[-1]


def drawn(desk, **said):
    return last(desk.draw(Held(), None, {"topic": "煤矿", "count": "5", **said})).held


def test_a_wrong_one_comes_after_three_others_then_at_the_end_until_it_is_right():
    run = Run(tuple(map(item, "abcdef")))
    run = played(run, 1)
    assert run.queue == (1, 2, 3, 0, 4, 5)
    run = played(run, 0, 0, 0, 1)
    assert run.queue == (4, 5, 0)
    run = played(run, 0, 0, 1)
    assert run.queue == (0,), "alone it comes again at once"
    run = played(run, 0)
    assert (run.queue, run.over, run.score, run.wrong) == ((), True, 5, (0,))
    assert [turn.again for turn in run.turns] == [False] * 4 + [True, False, False, True, True]


def test_near_the_end_it_comes_as_late_as_there_are_others():
    run = played(Run(tuple(map(item, "abc"))), 0, 1)
    assert run.queue == (2, 1)


def test_the_score_is_by_topic_and_of_first_answers():
    run = Run((item("a"), item("b", topic="乙"), item("c", topic="乙")))
    run = played(run, 1, 0, 1)
    assert list(run.topics()) == [("甲", 0, 1), ("乙", 1, 2)]
    assert replace(run, ended=True).over


@pytest.mark.parametrize("picked", [(), (3,), (-1,), (0, 1)])
def test_an_answer_that_cannot_be_is_refused(picked):
    with pytest.raises(UsageError):
        Run((item("a"),)).answered(picked)


def test_several_answers_are_one_answer_in_any_order():
    run = Run((item("a", QuizKind.MULTIPLE),)).answered((2, 0, 2))
    assert run.given == ((0, 2),)
    assert run.turns[0].right


def test_what_a_browser_keeps_leads_to_the_same_run_and_holds_no_question():
    paper = tuple(map(item, "abcdef"))
    run = played(Run(paper[1:4]), 1, 0).answered((0,))
    held = Held(Asked("煤矿", "检察官", ("单选",), "6"), ("煤矿",), 7, run, paper)
    stored = json.loads(json.dumps(kept(held)))
    assert "解析" not in json.dumps(stored, ensure_ascii=False)
    assert stored_asked(stored) == held.asked
    again = resumed(stored, paper)
    assert (again.items, again.given, again.seen, again.place) == (run.items, run.given, run.seen, run.place)
    assert kept(Held()) == {}


@pytest.mark.parametrize(
    "tampered",
    [
        {"paper": ["x"]},
        {"run": None},
        {"given": "x"},
        {"given": [["0"]]},
        {"given": [[0, 1]]},
        {"given": [[9]]},
        {"given": [[0]] * 9},
        {"run": []},
    ],
)
def test_what_a_browser_kept_and_does_not_fit_is_refused(tampered):
    paper = tuple(map(item, "ab"))
    stored = kept(Held(run=Run(paper, ((0,),)), paper=paper)) | tampered
    with pytest.raises(UsageError):
        resumed(stored, paper)


def test_an_unknown_topic_and_bad_counts_get_a_sentence_and_the_form_stays(desk):
    for said, sentence in [
        ({"topic": "红烧肉怎么做"}, "题库里没有合这些条件的题"),
        ({"audience": "路人"}, "没有“路人”这一类听众"),
        ({"count": "0"}, "1 到 500"),
        ({"count": "501"}, "1 到 500"),
        ({"count": "-3"}, "1 到 500"),
        ({"count": ""}, "1 到 500"),
        ({"count": "9" * 60}, "1 到 500"),
    ]:
        shown = last(desk.draw(Held(), None, {"topic": "煤矿", "count": "5", **said}))
        assert sentence in shown.page
        assert shown.held.run is None
        assert f'value="{said.get("topic", "煤矿")}"' in shown.page


def test_kinds_audience_and_topic_are_what_was_asked_for(desk):
    held = drawn(desk, audience="班组工人", **{"kind-判断": "on"})
    assert len(held.paper) == 5
    assert all(one.kind is QuizKind.TRUTH and "班组工人" in one.level and one.topic == "煤矿" for one in held.paper)


def test_a_tampered_or_late_answer_changes_nothing(desk):
    held = drawn(desk)
    for data in ({"turn": "0", "pick": "99"}, {"turn": "0", "pick": "x"}, {"turn": "0"}, {"turn": "0", "tick-7": "on"}):
        shown = desk.act("answer", held, data)
        assert 'role="alert"' in shown.page
        assert shown.held == held
    once = desk.act("answer", held, {"turn": "0", "pick": "0"}).held
    assert once.run.given == ((0,),)
    assert desk.act("answer", once, {"turn": "0", "pick": "1"}).held == once, "a second click"
    assert desk.act("next", once, {"turn": "0"}).held == once
    assert desk.act("answer", once, {"turn": "1", "pick": "1"}).held == once, "before going on"


def test_events_without_a_quiz_get_a_sentence(desk):
    for name in ("answer", "next", "finish", "more", "redo"):
        assert "请先出题" in desk.act(name, Held(), {}).page
    assert "请先出题" in desk.take(Held(), {"kind": "paper"})
    assert "没有这样的文件" in desk.take(drawn(desk), {"kind": "exe"})


def test_a_kept_quiz_that_does_not_fit_any_more_is_said_and_let_go(desk):
    held = drawn(desk)
    fine = kept(held)
    assert last(desk.open(Held(), fine, {})).held.paper == held.paper
    shown = last(desk.open(Held(), fine | {"seed": held.seed + 1}, {}))
    assert "请重新出题" in shown.page
    assert shown.kept == {}
    assert shown.held.topics
    for stored in (fine | {"seed": "x"}, fine | {"kinds": 7, "count": None}, fine | {"count": [1]}):
        shown = last(desk.open(Held(), stored, {}))
        assert shown.held.run is None
        assert 'role="alert"' in shown.page


def test_two_browsers_hold_their_own(desk):
    one, other = drawn(desk), drawn(desk)
    desk.act("answer", one, {"turn": "0", "pick": "0"})
    assert other.run.given == ()
    assert "没有做" in view_quiz_end.sheet(other.run)


def test_whatever_was_written_is_text():
    evil = QuizItem("a", QuizKind.SINGLE, EVIL, (EVIL, "二"), (1,), EVIL, (), ("case.x",), ("检察官",), EVIL)
    run = Run((evil,)).answered((0,))
    shown = [
        view_quiz.form(asked_of({"topic": EVIL, "count": EVIL}), {"专题": [EVIL]}, EVIL),
        view_quiz.waiting(asked_of({"topic": EVIL}), {"专题": [EVIL]}, EVIL, 1, 2),
        view_quiz.question(run, EVIL, Authorities(), EVIL),
        view_quiz.question(replace(run, given=(), seen=False), EVIL, Authorities(), EVIL),
        view_quiz_end.end(replace(run, seen=False, ended=True), EVIL, Authorities(), EVIL),
    ]
    assert all(EVIL not in text for text in shown)
    assert "&lt;img" in shown[2]
