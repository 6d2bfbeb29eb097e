"""宽严研判 in a real browser: from a told case to the result with its sources, facts changed in place, several people, a reload."""

from pathlib import Path

import pytest
from pages import ask

CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not at /usr/bin/chromium")]
ONE, TWO = "某矿三人死亡。", "某矿两人：三人死亡，甲矿长负主要责任。"


def turn_to(page):
    page.click("#bar nav a[data-page=assess]")
    page.wait_for_selector("#sheet h2")


def tell(page, text):
    turn_to(page)
    page.fill("#told textarea", text)
    page.click("#assess-go")
    page.wait_for_selector(".offence")


def test_from_a_told_case_to_a_source_that_opens(visit):
    page = visit()
    tell(page, ONE)
    assert page.locator(".tiers .on").inner_text().startswith("基本档")
    assert page.input_value("#fact-deaths-") == "3"
    page.click(".offence .decides .cite")
    card = page.locator("#assess-side .card.on")
    playwright.expect(card).to_be_in_viewport()
    assert "法释〔2015〕22号第六条" in card.inner_text()
    assert "死亡1人" in card.locator("mark").inner_text()
    card.locator("text=展开全文").click()
    page.wait_for_selector("#reader .reader .back")
    page.keyboard.press("Escape")
    playwright.expect(card).to_be_visible()


def test_a_fact_changed_in_place_changes_the_result(visit):
    page = visit()
    tell(page, ONE)
    page.select_option("#fact-responsibility-", "main")
    page.wait_for_selector(".tiers .on:has-text('加重档')")
    page.fill("#fact-deaths-", "2")
    page.press("#fact-deaths-", "Enter")
    page.wait_for_selector(".tiers .on:has-text('基本档')")
    assert page.input_value("#fact-deaths-") == "2"
    assert page.locator(":focus").get_attribute("id") == "fact-deaths-"


def test_a_fact_that_is_missing_is_found_by_what_it_would_change(visit):
    page = visit()
    tell(page, ONE)
    page.click(".wanting button >> text=对事故的责任")
    assert page.locator(":focus").get_attribute("id") == "fact-responsibility-"


def test_a_sheet_is_filled_in_by_hand(visit):
    page = visit()
    turn_to(page)
    page.fill("#fact-deaths-", "3")
    page.press("#fact-deaths-", "Tab")
    page.wait_for_selector(".offence")
    page.click(".rest > summary")
    page.click(".group:has-text('人（') > summary")
    page.select_option("#fact-responsibility-", "full")
    page.wait_for_selector(".tiers .on:has-text('加重档')")
    assert page.locator(".known #fact-responsibility-").count() == 1
    playwright.expect(page.locator("#fact-role-")).to_be_visible()  # what was unfolded stays so


def test_what_is_being_typed_is_not_lost_when_a_result_comes(visit):
    page = visit()
    tell(page, ONE)
    page.fill("#fact-deaths-", "4")
    page.focus("#fact-conduct_start-")  # sends the deaths
    page.keyboard.press("Control+A")
    page.keyboard.type("2021-02-05", delay=80)
    page.wait_for_function("() => document.querySelector('#fact-deaths-').getAttribute('value') === '4'")
    assert page.input_value("#fact-conduct_start-") == "2021-02-05"
    page.keyboard.press("Tab")
    page.wait_for_selector(".timeline .day:has-text('2021-02-05')")
    assert page.input_value("#fact-deaths-") == "4"


def test_what_cannot_be_is_said_beside_its_field_and_stays(visit):
    page = visit()
    tell(page, ONE)
    page.fill("#fact-deaths-", "-3")
    page.press("#fact-deaths-", "Tab")
    page.wait_for_selector("tr:has(#fact-deaths-) .wrong:has-text('不能是负数')")
    assert page.input_value("#fact-deaths-") == "-3"
    assert page.locator(".offence").count() == 1
    page.fill("#fact-deaths-", "3")
    page.press("#fact-deaths-", "Tab")
    page.wait_for_selector("#sheet .wrong", state="detached")


def test_two_people_stand_side_by_side(visit):
    page = visit()
    tell(page, TWO)
    assert page.locator(".people thead th").all_inner_texts() == ["甲矿长", "乙班长"]
    assert page.locator("#findings .tiers .on").inner_text().startswith("加重档")
    page.click("#sheet .chip >> text=乙班长")
    page.wait_for_selector("#findings .tiers .on:has-text('基本档')")
    page.select_option("#fact-responsibility-乙班长", "main")
    page.wait_for_function("() => document.querySelectorAll('.people tr:nth-child(4) td')[1].textContent.includes('七年')")


def test_a_person_is_added_by_keyboard_alone(visit):
    page = visit()
    tell(page, ONE)
    page.focus(".adding summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("赵某")
    page.keyboard.press("Enter")
    page.wait_for_selector(".chip[aria-pressed=true] >> text=赵某")
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#sheet .chip.drop")
    page.wait_for_selector(".chip[aria-pressed]", state="detached")


def test_items_of_the_loss_are_added_by_keyboard(visit):
    page = visit()
    tell(page, ONE)
    page.click(".losses summary")
    for name, wan in (("医疗费", "30"), ("罚款", "50")):
        page.fill("#loss-name", name)
        page.fill("#loss-wan", wan)
        page.press("#loss-wan", "Enter")
        page.wait_for_selector(f".losses li:has-text('{name}')")
        assert page.input_value("#loss-name") == ""
    assert page.locator(":focus").get_attribute("id") == "loss-name"
    assert page.locator(".loss .sum").inner_text().split() == ["合计", "30"]
    page.click(".losses li:has-text('医疗费') button")
    page.wait_for_selector(".loss .sum:has-text('0')")


def test_a_reload_keeps_the_sheet_and_its_result(visit):
    page = visit()
    tell(page, TWO)
    page.fill("#fact-deaths-", "5")
    page.press("#fact-deaths-", "Tab")
    page.wait_for_function("() => document.querySelector('#fact-deaths-').getAttribute('value') === '5'")
    page.wait_for_timeout(300)
    page.reload()
    page.wait_for_selector(".offence")
    assert page.input_value("#told textarea") == TWO
    assert page.input_value("#fact-deaths-") == "5"
    assert page.evaluate("document.body.dataset.page") == "assess"


def test_words_that_were_not_assessed_outlive_a_reload(visit):
    page = visit()
    tell(page, ONE)
    page.focus("#told textarea")
    page.keyboard.press("End")
    page.keyboard.type("后来又")
    page.reload()
    page.wait_for_function("text => document.querySelector('#told textarea')?.value === text", arg=f"{ONE}后来又")
    page.click("#assess-clear")
    page.wait_for_selector("#findings .start")
    page.reload()
    page.wait_for_selector("#sheet h2")
    page.wait_for_timeout(600)
    assert page.input_value("#told textarea") == ""


def test_a_case_that_cannot_be_read_keeps_its_words(visit):
    page = visit()
    turn_to(page)
    page.fill("#told textarea", "坏")
    page.click("#assess-go")
    page.wait_for_selector("#findings .failure:has-text('出了点问题')")
    assert page.input_value("#told textarea") == "坏"


def test_an_example_is_told_and_assessed_and_cleared(visit):
    page = visit()
    turn_to(page)
    page.click("#assess-controls >> text=示例一")
    page.wait_for_selector(".offence")
    assert "除尘系统" in page.input_value("#told textarea")
    page.click("#assess-clear")
    page.wait_for_selector("#findings .start")
    assert page.input_value("#told textarea") == ""


def test_two_visitors_do_not_see_each_others_case(visit):
    one, other = visit(), visit()
    tell(one, ONE)
    turn_to(other)
    other.fill("#fact-minor_injuries-", "1")
    other.press("#fact-minor_injuries-", "Tab")
    other.wait_for_selector(".offence")
    assert other.input_value("#fact-deaths-") == ""
    assert one.input_value("#fact-deaths-") == "3"


def test_the_text_can_be_copied_and_names_its_articles(visit):
    page = visit()
    tell(page, ONE)
    text = page.locator("#findings [data-do=copy]").get_attribute("data-copy")
    assert "重大责任事故罪（刑法第134条第1款，待查）" in text
    assert "法释〔2015〕22号第六条第一款第（一）项" in text
    assert "供承办人判断，不是结论" in page.locator(".statement").inner_text()


@pytest.mark.parametrize("width", [390, 800, 1100, 1440])
def test_nothing_is_wider_than_the_window(visit, width):
    page = visit(viewport={"width": width, "height": 844})
    tell(page, TWO)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.locator("#bar nav a[data-page=assess]").bounding_box()["width"] > 0
    for name in ("#told", "#sheet", "#findings", "#assess-side"):
        box = page.locator(name).bounding_box()
        assert box["width"] > 250
        assert box["x"] + box["width"] <= width + 1


def test_on_a_phone_a_number_leads_to_its_card_and_back(visit):
    page = visit(viewport={"width": 390, "height": 844})
    tell(page, ONE)
    number = page.locator(".offence .decides .cite")
    number.click()
    playwright.expect(page.locator("#assess-side .card.on")).to_be_in_viewport()
    page.locator("#assess-side .card.on >> text=回到原处").click()
    playwright.expect(number).to_be_in_viewport()


def test_the_sources_of_the_talk_are_left_alone(visit):
    page = visit()
    ask(page, "溃仓怎么定罪")
    tell(page, ONE)
    page.click(".offence .decides .cite")
    page.click("#bar nav a[data-page=ask]")
    page.wait_for_selector("#sources .card", state="visible")
    playwright.expect(page.locator("#assess-side")).to_be_hidden()
    page.click(".answer .cite >> nth=0")
    playwright.expect(page.locator("#sources .card.on")).to_be_visible()
