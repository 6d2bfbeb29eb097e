"""From a lecture, questions or a drill that is asked for in the talk to the part of 讲堂 that makes it, in a real browser."""

from pathlib import Path

import pytest
from pages import ask

CHROMIUM = Path("/usr/bin/chromium")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not at /usr/bin/chromium")]


def test_a_lecture_that_is_asked_for_stands_in_the_form(visit):
    page = visit()
    ask(page, "帮我做一节50分钟的动火作业警示课，讲给安全员")
    page.reload()
    page.click("[data-wish=lecture]")
    page.wait_for_function("document.querySelector('.lecture-form [name=topic]')?.value === '动火作业'")
    assert page.locator(".lecture-form [name=audience]:checked").input_value() == "安全管理人员"
    assert page.locator(".lecture-form [name=style]:checked").input_value() == "警示"
    assert page.input_value(".lecture-form [name=minutes]") == "50"
    page.click("[data-act=plan]")
    page.locator(".blocks li").first.wait_for()


def test_an_outline_that_stands_there_is_not_lost(visit):
    page = visit()
    page.evaluate("location.hash = 'lecture'")
    page.fill("#lecture [name=topic]", "瞒报")
    page.click("[data-act=plan]")
    page.locator(".blocks li").first.wait_for()
    page.evaluate("location.hash = 'ask'")
    ask(page, "帮我备一节有限空间的课")
    page.click("[data-wish=lecture]")
    page.wait_for_selector("body[data-page=lecture]")
    assert page.locator(".blocks li").count() > 3


def test_questions_and_drills_that_are_asked_for_lead_to_their_parts(visit):
    page = visit()
    ask(page, "给我出12道煤矿的选择题")
    page.click("[data-wish=quiz]")
    page.wait_for_function("document.querySelector('.quiz-form [name=topic]')?.value === '煤矿'", timeout=60_000)
    assert page.input_value(".quiz-form [name=count]") == "12"
    page.evaluate("location.hash = 'ask'")
    ask(page, "有没有有限空间的案例演练")
    page.click("[data-wish=drill]")
    page.wait_for_selector("body[data-page=lecture][data-part=drill]")


def test_a_question_of_law_offers_no_lecture(visit):
    page = visit()
    ask(page, "没做培训就上岗怎么罚？")
    assert page.locator("[data-wish]").count() == 0
