"""宽严研判 in a real browser over the real program: the examples of the page, from the words to a source that opens."""

import os
import socket
import subprocess
import sys
from pathlib import Path

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
        page.goto(f"http://127.0.0.1:{port}/#assess")
        page.locator("#sheet h2").first.wait_for(timeout=60_000)
        yield page
        browser.close()
    program.terminate()
    program.wait(20)


def test_from_the_words_of_a_case_to_the_article_that_decides(page):
    page.click("text=示例一")
    page.locator(".offence h3").first.wait_for(timeout=60_000)
    assert page.locator(".offence h3").first.inner_text().startswith("强令、组织他人违章冒险作业罪")
    assert "五年以上有期徒刑" in page.locator(".tiers .on").first.inner_text()
    assert "自首" in page.locator(".balance .lenient").inner_text()
    page.click(".offence .decides .cite >> nth=0")
    card = page.locator("#assess-side .card.on")
    assert "法释〔2015〕22号第七条" in card.inner_text()
    card.locator("text=展开全文").click()
    page.locator("#reader .reader mark").wait_for()
    assert "第七条" in page.locator("#reader h2").inner_text()
    page.keyboard.press("Escape")


def test_a_hazard_that_is_not_proven_leaves_the_lesser_offence(page):
    page.click("#assess-clear")
    page.locator("#findings .start").wait_for()
    page.click("text=示例一")
    page.locator(".offence").first.wait_for()
    page.select_option("#fact-hazard_known-", "否")
    page.locator(".offence h3", has_text="重大责任事故罪").wait_for()
    assert "三年以上七年以下有期徒刑" in page.locator(".offence:has-text('134条第1款') .tiers .on").inner_text()


def test_two_people_of_one_case_are_compared(page):
    page.click("text=示例二")
    page.locator(".people thead").wait_for()
    assert page.locator(".people thead th").all_inner_texts() == ["周某", "吴某"]
    rows = dict(
        page.locator(".people tbody tr").evaluate_all("rows => rows.map(r => [r.cells[0].innerText, r.cells[2].innerText])")
    )
    assert rows["责任"] == "次要责任"
    assert "认罪认罚" in rows["从宽"]


def test_every_number_of_the_page_has_its_card(page):
    lost = page.evaluate("""() => [...document.querySelectorAll('#assess .cite, #assess-side .cite')]
        .filter((one) => !document.getElementById(`src-assess-${one.dataset.n}`)).length""")
    assert lost == 0
    assert page.locator("#findings .lost").all_inner_texts() == []


def test_a_case_told_in_the_talk_comes_with_its_facts_and_known_cases(page):
    page.click("#assess-clear")
    page.click("#bar nav a[data-page=ask]")
    told = "2023年5月4日，某建筑工地模板支架坍塌，2人死亡。项目经理张某未按专项方案组织施工，负主要责任。张某自首，认罪认罚。怎么处理？"
    page.fill("#question textarea", told)
    page.press("#question textarea", "Enter")
    page.locator(".understood summary").click(timeout=120_000)
    assert "死亡人数：2人" in page.locator(".understood li").all_inner_texts()
    page.click(".understood button")
    page.locator(".offence h3", has_text="重大责任事故罪").wait_for()
    assert page.input_value("#told textarea") == told
    assert page.input_value("#fact-deaths-") == "2"
    page.click(".similar li:first-child .cite")
    page.locator("#assess-side .card.on").locator("text=展开全文").click()
    title = page.locator(".similar li:first-child h3").inner_text()
    page.locator("#reader .reader h2", has_text=title[:6]).wait_for()  # what was read before may still stand there
    assert page.locator("#reader h2").inner_text().split(" ")[0] in title
