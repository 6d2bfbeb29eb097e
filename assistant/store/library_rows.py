"""Rows of ``library.db`` and the values they stand for."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from assistant.domain.library import DocumentKind, LibraryDocument, Origin
from assistant.domain.provision import ArticleRef, Provision, Span, TextKind

DOCUMENT = (
    "id, title, source, sha256, kind, part, version, effective_start, effective_end, doc_no, numbering, articles,"
    " imported_at, origin, superseded, base, note"
)
PROVISION = "document, position, law, article, text, effective_start, effective_end, heading, note, superseded, confidence"
_BETWEEN_HEADINGS = "\x1f"


def document_row(document: LibraryDocument) -> tuple[Any, ...]:
    """In the order of ``DOCUMENT``."""
    return (
        document.id, document.title, document.source, document.sha256, document.kind.value, document.part, _iso(document.version),
        _iso(document.effective.start), _iso(document.effective.end), document.doc_no, document.numbering, document.articles,
        document.imported_at.isoformat() if document.imported_at else None, document.origin.value, int(document.superseded),
        document.base, document.note,
    )  # fmt: skip


def provision_row(provision: Provision) -> tuple[Any, ...]:
    """In the order of ``PROVISION``."""
    return (
        provision.document, provision.position, provision.ref.law, provision.ref.article, provision.text,
        _iso(provision.effective.start), _iso(provision.effective.end), _BETWEEN_HEADINGS.join(provision.heading),
        provision.note, int(provision.superseded), provision.confidence,
    )  # fmt: skip


def to_document(row: sqlite3.Row) -> LibraryDocument:
    """The document of a row."""
    return LibraryDocument(
        id=row["id"], title=row["title"], source=row["source"], sha256=row["sha256"], kind=DocumentKind(row["kind"]),
        part=row["part"], version=to_date(row["version"]), effective=_span(row), doc_no=row["doc_no"],
        numbering=row["numbering"], articles=row["articles"],
        imported_at=datetime.fromisoformat(row["imported_at"]) if row["imported_at"] else None,
        origin=Origin(row["origin"]), superseded=bool(row["superseded"]), base=row["base"], note=row["note"],
    )  # fmt: skip


def to_provision(row: sqlite3.Row) -> Provision:
    """The provision of a row."""
    return Provision(
        ref=ArticleRef(row["law"], row["article"]), text=row["text"], kind=TextKind.ORIGINAL, effective=_span(row),
        heading=tuple(row["heading"].split(_BETWEEN_HEADINGS)) if row["heading"] else (), document=row["document"],
        position=row["position"], note=row["note"], superseded=bool(row["superseded"]), confidence=row["confidence"],
    )  # fmt: skip


def to_date(value: str | None) -> date | None:
    """Of an ISO date."""
    return date.fromisoformat(value) if value else None


def _span(row: sqlite3.Row) -> Span:
    return _between(row["effective_start"], row["effective_end"])


@lru_cache(maxsize=4096)
def _between(start: str | None, end: str | None) -> Span:
    """A law's thousand articles share one span."""
    return Span(to_date(start), to_date(end))


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
