"""What the user's library knows of a text that was imported."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from assistant.domain.provision import Span


class DocumentKind(StrEnum):
    """Whether articles of the text may be cited as law."""

    LAW = "law"
    DOCUMENT = "document"
    """A case, a report, a guide: it can be searched; a 第X条 in it is somebody else's."""


class Origin(StrEnum):
    """How a text came into the library."""

    IMPORT = "import"
    SYNC = "sync"


@dataclass(frozen=True, slots=True)
class LibraryDocument:
    """One imported text: a law in one version, a part of a code, or another document."""

    id: str
    """Short hash of title, part and version; a version rebuilt from amendments is ``<id>@YYYY-MM-DD``."""
    title: str
    """Canonical title of the law, without 中华人民共和国; of another document, its own."""
    source: str
    """Name of the file it was read from, relative to what was imported."""
    sha256: str
    """Of the text as read, so that the same text in another place or format is the same."""
    kind: DocumentKind = DocumentKind.LAW
    part: str = ""
    """编 of a code that comes as one file a part: 侵权责任编."""
    version: date | None = None
    """公布、通过 or 修正日 by which versions are told apart. Never a date of effect."""
    effective: Span = field(default_factory=Span)
    doc_no: str = ""
    numbering: str = ""
    """``第X条``, ``一、`` or ``""``: by what its articles are numbered."""
    articles: int = 0
    imported_at: datetime | None = None
    origin: Origin = Origin.IMPORT
    superseded: bool = False
    """A later version of the same text is in the library."""
    base: str = ""
    """Id of the consolidated text whose earlier articles these are; ``""`` for what was read from a file."""
    note: str = ""
