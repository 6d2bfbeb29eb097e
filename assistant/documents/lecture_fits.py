"""Whether an outline can be taught from the library as it is: an edited file may name what is not there, and the library changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.documents.lecture import check_minutes
from assistant.documents.lecture_edit import retitle
from assistant.documents.lecture_topics import Shelves
from assistant.domain.cases import Case
from assistant.domain.lecture import Block, Outline
from assistant.domain.records import Offence, Record
from assistant.domain.tips import RiskTip
from assistant.errors import UsageError

_MOST, _QUESTIONS = 200, 100
"""Blocks of an outline; questions of a quiz."""
_RESTS_ON: Mapping[str, type[Record]] = {
    "case": Case, "tiers": Offence, "todo": RiskTip, "record": Record, "myth": Record, "exercise": Record,
}  # fmt: skip


def check(outline: Outline, shelves: Shelves) -> None:
    """Raise ``UsageError`` with the first block that cannot be taught, and what to do."""
    check_minutes(outline.minutes)
    retitle(outline, outline.title)
    if len(outline.blocks) > _MOST:
        raise UsageError(f"提纲有 {len(outline.blocks)} 段，一讲最多 {_MOST} 段，请去掉一些。")
    if len({one.key for one in outline.blocks}) < len(outline.blocks):
        raise UsageError("提纲里有两段的 key 相同，请改成不同的，或者去掉一段。")
    for block in outline.blocks:
        if why := misfit(block, shelves):
            raise UsageError(f"提纲里的“{block.title[:30]}”讲不了：{why}，请改正，或者去掉这一段。")


def misfit(block: Block, shelves: Shelves) -> str:
    """Why a block cannot be taught; empty where it can."""
    if block.kind == "quiz":
        fine = len(block.points) == 2 and all(0 <= one <= _QUESTIONS for one in block.points)
        return "" if fine else f"points 要写两个数，一共几题、现场讲几题，都不超过 {_QUESTIONS}"
    if block.kind == "own":
        return "" if block.own.strip() else "own 是空的"
    if block.kind not in _RESTS_ON:
        return ""
    record = shelves.sources.record(block.record)
    if record is None:
        return f"知识库里没有编号“{block.record[:40]}”"
    if not isinstance(record, _RESTS_ON[block.kind]):
        return f"编号“{block.record[:40]}”不能按 {block.kind} 来讲"
    beyond = [one for one in block.points if not 0 <= one < len(record.points)]
    return f"“{record.title[:20]}”没有第 {beyond[0]} 点（从 0 数起，共 {len(record.points)} 点）" if beyond else ""


def mended(outline: Outline, shelves: Shelves) -> Outline:
    """The outline for the library as it is: what is gone from it is left out, and the outline says so."""
    kept, said = list[Block](), list[str]()
    for block in outline.blocks:
        record = shelves.sources.record(block.record)
        points = tuple(one for one in block.points if record is None or 0 <= one < len(record.points))
        now = replace(block, points=points)
        if misfit(now, shelves) or (block.points and not points):
            said.append(f"“{block.title}”在知识库里已没有了，没有讲。")
        else:
            kept.append(now)
    return replace(outline, blocks=tuple(kept), notices=tuple(dict.fromkeys((*outline.notices, *said))))
