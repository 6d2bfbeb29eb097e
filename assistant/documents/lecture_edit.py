"""Editing an outline before it is built: order, drop, swap a case, add one's own, call it otherwise. Values in, values out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.documents.lecture_topics import Shelves
from assistant.domain.cases import Case
from assistant.domain.lecture import Block, Outline, Part
from assistant.errors import UsageError

LONGEST_TITLE = 60
_PIECE, _PIECES = 220, 12
"""Characters on one slide of one's own words; slides of them at most."""


def move(outline: Outline, key: str, by: int) -> Outline:
    """A block some places up (negative) or down; at either end it stays."""
    blocks, at = list(outline.blocks), _place(outline, key)
    to = min(max(at + by, 0), len(blocks) - 1)
    blocks.insert(to, blocks.pop(at))
    return replace(outline, blocks=tuple(blocks))


def drop(outline: Outline, key: str) -> Outline:
    """Without a block."""
    at = _place(outline, key)
    return replace(outline, blocks=(*outline.blocks[:at], *outline.blocks[at + 1 :]))


def swap(outline: Outline, key: str, case: str, shelves: Shelves) -> Outline:
    """Another case in the place of one."""
    at, record = _place(outline, key), shelves.of(case)
    if outline.blocks[at].kind not in {"case", "story"} or not isinstance(record, Case):
        raise UsageError("这一项不是案例，换不了；请选一个案例，或者去掉它。")
    if any(one.record == case for one in outline.blocks):
        raise UsageError(f"“{record.title}”已经在提纲里，请换另一个案例。")
    most = max(2, len(outline.blocks[at].points))
    points = tuple(place for place, point in enumerate(record.points) if point.confidence in {"A", "B"})[:most]
    fresh = Block(f"case-{case}", outline.blocks[at].part, outline.blocks[at].kind, record.title, case, points)
    return replace(outline, blocks=(*outline.blocks[:at], fresh, *outline.blocks[at + 1 :]))


def add_own(outline: Outline, passages: Sequence[tuple[str, str]], name: str, after: str = "") -> Outline:
    """The trainer's own words, as (text, place) out of the file of that name; behind a block, else before the exercises."""
    pieces = [(piece, place) for text, place in passages for piece in _pieces(text)][:_PIECES]
    if not pieces:
        raise UsageError(f"“{name[:60]}”里没有可以讲的文字，请换一个文件，或者把要讲的话存成 Word、PDF 或纯文本。")
    taken = 1 + max((int(one.key.rpartition("-")[2]) for one in outline.blocks if one.key.startswith("own-")), default=-1)
    blocks = [
        Block(
            f"own-{taken + at}",
            Part.OWN,
            "own",
            "我们自己的材料",
            own=text,
            place=f"{name[:60]}，{place}" if place else name[:60],
        )
        for at, (text, place) in enumerate(pieces)
    ]
    behind = next((at + 1 for at, block in enumerate(outline.blocks) if block.key == after), None)
    before = next(
        (at for at, block in enumerate(outline.blocks) if block.part in {Part.EXERCISE, Part.QUIZ}), len(outline.blocks)
    )
    at = behind if behind is not None else before
    return replace(outline, blocks=(*outline.blocks[:at], *blocks, *outline.blocks[at:]))


def retitle(outline: Outline, title: str) -> Outline:
    """Call it otherwise; an empty title is the topic's own again."""
    said = " ".join(title.split())
    if len(said) > LONGEST_TITLE:
        raise UsageError(f"讲课的名称有 {len(said)} 个字，请写在 {LONGEST_TITLE} 个字以内。")
    return replace(outline, title=said)


def alternatives(outline: Outline, shelves: Shelves) -> list[Case]:
    """Cases that are not in the outline: the topic's first, then all others."""
    used = {block.record for block in outline.blocks}
    own = [one for name in outline.topic.cases if isinstance(one := shelves.sources.record(name), Case)]
    return [one for one in dict.fromkeys((*own, *shelves.cases())) if one.id not in used]


def _place(outline: Outline, key: str) -> int:
    found = next((at for at, block in enumerate(outline.blocks) if block.key == key), None)
    if found is None:
        raise UsageError("提纲里已没有这一项，请刷新后再改。")
    return found


def _pieces(text: str) -> list[str]:
    """A passage in pieces that a slide holds, cut behind a sentence where that is possible."""
    rest, found = " ".join(text.split()), []
    while len(rest) > _PIECE:
        at = max(rest.rfind(mark, 80, _PIECE) for mark in "。；！？，")
        at = at + 1 if at > 0 else _PIECE
        found.append(rest[:at])
        rest = rest[at:]
    return [*found, rest] if rest else found
