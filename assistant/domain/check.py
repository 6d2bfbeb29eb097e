"""What the check of a text's citations ends in: a ``Finding`` for each reference."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """结论 on a reference: the first of these that holds."""

    NO_SUCH_LAW = "库中无此法"
    NOT_YET = "尚未施行"
    REPEALED = "已废止"
    AMENDED = "已修改"
    WRONG_PLACE = "条号有误"
    """Past the end, wrong 款 or 项, or the words stand elsewhere."""
    WRONG_WORDS = "文字有误"
    """Also a wrong number."""
    UNDECIDED = "无法判断"
    """Only a gist is at hand, or the text does not say which law or article it means."""
    RIGHT = "一致"


@dataclass(frozen=True, slots=True)
class Finding:
    """A reference as it stands in a text, and what the library says of it. Offsets count characters of the text."""

    surface: str
    start: int
    end: int
    law: str
    """Canonical title; as written where the library has no such law."""
    article: str
    """``134-1``; empty where none is named."""
    paragraph: int | None
    item: int | None
    verdict: Verdict
    right: str = ""
    """What it should say: the place, or the words of the article."""
    why: str = ""
    """The reason, one sentence for the reader."""
    article_to: str = ""
    """Last article of a range."""
    source_id: str = ""
    """Opens the article that was compared, or the one that carries the words."""
    marks: tuple[tuple[int, int], ...] = ()
    """Places of the text that differ from the article."""

    def as_json(self) -> dict[str, Any]:
        """The contract of ``anheng check --json``; ``article_to`` only for a range."""
        values = asdict(self)
        for key in ("source_id", "marks", *(() if self.article_to else ("article_to",))):
            del values[key]
        return values
