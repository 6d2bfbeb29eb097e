"""A source opened for reading: the article behind a citation, with its neighbours and its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.domain.history import Edition
from assistant.domain.provision import Status, TextKind


@dataclass(frozen=True, slots=True)
class Related:
    """Another article that cites this one or that this one cites."""

    source_id: str
    law: str
    article: str
    """``134-1``; empty for a whole text."""
    text: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """出处 as a reader sees it, whether it is a provision or a record of the library."""

    source_id: str
    title: str
    """As printed on the card: 《刑法》第一百三十四条."""
    kind: str
    """``provision`` or a record's kind."""
    text_kind: TextKind
    status: Status
    text: str
    """One 款 or 项 a line."""
    effective_from: date | None = None
    law: str = ""
    doc_no: str = ""
    """文号."""
    heading: tuple[str, ...] = ()
    """编, 章, 节 above it."""
    neighbours: tuple[tuple[str, str, str], ...] = ()
    """(source id, label, text) of the articles before and after, in order."""
    history: tuple[Edition, ...] = ()
    """沿革: every wording of the article, oldest first, gaps included; empty where it never changed."""
    on: date | None = None
    """The day by which it is read."""
    note: str = ""
    url: str = ""
    cited_by: tuple[Related, ...] = ()
    """被引用: other articles of the library that refer to it."""
    cites: tuple[Related, ...] = ()
    """引用: other articles of the library that it refers to."""
