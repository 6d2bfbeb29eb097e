"""Composing an answer without a model: fixed sections, filled from records and provisions.

The conclusion answers what was asked, in its first sentence; conditions stay in the sentence that they belong to, because a point
is shown whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer.draft import Composition
from assistant.answer.figures import grade, tiers
from assistant.answer.match import Match, Matcher, bag
from assistant.answer.quote import excerpt
from assistant.answer.sources import Sources
from assistant.answer.temporal import temporal
from assistant.answer.understand import Understanding
from assistant.domain.answer import Behavior, Passage, Section
from assistant.domain.provision import ArticleRef, Provision, Status
from assistant.domain.records import Aspect, Case, Misconception, Offence, Point, Practice, Record
from assistant.law.refs import label

NEAR = 0.62
"""A record is taken when its score is at least this share of the best one's."""
ENOUGH = 0.24
"""Below this no record is an answer."""
RECORDS, POINTS, CONCLUSIONS, EXTRA_PROVISIONS, CASES = 4, 10, 2, 2, 2
WEIGHT = 0.35
"""How much a point gains from standing in a record that fits, beside fitting itself."""
WARNINGS = 3
PREVAILS = re.compile(r"为准|废止|取代|不得|不再|不能再|核对|低于|冲突|不一致")
"""A note that says so changes what may be relied on; other notes only inform."""
SAYS_SO = 0.62
"""A question this close to a known wrong statement repeats it."""


@dataclass(frozen=True)
class Found:
    """What there is to compose from."""

    records: Sequence[Match]
    """All records, best first."""
    provisions: Sequence[Passage]
    """Provisions that search returned, best first."""


def compose(u: Understanding, found: Found, sources: Sources, matcher: Matcher, on: date) -> Composition:
    """Fill the sections in the order in which they answer."""
    out = Composition()
    picked = pick(u, found.records)
    offences = u.offences or tuple(m.record for m in picked[:2] if isinstance(m.record, Offence))
    premise(u, matcher, sources, out)
    temporal(u, offences, sources, out)
    looked_up = articles(u, sources, on, out)
    grade(u, sources, out)
    accused = offences or tuple(m.record for m in found.records if isinstance(m.record, Offence))[:1]
    for offence in accused[:2]:
        tiers(u, offence, out)
    points(u, picked, matcher, not looked_up, out)
    more_provisions(u, found.provisions, sources, on, out, wanted=not picked)
    cases(u, offences, found.records, out)
    carried(u, out)
    conflicts(out, sources, on)
    return out


def pick(u: Understanding, ranked: Sequence[Match]) -> list[Match]:
    """The records that answer: those near the best, offences that were named, and what the best one calls related."""
    usable = [
        m
        for m in ranked
        if not isinstance(m.record, Misconception | Case) or (isinstance(m.record, Case) and Aspect.CASE in u.aspects)
    ]
    if u.offences:  # an offence that was named is not mixed with those that were not
        usable = [m for m in usable if not isinstance(m.record, Offence) or m.record in u.offences]
    if not usable or usable[0].score < ENOUGH:
        return []
    best = usable[0]
    taken = [m for m in usable[:12] if m.score >= max(NEAR * best.score, ENOUGH)][:RECORDS]
    named = [m for m in usable if m.record in u.offences and m not in taken]
    related = [m for m in usable if m.record.id in best.record.related and m not in taken and m.score >= 0.35 * best.score][:2]
    return taken + named + related


def premise(u: Understanding, matcher: Matcher, sources: Sources, out: Composition) -> None:
    """A wrong statement in the question is put right first; the same correction informs a neutral question."""
    held = [wrong for wrong in sources.misconceptions if _in_play(wrong, u.text)]
    asked = bag(u.text)
    scored = sorted(((matcher.nearest(asked, wrong), wrong) for wrong in held), key=lambda pair: -pair[0])
    for nearness, wrong in scored[:2]:
        asserted = u.wants_any("asserts") or nearness >= SAYS_SO
        if asserted:
            out.behavior = Behavior.CORRECT_PREMISE
        for position, point in enumerate(wrong.points):
            section = Section.CONCLUSION if asserted and position == 0 else Section.BASIS
            out.say(point.text, section, *point.cite, confidence=point.confidence)
        out.uses(wrong.id)


def _in_play(wrong: Misconception, text: str) -> bool:
    return (
        bool(wrong.when)
        and all(any(term in text for term in group) for group in wrong.when)
        and not any(term in text for term in wrong.unless)
    )


def articles(u: Understanding, sources: Sources, on: date, out: Composition) -> bool:
    """Articles named in the question: the conclusion when their content was asked for, else a basis."""
    if not u.refs or u.carries:
        return False
    rest = re.sub(r"[《》第条款项之一二三四五六七八九十百千零〇\d（）()〔〕号\s，。？?、]", "", u.text)
    for ref in u.refs:
        rest = rest.replace(ref.law, "")
    asked = (u.wants_any("contents", "full_text") or len(rest) <= 10) and out.behavior != Behavior.CORRECT_PREMISE
    shown = False
    for ref in u.refs[:4]:
        provision = sources.provision(ref.whole_article(), on)
        if provision is None:
            out.warnings.append(f"库中没有{label(ref.whole_article())}，请核对条号，或者导入官方文本后再问。")
            continue
        section = Section.CONCLUSION if asked and out.behavior is Behavior.ANSWER else Section.BASIS
        status = sources.status(provision, on)
        out.say(_rule(ref, provision, u.text, whole=asked), section, str(ref), historic=status is not Status.IN_FORCE)
        shown = True
    return shown and asked


def _rule(ref: ArticleRef, provision: Provision, query: str, whole: bool) -> str:
    text = provision.text if whole and len(provision.text) <= 1200 else excerpt(provision.text, query)
    return f"{label(ref)}（{provision.kind.value}）：{text}"


def points(u: Understanding, picked: Sequence[Match], matcher: Matcher, leads: bool, out: Composition) -> None:
    """The points of the picked records that answer best: those of the first record open the conclusion where nothing has yet."""
    if not picked:
        return
    best = picked[0].score
    ranked = [
        (fit + WEIGHT * match.score / best, position, point, match.record)
        for position, match in enumerate(picked)
        for point, fit in matcher.points(match.record, u.text, u.query, u.aspects)
    ]
    ranked.sort(key=lambda entry: -entry[0])
    opening = [entry for entry in ranked if leads and entry[1] == 0 and entry[2].confidence != "K"][:CONCLUSIONS]
    concluded = sum(draft.section is Section.CONCLUSION for draft in out.drafts)
    opening = opening[: max(0, CONCLUSIONS - concluded) or (1 if leads and not concluded else 0)]
    rest = [entry for entry in ranked if entry not in opening][: POINTS - len(opening)]
    for _, _, point, record in opening + rest:
        section = Section.CONCLUSION if any(point is entry[2] for entry in opening) else _section(point, record)
        out.say(point.text, section, *_cites(point, record), confidence=point.confidence)
        out.uses(record.id)


def _section(point: Point, record: Record) -> Section:
    if isinstance(record, Case):
        return Section.CASES
    return Section.BASIS if point.key or isinstance(record, Practice) else Section.APPLICATION


def _cites(point: Point, record: Record) -> tuple[str, ...]:
    """What a point rests on; a case or practice is its own source, and stays one beside the law it names."""
    own = (record.id,) if record.sources else ()
    return (*point.cite, *own) if isinstance(record, Case | Practice) else point.cite or own


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
        out.say(_rule(provision.ref, provision, u.query, whole=False), section, str(provision.ref))
        added += 1
        if added >= (3 if wanted else EXTRA_PROVISIONS):
            return


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


def carried(u: Understanding, out: Composition) -> None:
    """A follow-up keeps the conclusion it carries on from in sight, with its sources."""
    if u.carries is None:
        return
    before = {citation.n: citation for citation in u.carries.citations}
    for claim in u.carries.section(Section.CONCLUSION)[:3] + u.carries.section(Section.BASIS)[:3]:
        cite = [f"{c.law}#{c.article}" if c.law else c.source_id for n in claim.citations if (c := before.get(n))]
        if cite:
            out.say(claim.text, Section.NOTES, *cite)


def conflicts(out: Composition, sources: Sources, on: date) -> None:
    """What prevails over a text that the answer leans on: said beside it. Everything else that is known stands on the card."""
    for draft in out.drafts:
        if draft.section not in {Section.CONCLUSION, Section.BASIS}:
            continue
        for reference in draft.cite:
            ref = sources.ref(reference) if "#" in reference else None
            provision = sources.provision(ref.whole_article(), on) if ref else None
            if ref and provision and PREVAILS.search(provision.note) and len(out.warnings) < WARNINGS:
                warning = f"{label(ref.whole_article())}：{provision.note}"
                if warning not in out.warnings:
                    out.warnings.append(warning)
