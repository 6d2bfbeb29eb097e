"""What stands beside the core of an answer: further articles, cases, what it carries on from, what prevails over what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.answer.draft import Composition, Draft
from assistant.answer.match import Match, Matcher, bag
from assistant.answer.quote import excerpt
from assistant.answer.sources import STALE, Sources
from assistant.answer.understand import Understanding
from assistant.domain.answer import Behavior, Passage, Section
from assistant.domain.cases import Case
from assistant.domain.provision import ArticleRef, Provision, Status
from assistant.domain.records import Aspect, Circumstance, Offence
from assistant.law.refs import label

EXTRA_PROVISIONS, CASES, CIRCUMSTANCES, WARNINGS = 2, 2, 4, 3
COVERS = 0.5
"""An article that search found is added when it says at least this share of what the question says."""
_TERM = re.compile(r"判了?(?:几|多少|多久)|几年|刑期|结果|怎么判")
PREVAILS = re.compile(r"为准|废止|取代|不得|不再|不能再|核对|低于|冲突|不一致")
"""A note that says so changes what may be relied on; other notes only inform."""


def rule(ref: ArticleRef, provision: Provision, query: str, whole: bool, standing: str = "") -> str:
    """An article in words: all of it where it was asked for, else the lines that answer."""
    text = provision.text if whole and len(provision.text) <= 1200 else excerpt(provision.text, query)
    return f"{label(ref)}（{provision.kind.value}{standing}）：{text}"


def standing(provision: Provision, status: Status, sources: Sources, on: date) -> str:
    """What must be said beside an article that is not in force on the day; nothing beside one that is."""
    start = provision.effective.start or sources.law(provision.ref.law).effective.start
    since = f"，{start.isoformat()}起施行" if status is Status.NOT_YET and start else ""
    return "" if status is Status.IN_FORCE else f"{since}，在{on.isoformat()}{status.value}"


def near(u: Understanding, hits: Sequence[Passage], matcher: Matcher) -> list[Passage]:
    """Articles that say most of what the question says; the rest would only make an answer longer."""
    asked = bag(u.text)
    return [hit for hit in hits[:6] if matcher.covered(asked, bag(f"{hit.title} {hit.text}")) >= COVERS]


def more_provisions(
    u: Understanding, hits: Sequence[Passage], sources: Sources, on: date, out: Composition, wanted: bool
) -> None:
    """Articles that search found and no record spoke of: the answer itself where there is no record, a further basis elsewhere."""
    cited = {reference.split("/")[0] for draft in out.drafts for reference in draft.cite}
    added = 0
    for hit in hits:
        provision = sources.by_id(hit.source_id)
        if (
            not isinstance(provision, Provision)
            or str(provision.ref) in cited
            or sources.status(provision, on) is not Status.IN_FORCE
        ):
            continue
        section = Section.CONCLUSION if wanted and not added else Section.BASIS
        out.say(rule(provision.ref, provision, u.query, whole=False), section, str(provision.ref))
        added += 1
        if added >= (3 if wanted else EXTRA_PROVISIONS):
            return


def circumstances(u: Understanding, sources: Sources, matcher: Matcher, out: Composition) -> None:
    """宽严情节 that the facts of the question name: the point of each that fits best."""
    if not u.aspects & {Aspect.POLICY, Aspect.SENTENCE}:
        return
    told = [
        record
        for record in sources.records("circumstance")
        if record.id not in out.topics and any(len(name) > 1 and name in u.query for name in (record.title, *record.aliases))
    ]
    for record in told[:CIRCUMSTANCES]:
        best = next((point for point, _ in matcher.points(record, u.text, u.query, u.aspects) if point.confidence != "K"), None)
        if best:
            way = record.direction if isinstance(record, Circumstance) else ""
            out.say(f"{way}：{best.text}" if way else best.text, Section.APPLICATION, *best.cite)
            out.uses(record.id)


def cases(u: Understanding, offences: Sequence[Offence], ranked: Sequence[Match], out: Composition) -> None:
    """Cases of the offence at hand, or close to what was asked."""
    ids = {offence.id for offence in offences}
    near = [(m.record, m.score) for m in ranked if isinstance(m.record, Case) and m.record.id not in out.topics]
    fitting = [case for case, score in near if ids & set(case.offences) and score > 0.12] or [
        case for case, score in near if score > 0.42
    ]
    for record in fitting[: CASES + 1 if Aspect.CASE in u.aspects else CASES]:
        text = "".join(point.text for point in record.points[:1])
        out.say(f"{record.title}：{text}", Section.CASES, record.id)


def gist_only(u: Understanding, sources: Sources, out: Composition) -> None:
    """The content of a document was asked for whose wording nobody can give: said first, then the gist."""
    laws = [sources.law(title) for title in u.laws if sources.law(title).gist_only and not sources.has_text(title)]
    if not laws or not (u.wants_any("contents", "full_text") or Aspect.TEXT in u.aspects) or out.behavior is not Behavior.ANSWER:
        return
    law = laws[0]
    since = f"，{law.effective.start.isoformat()}起施行" if law.effective.start else ""
    number = f"（{law.doc_no}{since}）" if law.doc_no else ""
    out.behavior = Behavior.GIST_ONLY
    text = f"《{law.title}》{number}的官方原文不在库内，以下是要旨，不是逐条原文；需要逐字引用时请取得正式文本导入后再问。"
    out.drafts.insert(0, Draft(text, Section.CONCLUSION, (law.title,)))


def told_case(u: Understanding, case: Case, out: Composition) -> None:
    """A case that was asked for: its outcome first, or that the outcome has not been confirmed."""
    unknown = [
        what for what in case.unconfirmed if any(word in what for word in ("刑期", "结果", "判决")) and _TERM.search(u.text)
    ]
    if unknown:
        out.behavior = Behavior.NOT_IN_LIBRARY
        out.say(f"库内没有核到{case.title}的{'、'.join(unknown)}，不能提供，也不会推测。", Section.CONCLUSION, case.id)
    elif case.outcome:
        out.say(f"{case.title}：{case.outcome}", Section.CONCLUSION, case.id)
    if case.lesson:
        out.say(f"教训：{case.lesson}", Section.NOTES, case.id)


def carried(u: Understanding, out: Composition) -> None:
    """A follow-up keeps the conclusion it carries on from in sight, with its sources."""
    if u.carries is None:
        return
    before = {citation.n: citation for citation in u.carries.citations}
    said = {draft.text for draft in out.drafts}
    for claim in u.carries.section(Section.CONCLUSION)[:3] + u.carries.section(Section.BASIS)[:3]:
        if claim.text in said:
            continue
        cite = [f"{c.law}#{c.article}" if c.law else c.source_id for n in claim.citations if (c := before.get(n))]
        if cite:
            out.say(f"承上一问：{claim.text}", Section.NOTES, *cite)


def conflicts(out: Composition, sources: Sources, on: date) -> None:
    """What prevails over a text that the answer leans on: said beside it. Everything else that is known stands on the card."""
    for draft in out.drafts:
        if draft.section not in {Section.CONCLUSION, Section.BASIS}:
            continue
        for reference in draft.cite:
            ref = sources.ref(reference) if "#" in reference else None
            provision = sources.provision(ref.whole_article(), on) if ref else None
            if ref is None or provision is None or len(out.warnings) >= WARNINGS:
                continue
            law = sources.law(ref.law)
            if PREVAILS.search(provision.note):
                warning = f"{label(ref.whole_article())}：{provision.note}"
            else:
                warning = f"《{law.title}》：{law.note}" if STALE.search(law.note) else ""
            if warning and warning not in out.warnings:
                out.warnings.append(warning)
