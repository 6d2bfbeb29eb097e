"""隐患识别: what a hazard that somebody tells of is, whether it is one, and how far a standard calls it 重大."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from assistant.domain.provision import STRICT
from assistant.domain.tips import Lawful, Major, RiskTip

Violation = Literal["yes", "no", "unknown"]


@dataclass(frozen=True)
class HazardCues:
    """Regular expressions by what they show of a hazard that is told; ``knowledge_base/hazards.yaml``."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    doubted: tuple[str, ...]
    """Somebody is said to object to it, or it is asked whether it is allowed."""
    unsure: tuple[str, ...]
    """The teller does not know whether it is so."""
    careful: tuple[str, ...]
    """The teller has stopped, refused, reported or cleared something."""
    lacking: tuple[str, ...]
    """A permit or a certificate is said to be missing: 没证, 许可过期."""
    refused: tuple[str, ...]
    """The teller would not have it: 不卖给, 没让进, 一律退回."""
    danger: tuple[str, ...]
    """Danger that is there now: 闻到煤气味, 裂了缝, 冒烟, 人倒在里面."""
    present: tuple[str, ...]
    """People are there, or the work goes on."""
    past: tuple[str, ...]
    """It was so once."""
    told: tuple[str, ...]
    """The words ask what is to be thought of something on the spot."""
    heed: tuple[str, ...]
    """The words ask what a place or a trade has to heed."""
    law: tuple[str, ...]
    """The words ask for the law itself; then it is no hazard that is told."""


@dataclass(frozen=True, slots=True)
class Likely:
    """A tip that what was told may be, and how near it comes, 0 to about 1."""

    tip: RiskTip
    score: float


@dataclass(frozen=True, slots=True)
class Hazard:
    """What was made of a hazard told in words."""

    said: str
    violation: Violation
    """unknown where the words bear out neither."""
    urgent: bool
    """People are in danger now: stop and leave first."""
    tips: tuple[Likely, ...]
    """Best first; empty where nothing in the library comes near."""
    lawful: Lawful | None = None
    """合法做法 that it is, where it is no violation and the library knows it."""

    @property
    def major(self) -> Major:
        """Of the nearest tip; nothing where it is no violation."""
        return self.tips[0].tip.major if self.tips and self.violation != "no" else Major()
