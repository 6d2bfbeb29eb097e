"""Which reader reads a file: decided by its content, so that a wrong suffix does no harm."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.errors import UnreadableFile, UnsupportedFormat
from assistant.ingest.document import Document, Reader
from assistant.ingest.docx import DocxReader
from assistant.ingest.html import HtmlReader
from assistant.ingest.markdown import MarkdownReader
from assistant.ingest.pdf import PdfReader
from assistant.ingest.repair import repair

__all__ = ["READERS", "Document", "Reader", "read"]

READERS: tuple[Reader, ...] = (PdfReader(), DocxReader(), HtmlReader(), MarkdownReader())
"""Those that can tell by a signature come first."""

MAX_BYTES = 50 * 1024 * 1024
"""The largest code of law is under 1 MB of text; beyond 50 MB a file is pictures, and reading it would fill the memory."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 8192


def read(path: Path) -> Document:
    """Text of the file; raises ``UnsupportedFormat`` or ``UnreadableFile`` with one sentence that says what to do."""
    document = reader_of(path).convert(path)
    text, pages = repair(document.text)
    if not text.strip():
        raise UnreadableFile(f"“{path.name}”里没有文字，请确认文件内容后再导入。")
    return replace(document, text=text, meta=document.meta | ({"page_numbers": str(pages)} if pages else {}))


def reader_of(path: Path) -> Reader:
    """The reader that accepts a file; raises ``UnsupportedFormat``, or ``UnreadableFile`` where it cannot be opened."""
    head = _head(path)
    for reader in READERS:
        if reader.accepts(path, head):
            return reader
    raise UnsupportedFormat(_refusal(path, head))


def _head(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            sizes = f"有 {size // 2**20} MB，超过 {MAX_BYTES // 2**20} MB 的上限"
            raise UnreadableFile(f"“{path.name}”{sizes}，请拆分或去掉图片后再导入。")
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise UnreadableFile(f"“{path.name}”打不开（{error.strerror or error}），请检查文件是否存在、是否有读取权限。") from error
    if not head.strip():
        raise UnreadableFile(f"“{path.name}”是空文件，请确认后再导入。")
    return head


def _refusal(path: Path, head: bytes) -> str:
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            return f"“{path.name}”设有打开密码，请在 Word 中去掉密码后再导入。"
        return f"“{path.name}”是旧版 Office 格式，请用 Word 或 WPS 另存为 .docx 后再导入。"
    if head.startswith(b"{\\rtf"):
        return f"“{path.name}”是 RTF 格式，请用 Word 另存为 .docx 后再导入。"
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")):
        return f"“{path.name}”是图片，请先用 OCR 软件识别成 Word 或可搜索的 PDF 再导入。"
    return f"“{path.name}”不是支持的格式，请换成 Word（.docx）、PDF、Markdown、纯文本或网页文件再导入。"
