"""From a case told in the talk to the page 宽严研判, in a real browser."""

from pathlib import Path

import pytest
from pages import ask

CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not at /usr/bin/chromium")]
TOLD, OTHER = "某矿三人死亡，怎么处理？", "某矿另一个案件，怎么处理？"


def change(page, n=-1):
    page.locator(".understood summary").nth(n).click()
    page.locator(".understood button").nth(n).click()


def back(page):
    page.click("#bar nav a[data-page=ask]")


def test_the_facts_of_a_told_case_are_changed_on_the_page(visit):
    page = visit()
    ask(page, TOLD)
    page.locator(".understood summary").click()
    assert page.locator(".understood li").all_inner_texts() == ["死亡人数：3人", "对事故的责任：<b>"]
    page.click(".understood button")
    page.wait_for_selector("body[data-page=assess] .offence")
    assert page.input_value("#told textarea") == TOLD
    assert page.input_value("#fact-deaths-") == "3"
    page.reload()
    page.wait_for_selector("body[data-page=assess] .offence")
    back(page)
    change(page)  # kept with the talk
    page.wait_for_selector("body[data-page=assess] .offence")


def test_a_case_that_was_changed_is_not_lost_unasked(visit):
    page = visit()
    ask(page, TOLD)
    ask(page, OTHER)
    change(page, 0)
    page.wait_for_selector(".offence")
    page.fill("#fact-deaths-", "2")
    page.press("#fact-deaths-", "Enter")
    page.wait_for_function("document.querySelector('#fact-deaths-').getAttribute('value') === '2'")
    back(page)
    page.locator(".understood button").nth(0).click()  # the same case: nothing to ask
    page.wait_for_selector("body[data-page=assess]")
    page.wait_for_timeout(500)
    assert page.input_value("#fact-deaths-") == "2"
    back(page)
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    change(page, 1)
    page.wait_for_timeout(500)
    assert "已有另一个案件" in asked[0]
    assert page.locator("body[data-page=ask]").count() == 1
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator(".understood button").nth(1).click()
    page.wait_for_function("told => document.querySelector('#told textarea').value === told", arg=OTHER)
    page.wait_for_function("document.querySelector('#fact-deaths-').getAttribute('value') === '3'")


def test_a_known_case_opens_at_the_right(visit):
    page = visit()
    ask(page, TOLD)
    change(page)
    page.click(".similar li:first-child .cite")
    card = page.locator("#assess-side .card.on")
    playwright.expect(card).to_be_in_viewport()
    assert "检例第95号" in card.inner_text()


@pytest.mark.parametrize("width", [360, 390, 1440])
def test_nothing_is_wider_than_the_window(visit, width):
    page = visit(viewport={"width": width, "height": 800})
    ask(page, TOLD)
    page.locator(".understood summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click(".understood button")
    page.wait_for_selector(".similar")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
