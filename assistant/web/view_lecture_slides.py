"""A built lecture as HTML: its slides small, each statement with its number, the notes under each, what to take."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.documents.deck_sizes import BARE, DARK
from assistant.domain.answer import Withheld
from assistant.domain.lecture import OPINION, Lecture, Said, Slide, Stale
from assistant.lecturing import FILES
from assistant.web.view_assess_side import cards
from assistant.web.view_lecture import changed, failed

PLACE = "lecture"
"""What the cards of the page are named after."""
_LABELS = {"slides": "幻灯片（PowerPoint）", "handout": "讲义（Word）", "script": "讲稿（Word）", "pdf": "幻灯片（PDF）"}


def lecture(
    one: Lecture,
    saved: str,
    key: str,
    stale: Sequence[Stale] = (),
    failure: str = "",
    *,
    pdf: bool = True,
    model: bool = False,
    unsaved: bool = False,
) -> str:
    """The whole of it; ``pdf``: whether one can be made here; ``model``: whether one may smooth the notes."""
    takes = "".join(
        f'<button type="button" data-act="take" data-kind="{kind}"{"" if pdf or kind != "pdf" else " disabled"}'
        f"{'' if pdf or kind != 'pdf' else ' title=这台电脑没有安装LibreOffice'}>{_LABELS[kind]}</button>"
        for kind in FILES
    )
    takes += '<button type="button" data-act="smooth">顺一顺讲稿</button>' if model else ""
    takes += '<button type="button" data-act="keep">保存</button>' if unsaved else ""
    withheld = _lost(f"没有写入的 {len(one.withheld)} 句", one.withheld)
    if one.smoothed:
        rough = _lost(f"模型写的 {len(one.smoothed.rough)} 处没有用", one.smoothed.rough)
        withheld = f'<p class="faint">{escape(one.smoothed.line)}</p>{rough}{withheld}'
    slides = "".join(_slide(slide, at, len(one.slides)) for at, slide in enumerate(one.slides, 1))
    outline = one.outline
    return (
        f'{failed(failure)}<div class="built"><h2>{escape(outline.name)}</h2>'
        f'<p class="faint">{outline.audience.value} · {outline.minutes} 分钟 · {outline.style.value} · {len(one.slides)} 页 · '
        f"出处 {len(one.citations)} 处 · 法律截至 {one.day.isoformat()}。{escape(saved)}</p>"
        f'<p class="takes">{takes}<button type="button" data-act="again">回到提纲</button>'
        f'<button type="button" data-act="restart">讲别的</button></p></div>{changed(stale, key)}{withheld}<ol class="slides">{slides}</ol>'
    )


def side(one: Lecture | None) -> str:
    """The sources of the lecture as cards."""
    return cards(one.citations, PLACE) if one and one.citations else ""


def _lost(summary: str, held: Sequence[Withheld]) -> str:
    """Sentences that were not taken, each with its reason."""
    rows = "".join(f"<li>{escape(one.text)}<small>{escape(one.reason)}</small></li>" for one in held)
    return f'<details class="withheld"><summary>{summary}</summary><ul>{rows}</ul></details>' if rows else ""


def _slide(slide: Slide, at: int, total: int) -> str:
    said = "".join(_statement(one, slide) for one in slide.said)
    big = (
        f'<strong class="figure">{escape(slide.figure)}</strong>'
        if slide.figure and slide.layout in {"figure", "section"}
        else ""
    )
    notes = "".join(f"<p>{escape(one.text)}{_numbers(one)}</p>" for one in slide.notes)
    above = " · ".join(filter(None, (slide.part, slide.kicker)))
    foot = "" if slide.cites or slide.layout in BARE else f"<i>{OPINION}</i>"
    return (
        f'<li class="{slide.layout}{" dark-slide" if slide.layout in DARK else ""}"><article>'
        f'<small>{escape(above)}</small><h3>{escape(slide.title)}</h3>{big}<div class="said">{said}</div>'
        f"<footer>{foot}<span>{at} / {total}</span></footer></article>"
        f"<details><summary>备注 · {slide.seconds} 秒</summary>{notes}</details></li>"
    )


def _statement(one: Said, slide: Slide) -> str:
    head = f"<b>{escape(one.head)}</b>" if one.head else ""
    numbers = _numbers(one) if slide.layout != "sources" else ""
    return f"<p>{head}{escape(one.text)}{numbers}</p>"


def _numbers(one: Said) -> str:
    return "".join(
        f'<button type="button" class="cite" data-do="lecture-authority" data-n="{n}" aria-label="依据{n}">{n}</button>'
        for n in one.cites
    )
