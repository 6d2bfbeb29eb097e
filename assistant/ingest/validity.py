"""From when to when a text is in force, and which of several versions is the current one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.domain.library import LibraryDocument
from assistant.domain.provision import Law, Span
from assistant.ingest.identify import Identity
from assistant.law.head import Head, effective_from_text
from assistant.law.outline import OutlineArticle

_DAY = timedelta(days=1)
_YEAR = timedelta(days=365)
"""Where only the date of effect is known: a text adopted more than a year before it is another version."""
_PUBLICATION = timedelta(days=100)
"""A judicial interpretation is adopted up to three months before it is published: dates so close name one version."""


def version_of(identity: Identity, head: Head) -> date | None:
    """公布、通过 or 修正日 of the version at hand: from what is known of the law, else the file's name, else its head."""
    if identity.known and identity.known.promulgated and is_known_version(identity, head):
        return identity.known.promulgated
    return identity.dated or head.promulgated


def effective_of(identity: Identity, head: Head, articles: Sequence[OutlineArticle]) -> Span:
    """施行日 and last day: the built-in metadata, then the head, then the text's own last article, else unknown."""
    known = identity.known
    if known and known.effective.start and is_known_version(identity, head, articles):
        return known.effective
    version = identity.dated or head.promulgated
    if head.effective and (version is None or head.effective >= version):
        return Span(head.effective)
    amended = head.amended or len(head.dates) > 1
    return Span(effective_from_text(articles, version, amended=amended))


def is_known_version(identity: Identity, head: Head, articles: Sequence[OutlineArticle] = ()) -> bool:
    """Whether the built-in metadata is about this version of the law and not an older or newer one.

    A date in a file's name and the list of 通过 and 修正 in a head are trusted. A head of fields (发布日期：…) is known to be
    stale at times, so it does not contradict the metadata.
    """
    known = identity.known
    if not known:
        return False
    if known.effective.start and articles and effective_from_text(articles, None) == known.effective.start:
        return True
    dates = [day for day in (known.promulgated, known.effective.start) if day]
    if identity.dated is None or not dates:
        return True
    return any(abs(day - identity.dated) <= _PUBLICATION for day in dates)


def in_order(documents: Iterable[LibraryDocument], known: Law | None) -> Iterator[LibraryDocument]:
    """The versions of one text, oldest first, each with the end and the mark that the next one gives it.

    A version without a date counts as older than those that have one.
    """
    ordered = sorted(documents, key=lambda document: (document.version or date.min, document.id))
    for document, following in zip(ordered, [*ordered[1:], None], strict=True):
        end = _known_end(document, known)
        if following and following.effective.start:
            end = following.effective.start - _DAY
        if document.effective.start and end and end < document.effective.start:
            end = None
        yield replace(document, effective=Span(document.effective.start, end), superseded=following is not None)


def _known_end(document: LibraryDocument, known: Law | None) -> date | None:
    """Last day by the built-in metadata: of this version, or the day before the version that the metadata is about."""
    if not known or not known.effective.start:
        return None
    repealed = known.effective.end
    if repealed and (document.version is None or document.version <= repealed):
        return repealed
    if document.effective.start == known.effective.start:
        return None
    newer = known.promulgated - _PUBLICATION if known.promulgated else known.effective.start - _YEAR
    return known.effective.start - _DAY if document.version and document.version < newer else None
