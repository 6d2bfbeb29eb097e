"""类案 in an answer: of the cases nearest to a told one, the two that tell a reader most."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer.draft import Composition
from assistant.domain.answer import Section
from assistant.domain.assessment import Assessment, Standing
from assistant.domain.similar import Similar

CONSIDERED = 12
"""Of how many nearest cases the two are taken."""
NEAR = 0.6
"""A case is told when its score is at least this share of the best one's."""
_DIRECTIONS = {"宽": 0, "宽严分层": 1, "严": 2}
_HANDLED = {"宽": "，从宽办理", "宽严分层": "，宽严分层办理", "严": "，从严办理"}
_ALIKE, _DIFFERENT, _LONG = 2, 3, 40
"""How many likenesses and differences are said; those of more characters only where there are no shorter ones."""


def of_offence(found: Sequence[Similar], weighed: Assessment) -> list[Similar]:
    """Those that share an offence with the case in hand: elsewhere an answer has no word for what sets them apart in law."""
    firm = {one.offence for one in weighed.offences if one.status is not Standing.CONDITIONAL}
    charged = firm or {one.offence for one in weighed.offences}
    return [one for one in found if charged & set(one.case.offences)]


def say_similar(found: Sequence[Similar], out: Composition) -> None:
    """One claim a case: what is alike, what differs, and its outcome where that is confirmed."""
    for one in telling(found):
        out.say(_claim(one), Section.CASES, one.case.id)
        out.uses(one.case.id)


def telling(found: Sequence[Similar]) -> list[Similar]:
    """The nearest case whose 后果 are on the same level, then the one handled most differently from it; best first in ``found``."""
    near = [one for one in found if one.score >= NEAR * found[0].score]
    if not near:
        return []
    first = next((one for one in near if one.same_level), near[0])
    others = [one for one in near if one is not first]
    return [first, *([max(others, key=lambda one: _apart(one, first))] if others else [])]


def _apart(one: Similar, other: Similar) -> int:
    """How far apart 宽 and 严 of two cases are; 0 where either is not known."""
    if not (one.signal and other.signal):
        return 0
    return abs(_DIRECTIONS[one.signal] - _DIRECTIONS[other.signal])


def _claim(one: Similar) -> str:
    differs = f"，但{_brief(one.differences, _DIFFERENT)}" if one.differences else ""
    handled = f"处理结果：{one.case.outcome}" if one.case.outcome else ""
    return f"{one.case.title}{_HANDLED.get(one.signal, '')}：与本案{_brief(one.alike, _ALIKE)}{differs}。{handled}"


def _brief(said: Sequence[str], most: int) -> str:
    short = [words for words in said if len(words) <= _LONG] or list(said[:1])
    return "；".join(short[:most])
