"""Composing an answer without a model: fixed sections, filled from records and provisions.

The conclusion answers what was asked, in its first sentence; conditions stay in the sentence that they belong to, because a point
is shown whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer.beside import (
    carried,
    cases,
    circumstances,
    conflicts,
    gist_only,
    more_provisions,
    near,
    rule,
    standing,
    told_case,
)
from assistant.answer.draft import Composition
from assistant.answer.figures import grade, tiers
from assistant.answer.match import Match, Matcher, bag
from assistant.answer.premise import contradictions, known_mistakes
from assistant.answer.sources import Sources
from assistant.answer.temporal import outdated, temporal, wrong_side
from assistant.answer.understand import Understanding
from assistant.domain.answer import Behavior, Passage, Section
from assistant.domain.cases import Case
from assistant.domain.provision import Status
from assistant.domain.records import Aspect, Misconception, Offence, Point, Practice, Record
from assistant.law.refs import label

_PROPER = re.compile(r"案|某|[“”·]|\d")
"""An alias of a case or practice that names it, and not merely its matter."""
NEAR = 0.55
"""A record is taken when its score is at least this share of the best one's."""
ENOUGH = 0.24
"""Below this no record is an answer."""
RECORDS, POINTS, CONCLUSIONS = 4, 10, 2
COMPARED = 0.5
LEADS = 0.55
"""Where cases are asked for, the best one leads when it fits at least this well beside the best record."""
AS_GOOD = 0.92
OPEN = 0.16
"""A second conclusion must answer at least this share of the question that the first left open."""
WEIGHT = 0.35
"""How much a point gains from standing in a record that fits, beside fitting itself."""


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
    known_mistakes(u, matcher, sources, out)
    temporal(u, u.offences or tuple(m.record for m in picked[:3] if isinstance(m.record, Offence)), sources, out)
    looked_up = articles(u, sources, on, out)
    if looked_up:
        picked = [m for m in picked if sources.cited_by[m.record.id] & {ref.whole_article() for ref in u.refs}]
    grade(u, sources, out)
    aside = bool(picked) and picked[0].record.kind in {"circumstance", "procedure", "evidence"} and not u.wants_any("tier")
    held = accused(u, offences, sources, out)
    if not aside:
        told_apart(held, out)
        for offence in held:
            tiers(u, offence, out)
    if picked and isinstance(picked[0].record, Case) and Aspect.CASE in u.aspects:
        told_case(u, picked[0].record, out)
    points(u, picked, matcher, not looked_up, out)
    for offence in held if aside else ():
        tiers(u, offence, out, Section.BASIS)  # something else than the tier was asked; it stands beside the answer
    circumstances(u, sources, matcher, out)
    more_provisions(
        u, found.provisions if picked == [] else near(u, found.provisions, matcher), sources, on, out, wanted=not picked
    )
    cases(u, offences, found.records, out)
    contradictions(u, out)
    outdated(u, sources, out)
    gist_only(u, sources, out)
    carried(u, out)
    conflicts(out, sources, on)
    return out


def accused(u: Understanding, picked: Sequence[Offence], sources: Sources, out: Composition) -> Sequence[Offence]:
    """Offences to hold the figures against; where none is named, the one whose conduct is told and the one accidents fall under."""
    if u.offences or not u.quantities.harm or out.behavior is not Behavior.ANSWER:
        return u.offences[:2]
    heard = {o: max((len(name) for name in o.aliases if len(name) > 2 and name in u.query), default=0) for o in sources.offences}
    told = sorted((offence for offence, length in heard.items() if length), key=lambda offence: -heard[offence])
    usual = sources.record(sources.knowledge.cues.usual_offence)
    usually = list(picked[:1]) or ([usual] if isinstance(usual, Offence) else [])
    return tuple(dict.fromkeys([*told[:1], *usually]))


def told_apart(held: Sequence[Offence], out: Composition) -> None:
    """Where two offences come into question, what decides between them is said before what each would mean."""
    names = [offence.title for offence in held]
    points = (point for offence in held for point in offence.points if all(name in point.text for name in names))
    decides = next((point for point in points if "区别" in point.text), None) if len(names) > 1 else None
    if decides:
        out.say(decides.text, Section.CONCLUSION, *decides.cite)


def pick(u: Understanding, ranked: Sequence[Match]) -> list[Match]:
    """The records that answer: those near the best, offences that were named, and what the best one calls related."""
    known = [m for m in ranked if not isinstance(m.record, Misconception)]
    usable = [m for m in known if _wanted(u, m.record)] or list(known)
    named_best = max((m.score for m in usable if m.record in u.offences), default=0.0)
    # An offence that was named is not mixed with those that were not, unless they fit the question better.
    usable = [m for m in usable if not isinstance(m.record, Offence) or m.record in u.offences or m.score >= named_best]
    if usable and usable[0].score < ENOUGH:
        usable = list(known)
    if not usable or usable[0].score < ENOUGH:
        return []
    case = next((m for m in usable if isinstance(m.record, Case)), None)
    if Aspect.CASE in u.aspects and case and case.score >= LEADS * usable[0].score:
        usable = [case, *(m for m in usable if m is not case)]
    best = usable[0]
    taken = [m for m in usable[:12] if m.score >= max(NEAR * best.score, ENOUGH)][:RECORDS]
    named = [m for m in usable if m.record in u.offences and m not in taken]
    related = [m for m in usable if m.record.id in best.record.related and m not in taken and m.score >= 0.35 * best.score][:2]
    return taken + named + related


def _wanted(u: Understanding, record: Record) -> bool:
    """What one place does, or one case, is told where it was asked for: it is not law."""
    if not isinstance(record, Case | Practice):
        return True
    asked = Aspect.PRACTICE if isinstance(record, Practice) else Aspect.CASE
    names = (*re.split(r"[、，\s]", record.place), *filter(_PROPER.search, record.aliases))
    return asked in u.aspects or any(len(name) > 1 and name in u.text for name in names)


def articles(u: Understanding, sources: Sources, on: date, out: Composition) -> bool:
    """Articles named in the question: the conclusion when their content was asked for, else a basis."""
    if not u.refs or u.carries:
        return False
    asked = u.wants_articles and out.behavior != Behavior.CORRECT_PREMISE and Aspect.VALIDITY not in u.aspects
    shown = False
    for ref in u.refs[:4]:
        provision = sources.provision(ref.whole_article(), on)
        if provision is None:
            out.warnings.append(f"库中没有{label(ref.whole_article())}，请核对条号，或者导入官方文本后再问。")
            continue
        section = Section.CONCLUSION if asked and out.behavior is Behavior.ANSWER else Section.BASIS
        status = sources.status(provision, on)
        words = rule(ref, provision, u.text, asked, standing(provision, status, sources, on))
        out.say(words, section, str(ref), historic=status is not Status.IN_FORCE)
        shown = True
    return shown and asked


def points(u: Understanding, picked: Sequence[Match], matcher: Matcher, leads: bool, out: Composition) -> None:
    """The points of the picked records that answer best: those of the first record open the conclusion where nothing has yet."""
    if not picked:
        return
    best = picked[0].score
    ranked = [
        (fit - wrong_side(point.text, u.conduct) + WEIGHT * match.score / best, position, point, match.record, match.score / best)
        for position, match in enumerate(picked)
        for point, fit in matcher.points(match.record, u.text, f"{u.query} {u.carries.question if u.carries else ''}", u.aspects)
    ]
    ranked.sort(key=lambda entry: -entry[0])
    opening = _opening(u, ranked, matcher, out) if leads else []
    rest = [entry for entry in ranked if entry not in opening][: POINTS - len(opening)]
    for _, _, point, record, _ in opening + rest:
        section = Section.CONCLUSION if any(point is entry[2] for entry in opening) else _section(u, point, record)
        past = Aspect.VALIDITY in point.about  # it says itself that the text is no longer, or not yet, in force
        out.say(point.text, section, *_cites(point, record), confidence=point.confidence, historic=past)
        out.uses(record.id)


Ranked = tuple[float, int, Point, Record, float]
"""How well a point answers, the place of its record among those picked, the point, the record, the record's share of the best score."""


def _opening(u: Understanding, ranked: Sequence[Ranked], matcher: Matcher, out: Composition) -> list[Ranked]:
    """What concludes: the best point of the best record where nothing does yet, then one that answers what is still open."""
    citable = [entry for entry in ranked if entry[2].confidence != "K" and entry[1] <= 2]
    said = frozenset().union(*(bag(draft.text) for draft in out.drafts if draft.section is Section.CONCLUSION))
    opening: list[Ranked] = []
    first = [entry for entry in citable if entry[1] == 0 or compares(u, entry[2])]
    if not said and first:
        opening = [max(first, key=lambda entry: entry[0] + (COMPARED if compares(u, entry[2]) else 0.0))]
        said = bag(opening[0][2].text)
    left = bag(u.text) - said
    if left and sum(draft.section is Section.CONCLUSION for draft in out.drafts) + len(opening) < CONCLUSIONS:
        whole = matcher.weight(bag(u.text)) or 1.0
        close = [entry for entry in citable if entry not in opening and (entry[1] == 0 or entry[4] >= AS_GOOD)]
        gains = [(matcher.weight(left & bag(entry[2].text)) / whole, entry) for entry in close]
        gain, entry = max(gains, key=lambda pair: (pair[0], pair[1][0]), default=(0.0, None))
        opening += [entry] if entry and gain >= OPEN else []
    return opening


def compares(u: Understanding, point: Point) -> bool:
    """Whether a point tells apart the offences that the question wants told apart."""
    names = [offence.title for offence in u.offences]
    return "compares" in u.wants and len(names) > 1 and sum(name in point.text for name in names) > 1


def _section(u: Understanding, point: Point, record: Record) -> Section:
    if isinstance(record, Case) or (isinstance(record, Practice) and Aspect.PRACTICE not in u.aspects):
        return Section.CASES
    return Section.BASIS if point.key or isinstance(record, Practice) else Section.APPLICATION


def _cites(point: Point, record: Record) -> tuple[str, ...]:
    """What a point rests on; a case or practice is its own source, and stays one beside the law it names."""
    own = (record.id,) if record.sources else ()
    return (*point.cite, *own) if isinstance(record, Case | Practice) else point.cite or own
