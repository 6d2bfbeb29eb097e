"""编章节条款项: where each article of a text stands, with offsets into the text as it was given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.law import patterns
from assistant.law.head import Head, effective_from_text, head_end, read_head
from assistant.law.numerals import to_int

__all__ = [
    "Head",
    "Outline",
    "OutlineArticle",
    "Paragraph",
    "effective_from_text",
    "parse_outline",
    "read_head",
    "select",
    "split_paragraphs",
]

_RANKS = {"编": 2, "分编": 3, "章": 4, "节": 5}
"""Depth of a division that carries no Markdown hashes."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """款: its own words and its 项, each as printed."""

    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutlineArticle:
    """条 of a text."""

    number: str
    """``134``, ``134-1``; ``""`` for a text that has no articles."""
    heading: tuple[str, ...]
    """编, 章, 节 above it, outermost first."""
    text: str
    """Without the mark; one 款 or 项 a line."""
    start: int
    """Offset of the mark in the original, with the Markdown hashes before it."""
    end: int
    """Offset behind the last character."""
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A text cut into its articles."""

    articles: tuple[OutlineArticle, ...]
    numbering: str
    """``第X条``, ``一、`` or ``""``: by what the articles are numbered."""
    body_start: int
    """Offset at which the head (title, dates, 文号) ends."""

    def article(self, number: str) -> OutlineArticle | None:
        """The first article with this number."""
        return next((article for article in self.articles if article.number == number), None)


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where something begins: an article (``number``), a division (``title``) or what lies behind the text (neither)."""

    start: int
    body: int
    number: str = ""
    title: str = ""
    depth: int = 0


def parse_outline(text: str) -> Outline:
    """Cut ``text`` into articles: by 第X条; where there are none by 一、二、; else one article ``""`` that is the whole body."""
    body_start = head_end(text)
    for numbering, marks in (("第X条", _article_marks), ("一、", _enumerated_marks)):
        found = list(marks(text, body_start))
        if found:
            others = [*_division_marks(text, body_start, numbering), *_tail_marks(text, found[-1].body)]
            ordered = sorted([*found, *others], key=lambda mark: mark.start)
            return Outline(tuple(_articles(text, ordered)), numbering, body_start)
    whole = _build(text, _Mark(body_start, body_start), len(text), ())
    return Outline((whole,) if whole.text else (), "", body_start)


def select(text: str, paragraph: int | None, item: int | None) -> str | None:
    """The 款 or 项 of an article's text. Without a 款, an 项 is found only where one 款 alone has it."""
    paragraphs = split_paragraphs(text)
    if paragraph is not None and not 0 < paragraph <= len(paragraphs):
        return None
    chosen = paragraphs if paragraph is None else (paragraphs[paragraph - 1],)
    if item is None:
        return "\n".join(line for part in chosen for line in (part.text, *part.items) if line)
    hits = [entry for part in chosen for entry in part.items if _item_number(entry) == item]
    return hits[0] if len(hits) == 1 else None


def split_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """款 and 项 of an article's text: a line is a 款, unless it opens with （一） or continues the line above."""
    grouped: list[tuple[list[str], list[list[str]]]] = []
    for line in text.splitlines():
        if not grouped or not (patterns.ITEM_LINE.match(line) or patterns.CONTINUATION.match(line)):
            grouped.append(([], [[line]]) if patterns.ITEM_LINE.match(line) else ([line], []))
        elif patterns.ITEM_LINE.match(line):
            grouped[-1][1].append([line])
        else:
            (grouped[-1][1][-1] if grouped[-1][1] else grouped[-1][0]).append(line)
    return tuple(Paragraph("\n".join(own), tuple("\n".join(item) for item in items)) for own, items in grouped)


def _item_number(entry: str) -> int | None:
    found = patterns.ITEM_LINE.match(entry)
    return to_int(found["number"]) if found else None


def _articles(text: str, marks: list[_Mark]) -> Iterator[OutlineArticle]:
    heading: list[_Mark] = []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        if mark.title:
            heading = [*(above for above in heading if above.depth < mark.depth), mark]
        elif mark.number:
            end = following.start if following else len(text)
            yield _build(text, mark, end, tuple(above.title for above in heading))


def _build(text: str, mark: _Mark, end: int, heading: tuple[str, ...]) -> OutlineArticle:
    lines = "\n".join(line.strip() for line in text[mark.body : end].splitlines() if line.strip(" \t\u3000\u00a0*"))
    own = _split_inline_items(lines)
    stop = mark.start + len(text[mark.start : end].rstrip())
    return OutlineArticle(mark.number, heading, own, mark.start, stop, split_paragraphs(own))


def _split_inline_items(lines: str) -> str:
    """Put items that run on in one line on lines of their own; they have to count up from （一）."""
    cuts: list[int] = []
    for found in patterns.ITEM_INLINE.finditer(lines):
        if to_int(found["number"]) == 1:
            cuts.append(found.end())
            expected = 2
        elif cuts and to_int(found["number"]) == expected:
            cuts.append(found.end())
            expected += 1
    pieces = [lines[start:end].strip() for start, end in zip([0, *cuts], [*cuts, len(lines)], strict=True)]
    return "\n".join(piece for piece in pieces if piece)


def _article_marks(text: str, body_start: int) -> Iterator[_Mark]:
    last, behind = (0, 0), body_start
    for found in patterns.ARTICLE_MARK.finditer(text, body_start):
        number = (to_int(found["number"]) or 0, (to_int(found["suffix"]) or 0) if found["suffix"] else 0)
        if not number[0] or not _is_heading(found):
            continue
        quoted = _inside_quotes(text, behind, found.start("mark"))
        if (quoted or number <= last) and not _follows(last, number):
            continue
        last, behind = number, found.end("mark")
        label = f"{number[0]}-{number[1]}" if number[1] else str(number[0])
        yield _Mark(found.start("line"), _behind_repeated_mark(text, found), number=label)


def _behind_repeated_mark(text: str, found: re.Match[str]) -> int:
    """Some files print the mark as a heading and once more before the words."""
    if found["rest"]:
        return found.end("gap")
    again = patterns.ARTICLE_MARK.match(text, _next_line(text, found.end()))
    repeated = again is not None and (again["number"], again["suffix"]) == (found["number"], found["suffix"])
    return again.end("gap") if again and repeated else found.end("gap")


def _next_line(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _is_heading(found: re.Match[str]) -> bool:
    """Whether the mark opens an article, rather than a sentence that begins with a reference to one."""
    if found["hashes"] or not found["rest"]:
        return True
    if patterns.AFTER_REFERENCE.match(found["rest"]):
        return False
    return bool(found["gap"]) or not patterns.AFTER_REFERENCE_GLUED.match(found["rest"])


def _follows(last: tuple[int, int], number: tuple[int, int]) -> bool:
    return number in {(last[0] + 1, 0), (last[0], last[1] + 1)}


def _inside_quotes(text: str, start: int, position: int) -> bool:
    return text.rfind("“", start, position) > text.rfind("”", start, position)


def _enumerated_marks(text: str, body_start: int) -> Iterator[_Mark]:
    expected = 1
    for found in patterns.ENUMERATED.finditer(text, body_start):
        if to_int(found["number"]) == expected:
            yield _Mark(found.start("line"), found.end("gap"), number=str(expected))
            expected += 1


def _division_marks(text: str, body_start: int, numbering: str) -> Iterator[_Mark]:
    for found in patterns.DIVISION.finditer(text, body_start):
        line = text[found.start() : found.end()]
        if patterns.ARTICLE_MARK.match(line) or (numbering == "一、" and patterns.ENUMERATED.match(line)):
            continue
        depth = len(found["hashes"]) if found["hashes"] else _RANKS.get(found["unit"] or "", 9)
        yield _Mark(found.start(), found.end(), title=" ".join(found["title"].split()), depth=depth)


def _tail_marks(text: str, last_article: int) -> Iterator[_Mark]:
    found = patterns.TAIL.search(text, last_article)
    if found:
        yield _Mark(found.start(), found.end())
