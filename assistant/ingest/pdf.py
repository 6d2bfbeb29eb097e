"""PDF files that carry a text layer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pypdf import PdfReader as Pypdf
from pypdf.errors import DependencyError, PyPdfError

from assistant.errors import UnreadableFile
from assistant.ingest.document import Document
from assistant.ingest.plain import as_official

CHARS_A_PAGE = 15
"""Fewer on the average page means pictures of text: a scan."""

# 3 · - 3 - · — 12 — · 第 3 页 · 第3页 共10页 · 3/10 · Page 3
PAGE_NUMBER = re.compile(
    r"""^\s* (?:[-—–－·]\s*)? (?:第\s*|Page\s+)? \d{1,3} (?:\s*页)?
    (?:\s*[,，]?\s*(?:/|共)\s*\d{1,4}\s*页?)? \s* (?:[-—–－·]\s*)? $""",
    re.VERBOSE,
)
# 第一条 · 第二章 · 一、 · （一） · 1. · 附件 : where a paragraph begins
OPENS = re.compile(
    r"""^\s* (?: 第[零〇一二三四五六七八九十百千\d]+\s*(?:条|章|编|节|分编) | [一二三四五六七八九十]+、
    | [（(][一二三四五六七八九十\d]+[）)] | \d+[.．、](?!\d) | 附\s*[件录则] | 目\s*录 )""",
    re.VERBOSE,
)
_CLOSES = "。；：！？）】》”!?;:"
_FULL = 0.85
"""A line shorter than this share of the widest ends its paragraph."""
_QUITE_FULL = 0.95
"""A line this wide may go on although a sentence ends with it."""


class PdfReader:
    """PDF with text; a scan is refused with what to do."""

    format = "PDF"

    def accepts(self, path: Path, head: bytes) -> bool:
        """By the signature, which some programs put behind a few bytes."""
        return b"%PDF-" in head[:1024]

    def convert(self, path: Path) -> Document:
        """Text of all pages, without page numbers and running heads, its lines joined to paragraphs."""
        pages = _pages(path)
        if sum(len("".join(page.split())) for page in pages) < CHARS_A_PAGE * len(pages):
            raise UnreadableFile(f"“{path.name}”是扫描件，没有文字层，请先用 OCR 软件识别成可搜索的 PDF 或 Word 再导入。")
        lines = join_lines(strip_margins([page.splitlines() for page in pages]))
        title, text = as_official(lines, path.stem)
        return Document(path.name, title, text, {"format": self.format})


def _pages(path: Path) -> list[str]:
    try:
        reader = Pypdf(str(path))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(f"“{path.name}”设有打开密码，请解除密码后再导入。")
        pages = [page.extract_text() for page in reader.pages]
    except DependencyError as error:
        raise UnreadableFile(f"“{path.name}”经过加密，请用 PDF 软件另存为不加密的文件后再导入。") from error
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OSError) as error:
        # What pypdf raises on damage is not one family.
        raise UnreadableFile(f"“{path.name}”不是完好的 PDF，请重新下载或另存后再导入。") from error
    if not pages:
        raise UnreadableFile(f"“{path.name}”里没有页面，请确认文件完整后再导入。")
    return pages


def strip_margins(pages: Sequence[list[str]]) -> list[str]:
    """Lines of all pages without page numbers and without heads or feet that most pages repeat."""
    trimmed = [[line for line in page if line.strip()] for page in pages]
    running = running_lines(trimmed)
    lines: list[str] = []
    for page in trimmed:
        while page and (PAGE_NUMBER.match(page[-1]) or page[-1].strip() in running):
            page = page[:-1]
        while page and (PAGE_NUMBER.match(page[0]) or page[0].strip() in running):
            page = page[1:]
        lines.extend(page)
    return lines


def running_lines(pages: Sequence[Sequence[str]]) -> set[str]:
    """First and last lines that most pages repeat."""
    edges = Counter(line.strip() for page in pages for line in {*page[:1], *page[-1:]})
    return {line for line, count in edges.items() if count >= 3 and count > len(pages) / 2}


def join_lines(lines: Sequence[str]) -> list[str]:
    """Paragraphs: a full line goes on in the next, unless that one opens something or is indented."""
    width = max((len(line.strip()) for line in lines), default=0)
    joined: list[str] = []
    previous = ""
    for line in lines:
        if joined and _goes_on(previous, line, width):
            joined[-1] += line.strip()
        else:
            joined.append(line.strip())
        previous = line
    return joined


def _goes_on(previous: str, line: str, width: int) -> bool:
    if OPENS.match(line) or line.startswith(("\u3000\u3000", "    ")):
        return False
    share = len(previous.strip()) / width
    return share >= _FULL and (previous.rstrip()[-1:] not in _CLOSES or share >= _QUITE_FULL)
