"""核验: nothing is said that does not open to a source in force on the date, with the words that carry it.

Every way of answering ends here, composed or generated. What fails is withheld with its reason, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answer.draft import Draft
from assistant.answer.quote import MAX_QUOTE, carrying
from assistant.answer.sources import STALE, Sources
from assistant.domain.answer import Citation, Claim, Section, Withheld
from assistant.domain.provision import ArticleRef, Law, Provision, Status, TextKind
from assistant.domain.records import Record
from assistant.law.refs import label

CITABLE = {"A", "B"}
LONG_TITLE = 22
PAST = {Status.REPEALED, Status.AMENDED, Status.NOT_YET}


@dataclass
class Verified:
    """What may be shown."""

    claims: list[Claim] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)

    def number(self, citation: Citation) -> int:
        """The number of a citation; the same words of the same source share one."""
        for known in self.citations:
            if (known.source_id, known.quote) == (citation.source_id, citation.quote):
                return known.n
        self.citations.append(replace(citation, n=len(self.citations) + 1))
        return len(self.citations)


def verify(drafts: Sequence[Draft], sources: Sources, on: date) -> Verified:
    """Resolve, date and quote every source of every draft; number what stands and keep the reason of what does not."""
    out = Verified()
    for draft in drafts:
        if draft.confidence not in CITABLE:
            out.claims.append(Claim(f"需核对：{draft.text}", Section.NOTES))
            continue
        cited = [cite(reference, draft, sources, on) for reference in draft.cite]
        good = [found for found in cited if isinstance(found, Citation)]
        if draft.cite and not good:
            reasons = "；".join(dict.fromkeys(found for found in cited if isinstance(found, str)))
            out.withheld.append(Withheld(draft.text, reasons))
            continue
        numbers = tuple(dict.fromkeys(out.number(citation) for citation in good))
        out.claims.append(Claim(draft.text, draft.section, numbers))
    return out


def cite(reference: str, draft: Draft, sources: Sources, on: date) -> Citation | str:
    """The citation, or the reason in Chinese why there is none."""
    found = sources.by_id(reference)
    if isinstance(found, Record):
        return _of_record(found, draft)
    if isinstance(found, Provision):
        return _of_provision(found.ref, found, draft, sources, on)
    ref = sources.ref(reference)
    if ref is None:
        return f"库中没有“{reference.split('#')[0]}”"
    provision = sources.provision(ref.whole_article(), on)
    if provision is None:
        return f"库中没有{label(ref.whole_article())}"
    return _of_provision(ref, provision, draft, sources, on)


def _of_provision(ref: ArticleRef, provision: Provision, draft: Draft, sources: Sources, on: date) -> Citation | str:
    status = sources.status(provision, on)
    if status is Status.UNVERIFIED:
        return f"{label(ref)}尚未核实，不能引用"
    if status in PAST and not draft.historic:
        return f"{label(ref)}在{on.isoformat()}{status.value}，不能作为依据"
    quote = carrying(provision.text, draft.text, ref.paragraph, ref.item)
    if not quote or quote not in provision.text:
        return f"{label(ref)}中找不到支持这句话的文字"
    law = sources.law(ref.law)
    return Citation(
        n=0,
        source_id=provision.id,
        kind="provision",
        title=short_label(ref, law),
        quote=quote,
        text_kind=provision.kind,
        status=status,
        law=ref.law,
        doc_no=law.doc_no,
        article=ref.article,
        effective_from=provision.effective.start or law.effective.start,
        url=law.url,
        note=provision.note or (law.note if law.gist_only or STALE.search(law.note) else ""),
    )


def short_label(ref: ArticleRef, law: Law) -> str:
    """How the field names it: a long title gives way to its number, 法释〔2015〕22号第六条."""
    full = label(ref)
    return full.replace(f"《{ref.law}》", law.doc_no) if law.doc_no and len(ref.law) > LONG_TITLE else full


def _of_record(record: Record, draft: Draft) -> Citation | str:
    if record.confidence not in CITABLE:
        return f"{record.title}尚未核实，不能引用"
    text = record_text(record)
    source = record.sources[0] if record.sources else None
    quote = draft.text if draft.text in text and len(draft.text) <= MAX_QUOTE else carrying(text, draft.text)
    return Citation(
        n=0,
        source_id=record.id,
        kind=record.kind,
        title=record.title,
        quote=quote,
        text_kind=TextKind.GIST,
        status=Status.IN_FORCE,
        doc_no=source.doc_no if source else "",
        url=source.url if source else "",
        note="出处：" + "；".join(_source_line(s.title, s.issuer, s.date) for s in record.sources) if record.sources else "",
    )


def record_text(record: Record) -> str:
    """What a record says, a line each: the text that its citations quote."""
    return "\n".join((*(point.text for point in record.points if point.confidence in CITABLE), *record.beside()))


def _source_line(title: str, issuer: str, when: str) -> str:
    return "，".join(part for part in (f"《{title.strip('《》')}》" if title else "", issuer, when) if part)
