"""条文沿革: the wordings of an article by their times, what is missing of them, and what held on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.domain.provision import ArticleRef, Provision


class Standing(StrEnum):
    """What the library can tell of an article on a day."""

    IN_FORCE = "当日有效"
    ABSENT = "当日没有这一条"
    UNKNOWN = "当日文本不在库中"
    ENDED = "当日已经失效"


@dataclass(frozen=True, slots=True)
class Edition:
    """One wording of an article, or the gap where there was one that is not at hand."""

    start: date | None
    """``None``: not known, or since the law came into force."""
    end: date | None
    """Last day; ``None``: still in force."""
    by: str = ""
    """Title of the amendment that made it; empty for the first."""
    created: bool = False
    """``by`` added the article."""
    text: str | None = None
    """``None``: not at hand."""
    source_id: str = ""
    """Where the wording can be opened; empty where it is not at hand."""
    kept: tuple[int, ...] = ()
    """In a gap: the 款 that read as in the next wording."""

    def holds(self, on: date) -> bool:
        """Whether ``on`` lies inside."""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class ArticleHistory:
    """沿革 of one article, oldest first."""

    ref: ArticleRef
    editions: tuple[Edition, ...]

    def on(self, day: date) -> Edition | None:
        """The edition whose time the day lies in; ``None`` before the article was created or after it was deleted."""
        return next((one for one in self.editions if one.holds(day)), None)

    def after(self, day: date) -> Edition | None:
        """The first wording at hand that came later."""
        return next((one for one in self.editions if one.text and one.start and one.start > day), None)

    @property
    def last(self) -> Edition | None:
        """The newest wording at hand."""
        return next((one for one in reversed(self.editions) if one.text), None)

    def next(self, edition: Edition) -> Edition | None:
        """What followed an edition."""
        at = self.editions.index(edition) + 1
        return self.editions[at] if at < len(self.editions) else None


@dataclass(frozen=True, slots=True)
class DayLaw:
    """An article asked for on a day: the wording of that day, or the nearest at hand with a sentence that says so."""

    provision: Provision
    """Where ``standing`` is not 当日有效, not the law of that day; its note says so too."""
    on: date
    standing: Standing
    sentence: str = ""
    """Why there is no wording of the day; empty where there is."""
