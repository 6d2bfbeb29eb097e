"""数据包: one signed file in which a ledger travels. A zip whose comment holds the key and an Ed25519 signature over all the rest.

Every byte is covered: the signature by itself, everything before it by the signature, and each part once more by its hash in
the manifest, so that a fault can be named.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from assistant.domain.ledger import PacketInfo
from assistant.domain.ledger_chain import START, Link, canonical, linked
from assistant.errors import BadPacket, HomeError
from assistant.store.home_key import HomeKey, fingerprint, signed

SUFFIX, FORMAT = ".anheng", "anheng-ledger/1"
MAX_MB, MAX_ENTRIES_MB, MAX_FILES = 1000, 200, 10_000
"""Of a packet once unpacked, of its entries alone, and how many files it may hold."""
_MAGIC, _KEY, _SIGNATURE = b"anheng01", 32, 64
_TAIL = len(_MAGIC) + _KEY + _SIGNATURE
_ENTRIES, _MANIFEST = "entries.txt", "manifest.json"
_NAME = re.compile(r"manifest\.json|entries\.txt|evidence/[0-9a-f]{64}")
_CHUNK = 1 << 20
_DAMAGE = (zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, EOFError, NotImplementedError, RuntimeError, OSError)
"""What zipfile and json raise on damage is not one family."""


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet that has been checked: its parts are what was signed."""

    info: PacketInfo
    head: str
    links: tuple[Link, ...]
    """Hashed anew from the packet's entries; the last one's hash is ``head``."""
    package: zipfile.ZipFile
    files: frozenset[str]
    """Hashes of the evidence in it."""

    def evidence(self, digest: str) -> bytes:
        """The content of an evidence file, whose hash has been checked."""
        return self.package.read(f"evidence/{digest}")


def pack(
    target: Path, about: dict[str, str], links: Iterable[Link], files: Iterable[tuple[str, bytes]], key: HomeKey
) -> PacketInfo:
    """Write a packet; ``about`` has ``chain``, ``site``, ``made``, ``by``; ``files`` are (hash, content)."""
    part = target.with_name(f".{uuid4().hex}{SUFFIX}")
    public = key.public()
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as package:
            package.comment = _MAGIC + public + bytes(_SIGNATURE)
            length = _write(package, about, links, files)
        with part.open("r+b") as file:
            file.seek(-_SIGNATURE, os.SEEK_END)
            file.write(key.sign(_digest(part)))
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise HomeError(f"数据包没有写成（{error.strerror}），请检查磁盘空间和文件夹的权限后重试。") from error
    finally:
        part.unlink(missing_ok=True)
    return PacketInfo(about["chain"], about["site"], about["made"], about["by"], length, fingerprint(public))


def _write(package: zipfile.ZipFile, about: dict[str, str], links: Iterable[Link], files: Iterable[tuple[str, bytes]]) -> int:
    parts: dict[str, dict[str, object]] = {}
    length, head, whole = 0, START, hashlib.sha256()
    size = 0
    with package.open(zipfile.ZipInfo(_ENTRIES), "w", force_zip64=True) as out:
        for link in links:
            line = b"\t".join((link.via.encode(), link.body)) + b"\n"
            out.write(line)
            whole.update(line)
            size, length, head = size + len(line), link.seq, link.hash
    parts[_ENTRIES] = {"sha256": whole.hexdigest(), "size": size}
    for digest, content in files:
        package.writestr(zipfile.ZipInfo(f"evidence/{digest}"), content, zipfile.ZIP_DEFLATED)
        parts[f"evidence/{digest}"] = {"sha256": digest, "size": len(content)}
    manifest = {"format": FORMAT, **about, "length": length, "head": head, "parts": parts}
    package.writestr(zipfile.ZipInfo(_MANIFEST), canonical(manifest), zipfile.ZIP_DEFLATED)
    return length


@contextmanager
def opened(path: Path) -> Iterator[Packet]:
    """A packet, checked from end to end before any of it is used; raises ``BadPacket`` with the part that is at fault."""
    public, signature = _tail(path)
    whole = signed(public, signature, _digest(path))
    try:
        package = zipfile.ZipFile(path)
    except _DAMAGE as error:
        raise BadPacket("数据包被改动或者没有传完整（文件目录读不出来），没有载入；请向发来的单位重新要一份。") from error
    with package:
        manifest = _checked(package)
        if not whole:
            raise BadPacket("数据包被改动（签名不符），没有载入；请向发来的单位重新要一份。")
        try:
            with package.open(_ENTRIES) as file:
                links = tuple(_links(file))
            about = [str(manifest[name]) for name in ("chain", "site", "made", "by")]
            said = PacketInfo(about[0], about[1], about[2], about[3], len(links), fingerprint(public))
        except _DAMAGE as error:
            raise BadPacket("数据包里的台账记录读不出来，没有载入；请向发来的单位重新要一份。") from error
        if not links or (len(links), links[-1].hash) != (manifest["length"], manifest["head"]):
            raise BadPacket("数据包里的台账记录前后接不上，没有载入；请向发来的单位重新要一份。")
        files = frozenset(name.partition("/")[2] for name in manifest["parts"] if name.startswith("evidence/"))
        yield Packet(said, links[-1].hash, links, package, files)


def _tail(path: Path) -> tuple[bytes, bytes]:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            file.seek(max(0, size - _TAIL))
            tail = file.read(_TAIL)
    except OSError as error:
        raise BadPacket("数据包打不开，请检查文件是否存在、能不能读取。") from error
    if size > MAX_MB * 2**20:
        raise BadPacket(f"数据包超过 {MAX_MB} MB，没有载入；请对方少附一些证据文件后重新导出。")
    if len(tail) < _TAIL or not tail.startswith(_MAGIC):
        raise BadPacket("这不是安衡的台账数据包，或者末尾被改动，没有载入；请选择 .anheng 文件，或向发来的单位重新要一份。")
    return tail[len(_MAGIC) : -_SIGNATURE], tail[-_SIGNATURE:]


def _digest(path: Path) -> bytes:
    """Hash of all but the signature."""
    whole, left = hashlib.sha256(), path.stat().st_size - _SIGNATURE
    with path.open("rb") as file:
        while left and (some := file.read(min(_CHUNK, left))):
            whole.update(some)
            left -= len(some)
    return whole.digest()


def _checked(package: zipfile.ZipFile) -> dict[str, Any]:
    """The manifest, once names, sizes and hashes of all parts are right."""
    members = package.infolist()
    names = [member.filename for member in members]
    odd = next((name for name in names if not _NAME.fullmatch(name)), "")
    if odd or len(set(names)) != len(names):
        raise BadPacket(f"数据包里有不该有的文件（{odd[:60] or '重名'}），没有载入；请向发来的单位重新要一份。")
    text = sum(member.file_size for member in members if member.filename in (_ENTRIES, _MANIFEST))
    if len(members) > MAX_FILES or text > MAX_ENTRIES_MB * 2**20 or sum(member.file_size for member in members) > MAX_MB * 2**20:
        raise BadPacket(f"数据包解开后超过 {MAX_MB} MB 或者 {MAX_FILES} 个文件，没有载入；请对方少附一些证据文件后重新导出。")
    try:
        manifest = json.loads(package.read(_MANIFEST))
        parts = {str(name): str(part["sha256"]) for name, part in manifest["parts"].items()}
        known = manifest["format"] == FORMAT
    except _DAMAGE as error:
        raise BadPacket("数据包的清单（manifest.json）被改动，没有载入；请向发来的单位重新要一份。") from error
    if not known:
        raise BadPacket("这个数据包是另一个版本的安衡导出的，请先升级程序再载入。")
    if set(parts) | {_MANIFEST} != set(names):
        raise BadPacket("数据包里的文件和清单对不上，没有载入；请向发来的单位重新要一份。")
    for name, digest in parts.items():
        if _hash(package, name) != digest or (name.startswith("evidence/") and name != f"evidence/{digest}"):
            part = "台账记录" if name == _ENTRIES else f"证据文件 {name[9:21]}…"
            raise BadPacket(f"数据包里的{part}被改动，没有载入；请向发来的单位重新要一份。")
    return dict(manifest)


def _hash(package: zipfile.ZipFile, name: str) -> str:
    """Of a part; empty where it cannot be read."""
    whole = hashlib.sha256()
    try:
        with package.open(name) as file:
            while some := file.read(_CHUNK):
                whole.update(some)
    except _DAMAGE:
        return ""
    return whole.hexdigest()


def _links(lines: Iterable[bytes]) -> Iterator[Link]:
    """Entries of a packet in their chain."""
    seq, head = 0, START
    for line in lines:
        via, _, body = line.removesuffix(b"\n").partition(b"\t")
        (link,) = linked([body], seq, head, via.decode())
        seq, head = link.seq, link.hash
        yield link
