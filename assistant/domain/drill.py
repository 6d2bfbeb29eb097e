"""情景演练: a case told step by step, in which the learner decides, sees what the law says, and what followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from assistant.domain.provision import STRICT

INVENTED = "虚构案例"
"""What an invented case says of itself."""

REAL, SUPPOSED = "真实", "假设"
"""How ``Choice.followed`` begins where a real case is told: it was so, or it would have been."""


@dataclass(frozen=True)
class Choice:
    """A decision, and what comes of it."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    text: str
    sound: bool
    """Whether it is what the law asks for."""
    followed: str
    """What came of it, without law."""
    law: tuple[str, ...]
    """What the law says: points of records as ``duty.accident.report#0``, counted from 0."""
    next: str = ""
    """Key of the step that follows; empty: here it ends."""


@dataclass(frozen=True)
class Step:
    """A moment at which somebody has to decide."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    key: str
    who: str
    """In whose place the learner stands."""
    scene: str
    ask: str
    choices: tuple[Choice, ...]
    really: str = ""
    """真实情况: what happened at this point, as the source of the case says; empty where the case is invented."""


@dataclass(frozen=True)
class Drill:
    """演练. It begins with its first step."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    id: str
    title: str
    topic: str
    level: tuple[str, ...]
    opening: str
    steps: tuple[Step, ...]
    case: str = ""
    """Id of the real case that it tells; empty: it is invented."""
    like: tuple[str, ...] = ()
    """Ids of real cases of the same sort, to be read afterwards."""

    @property
    def origin(self) -> str:
        """虚构案例, or empty where a real case is told."""
        return "" if self.case else INVENTED

    @property
    def endings(self) -> tuple[Choice, ...]:
        """Decisions with which it ends."""
        return tuple(choice for step in self.steps for choice in step.choices if not choice.next)

    def step(self, key: str) -> Step:
        """The step of that key; raises ``KeyError``."""
        return {step.key: step for step in self.steps}[key]

    def paths(self) -> Iterator[tuple[tuple[Step, Choice], ...]]:
        """Every way through, each decision with the step at which it is made. Only of a drill whose ways all end."""
        yield from self._ways(self.steps[0])

    def _ways(self, step: Step) -> Iterator[tuple[tuple[Step, Choice], ...]]:
        for choice in step.choices:
            here = ((step, choice),)
            if not choice.next:
                yield here
            else:
                yield from (here + rest for rest in self._ways(self.step(choice.next)))
