"""补充侦查提纲 as a Word file and as plain text: what to obtain, from whom, in what form, why, each with its articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import Any

import docx
from docx.shared import Pt

from assistant.documents.footnotes import clean
from assistant.documents.transcript_word import dress, quiet
from assistant.domain.evidence import OutlineFrame, OutlineItem
from assistant.law.numerals import to_chinese

TITLE = "补充侦查提纲"
Titles = Callable[[str], str]
"""``刑诉法#54/2`` as it is to be printed: 《刑事诉讼法》第五十四条第二款."""


def to_word(name: str, items: Sequence[OutlineItem], frame: OutlineFrame, titles: Titles) -> bytes:
    """The file's content; ``name`` is the offence."""
    word: Any = docx.Document()
    dress(word)
    word.core_properties.title, word.core_properties.author = TITLE, "安衡"
    word.add_paragraph(TITLE, style="Title")
    quiet(word.add_paragraph(), f"案由：{name}")
    _indented(word, frame.opening)
    for heading, parts in _numbered(items):
        word.add_paragraph(heading, style="Heading 2")
        for said, cite in parts:
            for line in said:
                _indented(word, line)
            quiet(word.add_paragraph(), f"依据：{'、'.join(map(titles, cite))}")
    _indented(word, frame.closing)
    quiet(word.add_paragraph(), f"依据：{'、'.join(map(titles, frame.cite))}")
    held = BytesIO()
    word.save(held)
    return held.getvalue()


def to_text(name: str, items: Sequence[OutlineItem], frame: OutlineFrame, titles: Titles) -> str:
    """The same to be pasted elsewhere."""
    lines = [f"{TITLE}（{name}）", frame.opening]
    for heading, parts in _numbered(items):
        lines.append(heading)
        for said, cite in parts:
            lines += [*said, f"依据：{'、'.join(map(titles, cite))}"]
    return "\n".join([*lines, frame.closing, f"依据：{'、'.join(map(titles, frame.cite))}"])


def _numbered(items: Sequence[OutlineItem]) -> Iterator[tuple[str, list[tuple[list[str], tuple[str, ...]]]]]:
    """一、主体和职责, with its items 1, 2, …, which are numbered through."""
    place = 0
    for number, (element, group) in enumerate(groupby(items, key=lambda item: item.element), 1):
        parts = []
        for item in group:
            place += 1
            parts.append((_said(place, item), item.cite))
        yield f"{to_chinese(number)}、{element}", parts


def _said(place: int, item: OutlineItem) -> list[str]:
    return [f"{place}. {item.get}。", f"向谁调取：{item.source}。", f"形式：{item.form}。", item.why]


def _indented(word: Any, text: str) -> None:
    word.add_paragraph(clean(text)).paragraph_format.first_line_indent = Pt(24)
