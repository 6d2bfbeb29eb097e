"""案例: what happened, how it came about, who answered for it, and what is to be learnt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from assistant.domain.provision import STRICT
from assistant.domain.records import Record


class OutcomeKind(StrEnum):
    """What was decided, as far as it is confirmed for at least one person."""

    IMPRISONMENT = "实刑"
    TERM = "有期徒刑"
    """A term of which it is not known whether it was suspended."""
    DETENTION = "拘役"
    PROBATION = "缓刑"
    FINE = "罚金"
    EXEMPTION = "免予刑事处罚"
    NONPROSECUTION = "不起诉"
    RELEASE = "变更强制措施"
    CONCURRENT = "数罪并罚"
    OCCUPATION = "从业禁止"


@dataclass(frozen=True)
class Liable:
    """One of those who answered for it."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    who: str
    """Post: 矿长, 焊工, 评价机构负责人."""
    did: str = ""
    """What the person did or left undone; empty where it was not confirmed."""
    answered: str = ""
    """罪名 and what was decided; empty where it was not confirmed."""

    def __str__(self) -> str:
        return "：".join(filter(None, ("，".join(filter(None, (self.who, self.did))), self.answered)))


@dataclass(frozen=True)
class Case(Record):
    """案例. Unconfirmed outcomes are left out, not guessed; a fact that is not known stays empty."""

    kind: ClassVar[str] = "case"
    place: str = ""
    date: str = ""
    """Of the event or the judgment, as far as known: 2016-08-11, 2020-03."""
    deaths: int | None = None
    serious_injuries: int | None = None
    loss_wan: float | None = None
    """直接经济损失, 万元."""
    offences: tuple[str, ...] = ()
    """Ids of offence records."""
    industry: tuple[str, ...] = ()
    """Options of the fact ``industry``; two where a case lies in both."""
    roles: tuple[str, ...] = ()
    """Options of the fact ``role``, of all who answered."""
    circumstances: tuple[str, ...] = ()
    """Keys of facts that hold of the case or of at least one person in it."""
    outcome: str = ""
    """Confirmed outcome in one sentence; empty where not confirmed."""
    outcome_kind: tuple[OutcomeKind, ...] = ()
    single: bool = True
    """False: an index, or several cases in one record, which can't be held against the facts of one."""
    signal: str = ""
    """严, 宽, or 宽严分层."""
    unconfirmed: tuple[str, ...] = ()
    """What is not known and must not be stated: 刑期, 案号, 姓名."""
    began: str = ""
    """起因: the act or the state that set it off, in one sentence."""
    chain: tuple[str, ...] = ()
    """原因链: a link an entry, from the first neglect to the harm, each the cause of the next."""
    liable: tuple[Liable, ...] = ()
    """谁担责: by post, never by name."""
    lenient: tuple[str, ...] = ()
    """What told for 从宽 in this case, as its source says."""
    strict: tuple[str, ...] = ()
    """What told for 从严 in this case, as its source says."""
    lesson: str = ""
    """教训: one sentence of ours that somebody can act on tomorrow."""

    @property
    def told(self) -> bool:
        """Whether it can be told from its cause to its lesson."""
        return bool(self.industry and self.began and self.chain and self.liable and (self.lenient or self.strict) and self.lesson)

    def beside(self) -> tuple[str, ...]:
        """How it came about, and who answered."""
        rows = (
            ("起因", self.began),
            ("经过", "；".join(self.chain)),
            ("担责", "；".join(map(str, self.liable))),
            ("从宽", "；".join(self.lenient)),
            ("从严", "；".join(self.strict)),
            ("教训", self.lesson),
        )
        return tuple(f"{name}：{text.rstrip('。')}。" for name, text in rows if text)
