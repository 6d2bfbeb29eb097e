"""Word files (``.docx``)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import ParseError

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError, _Element

from assistant.errors import UnreadableFile
from assistant.ingest.document import Document
from assistant.ingest.docx_numbering import Numbering
from assistant.ingest.plain import as_official

_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t"}
_SKIP = {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_HOLDERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag")}


class DocxReader:
    """Word, as the national database of laws gives it and as offices write it."""

    format = "Word 文档"

    def accepts(self, path: Path, head: bytes) -> bool:
        """A zip that holds a Word document, whatever its name."""
        if not head.startswith(b"PK\x03\x04"):
            return False
        try:
            with zipfile.ZipFile(path) as package:
                return "word/document.xml" in package.namelist()
        except zipfile.BadZipFile:
            return path.suffix.lower() == ".docx"

    def convert(self, path: Path) -> Document:
        """Paragraphs and tables in the order in which they stand; deleted text of tracked changes is left out."""
        title, text = as_official(word_lines(path, path.name), path.stem)
        return Document(path.name, title, text, {"format": self.format})


def word_lines(path: Path, name: str) -> list[str]:
    """Paragraphs and rows of tables (``| 姓名 | 职务 |``) of a Word file that is called ``name``; raises ``UnreadableFile``."""
    try:
        word = docx.Document(str(path))
        numbering = Numbering(word)
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, ParseError, XMLSyntaxError) as error:
        raise UnreadableFile(f"“{name}”不是完好的 Word 文件，请用 Word 打开并另存后再导入。") from error
    lines = [line for block in _blocks(word.element.body, numbering) for line in block.split("\n")]
    if not any(line.strip() for line in lines):
        raise UnreadableFile(f"“{name}”里没有文字；如果内容是图片，请先用 OCR 软件识别后再导入。")
    return lines


def _blocks(parent: _Element, numbering: Numbering) -> Iterator[str]:
    """Text of each paragraph and of each table row below ``parent``."""
    for child in parent:
        if child.tag == qn("w:p"):
            yield numbering.mark(child) + _text(child).replace("\u00a0", " ")
        elif child.tag == qn("w:tbl"):
            yield from _rows(child, numbering)
        elif child.tag in _HOLDERS:
            yield from _blocks(child, numbering)


def _rows(table: _Element, numbering: Numbering) -> Iterator[str]:
    """A cell merged downwards says in each of its rows what it says; one merged sideways keeps its columns."""
    above: dict[int, str] = {}
    for row in table.iterchildren(qn("w:tr")):
        cells: list[str] = []
        for cell in row.iterchildren(qn("w:tc")):
            text = "".join(_blocks(cell, numbering)).replace("\n", " ").strip()
            merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            if merged is not None and merged.get(qn("w:val")) != "restart":
                text = above.get(len(cells), "")
            above[len(cells)] = text
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            cells += [text, *[""] * (int(span.get(qn("w:val"), "1")) - 1 if span is not None else 0)]
        yield "| " + " | ".join(cells) + " |"


def _text(node: _Element) -> str:
    if node.tag == qn("w:t"):
        return node.text or ""
    if node.tag in _BREAKS:
        return _BREAKS[node.tag]
    return "" if node.tag in _SKIP else "".join(_text(child) for child in node)
