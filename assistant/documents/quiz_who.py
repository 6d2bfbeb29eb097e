"""Questions out of who is named: which post or party a sentence of law binds or punishes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.documents.quiz_proof import Draft, alike, gives_away, near
from assistant.documents.quiz_said import BLANK, asked, told
from assistant.domain.quiz import QuizKind
from assistant.domain.records import Point, Record

_SHORT, _LONG = 16, 90
_KIND = re.compile("(?:单位|机构|人员|人)$")
"""What a name ends in; what is left may not stand in the stem: 出租单位 by 出租."""
_APART = 0.45
"""How alike two sentences may be of which one names another."""
Texts = Callable[[Iterable[str]], str]
"""All that the library has of the articles cited."""


def who(
    records: Sequence[Record], groups: Iterable[Sequence[str]], texts: Texts, level: tuple[str, ...], topic: str
) -> Iterator[Draft]:
    """Of a group the one that a sentence names; the others stand neither in its articles nor in a sentence like it."""
    for persons in groups:
        points = ((record, point) for record in records for point in record.points if asked(point))
        held = [(record, point, one) for record, point in points if (one := _named(point, persons))]
        for record, point, right in held:
            said = texts(point.cite) + "".join(other.text for other in record.points)
            others = {other for _, like, other in held if other != right and alike(point.text, like.text) > _APART}
            also = frozenset(one for one in persons if one in said or one in others) - {right}
            wrong = near(persons, (right,), also)
            stem = point.text.replace(right, BLANK, 1)
            draft = told(record, point, level, topic, QuizKind.SINGLE, stem, (right,), wrong, also)
            draft = replace(draft, proofs=(*draft.proofs, f"谁：{right}"))
            if len(wrong) > 1 and not gives_away(draft.stem, right) and _KIND.sub("", right) not in draft.stem:
                yield draft


def _named(point: Point, persons: Iterable[str]) -> str:
    """The only person of a sentence, where it is that person who has to do or to pay."""
    found = [one for one in persons if one in point.text]
    if len(found) != 1 or point.text.count(found[0]) > 1 or not _SHORT <= len(point.text) <= _LONG:
        return ""
    acts = rf"(?:^|[，；。])(?:对|由)?{found[0]}(?=(?:可以)?(?:并)?(?:处|罚|应当|必须|负责|不得|给予|审查|组织))"
    return found[0] if re.search(acts, point.text) else ""
