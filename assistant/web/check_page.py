"""引用核验: paste a text or drop a file, see which of its legal references hold."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.documents.checked import marked_copy
from assistant.errors import UsageError
from assistant.ingest.as_written import as_written
from assistant.web import view_check
from assistant.web.desk import told
from assistant.web.markup import QUIET, html
from assistant.web.state import Service, read_date

HINT = (
    '<p class="faint">核对一份文字里的法条引用：名称、条款项、文字、数字、当时是否有效。不用模型，不出本机。'
    "可以粘贴，也可以打开 Word、PDF、Markdown 或纯文本文件。</p>"
)
MOST = 200_000
"""Characters of one text: more than any document of a case, and no more than a page shows."""


def build(service: Service) -> gr.HTML:
    """Lay out the page and wire it; returns the result, whose ``read`` events belong to the site."""
    with gr.Column(elem_id="check"):
        text = gr.Textbox(
            label="要核验的文字", placeholder="粘贴要核验的文字……", lines=7, max_lines=14, container=False, elem_id="check-text"
        )
        with gr.Row(elem_id="check-controls"):
            file = gr.UploadButton("打开文件", file_types=[".docx", ".pdf", ".md", ".txt", ".html"], elem_id="check-file")
            on = gr.Textbox(label="按哪一天的法律", placeholder="今天", max_lines=1, elem_id="check-on")
            go = gr.Button("核验", elem_id="check-go")
        result = html("read", value=HINT, elem_id="check-result")
    source = gr.State(None)

    def opened(path: str) -> tuple[Any, Any, str]:
        try:
            return as_written(Path(path)), path, ""
        except Exception as error:  # noqa: BLE001  the page is an edge
            return gr.skip(), None, _failure(error)

    def check(given: str, day: str, path: str | None) -> str:
        try:
            return _checked(service, given, day, path)
        except Exception as error:  # noqa: BLE001  the page is an edge
            return _failure(error)

    asked: dict[str, Any] = {"inputs": [text, on, source], "outputs": result, "concurrency_limit": 2, **QUIET}
    go.click(check, **asked)
    file.upload(opened, file, [text, source, result], **QUIET).success(check, **asked)
    return result


def _checked(service: Service, text: str, day: str, path: str | None) -> str:
    if not text.strip():
        raise UsageError("请先粘贴要核验的文字，或者打开一个文件。")
    if len(text) > MOST:
        raise UsageError(f"文字有 {len(text)} 个字，超过 {MOST} 个字的上限，请分几次核验。")
    findings = service.check(text, read_date(day))
    file = Path(path) if path and as_written(Path(path)) == text else None  # edited since: a copy of the file would not fit
    return view_check.checked(text, findings, marked_copy(text, findings, file))


def _failure(error: Exception) -> str:
    return f'<p class="failure" role="alert">{escape(told(error))}</p>'
