"""The site over the library that ships, for tests that open its sources; and visitors to it in a real browser."""

import socket
from contextlib import contextmanager

from assistant.services import Services
from assistant.settings import Settings, WebSettings
from assistant.store.repository import Repository


@contextmanager
def serving(home):
    """Yields the services and the address."""
    from assistant.web.site import build_site, serve

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = Settings(home=home, web=WebSettings(port=port))
    services, repository = Services(settings), Repository.in_home(home)
    site = build_site(services, repository, settings)
    try:
        yield services, serve(site, settings)
    finally:
        site.close()
        repository.close()


@contextmanager
def visitors(browser, address, page):
    """Yields what opens the site as a new visitor at a page; no script may fail, none of a user's may run, no other host be asked."""
    contexts, failed, asked, hit = [], [], [], []

    def go(**options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "accept_downloads": True} | options)
        contexts.append(context)
        opened = context.new_page()
        opened.on("pageerror", lambda error: failed.append(str(error)))
        opened.on("request", lambda request: asked.append(request.url))
        opened.on("dialog", lambda dialog: dialog.accept())
        opened.goto(f"{address}#{page}")
        return opened

    yield go
    for context in contexts:
        hit += [opened.evaluate("window.hit") for opened in context.pages]
        context.close()
    assert failed == []
    assert set(hit) <= {None}
    assert {url.split("/")[2] for url in asked if url.startswith("http")} <= {address.split("/")[2]}
