"""A quiz at play, and what one browser holds of it. All values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

import gradio as gr

from assistant.domain.quiz import QuizItem, QuizKind
from assistant.errors import UsageError

_LATER = 3
"""Other questions that come before one that was answered wrong for the first time comes again."""


@dataclass(frozen=True)
class Asked:
    """The form as it was last filled in."""

    topic: str = ""
    audience: str = ""
    """Empty: whoever."""
    kinds: tuple[str, ...] = ()
    """Empty: all."""
    count: str = "20"

    @property
    def title(self) -> str:
        """Of the paper."""
        return f"{self.topic.strip()}测验" if self.topic.strip() else "安全生产法律知识测验"


class Turn(NamedTuple):
    """One answer."""

    place: int
    """Of the question in the paper, from 0."""
    picked: tuple[int, ...]
    right: bool
    again: bool
    """Whether the question had been answered wrong before."""


@dataclass(frozen=True)
class Run:
    """测验 at play: its questions and the answers so far; everything else follows from them."""

    items: tuple[QuizItem, ...]
    given: tuple[tuple[int, ...], ...] = ()
    """Places of the options chosen, an answer a row, in the order in which the questions came."""
    seen: bool = False
    """The last answer with what is right is on the page."""
    ended: bool = False
    """The player has had enough."""

    @cached_property
    def _played(self) -> tuple[tuple[Turn, ...], tuple[int, ...]]:
        queue, turns, missed = list(range(len(self.items))), list[Turn](), set[int]()
        for picked in self.given:
            place = queue.pop(0)
            right = picked == self.items[place].answer
            turns.append(Turn(place, picked, right, place in missed))
            if not right:
                queue.insert(len(queue) if place in missed else min(_LATER, len(queue)), place)
                missed.add(place)
        return tuple(turns), tuple(queue)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The answers, in their order."""
        return self._played[0]

    @property
    def queue(self) -> tuple[int, ...]:
        """Places of the questions still to come, the next first: wrong ones come after a few others, then at the end until right."""
        return self._played[1]

    @cached_property
    def first(self) -> Mapping[int, bool]:
        """By the place of a question: whether its first answer was right."""
        return {turn.place: turn.right for turn in self.turns if not turn.again}

    @property
    def score(self) -> int:
        """Questions right at the first answer."""
        return sum(self.first.values())

    @property
    def wrong(self) -> tuple[int, ...]:
        """Places of the questions that were not, in the order of the paper."""
        return tuple(sorted(place for place, right in self.first.items() if not right))

    @property
    def over(self) -> bool:
        """Whether the score is to be shown."""
        return self.ended or not (self.queue or self.seen)

    @property
    def place(self) -> int:
        """Of the question on the page; only of a run that is not over."""
        return self.turns[-1].place if self.seen else self.queue[0]

    def topics(self) -> Iterator[tuple[str, int, int]]:
        """Each topic with how many were right at the first answer, of how many answered."""
        for topic in dict.fromkeys(self.items[place].topic for place in sorted(self.first)):
            of_topic = [right for place, right in self.first.items() if self.items[place].topic == topic]
            yield topic, sum(of_topic), len(of_topic)

    def answered(self, picked: tuple[int, ...]) -> Run:
        """With an answer to the question on the page; raises ``UsageError`` for one that cannot be."""
        item = self.items[self.place]
        if not picked:
            raise UsageError("请先选一个答案。" if item.kind is not QuizKind.MULTIPLE else "请先选答案，多选题可以选几个。")
        if not set(picked) <= set(range(len(item.options))) or (item.kind is not QuizKind.MULTIPLE and len(picked) > 1):
            raise UsageError("这一题没有这样的选项，请从给出的选项里选。")
        return replace(self, given=(*self.given, tuple(sorted(set(picked)))), seen=True)


@dataclass(frozen=True)
class Held:
    """What one browser holds on the page."""

    asked: Asked = field(default_factory=Asked)
    topics: tuple[str, ...] = ()
    """What the bank can be asked about; empty until it is built."""
    seed: int = 0
    run: Run | None = None
    paper: tuple[QuizItem, ...] = ()
    """All questions of the paper; those of the run are fewer where only the wrong ones are played again."""


class Shown(NamedTuple):
    """What an event changes."""

    held: Any = gr.skip()
    page: Any = gr.skip()
    side: Any = gr.skip()
    made: Any = gr.skip()
    work: Any = gr.skip()
    kept: Any = gr.skip()


def kept(held: Held) -> dict[str, Any]:
    """For the browser's own storage: no question, only what leads to it again; empty where nothing is to be kept."""
    if held.run is None:
        return {}
    return {
        **asdict(held.asked),
        "seed": held.seed,
        "paper": [item.id for item in held.paper],
        "run": [item.id for item in held.run.items],
        "given": [list(picked) for picked in held.run.given],
        "seen": held.run.seen,
        "ended": held.run.ended,
    }


def asked_of(data: Mapping[str, Any]) -> Asked:
    """The form as it was sent."""
    kinds = tuple(kind.value for kind in QuizKind if data.get(f"kind-{kind.value}"))
    topic, audience, count = (str(data.get(name, ""))[:80] for name in ("topic", "audience", "count"))
    return Asked(topic, audience, kinds, count)


def stored_asked(stored: Mapping[str, Any]) -> Asked:
    """The form as the browser kept it."""
    kinds = stored.get("kinds")
    chosen = tuple(kind.value for kind in QuizKind if isinstance(kinds, list | tuple) and kind.value in kinds)
    topic, audience, count = (str(stored.get(name, ""))[:80] for name in ("topic", "audience", "count"))
    return Asked(topic, audience, chosen, count)


def resumed(stored: Mapping[str, Any], paper: tuple[QuizItem, ...]) -> Run:
    """The run that a browser kept, over the paper drawn again; raises ``UsageError`` where it does not fit."""
    by_id = {item.id: item for item in paper}
    names, given = stored.get("run"), stored.get("given")
    if [item.id for item in paper] != stored.get("paper") or not isinstance(names, list) or not isinstance(given, list):
        raise UsageError("题库在这套题之后变了，没有做完的这一套不能接着做，请重新出题。")
    run = Run(tuple(by_id[name] for name in names if name in by_id))
    for picked in given:
        if not run.queue or not isinstance(picked, list) or not all(isinstance(one, int) for one in picked):
            raise UsageError("浏览器里存的答题记录不完整，请重新出题。")
        run = replace(run.answered(tuple(picked)), seen=False)
    return replace(run, seen=bool(stored.get("seen")) and bool(given), ended=bool(stored.get("ended")))
