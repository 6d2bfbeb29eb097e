"""The page as `make run` starts it: the program itself, the real library, a real browser, nothing scripted."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not at /usr/bin/chromium")]
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    environment = os.environ | {"ANHENG_HOME": str(home), "ANHENG_WEB__PORT": str(port)}
    program = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    line = program.stdout.readline()
    assert f":{port}" in line, line
    yield f"http://127.0.0.1:{port}"
    program.terminate()
    program.wait(20)


def test_a_question_is_answered_with_sources_that_open(address):
    foreign = []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        page = browser.new_page()
        page.on("request", lambda r: foreign.append(r.url) if urlsplit(r.url).hostname not in {"127.0.0.1", None, ""} else None)
        page.goto(address)
        box = page.locator("textarea").first
        box.wait_for(timeout=30_000)
        time.sleep(1)
        box.fill("车间里两名工人被机器卷入身亡，厂长负主要责任，重大责任事故罪在哪一档？")
        box.press("Enter")
        page.get_by_text("结论", exact=True).first.wait_for(timeout=90_000)
        said = page.locator("body").inner_text()
        assert re.search(r"死亡2人.{0,30}重大责任事故罪", said)
        assert "3年以下有期徒刑或者拘役" in said
        assert "仅供参考" in said
        card = page.locator("#sources .card").first
        assert re.search("现行有效", card.inner_text())
        assert page.locator("mark").first.inner_text().strip()
        browser.close()
    assert foreign == []
