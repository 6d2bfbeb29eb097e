"""Conversations in a real browser: asked anew, gone on from elsewhere, searched, renamed, exported, deleted, after a reload too."""

import json
import zipfile
from pathlib import Path

import pytest
from pages import ask, ready

CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not at /usr/bin/chromium"),
]


def questions(page):
    return page.locator(".turn .q p").all_inner_texts()


def past(page, title):
    return page.locator("#history .past li", has_text=title)


def choose(page, title, action):
    item = past(page, title)
    item.hover()
    item.locator("summary").click()
    item.locator(".menu button", has_text=action).click()


def test_a_question_is_edited_and_asked_anew(visit):
    page = visit()
    for question in ("第一问", "第二问", "第三问"):
        ask(page, question)
    page.hover(".turn >> nth=1")
    page.click(".turn >> nth=1 >> text=改问")
    page.wait_for_selector(".anew:has-text('正在改第 2 问')")
    assert page.input_value("#question textarea") == "第二问"
    page.wait_for_timeout(500)
    page.fill("#question textarea", "改过的第二问")
    page.press("#question textarea", "Enter")
    page.wait_for_function("() => document.querySelectorAll('.turn').length === 2")
    page.wait_for_selector(".turn:has-text('改过的第二问') .answer:has-text('此前已答过的问题有 1 个')")
    page.wait_for_selector(".anew", state="detached")
    page.reload()
    ready(page)
    page.wait_for_selector(".turn >> nth=1")
    assert questions(page) == ["第一问", "改过的第二问"]


def test_an_edit_is_given_up(visit):
    page = visit()
    ask(page, "就这一问")
    page.click(".turn >> text=改问")
    page.click(".anew button:has-text('取消')")
    page.wait_for_selector(".anew", state="detached")
    assert page.input_value("#question textarea") == ""
    ask(page, "下一问")
    assert questions(page) == ["就这一问", "下一问"]


def test_an_answer_is_given_again_in_its_place(visit, service):
    page = visit()
    ask(page, "甲问")
    ask(page, "乙问")
    turn = page.locator(".turn").nth(0).get_attribute("data-turn")
    page.fill("#question textarea", "还没写完")
    page.hover(".turn >> nth=0")
    page.click(".turn >> nth=0 >> text=重答")
    page.wait_for_function("(id) => document.querySelector('.turn .answer') && !document.querySelector(`.turn[data-turn='${id}']`)"
                           " && document.querySelectorAll('.answer').length === 2", arg=turn)  # fmt: skip
    assert questions(page) == ["甲问", "乙问"]
    assert service.asked[-1][:2] == ("甲问", 0)
    playwright.expect(page.locator(".turn >> nth=0 >> .q")).to_be_in_viewport()
    assert page.input_value("#question textarea") == "还没写完"


def test_a_stopped_second_answer_leaves_the_first(visit, service):
    page = visit()
    ask(page, "快问")
    old, service.ask = service.ask, lambda question, **more: type(service).ask(service, f"慢{question}", **more)
    try:
        page.click(".turn >> text=重答")
        page.wait_for_selector("#stop", state="visible")
        page.keyboard.press("Escape")
        page.wait_for_selector("body > .notice:has-text('没有重答')")
    finally:
        service.ask = old
    assert questions(page) == ["快问"]
    page.wait_for_selector(".answer")


def test_a_branch_goes_on_by_itself(visit):
    page = visit()
    ask(page, "起头")
    ask(page, "岔路口")
    page.hover(".turn >> nth=0")
    page.click(".turn >> nth=0 >> text=从这里另起")
    page.wait_for_function("() => document.querySelectorAll('.turn').length === 1")
    ask(page, "另一条路")
    assert questions(page) == ["起头", "另一条路"]
    page.click("#history .open:text-is('起头')")
    page.wait_for_selector(".turn:has-text('岔路口')")
    assert questions(page) == ["起头", "岔路口"]


def test_talks_are_searched_as_one_types(visit):
    page = visit()
    ask(page, "煤仓溃仓怎么定罪")
    page.click("#new")
    page.wait_for_selector(".welcome")
    ask(page, "无证电焊")
    page.type("#past-query input", "溃仓")
    page.wait_for_selector("#found mark:has-text('溃仓')")
    page.wait_for_selector("#history", state="hidden")
    page.fill("#past-query input", "没有说过的话")
    page.wait_for_selector("#found:has-text('没有找到')")
    page.fill("#past-query input", "首要责任人")  # in the answers
    playwright.expect(page.locator("#found .open")).to_have_count(2)
    page.fill("#past-query input", "溃仓怎么")
    playwright.expect(page.locator("#found .open")).to_have_count(1)
    page.click("#found .open")
    page.wait_for_selector(".turn .q:has-text('煤仓溃仓')")
    page.fill("#past-query input", "")
    page.wait_for_selector("#history", state="visible")


def test_a_talk_is_renamed_and_stays_so(visit):
    page = visit()
    ask(page, "原来的名字")
    choose(page, "原来的名字", "改名")
    page.fill("form.rename:visible input", "煤仓 <b>案</b>")
    page.press("form.rename:visible input", "Enter")
    page.wait_for_selector("#history .open:has-text('煤仓 <b>案</b>')")
    page.reload()
    ready(page)
    page.wait_for_selector("#history .open:has-text('煤仓 <b>案</b>')")
    choose(page, "煤仓", "改名")
    page.keyboard.press("Escape")
    page.wait_for_selector("form.rename:visible", state="detached")


def test_a_talk_is_exported(visit, tmp_path):
    page = visit()
    ask(page, "要导出的问题")
    files = {}
    for action in ("导出 Word", "导出 Markdown"):
        with page.expect_download() as download:
            choose(page, "要导出的问题", action)
        files[action] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[action])
    assert [file.name for file in files.values()] == ["要导出的问题.docx", "要导出的问题.md"]
    notes = zipfile.ZipFile(files["导出 Word"]).read("word/footnotes.xml").decode()
    assert "《刑法》第一百三十四条第二款" in notes
    assert "[^1]: 《刑法》第一百三十四条第二款" in files["导出 Markdown"].read_text(encoding="utf-8")


def test_a_deleted_talk_leaves_the_page_the_list_and_the_file(visit, home):
    page = visit()
    ask(page, "镜花水月的案子")
    page.type("#past-query input", "镜花水月")
    page.wait_for_selector("#found .open")

    def left():
        raw = b"".join(file.read_bytes() for file in home.rglob("anheng.db*"))
        return "镜花水月".encode() in raw or json.dumps("镜花水月")[1:-1].encode() in raw

    assert left()
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.hover("#found li")
    page.click("#found summary")
    page.click("#found .drop")
    page.wait_for_timeout(500)
    assert left()
    page.once("dialog", lambda dialog: dialog.accept())
    page.hover("#found li")
    page.click("#found summary")
    page.click("#found .drop")
    page.wait_for_selector("#found:has-text('没有找到')")
    page.wait_for_selector(".welcome")
    assert not left()
    page.fill("#past-query input", "")
    page.wait_for_timeout(500)
    page.reload()
    ready(page)
    assert "镜花水月" not in page.content()


def test_an_opened_source_is_remembered(visit, home):
    from assistant.store.lessons import Lessons
    from assistant.store.repository import Repository

    page = visit()
    ask(page, "翻开看看")
    page.click(".card >> nth=0 >> text=展开全文")
    page.wait_for_selector(".reader mark", state="visible")
    repository = Repository.in_home(home)
    shown = {lesson.question: lesson.opened for lesson in Lessons(repository).all()}
    repository.close()
    assert shown["翻开看看"] == ["law/刑法/134"]


def test_the_menu_is_reached_and_left_by_keys(visit):
    page = visit()
    ask(page, "用键盘")
    page.focus("#history .open")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".menu[open] >> text=改名", state="visible")
    page.keyboard.press("Escape")
    playwright.expect(page.locator(".menu[open]")).to_have_count(0)
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_on_a_phone_talks_are_under_the_menu(visit):
    page = visit(viewport={"width": 390, "height": 844})
    ask(page, "手机上问")
    page.click("text=改问")
    page.wait_for_selector(".anew", state="visible")
    bar, box = (page.locator(name).bounding_box() for name in (".anew", "#composer"))
    assert bar["y"] + bar["height"] <= box["y"] + 1
    page.click(".anew button")
    page.click("#bar .menu")
    page.click("#history summary")
    menu = page.locator(".menu[open] > div").bounding_box()
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
