"""Questions out of time limits: how long, and who."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from assistant.documents.quiz_proof import Draft, near
from assistant.domain.deadlines import Deadline, DeadlineBook, Event
from assistant.domain.quiz import QuizKind

Values = Callable[[Iterable[str]], frozenset[str]]
"""What figures stand in the provisions cited, as far as the library tells."""


def terms(book: DeadlineBook, values: Values, level: tuple[str, ...], topic: str) -> Iterator[Draft]:
    """The time, among times of the same procedure that stand neither in the same article nor for the same act."""
    rows = [(event, one) for event in book.events for one in event.deadlines if _certain(one)]
    for at, (event, one) in enumerate(rows):
        same = {other.term for _, other in rows if set(other.cite) & set(one.cite) or other.do == one.do}
        longer = {f"{more.amount}" for more in one.longer}
        also = frozenset(same | values(one.cite))
        beside = sorted(rows, key=lambda row: (row[1].unit != one.unit, abs(rows.index(row) - at)))
        wrong = near((other.term for _, other in beside if f"{other.amount}" not in longer), (one.term,), also)
        if len(wrong) > 1:
            stem = f"{_when(event)}，{one.who}{_act(one)}的期限是（　　）。"
            yield _made(event, one, stem, one.term, wrong, also, level, topic)


def people(book: DeadlineBook, organs: tuple[str, ...], level: tuple[str, ...], topic: str) -> Iterator[Draft]:
    """Who has to act, among ``organs``, of which none is another and none a kind of another."""
    rows = [(event, one) for event in book.events for one in event.deadlines if _certain(one)]
    for event, one in rows:
        also = frozenset(other.who for _, other in rows if other.do == one.do)
        wrong = near(organs, (one.who,), also)
        if one.who in organs and len(wrong) > 1 and one.who not in one.do:
            stem = f"{_when(event)}，{one.term}内{_act(one)}，这件事由（　　）办理。"
            yield _made(event, one, stem, one.who, wrong, also, level, topic)


def _certain(one: Deadline) -> bool:
    return one.amount is not None and one.confidence != "M" and "核对" not in one.note


def _when(event: Event) -> str:
    return f"从“{event.name}”起算"


def _act(one: Deadline) -> str:
    return one.do.split("；")[0]


def _made(
    event: Event, one: Deadline, stem: str, right: str, wrong: tuple[str, ...], also: frozenset[str], level: tuple[str, ...],
    topic: str,
) -> Draft:  # fmt: skip
    why = f"{event.name}：{one.who}，{one.term}内{one.do}。{one.note}"
    return Draft(QuizKind.SINGLE, stem, (right,), wrong, why, one.cite, (), level, topic, frozenset(also - {right}))
