"""Earlier wordings of a law's articles, put together from the amendments that stand beside it in the library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.domain.library import LibraryDocument
from assistant.domain.provision import ArticleRef, Provision, Span, TextKind
from assistant.ingest.identify import text_hash
from assistant.law.amendments import read_clauses
from assistant.law.versions import Amendment, ArticleVersion, dated_versions

_AMENDMENT = "修正案"

Stored = tuple[LibraryDocument, Sequence[Provision]]
"""A document with its provisions."""


@dataclass(frozen=True, slots=True)
class History:
    """A law's articles with dates of their own, and its earlier articles by the day since which they were in force."""

    current: tuple[Provision, ...]
    earlier: tuple[Stored, ...]


def amended_law(title: str) -> str:
    """刑法 for 刑法修正案（十二）; ``""`` for what is not an amendment of that kind."""
    law, mark, _ = title.partition(_AMENDMENT)
    return law if mark else ""


def rebuild(document: LibraryDocument, current: Sequence[Provision], amendments: Iterable[Stored]) -> History:
    """Dates and earlier wordings of ``document``'s articles."""
    read = [amendment for text, provisions in amendments if (amendment := _read(text, provisions))]
    versions = dated_versions({provision.ref.article: provision.text for provision in current}, read)
    dated = tuple(_dated(provision, versions[provision.ref.article], document.effective) for provision in current)
    return History(dated, tuple(_earlier(document, versions)))


def _read(document: LibraryDocument, provisions: Sequence[Provision]) -> Amendment | None:
    if not document.effective.start or not provisions:
        return None
    return document.effective.start, document.title, read_clauses(provision.text for provision in provisions)


def _dated(provision: Provision, versions: Sequence[ArticleVersion], whole: Span) -> Provision:
    last = versions[-1] if versions else None
    if not last or not last.start or last.end:
        return replace(provision, effective=whole)
    note = f"{f'由《{last.by}》增加' if last.created else f'经《{last.by}》修改'}，自{_chinese(last.start)}起施行"
    return replace(provision, effective=Span(last.start, whole.end), note=note)


def _earlier(document: LibraryDocument, versions: Mapping[str, Sequence[ArticleVersion]]) -> Iterator[Stored]:
    by_start: dict[date, list[tuple[str, ArticleVersion]]] = {}
    for article, history in versions.items():
        for version in history:
            start = version.start or document.effective.start
            if version.text and start and version.end:
                by_start.setdefault(start, []).append((article, replace(version, start=start)))
    for start, found in sorted(by_start.items()):
        own = f"{document.id}@{start.isoformat()}"
        provisions = tuple(_provision(document.title, own, position, *entry) for position, entry in enumerate(found))
        yield replace(
            document, id=own, sha256=text_hash(f"{p.ref.article} {p.effective} {p.text}" for p in provisions), version=start,
            effective=Span(start, None), articles=len(provisions), superseded=True, base=document.id, doc_no="",
            note=f"根据修正案整理的历史条文，自{_chinese(start)}起施行",
        ), provisions  # fmt: skip


def _provision(law: str, document: str, position: int, article: str, version: ArticleVersion) -> Provision:
    return Provision(
        ref=ArticleRef(law, article), text=version.text or "", kind=TextKind.ORIGINAL, effective=Span(version.start, version.end),
        document=document, position=position, superseded=True,
        note=f"《{version.by}》规定的文本，已被修改" if version.by else "已被修改的文本",
    )  # fmt: skip


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
