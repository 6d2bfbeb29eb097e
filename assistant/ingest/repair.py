"""Mending what transcription does to a text, where only one mending is possible."""

from __future__ import annotations

import re

# zero-width blanks, soft hyphens and characters of private use, which no reader sees and which break a comparison
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\ue000-\uf8ff]")
# - 12 - · — 3 — : a number between dashes, alone on its line
_PAGE_LINE = re.compile(r"^\s*[-—–]\s*\d{1,4}\s*[-—–]\s*$")
# 附则 · 网络素养促进 · （二）不动产抵押 · **井工煤矿**
_BARE_HEADING = re.compile(
    r"^\s*\**\s*(?P<title>(?:（[一二三四五六七八九十]+）)?[\u4e00-\u9fff][\u4e00-\u9fff、 \u3000*]{1,24})\s*$"
)
_ARTICLE = re.compile(r"^\s*(?:#+\s*)?第[零〇○一二三四五六七八九十百千\d]+\s*条")
# ## 第二章 · 第三条 · （一） · 一、
_OPENS = re.compile(
    r"^\s*(?:#|第[零○〇一二三四五六七八九十百千\d]+\s*[条章节编]|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、)"
)
_SENTENCE_ENDS = "。；：！？”）.;:!?"


def repair(text: str) -> tuple[str, int]:
    """The text without invisible characters and page numbers, its unmarked headings marked; how many page numbers there were."""
    lines = [_INVISIBLE.sub("", line).rstrip() for line in text.split("\n")]
    kept, pages = _without_page_numbers(lines)
    return "\n".join(_with_headings(kept)), pages


def _without_page_numbers(lines: list[str]) -> tuple[list[str], int]:
    """A sentence that a page number had cut is joined again."""
    kept: list[str] = []
    pages = 0
    broken = False
    for line in lines:
        if _PAGE_LINE.match(line):
            pages += 1
            while kept and not kept[-1]:
                kept.pop()
            broken = bool(kept) and kept[-1][-1] not in _SENTENCE_ENDS
            if not broken:
                kept.append("")
        elif broken and line:
            kept.extend(["", line]) if _OPENS.match(line) else kept.append(kept.pop() + line.strip())
            broken = False
        elif not broken:
            kept.append(line)
    return kept, pages


def _with_headings(lines: list[str]) -> list[str]:
    """A short line without punctuation, between the end of an article and the next one, is a heading."""
    filled = [number for number, line in enumerate(lines) if line]
    for before, here, behind in zip(filled, filled[1:], filled[2:], strict=False):
        found = _BARE_HEADING.match(lines[here])
        if found and lines[before].endswith("。") and _ARTICLE.match(lines[behind]) and not _ARTICLE.match(lines[here]):
            lines[here] = "## " + found["title"].replace("*", "").strip()
    return lines
