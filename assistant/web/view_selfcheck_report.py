"""The report of a self-check as HTML: counts, what changed since the last time, a card a gap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from assistant.documents.cited_writer import Line
from assistant.documents.selfcheck_parts import NO_CASE, Card, Report, observed, tally
from assistant.domain.selfcheck import Compared
from assistant.web.view_selfcheck import LEVELS, PLACE

_TILES = {"重大": "major", "较大": "serious", "一般": "minor", "不清楚": "unclear"}


def page(report: Report, fields: Sequence[str], *, pdf: bool) -> str:
    """The report; ``fields`` are the chapters of the handbook, ``pdf``: this machine makes PDF files."""
    cards = "".join(_card(one, report) for one in (*report.gaps, *report.unclear))
    none = '<p class="lead">答到的问题里没有发现缺口。没有问到的见右边，不能当作安全。</p>' if not cards else ""
    return (
        f'{_head(report)}{_counts(report)}{none}<div class="gaps">{cards}</div>{_withheld(report)}{_met(report)}{_buttons(report, fields, pdf=pdf)}'
        f"{_printed(report)}"
    )


def _head(report: Report) -> str:
    check, result = report.check, report.result
    facts = "、".join(filter(None, (check.size, *report.features)))
    who = f" · 填答人{check.who}" if check.who else ""
    return (
        f'<header class="asking"><h2>{escape(check.site.name)} · 安全生产自查报告</h2>'
        f"<p>{escape(result.questionnaire.title)} · {result.day.isoformat()}{escape(who)}{f' · {escape(facts)}' if facts else ''}</p></header>"
    )


def _counts(report: Report) -> str:
    tiles = "".join(
        f'<div class="tile {_TILES[name] if count else "none"}"><b>{count}</b><span>{name}</span></div>'
        for name, count in tally(report)
    )
    major = "“重大”是判定标准列明的重大事故隐患。" if report.majors else ""
    return f'<div class="tiles">{tiles}<p>{major}{_since(report.result.compared)}</p></div>'


def _since(found: Compared | None) -> str:
    if found is None:
        return "这个场所第一次自查。"
    again = f"重复出现 {len(found.repeated)} 项"
    shown = (
        f'<span class="term" tabindex="0" data-tip="{escape("、".join(found.repeated))}">{again}</span>'
        if found.repeated
        else again
    )
    unseen = f"；上次的 {len(found.unseen)} 项这次没有答到" if found.unseen else ""
    return f"与 {found.day.isoformat()} 那次相比：已改好 {len(found.closed)} 项，新出现 {len(found.new)} 项，{shown}{unseen}。"


def _card(card: Card, report: Report) -> str:
    one, tip = card.finding, card.finding.tip
    word, kind = ("不清楚", "unclear") if one.unclear else (one.level.value, LEVELS[one.level])
    seal = '<span class="seal">可能属于重大事故隐患，待对照</span>' if one.legal == "待对照" and not one.unclear else ""
    again = '<span class="seal again">重复出现</span>' if one.repeated else ""
    when = "今天" if one.days == 0 else f"{one.days} 日内（{one.deadline.strftime('%m-%d')}前）"
    urgent = f'<p class="urgent">{escape(tip.urgent)}</p>' if tip.urgent and not one.unclear else ""
    files = f"<li>附件{len(one.files)}个</li>" if one.files else ""
    said = f'<ul class="observed">{"".join(f"<li>{escape(text)}</li>" for text in observed(one))}{files}</ul>'
    return (
        f'<article class="lack {kind}"><h3><span class="rank {kind}">{word}</span>{escape(card.title)}{seal}{again}'
        f'<span class="until">{when} · {escape(one.post)}</span></h3>{urgent}{said}'
        f'<div class="columns3"><section><h4>该做什么</h4>{_measures(card)}{_lines("法律要求", card.duties, report)}</section>'
        f"<section><h4>不做会怎样</h4>{_lines('行政', card.administrative, report)}"
        f"{_lines('刑事', card.criminal, report)}{_line('', card.major, report)}<p>担责：{escape('、'.join(tip.liable))}。</p></section>"
        f"<section><h4>从这里开始的案例</h4>{_case(card, report)}</section></div></article>"
    )


def _measures(card: Card) -> str:
    one, tip = card.finding, card.finding.tip
    if one.unclear:
        return f"<p><b>先弄清</b> 看{escape('、'.join(one.question.look))}；留下{escape('、'.join(one.question.proof))}。</p><p>弄清以前按没有做到对待。</p>"
    rows = (("今天", tip.now), ("一个月内", tip.month), ("长期", tip.lasting))
    return "".join(
        f"<p><b>{when}</b> {escape('；'.join(text.rstrip('。；') for text in texts))}。</p>" for when, texts in rows if texts
    )


def _lines(name: str, lines: Iterable[Line], report: Report) -> str:
    return "".join(_line(name, line, report) for line in lines)


def _line(name: str, line: Line, report: Report) -> str:
    """A sentence with the numbers of its cards; one whose every source is lost is not shown."""
    if line.cites and not _numbers(line, report):
        return ""
    head = f"<b>{name}</b> " if name else ""
    return f"<p>{head}{escape(line.text)}{_chips(line, report)}</p>"


def _numbers(line: Line, report: Report) -> list[int]:
    numbers = report.authorities.numbers
    return list(dict.fromkeys(numbers[cite] for cite in line.cites if cite in numbers))


def _chips(line: Line, report: Report) -> str:
    return "".join(
        f'<button type="button" class="cite" data-do="{PLACE}-authority" data-n="{n}" '
        f'aria-label="依据{n}：{escape(report.authorities.citations[n - 1].title)}">{n}</button>'
        for n in _numbers(line, report)
    )


def _case(card: Card, report: Report) -> str:
    if card.case is None:
        return f'<p class="faint">—— {NO_CASE}</p>'
    return f"<p>{escape(card.case.text)}{_chips(card.case, report)}</p>"


def _withheld(report: Report) -> str:
    lost = report.authorities.lost
    if not lost:
        return ""
    items = "".join(f"<li>{escape(cite)}<small>{escape(reason)}</small></li>" for cite, reason in lost.items())
    return f'<details class="withheld"><summary>有 {len(lost)} 处依据没有通过核对，未采用</summary><ul>{items}</ul></details>'


def _met(report: Report) -> str:
    """What was answered 是 or 不适用: the reader's own word."""
    parts = ""
    for name, questions in (("答“是”的", report.result.met), ("答“不适用”的", report.result.beside)):
        if questions:
            items = "".join(f"<li>{escape(one.ask)}</li>" for one in questions)
            parts += f"<details><summary>{name} {len(questions)} 问（按填答人所答，没有到现场核实）</summary><ul>{items}</ul></details>"
    return f'<div class="met">{parts}</div>' if parts else ""


def _buttons(report: Report, fields: Sequence[str], *, pdf: bool) -> str:
    paper = "导出 PDF" if pdf else "打印（可存为 PDF）"
    made = 'data-act="pdf"' if pdf else 'data-do="selfcheck-print"'
    own = next((one.tip.fields[0] for one in report.result.findings), "")
    options = "".join(f"<option{' selected' if field == own else ''}>{escape(field)}</option>" for field in fields)
    book = (
        f'<form class="book" onsubmit="return false"><label>《企业安全生产法律风险提示》<select name="field">{options}</select></label>'
        '<button type="button" data-act="handbook">下载这一章</button></form>'
        if options
        else ""
    )
    return (
        '<p class="taking"><button type="button" class="primary" data-act="enter">进入台账</button>'
        f'<button type="button" data-act="word">导出 Word</button><button type="button" {made}>{paper}</button></p>{book}'
    )


def _printed(report: Report) -> str:
    """The sources and what was not asked once more, for paper only."""
    lines = "".join(
        f'<li value="{c.n}">{escape(c.title)}（{c.standing}）：{escape(c.quote)}</li>' for c in report.authorities.citations
    )
    return f'<ol class="on-paper" aria-hidden="true">{lines}</ol>' if lines else ""
