"""讲课: what a lecture is about, its outline, and the slides that came of it, each statement with its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal

from assistant.domain.answer import Citation, Withheld
from assistant.domain.provision import STRICT
from assistant.domain.smoothed import Smoothed

OPINION = "观点"  # what a slide without a source says at its foot
SHORTEST, LONGEST = 15, 120  # minutes of a lecture


class Audience(StrEnum):
    """听众."""

    WORKERS = "班组工人"
    STAFF = "安全管理人员"
    HEADS = "企业负责人"
    OFFICERS = "执法人员"
    PROSECUTORS = "检察官"


class Style(StrEnum):
    """讲法."""

    WARNING = "警示"
    LAW = "普法"
    SEMINAR = "业务研讨"


class Part(StrEnum):
    """段落 of a lecture, in the order in which they are taught at first."""

    OPENING = "开场案例"
    DUTY = "应当怎么做"
    GAP = "常见的错"
    LIABILITY = "谁负责"
    BALANCE = "宽与严"
    ACTION = "回去做什么"
    EXERCISE = "练一练"
    QUIZ = "小测"
    OWN = "自带材料"


Kind = Literal["case", "story", "record", "tiers", "cards", "balance", "myth", "todo", "exercise", "quiz", "own"]
"""How a block becomes slides; a story is a case told from its cause to its lesson."""


@dataclass(frozen=True)
class Post:
    """A post and the record that says how it answers."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    who: str
    record: str
    says: str = ""
    """Words by which the point of the record is chosen; empty: its main one."""


@dataclass(frozen=True)
class Topic:
    """主题: an offence, an industry, a theme, or words of the trainer's own."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    key: str
    kind: Literal["罪名", "行业", "专题", "自拟"]
    name: str
    headline: str = ""
    """Title of a lecture on it; the name where it has none."""
    aliases: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    """Ids of records, the best first; what follows is found by the topic's words."""
    duties: tuple[str, ...] = ()
    offences: tuple[str, ...] = ()
    balance: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    """For those who enforce: procedures, evidence, policies."""
    myths: tuple[str, ...] = ()
    remember: str = ""
    """One sentence to take home: an opinion, no law."""


@dataclass(frozen=True)
class Manner:
    """How one audience is taught."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    audience: Audience
    call: str
    """How its members are addressed."""
    shares: Mapping[Part, float] = field(hash=False)
    """Of the slides between the cover and the quiz."""
    titles: Mapping[Part, str] = field(hash=False)
    general: Mapping[Part, tuple[str, ...]] = field(hash=False)
    """Ids of records that this audience needs whatever the topic."""
    posts: tuple[Post, ...]
    """Who answers, from the hand to the head."""
    ask: tuple[str, ...]
    """Questions to the room, after a statement."""
    explains: bool = False
    """Whether terms of law are explained where they first appear."""


@dataclass(frozen=True)
class Meaning:
    """术语 in plain words."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    term: str
    means: str
    also: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A step of the outline: what it rests on, and which points of it are taught."""

    key: str
    part: Part
    kind: Kind
    title: str
    record: str = ""
    """Id of the record; empty for what rests on several, or on the trainer's own file."""
    points: tuple[int, ...] = ()
    """Places of the points of the record; for a quiz, its size."""
    own: str = ""
    """The trainer's own words from a file."""
    place: str = ""
    """File and place that they were taken from."""


@dataclass(frozen=True)
class Outline:
    """提纲, to be edited before it is built."""

    topic: Topic
    audience: Audience
    style: Style
    minutes: int
    blocks: tuple[Block, ...]
    notices: tuple[str, ...] = ()
    """What the trainer has to know: no case, less in the library than the time would take."""
    title: str = ""
    """As the trainer calls it; the topic's headline where empty."""

    @property
    def name(self) -> str:
        """The lecture's title."""
        return self.title or self.topic.headline or self.topic.name


Layout = Literal[
    "cover", "agenda", "section", "figure", "statement", "columns", "timeline", "myth", "balance", "tiers", "bars", "tree",
    "question", "options", "remember", "sources", "chain", "lesson",
]  # fmt: skip


@dataclass(frozen=True)
class Said:
    """A statement on a slide or in its notes."""

    text: str
    cites: tuple[int, ...] = ()
    """Numbers of the lecture's citations; empty: an opinion, or a word to the room."""
    head: str = ""
    """What stands above it: a date, a post, 宽 or 严, the penalty of a tier."""
    span: tuple[float, float] | None = None
    """Lowest and highest, where a chart shows them: years of a penalty, minutes of a part."""
    drafted: bool = False  # whether a model wrote it, and it passed the check

    @property
    def headed(self) -> str:
        """As it is read out or printed, with what stands above it."""
        return f"{self.head}：{self.text}" if self.head else self.text


@dataclass(frozen=True)
class Slide:
    """One slide with its notes."""

    layout: Layout
    part: str
    """As its audience is told; empty before and after the parts."""
    title: str
    said: tuple[Said, ...] = ()
    kicker: str = ""
    """A line above the title: what of the matter this slide tells."""
    figure: str = ""
    """A number in big type, out of the statement."""
    notes: tuple[Said, ...] = ()
    """What the trainer says, as written out."""
    seconds: int = 0
    block: str = ""
    """Key of the block it came of."""

    @property
    def cites(self) -> tuple[int, ...]:
        """Numbers of what the slide rests on, notes apart."""
        return tuple(dict.fromkeys(n for one in self.said for n in one.cites))


@dataclass(frozen=True)
class Question:
    """题: one that a record or an article answers."""

    kind: str  # 单选, 多选, 判断
    stem: str
    options: tuple[str, ...]
    right: str  # the letters of the right options: B, ACD
    why: Said
    """解析: the statement that proves it, with its sources."""


@dataclass(frozen=True)
class Lecture:
    """A lecture that was built: nothing in it needs the library any more."""

    outline: Outline
    day: date
    """The day by which the law was read."""
    slides: tuple[Slide, ...]
    citations: tuple[Citation, ...]
    withheld: tuple[Withheld, ...] = ()
    library_date: date | None = None
    questions: tuple[Question, ...] = ()
    """小测, for the papers; the first of them are on slides."""
    prints: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Fingerprint of each source as it was, by its place: 安全生产法#97, or the id of a record."""
    smoothed: Smoothed | None = None

    def citation(self, n: int) -> Citation:
        """The citation of that number."""
        return self.citations[n - 1]


@dataclass(frozen=True)
class Stale:
    """A source that is otherwise now, and the slides that rest on it."""

    place: str
    title: str
    why: str  # 已修改, 已废止, 现有原文, 已移除
    slides: tuple[int, ...]  # from 1
