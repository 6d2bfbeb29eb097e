"""知识库: search the library; what is found opens on the right, as a citation does."""

from __future__ import annotations

import gradio as gr

from assistant.web.desk import Desk
from assistant.web.markup import KINDS, QUIET, html

HINT = '<p class="faint">可以写条号（刑法134条之一、法释〔2015〕22号第七条），也可以写事情（无证电焊）。</p>'
_ALL = "全部"


def build(desk: Desk) -> gr.HTML:
    """Lay out the page and wire its search; returns the results, whose ``read`` events belong to the site."""
    names = {"条文": "provision", **{name: kind for kind, name in KINDS.items()}}
    with gr.Column(elem_id="library"):
        with gr.Row(elem_id="library-box"):
            query = gr.Textbox(label="查知识库", placeholder="条号、法名或者事情", max_lines=1, container=False, elem_id="query")
            kind = gr.Dropdown([_ALL, *names], value=_ALL, label="范围", container=False, filterable=False, elem_id="kind")
            find = gr.Button("查找", elem_id="find")
        results = html("read", value=HINT, elem_id="results")

    def search(text: str, name: str) -> str:
        return desk.find(text, names.get(name)) if text.strip() else HINT

    gr.on([find.click, query.submit], search, [query, kind], results, concurrency_limit=4, **QUIET)
    return results
