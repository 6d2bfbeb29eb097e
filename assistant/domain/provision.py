"""Law as the reader cites it: a reference, a law, a provision of it in one version.

Source of the terms: 《立法法》's levels of a text, 编章节条款项; here 条 is an ``article``, 款 a ``paragraph``, 项 an ``item``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar

STRICT: dict[str, str] = {"extra": "forbid"}
"""Unknown keys are refused when a record is read (pydantic's name for it; no import needed)."""


class TextKind(StrEnum):
    """Whether a text is the official wording or our own summary of it."""

    ORIGINAL = "原文"
    GIST = "要旨"


class Status(StrEnum):
    """效力状态 of a provision on the date asked about."""

    IN_FORCE = "现行有效"
    AMENDED = "已修改"
    REPEALED = "已废止"
    NOT_YET = "尚未施行"
    UNVERIFIED = "需核对"


@dataclass(frozen=True, slots=True, order=True)
class ArticleRef:
    """A reference to a place in a law. ``article`` is ``"134"`` or ``"134-1"`` (第一百三十四条之一); ``""`` is the whole text."""

    law: str
    """Title without 中华人民共和国, or any alias before it is resolved."""
    article: str = ""
    paragraph: int | None = None
    """款, counted from 1."""
    item: int | None = None
    """项, counted from 1."""

    def whole_article(self) -> ArticleRef:
        """The article that holds this 款 or 项."""
        return replace(self, paragraph=None, item=None)

    def __str__(self) -> str:
        """``刑法#134-1/1/2``: the form used in ``knowledge_base/``; ``刑法#134-1//2`` where the 款 is not named."""
        tail = "".join(f"/{n or ''}" for n in (self.paragraph, self.item)).rstrip("/")
        return f"{self.law}#{self.article}{tail}" if self.article else self.law

    @classmethod
    def parse(cls, text: str) -> ArticleRef:
        """Read the ``law#article/款/项`` form; raises ``ValueError`` on anything else."""
        law, _, rest = text.partition("#")
        article, *levels = rest.split("/") if rest else [""]
        if not law or len(levels) > 2 or not all(level.isdigit() or not level for level in levels):
            raise ValueError(f"not a reference of the form 法律#条/款/项: {text!r}")
        numbers = [int(level) if level else None for level in levels] + [None, None]
        return cls(law, article, numbers[0], numbers[1])


@dataclass(frozen=True, slots=True)
class Span:
    """效力期间. Both ends are included; ``None`` is open or not known."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    start: date | None = None
    end: date | None = None

    def holds(self, on: date) -> bool:
        """Whether ``on`` lies inside."""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class Law:
    """一部法律文件 and what is known of its validity, independent of whether its full text is at hand."""

    title: str
    """Without 中华人民共和国."""
    aliases: tuple[str, ...] = ()
    """Usual short titles and numbers under which it is asked for."""
    level: str = ""
    """法律, 行政法规, 司法解释, 部门规章, 规范性文件, 标准, 修正案."""
    doc_no: str = ""
    """文号, such as 法释〔2022〕19号."""
    issuer: str = ""
    promulgated: date | None = None
    """公布或通过日 of the version in force. Never a date of effect."""
    effective: Span = Span()
    """施行日 to 废止前一日."""
    superseded_by: str = ""
    """Title of what replaced it."""
    note: str = ""
    """What a reader must know about its validity: conflicts, stale numbers, unproven changes."""
    confidence: str = "A"
    """A or B may be cited; K is shown as 需核对 and never cited."""
    url: str = ""

    @property
    def gist_only(self) -> bool:
        """Whether public collections lack its wording, so that no more than a gist can be given."""
        return self.note.startswith("官方原文未入库")

    def status(self, on: date) -> Status:
        """效力 of the law as a whole on a date."""
        if self.confidence not in {"A", "B"}:
            return Status.UNVERIFIED
        if self.effective.end and on > self.effective.end:
            return Status.REPEALED
        if self.effective.start and on < self.effective.start:
            return Status.NOT_YET
        return Status.IN_FORCE


@dataclass(frozen=True, slots=True)
class Provision:
    """条文: one article in one version, or a whole text that has no articles."""

    ref: ArticleRef
    """``law`` is the canonical title here; 款 and 项 are not set."""
    text: str
    """One 款 or 项 a line."""
    kind: TextKind
    effective: Span = Span()
    heading: tuple[str, ...] = ()
    """编, 章, 节 above it."""
    document: str = ""
    """Id of the document it was read from; ``builtin`` for the library that ships."""
    position: int = 0
    """Order inside the document, for neighbours."""
    note: str = ""
    """What prevails over it or how it changed."""
    superseded: bool = False
    """A later version of the same law is at hand; used where the dates are not."""
    confidence: str = "A"
    """A or B may be cited; K is shown as 需核对 and never cited."""

    @property
    def id(self) -> str:
        """``law/刑法/134-1`` for the built-in gist, ``text/<document>/134-1`` for an imported text."""
        where = f"law/{self.ref.law}" if self.document in {"", "builtin"} else f"text/{self.document}"
        return f"{where}/{self.ref.article or '全文'}"

    @property
    def title(self) -> str:
        """A short name for lists; the Chinese form of the number is in ``law.refs.label``."""
        return f"{self.ref.law} {self.ref.article}".strip()
