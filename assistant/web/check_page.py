"""引用核验: paste a text or drop a file, see which of its legal references hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.documents.checked import marked_copy
from assistant.errors import Cancelled, UsageError
from assistant.ingest.as_written import as_written
from assistant.web import view_check
from assistant.web.desk import told
from assistant.web.markup import QUIET, html
from assistant.web.state import Service, read_date
from assistant.web.work import Work

HINT = (
    '<p class="faint">核对一份文字里的法条引用：名称、条款项、文字、数字、当时是否有效。不用模型，不出本机。'
    "可以粘贴，也可以打开 Word、PDF、Markdown 或纯文本文件。</p>"
)
_TICK = 0.3
"""Seconds between looks at a text at work."""
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
            stop = gr.Button("停止", elem_id="check-stop")
            go = gr.Button("核验", elem_id="check-go")
        result = html("read", value=HINT, elem_id="check-result")
    source, work = gr.State(None), gr.State(None)

    def opened(path: str) -> tuple[Any, Any, str]:
        try:
            return as_written(Path(path)), path, ""
        except Exception as error:  # noqa: BLE001  the page is an edge
            return gr.skip(), None, _failure(error)

    def check(given: str, day: str, path: str | None) -> Iterator[tuple[Any, Any]]:
        job, shown = None, ""
        try:
            job = _begin(service, given, day, path)
            while not job.wait(_TICK) and not job.stopped:
                said = view_check.progress(*job.step)
                yield said if said != shown else gr.skip(), job
                shown = said
            if job.stopped:
                raise Cancelled("已停止核验。")
            yield job.result, None
        except Exception as error:  # noqa: BLE001  the page is an edge
            yield _failure(error), None
        finally:
            if job:
                job.stop()

    def give_up(job: Work[str] | None) -> None:
        if job:
            job.stop()

    asked: dict[str, Any] = {"inputs": [text, on, source], "outputs": [result, work], "concurrency_limit": 2, **QUIET}
    go.click(check, **asked)
    file.upload(opened, file, [text, source, result], **QUIET).success(check, **asked)
    stop.click(give_up, work, None, queue=False, **QUIET)
    return result


def _begin(service: Service, text: str, day: str, path: str | None) -> Work[str]:
    if not text.strip():
        raise UsageError("请先粘贴要核验的文字，或者打开一个文件。")
    if len(text) > MOST:
        raise UsageError(f"文字有 {len(text)} 个字，超过 {MOST} 个字的上限，请分几次核验。")
    on = read_date(day)

    def job(progress: Callable[[str, int, int], None], cancelled: Callable[[], bool]) -> str:
        findings = service.check(text, on, progress, cancelled)
        file = Path(path) if path and as_written(Path(path)) == text else None  # edited since: a copy of it would not fit
        return view_check.checked(text, findings, marked_copy(text, findings, file, cancelled))

    return Work(job)


def _failure(error: Exception) -> str:
    sentence = str(error) if isinstance(error, Cancelled) else told(error)
    return f'<p class="failure" role="alert">{escape(sentence)}</p>'
