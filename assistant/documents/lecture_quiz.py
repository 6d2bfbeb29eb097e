"""小测 of a lecture: true or false, and figures to be chosen, out of the records that it teaches. An answer is what a record says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, zip_longest

from assistant.answer.draft import in_chinese
from assistant.documents.lecture_said import Citing
from assistant.documents.lecture_topics import Shelves
from assistant.domain.lecture import Block, Outline, Part, Question, Said, Slide
from assistant.domain.records import Aspect, Misconception, Point, Record
from assistant.errors import KnowledgeError

_FIGURE = re.compile(
    r"(?:\d+(?:\.\d+)?万元以上)?\d+(?:\.\d+)?万元(?:以[上下])?|\d+年以上\d+年以下|\d+年以下|(?<![月\d])\d+(?:小时|分钟|日|个月|学时)|\d+%(?:至\d+%)?"
)
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_LONG, _SHORT, _OPTIONS = 100, 16, 4
_ASKED = {
    Aspect.DUTY,
    Aspect.ADMINISTRATIVE,
    Aspect.PROCEDURE,
    Aspect.CONVICTION,
    Aspect.SENTENCE,
    Aspect.POLICY,
    Aspect.EVIDENCE,
}
_CITABLE = {"A", "B"}
_LETTERS = "ABCD"
_BLANK = "（　　）"
_ASIDE = re.compile(r"库内|官方文本|核对|旧称|原文不在|口径")
"""What a point says of itself, and not of the law."""
_ANSWERS = re.compile(r"^(?:不对|不可以|不能|会|可能会|都可能有罪|不是|不合法)：")


def questions(outline: Outline, shelves: Shelves, citing: Citing, most: int) -> tuple[Question, ...]:
    """At most so many, of three sorts in turn, none twice: what people say wrongly, what is right, a figure left out."""
    records = _records(outline, shelves)
    names = (
        *outline.topic.myths,
        *shelves.teaching.manners[outline.audience].general.get(Part.GAP, ()),
        *shelves.myths(outline.topic),
    )
    said = (record for name in dict.fromkeys(names) if isinstance(record := shelves.of(name), Misconception))
    sorts = (_wrong(said, citing), _figures(records, shelves, citing), _right(records, citing))
    statements = {in_chinese(point.text) for record in shelves.sources.records() for point in record.points}
    found: list[Question] = []
    for one in chain.from_iterable(zip_longest(*sorts)):
        if one and not any(one.why.text == held.why.text or (one.kind, one.options) == ("单选", held.options) for held in found):
            found.append(proven(one, statements))
        if len(found) >= most:
            break
    return tuple(found)


def proven(one: Question, statements: Collection[str]) -> Question:
    """The question; ``KnowledgeError`` where its right answer is nothing that the library says, or a wrong one is."""
    if one.kind == "判断":
        held = one.right == "A"
        fits = (one.stem in statements) is held and (not held or one.why.text == one.stem)
    else:
        filled = {letter: one.stem.replace(_BLANK, text, 1) for letter, text in zip(_LETTERS, one.options, strict=False)}
        fits = [letter for letter, text in filled.items() if text in statements] == [one.right]
    if not fits:
        raise KnowledgeError(f"小测里“{one.stem[:40]}”的答案在知识库里得不到证明，或者错的选项也对，请检查有关记录。")
    return one


def slides(asked: Sequence[Question], part: str, block: Block) -> Iterator[Slide]:
    """Two slides a question: first to choose, then the answer with what proves it."""
    for at, one in enumerate(asked, 1):
        options = [Said(text, head=letter) for letter, text in zip(_LETTERS, one.options, strict=False)]
        kicker = f"{one.kind}题 {at}"
        yield Slide("options", part, "选一选", (Said(one.stem), *options), kicker, block=block.key)
        why = Said(one.why.text, one.why.cites, "解析")
        yield Slide("options", part, f"答案：{one.right}", (Said(one.stem), *options, why), kicker, one.right, block=block.key)


def _records(outline: Outline, shelves: Shelves) -> list[Record]:
    """What the lecture teaches first, then what else its topic has."""
    topic = outline.topic
    names = (
        *(block.record for block in outline.blocks if block.record),
        *topic.duties,
        *topic.offences,
        *topic.balance,
        *topic.procedures,
    )
    held = [shelves.of(name) for name in dict.fromkeys(names)]
    general = [shelves.of(name) for names in shelves.teaching.manners[outline.audience].general.values() for name in names]
    return [one for one in dict.fromkeys((*held, *general)) if one.kind not in {"case", "misconception"}]


def _wrong(said: Iterator[Misconception], citing: Citing) -> Iterator[Question]:
    for one in said:
        if one.says and (why := citing.point(one, one.points[0])):
            yield Question("判断", one.says[0] + "。", ("对", "错"), "B", why)


def _right(records: Sequence[Record], citing: Citing) -> Iterator[Question]:
    for record, point in _points(records):
        if point.key and not _ANSWERS.match(point.text) and (why := citing.point(record, point)):
            yield Question("判断", why.text, ("对", "错"), "A", why)


def _figures(records: Sequence[Record], shelves: Shelves, citing: Citing) -> Iterator[Question]:
    """A statement with its only figure left out; the other options are figures of the same shape that stand nearby."""
    held = list(records)
    everywhere = [
        one for one in shelves.sources.records("duty", "procedure", "circumstance", "evidence", "offence") if one not in held
    ]
    for record, point in _points(held):
        figures = _FIGURE.findall(point.text)
        if len(figures) != 1 or not (why := citing.point(record, point)):
            continue
        near = (record, *held, *everywhere)
        others = [one for one in _near(near, figures[0]) if one not in point.text][: _OPTIONS - 1]
        if len(others) == _OPTIONS - 1:
            options = tuple(sorted((figures[0], *others), key=_value))
            stem = why.text.replace(figures[0], _BLANK, 1)
            yield Question("单选", stem, options, _LETTERS[options.index(figures[0])], why)


def _near(records: Sequence[Record], figure: str) -> Iterator[str]:
    shape, seen = _DIGITS.sub("N", figure), {figure}
    for record in records:
        for point in record.points:
            for other in _FIGURE.findall(point.text) if point.confidence in _CITABLE else ():
                if other not in seen and _DIGITS.sub("N", other) == shape:
                    seen.add(other)
                    yield other


def _points(records: Sequence[Record]) -> Iterator[tuple[Record, Point]]:
    for record in records:
        for point in record.points:
            fits = (
                not _ASIDE.search(point.text)
                and _SHORT <= len(point.text) <= _LONG
                and point.confidence in _CITABLE
                and Aspect.VALIDITY not in point.about
            )
            if fits and _ASKED & set(point.about):
                yield record, point


def _value(figure: str) -> list[float]:
    return [float(one) for one in _DIGITS.findall(figure)]
