"""Parts of what records say: their titles cut short, their points without the word that says what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.domain.lecture import Said
from assistant.domain.records import Misconception, Point, Record

COUNTED = re.compile(r"从[重宽]之")
"""Heads of points that count the circumstances of one direction."""
SIGNAL = re.compile(r"宽严信号(?:是(?:宽严分层|从?严|从?宽))?[：，]?")
"""How the point begins that a balance shows already."""
HEAD = re.compile(r"(?P<head>[^：；。，、（]{1,10})：(?P<rest>.{12,})", re.DOTALL)
"""The word before a point's first colon, and the rest of it."""
TITLES = {
    "案情": "发生了什么",
    "案情和一审结果": "发生了什么，判了什么",
    "处理": "怎么处理的",
    "要旨": "这个案件说明什么",
    "与法定刑的关系": "放到法条里看",
    "宽严信号": "宽严信号",
    "结果": "结果怎样",
}
"""Heads of the points of a case, and the titles of their slides."""
_ANSWERS = {"会", "可能会", "都可能有罪", "可能", "可以"}
"""Heads of points that answer a question which a slide does not ask."""
_PARENTHESES = re.compile(r"（[^（）]*）")


def within(said: Sequence[Said], most: int) -> list[Said]:
    """As many from the start as hold no more than so many characters together, at least one."""
    kept: list[Said] = []
    for one in said:
        if kept and sum(len(held.text) for held in (*kept, one)) > most:
            break
        kept.append(one)
    return kept


_PIECE = re.compile(r"[^，；。：]+[，；。：]?")
_REMARK = re.compile(r"原文不在|不在库内|这是要旨|(?:没有|未|尚未)(?:能)?核[到实对]|人工核对|需核对|(?:官方|库内)文本")


def plain(text: str) -> str:
    """A statement without what the library remarks on itself: for a slide; the notes keep it."""
    if not _REMARK.search(text):
        return text
    return _sentence(piece for piece in _PIECE.findall(text) if not _REMARK.search(piece))


def remark(text: str) -> str:
    """What the library remarks on a statement of its own."""
    return _sentence(piece for piece in _PIECE.findall(text) if _REMARK.search(piece))


def _sentence(pieces: Iterable[str]) -> str:
    text = "".join(pieces).strip("，；：。")
    return f"{text}。" if text else ""


def short(title: str) -> str:
    """A record's title without what stands in brackets."""
    return _PARENTHESES.sub("", title).strip() or title


def main_point(record: Record) -> Point:
    """The first that answers the record's main question."""
    return next((one for one in record.points if one.key), record.points[0])


def saying(record: Record) -> str:
    """What people say wrongly."""
    return record.says[0] if isinstance(record, Misconception) and record.says else record.title


def rest(text: str) -> str:
    """A point without the word that says what it is about."""
    text = SIGNAL.sub("", text) if SIGNAL.match(text) else text
    hit = HEAD.fullmatch(text)
    return hit["rest"] if hit and (hit["head"] in TITLES.keys() | _ANSWERS or COUNTED.match(hit["head"])) else text
