"""自查问卷: the questions that a walk through a place answers, in the order of the walk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from assistant.domain.provision import STRICT

Reply = Literal["是", "否", "部分", "不适用", "不清楚"]


@dataclass(frozen=True)
class ChecklistQuestion:
    """问题. It stands on a tip, whose words it takes unless it has its own; a question of fact only branches."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    id: str
    """Unique in its questionnaire; never changes."""
    tip: str = ""
    kind: Literal["隐患", "事实"] = "隐患"
    ask: str = ""
    why: str = ""
    look: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    when: Mapping[str, tuple[Reply, ...]] = field(default_factory=dict)
    """Asked only if every question named was answered with one of these."""


@dataclass(frozen=True)
class Checklist:
    """问卷 of an industry or a kind of place."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    id: str
    title: str
    fields: tuple[str, ...]
    about: str
    """For whom it is."""
    questions: tuple[ChecklistQuestion, ...]
    features: tuple[str, ...] = ()
    """Keys of the features that make sense here."""
    not_asked: tuple[str, ...] = ()
    """What it leaves out, shown to the reader."""


@dataclass(frozen=True)
class Feature:
    """特征 of a place that adds the questions of some tips: contractors on site, a dormitory, hazardous substances."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    key: str
    label: str
    tips: tuple[str, ...]
