"""What helps to read a question: everyday words, cues of what is wanted, the floors of the accident grades."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from assistant.domain.provision import STRICT
from assistant.domain.records import Aspect


@dataclass(frozen=True)
class Term:
    """术语: an everyday expression and the words of the law for it."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    says: tuple[str, ...]
    """What people say: 坐牢, 没证上岗."""
    means: str
    """What the law calls it: 有期徒刑, 特种作业操作资格."""


@dataclass(frozen=True)
class Cues:
    """提问线索: regular expressions, by what they show that a question asks for."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    aspects: dict[Aspect, tuple[str, ...]]
    asserts: tuple[str, ...]
    """The asker holds a view and wants it confirmed."""
    prediction: tuple[str, ...]
    """A definite outcome of a case is wanted."""
    full_text: tuple[str, ...]
    contents: tuple[str, ...]
    identity: tuple[str, ...]
    """Names, case numbers."""
    statistics: tuple[str, ...]
    tier: tuple[str, ...]
    """The offence and its range themselves are asked for."""
    model_text: tuple[str, ...]
    """A paper, or a model of one, is to be written."""
    compares: tuple[str, ...]
    """Two things are to be told apart."""
    follow_up: tuple[str, ...]
    material: tuple[str, ...]
    """The question points to a file that the asker brought; these words are not searched in the law."""
    in_material: tuple[str, ...]
    """The question may be about such a file."""
    overview: tuple[str, ...]
    """What a file says as a whole is asked for."""
    greeting: tuple[str, ...]
    responsibility: dict[str, tuple[str, ...]]
    off_topic: tuple[str, ...]
    in_field: tuple[str, ...]
    usual_offence: str
    """Id of the offence whose thresholds are explained when a question tells of an accident and names no offence."""


@dataclass(frozen=True)
class Grade:
    """事故等级: at least one of the counts reaches its floor; ``None`` is no floor. Loss is in 万元."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    name: str
    deaths: int
    serious_injuries: int
    loss_wan: float
    cite: tuple[str, ...]
