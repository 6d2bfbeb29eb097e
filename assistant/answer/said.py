"""What a text says of each law that it refers to: its quotations and its own words, a clause each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.law.refs import FoundRef
from assistant.law.wording import Words, words

_END = re.compile(r"[。！？!?]|\n")
_CLAUSE = re.compile(r"[^，,；;。：:！!？?、\n]+")
_QUOTE = re.compile(r"“(?P<a>[^“”]{2,400})”|「(?P<b>[^「」]{2,400})」|\"(?P<c>[^\"\n]{2,400})\"|‘(?P<d>[^‘’]{6,400})’")
_BETWEEN = re.compile(r"[\s、，,和及与以或者至到（）()的之]*")
_OPENS = re.compile(r"^\s*(?:[》”]*)(?:之|的)?(?:规定|明确|要求|指出|列举|所称|所列|对|将|把|也|还|则|：|:|，|,|“)")
_FORMER = re.compile(r"(?:修正|修改|修订)前的?《?$|(?<![\u4e00-\u9fff])原《?$")
_DENIES = re.compile(
    r"(?:没有|并未|未|不|无)(?:规定|写明?|说|提到?|要求|出现|使用|包含|列出|增设)[^，。；]{0,6}$|(?:还没有|没有|不是|并非|不再是|不含|(?:删去|删除|取消|改掉)[了过]?)$"
)
_BRACKETED = re.compile(r"[（(〔\[【][）)〕\]】]")
_POINTS = re.compile(
    r"[》”）\s]*(?:等|所|中)?(?:规定(?:的|条件|情形|行为)|的规定|之规定|所列|所称|作出|提起|追究|处理|办理|定罪|移送|决定|等法律|[\u4e00-\u9fff]{2,14}罪)"
)
LEAST = 4
"""Characters of a clause that says something."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A quotation or a clause of the text's own words, with its place in the text."""

    text: str
    start: int
    end: int
    quoted: bool = False
    denied: bool = False
    """The text says that these words are not there: 没有“……”."""

    @property
    def words(self) -> Words:
        """Prepared for comparison."""
        return words(self.text)


@dataclass(slots=True)
class Said:
    """References that stand together, and what the text says of them."""

    refs: list[FoundRef]
    own: list[Piece] = field(default_factory=list)
    """Said of these references and nobody else's."""
    shared: list[Piece] = field(default_factory=list)
    """Said of these or of their neighbours: it may prove them right, never wrong."""
    neighbours: list[FoundRef] = field(default_factory=list)
    """The other references of its sentence, any of which a statement may be about."""
    points: bool = False
    """It only points there (依照…的规定办理, …规定的行为) rather than recounts what stands there."""
    former: bool = False
    """The text itself says that it means the wording before a change: 修正前刑法第六十八条."""


def what_is_said(text: str, refs: Sequence[FoundRef]) -> list[Said]:
    """References in the order of the text, those that stand side by side together."""
    quotes = [quote.span() for quote in _QUOTE.finditer(text)]
    quoted = [ref for ref in refs if _quotes(quotes, ref)]
    outside = sorted((ref for ref in refs if ref not in quoted), key=lambda ref: ref.start)
    starts = [ref.start for ref in outside]
    found = [Said([ref]) for ref in quoted]  # a law that quotes another: nothing is said of it here
    before: list[Said] = []
    for start, end in _sentences(text):
        inside = outside[bisect_left(starts, start) : bisect_left(starts, end)]
        groups = [Said(group, former=_FORMER.search(text, start, group[0].start) is not None) for group in _groups(text, inside)]
        if groups:
            for group in groups:
                group.points = _POINTS.match(text, group.refs[-1].end) is not None
                group.neighbours = [
                    ref for ref in inside if ref not in group.refs and "；" not in _between(text, ref, group.refs[0])
                ]
            _share_out(text, start, end, groups)
            found += groups
            before = groups
        elif before and _goes_on(text[before[-1].refs[-1].end : start]):
            _continue(list(_pieces(text, start, end)), before)
    return found


def _quotes(quotes: Sequence[tuple[int, int]], ref: FoundRef) -> bool:
    """Whether a reference is part of a longer quotation."""
    place = bisect_left(quotes, (ref.start, 0)) - 1
    low, high = quotes[place] if place >= 0 else (0, 0)
    return ref.end < high and high - low > 2 * len(ref.surface)


def _between(text: str, one: FoundRef, other: FoundRef) -> str:
    first, second = sorted((one, other), key=lambda ref: ref.start)
    return text[first.end : second.start]


def _goes_on(between: str) -> bool:
    """Whether a sentence is of the same paragraph as the reference before it, or of the list that it opens."""
    return "\n" not in between or between.rstrip().endswith(("：", ":"))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start, depth = 0, 0
    for position, mark in enumerate(text):
        depth = depth + (mark in "“「") - (mark in "”」") if mark != "\n" else 0
        if depth <= 0 and _END.match(mark) and not _broken_line(text, position):
            yield start, position + 1
            start, depth = position + 1, 0
    if start < len(text):
        yield start, len(text)


def _broken_line(text: str, position: int) -> bool:
    """A line that ends in the middle of a sentence, as lines of a PDF do."""
    if text[position] != "\n":
        return False
    line = text[text.rfind("\n", 0, position) + 1 : position]
    following = text[position + 1 : position + 2]
    return (
        len(line) >= 16
        and line[-1] not in "。！？：:；;"
        and not following.isspace()
        and following not in "-*#|（(一二三四五六七八九十0123456789"
    )


def _groups(text: str, refs: Sequence[FoundRef]) -> list[list[FoundRef]]:
    groups: list[list[FoundRef]] = []
    for ref in refs:
        if groups and _BETWEEN.fullmatch(text, groups[-1][-1].end, max(ref.start, groups[-1][-1].end)):
            groups[-1].append(ref)
        else:
            groups.append([ref])
    return groups


def _share_out(text: str, start: int, end: int, groups: list[Said]) -> None:
    """Give each piece of a sentence to the references that it speaks of: those before it, unless these close the sentence."""
    edges = [(group.refs[0].start, max(ref.end for ref in group.refs)) for group in groups]
    gaps = [(low, high) for low, high in zip([start, *(e for _, e in edges)], [*(s for s, _ in edges), end], strict=True)]
    pieces = [list(_pieces(text, low, high)) for low, high in gaps]
    bracketed = [
        group
        for group, edge in zip(groups, edges, strict=True)
        if _BRACKETED.fullmatch(text[max(0, edge[0] - 1) : edge[0]] + text[edge[1] : edge[1] + 1])
    ]
    closes = not any(len(piece.words) >= LEAST for piece in pieces[-1])
    for position, found in enumerate(pieces):
        left = groups[position - 1] if position else None
        right = groups[position] if position < len(groups) else None
        turn = text.rfind("；", *gaps[position])  # what stands before it is another matter
        early, late = left, right
        if left is None or (left in bracketed and right not in bracketed):
            early = None
        elif turn < 0 and right not in bracketed and not (closes and not _OPENS.match(text[slice(*gaps[position])])):
            late = left
        if right is None:
            early = late = None if left in bracketed else left
        for piece in found:
            owner = late if piece.start > turn else early
            for group in groups:
                (group.own if group is owner else group.shared).append(piece)


def _continue(pieces: list[Piece], before: list[Said]) -> None:
    """A sentence that names no law goes on about the law named before; with several it is not said about which."""
    for group in before:
        (group.own if len(before) == 1 and any(piece.quoted for piece in pieces) else group.shared).extend(pieces)


def _pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    last = start
    for quote in _QUOTE.finditer(text, start, end):
        yield from _clauses(text, last, quote.start())
        inner = next(name for name in "abcd" if quote[name] is not None)
        denied = _DENIES.search(text, last, quote.start()) is not None
        yield Piece(quote[inner], quote.start(inner), quote.end(inner), quoted=True, denied=denied)
        last = quote.end()
    yield from _clauses(text, last, end)


def _clauses(text: str, start: int, end: int) -> Iterator[Piece]:
    for clause in _CLAUSE.finditer(text, start, max(start, end)):
        if len(words(clause.group())) >= 2:
            yield Piece(clause.group(), clause.start(), clause.end())
