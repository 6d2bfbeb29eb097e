"""Web pages saved to a file."""

from __future__ import annotations

import re
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from assistant.errors import UnreadableFile
from assistant.ingest.document import Document
from assistant.ingest.plain import as_official, decode

_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|meta|div|p|table)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*(?P<name>[\w-]+)", re.IGNORECASE)
_NOISE = ["script", "style", "noscript", "nav", "header", "footer", "aside", "form", "button", "select", "template", "iframe"]
_CONTAINERS = ["div", "section", "article", "main", "table", "tbody", "tr", "td", "center"]
_BLOCKS = ["p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "blockquote", "dd", "dt", "pre", "caption"]


class HtmlReader:
    """HTML, its menus and scripts left out."""

    format = "网页"

    def accepts(self, path: Path, head: bytes) -> bool:
        """Markup near the beginning; a text that merely mentions a tag does not begin with one."""
        begin = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200]
        named = path.suffix.lower() in {".html", ".htm", ".xhtml"} and b"\x00" not in head
        return named or (begin[:1] == b"<" and not begin.startswith(b"<!-- INFO") and bool(_HTML.search(head)))

    def convert(self, path: Path) -> Document:
        """The part of the page that holds most of the text."""
        soup = BeautifulSoup(_decoded(path), "lxml")
        for tag in soup(_NOISE):
            tag.decompose()
        main = _main(soup)
        lines = _lines(main)
        if not any(lines):
            raise UnreadableFile(f"“{path.name}”里没有正文，请在浏览器中另存完整网页或复制正文到 Word 再导入。")
        heading = main.find("h1") or soup.find("h1")
        named = " ".join(heading.get_text(" ", strip=True).split()) if isinstance(heading, Tag) else ""
        if named:
            # What stands above the heading is the site's; the heading is the title even where it was outside the main part.
            at = next((i for i, line in enumerate(lines) if line and named.startswith(line)), -1)
            lines = [named, *lines[_behind(lines, at, named) :]]
        page_title = soup.title.get_text(strip=True) if soup.title else ""
        title, text = as_official(lines, page_title or path.stem)
        return Document(path.name, title, text, {"format": self.format})


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    declared = _CHARSET.search(data[:4096])
    if declared and declared["name"].lower() in {b"gb2312", b"gbk", b"gb18030"}:
        return data.decode("gb18030", errors="replace")
    return decode(data, path.name)


def _behind(lines: list[str], at: int, named: str) -> int:
    """Index of the first line behind the heading, which may run over several lines."""
    taken = ""
    while at >= 0 and at < len(lines) and len(taken) < len("".join(named.split())):
        taken += "".join(lines[at].split())
        at += 1
    return max(at, 0)


def _main(soup: BeautifulSoup) -> Tag:
    """The innermost block that still holds four fifths of the page's text."""
    node: Tag = soup.body or soup
    whole = len(node.get_text(strip=True))
    while True:
        children = node.find_all(_CONTAINERS, recursive=False)
        inner = next((child for child in children if len(child.get_text(strip=True)) >= 0.8 * whole), None)
        if inner is None:
            return node
        node = inner


def _lines(main: Tag) -> list[str]:
    for tag in main.find_all("br"):
        tag.replace_with("\n")
    for row in main.find_all("tr"):
        cells = [" ".join(cell.get_text(" ", strip=True).split()) for cell in row.find_all(["td", "th"], recursive=False)]
        if len(cells) > 1:
            row.replace_with("\n| " + " | ".join(cells) + " |\n")
    for tag in main.find_all(_BLOCKS):
        tag.insert_before("\n")
        tag.append("\n")
    return [line.replace("\u00a0", " ").strip() for line in main.get_text().split("\n")]
