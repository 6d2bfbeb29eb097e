"""Dated versions of articles, rebuilt from the amendments. A wording that cannot be rebuilt is ``None``, never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """The wording of an article during a time."""

    text: str | None
    """``None`` where the wording is not at hand."""
    start: date | None
    """``None``: since the law came into force."""
    end: date | None
    """Last day; ``None``: still in force."""
    by: str
    """Title of the amendment; ``""`` for the first version."""


@dataclass(frozen=True, slots=True)
class _State:
    text: str | None
    rebuilt: bool = False
    """Put together from an earlier wording and a change of a part of it."""


Amendment = tuple[date, str, Sequence[Change]]


def read_amendment(text: str) -> tuple[Change, ...]:
    """What an amendment changes, article by article, in its own order."""
    return tuple(change for entry in parse_outline(text).articles for change in _entry(entry.text))


def amendment_effective(text: str) -> date | None:
    """First day of an amendment, by its last article and the date in its head."""
    outline = parse_outline(text)
    return effective_from_text(outline.articles, read_head(text).promulgated)


def dated_versions(current: Mapping[str, str], amendments: Sequence[Amendment]) -> dict[str, tuple[ArticleVersion, ...]]:
    """Every version of every article of ``current`` (number → text in force) that the amendments allow to tell."""
    ordered = sorted(amendments, key=lambda amendment: amendment[0])
    touched = {change.article for _, _, changes in ordered for change in changes}
    numbers = [*current, *sorted(touched - set(current))]
    return {number: _history(number, current.get(number), ordered) for number in numbers}


def _history(number: str, text: str | None, amendments: Sequence[Amendment]) -> tuple[ArticleVersion, ...]:
    events: list[Amendment] = []
    for day, by, changes in amendments:
        own = [change for change in changes if change.article == number]
        if own:
            events.append((day, by, own))
    if not events:
        return (ArticleVersion(text, None, None, ""),)
    states = [_State(None)]
    for _, _, changes in events:
        states.append(_apply(states[-1], changes))
    if text is not None and states[-1].text is not None and not _same(states[-1].text, text):
        # A change is missing from the amendments at hand, so what was pieced together is not certain either.
        states = [_State(None) if state.rebuilt else state for state in states]
    return tuple(_versions(states, events, text))


def _versions(states: list[_State], events: list[Amendment], text: str | None) -> Iterator[ArticleVersion]:
    ends = [*(day - timedelta(days=1) for day, _, _ in events), None]
    if not _creates(events[0][2]):
        yield ArticleVersion(None, None, ends[0], "")
    for position, (day, by, changes) in enumerate(events, start=1):
        if any(change.action == "删去" and change.paragraph is None for change in changes):
            continue
        last = position == len(events)
        yield ArticleVersion(text if last and text is not None else states[position].text, day, ends[position], by)


def _creates(changes: Sequence[Change]) -> bool:
    return any(change.action == "增加" and change.paragraph is None and change.text for change in changes)


def _same(one: str, other: str) -> bool:
    return _comparable(one) == _comparable(other)


def _comparable(text: str) -> str:
    return patterns.NO_WORDS.sub("", unicodedata.normalize("NFKC", text))


def _apply(state: _State, changes: Sequence[Change]) -> _State:
    for change in changes:
        state = _apply_one(state, change)
    return state


def _apply_one(state: _State, change: Change) -> _State:
    if change.paragraph is None:
        return _State(change.text or None)
    if state.text is None or (change.action != "删去" and not change.text):
        return _State(None)
    paragraphs = [_words(paragraph) for paragraph in split_paragraphs(state.text)]
    at = change.paragraph - 1
    if change.action == "增加" and at <= len(paragraphs):
        paragraphs.insert(at, change.text)
    elif change.action == "修改" and at < len(paragraphs):
        paragraphs[at] = change.text
    elif change.action == "删去" and at < len(paragraphs):
        del paragraphs[at]
    else:
        return _State(None)
    return _State("\n".join(paragraphs), rebuilt=True)


def _words(paragraph: Paragraph) -> str:
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
    wordings = [_words(paragraph) for paragraph in split_paragraphs(quoted)]
    fits = len(wordings) == len(numbers)
    order = sorted(numbers, key=lambda number: number or 0, reverse=True) if action == "删去" else numbers
    for position, number in enumerate(order):
        yield Change(article, number, action, wordings[position] if fits and action != "删去" else "")
