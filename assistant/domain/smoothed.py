"""讲稿 that a model has smoothed: which one, how much of it, and what did not pass."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.answer import Withheld

SMOOTHED = "讲稿由模型顺过，每句都核对过"
"""What a script says whose notes a model has written anew."""


@dataclass(frozen=True)
class Smoothed:
    """What a lecture keeps of it; the notes themselves say each whether they were drafted."""

    model: str
    """Which model, and where."""
    count: int
    """Notes of the lecture in the words of a model."""
    rough: tuple[Withheld, ...] = ()
    """What it wrote that did not pass, with the reason: there the composed note stays."""

    @property
    def line(self) -> str:
        """As the page and the script say it."""
        kept = f"；{len(self.rough)} 处没有通过，仍是原句" if self.rough else ""
        return f"{SMOOTHED}（{self.model}，{self.count} 句{kept}）。"
