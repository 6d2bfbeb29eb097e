"""企业自查: a questionnaire as it is asked at a place, what was answered, and what follows from the answers by declared rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Literal

from assistant.domain.checklist import Reply
from assistant.domain.ledger import Evidence, Level
from assistant.domain.provision import STRICT
from assistant.domain.tips import RiskTip

Grade = Literal["高", "中", "低"]
Legal = Literal["是", "待对照", "否", "未核"]
"""重大事故隐患 or not: 待对照 where the standard's condition has not been confirmed by the reader."""


@dataclass(frozen=True)
class Deadline:
    """整改期限 by level, in days from the check; 0 is the same day."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    level: Level
    days: int


@dataclass(frozen=True)
class RatingRules:
    """评级规则, ``knowledge_base/risk_rating.yaml``: likelihood by answer, severity by tip, a grade by both, a level by grade and standard, a deadline by level."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    severities: tuple[str, ...]
    """What each severity means, from 1 up."""
    likelihoods: tuple[str, ...]
    """What each likelihood means, from 1 up."""
    replies: Mapping[Reply, int]
    """Likelihood by answer; an answer that is not here is no finding."""
    repeated: int
    """Added where the same gap was found the time before."""
    cells: tuple[tuple[Grade, ...], ...]
    """A row a likelihood from 1 up, in it a grade a severity from 1 up."""
    levels: Mapping[Grade, Level]
    """Level by grade; 重大 is none of these, it follows from a standard alone."""
    deadlines: tuple[Deadline, ...]
    unclear_days: int
    """For finding out what was answered with 不清楚."""
    major_post: str
    """Who leads the rectification of a 重大事故隐患."""
    major_cite: tuple[str, ...]
    rules: tuple[str, ...]
    """The rules in words, for the reader."""

    def grade(self, likelihood: int, severity: int) -> Grade:
        """Of a cell."""
        return self.cells[likelihood - 1][severity - 1]

    def level(self, likelihood: int, severity: int, legal: Legal) -> Level:
        """重大 where a standard says so; never 一般 where it may."""
        if legal == "是":
            return Level.MAJOR
        return Level.SERIOUS if legal == "待对照" else self.levels[self.grade(likelihood, severity)]

    def days(self, level: Level) -> int:
        """Days to put a gap right."""
        return next(one.days for one in self.deadlines if one.level is level)


@dataclass(frozen=True)
class Question:
    """A question as it is put to the reader, its words complete."""

    id: str
    ask: str
    why: str = ""
    look: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    when: Mapping[str, tuple[Reply, ...]] = field(default_factory=dict)
    tip: str = ""
    """Id of the tip whose gap it would show; empty for a question of fact."""
    feature: str = ""
    """Label of the feature that brought it in; empty where the questionnaire itself asks."""
    own: bool = False
    """It has words of its own: what it asks is less, or other, than its tip as a whole."""


@dataclass(frozen=True)
class Questionnaire:
    """A questionnaire for one place: its own questions, and those of the features that were ticked."""

    id: str
    title: str
    questions: tuple[Question, ...]
    left_out: tuple[str, ...] = ()
    """What it says that it leaves out."""
    unticked: tuple[str, ...] = ()
    """Labels of features that make sense here and were not ticked."""


@dataclass(frozen=True)
class Given:
    """An answer as it stands."""

    question: str
    reply: Reply | Literal[""] = ""
    """Empty where so far only a note or a file was left."""
    note: str = ""
    files: tuple[Evidence, ...] = ()
    confirmed: bool = False
    """The reader says that the standard's condition for a 重大事故隐患 is met."""
    who: str = ""
    at: datetime | None = None
    """UTC, without a zone."""


@dataclass(frozen=True)
class Finding:
    """A gap, or something that nobody could say."""

    tip: RiskTip
    parts: tuple[tuple[Question, Given], ...]
    """The questions on this tip that were not answered with 是 or 不适用, the worst answer first."""
    likelihood: int
    severity: int
    level: Level
    legal: Legal
    post: str
    deadline: date
    days: int
    repeated: bool
    """The same gap was found the time before."""

    @property
    def question(self) -> Question:
        """The one with the worst answer."""
        return self.parts[0][0]

    @property
    def unclear(self) -> bool:
        """不清楚: a finding of its own, where nothing worse was answered."""
        return self.parts[0][1].reply == "不清楚"

    @property
    def files(self) -> tuple[Evidence, ...]:
        """Everything that was attached, each content once."""
        return tuple({file.sha256: file for _, given in self.parts for file in given.files}.values())


@dataclass(frozen=True)
class Skipped:
    """Questions that an answer made pointless."""

    because: Question
    reply: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class NotAsked:
    """没有问到的: nothing here may be taken for safe."""

    left_out: tuple[str, ...] = ()
    unticked: tuple[str, ...] = ()
    unanswered: tuple[Question, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True)
class Compared:
    """与上次相比, by titles of hazards."""

    day: date
    closed: tuple[str, ...]
    new: tuple[str, ...]
    repeated: tuple[str, ...]
    unseen: tuple[str, ...]
    """Gaps of the last time that were not asked about, or not answered, this time."""


@dataclass(frozen=True)
class Result:
    """What a self-check comes to."""

    questionnaire: Questionnaire
    day: date
    findings: tuple[Finding, ...]
    """Gaps, the gravest first: by level, severity, likelihood."""
    unclear: tuple[Finding, ...]
    met: tuple[Question, ...]
    """Answered 是."""
    beside: tuple[Question, ...]
    """Answered 不适用."""
    not_asked: NotAsked
    compared: Compared | None = None

    def count(self, level: Level) -> int:
        """Gaps of a level."""
        return sum(one.level is level for one in self.findings)

    def cell(self, likelihood: int, severity: int) -> tuple[Finding, ...]:
        """What lies in a cell of the risk matrix; what is unclear lies there too."""
        return tuple(one for one in (*self.findings, *self.unclear) if (one.likelihood, one.severity) == (likelihood, severity))


@dataclass(frozen=True)
class Changes:
    """How a questionnaire differs from what it was when the check was begun."""

    new: tuple[str, ...] = ()
    """Ids of questions."""
    reworded: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    """Ids of questions that were answered and are asked no longer; their answers are kept."""

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.new or self.reworded or self.gone)


@dataclass(frozen=True)
class Site:
    """场所 of one owner."""

    id: str
    """Also the code by which others join."""
    name: str
    own: bool = True
    """False for one that somebody else made and shared."""


@dataclass(frozen=True)
class SelfCheck:
    """一次自查 of a site."""

    id: str
    site: Site
    checklist: str
    features: tuple[str, ...]
    size: str
    """人数, as the reader wrote it."""
    who: str
    started: date
    finished: date | None
    asked: Mapping[str, str]
    """Fingerprints of the questions by id, as they were when the reader last saw that they had changed."""
