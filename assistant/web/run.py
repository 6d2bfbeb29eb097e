"""Serving the page until it is stopped: settings → services → site."""

from __future__ import annotations

import sys

from assistant.services import Services
from assistant.settings import Settings
from assistant.store.repository import Repository
from assistant.terminal import Progressing


def run(settings: Settings) -> None:
    """Build the index with a bar, then serve; returns when the user stops it."""
    from assistant.api.mount import beside

    with Progressing() as bar:
        services = Services(settings, bar)
        also = beside(services)
        services.warm()
    from assistant.web.site import build_site, serve

    site = build_site(services, Repository.of(settings), settings)
    sys.stdout.write(f"安衡已启动：{serve(site, settings, also)}（按 Ctrl+C 停止）\n")
    sys.stdout.flush()
    site.block_thread()
