"""How a case is told in words, as data: which words tell which fact, of whom, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from assistant.domain.provision import STRICT

Case = Mapping[str, Any]
"""A condition over facts, as in ``domain/rules.py``."""


@dataclass(frozen=True)
class ToldCue:
    """叙述线索: what words of a told case say of one fact. Words are expressions; ``…`` is a gap of a few characters."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    key: str
    says: Mapping[str, tuple[str, ...]]
    """Words by value: 是, 否, 不明, a key of the options, or a number."""
    about: tuple[str, ...] = ()
    """Names of the matter: where a text says that it is not known or not written, the fact is 不明."""
    of_case: bool = False
    """One fact for everybody, whoever is spoken of."""
    own_word: bool = False
    """It counts although it is only said by somebody: 认罪, 谅解."""
    when: Case = field(default_factory=dict)
    """The fact is only thought of in such a case or for such a person."""
    deniable: bool = True
    """Whether 没有, 未 before the words turn them round; not so where they only name a matter."""
    not_beside: tuple[str, ...] = ()
    """Facts of which these words are a part where both are told in one sentence."""
    wins: str = ""
    """The value that is meant where several are said; empty: they contradict each other."""


@dataclass(frozen=True)
class ToldTitle:
    """Words for the position of a person, by role."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    role: str
    words: tuple[str, ...]
    when: Case = field(default_factory=dict)
    """The role holds only in such a case: a 园长 answers for a bus or for a building."""


@dataclass(frozen=True)
class ToldInference:
    """What follows plainly from what was told."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    when: Case
    then: Mapping[str, bool | int | str]


@dataclass(frozen=True)
class ToldFigure:
    """A figure that is told beside certain words."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    key: str
    label: str = "数额"
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    """Words of the sentence before it that go on with the same amount: 一次是518万元，一次是473万元."""
    never: tuple[str, ...] = ()
    """Not where these stand there too."""
    unit: str = ""
    """Expression of the unit; empty: money."""
    whole: bool = False
    reach: int = 14
    """Characters within which the words stand."""
    own_word: bool = False
    of_case: bool = False
    """One amount for everybody, whoever is spoken of: what one gave the other took."""
    entry: float = 0
    """The threshold from which the amount matters at all (万元): figures on both sides of it leave the fact in dispute."""


@dataclass(frozen=True)
class ToldWords:
    """How a case is told in words: ``told.yaml``."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    not_said: tuple[str, ...]
    """Expressions that tell nothing of what happened: names of offences, questions, demands."""
    claims: Mapping[Literal["defence", "witness"], tuple[str, ...]]
    """Whose word it is: what follows is a claim."""
    finds: tuple[str, ...]
    """Who finds officially: their word is the text's own."""
    claim_ends: tuple[str, ...]
    negations: tuple[str, ...]
    unknown: tuple[str, ...]
    """How a text says that ``X`` is not known."""
    asks: tuple[str, ...]
    """How a text says that whether something is so is not known, up to the words of the matter: 没有材料说明是否……"""
    dates: Mapping[str, tuple[str, ...]]
    """What a date beside these words is a date of."""
    outsiders: Mapping[Literal["before", "after"], tuple[str, ...]]
    """Words right before a name or after it that make the person no suspect."""
    elsewhere: tuple[str, ...]
    """Words of a clause that tell that those who were named last are no matter of this case."""
    victims: tuple[str, ...]
    titles: tuple[ToldTitle, ...]
    cues: tuple[ToldCue, ...]
    lexicon: Mapping[str, str] = field(default_factory=dict)
    """Words that stand for one another, by the name under which expressions use them: ``〈name〉``."""
    figures: tuple[ToldFigure, ...] = ()
    follows: tuple[ToldInference, ...] = ()
