"""The talk as HTML: pure functions from values to text. Whatever a user or a source wrote is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from typing import Any

from assistant.answer.render import footer, to_plain
from assistant.domain.answer import Answer, Citation, Claim, Outcome, Section, Withheld
from assistant.web import view_model, view_understood
from assistant.web.examples import EXAMPLES
from assistant.web.glossary import Glossary
from assistant.web.state import Exchange, Talk
from assistant.web.view_talks import anew, taken, tools

_PARTS = {
    Section.MATERIAL: "material",
    Section.CONCLUSION: "conclusion",
    Section.BASIS: "basis",
    Section.APPLICATION: "application",
    Section.CASES: "cases",
    Section.NOTES: "notes",
}
_OUTCOMES = {Outcome.INSUFFICIENT: "依据不足", Outcome.OUT_OF_SCOPE: "超出范围"}


def bar(about: Mapping[str, Any]) -> str:
    """The page's head: name, page, and what this machine runs on."""
    stand = [view_model.which(about)]
    if about.get("library_date"):
        stand.append(f"法规库截至 {escape(str(about['library_date']))}")
    if about.get("texts") == 0:
        stand.append("未导入官方原文")
    return (
        '<button type="button" class="menu" data-do="side" aria-expanded="false" aria-label="咨询记录">☰</button>'
        '<h1>安衡</h1><nav aria-label="页面"><a href="#ask" data-do="page" data-page="ask">咨询</a>'
        '<a href="#assess" data-do="page" data-page="assess">宽严研判</a>'
        '<a href="#evidence" data-do="page" data-page="evidence">证据</a>'
        '<a href="#leads" data-do="page" data-page="leads">线索</a>'
        '<a href="#selfcheck" data-do="page" data-page="selfcheck">企业自查</a>'
        '<a href="#ledger" data-do="page" data-page="ledger">台账</a>'
        '<a href="#papers" data-do="page" data-page="papers">文书</a>'
        '<a href="#lecture" data-do="page" data-page="lecture">讲堂</a>'
        '<a href="#check" data-do="page" data-page="check">引用核验</a>'
        '<a href="#library" data-do="page" data-page="library">知识库</a></nav>'
        f'<p class="stand"><span class="local">本机运行 · </span>{" · ".join(stand)}</p>'
    )


def roles() -> str:
    """我是: changes the examples only, in the browser."""
    buttons = "".join(f'<button type="button" data-do="role" data-role="{role}">{role}</button>' for role in EXAMPLES)
    return f'<h2 id="role-label">我是</h2><div class="seg" role="group" aria-labelledby="role-label">{buttons}</div>'


def depth() -> str:
    """简要 or 详细, in the browser."""
    return (
        '<div class="seg depth" role="group" aria-label="回答的详略">'
        '<button type="button" data-do="depth" data-depth="brief">简要</button>'
        '<button type="button" data-do="depth" data-depth="full">详细</button></div>'
    )


def welcome() -> str:
    """The empty page: a line of what it does, and questions to begin with."""
    lists = "".join(
        f'<ul class="examples" data-for="{role}">{"".join(map(_example, questions))}</ul>' for role, questions in EXAMPLES.items()
    )
    return (
        '<div class="welcome"><h2>问安全生产的罪与责、宽与严</h2>'
        "<p>每一句都标出处，点数字就能看到条文。没有依据的，会直说没有。</p>"
        f"<h3>可以这样问</h3>{lists}</div>"
    )


def _example(question: str) -> str:
    text = escape(question)
    return f'<li><button type="button" data-act="ask" data-question="{text}">{text}</button></li>'


def talk(state: Talk, glossary: Glossary, pending: Exchange | None = None, so_far: Answer | None = None) -> str:
    """The middle column; ``so_far`` is the answer to the pending question as a model writes it."""
    shown = state.before if pending else state.exchanges
    cases = view_understood.to_write(shown)
    turns = "".join(_turn(exchange, glossary, cases.get(exchange.id, "")) for exchange in shown)
    if pending:
        body = view_model.growing(so_far, sections(so_far, pending.id, glossary)) if so_far else view_model.WAITING
        turns += f'<div class="turn pending">{_question(pending)}{body}</div>'
    return turns + ("" if pending else anew(state)) or welcome()


def _turn(exchange: Exchange, glossary: Glossary, told: str) -> str:
    body = f'<p class="failure" role="alert">{escape(exchange.failure)}</p>'
    if exchange.answer:
        body = (
            tools(exchange)
            + answer(exchange.answer, exchange.id, glossary)
            + view_understood.write(told)
            + view_understood.teach(exchange.answer.wish)
        )
    return f'<div class="turn" data-turn="{escape(exchange.id)}">{_question(exchange)}{body}</div>'


def _question(exchange: Exchange) -> str:
    on = f'<span class="on">行为时间 {exchange.on.isoformat()}</span>' if exchange.on else ""
    return f'<div class="q"><p>{_lines(escape(exchange.question))}</p>{on}</div>'


def answer(result: Answer, key: str, glossary: Glossary) -> str:
    """One answer: sections, what was withheld, what a reader can do with it."""
    parts = sections(result, key, glossary)
    outcome = f'<p class="outcome">{_OUTCOMES[result.status]}</p>' if result.status in _OUTCOMES else ""
    warnings = "".join(f'<p class="warning">{escape(warning)}</p>' for warning in result.warnings)
    return (
        f'<article class="answer" aria-label="回答">{taken(result)}{outcome}{parts or "<p>没有可以引用的依据，不作回答。</p>"}{warnings}'
        f"{view_understood.understood(result)}{_withheld(result.withheld)}{view_model.sent(result)}{_tools(result, key)}{_printed(result.citations)}</article>"
    )


def sections(result: Answer, key: str, glossary: Glossary) -> str:
    """The claims of an answer, section by section."""
    seen: set[str] = set()
    by_number = {citation.n: citation for citation in result.citations}
    return "".join(
        _part(section, result.section(section), key, by_number, glossary, seen) for section in Section if result.section(section)
    )


def _part(
    section: Section,
    claims: tuple[Claim, ...],
    key: str,
    cited: Mapping[int, Citation],
    glossary: Glossary,
    seen: set[str],
) -> str:
    lines = "".join(
        f'<p class="claim">{_lines(_terms(claim.text, glossary, seen))}{_numbers(claim.citations, key, cited)}'
        f"{view_model.mark(claim)}</p>"
        for claim in claims
    )
    return f'<section class="part {_PARTS[section]}"><h3>{section.value}</h3>{lines}</section>'


def _terms(text: str, glossary: Glossary, seen: set[str]) -> str:
    """Escape a text; the first time a term of art appears it gets its explanation."""
    out, at = [], 0
    for found in glossary.pattern.finditer(text):
        entry = glossary.by_name[found.group()]
        if entry.term in seen:
            continue
        seen.add(entry.term)
        out.append(escape(text[at : found.start()]))
        out.append(f'<span class="term" tabindex="0" data-tip="{escape(entry.means)}">{escape(found.group())}</span>')
        at = found.end()
    return "".join(out) + escape(text[at:])


def _numbers(numbers: Iterable[int], key: str, cited: Mapping[int, Citation]) -> str:
    return "".join(
        f'<button type="button" class="cite" data-do="cite" data-turn="{escape(key)}" data-n="{n}"'
        f' aria-label="依据 {n}：{escape(cited[n].title)}">{n}</button>'
        for n in numbers
        if n in cited
    )


def _withheld(items: tuple[Withheld, ...]) -> str:
    if not items:
        return ""
    lines = "".join(f"<li>{escape(item.text)}<br><small>{escape(item.reason)}</small></li>" for item in items)
    return f'<details class="withheld"><summary>有 {len(items)} 句没有通过核对，未采用</summary><ul>{lines}</ul></details>'


def _tools(result: Answer, key: str) -> str:
    plain = escape(to_plain(result))
    sentences = "".join(f'<option value="{escape(c.text)}">{escape(_short(c.text, 40))}</option>' for c in result.claims)
    turn = f'data-turn="{escape(key)}"'
    return (
        f'<div class="tools"><button type="button" data-do="copy" data-copy="{plain}">复制（带引注）</button>'
        '<button type="button" data-do="print">打印</button>'
        f'<button type="button" data-act="useful" {turn}>有用</button>'
        '<button type="button" data-do="wrong" aria-expanded="false">有误</button></div>'
        f'<form class="wrong" hidden><label>哪一句<select name="sentence"><option value="">整个回答</option>{sentences}</select></label>'
        '<label>怎么不对<textarea name="note" rows="2" maxlength="2000"></textarea></label>'
        f'<button type="button" data-act="wrong" {turn}>提交</button></form>'
        f'<p class="foot">{escape(footer(result))}</p>'
    )


def _printed(citations: tuple[Citation, ...]) -> str:
    """The sources once more, for paper only."""
    lines = "".join(
        f'<li value="{c.n}">{escape(c.title)}（{c.standing}{_since(c.effective_from)}）：{escape(c.quote)}</li>'
        for c in citations
    )
    return f'<ol class="on-paper" aria-hidden="true">{lines}</ol>' if lines else ""


def _since(day: date | None) -> str:
    return f"，{day.isoformat()}起施行" if day else ""


def notice(sentence: str, once: str = "") -> str:
    """A short word from the page; ``once`` differs each time, so that the same word is said again."""
    return f'<p class="notice" data-once="{escape(once)}">{escape(sentence)}</p>' if sentence else ""


def _short(text: str, length: int) -> str:
    line = text.split("\n", 1)[0]
    return line if len(line) <= length else line[: length - 1] + "…"


def title_of(question: str) -> str:
    """A conversation is called by the first line of its first question."""
    return _short(question.strip(), 40)


def _lines(html: str) -> str:
    return html.replace("\n", "<br>")
