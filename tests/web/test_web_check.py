"""引用核验 in a real browser over the real program: pasted text, a Word file, the marked result, a source that opens."""

import base64
import io
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
RULES = "青鸟观测安全规定\n\n第一条 青鸟观测由两人进行，少于两人的，不得开始。\n第二条 本规定自2023年1月1日起施行。\n"
WRONG = "《青鸟观测安全规定》第一条：“少于三人的，不得开始”。《青鸟观测监督条例》第四条。<b>x</b>"


@pytest.fixture(scope="module")
def page(own_home_of_rules):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"ANHENG_HOME": str(own_home_of_rules), "ANHENG_WEB__PORT": str(port)}
    program = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert f":{port}" in program.stdout.readline()
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}/#check")
        page.locator("#check-text textarea").wait_for(timeout=60_000)
        yield page
        browser.close()
    program.terminate()
    program.wait(20)


@pytest.fixture(scope="module")
def own_home_of_rules(built_home, tmp_path_factory):
    import shutil

    from assistant.services import Services
    from assistant.settings import Settings

    folder = tmp_path_factory.mktemp("web-check")
    (folder / "青鸟观测安全规定.txt").write_text(RULES, encoding="utf-8")
    home = Path(shutil.copytree(built_home, folder / "home"))
    services = Services(Settings(home=home))
    services.import_paths([folder / "青鸟观测安全规定.txt"])
    services.library.close()
    return home


def check(page, text):
    page.fill("#check-text textarea", text)
    page.click("#check-go")


def test_what_is_wrong_is_marked_and_its_source_opens(page):
    check(page, WRONG)
    page.locator(".checked").wait_for(timeout=60_000)
    assert page.locator(".findings .verdict").all_inner_texts() == ["文字有误", "库中无此法"]
    assert page.locator(".checked u").inner_text() == "三"
    assert page.locator(".checked").inner_text() == WRONG
    page.locator(".findings button").first.click()
    page.locator(".reader h2").wait_for()
    assert "青鸟观测安全规定" in page.locator(".reader h2").inner_text()


def test_the_word_copy_has_the_comments(page):
    check(page, WRONG)
    link = page.locator("a[download='核验结果.docx']")
    link.wait_for(timeout=60_000)
    content = base64.b64decode(link.get_attribute("href").partition("base64,")[2])
    assert [comment.text.split("】")[0] for comment in docx.Document(io.BytesIO(content)).comments] == [
        "【文字有误",
        "【库中无此法",
    ]


def test_a_file_is_opened_and_checked(page, tmp_path):
    file = docx.Document()
    file.add_paragraph("《青鸟观测安全规定》第一条：“少于两人的，不得开始”。")
    file.save(str(tmp_path / "稿.docx"))
    with page.expect_file_chooser() as chosen:
        page.click("#check-file")
    chosen.value.set_files(str(tmp_path / "稿.docx"))
    page.get_by_text("逐处核对，均与库中条文一致。").wait_for(timeout=60_000)
    assert "少于两人" in page.locator("#check-text textarea").input_value()


@pytest.mark.parametrize(("text", "day", "says"), [(" ", "", "请先粘贴"), ("《刑法》第一条", "昨天", "不是一个日期")])
def test_bad_input_gets_a_sentence_and_nothing_is_lost(page, text, day, says):
    page.fill("#check-on input, #check-on textarea", day)
    check(page, text)
    page.locator("#check-result .failure").get_by_text(says).wait_for(timeout=30_000)
    assert page.locator("#check-text textarea").input_value() == text
    page.fill("#check-on input, #check-on textarea", "")


def test_a_long_text_shows_how_far_it_is_and_can_be_stopped(page):
    check(page, (WRONG + "\n") * 800)
    page.locator("#check-result .working").get_by_text("处引用").wait_for(timeout=60_000)
    page.click("#check-stop")
    page.locator("#check-result .failure").get_by_text("已停止核验").wait_for(timeout=30_000)
    assert page.locator("#check-text textarea").input_value().startswith(WRONG)
    check(page, WRONG)
    page.locator(".checked").wait_for(timeout=60_000)
