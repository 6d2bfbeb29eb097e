"""Questions out of time limits: how long, and who."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from math import log

from assistant.documents.quiz_proof import Draft, gives_away, near
from assistant.domain.deadlines import Deadline, DeadlineBook, Event
from assistant.domain.quiz import QuizKind

_HOURS = {"hour": 1, "day": 24, "workday": 24, "month": 720}
_NOUN = re.compile("[^，（]+的[^，（]+(?:（|$)")
"""伤亡人数变化的补报: what is done, as a noun."""
_NO_ACT = re.compile("期限|期满|：|的，.*可以")
Values = Callable[[Iterable[str]], frozenset[str]]
"""What figures stand in the provisions cited, as far as the library tells."""


def terms(book: DeadlineBook, values: Values, level: tuple[str, ...], topic: str) -> Iterator[Draft]:
    """The time, among times near it that stand neither in the same article nor for the same act."""
    rows = [(event, one) for event in book.events for one in event.deadlines if _certain(one)]
    for event, one in rows:
        same = {other.term for _, other in rows if set(other.cite) & set(one.cite) or other.do == one.do}
        days = {f"{one.amount}日", f"{one.amount}个工作日"} if one.unit in {"day", "workday"} else set()
        longer = {f"{more.amount}" for more in one.longer}
        also = frozenset(same | days | values(one.cite))
        beside = sorted((other for _, other in rows), key=lambda other: (other.unit != one.unit, _apart(one, other)))
        wrong = near((other.term for other in beside if f"{other.amount}" not in longer), (one.term,), also)
        if len(wrong) > 1:
            who = "" if one.who in event.name + one.do or _NOUN.match(_act(one)) else one.who
            stem = f"{event.name}后，{who}{_act(one)}的期限是（　　）。"
            yield _made(event, one, stem, one.term, wrong, also, level, topic)


def people(book: DeadlineBook, organs: tuple[str, ...], level: tuple[str, ...], topic: str) -> Iterator[Draft]:
    """Who has to act, among ``organs``, of which none is another and none a kind of another. The stem doesn't give it away."""
    rows = [(event, one) for event in book.events for one in event.deadlines if _certain(one) and "的，" not in one.do]
    for event, one in rows:
        also = frozenset(other.who for _, other in rows if other.do == one.do)
        wrong = near(organs, (one.who,), also)
        if one.who in organs and len(wrong) > 1 and not gives_away(event.name + one.do, one.who) and not _NOUN.match(_act(one)):
            stem = f"{event.name}后，应当在{one.term}内{_act(one)}的是（　　）。"
            yield _made(event, one, stem, one.who, wrong, also, level, topic)


def _certain(one: Deadline) -> bool:
    """Whether the law names a number, and the act reads as one."""
    act = _act(one)
    whole = act.count("（") == act.count("）") and not _NO_ACT.search(act)
    return one.amount is not None and one.confidence != "M" and "核对" not in one.note and whole


def _apart(one: Deadline, other: Deadline) -> float:
    """How many times as long the longer is, as a logarithm."""
    return abs(log((one.amount or 1) * _HOURS[one.unit]) - log((other.amount or 1) * _HOURS[other.unit]))


def _act(one: Deadline) -> str:
    return one.do.split("；")[0]


def _made(
    event: Event, one: Deadline, stem: str, right: str, wrong: tuple[str, ...], also: frozenset[str], level: tuple[str, ...],
    topic: str,
) -> Draft:  # fmt: skip
    why = f"{event.name}：{one.who}，{one.term}内{one.do}。" + (f"{one.note.rstrip('。')}。" if one.note else "")
    return Draft(QuizKind.SINGLE, stem, (right,), wrong, why, one.cite, (), level, topic, frozenset(also - {right}))
