"""台账 in a real browser over the real program: two homes, a packet from one into the other and back with remarks."""

import os
import re
import shutil
import socket
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not at /usr/bin/chromium")]
TODAY = date.today()
EVIL = '<img src=x onerror="window.hit=1">通道${window.hit=2}堵了'


@pytest.fixture(scope="module")
def addresses(built_home, tmp_path_factory):
    """Two programs with a home each: a firm's and a procuratorate's."""
    running, found = [], []
    for name in ("企业", "检察院"):
        home = shutil.copytree(built_home, tmp_path_factory.mktemp("two") / name)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = os.environ | {"ANHENG_HOME": str(home), "ANHENG_WEB__PORT": str(port)}
        program = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        running.append(program)
        assert f":{port}" in program.stdout.readline()
        found.append(f"http://127.0.0.1:{port}/#ledger")
    yield found
    for program in running:
        program.terminate()
        program.wait(20)


@pytest.fixture
def visit(addresses):
    """Opens the page of either program as a new visitor; no script may fail, none of a user's may run."""
    failed, pages = [], []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])

        def go(which):
            page = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True).new_page()
            page.on("pageerror", lambda error: failed.append(str(error)))
            page.on("dialog", lambda dialog: dialog.accept())
            page.goto(addresses[which])
            page.wait_for_selector(".ledger .empty", timeout=60_000)
            pages.append(page)
            return page

        yield go
        assert [page.evaluate("window.hit") for page in pages] == [None] * len(pages)
        browser.close()
    assert failed == []


def told(page, words):
    page.wait_for_selector(f".ledger .told:has-text('{words}')", timeout=15_000)


def put(page, button, path):
    with page.expect_file_chooser() as asked:
        page.click(f"#ledger-{button}")
    asked.value.set_files(path)


def saved(page, act, folder):
    with page.expect_download() as taken:
        page.click(f"[data-act={act}] >> visible=true")
    path = folder / taken.value.suggested_filename
    taken.value.save_as(path)
    return path


def table(folder):
    """What an office has: a title, its own names, merged cells, an extra column, two bad rows, hostile words."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [
        ["南山店隐患台账（虚构）"],
        ["检查日期", "存在的问题", "隐患级别", "整改要求", "责任部门", "整改时限", "整改情况", "检查科室"],
        [TODAY - timedelta(days=30), EVIL, "重大隐患", "清空通道", "店长", TODAY - timedelta(days=3), "未整改", "安环科"],
        [None, "灭火器压力不足", "一般", "更换", "安全员", TODAY + timedelta(days=2), "整改中", None],
        [None, "没有等级的写法", "特急", "", "", "", "", ""],
        [None, "电工证过期", "较大", "换证", "人事", TODAY + timedelta(days=40), "已闭环", ""],
        [None, "", "一般", "", "", "", "", ""],
    ]:
        sheet.append(row)
    sheet.merge_cells("A3:A6")
    path = folder / "台账.xlsx"
    book.save(path)
    return path


def test_a_packet_goes_out_of_one_home_into_another_and_comes_back_with_remarks(visit, tmp_path):
    firm, office = visit(0), visit(1)
    firm.fill("#ledger-who :is(input, textarea)", "张三")
    put(firm, "file", table(tmp_path))
    firm.wait_for_selector(".reading-table")
    assert "存在的问题" in firm.inner_text(".reading-table")
    assert "隐患等级“特急”认不出" in firm.inner_text(".undone")
    bad = openpyxl.load_workbook(saved(firm, "bad", tmp_path)).active
    assert [row[2].value for row in bad.iter_rows(min_row=2)] == [5, 7]
    firm.fill("[name=into]", "南山店")
    firm.click("[data-act=take]")
    firm.wait_for_selector(".undone")
    firm.click("[data-act=skip]")
    firm.wait_for_selector(".entry >> nth=2")
    assert re.match("逾期 [34] 天 南山店", firm.inner_text(".due li >> nth=0"))  # midnight may have passed since the import
    assert [firm.inner_text(f".counters .{kind} b") for kind in ("open", "work", "closed", "late")] == ["1", "1", "1", "1"]

    firm.click(".entry >> nth=0 >> .hazard")
    firm.wait_for_selector(".inside")
    (tmp_path / "整改后.jpg").write_bytes(b"\xff\xd8 photo" * 100)
    put(firm, "proof", tmp_path / "整改后.jpg")
    told(firm, "已附 1 个证据文件")
    firm.click("[data-act=move][data-to=待复查]")
    told(firm, "第1行现在是“待复查”")
    assert "张三" in firm.inner_text(".history li >> nth=0")

    _reviewed(firm, office, saved(firm, "packet", tmp_path), tmp_path)


def _reviewed(firm, office, packet, tmp_path):
    assert packet.suffix == ".anheng"
    put(office, "packet", packet)
    told(office, "已载入“南山店”：张三于")
    assert "（收到）" in office.inner_text("[name=site] option:checked")
    office.fill("#ledger-who :is(input, textarea)", "王检")
    office.click(".entry >> nth=0 >> .hazard")
    office.wait_for_selector(".inside")
    assert office.locator("[data-act=move]").count() == 0
    assert saved(office, "proof", tmp_path).read_bytes() == b"\xff\xd8 photo" * 100
    office.fill("[name=remark]", "请补充通道宽度的测量记录")
    office.click("[data-act=remark]")
    told(office, "意见已写入")
    back = saved(office, "packet", tmp_path)

    put(firm, "packet", back)
    told(firm, "新增 1 条记录（其中检察意见 1 条）")
    firm.click(".entry:has(.chip.remark) .hazard")
    firm.wait_for_selector(".history li.remark:has-text('请补充通道宽度的测量记录')")
    assert "王检" in firm.inner_text(".history li.remark")
    put(firm, "packet", back)
    told(firm, "以前载入过，没有新的记录")
    firm.click("[data-act=verify]")
    told(firm, "校验通过")

    broken = tmp_path / "改.anheng"
    content = bytearray(back.read_bytes())
    content[200] ^= 1
    broken.write_bytes(content)
    put(firm, "packet", broken)
    firm.wait_for_selector(".ledger .failure:has-text('没有载入')")


def test_rows_are_registered_filtered_moved_on_and_taken_as_excel(visit, tmp_path):
    page = visit(0)
    for hazard, level in ((EVIL, "重大"), ("出口上锁", "较大")):
        page.click("[data-act=adding]")
        page.fill("[name=new_site]", "一号店")
        page.select_option("[name=new_level]", level)
        page.fill("[name=new_hazard]", hazard)
        page.fill("[name=new_deadline]", (TODAY + timedelta(days=1)).isoformat())
        page.click("[data-act=register]")
        told(page, "已登记")
        page.wait_for_selector(".entry-form", state="detached")
    assert EVIL in page.inner_text(".entries")
    page.fill("[name=words]", "出口")
    page.press("[name=words]", "Enter")
    page.wait_for_function("document.querySelectorAll('.entry').length === 1")
    page.click(".entry .hazard")
    page.wait_for_selector(".inside")
    page.click("[data-act=move][data-to=待复查]")
    told(page, "待复查")
    page.click("[data-act=move][data-to=已销号]")
    page.wait_for_selector(".failure:has-text('销号要有凭据')")
    page.fill("[name=note]", "已拆锁，现场看过")
    page.click("[data-act=move][data-to=已销号]")
    told(page, "已销号")
    page.click("summary:has-text('登记行政处罚')")
    page.fill("[name=fine_on]", TODAY.isoformat())
    page.click("[data-act=punish]")
    told(page, "已登记处罚")
    page.fill("[name=words]", "")
    page.press("[name=words]", "Enter")
    page.wait_for_function("document.querySelectorAll('.entry').length === 2")
    page.click(".counters .closed")
    page.wait_for_function("document.querySelectorAll('.entry').length === 1")
    page.click(".counters .closed")
    page.click("[data-act=chart][data-kind=state]")
    page.wait_for_selector("img.chart")
    sheet = openpyxl.load_workbook(saved(page, "export", tmp_path))["台账"]
    assert sorted(row[12].value for row in sheet.iter_rows(min_row=2)) == ["已销号", "待整改"]
    page.reload()
    page.wait_for_selector(".entry >> nth=1")


def test_another_browser_sees_none_of_it(visit):
    mine, yours = visit(0), visit(0)
    mine.click("[data-act=adding]")
    mine.fill("[name=new_site]", "只有我的店")
    mine.fill("[name=new_hazard]", "只有我看到的隐患")
    mine.click("[data-act=register]")
    told(mine, "已登记")
    yours.reload()
    yours.wait_for_selector(".ledger .empty")
    assert "只有我" not in yours.content()


def test_a_wrong_file_is_one_sentence(visit, tmp_path):
    page = visit(0)
    (tmp_path / "坏.xlsx").write_bytes(b"PK nothing")
    put(page, "file", tmp_path / "坏.xlsx")
    page.wait_for_selector(".failure:has-text('不是完好的 Excel')")
    (tmp_path / "x.anheng").write_bytes(b"nothing" * 100)
    put(page, "packet", tmp_path / "x.anheng")
    page.wait_for_selector(".failure:has-text('不是安衡的台账数据包')")


def test_findings_of_a_platform_come_in_with_duty_and_liability(visit, tmp_path):
    page = visit(0)
    (tmp_path / "告警.csv").write_bytes(
        "时间,类型,内容,设备,场所\n2026-11-20 08:00:00,可燃气体报警,后厨可燃气体报警器报警，没有切断阀,探测器7,南山店\n".encode(
            "gbk"
        )
    )
    put(page, "file", tmp_path / "告警.csv")
    page.wait_for_selector(".reading-table:has-text('告警内容')")
    page.click("[data-act=take]")
    told(page, "新登记 1 行")
    page.click(".entry .hazard")
    page.wait_for_selector(".inside")
    assert "探测器7" in page.inner_text(".entry")
