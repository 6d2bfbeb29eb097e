"""文书 as HTML: which there are, the paper as it will be printed, its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from assistant.answer.render import DISCLAIMER
from assistant.domain.answer import DRAFTED
from assistant.domain.papers import BLANK, Change, Paper, Paragraph, Template
from assistant.web.view_assess_side import cards

PLACE = "paper"
"""What the cards of the page are named after."""
_EMPTY = '<h2 class="count">依据</h2><p class="faint">文书里的每一句法律，都在这里有一张卡片，下载后是脚注。</p>'


def start(templates: Mapping[str, Template]) -> str:
    """No paper is chosen yet."""
    rows = "".join(
        f'<li><button type="button" data-act="choose" data-key="{escape(one.key)}"><b>{escape(one.name)}</b> {escape(one.use)}</button></li>'
        for one in templates.values()
    )
    return f'<div class="start"><h2>写哪一份文书</h2><p>左边的要素表是同一份：改一处，所有文书跟着改。</p></div><ul class="catalogue">{rows}</ul>'


def page(
    templates: Mapping[str, Template],
    template: Template,
    names: Sequence[str],
    paper: Paper,
    marked: Mapping[int, Sequence[Change]],
    former: Sequence[str] = (),
    *,
    asks: bool = False,
) -> str:
    """One paper; ``former`` is how paragraphs were written before facts were changed; ``asks``: a model may write its reasons."""
    lost = "".join(f"<li>{escape(one.text)}<small>{escape(one.reason)}</small></li>" for one in paper.withheld)
    withheld = (
        f'<details class="withheld"><summary>没有写入的 {len(paper.withheld)} 句</summary><ul>{lost}</ul></details>'
        if lost
        else ""
    )
    text = "".join(_paragraph(one, marked.get(place, ())) for place, one in enumerate(paper.paragraphs))
    number = f'<p class="number">{_filled(paper.number)}</p>' if paper.number else ""
    until = f"法规库截至{paper.library_date.isoformat()}；" if paper.library_date else ""
    return (
        _head(templates, template, names, paper.person)
        + _tools(paper, asks)
        + _changes(marked, former)
        + f'<article class="paper"><h2>{_filled(paper.title)}</h2>{number}{text}<footer>{until}{escape(DISCLAIMER)}</footer></article>'
        + withheld
    )


def refused(templates: Mapping[str, Template], template: Template, names: Sequence[str], person: str, sentence: str) -> str:
    """The paper must not be written in this case, or there is no case yet."""
    return _head(templates, template, names, person) + f'<div class="warning" role="alert"><p>{escape(sentence)}</p></div>'


def broken(sentence: str) -> str:
    """The templates cannot be read."""
    return f'<div class="warning" role="alert"><p>{escape(sentence)}</p></div>'


def side(paper: Paper | None) -> str:
    """The sources of the paper as cards."""
    return cards(paper.citations, PLACE) if paper and paper.citations else _EMPTY


def _head(templates: Mapping[str, Template], template: Template, names: Sequence[str], person: str) -> str:
    options = "".join(
        f'<button type="button" class="which" data-act="choose" data-key="{escape(one.key)}" '
        f'aria-pressed="{str(one.key == template.key).lower()}" title="{escape(one.use)}">{escape(one.name)}</button>'
        for one in templates.values()
    )
    people = "".join(
        f'<button type="button" class="which" data-act="about" data-person="{escape(name)}" '
        f'aria-pressed="{str(name == (person if person in names else names[0])).lower()}">{escape(name)}</button>'
        for name in names
    )
    whose = f'<div class="kinds whose" role="group" aria-label="写谁">{people}</div>' if len(names) > 1 else ""
    return f'<div class="kinds" role="group" aria-label="文书">{options}</div>{whose}<p class="use">{escape(template.use)}</p>'


def _tools(paper: Paper, asks: bool) -> str:
    reason = '<button type="button" data-act="reason">请模型起草理由</button>' if asks else ""
    blanks = f"待填 {len(paper.blanks)} 处" if paper.blanks else "没有待填的"
    return (
        f'<p class="doing"><span>引注 {len(paper.citations)} 处</span><span>{blanks}</span>'
        f'<span class="links">{reason}<button type="button" data-act="word">下载 Word</button></span></p>'
    )


def _changes(marked: Mapping[int, Sequence[Change]], former: Sequence[str]) -> str:
    if not marked and not former:
        return ""
    said = "；".join(dict.fromkeys(change.sentence for changes in marked.values() for change in changes))
    before = "".join(f"<li>{escape(text)}</li>" for text in former)
    folded = f"<details><summary>改前的写法（{len(former)} 段）</summary><ul>{before}</ul></details>" if former else ""
    return (
        f'<div class="altered" role="status"><div><p>要素改了{f"：{escape(said)}" if said else ""}。'
        f"以它们为依据的 {len(marked)} 段已按新的要素写出并标出；所述案情是原话，不会自动改写，请一并核对。</p>{folded}</div>"
        '<button type="button" data-act="right">已核对，去掉标记</button></div>'
    )


def _paragraph(one: Paragraph, changes: Sequence[Change]) -> str:
    numbers = "".join(
        f'<button type="button" class="cite" data-do="paper-authority" data-n="{n}" aria-label="依据{n}">{n}</button>'
        for n in one.cites
    )
    said = f'<small class="drafted">{DRAFTED}</small>' if one.drafted else ""
    why = f' title="{escape("；".join(change.sentence for change in changes))}"' if changes else ""
    return f'<p class="{one.role}{" touched" if changes else ""}"{why}>{_filled(one.text)}{numbers}{said}</p>'


def _filled(text: str) -> str:
    """Text with its blanks marked."""
    return BLANK.sub(lambda hit: f'<mark class="blank">{hit.group()}</mark>', escape(text))
