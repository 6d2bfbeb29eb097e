"""Questions out of what records say: misconceptions, figures, major hazards, materials that may be used or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from assistant.documents.quiz_proof import Draft, alike, near
from assistant.documents.quiz_terms import Values
from assistant.domain.quiz import TRUTH, QuizKind, UsableRow
from assistant.domain.records import Aspect, Misconception, Point, Record
from assistant.domain.tips import RiskTip

_N = r"\d+(?:\.\d+)?"
FIGURE = re.compile(
    rf"{_N}[万亿]?元以上{_N}[万亿]?元以下|{_N}[万亿]?元(?:以[上下])?|{_N}(?P<unit>年|倍|%|日)以上{_N}(?P=unit)以下|{_N}年以[上下]"
    rf"|(?<![月\d])\d+(?:小时(?!监[测控]|值[守班])|分钟|日|个月|学时|人以上)|\d+%(?:至\d+%)?"
)
"""A figure that can be asked for."""
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_SHORT, _LONG, _READ, BLANK = 16, 120, 80, "（　　）"
"""Letters of a point: the fewest, the most, and the most that are read at once as right or wrong."""
ASIDE = re.compile(
    r"库内|官方文本|核对|旧称|原文|口径|核到|推得|推算|要旨|得出的结论|第\d+条|〔|这[些个]|上述|前述|前款|看[^，。；]{2,24}罪"
)
"""What a point says of itself, and not of the law; numbers of articles, which are no words to be judged."""
_WRONG = re.compile(r"^(?:不对|不可以|不能|不是|不合法|不够|不免责|不构成)：")
"""How a correction begins where the statement is wrong altogether."""
_NO_CLAIM = re.compile("什么|怎么|吗|呢|？|(?:法|条例|解释|办法)规定")
"""What is said as a question, or of a text's wording, which a misconception may well quote."""
_HANGS = re.compile(
    r"^(?:违反的|因此|有上述|上述|前述|前款|其|该|同样|另|同时|此|这|以上|再|还|又|也|逾期|但|否则|不合的|做不到|有[前这])"
)
"""How a point begins that hangs on the one before it."""
_ANSWERS = re.compile(r"^[^，。；（]{1,24}：")
"""会：…, 派遣工出事两家都有责任：… – an answer, and no statement of its own."""
_TELLING = re.compile(
    r"可以|不是|不因|不论|不影响|不免|即使|仍|除.{2,20}外|才能|方可|只[有限看对]|从重|从轻|减轻|免除|视为|论处|按日|不得?少于|数罪并罚|连带|每[年月季日]|以上单位"
)
"""What makes a statement worth judging: a liberty, a limit, an exception. A bare duty is always right."""
_MODAL = re.compile("(可以|应当)(?=(?:依法)?(?:酌情)?(?:从轻|从重|减轻|免除|从宽|免予|数罪并罚|撤销|吊销|给予|并处|作出不起诉))")
_OTHER = {"可以": "应当", "应当": "可以"}
_NOT_DONE = re.compile("(?:以|之)?内(?:仍|没|未|不|拒)")
"""Whoever has not done a thing in five days has not in three."""
FOUND, ABOUT = "检查发现：", "关于"
"""How a stem begins that tells first of what it speaks."""
_UNSAID, _TITLE = 0.4, 26
"""How much of a record's title stands in a point that speaks of it; letters of a title that can stand before a point."""
_ASKS = re.compile("谁|什么|怎|哪|吗|多少|多久|几|能不能|算不算|会不会|没出|送钱|：|（")
_AS_IT_IS = "可以直接在刑事诉讼中作为证据使用，不需要由侦查人员重新收集"
_AGAIN = "必须由侦查人员重新收集，否则不能作为证据使用"
CITABLE = {"A", "B"}


def misconceptions(held: Iterable[Misconception], levels: Mapping[str, tuple[str, ...]], topic: str) -> Iterator[Draft]:
    """What people say: wrong, and why."""
    for one in held:
        why = one.points[0]
        group = one.id.split(".")[1]
        level = levels.get(group, levels[""])
        if why.confidence in CITABLE and why.cite:
            says = [said.rstrip("。") for said in one.says if not _NO_CLAIM.search(said)]
            for said in says[: 2 if _WRONG.match(why.text) else 1]:
                stem = f"{said}。"
                yield Draft(QuizKind.TRUTH, stem, (TRUTH[1],), (TRUTH[0],), why.text, why.cite, (one.id,), level, topic)


def figures(records: Sequence[Record], values: Values, level: tuple[str, ...], topic: str) -> Iterator[Draft]:
    """A statement with its only figure left out, and with another in its place.

    The others are of its shape, from statements nearby that rest on other articles.
    """
    points = [(record, point) for record in records for point in record.points if asked(point)]
    shapes: dict[str, list[tuple[int, str]]] = {}
    for at, (_, point) in enumerate(points):
        for figure in _figures(point.text):
            shapes.setdefault(_shape(figure), []).append((at, figure))
    for at, (record, point) in enumerate(points):
        found = _figures(point.text)
        if len(found) != 1 or not _SHORT <= len(point.text) <= _LONG:
            continue
        own = {figure for other in record.points for figure in _figures(other.text)}
        also = frozenset(own | values(point.cite)) - {found[0]}
        beside = sorted(shapes[_shape(found[0])], key=lambda one: abs(one[0] - at))
        wrong = near((figure for _, figure in beside), (found[0],), also)
        if len(wrong) > 1:
            said = partial(told, record, point, level, topic)
            yield said(QuizKind.SINGLE, point.text.replace(found[0], BLANK, 1), (found[0],), wrong, also)
            false = near((figure for _, figure in beside if _untrue(point.text, found[0], figure)), (found[0],), also, 1)
            if false and len(point.text) <= _READ:
                yield said(QuizKind.TRUTH, point.text.replace(found[0], false[0], 1), (TRUTH[1],), (TRUTH[0],))


def statements(records: Iterable[Record], level: tuple[str, ...], topic: str) -> Iterator[Draft]:
    """What a record says, as it says it: right. Only what is short, and tells more than a bare duty."""
    for record in records:
        for point in record.points:
            telling = _TELLING.search(point.text) or len(_figures(point.text)) == 1
            if asked(point) and telling and _plain(point.text):
                yield told(record, point, level, topic, QuizKind.TRUTH, point.text, (TRUTH[0],), (TRUTH[1],))


def modals(records: Iterable[Record], level: tuple[str, ...], topic: str) -> Iterator[Draft]:
    """可以 for 应当 and the other way round where punishment is lighter, heavier or left out: wrong."""
    for record in records:
        for point in record.points:
            found = _MODAL.findall(point.text)
            if len(found) == 1 and asked(point) and _plain(point.text) and "“" not in point.text:
                turned = _MODAL.sub(lambda one: _OTHER[one[1]], point.text)
                yield told(record, point, level, topic, QuizKind.TRUTH, turned, (TRUTH[1],), (TRUTH[0],))


def major(tips: Iterable[RiskTip], level: tuple[str, ...]) -> Iterator[Draft]:
    """A hazard that is 重大事故隐患 by the standard of its industry, whatever else holds. Where it depends, nothing is asked."""
    for tip in tips:
        held = tip.major
        if not held.cite or held.value != "是" or held.when or ASIDE.search(held.item):
            continue
        standard = held.standard.strip("《》")
        stem = f"{FOUND}{tip.title}。依《{standard}》，这属于重大事故隐患。"
        why = f"依《{standard}》{held.item}，属于重大事故隐患。"
        yield Draft(QuizKind.TRUTH, stem, (TRUTH[0],), (TRUTH[1],), why, held.cite, (tip.id,), level, tip.fields[0])


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
        proofs = tuple(point.text for point in points)
        yield Draft(QuizKind.MULTIPLE, stem, right, wrong, "".join(proofs), cites, named, level, topic, proofs=proofs)


def told(
    record: Record, point: Point, level: tuple[str, ...], topic: str, kind: QuizKind, stem: str, right: tuple[str, ...],
    wrong: tuple[str, ...], also: frozenset[str] = frozenset(),
) -> Draft:  # fmt: skip
    """A question on one point, which may leave unsaid of what it speaks; then the record's title tells."""
    about, before = topic, ""
    if isinstance(record, RiskTip):
        about, before = record.fields[0], f"{FOUND}{record.title}。"
    elif alike(record.title, point.text) < _UNSAID and len(record.title) <= _TITLE and not _ASKS.search(record.title):
        before = f"{ABOUT}{record.title}："
    proofs = (point.text, "、".join(point.cite))  # two on one place would tell each other
    return Draft(kind, before + stem, right, wrong, point.text, point.cite, (record.id,), level, about, also, proofs=proofs)


def _untrue(text: str, figure: str, other: str) -> bool:
    """Whether a statement is untrue with another figure: more than what the law asks for often follows from it, less does not."""
    own, new = ([float(one) for one in _DIGITS.findall(text)] for text in (figure, other))
    if len(own) > 1 or _NOT_DONE.match(text.partition(figure)[2]):
        return len(own) > 1
    wider = new[0] > own[0]
    return not wider if figure.endswith("以上") else wider


def _figures(text: str) -> list[str]:
    return [found.group() for found in FIGURE.finditer(text)]


def _plain(text: str) -> bool:
    """Whether a statement is read at once: short, with one figure at most."""
    return _SHORT <= len(text) <= _READ and len(_figures(text)) < 2 and text.count("；") < 2


def asked(point: Point) -> bool:
    """Whether a point is law that stands alone and holds, so that it can be asked for."""
    return bool(
        point.cite and point.confidence in CITABLE and not ASIDE.search(point.text) and not _HANGS.match(point.text)
        and not _ANSWERS.match(point.text)
        and Aspect.VALIDITY not in point.about and not _WRONG.match(point.text) and point.effective.end is None
    )  # fmt: skip


def _shape(figure: str) -> str:
    return _DIGITS.sub("N", figure)
