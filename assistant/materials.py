"""A reader's own files in a conversation: read, kept with it, searched in it alone, and gone with it.

Files lie in ``materials/<conversation>/<material>/`` of the home, their rows in the repository's database. No file enters the
library or its index, and nothing is reached without the owner of its conversation.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from assistant.domain.material import Material, Opened, Spot
from assistant.errors import Cancelled, HomeError, NotFound, TooMuchMaterial, UnreadableFile
from assistant.shelf import FILE as _FILE
from assistant.shelf import ConversationShelf
from assistant.store.materials import MaterialRows
from assistant.store.repository import Repository

log = logging.getLogger(__name__)
Progress = Callable[[str, int, int], None]
"""What is being done, pages done, pages in all (0: not known yet)."""
Stop = Callable[[], bool]

MAX_MB, MAX_FILES = 100, 10
_PLACE = re.compile(r"material/(?P<id>[0-9a-f]{32})/(?P<page>page/)?(?P<number>\d{1,6})")
_AT_ONCE = 2
"""Files that are read at the same time, of all users: two cores."""
_PACKAGE = Path(__file__).resolve().parent
_GONE = "这份材料已不在这次咨询里，打不开了。"


class Materials:
    """Shared by all users; holds nothing of any of them."""

    def __init__(self, home: Path, repository: Repository) -> None:
        self._root, self._rows = home / "materials", MaterialRows(repository)
        self._turns = threading.BoundedSemaphore(_AT_ONCE)
        self._sweep()

    def attach(self, owner: str, conversation: str, file: Path, name: str, progress: Progress, cancelled: Stop) -> Material:
        """Read a file into the owner's conversation; ``file`` is moved. Raises what the file deserves, or ``Cancelled``."""
        held = self._rows.of(owner, conversation)
        if len(held) >= MAX_FILES:
            raise TooMuchMaterial(f"一次咨询最多放 {MAX_FILES} 份材料，请先移除不用的，或者新建一次咨询。")
        size = file.stat().st_size // 2**20
        if size > MAX_MB:
            raise TooMuchMaterial(f"“{name}”有 {size} MB，超过 {MAX_MB} MB 的上限，请拆分或压缩后再放进来。")
        identity = uuid4().hex
        folder = self._root / conversation / identity
        try:
            folder.mkdir(parents=True)
            shutil.move(file, folder / _FILE)
            read = self._read(folder, name, progress, cancelled)
            material = Material(identity, name, read["kind"], read["pages"], read["passages"], tuple(read["notes"]))
            self._rows.add(owner, conversation, material)
        except BaseException as error:
            _delete(folder)
            if isinstance(error, OSError):
                raise HomeError(f"材料保存不了（{error.strerror or error}），请检查数据目录的权限和磁盘空间。") from error
            raise
        return material

    def of(self, owner: str, conversation: str) -> list[Material]:
        """The files of the owner's conversation."""
        return self._rows.of(owner, conversation) if conversation else []

    def remove(self, owner: str, conversation: str, material: str) -> None:
        """Remove a file for good."""
        self._rows.remove(owner, conversation, material)
        _delete(self._root / conversation / material)

    def copy(self, owner: str, conversation: str, to: str) -> dict[str, str]:
        """Give another conversation of the owner copies of these files; the new id of each by its old one."""
        renamed: dict[str, str] = {}
        for held in self.of(owner, conversation):
            renamed[held.id] = uuid4().hex
            try:
                shutil.copytree(self._root / conversation / held.id, self._root / to / renamed[held.id])
            except OSError as error:
                raise HomeError(f"材料复制不了（{error.strerror or error}），请检查数据目录的权限和磁盘空间。") from error
            self._rows.add(owner, to, replace(held, id=renamed[held.id]))
        return renamed

    def forget(self, conversation: str) -> None:
        """The conversation has been deleted, and its rows with it: delete its files."""
        if conversation:
            _delete(self._root / conversation)

    def shelf(self, owner: str, conversation: str) -> ConversationShelf | None:
        """What the owner's conversation holds, to search; ``None`` where it holds nothing."""
        held = self.of(owner, conversation)
        return ConversationShelf(self._root / conversation, held) if held else None

    def open(self, owner: str, conversation: str, source_id: str, quote: str = "") -> Opened:
        """A place of a file: ``material/ID/PASSAGE``, or ``material/ID/page/NUMBER``; raises ``NotFound``, ``UnreadableFile``."""
        found = _PLACE.fullmatch(source_id)
        held = next((one for one in self.of(owner, conversation) if found and one.id == found["id"]), None)
        if found is None or held is None:
            raise NotFound(_GONE)
        number = int(found["number"])
        if found["page"]:
            return self._page(conversation, held, number, (), quote)
        around = ConversationShelf(self._root / conversation, [held]).around(held, number)
        passage = next((hit.passage for hit in around if hit.number == number), None)
        if passage is None:
            raise NotFound(_GONE)
        if not held.pages:
            return Opened(held, quote=quote, around=tuple(around))
        marks = passage.marks(quote) if quote else ()
        return self._page(conversation, held, (marks or passage.spots)[0].page, marks, quote)

    def _page(self, conversation: str, held: Material, number: int, marks: tuple[Spot, ...], quote: str) -> Opened:
        if not 1 <= number <= held.pages:
            raise NotFound(_GONE)
        file = self._root / conversation / held.id / _FILE
        drawn = subprocess.run(_command("page", file, held.name, number), env=_environment(), capture_output=True, timeout=60)
        size, _, image = drawn.stdout.partition(b"\n")
        if drawn.returncode:
            log.error("a page could not be drawn: %s", drawn.stderr[-2000:])
            raise UnreadableFile(f"“{held.name}”的第{number}页画不出来，请打开原文件查看。")
        width, height = map(int, size.split())
        return Opened(held, number, image, (width, height), marks, quote)

    def _read(self, folder: Path, name: str, progress: Progress, cancelled: Stop) -> dict[str, Any]:
        progress("排队", 0, 0)
        while not self._turns.acquire(timeout=0.2):
            if cancelled():
                raise Cancelled("已取消。")
        try:
            return _run(folder, name, progress, cancelled)
        finally:
            self._turns.release()

    def _sweep(self) -> None:
        """What a killed process left behind: files of conversations that are no more."""
        known = self._rows.conversations() if self._root.is_dir() else set()
        for folder in list(self._root.iterdir()) if self._root.is_dir() else ():
            if folder.name not in known:
                _delete(folder)


def _run(folder: Path, name: str, progress: Progress, cancelled: Stop) -> dict[str, Any]:
    """The reading process from start to end; returns what it says last."""
    said: dict[str, Any] = {}
    with (folder / "log").open("wb") as errors:
        process = subprocess.Popen(
            _command(folder / _FILE, name, folder), env=_environment(), stdout=subprocess.PIPE, stderr=errors
        )
        watch = threading.Thread(target=_watch, args=(process, cancelled), daemon=True)
        watch.start()
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                said = json.loads(line)
                if "what" in said:
                    progress(said["what"], said["done"], said["pages"])
        process.wait()
        watch.join()
    if cancelled():
        raise Cancelled("已取消。")
    if "error" in said:
        raise UnreadableFile(said["error"])
    if process.returncode or "passages" not in said:
        log.error("reading ended with %s: %s", process.returncode, (folder / "log").read_text(errors="replace")[-2000:])
        raise UnreadableFile(f"“{name}”读不下去，可能已损坏，请重新下载或另存后再放进来。")
    (folder / "log").unlink()
    return said


def _watch(process: subprocess.Popen[bytes], cancelled: Stop) -> None:
    """End the process soon after the reader gives up."""
    while process.poll() is None:
        if cancelled():
            process.kill()
        time.sleep(0.1)


def _command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "assistant.reading", *map(str, arguments)]


def _environment() -> dict[str, str]:
    """The same package, wherever this process was started."""
    path = os.environ.get("PYTHONPATH")
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, [str(_PACKAGE.parent), path]))}


def _delete(folder: Path) -> None:
    """Delete a folder, which may be gone already; a file that cannot be deleted is an error, not a secret."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise HomeError(f"材料删不掉（{error.strerror or error}）：{folder}，请检查权限后手动删除。") from error
