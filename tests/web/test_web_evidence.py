"""证据 in a real browser over the real program: from a dropped list to the 补充侦查提纲, and dates to deadlines."""

import base64
import os
import socket
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not at /usr/bin/chromium")]
DROP = """([name, coded]) => {
  const bytes = Uint8Array.from(atob(coded), (c) => c.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name));
  document.querySelector('#evidence').dispatchEvent(new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer: carried}));
}"""


@pytest.fixture(scope="module")
def address(built_home):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"ANHENG_HOME": str(built_home), "ANHENG_WEB__PORT": str(port)}
    program = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert f":{port}" in program.stdout.readline()
    yield f"http://127.0.0.1:{port}/#evidence"
    program.terminate()
    program.wait(20)


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.fixture
def page(browser, address):
    """Each test is a new visitor."""
    failed = []
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(address)
    page.locator("table.matrix").wait_for(timeout=60_000)
    page.locator(".ways").wait_for(timeout=60_000)
    yield page
    context.close()
    assert failed == []


def workbook(path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [
        ["应急管理局移送材料清单", None, None],
        ["序号", "材料名称", "来源"],
        [1, "停产停业整顿决定书", "应急管理局"],
        [2, "现场检查记录", None],
        [3, "询问笔录（王某）", None],
        [4, "<img src=x onerror=window.hit=1>", "企业"],
    ]:
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("C3:C5")
    book.save(path)
    return path


def choose(page, name):
    page.click(f".offences button:text-is('{name}')")
    page.locator(f".offences button[aria-pressed=true]:text-is('{name}')").wait_for()


def need(page, words):
    return page.locator(".need", has_text=words).first


def test_from_a_dropped_list_to_the_outline(page, tmp_path):
    choose(page, "危险作业罪")
    file = workbook(tmp_path / "清单.xlsx")
    page.evaluate(DROP, [file.name, base64.b64encode(file.read_bytes()).decode()])
    page.locator(".listing").get_by_text("材料 4 份（清单.xlsx），其中 1 份看不出种类").wait_for(timeout=60_000)
    assert need(page, "责令停产、整改等执法文书原件").locator("button b").inner_text() == "已有"
    assert need(page, "送达回证，本人知悉的证据").locator("button b").inner_text() == "缺"
    assert need(page, "在场人员关于谁决定、谁实施的证言").locator("button b").inner_text() == "形式待补"
    assert page.locator(".listing em.blocks").inner_text().startswith("行政机关、事故调查组制作的询问笔录")
    outline = page.locator(".outline").inner_text()
    assert "送达回证，本人知悉的证据" in outline
    assert "“询问笔录（王某）”" in outline
    assert "责令停产、整改等执法文书原件" not in outline
    with page.expect_download() as made:
        page.click("[data-act=word]")
    assert made.value.suggested_filename == "补充侦查提纲-危险作业罪.docx"
    lines = [paragraph.text for paragraph in docx.Document(made.value.path()).paragraphs]
    assert lines[0] == "补充侦查提纲"
    assert any("送达回证，本人知悉的证据" in line for line in lines)
    assert "送达回证，本人知悉的证据" in page.locator("[data-do=copy]").last.get_attribute("data-copy")
    assert page.evaluate("window.hit") is None


def test_an_article_opens_beside_and_closes_again(page):
    page.locator(".matrix .law").first.click()
    page.locator(".reader h2").wait_for()
    assert "第一百三十四条" in page.locator(".reader h2").inner_text()
    page.click(".reader .back")
    page.locator(".ways").wait_for(state="visible")


def test_a_link_of_another_page_opens_the_elements_of_its_offence(page):
    page.evaluate("""() => document.querySelector('#talk').insertAdjacentHTML('beforeend',
      '<a id="there" href="#evidence" data-do="page" data-page="evidence" data-evidence="offence.137">证据</a>')""")
    page.evaluate("document.querySelector('#there').click()")
    page.locator(".offences button[aria-pressed=true]:text-is('工程重大安全事故罪')").wait_for()


def test_a_need_is_ticked_by_hand_and_left_to_the_list_again(page):
    choose(page, "重大责任事故罪")
    first = need(page, "任职、用工材料和企业登记材料")
    assert first.locator("button").get_attribute("aria-checked") == "false"
    first.locator("button").click()
    first.locator("button b:text-is('已有（手工）')").wait_for()
    assert "任职、用工材料和企业登记材料" not in page.locator(".outline").inner_text()
    first.locator("button").click()
    first.locator("button b:text-is('缺')").wait_for()


def test_a_pasted_list_stays_when_the_offence_changes_and_can_be_emptied(page):
    page.fill("#evidence-text textarea", "1. 动火作业票\n2. 讯问笔录")
    page.click("#evidence-go")
    page.locator(".listing").get_by_text("材料 2 份").wait_for()
    choose(page, "危险作业罪")
    assert page.locator(".listing li").count() == 2
    page.locator(".listing summary").click()
    page.locator(".listing li button").first.click()
    page.locator(".listing").get_by_text("材料 1 份").wait_for()
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".listing summary").click()
    page.locator("[data-act=wipe]").click()
    page.locator(".listing").wait_for(state="detached")


def test_two_readers_do_not_see_each_other(page, browser, address):
    page.fill("#evidence-text textarea", "动火作业票")
    page.click("#evidence-go")
    page.locator(".listing").wait_for()
    other = browser.new_context().new_page()
    other.goto(address)
    other.locator("table.matrix").wait_for(timeout=60_000)
    assert other.locator(".listing").count() == 0
    other.context.close()


def test_bad_input_gets_a_sentence_and_nothing_is_lost(page, tmp_path):
    page.fill("#evidence-text textarea", "动火作业票")
    page.click("#evidence-go")
    page.locator(".listing").wait_for()
    page.evaluate(DROP, ["坏.xlsx", base64.b64encode(b"PK\x03\x04" + b"\x00" * 64).decode()])
    page.locator("#evidence-result .failure").get_by_text("“坏.xlsx”不是完好的文件").wait_for(timeout=60_000)
    assert page.locator(".listing li").count() == 1
    page.fill("#evidence-text textarea", " ")
    page.click("#evidence-go")
    page.locator("#evidence-result .failure").get_by_text("请先粘贴材料清单").wait_for()
    assert page.locator(".listing li").count() == 1


def test_a_date_gives_what_is_due(page):
    page.fill("input[name=report]", "2026-11-24")
    page.click(".ways .go")
    page.locator(".due strong").first.wait_for()
    assert page.locator(".due strong").all_inner_texts() == ["2026-11-27（周五）"]
    page.locator(".ways summary", has_text="反向：不起诉后移送行政处罚").click()
    page.fill("input[name=not_prosecuted]", "2026-11-27")
    page.click(".ways .go")
    page.locator(".due strong", has_text="2026-12-02").wait_for()
    assert page.locator(".due strong").all_inner_texts() == ["2026-11-27（周五）", "2026-12-02（周三）"]
    assert "法定节假日" in page.locator(".due", has_text="2026-12-02").inner_text()
    assert page.input_value("input[name=report]") == "2026-11-24"
