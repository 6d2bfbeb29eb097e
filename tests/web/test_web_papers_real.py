"""文书 in a real browser over the real program: from the words of a case to files that open, and a fact changed."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import docx
import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not at /usr/bin/chromium")]


@pytest.fixture(scope="module")
def page(built_home):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"ANHENG_HOME": str(built_home), "ANHENG_WEB__PORT": str(port)}
    program = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert f":{port}" in program.stdout.readline()
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.failed, page.asked = [], []
        page.on("pageerror", lambda error: page.failed.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(f"http://127.0.0.1:{port}/#papers")
        page.locator("#papers .catalogue").wait_for(timeout=60_000)
        yield page
        browser.close()
    program.terminate()
    program.wait(20)


def taken(page, tmp_path, key, title):
    page.click(f'#papers [data-act=choose][data-key="{key}"]')
    page.locator("#papers .paper h2", has_text=title).wait_for(timeout=30_000)
    with page.expect_download() as download:
        page.click("#papers >> text=下载 Word")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return path.name, docx.Document(path)


def test_a_told_case_becomes_a_sheet_and_two_papers_and_a_changed_fact_marks_what_rests_on_it(page, tmp_path):
    page.click("text=示例一")
    page.wait_for_function("document.querySelector('#fact-deaths-')?.value === '3'", timeout=60_000)
    name, suggestion = taken(page, tmp_path, "suggestion", "检察建议书")
    assert name == "检察建议书.docx"
    assert any("死亡3人、重伤1人、直接经济损失620万元" in one.text for one in suggestion.paragraphs)
    name, opinion = taken(page, tmp_path, "accident_opinion", "法律意见书")
    assert name == "参与事故调查法律意见书.docx"
    assert any("强令、组织他人违章冒险作业罪" in one.text for one in opinion.paragraphs)
    assert "w:footnoteReference" in opinion.element.xml

    page.fill("#fact-deaths-", "2")
    page.press("#fact-deaths-", "Tab")
    page.locator("#papers .altered").wait_for(timeout=30_000)
    assert "死亡人数：3人 → 2人" in page.locator("#papers .altered").inner_text()
    touched = page.locator("#papers .touched").all_inner_texts()
    assert any("死亡2人" in text for text in touched)
    assert not any("应当邀请人民检察院派人参加" in text for text in touched)
    _, again = taken(page, tmp_path, "accident_opinion", "法律意见书")  # chosen again: what it is now is right
    assert not list(again.comments)


def test_a_number_lights_its_card_which_opens_the_article(page):
    page.click("#papers .paper .cite >> nth=0")
    card = page.locator("#papers-side .card.on")
    assert "第二十二条" in card.inner_text()
    card.locator("text=展开全文").click()
    page.locator("#reader .reader mark").wait_for()
    page.keyboard.press("Escape")


def test_what_the_assessment_excludes_is_refused(page):
    page.click('#papers [data-act=choose][data-key="nonprosecution_discretionary"]')
    page.locator("#papers .warning", has_text="不能写《相对不起诉理由说明》").wait_for(timeout=30_000)


def test_a_case_told_in_the_talk_is_taken_over_for_a_paper(page):
    page.click("#bar nav a[data-page=ask]")
    page.fill(
        "#question textarea", "2024年3月6日，某工地拆除脚手架时坍塌，2人死亡。项目经理周某违规压缩工期，负主要责任。怎么处理？"
    )
    page.press("#question textarea", "Enter")
    page.locator(".understood").wait_for(timeout=60_000)
    page.fill("#question textarea", "帮我写一份检察建议")
    page.press("#question textarea", "Enter")
    page.locator(".write").nth(1).wait_for(timeout=60_000)
    page.on("dialog", lambda dialog: dialog.accept())  # another case stands on the page already
    page.locator(".write button").nth(1).click()
    page.wait_for_function("document.querySelector('#fact-deaths-')?.value === '2'", timeout=60_000)
    assert page.evaluate("document.body.dataset.page") == "papers"
    page.click('#papers [data-act=choose][data-key="suggestion"]')
    page.locator("#papers .paper", has_text="死亡2人").wait_for(timeout=30_000)


def test_nothing_failed_and_nothing_left_the_machine(page):
    assert page.failed == []
    assert {url.split("/")[2].split(":")[0] for url in page.asked if url.startswith("http")} == {"127.0.0.1"}
