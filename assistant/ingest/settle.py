"""After an import: which version of each law it touched is current, and since when each article has its wording."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.domain.library import DocumentKind, LibraryDocument
from assistant.ingest.history import amended_law, rebuild
from assistant.ingest.identify import KnownLaws
from assistant.ingest.sink import LibrarySink
from assistant.ingest.validity import in_order

Versions = dict[tuple[str, str], list[LibraryDocument]]
"""Title and part to the texts of all versions."""


def settle(library: LibrarySink, titles: Collection[str], known: KnownLaws) -> int:
    """Bring the versions of these laws into order; how many provisions are not of the newest. Writes only what changes."""
    documents = [document for document in library.documents() if document.kind is DocumentKind.LAW]
    wanted = set(titles) | {law for title in titles if (law := amended_law(title))}
    stored = {document.id: document for document in documents}
    earlier = 0
    by_text: Versions = {}
    for document in documents:
        if document.title in wanted and not document.base:
            by_text.setdefault((document.title, document.part), []).append(document)
    by_text = _with_dates_of_other_parts(by_text)
    for (title, _), versions in by_text.items():
        ordered = list(in_order(versions, known.find(title)))
        earlier += sum(document.articles for document in ordered[:-1])
        _mark(library, ordered, stored)
    current = library.documents()
    for title in sorted({law for document in current if (law := amended_law(document.title))} & wanted):
        earlier += _history(library, title, current)
    return earlier


def _with_dates_of_other_parts(by_text: Versions) -> Versions:
    """编 of one code come into force together, though not each file says so."""
    starts = {
        (document.title, document.version): document.effective.start
        for versions in by_text.values() for document in versions if document.part and document.effective.start
    }  # fmt: skip
    return {key: [_started(document, starts.get((document.title, document.version))) for document in versions]
            for key, versions in by_text.items()}  # fmt: skip


def _started(document: LibraryDocument, start: date | None) -> LibraryDocument:
    if document.effective.start or not start:
        return document
    return replace(document, effective=replace(document.effective, start=start))


def _mark(library: LibrarySink, ordered: Iterable[LibraryDocument], stored: dict[str, LibraryDocument]) -> None:
    for document in ordered:
        if document != stored[document.id]:
            provisions = [
                replace(provision, effective=document.effective, superseded=document.superseded)
                for provision in library.provisions([document.id])
            ]
            library.replace(document, provisions)


def _history(library: LibrarySink, title: str, documents: Sequence[LibraryDocument]) -> int:
    """Rebuild the earlier articles of one law from its amendments; how many there are."""
    amendments = [document for document in documents if amended_law(document.title) == title and not document.superseded]
    current = next((d for d in documents if d.title == title and not d.superseded and not d.base and d.articles), None)
    derived = [document for document in documents if document.title == title and document.base]
    if not amendments or current is None:
        _remove(library, derived)
        return 0
    provisions = list(library.provisions([current.id]))
    history = rebuild(current, provisions, [(text, list(library.provisions([text.id]))) for text in amendments])
    if list(history.current) != provisions:
        library.replace(current, history.current)
    for document, earlier in history.earlier:
        if not library.has(document.id, document.sha256):
            library.replace(document, earlier)
    kept = {document.id for document, _ in history.earlier}
    _remove(library, [document for document in derived if document.id not in kept])
    return sum(document.articles for document, _ in history.earlier)


def _remove(library: LibrarySink, documents: Sequence[LibraryDocument]) -> None:
    for document in documents:
        library.remove(document.id)
