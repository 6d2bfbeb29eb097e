"""The page in a real browser, for the tests that need one: served once a file, visited anew by each test."""

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pages import ready
from web_answers import ScriptedService

from assistant.settings import Settings, WebSettings
from assistant.store.repository import Repository

CHROMIUM = Path("/usr/bin/chromium")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def service():
    return ScriptedService()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def address(home, service):
    from assistant.web.site import build_site, serve

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = Settings(home=home, web=WebSettings(port=port))
    repository = Repository.in_home(settings.home)
    site = build_site(service, repository, settings)
    yield serve(site, settings)
    site.close()
    repository.close()


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield running
        running.close()


@pytest.fixture
def visit(browser, address):
    """Opens the page as a new visitor; afterwards no request may have gone to another host, no script may have failed."""
    contexts, asked, failed = [], [], []

    def go(**options):
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.goto(address)
        ready(page)
        return page

    yield go
    for context in contexts:
        context.close()
    own = urlsplit(address).netloc
    assert {urlsplit(url).netloc for url in asked if url.startswith("http")} == {own}
    assert failed == []
