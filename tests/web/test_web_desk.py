"""The events of the page without a page: what is kept, what is shown, what is stopped."""

import logging
import threading
import time

import pytest
from web_answers import ScriptedService

from assistant.materials import Materials
from assistant.store.repository import Feedback, Repository
from assistant.web.browser import Browser
from assistant.web.desk import BROKEN, STOPPED, Desk
from assistant.web.glossary import Glossary
from assistant.web.state import Talk

ME = {"owner": "a" * 24, "open": ""}
YOU = {"owner": "b" * 24, "open": ""}


@pytest.fixture
def desk(tmp_path):
    repository = Repository.in_home(tmp_path)
    yield Desk(ScriptedService(), repository, Glossary(), Materials(tmp_path, repository))
    repository.close()


def ask(desk, question, on="", talk=None, browser=ME):
    return list(desk.ask(question, on, talk or Talk(), browser))[-1]


def test_an_answer_is_kept_and_comes_back_with_its_citations(desk):
    first = ask(desk, "怎么定罪？", "2021-03-01")
    assert first.question == ""
    second = ask(desk, "那怎么量刑？", talk=first.talk, browser=first.browser)
    assert desk.service.asked[1][1] == 1
    back = desk.load(second.browser)
    assert back.talk == second.talk
    assert [e.answer.citations for e in back.talk.exchanges] == [e.answer.citations for e in second.talk.exchanges]
    assert back.talk.exchanges[0].on.isoformat() == "2021-03-01"
    assert "怎么定罪？" in back.history_html


def test_another_browser_sees_and_opens_nothing(desk):
    mine = ask(desk, "我的秘密")
    other = desk.load(YOU)
    assert "秘密" not in other.history_html + other.talk_html
    tried = desk.open(YOU, mine.talk.conversation)
    assert "已不在记录里" in tried.notice
    assert "秘密" not in tried.history_html
    desk.drop(YOU, Talk(), mine.talk.conversation)
    assert desk.load(mine.browser).talk == mine.talk


def test_what_cannot_be_asked_stays_in_the_box(desk, caplog):
    for question, on, sentence in [("太长", "", "请删减"), ("问", "去年", "不是一个日期")]:
        shown = ask(desk, question, on)
        assert sentence in shown.talk_html
        assert "update" in str(shown.question)  # untouched
    with caplog.at_level(logging.ERROR):
        shown = ask(desk, "坏了")
    assert BROKEN in shown.talk_html
    assert "secret detail" not in shown.talk_html
    assert "secret detail" in caplog.text
    assert desk.repository.conversations(ME["owner"]) == []


def test_a_failed_question_leaves_the_talk_when_the_next_is_asked(desk):
    failed = ask(desk, "太长")
    assert "请删减" not in ask(desk, "好", talk=failed.talk).talk_html


def test_stop_stops_the_work_itself(desk):
    events = desk.ask("慢慢来", "", Talk(), ME)
    started = next(events)
    threading.Timer(0.1, desk.stop, [started.running]).start()
    begun = time.monotonic()
    last = list(events)[-1]
    assert time.monotonic() - begun < 5
    assert STOPPED in last.talk_html
    assert desk.service.cancelled.wait(2)


def test_a_closed_tab_stops_the_work_too(desk):
    events = desk.ask("慢慢来", "", Talk(), ME)
    next(events)
    events.close()
    assert desk.service.cancelled.wait(2)


def test_feedback_needs_ones_own_answer(desk):
    mine = ask(desk, "问")
    turn = mine.talk.exchanges[0].id
    assert "谢谢" in desk.judge(ME, {"act": "wrong", "turn": turn, "sentence": "一句", "note": "少了条件"})
    assert "没有保存" in desk.judge(YOU, {"act": "useful", "turn": turn})
    assert desk.repository.feedback(ME["owner"], mine.talk.conversation) == [(turn, Feedback("有误", "一句", "少了条件"))]


def test_a_source_opens_by_its_number_or_says_that_it_is_gone(desk):
    mine = ask(desk, "问")
    turn = mine.talk.exchanges[0].id
    assert "<mark>强令" in desk.read(mine.talk, {"turn": turn, "n": "1"})
    assert "知识库里没有这一条" in desk.read(mine.talk, {"turn": turn, "n": "4"})
    assert "知识库里没有这一条" in desk.read(Talk(), {})


def test_deleting_the_open_talk_empties_the_page(desk):
    mine = ask(desk, "问")
    shown = desk.drop(mine.browser, mine.talk, mine.talk.conversation)
    assert shown.talk == Talk()
    assert desk.load(mine.browser).talk == Talk()


@pytest.mark.parametrize("stored", [None, "x", {}, {"owner": 3}, {"owner": "short"}])
def test_what_is_not_ours_in_local_storage_begins_anew(stored):
    assert len(Browser.read(stored).owner) >= 20
    assert Browser.read(stored) != Browser.read(stored)


def test_the_library_is_searched(desk):
    assert "《刑法》第一百三十四条</b>" in desk.find("刑法134条", None)
    assert "没有找到" in desk.find("没有这种事", None)
    desk.service.search = lambda *_, **__: 1 / 0
    assert "已记录" in desk.find("坏", None)
