"""Former law: what held at the time of conduct, against what holds now. All ranges and dates come from the data."""

from __future__ import annotations

from assistant.answer.draft import Composition
from assistant.answer.history import history
from assistant.answer.sources import Sources
from assistant.domain.answer import Section
from assistant.domain.records import Offence
from assistant.domain.sentencing import SentencingTier
from assistant.law.labels import day, label
from assistant.law.quantities import Period

RETROACTIVITY = "刑法#12"
"""从旧兼从轻 for crimes."""
LIGHTER = ("最高人民法院关于适用刑法第十二条几个问题的解释#1", "最高人民法院关于适用刑法第十二条几个问题的解释#2")
"""处刑较轻: which of two ranges is the lighter one."""
FOR_LIFE = 99


def former(tier: SentencingTier, offence: Offence, conduct: Period) -> SentencingTier | None:
    """The tier that stood in the place of this one at the time of conduct."""
    own = (one for one in offence.tiers if one is not tier and one.label == tier.label)
    return next((one for one in own if one.effective.holds(conduct.start) and one.effective.holds(conduct.end)), None)


def say_lighter(
    new: SentencingTier, old: SentencingTier, offence: Offence, conduct: Period, sources: Sources, out: Composition
) -> bool:
    """从旧兼从轻 between two ranges of the same tier: the highest penalty decides, then the lowest. Whether they differ."""
    if new.penalty == old.penalty:
        return False
    out.uses(offence.id)
    name = offence.title.partition("（")[0]  # what stands in brackets has ranges of its own
    since = day(new.effective.start) if new.effective.start else ""
    (high, low), (was_high, was_low) = _bounds(new), _bounds(old)
    lighter = (high, low) < (was_high, was_low)
    why = "法定最高刑" if high != was_high else "法定最高刑相同，法定最低刑"
    out.say(
        f"{conduct.surface}的行为，{name}（{new.label}）当时是“{old.penalty}”，自{since}起是“{new.penalty}”；"
        f"{f'新的一档{why}较轻，现在处理的适用新的一档' if lighter else '新的一档不是较轻，适用行为时的一档'}（从旧兼从轻）。",
        Section.CONCLUSION,
        *old.cite,
        *new.cite,
        RETROACTIVITY,
        *(text for text in LIGHTER if sources.ref(text)),
        historic=True,
    )
    return True


def _bounds(tier: SentencingTier) -> tuple[int, int]:
    """Highest and lowest penalty in years; life or death is above every number."""
    return tier.max_years or FOR_LIFE, tier.min_years or 0


def unknown_then(offence: Offence, conduct: Period, sources: Sources, out: Composition) -> bool:
    """The article read otherwise at the time of conduct, and its wording of then is not at hand: what follows is for comparison."""
    ref = sources.ref(offence.article)
    if ref is None or (offence.created and conduct.end < offence.created):
        return False
    known = history(ref.whole_article(), sources)
    edition = known.on(conduct.end)
    then = known.next(edition) if edition else None
    if edition is None or edition.text or then is None or not then.start or ref.paragraph in edition.kept:
        return False
    out.uses(offence.id)
    out.say(
        f"{conduct.surface}的行为应当先看行为时的{label(ref.whole_article())}：《{then.by}》自{day(then.start)}起修改了这一条，"
        "修改以前的条文不在库中，须另行核对；下面按现行规定说明，只有现行规定不认为是犯罪或者处刑较轻的才适用现行规定。",
        Section.CONCLUSION,
        then.by,
        RETROACTIVITY,
        historic=True,
    )
    return True
