"""知识库: search the library; what is found opens on the right, as a citation does."""

from __future__ import annotations

from html import escape

import gradio as gr

from assistant.domain.answer import Passage
from assistant.errors import AnHengError
from assistant.web.markup import QUIET, html, kind_name
from assistant.web.state import Service

_HINT = "可以写条号（刑法134条之一、法释〔2015〕22号第七条），也可以写事情（无证电焊）。"
_KINDS = {"全部": None, "条文": "provision", "案例": "case", "程序": "procedure", "证据": "evidence", "做法": "practice"}
_SHOWN = 120


def build(service: Service) -> gr.HTML:
    """Lay out the page and wire its search; returns the results, whose ``read`` events belong to the site."""
    with gr.Column(elem_id="library"):
        with gr.Row(elem_id="library-box"):
            query = gr.Textbox(label="查知识库", placeholder="条号、法名或者事情", max_lines=1, container=False, elem_id="query")
            kind = gr.Dropdown(list(_KINDS), value="全部", label="范围", container=False, filterable=False, elem_id="kind")
            find = gr.Button("查找", elem_id="find")
        results = html("read", value=f'<p class="faint">{_HINT}</p>', elem_id="results")

    def search(text: str, name: str) -> str:
        return found(service, text, name)

    gr.on([find.click, query.submit], search, [query, kind], results, concurrency_limit=4, **QUIET)
    return results


def found(service: Service, text: str, name: str) -> str:
    """The results of a search as HTML."""
    if not text.strip():
        return f'<p class="faint">{_HINT}</p>'
    try:
        passages = service.search(text.strip(), k=20, kind=_KINDS.get(name))
    except AnHengError as error:
        return f'<p class="failure" role="alert">{escape(str(error))}</p>'
    if not passages:
        return '<p class="faint">没有找到。换一个说法，或者写上法名和条号。</p>'
    return f'<ol class="results">{"".join(map(_result, passages))}</ol>'


def _result(passage: Passage) -> str:
    body = passage.text.removeprefix(passage.title).strip()
    text = body if len(body) <= _SHOWN else body[:_SHOWN] + "……"
    badge = "" if passage.kind == "provision" else f' <span class="badge">{escape(kind_name(passage.kind))}</span>'
    return (
        f'<li><button type="button" class="card" data-act="read" data-source="{escape(passage.source_id)}">'
        f"<b>{escape(passage.title)}</b>{badge}<span>{escape(text)}</span></button></li>"
    )
