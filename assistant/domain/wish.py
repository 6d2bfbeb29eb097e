"""What somebody who teaches asks for in the chat: a lecture, questions, a drill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from assistant.domain.provision import STRICT

Wanted = Literal["lecture", "quiz", "drill"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted, as far as it was said."""

    wanted: Wanted
    topic: str = ""
    audience: str = ""
    """One of the five, or empty."""
    minutes: int = 0
    """0: not said."""
    style: str = ""
    count: int = 0
    """Questions; 0: not said."""


@dataclass(frozen=True)
class WishBook:
    """Regular expressions that tell a wish and its parts; ``knowledge_base/wishes.yaml``."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    lecture: tuple[str, ...]
    quiz: tuple[str, ...]
    drill: tuple[str, ...]
    unless: tuple[str, ...]
    """Words of a question about the law of training and drills."""
    drop: tuple[str, ...]
    """Words around the topic."""
    audiences: Mapping[str, tuple[str, ...]] = field(hash=False)
    styles: Mapping[str, tuple[str, ...]] = field(hash=False)
