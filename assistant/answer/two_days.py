"""从旧兼从轻: an article on the day of conduct and on a later day, side by side, with the articles that decide between them."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer.former import LIGHTER, RETROACTIVITY
from assistant.answer.sources import Sources
from assistant.answer.temporal import FORMER_LAW
from assistant.domain.history import DayLaw, Standing
from assistant.domain.provision import Provision
from assistant.errors import BadDate
from assistant.law.comparison import Piece, Pieces, compared
from assistant.law.labels import day, label

INTERPRETATIONS = ("时间效力2001#1", "时间效力2001#2", "时间效力2001#3")
"""司法解释时间效力: of the day of conduct, unless the new one is better for the accused."""


@dataclass(frozen=True, slots=True)
class TwoDays:
    """What an article said on the day of conduct and on a later day."""

    then: DayLaw
    now: DayLaw
    then_pieces: Pieces
    """The wording of the first day, with what the second lacks; of what is shown instead where there is none."""
    now_pieces: Pieces
    sentence: str
    """Whether the two differ, or which of them is not at hand."""
    deciding: tuple[Provision, ...]
    """The articles by which one of the two is applied."""


def two_days(then: DayLaw, now: DayLaw, sources: Sources) -> TwoDays:
    """Lay them side by side. Raises ``BadDate`` where the second day is not later than the first."""
    if now.on <= then.on:
        raise BadDate("两个日期的先后不对：--on 写行为那一天，--and 写后来作出处理的那一天。")
    shown = [one for one in (then, now) if one.standing is Standing.IN_FORCE]
    pieces = compared(then.provision.text, now.provision.text) if len(shown) > 1 else _unmarked(then, now)
    refs = [ref for text in _deciding(then, sources) if (ref := sources.ref(text))]
    deciding = tuple(found for ref in refs if (found := sources.provision(ref, now.on)))
    return TwoDays(then, now, *pieces, _sentence(then, now), deciding)


def _unmarked(then: DayLaw, now: DayLaw) -> tuple[Pieces, Pieces]:
    return (Piece(then.provision.text, False),), (Piece(now.provision.text, False),)


def _deciding(then: DayLaw, sources: Sources) -> tuple[str, ...]:
    title = then.provision.ref.law
    if sources.law(title).level == "司法解释":
        return INTERPRETATIONS
    return (RETROACTIVITY, *LIGHTER) if title.startswith("刑法") else (FORMER_LAW,)


def _sentence(then: DayLaw, now: DayLaw) -> str:
    missing = [one.sentence for one in (then, now) if one.standing is not Standing.IN_FORCE and one.sentence]
    if missing:
        return "不能对照：" + missing[0]
    name = label(now.provision.ref)
    if then.provision.text == now.provision.text:
        return f"{name}在{day(then.on)}和{day(now.on)}的文本相同，新旧法没有差别。"
    return f"{name}在这两天的文本不同（不同之处用〔〕标出）；适用哪一天的，依照下列条文决定。"
