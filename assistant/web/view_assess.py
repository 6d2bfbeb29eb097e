"""研判 as HTML: offences with their tiers, 宽与严, options, limitation. Whatever anybody wrote is escaped here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Protocol, TypeVar

from assistant.answer.assessed import RANKS, STANDINGS, STATEMENT, able, to_text
from assistant.answer.authorities import Authorities
from assistant.domain.assessment import (
    Assessment,
    CircumstanceFinding,
    LimitationFinding,
    LossFinding,
    NotOffence,
    OffenceFinding,
    OptionFinding,
    Standing,
    TierStep,
    Truth,
)
from assistant.domain.facts import FactKey
from assistant.domain.similar import Similar
from assistant.web import view_people, view_similar
from assistant.web.view_marks import Marks, badge, truth

EMPTY = (
    '<div class="start"><h2>宽严研判</h2><p>写下案情，或者直接填写要素。这里核对罪名、档次、宽严情节、可选处理和时效，'
    "每一行都标出处；还缺什么事实、补上以后改变什么，也会说清楚。</p></div>"
)
NONE = Authorities()
_STANDING = {
    Standing.ESTABLISHED: "ok",
    Standing.CANDIDATE: "changed",
    Standing.CONDITIONAL: "doubt",
    Standing.TIME_BARRED: "over",
}
_LIMITS = {True: ("已过时效", "over"), False: ("在时效内", "ok"), None: ("待查立案日期", "doubt")}
_FORCE = {True: "应当", False: "可以", None: "酌定"}
_ORDER = {True: 0, None: 1, False: 2}
_ABLE = {True: "ok", None: "changed", False: "over"}


class _OfPerson(Protocol):
    @property
    def person(self) -> str: ...


T = TypeVar("T", bound=_OfPerson)


def findings(
    assessment: Assessment | None,
    authorities: Authorities,
    keys: Mapping[str, FactKey],
    person: str = "",
    failure: str = "",
    similar: Sequence[Similar] = (),
) -> str:
    """The middle column; where several people are named, what is found for all of them and for ``person``."""
    told = f'<p class="failure" role="alert">{escape(failure)}</p>' if failure else ""
    if assessment is None:
        return told or EMPTY
    marks = Marks(authorities)

    def of(rows: Sequence[T]) -> list[T]:
        return [row for row in rows if not person or row.person in ("", person)]

    return told + "".join(
        (
            _head(assessment, authorities, similar),
            view_people.compared(assessment, keys, person),
            _offences(of(assessment.offences), person, marks),
            _not_offences(of(assessment.not_offences), marks),
            _balance(of(assessment.strict), of(assessment.lenient), marks),
            _options(of(assessment.options), marks),
            view_similar.similar(similar, marks),
            _limitation(of(assessment.limitation), {one.offence: one.name for one in assessment.offences}, marks),
            _loss(assessment.loss, marks),
        )
    )


def _head(assessment: Assessment, authorities: Authorities, similar: Sequence[Similar]) -> str:
    text = to_text(assessment, authorities.titles, similar)
    return (
        f'<div class="doing"><p class="statement">{STATEMENT}</p>'
        f'<p class="links"><button type="button" data-do="copy" data-copy="{escape(text)}">复制文字</button>'
        '<button type="button" data-do="assess-print">打印</button></p></div>'
    )


def _offences(rows: Sequence[OffenceFinding], person: str, marks: Marks) -> str:
    whose = f" <small>{escape(person)}</small>" if person else ""
    if not rows:
        return f'<h2>研判{whose}</h2><p class="none">现有要素达不到任何罪名的门槛。</p>'
    return f"<h2>研判{whose}</h2>" + "".join(_offence(one, marks) for one in rows)


def _offence(one: OffenceFinding, marks: Marks) -> str:
    steps = "".join(_step(step, one) for step in one.tiers)
    bar = (
        f'<ol class="tiers" aria-label="量刑档">{steps}</ol>'
        if steps
        else f"<p>{escape(RANKS.get(one.rank, one.rank))}　{escape(one.range)}</p>"
    )
    elements = "".join(
        f"<li>{truth(element.state)} <b>{escape(element.name)}</b>{_why(element.why)} {marks.cites(element.cite)}</li>"
        for element in one.elements
    )
    note = f'<p class="note">{escape(one.note)}</p>' if one.note else ""
    return (
        f'<article class="offence"><h3>{escape(one.name)} {badge(_standing(one), _STANDING[one.status])}</h3>'
        f'<p class="article">{escape(one.article)}</p>{bar}'
        f'<p class="decides">决定因素：{escape(one.threshold)} {marks.cites(one.cite)}</p>'
        f"{f'<ul class=elements>{elements}</ul>' if elements else ''}{note}</article>"
    )


def _why(why: str) -> str:
    return f"：{escape(why)}" if why else ""


def _standing(one: OffenceFinding) -> str:
    """两项待查, where that is what it hangs on."""
    open_ = sum(element.state is Truth.UNKNOWN for element in one.elements)
    return f"{open_}项待查" if one.status is Standing.CANDIDATE and open_ else STANDINGS[one.status]


def _step(step: TierStep, one: OffenceFinding) -> str:
    on = (step.rank, step.range) == (one.rank, one.range)
    kind = "on" if on else "maybe" if step.state is Truth.UNKNOWN else ""
    said = "适用" if on else "待查" if kind else ""
    tip = f"{step.threshold}（{step.state.value}）" if step.threshold else step.state.value
    return (
        f'<li class="{kind}" title="{escape(tip)}"{" aria-current=true" if on else ""}><span>{escape(step.name)}</span>'
        f" {escape(step.range)}{f' <em>{said}</em>' if said else ''}</li>"
    )


def _not_offences(rows: Sequence[NotOffence], marks: Marks) -> str:
    items = "".join(f"<li><b>{escape(one.name)}</b>：{escape(one.reason)} {marks.cites(one.cite)}</li>" for one in rows)
    return f'<h2>不能认定</h2><ul class="nots">{items}</ul>' if items else ""


def _balance(strict: Sequence[CircumstanceFinding], lenient: Sequence[CircumstanceFinding], marks: Marks) -> str:
    if not (strict or lenient):
        return ""
    sides = "".join(
        f'<section class="{kind}"><h3>{name}</h3>{"".join(_circumstance(one, marks) for one in rows) or "<p>没有。</p>"}</section>'
        for kind, name, rows in (("strict", "从严", strict), ("lenient", "从宽", lenient))
    )
    return f'<h2>宽与严</h2><div class="balance">{sides}</div>'


def _circumstance(one: CircumstanceFinding, marks: Marks) -> str:
    proof = f"<small>证据：{escape('、'.join(one.evidence))}</small>" if one.evidence else ""
    return (
        f'<p><b>{escape(one.item)}</b> <span class="force">{_FORCE[one.must]}</span> {escape(one.effect)} '
        f"{marks.cites(one.cite)}{proof}</p>"
    )


def _options(rows: Sequence[OptionFinding], marks: Marks) -> str:
    if not rows:
        return ""
    body = "".join(_option(one, marks) for one in sorted(rows, key=lambda one: _ORDER[one.available]))
    head = "<thead><tr><th>处理</th><th>条件</th><th>结论</th></tr></thead>"
    return f'<h2>可选处理</h2><table class="options">{head}<tbody>{body}</tbody></table>'


def _option(one: OptionFinding, marks: Marks) -> str:
    ticks = "".join(f"<li>{truth(tick.state)} {escape(tick.text)}</li>" for tick in one.ticks)
    said = f"<p>{escape(one.text)}</p>" if one.text else ""
    return (
        f'<tr><th scope="row">{escape(one.option)}</th><td>{said}{f"<ul>{ticks}</ul>" if ticks else ""}</td>'
        f"<td>{badge(able(one.available), _ABLE[one.available])} {marks.cites(one.cite)}</td></tr>"
    )


def _limitation(rows: Sequence[LimitationFinding], names: Mapping[str, str], marks: Marks) -> str:
    items = ""
    for one in rows:
        name = f"{names.get(one.offence, one.offence)}（{RANKS.get(one.rank, one.rank)}）"
        state = badge(*_LIMITS[one.expired])
        items += f"<li><b>{escape(name)}</b> {one.years} 年 {state}<br>{escape(one.why)} {marks.cites(one.cite)}</li>"
    return f'<h2>追诉时效</h2><ul class="nots">{items}</ul>' if items else ""


def _loss(loss: LossFinding | None, marks: Marks) -> str:
    if loss is None:
        return ""
    counts = {True: badge("计入", "ok"), False: badge("不计入", "over"), None: badge("由承办人判断", "changed")}
    rows = "".join(
        f'<tr><th scope="row">{escape(line.name)}</th><td>{line.wan:g}</td><td>{counts[line.counts]} {escape(line.why)}</td></tr>'
        for line in loss.lines
    )
    note = f'<p class="note">{escape(loss.note)}</p>' if loss.note else ""
    return (
        f"<h2>直接经济损失 <small>{escape(loss.standard)} {marks.cites(loss.cite)}</small></h2>"
        f'<table class="options loss"><thead><tr><th>项目</th><th>万元</th><th>是否计入</th></tr></thead><tbody>{rows}'
        f'<tr class="sum"><th scope="row">合计</th><td>{loss.wan:g}</td><td></td></tr></tbody></table>{note}'
    )
