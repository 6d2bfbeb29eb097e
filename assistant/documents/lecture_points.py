"""Parts of what records say: their titles cut short, their points without the word that says what they are about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain.lecture import Said
from assistant.domain.records import Misconception, Point, Record

COUNTED = re.compile(r"从[重宽]之")
"""Heads of points that count the circumstances of one direction."""
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
    hit = HEAD.fullmatch(text)
    return hit["rest"] if hit and (hit["head"] in TITLES.keys() | _ANSWERS or COUNTED.match(hit["head"])) else text
