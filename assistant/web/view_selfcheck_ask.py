"""The questions of a self-check as HTML: one is open, those before it are answered, the others wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape

from assistant.documents.selfcheck_parts import condition, standard
from assistant.domain.checklist import Reply
from assistant.domain.selfcheck import Given, Question
from assistant.domain.tips import RiskTip
from assistant.practice.selfcheck_rating import asks_condition
from assistant.selfcheck import Opened
from assistant.web.view_evidence import Cited, Cites

SAID: dict[Reply, str] = {"是": "是", "部分": "部分做到", "否": "否", "不适用": "不适用", "不清楚": "不清楚"}
_FACTS: tuple[Reply, ...] = ("是", "否", "不清楚")
_MARK = {"是": "yes", "部分": "part", "否": "no", "不适用": "na", "不清楚": "unclear"}


def page(opened: Opened, at: str, tip: RiskTip | None, past: Sequence[Given], cites: Cites, who: str) -> str:
    """All questions; ``at`` is the one that is open, ``tip`` its tip, ``past`` every answer that it ever had."""
    done, total = opened.progress
    share = round(100 * done / total) if total else 0
    rows = "".join(
        _card(number, one, opened, tip, past, cites, who) if one.id == at else _row(number, one, opened)
        for number, one in enumerate(opened.asked, 1)
    )
    ready = "primary" if done == total else ""
    end = "看报告" if done == total else "先出报告（没答的会列明）"
    return (
        f'<header class="asking"><h2>{escape(opened.questionnaire.title)}</h2><p>{escape(opened.check.site.name)}</p>'
        f'<div class="bar" role="progressbar" aria-valuemin="0" aria-valuemax="{total}" aria-valuenow="{done}"><i style="width:{share}%"></i></div>'
        f"<p>{done} / {total}</p></header>{_changed(opened)}"
        f'<ol class="questions">{rows}</ol>'
        f'<p class="go"><button type="button" class="{ready}" data-act="finish">{end}</button></p>'
    )


def _changed(opened: Opened) -> str:
    """The questionnaire is no longer what it was when the check was begun."""
    found, by_id = opened.changes, {one.id: one for one in opened.questionnaire.questions}
    if not found:
        return ""
    said = []
    if found.new:
        said.append(f"新增{len(found.new)}问，请补答")
    if found.reworded:
        words = "、".join(f"“{by_id[key].ask}”" for key in found.reworded)
        said.append(f"{len(found.reworded)}问换了说法，原来的回答保留，请看一下：{words}")
    if found.gone:
        said.append(f"{len(found.gone)}问不再问，原来的回答留在记录里")
    return (
        f'<div class="altered" role="status"><p>问卷在您开始以后改过：{escape("；".join(said))}。</p>'
        '<button type="button" data-act="seen">知道了</button></div>'
    )


def _row(number: int, one: Question, opened: Opened) -> str:
    given = opened.answers.get(one.id)
    reply = given.reply if given else ""
    mark = f'<span class="reply {_MARK[reply]}">{SAID[reply]}</span>' if reply else ""
    kept = f"<small>附件{len(given.files)}</small>" if given and given.files else ""
    fresh = (
        "<small>新增</small>"
        if one.id in opened.changes.new
        else "<small>换了说法</small>"
        if one.id in opened.changes.reworded
        else ""
    )
    state = "" if reply else " waits"
    return (
        f'<li class="row{state}"><button type="button" data-act="turn" data-question="{escape(one.id)}">'
        f'<span class="n">{number}</span><span class="ask">{escape(one.ask)}</span>{fresh}{kept}{mark}</button></li>'
    )


def _card(number: int, one: Question, opened: Opened, tip: RiskTip | None, past: Sequence[Given], cites: Cites, who: str) -> str:
    given = opened.answers.get(one.id) or Given(one.id)
    chips = "".join(map(_chip, map(cites, one.cite)))
    basis = f'<p class="basis">依据 {chips}</p>' if chips else ""
    source = f"<small>因为勾了“{escape(one.feature)}”</small>" if one.feature else ""
    was = given.at.isoformat() if given.at else ""
    buttons = "".join(
        f'<button type="button" class="{_MARK[reply]}" data-act="reply" data-question="{escape(one.id)}" data-reply="{reply}" '
        f'aria-pressed="{str(given.reply == reply).lower()}">{SAID[reply]}</button>'
        for reply in (SAID if one.tip else _FACTS)
    )
    return (
        f'<li class="card open" id="sc-open" data-question="{escape(one.id)}"><form onsubmit="return false">'
        f'<h3><span class="n">{number}</span>{escape(one.ask)} {source}</h3>'
        f'<p class="why">{escape(one.why)}</p>{_hints(one)}{basis}'
        f'<div class="replies" role="group" aria-label="回答">{buttons}</div>{_condition(one, given, tip)}'
        f'<div class="beside"><label>说明<textarea name="note" rows="2" maxlength="2000" placeholder="看到的情况，可不填">{escape(given.note)}</textarea></label>'
        f'<label class="who">填答人<input name="who" maxlength="40" value="{escape(who)}"></label></div>'
        f'<input type="hidden" name="was" value="{escape(was)}">{_files(one, given)}'
        f'<p class="links"><button type="button" data-do="selfcheck-file">附照片或文件</button>'
        f'<button type="button" data-act="jot" data-question="{escape(one.id)}">只存说明</button></p></form>{_past(past)}</li>'
    )


def _hints(one: Question) -> str:
    parts = (("看什么", one.look), ("什么算证据", one.proof))
    shown = "".join(
        f"<div><h4>{name}</h4><ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul></div>"
        for name, texts in parts
        if texts
    )
    return f'<div class="hints">{shown}</div>' if shown else ""


def _chip(cited: Cited) -> str:
    if not cited.source_id:
        return f'<span class="chip">{escape(cited.title)}</span>'
    return f'<button type="button" class="chip" data-act="read" data-source="{escape(cited.source_id)}">{escape(cited.title)}</button>'


def _condition(one: Question, given: Given, tip: RiskTip | None) -> str:
    if tip is None or not asks_condition(tip, one, given):
        return ""
    choices = "".join(
        f'<button type="button" data-act="affirm" data-question="{escape(one.id)}" data-yes="{value}" '
        f'aria-pressed="{str(given.confirmed and value == "1").lower()}">{word}</button>'
        for value, word in (("1", "是这样，算重大事故隐患"), ("", "不是这样，或者说不准"))
    )
    return (
        f'<div class="condition" role="status"><p>{escape(standard(one, tip.major)[0])}还要看一个条件：'
        f"<b>{escape(condition(one, tip))}</b>。</p><p>{choices}</p></div>"
    )


def _files(one: Question, given: Given) -> str:
    items = "".join(
        f'<li><button type="button" data-act="take" data-question="{escape(one.id)}" data-file="{file.sha256}">{escape(file.name)}</button>'
        f"<small>{max(1, file.size // 1024)} KB</small>"
        f'<button type="button" class="x" data-act="detach" data-question="{escape(one.id)}" data-file="{file.sha256}" aria-label="去掉">×</button></li>'
        for file in given.files
    )
    return f'<ul class="files">{items}</ul>' if items else ""


def _past(past: Sequence[Given]) -> str:
    """Who answered, and what was answered before."""
    said = [
        one
        for one, before in zip(past, (None, *past), strict=False)
        if one.reply and (before is None or one.reply != before.reply)
    ]
    if not said:
        return ""
    last = f'<p class="faint">{escape(_when(said[-1]))}答“{said[-1].reply}”</p>'
    if len(said) == 1:
        return last
    items = "".join(
        f"<li>{escape(_when(one))}答“{one.reply}”{f'：{escape(one.note)}' if one.note else ''}</li>" for one in said[:-1]
    )
    return f'{last}<details class="past-replies"><summary>此前答过 {len(said) - 1} 次，都留着</summary><ul>{items}</ul></details>'


def _when(one: Given) -> str:
    return f"{clock(one.at)} {one.who or '本机'}"


def clock(moment: datetime | None) -> str:
    """11-26 21:03, on this machine's clock."""
    return moment.replace(tzinfo=UTC).astimezone().strftime("%m-%d %H:%M") if moment else ""
