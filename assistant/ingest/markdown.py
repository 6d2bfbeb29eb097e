"""Markdown and plain text."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from assistant.errors import UnreadableFile
from assistant.ingest.document import Document
from assistant.ingest.plain import as_official, decode

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(?P<yaml>.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^#[ \t]+(?P<title>[^\n]+)$", re.MULTILINE)
_SUFFIXES = {".md", ".markdown", ".txt", ".text", ""}


class MarkdownReader:
    """``.md`` and ``.txt`` in UTF-8 or GB 18030."""

    format = "文本"

    def accepts(self, path: Path, head: bytes) -> bool:
        """By name, or text of any name that holds no zero byte."""
        wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
        return path.suffix.lower() in _SUFFIXES and (wide or b"\x00" not in head)

    def convert(self, path: Path) -> Document:
        """Read it; the first ``#`` heading is the title, several of them in the head are a code and its part."""
        text = decode(path.read_bytes(), path.name).lstrip("\ufeff")
        meta: dict[str, str] = {"format": self.format}
        front = _FRONT_MATTER.match(text)
        if front:
            meta |= _front_matter(front["yaml"], path.name)
            text = text[front.end() :]
        heading = _HEADING.search(text)
        if heading and not text[: heading.start()].strip():
            return Document(path.name, heading["title"].strip(), text, meta)
        title, text = as_official(text.split("\n"), meta.get("title", path.stem))
        return Document(path.name, title, text, meta)


def _front_matter(source: str, name: str) -> dict[str, str]:
    try:
        values = yaml.safe_load(source)
    except yaml.YAMLError as error:
        raise UnreadableFile(f"“{name}”开头 --- 之间的说明格式有误，请删除或改正后再导入。") from error
    found = {str(key): str(value) for key, value in values.items()} if isinstance(values, dict) else {}
    return {"front_matter": "yes", **found}
