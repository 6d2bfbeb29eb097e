"""A reader's own file, read by its content whatever its name: its passages, each with its place."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from assistant.domain.material import Reading
from assistant.errors import UnreadableFile, UnsupportedFormat
from assistant.ingest.docx import word_lines
from assistant.ingest.ocr import Recogniser
from assistant.ingest.pages import Fragment, Pages
from assistant.ingest.pdf import CHARS_A_PAGE
from assistant.ingest.plain import decode
from assistant.ingest.rows import passages
from assistant.ingest.sheet import of_csv, of_lines, of_workbook

Progress = Callable[[str, int, int], None]
"""What is being done, pages done, pages in all."""

MAX_PAGES, MAX_SCANS = 1000, 300
_UNPACKED = 200 * 1024 * 1024
_MEMBER = 80 * 1024 * 1024
_HEAD = 8192
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_READABLE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\x20-\x7e·—“”‘’…]")
_TABLES = {".csv", ".tsv"}


def read_material(path: Path, name: str, progress: Progress) -> Reading:
    """Read a file that its owner calls ``name``; raises ``UnsupportedFormat`` or ``UnreadableFile`` with one sentence."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip():
        raise UnreadableFile(f"“{name}”是空文件，请确认后再放进来。")
    if b"%PDF-" in head[:1024]:
        return _pdf(path, name, progress)
    if head.startswith(b"PK\x03\x04"):
        reading = _package(path, name)
    elif head.startswith((_OLE, b"{\\rtf", *_PICTURES)) or (b"\x00" in head and head[:2] not in (b"\xff\xfe", b"\xfe\xff")):
        raise UnsupportedFormat(_refusal(path, name, head))
    elif Path(name).suffix.lower() in _TABLES:
        reading = Reading("表格", 0, tuple(of_csv(path, name)))
    else:
        reading = Reading("文本", 0, tuple(of_lines(decode(path.read_bytes(), name).lstrip("\ufeff").split("\n"))))
    if not reading.passages:
        raise UnreadableFile(f"“{name}”里没有文字，请确认文件内容后再放进来。")
    return reading


def _package(path: Path, name: str) -> Reading:
    """Word or Excel; a package that would fill the memory is not unpacked."""
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableFile(f"“{name}”不是完好的文件，请重新下载，或用 Word、Excel 打开并另存后再放进来。") from error
    texts = [member.file_size for member in members if member.filename.endswith((".xml", ".rels"))]
    if sum(member.file_size for member in members) > _UNPACKED or max(texts, default=0) > _MEMBER:
        raise UnreadableFile(f"“{name}”解压后过大，可能是损坏或恶意的文件，没有读取；请另存为较小的文件再放进来。")
    names = {member.filename for member in members}
    if "word/document.xml" in names:
        return Reading("Word 文档", 0, tuple(of_lines(word_lines(path, name))))
    if "xl/workbook.xml" in names:
        return Reading("Excel 表格", 0, tuple(of_workbook(path, name)))
    raise UnsupportedFormat(f"“{name}”是压缩包或者别的格式，请解压后把其中的 PDF、Word、Excel 或文本放进来。")


def _refusal(path: Path, name: str, head: bytes) -> str:
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            return f"“{name}”设有打开密码，请解除密码后再放进来。"
        return f"“{name}”是旧版 Office 格式，请用 Word、Excel 或 WPS 另存为 .docx、.xlsx 后再放进来。"
    if head.startswith(b"{\\rtf"):
        return f"“{name}”是 RTF 格式，请用 Word 另存为 .docx 后再放进来。"
    if head.startswith(_PICTURES):
        return f"“{name}”是图片，请先存成 PDF 再放进来。"
    return f"“{name}”不是支持的格式，请换成 PDF、Word（.docx）、Excel（.xlsx、.csv）、Markdown 或纯文本。"


def _pdf(path: Path, name: str, progress: Progress) -> Reading:
    with Pages(path, name) as pages:
        count = len(pages)
        if count > MAX_PAGES:
            raise UnreadableFile(f"“{name}”有 {count} 页，超过 {MAX_PAGES} 页的上限，请拆分后只放要问的部分。")
        words: list[list[Fragment]] = []
        for number in range(1, count + 1):
            words.append(pages.fragments(number))
            progress("读取", number, count)
        scans = [number for number in range(1, count + 1) if not _has_text(words[number - 1])]
        notes = _recognise(pages, name, words, scans, progress)
    found = passages(words)
    if not found:
        raise UnreadableFile(f"“{name}”里没有认出文字，可能是空白页或者图像太模糊，请换清晰的扫描件再放进来。")
    return Reading("PDF", count, tuple(found), tuple(notes))


def _has_text(fragments: list[Fragment]) -> bool:
    """Whether a text layer says something: some scanners only stamp their name on it, some fonts give no characters."""
    text = "".join("".join(fragment.text.split()) for fragment in fragments)
    return len(text) >= CHARS_A_PAGE and len(_READABLE.findall(text)) >= 0.7 * len(text)


def _recognise(pages: Pages, name: str, words: list[list[Fragment]], scans: list[int], progress: Progress) -> list[str]:
    """Put what is recognised in the place of missing words; returns what has to be said of it."""
    if not scans:
        return []
    if len(scans) > MAX_SCANS:
        raise UnreadableFile(f"“{name}”有 {len(scans)} 页是扫描件，超过 {MAX_SCANS} 页的上限，请拆分后只放要问的部分。")
    recogniser = Recogniser()
    if not recogniser.available():
        if len(scans) == len(words):
            raise UnreadableFile(
                f"“{name}”是扫描件，本机没有安装文字识别组件；请安装 anheng[ocr]，或者先转成可搜索的 PDF 再放进来。"
            )
        return [f"第{_listed(scans)}页是扫描件，本机没有安装文字识别组件（anheng[ocr]），没有读取。"]
    progress("识别", 0, len(scans))
    read_pages = recogniser.read(pages.pixels(number) for number in scans)
    for done, (number, fragments) in enumerate(zip(scans, read_pages, strict=True), start=1):
        words[number - 1] = fragments or words[number - 1]
        progress("识别", done, len(scans))
    empty = [number for number in scans if not words[number - 1]]
    read = [number for number in scans if words[number - 1]]
    notes = [f"第{_listed(read)}页由文字识别得出，可能有错字，请对照页面图像核对。"] if read else []
    return [*notes, f"第{_listed(empty)}页没有认出文字。"] if empty else notes


def _listed(numbers: list[int]) -> str:
    """1—3、7: page numbers, runs drawn together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(f"{first}—{last}" if last > first else f"{first}" for first, last in runs)
