"""直接经济损失 from its items, by the standard of the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.domain.assessment import LossFinding, LossLine
from assistant.domain.facts import LossItem
from assistant.domain.rules import LossKind

NEW, OLD = "GB 6721—2025", "GB/T 6721—1986"
_SAID = {True: "计入", False: "不计入", None: "未定"}


def direct_loss(items: Sequence[LossItem], kinds: Sequence[LossKind], accident: date | None, decision: date) -> LossFinding:
    """What of the items, in 万元, is direct loss by the standard in force on the day of the accident.

    Where the standards changed between accident and decision, only what both count is summed: the rest is the handler's to judge.
    Without a day of the accident, the day of the decision stands in.
    """
    since = min((kind.since for kind in kinds), default=date.max)
    new, spans = (accident or decision) >= since, accident is not None and accident < since <= decision
    lines = tuple(_line(item, kinds_named(item.name, kinds), new, spans) for item in items)
    return LossFinding(
        standard=NEW if new else OLD,
        wan=round(sum(line.wan for line in lines if line.counts), 6),
        lines=lines,
        cite=(OLD, NEW) if spans else (NEW if new else OLD,),
        note=_note(since, accident, spans, lines),
    )


def kinds_named(name: str, kinds: Sequence[LossKind]) -> list[LossKind]:
    """The kind that says most of an item's name, first, and any that its other words name besides; empty where none does."""
    said = [(word, kind) for kind in kinds for word in kind.words if all(part in name for part in word.split())]
    if not said:
        return []
    best, kind = max(said, key=lambda one: len(one[0].replace(" ", "")))
    return [kind, *(other for word, other in said if not all(part in best for part in word.split()))]


def _line(item: LossItem, kinds: Sequence[LossKind], new: bool, spans: bool) -> LossLine:
    if not kinds:
        return LossLine(item.name, item.wan, None, "不认识这一项，由承办人判断是否属于直接经济损失")
    kind = kinds[0]
    if any((other.new, other.old) != (kind.new, kind.old) for other in kinds):
        names = "、".join(dict.fromkeys(one.name for one in kinds))
        return LossLine(item.name, item.wan, None, f"名称里有几种项目（{names}），分开列出后再算")
    why = f"{kind.name}：{kind.why}"
    if spans and kind.new is not kind.old:
        return LossLine(item.name, item.wan, None, f"{why}；两个标准不同（旧标准{_SAID[kind.old]}，新标准{_SAID[kind.new]}）")
    return LossLine(item.name, item.wan, kind.new if new else kind.old, why)


def _note(since: date, accident: date | None, spans: bool, lines: Sequence[LossLine]) -> str:
    notes = []
    if accident is None:
        notes.append("没有事故日期，按作出处理时的统计标准列示，查明日期后核对。")
    if spans:
        notes.append(
            f"事故在{since}以前、处理在此以后，跨越统计标准更替：用哪一口径由承办人判断并说明理由，两个标准不同的项目没有计入。"
        )
    if any(line.counts is None for line in lines):
        notes.append("标为待判断的项目没有计入合计。")
    notes.append("统计标准不是刑事数额的证明标准，数额由在案证据查证属实后认定。")
    return "".join(notes)
