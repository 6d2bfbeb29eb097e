"""Fetching the collection from a server of our own: resumed, cut off, too large, and archives that mean harm."""

import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.errors import Cancelled, SyncError
from assistant.ingest.sync import sync


def archive(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return buffer.getvalue()


LAWS = {"Laws-master/行政法规/仓库通风条例.md": "第一条 开窗。", "Laws-master/README.md": "说明", "Laws-master/run.py": "pass"}


class Server:
    """What the server holds and how it behaves."""

    def __init__(self) -> None:
        self.body = archive(LAWS)
        self.ranges = True
        self.etag = '"one"'
        self.cut_at: int | None = None
        self.status = 200
        self.length = True
        self.asked: list[str | None] = []
        self.url = ""


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.headers.get("Range")
            state.asked.append(asked)
            start = 0
            if asked and state.ranges and self.headers.get("If-Range") == state.etag:
                start = int(asked.removeprefix("bytes=").removesuffix("-"))
            self.send_response(206 if start else state.status)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(state.body) - 1}/{len(state.body)}")
            if state.length:
                self.send_header("Content-Length", str(len(state.body) - start))
            if state.ranges:
                self.send_header("ETag", state.etag)
            self.end_headers()
            self.wfile.write(state.body[start : state.cut_at])

        def log_message(self, *args: object) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever, args=(0.02,))
    thread.start()
    state.url = f"http://127.0.0.1:{running.server_port}/laws.zip"
    yield state
    running.shutdown()
    thread.join()
    running.server_close()


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_texts_arrive_without_the_folder_that_holds_all(server: Server, tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    folder = sync(server.url, tmp_path, lambda *step: steps.append(step))
    assert names(folder) == ["README.md", "行政法规/仓库通风条例.md"]
    assert steps[-1] == ("下载", len(server.body), len(server.body))
    record = json.loads((tmp_path / "sync" / "sync.json").read_text(encoding="utf-8"))
    assert record["source"] == server.url
    assert record["bytes"] == len(server.body)
    assert len(record["sha256"]) == 64
    assert names(tmp_path / "sync") == ["laws/README.md", "laws/行政法规/仓库通风条例.md", "sync.json"]


def test_a_cut_connection_is_taken_up_where_it_broke(server: Server, tmp_path: Path) -> None:
    server.cut_at = 100
    with pytest.raises(SyncError, match="重试以继续"):
        sync(server.url, tmp_path)
    server.cut_at = None
    assert names(sync(server.url, tmp_path)) == ["README.md", "行政法规/仓库通风条例.md"]
    assert server.asked == [None, "bytes=100-"]


@pytest.mark.parametrize("change", ["no ranges", "another file"])
def test_where_it_cannot_be_taken_up_it_begins_anew(server: Server, tmp_path: Path, change: str) -> None:
    server.ranges = change != "no ranges"
    server.cut_at = 100
    with pytest.raises(SyncError):
        sync(server.url, tmp_path)
    server.cut_at, server.etag = None, '"two"'
    server.body = archive({**LAWS, "Laws-master/新法.md": "第一条 关窗。"})
    assert "新法.md" in names(sync(server.url, tmp_path))


def test_a_new_fetch_takes_the_place_of_the_old(server: Server, tmp_path: Path) -> None:
    sync(server.url, tmp_path)
    server.body = archive({"x/另一法.md": "第一条"})
    assert names(sync(server.url, tmp_path)) == ["另一法.md"]


@pytest.mark.parametrize("announced", [True, False])
def test_what_is_too_large_is_not_fetched(server: Server, tmp_path: Path, announced: bool) -> None:
    server.length = announced
    server.body = b"0" * (2 * 2**20)
    with pytest.raises(SyncError, match="1 MB 的上限"):
        sync(server.url, tmp_path, max_mb=1)
    assert names(tmp_path / "sync") == []


def test_no_server_gives_one_sentence_and_keeps_the_old(server: Server, tmp_path: Path) -> None:
    folder = sync(server.url, tmp_path)
    with pytest.raises(SyncError, match="连不上"):
        sync("http://127.0.0.1:9/laws.zip", tmp_path)
    server.status = 404
    with pytest.raises(SyncError, match="404"):
        sync(server.url, tmp_path)
    assert "行政法规/仓库通风条例.md" in names(folder)


def test_cancelling_keeps_what_came(server: Server, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        sync(server.url, tmp_path, cancelled=lambda: True)
    assert sync(server.url, tmp_path).is_dir()


EVIL: list[tuple[str, Callable[[], bytes]]] = [
    ("指向目录之外", lambda: archive({"a/../../evil.md": "x"})),
    ("指向目录之外", lambda: archive({"/etc/evil.md": "x"})),
    ("指向目录之外", lambda: archive({"..\\evil.md": "x"})),
    ("指向目录之外", lambda: archive({"C:/evil.md": "x"})),
    ("异常地大", lambda: archive({"bomb.md": "0" * (30 * 2**20)})),
    ("没有法规文本", lambda: archive({"run.py": "pass"})),
    ("不完整或已损坏", lambda: archive(LAWS)[:-30]),
    ("不完整或已损坏", lambda: b"<html>login</html>"),
]


@pytest.mark.parametrize(("words", "make"), EVIL)
def test_an_archive_that_means_harm_changes_nothing(
    server: Server, tmp_path: Path, words: str, make: Callable[[], bytes]
) -> None:
    home = tmp_path / "home"
    folder = sync(server.url, home)
    server.body = make()
    with pytest.raises(SyncError, match=words):
        sync(server.url, home)
    assert names(folder) == ["README.md", "行政法规/仓库通风条例.md"]
    assert not list(tmp_path.rglob("evil*"))


def test_an_archive_on_this_machine(tmp_path: Path) -> None:
    (tmp_path / "laws.zip").write_bytes(archive(LAWS))
    assert "行政法规/仓库通风条例.md" in names(sync(tmp_path / "laws.zip", tmp_path / "home"))
    assert (tmp_path / "laws.zip").exists()
    with pytest.raises(SyncError, match="找不到"):
        sync(tmp_path / "none.zip", tmp_path / "home")
