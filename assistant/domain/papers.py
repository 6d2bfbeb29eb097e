"""文书: templates as a lawyer edits them, and a paper that was made of one, each paragraph with what it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from assistant.domain.answer import Citation, Withheld
from assistant.domain.provision import STRICT
from assistant.domain.rules import Condition

BLANK = re.compile(r"【[^【】]*承办人填写】")
"""What the handler fills in: never invented."""
FeedKey = Literal[
    "facts", "offences", "elements", "not_offences", "strict", "lenient", "options", "limitation", "day_law", "loss",
    "missing", "evidence",
]  # fmt: skip
"""What of a 研判 becomes paragraphs; ``evidence`` is the 补充侦查提纲, ``authority`` names the laws that the paper cites."""
Role = Literal["notice", "to", "heading", "sub", "body", "sign"]


def blank(label: str, why: str = "") -> str:
    """【死亡人数：承办人填写】."""
    return f"【{label}：{f'{why}，' if why else ''}承办人填写】"


@dataclass(frozen=True)
class Line:
    """One paragraph of a template: of ``say``, ``law`` and ``feed`` exactly one."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    say: str = ""
    """Form and facts, never law; ``{deaths}`` is a fact, ``【单位名称：承办人填写】`` a blank."""
    law: str = ""
    """A statement of law, with what it rests on in ``cite``."""
    feed: FeedKey | None = None
    cite: tuple[str, ...] = ()
    when: Condition = field(default_factory=dict)
    """Where it is said at all."""
    only: tuple[str, ...] = ()
    """Of ``options`` these keys, of ``facts`` these groups; empty: all."""
    able: bool = False
    """Of ``options`` only what may be had."""
    none: str = ""
    """Said where a feed gives nothing."""
    reason: bool = False
    """Reasons of the case: before it a model may write."""


@dataclass(frozen=True)
class Part:
    """部分 of a paper, with its heading; left out where none of its lines is said."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    heading: str
    lines: tuple[Line, ...]
    numbered: bool = False
    """Its paragraphs are counted: （一）, （二）."""


@dataclass(frozen=True)
class Template:
    """文书模板."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    key: str
    name: str
    use: str
    """What it is for, in a line."""
    parts: tuple[Part, ...]
    title: str = ""
    """Heading on paper; empty: the name."""
    number: str = blank("文号")
    to: str = ""
    opening: tuple[Line, ...] = ()
    closing: tuple[Line, ...] = ()
    sign: tuple[str, ...] = (blank("检察院名称"), blank("日期"))
    person: bool = False
    """It is about one person."""
    fits: Condition = field(default_factory=dict)
    """Cases that it is for; elsewhere it is refused."""
    option: str = ""
    """Key of the option that it argues for: where the 研判 excludes it, so does the paper."""
    otherwise: str = ""
    """Why it does not fit where ``fits`` does not hold, and what does."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph."""

    text: str
    role: Role = "body"
    cites: tuple[int, ...] = ()
    """Numbers of the paper's citations."""
    rests: frozenset[str] = frozenset()
    """Keys of the facts that it rests on."""
    person: str = ""
    """Whose facts; empty: everybody's."""
    law: bool = False
    """A statement of law."""
    reason: bool = False
    """The place of the reasons, before which a model may write."""
    drafted: bool = False
    """A model wrote it, and it passed the check."""


@dataclass(frozen=True)
class Paper:
    """文书."""

    kind: str
    """Key of the template."""
    title: str
    paragraphs: tuple[Paragraph, ...]
    citations: tuple[Citation, ...]
    day: date
    number: str = ""
    person: str = ""
    withheld: tuple[Withheld, ...] = ()
    """Statements that did not pass the check, with the reason."""
    library_date: date | None = None

    @property
    def reasoned(self) -> bool:
        """Whether it has a place for reasons."""
        return any(one.reason for one in self.paragraphs)

    @property
    def blanks(self) -> tuple[str, ...]:
        """What is to be filled in, each once."""
        texts = [self.number, *(one.text for one in self.paragraphs)]
        return tuple(dict.fromkeys(found for text in texts for found in BLANK.findall(text)))


@dataclass(frozen=True)
class Change:
    """A fact that was changed in the sheet."""

    key: str
    person: str
    before: str
    after: str
    label: str = ""

    @property
    def sentence(self) -> str:
        """死亡人数：3人 → 2人."""
        return f"{f'{self.person}的' if self.person else ''}{self.label}：{self.before or '未提到'} → {self.after or '未提到'}"
