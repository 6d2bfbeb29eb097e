"""风险提示: hazards of an industry as a record each: what the law demands, who answers for it, and what to do about it.

《企业安全生产法律风险提示》 is these records by chapter; the self-check asks their questions; a hazard told in words is matched to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from assistant.domain.provision import STRICT
from assistant.domain.records import Aspect, Point, Record

MajorValue = Literal["是", "看情形", "否", "未核"]


@dataclass(frozen=True)
class Major:
    """重大事故隐患: whether a standard of the industry lists the hazard, and where."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    value: MajorValue = "未核"
    """否 only where the standard was read whole and does not list it; 未核 where none is at hand."""
    standard: str = ""
    """Title of the standard."""
    item: str = ""
    """Its item in words: 第五条第（一）项."""
    cite: tuple[str, ...] = ()
    when: str = ""
    """What must be so for the item to apply, where it is 看情形."""


@dataclass(frozen=True)
class Lawful:
    """合法做法: what looks like the hazard and is none."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    said: tuple[str, ...]
    why: str
    cite: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """自查问题: asked so that 是 is the safe answer."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    ask: str
    why: str
    look: tuple[str, ...]
    proof: tuple[str, ...]
    """What counts as evidence that it is so."""


@dataclass(frozen=True, kw_only=True)
class RiskTip(Record):
    """风险提示. Its law stands in ``points``: duty, administrative liability and criminal exposure, told apart by their aspect."""

    kind: ClassVar[str] = "risk_tip"
    fields: tuple[str, ...]
    """Names of ``risk_tips_fields.yaml``; the first is its chapter of the handbook."""
    risk: str
    """What can happen, without law."""
    signs: tuple[str, ...]
    """How it shows on the spot."""
    said: tuple[str, ...]
    """As people on the spot tell it."""
    lawful: tuple[Lawful, ...] = ()
    major: Major = Major()
    urgent: str = ""
    """What to do at once, where people are in danger now; empty for what can be put right in order."""
    severity: int
    """后果 by the kind of accident: 1 no injury likely, 2 slight, 3 one death or several injured, 4 several deaths, 5 mass casualties."""
    posts: tuple[str, ...]
    """Posts that put it right, the most responsible first."""
    liable: tuple[str, ...]
    offences: tuple[str, ...] = ()
    """Ids of offence records."""
    cases: tuple[str, ...] = ()
    """Ids of cases that began with this gap."""
    now: tuple[str, ...]
    month: tuple[str, ...]
    lasting: tuple[str, ...]
    check: Check

    def beside(self) -> tuple[str, ...]:
        """Risk, signs, who has to act, what to do, what to ask."""
        who = (f"担责：{'、'.join(self.liable)}。", f"现场整改：{'、'.join(self.posts)}。")
        asked = (self.urgent, *who, *self.now, *self.month, *self.lasting, self.check.ask)
        return tuple(filter(None, (self.title, self.risk, *self.signs, *asked)))

    def duties(self) -> tuple[Point, ...]:
        """What the law demands."""
        return self._about(Aspect.DUTY)

    def administrative(self) -> tuple[Point, ...]:
        """行政责任 with its amounts."""
        return self._about(Aspect.ADMINISTRATIVE)

    def criminal(self) -> tuple[Point, ...]:
        """刑事责任: offence, who, and under which condition."""
        return self._about(Aspect.CONVICTION)

    def _about(self, aspect: Aspect) -> tuple[Point, ...]:
        return tuple(point for point in self.points if aspect in point.about)
