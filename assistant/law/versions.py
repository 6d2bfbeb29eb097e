"""Dated versions of articles, rebuilt from the amendments. A wording that cannot be rebuilt is ``None``, never a guess."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.law import patterns
from assistant.law.amendments import Change, words
from assistant.law.outline import split_paragraphs


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
    created: bool = False
    """``by`` added the article: before ``start`` there was none."""
    kept: tuple[int, ...] = ()
    """Where ``text`` is ``None``: the 款 that read as in the version after it."""


@dataclass(frozen=True, slots=True)
class _State:
    text: str | None
    rebuilt: bool = False
    """Put together from an earlier wording and a change of a part of it."""
    kept: tuple[int, ...] = ()


Amendment = tuple[date, str, Sequence[Change]]


def dated_versions(current: Mapping[str, str], amendments: Sequence[Amendment]) -> dict[str, tuple[ArticleVersion, ...]]:
    """Every version of every article of ``current`` (number → text in force) that the amendments allow to tell."""
    ordered = sorted(amendments, key=lambda amendment: amendment[0])
    touched = {change.article for _, _, changes in ordered for change in changes}
    numbers = [*current, *sorted(touched - set(current))]
    return {number: article_versions(number, current.get(number), ordered) for number in numbers}


def article_versions(number: str, text: str | None, amendments: Sequence[Amendment]) -> tuple[ArticleVersion, ...]:
    """The versions of one article, oldest first; ``text`` is what is in force now, ``amendments`` are in order of time."""
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
    states[-1] = states[-1] if text is None else _State(text)
    return tuple(_versions(_backwards(states, events), events))


def _backwards(states: list[_State], events: list[Amendment]) -> list[_State]:
    """Fill in what a change can be taken out of again, from the last wording back."""
    filled = list(states)
    for position in reversed(range(len(events))):
        after = filled[position + 1].text
        if filled[position].text is None and after is not None:
            filled[position] = _undo(after, events[position][2])
    return filled


def _undo(after: str, changes: Sequence[Change]) -> _State:
    """The wording before, where only whole 款 were added; where only whole 款 were reworded, the others are as after."""
    paragraphs = [words(paragraph) for paragraph in split_paragraphs(after)]
    touched: set[int] = set()
    for change in changes:
        at = change.paragraph or 0
        if not change.text or not 0 < at <= len(paragraphs) or not _same(paragraphs[at - 1], change.text):
            return _State(None)  # not the wording that this change made, or a change of less or more than a 款
        touched.add(at)
    kept = [n for n in range(1, len(paragraphs) + 1) if n not in touched]
    actions = {change.action for change in changes}
    if actions == {"增加"} and kept:
        return _State("\n".join(paragraphs[n - 1] for n in kept), rebuilt=True)
    return _State(None, kept=tuple(kept) if actions == {"修改"} else ())


def _versions(states: list[_State], events: list[Amendment]) -> Iterator[ArticleVersion]:
    ends = [*(day - timedelta(days=1) for day, _, _ in events), None]
    if not _creates(events[0][2]):
        yield ArticleVersion(states[0].text, None, ends[0], "", kept=states[0].kept)
    for position, (day, by, changes) in enumerate(events, start=1):
        if any(change.action == "删去" and change.paragraph is None for change in changes):
            continue
        state = states[position]
        yield ArticleVersion(state.text, day, ends[position], by, _creates(changes), state.kept)


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
    paragraphs = [words(paragraph) for paragraph in split_paragraphs(state.text)]
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
