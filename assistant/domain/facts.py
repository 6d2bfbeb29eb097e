"""案情要素: what is known of a case, by the keys that ``knowledge_base/rules/facts.yaml`` declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from assistant.domain.provision import STRICT

Value = bool | int | float | str | date
UNCLEAR, DISPUTED = "不明", "有争议"
"""Said, but without material; said by materials that contradict each other. Both count as unknown."""


@dataclass(frozen=True)
class FactKey:
    """One 要素, as declared in data."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    key: str
    label: str
    kind: Literal["flag", "count", "money", "number", "date", "choice", "text"]
    group: str
    person: bool = False
    """It may differ from person to person."""
    options: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    hint: str = ""


@dataclass(frozen=True)
class LossItem:
    """One item of the loss, in 万元."""

    name: str
    wan: float


@dataclass(frozen=True)
class Person:
    """A suspect, with what is known of this person alone."""

    name: str
    facts: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class FactSheet:
    """案情要素表: facts of the case, and of each person. A key that is absent was not spoken of."""

    id: str = ""
    told: str = ""
    facts: Mapping[str, Value] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    loss_items: tuple[LossItem, ...] = ()
    sides: Mapping[str, str] = field(default_factory=dict)
    """For a disputed fact, what each side says, in words."""

    def of(self, person: Person | None) -> Mapping[str, Value]:
        """What holds for one person: the facts of the case, with the person's own over them."""
        return {**self.facts, **(person.facts if person else {})}
