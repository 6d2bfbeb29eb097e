"""The right column of 研判 as HTML: contradictions, sources, the law of the day, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from assistant.answer.authorities import Authorities
from assistant.domain.answer import Citation
from assistant.domain.assessment import Assessment, Missing, OffenceFinding, Standing
from assistant.domain.facts import FactSheet
from assistant.web.view_marks import CASE, Marks
from assistant.web.view_sources import badges, reference

_EMPTY = '<h2 class="count">依据</h2><p class="faint">研判的每一行，都在这里有一张卡片：条文、效力、施行日。</p>'


def side(assessment: Assessment | None, authorities: Authorities) -> str:
    """The column; the cards have the numbers of the lines in the middle."""
    if assessment is None:
        return _EMPTY
    return (
        _contradictions(assessment.contradictions)
        + cards(authorities.citations)
        + _day_law(assessment, Marks(authorities))
        + _missing(assessment.missing)
        + _proofs(assessment.offences)
    )


def _contradictions(sentences: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f'<div class="warning" role="alert"><b>要素互相矛盾</b><ul>{items}</ul></div>' if items else ""


def cards(citations: Sequence[Citation], place: str = CASE) -> str:
    """Sources as cards; ``place`` names them, for the numbers that light them."""
    items = "".join(f"<li>{_card(one, place)}</li>" for one in citations)
    return (
        f'<section class="cards"><h2 class="count">依据（{len(citations)}）</h2>'
        f'<ol class="authorities" tabindex="0" aria-label="依据">{items}</ol></section>'
    )


def _card(one: Citation, place: str) -> str:
    opens = f'data-act="read" data-source="{escape(one.source_id)}" data-quote="{escape(one.quote)}"'
    since = f"<span>{one.effective_from.isoformat()}起施行</span>" if one.effective_from else ""
    return (
        f'<article class="card" id="src-{place}-{one.n}" tabindex="-1" {opens}>'
        f'<h3><span class="n">{one.n}</span>{escape(one.title)} {badges(one.kind, one.text_kind, one.status)}</h3>'
        f"<blockquote><mark>{escape(one.quote)}</mark></blockquote>"
        f'<p class="links">{since}<button type="button" data-do="copy" data-copy="{escape(reference(one))}">复制引注</button>'
        f'<button type="button" {opens}>展开全文</button>'
        f'<button type="button" class="return" data-do="{place}-return">回到原处</button></p></article>'
    )


def _day_law(assessment: Assessment, marks: Marks) -> str:
    law = assessment.day_law
    if not (law.apply or law.events):
        return ""
    conduct = [day for day, said, _ in _days(assessment.sheet) if said.startswith("行为")]
    before = [one.date for one in law.events if one.decides and conduct and one.date <= conduct[-1]]
    applies = max(before, default=None)
    days = sorted([*_days(assessment.sheet), *((one.date, one.event, marks.cites(one.cite)) for one in law.events)])
    items = "".join(
        f"<li{' class=day' if not cites else ' class=on' if day == applies else ''}><time>{day.isoformat()}</time> {escape(said)} {cites}</li>"
        for day, said, cites in days
    )
    return f'<h2 class="count">新旧法</h2><div class="box"><ol class="timeline">{items}</ol><p>{escape(law.apply)} {marks.cites(law.cite)}</p></div>'


def _days(sheet: FactSheet) -> Iterator[tuple[date, str, str]]:
    start, end, decided = (sheet.facts.get(key) for key in ("conduct_start", "conduct_end", "decision_date"))
    if isinstance(start, date):
        yield start, "行为开始" if isinstance(end, date) and end != start else "行为", ""
    if isinstance(end, date) and end != start:
        yield end, "行为终了", ""
    if isinstance(decided, date):
        yield decided, "作出处理", ""


def _proofs(offences: Sequence[OffenceFinding]) -> str:
    """To the page 证据, with the elements of each offence that stands."""
    named = {one.offence: one.name for one in offences if one.status is not Standing.TIME_BARRED}
    links = "".join(
        f'<li><a href="#evidence" data-do="page" data-page="evidence" data-evidence="{escape(offence)}">按要素核对{escape(name)}的证据 →</a></li>'
        for offence, name in named.items()
    )
    return f'<h2 class="count">证据</h2><ul class="box wanting">{links}</ul>' if links else ""


def _missing(missing: Sequence[Missing]) -> str:
    items = "".join(
        f'<li><button type="button" data-do="fact" data-key="{escape(one.key)}" data-person="{escape(one.person)}">□ '
        f"{escape(f'{one.person}：' if one.person else '')}{escape(one.label)}</button>{f' → {escape(one.effect)}' if one.effect else ''}</li>"
        for one in missing
    )
    return f'<h2 class="count">还差这些</h2><ul class="box wanting">{items}</ul>' if items else ""
