"""The public collection of laws: fetch the archive, unpack it safely, hand over the folder to import."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path, PurePosixPath

from assistant.errors import Cancelled, SyncError
from assistant.ingest.download import Download, Progress

_TEXTS = {".md", ".txt", ".docx", ".pdf", ".html", ".htm"}
_MAX_FILES = 50_000
"""The public collection has under 4,000 texts."""
_MAX_RATIO = 200
"""Text packs to a tenth; what unpacks to two hundred times its size is a bomb."""
_LARGEST_TEXT = 50 * 2**20


def sync(
    source: str | Path,
    home: Path,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    max_mb: int = 500,
) -> Path:
    """Fetch ``source`` (an address, or an archive already on this machine) and return the folder with its texts.

    The folder of the last time stays until the new one is complete. ``sync.json`` in it keeps the address, date and SHA-256.
    """
    folder = home / "sync"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SyncError(f"目录 {folder} 无法写入（{error.strerror or error}），请检查权限后重试。") from error
    remote = isinstance(source, str) and "://" in source
    archive = folder / "collection.zip" if remote else Path(source)
    if remote:
        Download(str(source), archive, max_mb * 2**20, progress, cancelled).run()
    try:
        return _unpack(archive, folder, str(source), max_mb * 2**20, cancelled)
    finally:
        if remote:
            archive.unlink(missing_ok=True)


def _unpack(archive: Path, folder: Path, source: str, max_bytes: int, cancelled: Callable[[], bool] | None) -> Path:
    fresh, target = folder / "laws.new", folder / "laws"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        with zipfile.ZipFile(archive) as package:
            for entry, name in _entries(package, max_bytes):
                if cancelled and cancelled():
                    raise Cancelled("已取消，法规库没有改动。")
                _extract(package, entry, fresh / name)
        _exchange(fresh, target)
        _record(folder, archive, source)
    except FileNotFoundError as error:
        raise SyncError(f"找不到压缩包 {archive}，请检查路径。") from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        # RuntimeError: the archive is encrypted.
        raise SyncError("下载的压缩包不完整或已损坏，请重试；已有的法规库不受影响。") from error
    except OSError as error:
        raise SyncError(f"压缩包解开时出错（{error.strerror or error}），请检查磁盘空间和权限后重试。") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return target


def _entries(package: zipfile.ZipFile, max_bytes: int) -> Iterator[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """The texts of the archive, by a name that cannot leave the folder; refuses the archive where one tries to."""
    files = [entry for entry in package.infolist() if not entry.is_dir()]
    if any(_leaves(entry.filename) for entry in files):
        raise SyncError("压缩包里有指向目录之外的文件，可能被篡改，没有解开；请检查来源。")
    texts = [entry for entry in files if PurePosixPath(entry.filename).suffix.lower() in _TEXTS]
    size, packed = sum(entry.file_size for entry in texts), sum(entry.compress_size for entry in texts)
    bomb = size > _MAX_RATIO * max(packed, 1) or any(entry.file_size > _LARGEST_TEXT for entry in texts)
    if bomb or size > 4 * max_bytes or len(texts) > _MAX_FILES:
        raise SyncError("压缩包解开后异常地大，可能被篡改，没有解开；请检查来源。")
    if not texts:
        raise SyncError("压缩包里没有法规文本，请检查 ANHENG_SYNC__URL 或文件。")
    roots = {PurePosixPath(entry.filename).parts[0] for entry in files}
    single = len(roots) == 1 and all(len(PurePosixPath(entry.filename).parts) > 1 for entry in files)
    for entry in texts:
        parts = PurePosixPath(entry.filename).parts
        yield entry, PurePosixPath(*(parts[1:] if single else parts))


def _leaves(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or "\x00" in name


def _extract(package: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    """Copy no more than the entry says it holds; ``zipfile`` checks the sum at the end."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with package.open(entry) as packed, target.open("wb") as file:
        shutil.copyfileobj(packed, file)


def _exchange(fresh: Path, target: Path) -> None:
    """Put the new folder in the place of the old one, which stays until then."""
    old = target.with_name("laws.old")
    shutil.rmtree(old, ignore_errors=True)
    with suppress(FileNotFoundError):
        target.replace(old)
    fresh.replace(target)
    shutil.rmtree(old, ignore_errors=True)


def _record(folder: Path, archive: Path, source: str) -> None:
    with archive.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    record = {"source": source, "sha256": digest, "bytes": archive.stat().st_size, "at": datetime.now().astimezone().isoformat()}
    (folder / "sync.json").write_text(json.dumps(record, ensure_ascii=False, indent=2), encoding="utf-8")
