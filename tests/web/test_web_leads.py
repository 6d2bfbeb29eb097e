"""线索 in a real browser over the real program: tables dropped, columns confirmed, findings with sources, Excel opened again."""

import base64
import os
import socket
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not at /usr/bin/chromium")]
DROP = """(files) => {
  const carried = new DataTransfer();
  for (const [name, coded] of files) carried.items.add(new File([Uint8Array.from(atob(coded), (c) => c.charCodeAt(0))], name));
  document.querySelector('#leads').dispatchEvent(new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer: carried}));
}"""
FORMULA = '=HYPERLINK("http://127.0.0.1:9/x","点我")公司'


@pytest.fixture(scope="module")
def address(built_home):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"ANHENG_HOME": str(built_home), "ANHENG_WEB__PORT": str(port)}
    program = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert f":{port}" in program.stdout.readline()
    yield f"http://127.0.0.1:{port}/#leads"
    program.terminate()
    program.wait(20)


@pytest.fixture
def page(address):
    """A new visitor; no script may fail."""
    failed = []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 900}, accept_downloads=True)
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.goto(address)
        page.locator(".models li").first.wait_for(timeout=60_000)
        yield page
        browser.close()
    assert failed == []


def drop(page, *files):
    page.evaluate(DROP, [[file.name, base64.b64encode(file.read_bytes()).decode()] for file in files])


def ledger(path):
    """Titles above a heading of two storeys, a second sheet, a formula, an image in a name."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "事故"
    for row in [
        ["某区事故台账（虚构）"],
        ["填表人：甲"],
        ["事故单位", "发生时间", "伤亡情况", None, "事故等级"],
        [None, None, "死亡人数", "重伤人数", None],
        ["东山建材（虚构）有限公司", "2025年3月1日", 1, 0, "一般"],
        ["<img src=x onerror=window.hit=1>公司", "2025/4/2", 2, 0, "一般"],
        ["西河化工（虚构）有限责任公司", "20250503", 3, 0, "一般"],
        [FORMULA, "2025.06.01", 1, 0, "一般"],
        ["北岭机械（虚构）有限公司", "不详", 1, 0, "一般"],
    ]:
        sheet.append(row)
    sheet["A8"].data_type = "s"
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("C3:D3")
    cases = book.create_sheet("立案")
    for row in [
        ["涉案单位", "案发时间", "移送日期", "立案日期"],
        ["西河化工(虚构)有限公司", "2025-05-03", "2025-05-10", "2025-06-01"],
    ]:
        cases.append(row)
    book.save(path)
    return path


def test_from_dropped_tables_to_findings_sources_and_excel(page, tmp_path):
    drop(page, ledger(tmp_path / "台账.xlsx"))
    page.locator(".plan").wait_for(timeout=60_000)
    assert page.locator(".plan .offences [aria-pressed=true]").all_inner_texts() == ["伤亡事故与立案对照", "事故台账", "立案台账"]
    chosen = page.locator("select[name='c-0-deaths'] option:checked").inner_text()
    assert chosen == "死亡人数"
    page.click("[data-act=screen]")
    page.locator(".rule").first.wait_for(timeout=60_000)
    said = page.locator("#leads-result").inner_text()
    assert "伤亡事故与立案对照：5条线索" in said
    assert "台账.xlsx“事故”表第5行" in said
    assert "相隔22日" in said
    assert "按条例是较大事故" in said
    assert "1处单元格读不出来" in said
    assert "仅供参考" in said
    assert page.evaluate("window.hit") is None
    cards = page.locator("#leads-side .card")
    assert cards.count() >= 5
    page.locator(".rule .law").first.click()
    page.locator("#reader .reader h2").wait_for(timeout=60_000)
    assert "解释" in page.locator("#reader .reader h2").inner_text()
    page.click("#reader .back")
    with page.expect_download() as made:
        page.click("[data-act=save]")
    assert made.value.suggested_filename == "线索-伤亡事故与立案对照.xlsx"
    book = openpyxl.load_workbook(BytesIO(made.value.path().read_bytes()))
    assert book.sheetnames == ["线索", "查了什么", "读了什么"]
    rows = list(book["线索"].iter_rows(min_row=3, values_only=True))
    assert {row[3] for row in rows} >= {"台账.xlsx“事故”表第5行", "台账.xlsx“事故”表第6行", "台账.xlsx“立案”表第2行"}
    assert all(row[5] and row[6] and row[7] for row in rows)
    assert "法规库截至" in book["读了什么"]["A1"].value
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_tables_that_fit_nothing_can_be_said_by_hand_and_bad_ones_get_a_sentence(page, tmp_path):
    other = tmp_path / "别的.csv"
    other.write_text("甲,乙,丙\n东山公司,2025-01-01,1\n", encoding="gbk")
    drop(page, other)
    page.locator(".failure").wait_for(timeout=60_000)
    assert "没有认出哪个表格" in page.locator(".failure").inner_text()
    page.click(".grid button:text-is('事故台账')")
    page.locator("select[name='c-0-unit']").wait_for()
    page.click("[data-act=screen]")
    page.locator(".failure", has_text="一条也查不了").wait_for(timeout=60_000)
    empty = tmp_path / "空.csv"
    empty.write_text("")
    drop(page, empty)
    page.locator(".failure", has_text="“空.csv”里没有带表头的数据行").wait_for(timeout=60_000)
    assert page.locator(".grid").count() == 1
    page.click("[data-act=wipe]")
    page.locator(".models").wait_for()


def test_a_file_of_300_mb_is_refused_before_it_is_sent(page):
    page.evaluate(
        """() => {
          const carried = new DataTransfer();
          carried.items.add(new File(Array(300).fill(new Uint8Array(1048576)), '大.csv'));
          const drop = new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer: carried});
          document.querySelector('#leads').dispatchEvent(drop);
        }"""
    )
    page.locator(".notice", has_text="“大.csv”有 300 MB，超过 100 MB 的上限").wait_for(timeout=10_000)
