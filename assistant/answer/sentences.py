"""断句: a stream of text cut into sentences, each with the numbers of the sources that it cites, as soon as it is complete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST = 600
"""Characters after which what has no end is cut; no statute speaks in longer sentences."""
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_MARKS = re.compile(
    r"""
    \s* [\[【〔［(（] \s* (?:(?:来源|出处|依据|资料|source|S|注) \s* [:：]? \s*)?
    (?P<numbers> \d{1,3} (?: \s*(?:,|，|、|和|至|-|—|~)\s* (?:S|来源)? \s* \d{1,3} )* )
    \s* [\]】〕］)）]
    """,
    re.VERBOSE | re.IGNORECASE,
)
# [1] · 【S1】 · 〔1、3〕 · （来源2） · [1-3]; （1） with no word before it may be an item of the text
_BARE = re.compile(r"\s*[(（]\s*\d")
_ONE = re.compile(r"(?P<joint>至|-|—|~)?\s*(?:S|来源)?\s*(?P<n>\d{1,3})", re.IGNORECASE)
_END = re.compile(r"[。！？!?\n]|；\s*\n")
_DRESS = re.compile(r"^[\s#>*\-•·]+|^\d{1,2}[.、．)）]\s*|\*\*|__|`")
"""Markdown, and the numbers of lists."""
_MANY = 20


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as a model wrote it."""

    text: str
    """Without the marks of its sources and without Markdown."""
    cites: tuple[int, ...]
    """Numbers of the sources that it names, in order."""


def sentences(pieces: Iterable[str]) -> Iterator[Sentence]:
    """Sentences as they complete. A mark behind the full stop still belongs to the sentence before it."""
    held = ""
    for piece in pieces:
        held = _THOUGHT.sub("", held + piece) if "</think>" in held + piece else held + piece
        if held.lstrip().startswith("<think>"):
            continue
        while (end := _complete(held)) is not None:
            yield from _read(held[:end])
            held = held[end:]
    for line in _THOUGHT.sub("", held).splitlines():
        yield from _read(line)


def _complete(held: str) -> int | None:
    """Where the first sentence ends, once it is sure that no mark follows it."""
    for end in _END.finditer(held):
        if held.count("“", 0, end.end()) > held.count("”", 0, end.end()) and end.end() < LONGEST and end.group() != "\n":
            continue  # the full stop of a quotation that goes on
        at = end.end()
        if (
            end.group() == "\n"
            or _MARKS.match(held)
            or any(mark.end() == end.start() for mark in _MARKS.finditer(held, 0, end.start()))
        ):
            return at  # its marks stand before it, or before its full stop
        while (mark := _MARKS.match(held, at)) and not _BARE.match(held, at):
            at = mark.end()
        if at > end.end():
            return at
        rest = held[at:].lstrip(" ")
        if rest and not re.fullmatch(r"[\[【〔［(（][^\]】〕］)）]{0,20}", rest):
            return at
        return None
    return LONGEST if len(held) > LONGEST else None


def _read(text: str) -> Iterator[Sentence]:
    cites: list[int] = []

    def taken(mark: re.Match[str]) -> str:
        if _BARE.match(mark.group()):
            return mark.group()
        cites.extend(_numbers(mark["numbers"]))
        return ""

    plain = _DRESS.sub("", _MARKS.sub(taken, text).strip()).strip()
    plain = re.sub(r"\s+(?=[\u4e00-\u9fff，。；：])", "", plain)
    if re.search(r"\w", plain):
        yield Sentence(plain, tuple(dict.fromkeys(cites)))


def _numbers(text: str) -> list[int]:
    found: list[int] = []
    for one in _ONE.finditer(text):
        number = int(one["n"])
        if one["joint"] and found and 0 < number - found[-1] <= _MANY:
            found.extend(range(found[-1] + 1, number))
        found.append(number)
    return found
