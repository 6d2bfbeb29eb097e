"""Evidence files of the 台账, each kept once under the hash of its content; a file is there whole or not at all."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from uuid import uuid4

from assistant.domain.ledger import Evidence
from assistant.errors import HomeError, UsageError

MAX_MB = 50
_LONGEST = 120


class EvidenceFiles:
    """The files of one home."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, path: Path, name: str = "") -> Evidence:
        """Keep a file; raises ``UsageError`` for one that is missing, empty or too large."""
        try:
            size = path.stat().st_size
            content = path.read_bytes() if size <= MAX_MB * 2**20 else b""
        except OSError as error:
            raise UsageError(f"读不了“{name or path.name}”，请检查文件是否存在、能不能打开。") from error
        if size > MAX_MB * 2**20:
            raise UsageError(f"“{name or path.name}”超过 {MAX_MB} MB，请压缩或者拆开后再附上。")
        if not content:
            raise UsageError(f"“{name or path.name}”是空文件，请检查后再附上。")
        return self.put(content, name or path.name)

    def put(self, content: bytes, name: str) -> Evidence:
        """Keep some content under its hash."""
        digest = hashlib.sha256(content).hexdigest()
        target = self._folder / digest
        if not target.exists():
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                part = self._folder / f".{uuid4().hex}"
                with part.open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(target)
            except OSError as error:
                part.unlink(missing_ok=True)
                raise HomeError(f"证据文件没有存下（{error.strerror}），请检查磁盘空间和数据目录的权限后重试。") from error
        return Evidence(_plain(name), digest, len(content))

    def get(self, digest: str) -> bytes | None:
        """The content; ``None`` where it is missing or no longer what it was."""
        try:
            content = (self._folder / digest).read_bytes()
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == digest else None

    def has(self, digest: str) -> bool:
        """Whether a file of this hash is there."""
        return (self._folder / digest).is_file()


def _plain(name: str) -> str:
    """The last part of a name, whatever it was called elsewhere."""
    return Path(name.replace("\\", "/")).name[-_LONGEST:] or "未命名"
