"""Models on this machine: where they lie, what tells their states apart, and what is said where one is missing or broken."""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import BadModel

_SMALL = 1_000_000
"""Bytes up to which a file's content is hashed; larger ones, the weights, are told apart by size and time of change."""
_NOT_A_PART = {".md", ".png", ".lock", ".gitattributes"}


@dataclass(frozen=True)
class Use:
    """What a model is for, as its user reads it."""

    what: str
    otherwise: str
    """What to do where there is no such model: the end of a sentence."""


EMBEDDING = Use("向量模型", "让 ANHENG_SEARCH__EMBEDDING 指向它，或改回 builtin")
RERANKING = Use("重排模型", "让 ANHENG_SEARCH__RERANKER 指向它，或把它留空")


def find(setting: str, use: Use) -> Path:
    """The folder of a model: a path, or a name that was downloaded to this machine before; ``BadModel`` where there is none."""
    folder = Path(setting).expanduser()
    if not folder.is_dir():
        folder = _downloaded(setting, use)
    if not any((folder / name).is_file() for name in ("modules.json", "config.json")):
        raise BadModel(
            f"“{setting}”里没有{use.what}（缺 modules.json 或 config.json）：请把完整的模型文件夹放到本机，并{use.otherwise}。"
        )
    return folder


def _downloaded(name: str, use: Use) -> Path:
    """Where the cache of Hugging Face holds a model; bare names are those of sentence-transformers."""
    from huggingface_hub import snapshot_download

    for repository in (name,) if "/" in name else (name, f"sentence-transformers/{name}"):
        try:
            return Path(snapshot_download(repository, local_files_only=True))
        except (OSError, ValueError):  # not in the cache; not a name at all
            continue
    raise BadModel(f"本机没有{use.what}“{name}”：请把模型文件夹放到本机并{use.otherwise}。")


def state(folder: Path) -> str:
    """16 hex digits that change when any file of a model is exchanged in place; weights are not read for it."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted([*folder.glob("*"), *folder.glob("*/*")]):
        if not path.is_file() or path.suffix in _NOT_A_PART or path.name.startswith("."):
            continue
        about = path.stat()
        mark = path.read_bytes() if about.st_size <= _SMALL else f"{about.st_size} {about.st_mtime_ns}".encode()
        digest.update(f"\0{path.relative_to(folder).as_posix()}\0".encode() + hashlib.blake2b(mark).digest())
    return digest.hexdigest()


@contextmanager
def loading(setting: str, use: Use) -> Iterator[None]:
    """Whatever loading a broken model raises becomes ``BadModel``."""
    from safetensors import SafetensorError

    # Libraries document none of these; each was seen with a file cut short, emptied or taken from another model.
    broken = (OSError, ValueError, LookupError, TypeError, AttributeError, RuntimeError, ImportError, EOFError, AssertionError)
    try:
        yield
    except (*broken, SafetensorError, pickle.UnpicklingError) as error:
        remedy = "请重新安装安衡" if setting == "builtin" else f"请重新复制完整的模型文件夹，{use.otherwise}"
        raise BadModel(f"{use.what}“{setting}”的文件不完整或已损坏（{type(error).__name__}）：{remedy}。") from error


def check_files(folder: Path) -> None:
    """Read what the libraries would refuse with a bare ``Exception``, or pass over in silence; raises ``ValueError``."""
    from tokenizers import Tokenizer

    for name in ("modules.json", "config.json"):
        if (folder / name).is_file():
            json.loads((folder / name).read_text(encoding="utf-8"))
    for path in folder.glob("**/tokenizer.json"):
        Tokenizer.from_buffer(path.read_bytes())
