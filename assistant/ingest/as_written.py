"""A file to be checked rather than learned from: its text as it stands, so that places in it can be pointed to."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.ingest.plain import decode
from assistant.ingest.reader import reader_of


def as_written(path: Path) -> str:
    """The text of a Word, PDF, Markdown or plain file, nothing mended; raises ``UnsupportedFormat`` or ``UnreadableFile``."""
    reader = reader_of(path)
    text = decode(path.read_bytes(), path.name).lstrip("\ufeff") if reader.format == "文本" else reader.convert(path).text
    if not text.strip():
        raise UnreadableFile(f"“{path.name}”里没有文字，请确认文件内容后重试。")
    return text
