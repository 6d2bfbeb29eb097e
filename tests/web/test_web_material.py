"""A reader's own file through the real page: dropped, read by recognition, asked about, opened with its mark, kept, deleted."""

import base64
import re
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from made_files import scanned_pdf, text_pdf

from assistant.services import Services
from assistant.settings import Settings, WebSettings
from assistant.store.repository import Repository

CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytest.importorskip("rapidocr", reason="rapidocr is not installed")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not at /usr/bin/chromium"),
]
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
DROP = """([name, data]) => {
  const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  const dropped = new DataTransfer();
  dropped.items.add(new File([bytes], name));
  for (const type of ['dragenter', 'dragover', 'drop'])
    document.querySelector('#talk').dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: dropped }));
}"""


@pytest.fixture(scope="module")
def home(built_home, tmp_path_factory):
    import shutil

    return Path(shutil.copytree(built_home, tmp_path_factory.mktemp("own") / "home"))


@pytest.fixture(scope="module")
def uploads(tmp_path_factory):
    """Where Gradio puts what is sent to it."""
    folder = tmp_path_factory.mktemp("uploads")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADIO_TEMP_DIR", str(folder))
        yield folder


@pytest.fixture(scope="module")
def address(home, uploads):
    from assistant.web.site import build_site, serve

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = Settings(home=home, web=WebSettings(port=port))
    repository = Repository.in_home(home)
    site = build_site(Services(settings), repository, settings)
    yield serve(site, settings)
    site.close()
    repository.close()


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield running
        running.close()


@pytest.fixture
def visit(browser, address, uploads):
    """Opens the page as a new visitor; afterwards no request may have gone elsewhere, and no upload may be left over."""
    contexts, asked, failed = [], [], []

    def go():
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(address)
        ready(page)
        return page

    yield go
    for context in contexts:
        context.close()
    assert {urlsplit(url).netloc for url in asked if url.startswith("http")} == {urlsplit(address).netloc}
    assert failed == []
    # Gradio itself makes an empty file for each that is sent
    assert [path for path in uploads.rglob("*") if path.is_file() and path.stat().st_size] == []


def ready(page):
    page.wait_for_selector("#talk :is(.welcome, .turn)")
    page.wait_for_selector("#bar .stand:has-text('法规库')", state="attached")
    page.wait_for_timeout(500)


def drop(page, file):
    page.evaluate(DROP, [file.name, base64.b64encode(file.read_bytes()).decode()])


def ask(page, question):
    before = page.locator(".answer").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.wait_for_function("n => document.querySelectorAll('.answer').length > n", arg=before, timeout=60_000)


def test_a_scan_is_dropped_asked_about_opened_kept_and_deleted(visit, home, tmp_path):
    page = visit()
    drop(page, scanned_pdf(tmp_path / "调查报告.pdf"))
    page.wait_for_selector("#attaching progress")
    page.wait_for_selector("#materials li:has-text('调查报告.pdf'):has-text('2页')", timeout=90_000)
    page.wait_for_selector("#attaching .attaching", state="detached")
    ask(page, "这份报告里死了几个人、谁负主要责任？")
    said = page.inner_text(".part.material")
    assert re.search(r"“调查报告.pdf”第1页：“2024年3月12日.*造成4人死亡、2人重伤", said)
    assert re.search(r"“调查报告.pdf”第2页：“赵某刚.*负主要责任。”", said)
    assert "不是法律依据" in page.inner_text(".answer")
    page.click(".part.material .cite >> nth=1")
    page.click(".card.on >> text=展开全文")
    page.wait_for_selector(".reader.own .sheet mark", state="visible")
    assert "第2页，共2页" in page.inner_text(".reader .facts")
    picture, mark = (page.locator(f".reader .sheet {what}").first.bounding_box() for what in ("img", "mark"))
    assert page.evaluate("document.querySelector('.reader img').naturalWidth") > 1000
    share = (mark["y"] + mark["height"] / 2 - picture["y"]) / picture["height"]
    assert share == pytest.approx((842 - 780 + 26) / 842, abs=0.02)  # the second line of the page
    page.click(".reader >> text=上一页")
    page.wait_for_selector(".reader .facts:has-text('第1页，共2页')")

    page.reload()
    ready(page)
    page.wait_for_selector("#materials li:has-text('调查报告.pdf')")
    page.click(".part.material .cite >> nth=1")
    page.click(".card.on >> text=展开全文")
    page.wait_for_selector(".reader.own .sheet mark", state="visible")

    assert list((home / "materials").rglob("passages.jsonl"))
    page.dispatch_event(".past .drop", "click")
    page.wait_for_selector("#talk .welcome")
    page.wait_for_selector("#materials li", state="detached")
    assert list((home / "materials").iterdir()) == []


def test_what_cannot_be_read_says_why_and_leaves_nothing(visit, home, tmp_path):
    page = visit()
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    drop(page, tmp_path / "坏.pdf")
    page.wait_for_selector("body > .notice:has-text('不是完好的 PDF')")
    page.wait_for_selector("#attaching .attaching", state="detached")
    page.wait_for_timeout(500)
    assert page.locator(".past li").count() == 0
    assert list((home / "materials").iterdir()) == []


def test_a_file_that_is_too_large_is_not_sent(visit):
    page = visit()
    sent = []
    page.on("request", lambda request: sent.append(request.url) if "upload" in request.url else None)
    large = DROP.replace("Uint8Array.from(atob(data), (c) => c.charCodeAt(0))", "new Uint8Array(300 * 2 ** 20)")
    page.evaluate(large, ["大.pdf", ""])
    page.wait_for_selector("body > .notice:has-text('有 300 MB，超过 100 MB 的上限')")
    assert sent == []


def test_cancel_stops_reading_and_another_reader_asks_meanwhile(visit, home, tmp_path):
    page, other = visit(), visit()
    drop(page, scanned_pdf(tmp_path / "长.pdf", [["一页又一页的文字写在这里，要认上一阵子。"] * 20] * 20))
    page.wait_for_selector("#attaching:has-text('正在识别')", timeout=60_000)
    ask(other, "重大责任事故罪死亡三人怎么判？")
    assert "死亡3人" in other.inner_text(".answer")
    assert page.locator("#attaching .attaching").count() == 1, "reading was over before the other question was answered"
    assert other.locator("#materials li").count() == 0
    page.click("#attaching >> text=取消")
    page.wait_for_selector("body > .notice:has-text('已取消')", timeout=5_000)
    page.wait_for_selector("#attaching .attaching", state="detached")
    assert not list((home / "materials").rglob("file"))


def test_a_file_is_removed_by_its_own_button(visit, home, tmp_path):
    page = visit()
    page.set_input_files("#composer input[type=file]", text_pdf(tmp_path / "报告.pdf"))
    page.wait_for_selector("#materials li:has-text('报告.pdf')", timeout=30_000)
    page.click("#materials .name")
    page.wait_for_selector(".reader.own .facts:has-text('第1页，共2页')")
    page.click("#materials .drop")
    page.wait_for_selector("#materials li", state="detached")
    assert not list((home / "materials").rglob("file"))
