"""What the page's server carries besides the page: ``/api`` and ``/mcp``, each behind the guard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Receive, Scope, Send

from assistant.api.app import build_api
from assistant.api.guard import Guard, loopback
from assistant.api.queue import Queue
from assistant.api.tools import LawServer
from assistant.errors import UsageError
from assistant.services import Services
from assistant.settings import Settings

KEYLESS = "接口没有开放：别的机器也能访问这里，请先设置 ANHENG_API__KEYS（每个密钥至少16个字符）再启动。"
OFF = "接口没有开放：ANHENG_API__ENABLED 设成了 false。"


def beside(services: Services) -> dict[str, Any]:
    """Routes and lifespan for the application that serves the page; raises ``UsageError`` where a key is needed."""
    settings = services.settings
    closed = closed_because(settings)
    if closed:
        if settings.api.enabled:
            raise UsageError(closed)
        return {"routes": _routes(_Closed(closed), _Closed(closed))}
    queue = Queue(settings.api)
    agents = LawServer(services, queue)
    agents.streamable_http_app()  # makes its session manager

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with agents.session_manager.run():
            try:
                yield
            finally:
                queue.close()

    routes = _routes(Guard(build_api(services, queue), settings), Guard(agents.session_manager.handle_request, settings))
    return {"routes": routes, "lifespan": lifespan}


def closed_because(settings: Settings) -> str:
    """Why the interface is not open; empty where it is."""
    if settings.api.enabled is False:
        return OFF
    alone = loopback(settings.web.host) and not settings.api.hosts
    return "" if settings.api.keys or alone else KEYLESS


def _routes(api: Any, agents: Any) -> list[BaseRoute]:
    return [Mount("/api", api), Route("/mcp", agents)]


class _Closed:
    """Says why."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One sentence, whatever is asked."""
        await JSONResponse({"error": self._sentence}, 404)(scope, receive, send)
