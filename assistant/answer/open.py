"""Opening a citation: the article with its neighbours, its history and what must be known of it."""

from __future__ import annotations

from datetime import date

from assistant.answer.history import history
from assistant.answer.sources import Sources
from assistant.answer.verify import record_text
from assistant.domain.provision import Provision, Status, TextKind
from assistant.domain.records import Record
from assistant.domain.source import SourceView
from assistant.errors import NotFound
from assistant.law.refs import article_label, label
from assistant.store.library import Library


def open_source(source_id: str, sources: Sources, library: Library, on: date | None = None) -> SourceView:
    """The source behind an id; ``NotFound`` when it was removed since."""
    found = sources.by_id(source_id)
    if isinstance(found, Record):
        return _record(found)
    if found is None:
        raise NotFound("这条出处已不在库中（所在文件已被移除），不能再打开。")
    return _provision(found, sources, library, on or date.today())


def _record(record: Record) -> SourceView:
    source = record.sources[0] if record.sources else None
    return SourceView(
        record.id,
        record.title,
        record.kind,
        TextKind.GIST,
        Status.IN_FORCE if record.confidence != "K" else Status.UNVERIFIED,
        record_text(record),
        doc_no=source.doc_no if source else "",
        note="；".join(
            s.title + (f"（{'，'.join(known)}）" if (known := [x for x in (s.issuer, s.date) if x]) else "")
            for s in record.sources
        ),
        url=source.url if source else "",
    )


def _provision(provision: Provision, sources: Sources, library: Library, on: date) -> SourceView:
    law = sources.law(provision.ref.law)
    known = sources.provision(provision.ref, on) or provision
    changed = history(provision.ref, sources).editions
    return SourceView(
        provision.id,
        label(provision.ref),
        "provision",
        provision.kind,
        sources.status(provision, on),
        provision.text,
        effective_from=provision.effective.start or known.effective.start or law.effective.start,
        law=provision.ref.law,
        doc_no=law.doc_no,
        heading=provision.heading,
        neighbours=_neighbours(provision, sources, library),
        note=provision.note or known.note or law.note,
        url=law.url,
        history=changed if len(changed) > 1 or any(one.by for one in changed) else (),
        on=on,
    )


def _neighbours(provision: Provision, sources: Sources, library: Library) -> tuple[tuple[str, str, str], ...]:
    if provision.kind is TextKind.ORIGINAL:
        near = [p for p in library.neighbours(provision.id) if p.id != provision.id]
    else:
        same = [p for p in sources.knowledge.provisions if p.ref.law == provision.ref.law]
        at = next((i for i, p in enumerate(same) if p.id == provision.id), 0)
        near = [same[i] for i in (at - 1, at + 1) if 0 <= i < len(same)]
    return tuple((p.id, article_label(p.ref.article), p.text) for p in near)
