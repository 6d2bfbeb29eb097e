"""Questions out of what records say: misconceptions, figures, major hazards, materials that may be used or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.documents.quiz_proof import Draft, near
from assistant.documents.quiz_terms import Values
from assistant.domain.quiz import TRUTH, QuizKind, UsableRow
from assistant.domain.records import Aspect, Misconception, Point, Record
from assistant.domain.tips import RiskTip

FIGURE = re.compile(
    r"\d+(?:\.\d+)?万元以上\d+(?:\.\d+)?万元以下|\d+(?:\.\d+)?万元(?:以[上下])?|\d+年以上\d+年以下|\d+年以下"
    r"|(?<![月\d])\d+(?:小时|分钟|日|个月|学时|人以上)|\d+%(?:至\d+%)?"
)
"""A figure that can be asked for."""
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_SHORT, _LONG, _BLANK = 16, 120, "（　　）"
_ASIDE = re.compile(r"库内|官方文本|核对|旧称|原文|口径|核到|推得|推算")
"""What a point says of itself, and not of the law."""
_WRONG = re.compile(r"^(?:不对|不可以|不能|不是|不合法|不够|不免责|不构成)：")
"""How a correction begins where the statement is wrong altogether."""
_HANGS = re.compile(
    r"^(?:违反的|因此|有上述|上述|前述|前款|其|该|同样|另|同时|此|这|以上|再|还|又|也|逾期|但|否则|不合的|做不到|有[前这])"
)
"""How a point begins that hangs on the one before it."""
_AS_IT_IS = "可以直接在刑事诉讼中作为证据使用，不需要由侦查人员重新收集"
_AGAIN = "必须由侦查人员重新收集，否则不能作为证据使用"
_CITABLE = {"A", "B"}


def misconceptions(held: Iterable[Misconception], levels: Mapping[str, tuple[str, ...]], topic: str) -> Iterator[Draft]:
    """What people say: wrong, and why."""
    for one in held:
        why = one.points[0]
        group = one.id.split(".")[1]
        level = levels.get(group, levels[""])
        if why.confidence in _CITABLE and why.cite:
            for said in one.says[: 2 if _WRONG.match(why.text) else 1]:
                stem = f"有人说：“{said.rstrip('。')}。”这种说法是对的。"
                yield Draft(QuizKind.TRUTH, stem, (TRUTH[1],), (TRUTH[0],), why.text, why.cite, (one.id,), level, topic)


def figures(records: Sequence[Record], values: Values, level: tuple[str, ...], topic: str) -> Iterator[Draft]:
    """A statement with its only figure left out; the others are of its shape, from statements nearby on other articles."""
    points = [(record, point) for record in records for point in record.points if _asked(point)]
    shapes: dict[str, list[tuple[int, str]]] = {}
    for at, (_, point) in enumerate(points):
        for figure in FIGURE.findall(point.text):
            shapes.setdefault(_shape(figure), []).append((at, figure))
    for at, (record, point) in enumerate(points):
        found = FIGURE.findall(point.text)
        if len(found) != 1 or not _SHORT <= len(point.text) <= _LONG:
            continue
        own = {figure for other in record.points for figure in FIGURE.findall(other.text)}
        also = frozenset(own | values(point.cite)) - {found[0]}
        beside = sorted(shapes[_shape(found[0])], key=lambda one: abs(one[0] - at))
        wrong = near((figure for _, figure in beside), (found[0],), also)
        if len(wrong) > 1:
            stem = _field(record) + point.text.replace(found[0], _BLANK, 1)
            names = record.fields[0] if isinstance(record, RiskTip) else topic
            told = (point.text, point.cite, (record.id,), level, names)
            yield Draft(QuizKind.SINGLE, stem, (found[0],), wrong, *told, also)
            if at % 2:
                yield Draft(
                    QuizKind.TRUTH, _field(record) + point.text.replace(found[0], wrong[0], 1), (TRUTH[1],), (TRUTH[0],), *told
                )


def statements(records: Iterable[Record], level: tuple[str, ...], topic: str) -> Iterator[Draft]:
    """What a record says first, as it says it: right."""
    for record in records:
        for point in record.points:
            if point.key and _asked(point) and _SHORT <= len(point.text) <= _LONG:
                names = record.fields[0] if isinstance(record, RiskTip) else topic
                told = (f"对。{point.text}", point.cite, (record.id,), level, names)
                yield Draft(QuizKind.TRUTH, _field(record) + point.text, (TRUTH[0],), (TRUTH[1],), *told)


def major(tips: Iterable[RiskTip], level: tuple[str, ...]) -> Iterator[Draft]:
    """Whether a hazard is 重大事故隐患 by the standard of its industry."""
    for tip in tips:
        held = tip.major
        if not held.cite or held.value not in {"是", "看情形"} or "未核" in held.when:
            continue
        field, always = tip.fields[0], held.value == "是"
        why = f"《{held.standard}》{held.item}。" + (f"要看情形：{held.when.rstrip('。')}。" if held.when else "")
        stem = f"{field}：“{tip.title}”，" + (
            "依行业标准属于重大事故隐患。" if always else "不问具体情形，一律属于重大事故隐患。"
        )
        right = TRUTH[0] if always else TRUTH[1]
        wrong = TRUTH[1] if always else TRUTH[0]
        yield Draft(QuizKind.TRUTH, stem, (right,), (wrong,), why, held.cite, (tip.id,), level, field)


def usable(rows: Sequence[UsableRow], records: Mapping[str, Record], level: tuple[str, ...], topic: str) -> Iterator[Draft]:
    """Material and whether it may be used, as the point says; and which of several may be used as they are."""
    held = [(row, records[row.record].points[row.point]) for row in rows]
    held = [(row, point) for row, point in held if all(word in point.text for word in row.words)]
    for row, point in held:
        told = (point.text, point.cite, (row.record,), level, topic)
        other = f"{row.what}，{_AS_IT_IS if row.again else _AGAIN}。"
        yield Draft(QuizKind.TRUTH, f"{row.what}，在刑事诉讼中{row.usable}。", (TRUTH[0],), (TRUTH[1],), *told)
        yield Draft(QuizKind.TRUTH, other, (TRUTH[1],), (TRUTH[0],), *told)
    direct, again = [one for one in held if one[0].direct], [one for one in held if one[0].again]
    if len(direct) > 1 and again:
        points = list(dict.fromkeys(point for _, point in (*direct, *again)))
        cites = tuple(dict.fromkeys(cite for point in points for cite in point.cite))
        named = tuple(dict.fromkeys(row.record for row, _ in (*direct, *again)))
        stem = "下列材料中，可以在刑事诉讼中作为证据使用、不需要由侦查人员重新收集的有（　　）。"
        right, wrong = (tuple(row.what for row, _ in some) for some in (direct, again))
        yield Draft(QuizKind.MULTIPLE, stem, right, wrong, "".join(point.text for point in points), cites, named, level, topic)


def _field(record: Record) -> str:
    """〔煤矿〕 before a point of a risk tip, whose sentences leave unsaid of which industry they speak."""
    return f"〔{record.fields[0]}〕" if isinstance(record, RiskTip) else ""


def _asked(point: Point) -> bool:
    return bool(
        point.cite and point.confidence in _CITABLE and not _ASIDE.search(point.text) and not _HANGS.match(point.text)
        and Aspect.VALIDITY not in point.about and not _WRONG.match(point.text) and point.effective.end is None
    )  # fmt: skip


def _shape(figure: str) -> str:
    return _DIGITS.sub("N", figure)
