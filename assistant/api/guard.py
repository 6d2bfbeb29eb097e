"""Who may come in: before anything is read of a request, its host, its origin, its key and its size are looked at."""

from __future__ import annotations

import hmac
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.settings import Settings

LOOPBACK = ("localhost", "127.0.0.1", "::1")
OPEN = ("/api/docs", "/api/openapi.json")
"""What says how to ask needs no key."""


def loopback(host: str) -> bool:
    """Whether an address is reached from this machine alone."""
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def hosts(settings: Settings) -> tuple[str, ...]:
    """Names under which this server answers."""
    return tuple(dict.fromkeys([*LOOPBACK, settings.web.host.strip("[]"), *settings.api.hosts]))


class Guard:
    """An ASGI application behind its checks. ``scope["state"]["client"]`` tells clients apart; no key is kept or logged."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._hosts = {name.lower() for name in hosts(settings)}
        self._keys = [key.get_secret_value().encode() for key in settings.api.keys]
        self._max = settings.api.max_kb * 1024

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through, or say in one sentence why not."""
        if scope["type"] != "http":
            await _no(400, "这里只接受 HTTP 请求。")(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._foreign(headers) or self._unknown(scope, headers)
        if refused is None:
            body = await self._body(receive, headers.get("content-length", ""))
            if body is not None:
                await self._app(scope, _replayed(body, receive), send)
                return
            refused = _no(413, f"请求超过{self._max // 1024}KB，请分段发送。")
        await refused(scope, receive, send)

    def _foreign(self, headers: Headers) -> JSONResponse | None:
        """A browser that another site has sent here, under a name of that site's own or from one of its pages."""
        host, origin = _name(f"//{headers.get('host', '')}"), headers.get("origin")
        if host not in self._hosts:
            return _no(421, f"不认识主机名“{host}”，请用本机地址访问，或者在 ANHENG_API__HOSTS 里写上它。")
        if origin is not None and _name(origin) not in self._hosts:
            return _no(403, "不接受其他网站的网页发来的请求。")
        return None

    def _unknown(self, scope: Scope, headers: Headers) -> JSONResponse | None:
        """Compares with every key, so that the time taken tells nothing."""
        address = scope["client"][0] if scope.get("client") else ""
        scope.setdefault("state", {})["client"] = f"address {address}"
        if not self._keys or scope["path"] in OPEN:
            return None
        scheme, _, given = headers.get("authorization", "").partition(" ")
        same = [hmac.compare_digest(given.strip().encode("latin-1"), key) for key in self._keys]
        if scheme.lower() != "bearer" or not any(same):
            return _no(401, "缺少密钥或密钥不对，请在请求头里写 Authorization: Bearer 密钥。", {"WWW-Authenticate": "Bearer"})
        scope["state"]["client"] = f"key {same.index(True)}"
        return None

    async def _body(self, receive: Receive, declared: str) -> bytes | None:
        """The whole body; ``None`` where it is too large, which is said before it has been sent where its length is given."""
        if declared.isdigit() and int(declared) > self._max:
            return None
        body = bytearray()
        while (message := await receive())["type"] == "http.request":
            body += message.get("body", b"")
            if len(body) > self._max:
                return None
            if not message.get("more_body", False):
                break
        return bytes(body)


def _replayed(body: bytes, receive: Receive) -> Receive:
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return first.pop() if first else await receive()

    return again


def _name(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _no(status: int, sentence: str, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"error": sentence}, status, headers)
