"""The sources as HTML: numbered cards, and an article opened with its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby

from assistant.domain.answer import Answer, Citation
from assistant.domain.provision import Status, TextKind
from assistant.domain.source import Related, SourceView
from assistant.law.labels import article_label
from assistant.web.markup import kind_name
from assistant.web.state import Exchange, Talk
from assistant.web.view_history import editions

_BADGES = {
    Status.IN_FORCE: "ok",
    Status.AMENDED: "changed",
    Status.REPEALED: "changed",
    Status.NOT_YET: "changed",
    Status.UNVERIFIED: "doubt",
}
_BACK = '<button type="button" class="back" data-do="back">← 返回</button>'


_SHOWN = 30
"""Articles of a list that are shown; of more it is said how many."""
_MOVED = "条号以引用的文本写成时为准，所引的法律修改后可能已有变动。"


def sources(state: Talk, cited: Mapping[str, int] | None = None) -> str:
    """The right column: the cards of every answer, the browser shows those of one; ``cited`` counts citations by source id."""
    lists = [_cards(exchange, cited or {}) for exchange in state.exchanges if exchange.answer]
    if not lists:
        return '<h2 class="count">依据</h2><p class="faint">回答里的每个数字，都在这里有一张卡片：条文、效力、施行日。</p>'
    return "".join(lists)


def _cards(exchange: Exchange, cited: Mapping[str, int]) -> str:
    result = exchange.answer
    assert result is not None  # only exchanges with an answer have cards
    told: set[str] = set()  # a law's note is said on its first card only
    cards = ""
    for citation in result.citations:
        shown = card(citation, result, exchange.id, note=citation.note not in told, cited=cited.get(citation.source_id, 0))
        cards += f"<li>{shown}</li>"
        told.add(citation.note)
    count = f"依据（{len(result.citations)}）"
    head = f'<h2 class="count"><button type="button" data-do="fold" aria-expanded="false">{count}</button></h2>'
    return f'<div class="sources" data-for="{escape(exchange.id)}">{head}<ol>{cards}</ol></div>'


def card(citation: Citation, result: Answer, key: str, *, note: bool = True, cited: int = 0) -> str:
    """One source: what it is, whether it is in force, the words that carry the claim."""
    opens = f'data-act="read" data-turn="{escape(key)}" data-n="{citation.n}"'
    said = f'<p class="note">{escape(citation.note)}</p>' if citation.note and note else ""
    return (
        f'<article class="card" id="src-{escape(key)}-{citation.n}" tabindex="-1" {opens}>'
        f'<h3><span class="n">{citation.n}</span>{escape(citation.title)} '
        f"{badges(citation.kind, citation.text_kind, citation.status)}</h3>"
        f"<blockquote>{_quoted(citation.quote, _carrying(citation, result))}</blockquote>{said}"
        f'<p class="links">{_since(citation)}{_times(cited)}'
        f'<button type="button" data-do="copy" data-copy="{escape(reference(citation))}">复制引注</button>'
        f'<button type="button" {opens}>展开全文</button></p></article>'
    )


def badges(kind: str, text_kind: TextKind, status: Status) -> str:
    """效力, and whether it is the wording of the law or our gist of it."""
    if kind != "provision":
        return f'<span class="badge kind">{kind_name(kind)}</span>' + (
            f'<span class="badge doubt">{status.value}</span>' if status is Status.UNVERIFIED else ""
        )
    gist = f'<span class="badge gist">{text_kind.value}</span>' if text_kind is TextKind.GIST else ""
    return f'<span class="badge {_BADGES[status]}">{status.value}</span>{gist}'


def reference(citation: Citation) -> str:
    """引注 as it is pasted into a document."""
    since = f"，{citation.effective_from.isoformat()}起施行" if citation.effective_from else ""
    return f"{citation.title}（{citation.standing}{since}）：“{citation.quote}”"


def _since(citation: Citation) -> str:
    return f"<span>{citation.effective_from.isoformat()}起施行</span>" if citation.effective_from else ""


def _times(cited: int) -> str:
    return f'<span class="cited">被{cited}条引用</span>' if cited else ""


def _carrying(citation: Citation, result: Answer) -> str:
    """The sentence of the quote that shares most with the claims that rest on it."""
    claimed = {pair for claim in result.claims if citation.n in claim.citations for pair in _pairs(claim.text)}
    sentences = [part for part in re.split(r"(?<=[。；])|\n", citation.quote) if part and part.strip()]
    return max(sentences, key=lambda sentence: len(claimed & _pairs(sentence)), default="")


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _quoted(text: str, marked: str) -> str:
    """A text with one passage of it marked, if it is there."""
    before, found, after = text.partition(marked) if marked else (text, "", "")
    html = escape(before) + (f"<mark>{escape(found)}</mark>" if found else "") + escape(after)
    return html.replace("\n", "<br>")


def reader(source: SourceView, quote: str = "", once: str = "") -> str:
    """An opened source, the quote marked, its neighbours folded below; ``once`` differs each time it is opened."""
    since = f"{source.effective_from.isoformat()}起施行" if source.effective_from else ""
    facts = " · ".join(escape(fact) for fact in (source.doc_no, since, " › ".join(source.heading)) if fact)
    note = f'<p class="note">{escape(source.note)}</p>' if source.note else ""
    return (
        f'<div class="reader" data-once="{escape(once)}">{_BACK}'
        f'<h2 tabindex="-1">{escape(source.title)} {badges(source.kind, source.text_kind, source.status)}</h2>'
        f'<p class="facts">{facts}</p>{editions(source)}'
        f'<div class="text">{_quoted(source.text, quote)}</div>{note}'
        f"{_neighbours(source)}{_relations(source)}{_address(source.url)}</div>"
    )


def _relations(source: SourceView) -> str:
    by = related(f"被{len(source.cited_by)}条引用", source.cited_by, _MOVED)
    to = related(f"引用了{len(source.cites)}条", source.cites)
    return f"<h3>引用关系</h3>{by}{to}" if by or to else ""


def related(head: str, articles: Sequence[Related], note: str = "") -> str:
    """A folded list of articles by law, each of which opens; empty where there are none."""
    if not articles:
        return ""
    lists = ""
    for law, of_law in groupby(articles[:_SHOWN], key=lambda one: one.law):
        lists += f"<h4>《{escape(law)}》</h4><ul>{''.join(map(_line, of_law))}</ul>"
    more = len(articles) - _SHOWN
    rest = f'<p class="faint">另有{more}条未列出。</p>' if more > 0 else ""
    said = f'<p class="note">{note}</p>' if note else ""
    return f'<details class="related"><summary>{head}</summary>{lists}{rest}{said}</details>'


def _line(one: Related) -> str:
    words = escape(_opening(one.text.replace("\n", " "), 36))
    label = escape(article_label(one.article))
    return f'<li><button type="button" data-act="read" data-source="{escape(one.source_id)}">{label}</button> <span>{words}</span></li>'


def _neighbours(source: SourceView) -> str:
    items = "".join(
        f"<details><summary>{escape(label)}</summary><div class='text'>{_quoted(text, '')}</div>"
        f'<p class="links"><button type="button" data-act="read" data-source="{escape(key)}">转到这一条</button></p></details>'
        for key, label, text in source.neighbours
    )
    return f"<h3>上下条</h3>{items}" if items else ""


def _address(url: str) -> str:
    """Written out, and a link that only a reader follows."""
    if not url.startswith(("https://", "http://")):
        return ""
    return f'<p class="links"><a href="{escape(url)}" target="_blank" rel="noopener noreferrer">公开网址（需要联网）</a></p>'


def unread(sentence: str, once: str = "") -> str:
    """A source that could not be opened."""
    return f'<div class="reader" data-once="{escape(once)}">{_BACK}<p class="failure" role="alert">{escape(sentence)}</p></div>'


def results(found: Iterable[SourceView]) -> str:
    """What a search of the library found; each opens in the reader."""
    items = "".join(
        f'<li><button type="button" class="card" data-act="read" data-source="{escape(source.source_id)}">'
        f"<b>{escape(source.title)}</b> {badges(source.kind, source.text_kind, source.status)}"
        f"<span>{escape(_opening(source.text))}</span></button></li>"
        for source in found
    )
    return f'<ol class="results">{items}</ol>' if items else '<p class="faint">没有找到。换一个说法，或者写上法名和条号。</p>'


def _opening(text: str, length: int = 120) -> str:
    return text if len(text) <= length else text[:length] + "……"
