"""A drill that is walked, and what one browser holds of it. All values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import gradio as gr

from assistant.domain.drill import Choice, Drill, Step
from assistant.errors import UsageError


class Decision(NamedTuple):
    """A step with what was decided at it."""

    step: Step
    choice: Choice
    at: int
    """Place of the choice among those of the step."""


@dataclass(frozen=True)
class Walk:
    """A drill, and the decisions taken in it; everything else follows from them."""

    drill: Drill
    taken: tuple[int, ...] = ()
    begun: bool = False
    """Past its opening."""
    seen: bool = False
    """What followed from the last decision is on the page."""

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """In their order."""
        found, key = list[Decision](), self.drill.steps[0].key
        for at in self.taken:
            step = self.drill.step(key)
            found.append(Decision(step, step.choices[at], at))
            key = step.choices[at].next
        return tuple(found)

    @property
    def step(self) -> Step | None:
        """At which the learner stands; ``None`` where the way has ended."""
        decisions = self.decisions
        if not decisions:
            return self.drill.steps[0]
        key = decisions[-1].choice.next
        return self.drill.step(key) if key else None

    @property
    def over(self) -> bool:
        """Whether the way is to be looked back on."""
        return self.step is None and not self.seen

    def decided(self, at: int) -> Walk:
        """With one more decision; raises ``UsageError`` for one that the step does not offer."""
        step = self.step
        if step is None or not 0 <= at < len(step.choices):
            raise UsageError("这一步没有这样的选择，请从给出的几种里选。")
        return replace(self, taken=(*self.taken, at), begun=True, seen=True)


@dataclass(frozen=True)
class Held:
    """What one browser holds on the page."""

    walk: Walk | None = None


class Shown(NamedTuple):
    """What an event changes."""

    held: Any
    page: Any
    side: Any
    kept: Any = gr.skip()


def kept(walk: Walk | None) -> dict[str, Any]:
    """For the browser's own storage; empty where nothing is to be kept."""
    return {"drill": walk.drill.id, "taken": list(walk.taken), "begun": walk.begun, "seen": walk.seen} if walk else {}


def resumed(stored: object, drills: Sequence[Drill]) -> Walk | None:
    """The walk that a browser kept, as far as the drill still has these steps; ``None`` where there is none."""
    if not isinstance(stored, Mapping):
        return None
    drill = next((one for one in drills if one.id == stored.get("drill")), None)
    taken = stored.get("taken")
    if drill is None or not isinstance(taken, list):
        return None
    walk = Walk(drill, begun=bool(stored.get("begun")))
    for at in taken:
        if not isinstance(at, int) or walk.step is None or not 0 <= at < len(walk.step.choices):
            return replace(walk, seen=False)
        walk = walk.decided(at)
    return replace(walk, seen=bool(stored.get("seen")) and bool(taken))
