"""新旧法: what the date of conduct, an abolished name or a repealed text changes. All dates come from the data."""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.answer.draft import Composition, Draft
from assistant.answer.former import RETROACTIVITY, former, say_lighter, unknown_then
from assistant.answer.match import bag
from assistant.answer.sources import Sources
from assistant.answer.understand import Understanding
from assistant.domain.answer import Behavior, Section
from assistant.domain.provision import Law
from assistant.domain.records import Offence, Record
from assistant.law.labels import day
from assistant.law.quantities import Period

FORMER_LAW = "行政处罚法#37"
"""从旧兼从轻 for administrative penalties."""
SINKS = 0.5
_SIDE = re.compile(r"(?P<y>\d{4})(?:年|-)(?P<m>\d{1,2})(?:月|-)(?P<d>\d{1,2})日?(?P<side>以前|之前|前|以后|之后|起)")
SAME_MATTER = 2
"""Pairs of characters that a dated point and the question share, beside the name of the offence."""
ADMINISTRATIVE = {"法律", "行政法规", "部门规章"}


def temporal(u: Understanding, offences: tuple[Offence, ...], sources: Sources, out: Composition) -> bool:
    """Add what follows from dates; ``True`` when that decides the answer."""
    conduct = u.conduct
    said = [
        *(_abolished_name(u, offence, conduct, out) for offence in offences if conduct or u.old_names or "罪名" in u.text),
        *(_created_later(offence, conduct, out) for offence in offences if conduct),
        *(_tier_later(offence, conduct, sources, out) for offence in offences if conduct),
        *(_point_later(u, offence, conduct, out) for offence in offences if conduct),
        *(_measure_later(u, record, conduct, out) for record in sources.records("circumstance") if conduct),
        *(unknown_then(offence, conduct, sources, out) for offence in offences[:1] if conduct),
        *(_law_of_the_day(sources.law(title), conduct, sources, out) for title in u.laws),
    ]
    if any(said):
        out.behavior = Behavior.TEMPORAL
    return any(said)


def _created_later(offence: Offence, conduct: Period, out: Composition) -> bool:
    if not offence.created or conduct.start >= offence.created:
        return False
    out.uses(offence.id)
    since, cite = day(offence.created), offence.created_cite
    by = "、".join(dict.fromkeys(f"《{ref.split('#')[0]}》" for ref in cite if ref.startswith("刑法修正案"))) or "刑法修正"
    if conduct.end < offence.created:
        out.say(
            f"不能以{offence.title}追究{conduct.surface}的行为：{offence.title}由{by}增设，自{since}起施行，"
            "此前的行为当时不认为是本罪，按从旧兼从轻不溯及既往。",
            Section.CONCLUSION,
            *cite,
            offence.article,
            RETROACTIVITY,
            historic=True,
        )
    else:
        out.say(
            f"{offence.title}由{by}增设，自{since}起施行：{conduct.surface}中在该日以前的行为不能适用本罪。",
            Section.CONCLUSION,
            *cite,
            RETROACTIVITY,
            historic=True,
        )
    out.say(
        f"如果行为持续到{since}以后，应当查明施行后的行为及其危险、后果，只对施行后的行为适用{offence.title}；"
        "此前的行为另看当时的法律是否构成其他犯罪或者应受行政处罚。",
        Section.APPLICATION,
        offence.article,
        RETROACTIVITY,
    )
    return True


def _tier_later(offence: Offence, conduct: Period, sources: Sources, out: Composition) -> bool:
    if offence.created and conduct.end < offence.created:
        return False  # the offence itself did not exist: said already
    later = [tier for tier in offence.tiers if tier.effective.start and conduct.end < tier.effective.start]
    pairs = [(tier, old) for tier in later if (old := former(tier, offence, conduct))]
    said = [say_lighter(tier, old, offence, conduct, sources, out) for tier, old in pairs]
    for tier in [tier for tier in later if not any(tier is paired for paired, _ in pairs)]:
        since = day(tier.effective.start) if tier.effective.start else ""
        by = [
            law.title for law in sources.knowledge.laws if law.level == "修正案" and law.effective.start == tier.effective.start
        ]
        maker = f"由《{by[0]}》增设，" if by else ""
        out.uses(offence.id)
        out.say(
            f"不能对{conduct.surface}的行为适用{offence.title}中“{tier.penalty}”一档：该档（{tier.label}）{maker}自{since}起施行，"
            "此前的行为按从旧兼从轻适用行为时的规定，不适用新增的重档。",
            Section.CONCLUSION,
            *tier.cite,
            *tier.threshold_cite,
            *offence.created_cite,
            *by[:1],
            RETROACTIVITY,
            historic=True,
        )
        said.append(True)
    return any(said)


def _point_later(u: Understanding, offence: Offence, conduct: Period, out: Composition) -> bool:
    """What was added to an offence after the conduct, where the question is about that: told by the record's own dated points."""
    if offence.created and conduct.end < offence.created:
        return False
    asked = bag(u.text) - bag(offence.title)
    later = [
        p
        for p in offence.points
        if p.effective.start and conduct.end < p.effective.start and len(asked & bag(p.text)) >= SAME_MATTER
    ]
    for point in later[:1]:
        out.uses(offence.id)
        out.say(f"不能适用于{conduct.surface}的行为：{point.text}", Section.CONCLUSION, *point.cite, historic=True)
    return bool(later)


def _measure_later(u: Understanding, record: Record, conduct: Period, out: Composition) -> bool:
    """A measure named in the question, such as 从业禁止, that came into the law after the conduct."""
    named = [name for name in (record.title, *record.aliases) if name in u.text]
    later = [
        p
        for p in record.points
        if p.effective.start and conduct.end < p.effective.start and any(name in p.text for name in named)
    ]
    for point in later[:1]:
        out.uses(record.id)
        out.say(f"不能适用于{conduct.surface}的行为：{point.text}", Section.CONCLUSION, *point.cite, historic=True)
    return bool(later)


def _abolished_name(u: Understanding, offence: Offence, conduct: Period | None, out: Composition) -> bool:
    """A name that is no longer in use: asked about by itself, or the one to write for conduct of its time."""
    said = False
    for old in offence.names:
        then = conduct is not None and old.effective.holds(conduct.start) and old.effective.holds(conduct.end)
        asked = bool(u.old_names) or "罪名" in u.text
        if not old.effective.end or not (old.name in u.old_names or (then and (asked or old.name[:2] in u.text))):
            continue
        said = said or asked  # a name that was not asked about decides nothing
        out.uses(offence.id)
        until = day(old.effective.end + timedelta(days=1))
        text = f"“{old.name}”这个罪名已经取消，现在的罪名是{offence.title}，自{until}起施行；此前的行为仍按当时的罪名处理。"
        if conduct and then:
            text = f"{conduct.surface}的行为，当时的罪名是“{old.name}”；自{until}起罪名改为{offence.title}，此前的行为仍按当时的罪名处理。"
        out.say(text, Section.CONCLUSION, *old.cite, *offence.created_cite, offence.article, historic=True)
    return said


def _law_of_the_day(law: Law, conduct: Period | None, sources: Sources, out: Composition) -> bool:
    """A law named in the question that was not in force on the date of conduct, or is not today."""
    on = conduct.end if conduct else date.today()
    ended, started = law.effective.end, law.effective.start
    if ended and on > ended:
        instead = f"，由《{law.superseded_by}》取代" if law.superseded_by else ""
        apply = (
            f"{conduct.surface}的行为应当适用《{law.superseded_by}》"
            if conduct and law.superseded_by
            else f"现在应当看《{law.superseded_by}》"
            if law.superseded_by
            else "不能再作为依据"
        )
        out.say(
            f"《{law.title}》已自{day(ended + timedelta(days=1))}起废止{instead}；{apply}。",
            Section.CONCLUSION,
            *_proofs(law, sources),
            historic=True,
        )
        return True
    if conduct and started and conduct.end < started:
        out.say(
            f"《{law.title}》现行文本自{day(started)}起施行；{conduct.surface}的行为应当适用当时有效的规定，新规定处罚较轻的适用新规定。",
            Section.CONCLUSION,
            law.title,
            historic=True,
        )
        return True
    return False


def outdated(u: Understanding, sources: Sources, out: Composition) -> None:
    """A conclusion that rests on law younger than the conduct says so first. The Criminal Law is dated offence by offence above."""
    conduct = u.conduct
    if conduct is None or out.behavior is not Behavior.ANSWER:
        return
    for draft in [draft for draft in out.drafts if draft.section is Section.CONCLUSION]:
        for text in draft.cite:
            ref = sources.ref(text) if "#" in text else None
            law = sources.law(ref.law) if ref else None
            if (
                ref is None
                or law is None
                or law.title == "刑法"
                or law.level not in ADMINISTRATIVE
                or not law.effective.start
                or conduct.end >= law.effective.start
            ):
                continue
            out.behavior = Behavior.TEMPORAL
            text = (
                f"{conduct.surface}的行为发生在《{law.title}》现行规定施行（{day(law.effective.start)}）以前，应当适用行为时的规定；"
                "新规定处罚较轻或者不认为违法的，才适用新规定。下面是现行规定，供对照。"
            )
            out.drafts.insert(0, Draft(text, Section.CONCLUSION, (FORMER_LAW, str(ref)), historic=True))
            return


def wrong_side(text: str, conduct: Period | None) -> float:
    """How far a statement that says X以前 or X以后 sinks when the conduct lies on the other side of X."""
    for found in _SIDE.finditer(text) if conduct else ():
        limit = date(int(found["y"]), int(found["m"]), int(found["d"]))
        if conduct and (conduct.start >= limit if found["side"] in {"以前", "前", "之前"} else conduct.end < limit):
            return SINKS
    return 0.0


def _proofs(law: Law, sources: Sources) -> tuple[str, ...]:
    """The repealed text itself, and what replaced it."""
    return tuple(place for title in (law.superseded_by, law.title) if title and (place := sources.any_place(title)))
