"""Fetching one large file: streamed, resumed where the server can, never larger than allowed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

from assistant.errors import Cancelled, SyncError

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how far it is, and how far it goes (0: not known)."""

_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
_PARTIAL = 206
_BEYOND_THE_END = 416


@dataclass(frozen=True, slots=True)
class Download:
    """What to fetch, where to, and how far it may go."""

    url: str
    target: Path
    max_bytes: int
    progress: Progress | None = None
    cancelled: Callable[[], bool] | None = None

    @property
    def part(self) -> Path:
        """The unfinished file; it is kept for the next try."""
        return self.target.with_name(self.target.name + ".part")

    @property
    def mark(self) -> Path:
        """What the unfinished file is a part of."""
        return self.target.with_name(self.target.name + ".part.json")

    def run(self) -> Path:
        """Fetch it; raises ``SyncError`` with one sentence, ``Cancelled``, and leaves what was there before."""
        try:
            with httpx.Client(timeout=_TIMEOUT, follow_redirects=True) as client:
                self._fetch(client)
        except (httpx.ConnectError, httpx.TimeoutException) as error:
            raise SyncError("连不上公开法规集，请检查网络后重试；已有的法规库不受影响，也可以改用本地文件导入。") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise SyncError("下载中断，已下载的部分保留，请重试以继续；已有的法规库不受影响。") from error
        except OSError as error:
            raise SyncError(f"下载的文件无法写入（{error.strerror or error}），请检查磁盘空间和权限后重试。") from error
        self.mark.unlink(missing_ok=True)
        return self.part.replace(self.target)

    def _fetch(self, client: httpx.Client) -> None:
        have, validator = self._begun()
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-", "If-Range": validator} if have else {})
        with client.stream("GET", self.url, headers=headers) as response:
            if response.status_code != _BEYOND_THE_END:
                self._receive(response, have)
                return
        self.part.unlink(missing_ok=True)
        with client.stream("GET", self.url) as response:
            self._receive(response, 0)

    def _begun(self) -> tuple[int, str]:
        """Bytes at hand of the same file, and what proves that it is the same; without proof it is started anew."""
        try:
            mark = json.loads(self.mark.read_text(encoding="utf-8"))
            have = self.part.stat().st_size
        except (OSError, ValueError):
            return 0, ""
        same = isinstance(mark, dict) and mark.get("url") == self.url and mark.get("validator")
        return (have, str(mark["validator"])) if same else (0, "")

    def _receive(self, response: httpx.Response, have: int) -> None:
        if response.status_code not in {200, _PARTIAL}:
            raise SyncError(f"公开法规集的服务器答复 {response.status_code}，请稍后重试，或检查 ANHENG_SYNC__URL。")
        resumed = response.status_code == _PARTIAL and _starts_at(response.headers, have)
        if response.status_code == _PARTIAL and not resumed:
            raise httpx.RemoteProtocolError("the server sent another range than asked for")
        done = have if resumed else 0
        length = response.headers.get("content-length", "")
        total = done + int(length) if length.isdecimal() else 0
        self._allow(total)
        mark = {"url": self.url, "validator": _validator(response.headers)}
        self.mark.write_text(json.dumps(mark), encoding="utf-8")
        with self.part.open("ab" if resumed else "wb") as file:
            for chunk in response.iter_bytes():
                if self.cancelled and self.cancelled():
                    raise Cancelled("已取消下载，已下载的部分保留，下次从断点继续。")
                done += len(chunk)
                self._allow(done)
                file.write(chunk)
                if self.progress:
                    self.progress("下载", done, total)

    def _allow(self, size: int) -> None:
        if size > self.max_bytes:
            self.part.unlink(missing_ok=True)
            self.mark.unlink(missing_ok=True)
            raise SyncError(
                f"公开法规集超过 {self.max_bytes // 2**20} MB 的上限，没有下载；确认来源可靠后可调大 ANHENG_SYNC__MAX_MB。"
            )


def _validator(headers: Mapping[str, str]) -> str:
    """A strong ETag or the date: only these may stand in If-Range."""
    etag = headers.get("etag", "")
    return etag if etag and not etag.startswith("W/") else headers.get("last-modified", "")


def _starts_at(headers: Mapping[str, str], have: int) -> bool:
    return headers.get("content-range", "").replace(" ", "").startswith(f"bytes{have}-")
