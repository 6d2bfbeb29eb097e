"""修正案: what an amendment changes, article by article and 款 by 款."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.law import patterns
from assistant.law.head import effective_from_text, read_head
from assistant.law.labels import article_number
from assistant.law.numerals import to_int
from assistant.law.outline import Paragraph, parse_outline, split_paragraphs

Action = Literal["修改", "增加", "删去"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that an amendment does to one article."""

    article: str
    paragraph: int | None
    """款 that it concerns; ``None`` for the whole article."""
    action: Action
    text: str
    """The new wording; ``""`` where there is none, or where the amendment changes less than a 款."""


def read_amendment(text: str) -> tuple[Change, ...]:
    """What an amendment changes, article by article, in its own order."""
    return read_clauses(entry.text for entry in parse_outline(text).articles)


def read_clauses(clauses: Iterable[str]) -> tuple[Change, ...]:
    """The same of an amendment whose clauses are at hand one by one."""
    return tuple(change for text in clauses for change in _entry(text))


def read_gist(gist: str) -> Change | None:
    """What our own gist of a clause says that it changes; ``None`` where it changes no article."""
    found = patterns.GIST_OF_CHANGE.match(gist)
    article = article_number(found["number"], found["suffix"]) if found else None
    if not found or not article:
        return None
    paragraph = int(found["paragraph"]) if found["paragraph"] else None
    return Change(article, paragraph, "增加" if found["added"] or found["verb"] == "增设" else "修改", found["text"])


def amendment_effective(text: str) -> date | None:
    """First day of an amendment, by its last article and the date in its head."""
    outline = parse_outline(text)
    return effective_from_text(outline.articles, read_head(text).promulgated)


def words(paragraph: Paragraph) -> str:
    """The lines of a 款 with its 项."""
    return "\n".join(line for line in (paragraph.text, *paragraph.items) if line)


def _entry(entry: str) -> Iterator[Change]:
    """One numbered clause: instructions, each with the wording in quotation marks that follows it."""
    article = ""
    for instruction, quoted in _instructions(entry.splitlines()):
        found = patterns.CHANGE.search(instruction)
        if found:
            article = article_number(found["number"], found["suffix"]) or ""
        if article:
            yield from _changes(article, found, instruction, quoted)


def _instructions(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of an instruction and the wording behind it (``""`` where there is none)."""
    instruction = ""
    quoted: list[str] = []
    for line in lines:
        opens = line.startswith("“") or (bool(quoted) and line.startswith("（"))
        if instruction and opens:
            quoted.append(line.removeprefix("“"))
        else:
            yield from _close(instruction, quoted)
            instruction, _, wording = line.partition("“")
            quoted = [wording] if wording else []
    yield from _close(instruction, quoted)


def _close(instruction: str, quoted: list[str]) -> Iterator[tuple[str, str]]:
    if not instruction:
        return
    wording, mark, behind = "\n".join(quoted).rpartition("”")
    # Words quoted in the middle of an instruction (将…中的“甲”修改为“乙”) are not the wording of a 款.
    partial = bool(quoted) and not instruction.rstrip().endswith(("：", ":"))
    yield instruction, "" if partial else (wording if mark else "\n".join(quoted))
    if mark and behind.strip():
        yield behind.strip(), ""


def _changes(article: str, found: re.Match[str] | None, instruction: str, quoted: str) -> Iterator[Change]:
    added = patterns.ADDED.search(instruction)
    renumbered = patterns.RENUMBERED.search(instruction)
    if renumbered:
        if renumbered["changed"]:
            yield Change(article, to_int(renumbered["new"]), "修改", quoted)
    elif added and not patterns.REPLACED.search(instruction):
        yield from _additions(article, added, quoted)
    elif found and found["delete"]:
        yield from _each(article, found["paragraphs"], "删去", "")
    elif found and (found["item"] or not quoted):
        if "修改" in instruction or "增加" in instruction:
            yield from _each(article, found["paragraphs"] or "第一款", "修改", "")
    elif found and patterns.REPLACED.search(instruction):
        yield from _each(article, None if added else found["paragraphs"], "修改", quoted)


def _additions(amended: str, added: re.Match[str], quoted: str) -> Iterator[Change]:
    several = parse_outline(quoted) if patterns.ARTICLE_MARK.match(quoted) else None
    if added["what"] == "条" and several:
        yield from (Change(article.number, None, "增加", article.text) for article in several.articles)
    elif added["what"] == "条":
        yield Change(article_number(added["number"], added["suffix"]) or amended, None, "增加", quoted)
    elif added["what"] == "款":
        yield from _each(amended, added["paragraphs"], "增加", quoted)
    else:
        yield Change(amended, 1, "修改", "")


def _each(article: str, paragraphs: str | None, action: Action, quoted: str) -> Iterator[Change]:
    """One change a 款; the wordings have to be as many as the 款 that they are for."""
    numbers = [to_int(found["number"]) for found in patterns.ONE_PARAGRAPH.finditer(paragraphs or "")]
    if not numbers:
        yield Change(article, None, action, quoted)
        return
    wordings = [words(paragraph) for paragraph in split_paragraphs(quoted)]
    fits = len(wordings) == len(numbers)
    order = sorted(numbers, key=lambda number: number or 0, reverse=True) if action == "删去" else numbers
    for position, number in enumerate(order):
        yield Change(article, number, action, wordings[position] if fits and action != "删去" else "")
