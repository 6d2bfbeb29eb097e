"""测验: questions whose answers records and articles prove."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from assistant.domain.provision import STRICT

LETTERS = "ABCDEFGH"
TRUTH = ("对", "错")
"""Options of a 判断题."""
AUDIENCES = ("班组工人", "安全管理人员", "企业负责人", "执法人员", "检察官")
"""听众, whose names are the levels of an item."""


class QuizKind(StrEnum):
    """题型."""

    SINGLE = "单选"
    MULTIPLE = "多选"
    TRUTH = "判断"


@dataclass(frozen=True)
class QuizItem:
    """题: one question, what is right, and what proves it."""

    id: str
    """Told by what is asked and what is right, so that it stays the same from one paper to the next."""
    kind: QuizKind
    stem: str
    options: tuple[str, ...]
    """As shown, without letters; 对 and 错 for a 判断题."""
    answer: tuple[int, ...]
    """Places of the right options from 0, ascending."""
    explanation: str
    """解析: what the record says."""
    cites: tuple[str, ...]
    """References ``法律#条/款/项``; empty only where the record itself is the source, as a case is."""
    records: tuple[str, ...]
    """Ids of the records that it was made of; empty for an article's gist."""
    level: tuple[str, ...]
    """Those of ``AUDIENCES`` whom it suits."""
    topic: str
    """Offence, chapter of the risk tips, or matter: 重大责任事故罪, 煤矿, 行刑衔接."""

    @property
    def letters(self) -> str:
        """The answer as letters: ``ACD``."""
        return "".join(LETTERS[at] for at in self.answer)

    @property
    def right(self) -> tuple[str, ...]:
        """The right options in words."""
        return tuple(self.options[at] for at in self.answer)

    @property
    def wrong(self) -> tuple[str, ...]:
        """干扰项."""
        return tuple(option for at, option in enumerate(self.options) if at not in self.answer)


@dataclass(frozen=True)
class UsableRow:
    """A kind of material, whether it may be used, and the point that says so."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    what: str
    usable: str
    record: str
    point: int
    words: tuple[str, ...]
    """Words that the point has to hold; without them it does not say so."""
    direct: bool = False
    """Listed by the law as it is, of whatever organ."""
    again: bool = False
    """To be collected anew by investigators."""


@dataclass(frozen=True)
class QuizBook:
    """Everything of ``knowledge_base/quiz.yaml``: who is asked what, and what is asked beside the records."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    levels: Mapping[str, tuple[str, ...]]
    """By kind of record."""
    misconceptions: Mapping[str, tuple[str, ...]]
    """By the second part of a misconception's id."""
    topics: Mapping[str, str]
    general: tuple[str, ...]
    """Topics of which everybody needs something, whatever the industry."""
    laws: tuple[str, ...]
    organs: tuple[str, ...]
    """Who may act in a procedure: none of them another, or a kind of another."""
    persons: tuple[tuple[str, ...], ...]
    """Who may be bound or punished, in groups of which no one is another, a kind of another, or commonly both."""
    told: tuple[str, ...]
    """Made-up cases with ``{deaths}`` or ``{loss}``."""
    deaths: tuple[int, ...]
    loss: tuple[int, ...]
    evidence: tuple[UsableRow, ...]
