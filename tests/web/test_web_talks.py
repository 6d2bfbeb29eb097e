"""Conversations on the page without a page: found, renamed, exported, asked anew, gone on from elsewhere."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import docx
import pytest
from bs4 import BeautifulSoup
from web_answers import ScriptedService, answer

from assistant.materials import Materials
from assistant.store.lessons import Lessons
from assistant.store.repository import Conversation, Repository
from assistant.store.talks import Match
from assistant.web import view, view_talks
from assistant.web.desk import Desk
from assistant.web.glossary import Glossary
from assistant.web.state import Exchange, Talk
from assistant.web.talks import TalkDesk

ME = {"owner": "a" * 24, "open": ""}
YOU = {"owner": "b" * 24, "open": ""}
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def desk(tmp_path):
    repository = Repository.in_home(tmp_path)
    yield Desk(ScriptedService(), repository, Glossary(), Materials(tmp_path, repository))
    repository.close()


@pytest.fixture
def talks(desk):
    return TalkDesk(desk)


def soup(html):
    return BeautifulSoup(html, "html.parser")


def asked(desk, *questions, talk=None, on=""):
    shown = None
    for question in questions:
        *_, shown = desk.ask(question, on, shown.talk if shown else talk or Talk(), ME)
    return shown.talk


def kept(desk, talk):
    return [turn.question for turn in desk.repository.turns(ME["owner"], talk.conversation)]


def test_a_question_asked_anew_takes_its_place_and_those_after_it_go(desk, talks):
    talk = asked(desk, "一", "二", "三", on="2021-02-01")
    *shown, on = talks.edit(talk, talk.exchanges[1].id)
    assert (shown[0], on) == ("二", "2021-02-01")
    editing = shown[1]
    assert "正在改第 2 问" in shown[2]
    assert "它后面的 1 问会一并去掉" in shown[2]
    assert kept(desk, talk) == ["一", "二", "三"]
    after = asked(desk, "改过的二", talk=editing)
    assert desk.service.asked[-1][1] == 1  # answered from what was before it alone
    assert [exchange.question for exchange in after.exchanges] == ["一", "改过的二"]
    assert kept(desk, talk) == ["一", "改过的二"]
    assert kept(desk, asked(desk, "新的三", talk=after)) == ["一", "改过的二", "新的三"]


def test_a_question_that_fails_anew_loses_nothing(desk, talks):
    talk = asked(desk, "一", "二")
    editing = talks.edit(talk, talk.exchanges[0].id)[1]
    failed = asked(desk, "太长", talk=editing)
    assert kept(desk, talk) == ["一", "二"]
    assert [exchange.question for exchange in failed.exchanges] == ["一", "二", "太长"]
    assert kept(desk, asked(desk, "短了", talk=failed)) == ["短了"]


def test_given_up_the_question_stays_as_it_was(desk, talks):
    talk = asked(desk, "一", "二")
    editing = talks.edit(talk, talk.exchanges[0].id)[1]
    *shown, on = talks.unedit(editing)
    assert (shown[0], shown[1], on) == ("", talk, "")
    assert "正在改" not in shown[2]
    assert kept(desk, asked(desk, "三", talk=shown[1])) == ["一", "二", "三"]


def test_an_answer_given_again_stays_in_its_place(desk, talks):
    talk = asked(desk, "一", "二", "三", on="2021-02-01")
    *_, shown = talks.again(talk, ME, "草稿", talk.exchanges[1].id)
    assert shown.question == "草稿"
    assert desk.service.asked[-1][:2] == ("二", 1)
    assert desk.service.asked[-1][2].isoformat() == "2021-02-01"
    assert [exchange.question for exchange in shown.talk.exchanges] == ["一", "二", "三"]
    assert [one.id == two.id for one, two in zip(talk.exchanges, shown.talk.exchanges, strict=True)] == [True, False, True]
    assert desk.load(shown.browser).talk == shown.talk


def test_an_answer_that_cannot_be_given_again_stays(desk, talks):
    talk = asked(desk, "一")
    desk.service.ask = lambda *_, **__: 1 / 0
    *_, shown = talks.again(talk, ME, "", talk.exchanges[0].id)
    assert shown.talk == talk
    assert "没有重答" in shown.notice
    assert "failure" not in shown.talk_html
    assert kept(desk, talk) == ["一"]


def test_a_turn_that_is_gone_is_said(desk, talks):
    talk = asked(desk, "一")
    assert "刷新页面" in talks.edit(talk, "none")[6]
    assert "刷新页面" in next(talks.again(talk, ME, "", "none")).notice
    assert "刷新页面" in talks.branch(ME, talk, "none").notice
    desk.repository.delete(ME["owner"], talk.conversation)
    *_, failed = desk.ask("二", "", talks.edit(talk, talk.exchanges[0].id)[1], ME)
    assert "已不在记录里" in failed.talk_html


def test_a_branch_opens_and_leaves_the_first_alone(desk, talks):
    talk = asked(desk, "一", "二", "三")
    shown = talks.branch(ME, talk, talk.exchanges[1].id)
    assert [exchange.question for exchange in shown.talk.exchanges] == ["一", "二"]
    assert shown.talk.answers == talk.answers[:2]
    assert "另起：一" in shown.history_html
    asked(desk, "别的三", talk=shown.talk)
    assert kept(desk, talk) == ["一", "二", "三"]
    assert kept(desk, shown.talk) == ["一", "二", "别的三"]


def test_after_a_restart_everything_is_there_with_its_citations(desk, talks, tmp_path):
    talk = asked(desk, "煤仓溃仓怎么定罪", "那量刑呢？", on="2021-02-01")
    again = Repository.in_home(tmp_path)
    restarted = Desk(ScriptedService(), again, Glossary(), Materials(tmp_path, again))
    shown = restarted.open(ME, talk.conversation)
    assert shown.talk == talk
    assert shown.talk.answers[1].citations == talk.answers[1].citations != ()
    assert "煤仓溃仓" in TalkDesk(restarted).find("溃仓", ME)
    again.close()


def test_conversations_are_found_by_their_owner_alone(desk, talks):
    asked(desk, "煤仓溃仓怎么定罪")
    page = soup(talks.find("溃仓", ME))
    assert page.select_one("h2").text == "找到 1 个咨询"
    assert page.select_one("mark").text == "溃仓"
    assert "没有找到" in talks.find("溃仓", YOU)
    assert talks.find(" ", ME) == ""
    assert soup(talks.find("最高人民法院 首要责任人", ME)).select_one(".open") is None
    assert soup(talks.find("溃仓 首要责任人", ME)).select_one(".open")


def test_what_was_typed_stays_text_in_the_list(desk):
    match = Match(Conversation("x", EVIL, datetime(2026, 1, 1)), f"{EVIL} 溃仓")
    for html in (view_talks.found([match], "溃仓 img"), view_talks.history([match.conversation], "", datetime.now(UTC))):
        assert soup(html).select("img") == []
    assert {mark.text for mark in soup(view_talks.found([match], "溃仓 img")).select("mark")} == {"溃仓", "img"}


def test_a_name_is_changed_or_why_not_is_said(desk, talks):
    talk = asked(desk, "一")
    shown = talks.rename(ME, talk, talk.conversation, "煤仓案")
    assert "煤仓案" in shown.history_html
    assert "不能是空的" in talks.rename(ME, talk, talk.conversation, " ").notice
    assert "已不在记录里" in talks.rename(YOU, talk, talk.conversation, "我的").notice
    assert "煤仓案" in desk.load(ME).history_html


def test_a_talk_is_exported_in_the_page_itself(desk, talks):
    talk = asked(desk, "一", "那二呢？")
    talks.rename(ME, talk, talk.conversation, "甲/乙:案?")
    for kind, suffix in (("word", "docx"), ("markdown", "md")):
        html, notice = talks.export(ME, talk.conversation, kind)
        link = soup(html).a
        content = base64.b64decode(link["href"].partition("base64,")[2])
        assert (link["download"], notice) == (f"甲 乙 案.{suffix}", "")
        text = content.decode() if kind == "markdown" else "\n".join(p.text for p in docx.Document(BytesIO(content)).paragraphs)
        assert "那二呢？" in text
    assert "已不在记录里" in talks.export(YOU, talk.conversation, "word")[1]


def test_an_opened_source_is_kept_for_its_question(desk, talks):
    talk = asked(desk, "一")
    turn = talk.exchanges[0].id
    talks.opened(ME, talk, {"turn": turn, "n": "2"})
    talks.opened(ME, talk, {"source": "law/刑法/134"})  # read, but not of an answer
    talks.opened(YOU, talk, {"turn": turn, "n": "1"})
    assert [lesson.opened for lesson in Lessons(desk.repository).all()] == [["law/解释/7"]]


def test_how_a_turn_was_taken_is_said_in_one_quiet_line():
    result = answer("要坐牢吗？")
    shown = soup(view.answer(replace(result, completed=f"{EVIL}，要坐牢吗？"), "t", Glossary()))
    assert shown.select_one(".taken").text == f"按“{EVIL}，要坐牢吗？”理解。"
    assert "换了话题" in soup(view.answer(replace(result, turned=True), "t", Glossary())).select_one(".taken").text
    assert soup(view.answer(result, "t", Glossary())).select_one(".taken") is None


def test_only_what_was_answered_can_be_remade():
    talk = Talk("c", (Exchange("a", "问", None, answer("问")), Exchange("b", "坏", failure="出了点问题")))
    turns = soup(view.talk(talk, Glossary())).select(".turn")
    assert [[button["data-act"] for button in turn.select(".remake button")] for turn in turns] == [
        ["edit", "again", "branch"],
        [],
    ]


def test_history_is_grouped_by_the_readers_days():
    zone = timezone(timedelta(hours=8))
    now = datetime(2026, 11, 19, 9, 0, tzinfo=zone)  # a Thursday
    past = [
        Conversation("a", "今早", datetime(2026, 11, 18, 17, 0)),  # 01:00 of the 19th in this zone
        Conversation("b", "周一", datetime(2026, 11, 15, 16, 0)),
        Conversation("c", "周日", datetime(2026, 11, 15, 15, 59)),
    ]
    page = soup(view_talks.history(past, "b", now))
    groups = {h.text: [b.text for b in h.find_next("ul").select(".open")] for h in page.select("h2")}
    assert groups == {"今天": ["今早"], "本周": ["周一"], "更早": ["周日"]}
    assert page.select_one("[aria-current]").text == "周一"
