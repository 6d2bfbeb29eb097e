"""The reader's own files on the page: the button in the box, the list of files, and which event calls what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.domain.material import Material
from assistant.web.markup import QUIET, html
from assistant.web.material_desk import MaterialDesk
from assistant.web.state import Talk
from assistant.web.work import Work

TYPES = [".pdf", ".docx", ".xlsx", ".csv", ".txt", ".md"]


@dataclass
class MaterialParts:
    """The components."""

    listed: gr.HTML
    attaching_html: gr.HTML
    button: gr.UploadButton
    attaching: gr.State


def lay_out() -> MaterialParts:
    """Called inside the box, below the question; the button is rendered among the others."""
    attaching_html = html("cancel", elem_id="attaching")
    listed = html("read detach", elem_id="materials")
    button = gr.UploadButton("＋ 材料", file_count="multiple", file_types=TYPES, elem_id="attach", render=False)
    return MaterialParts(listed, attaching_html, button, gr.State(None))


def wire(parts: MaterialParts, desk: MaterialDesk, talk: gr.State, browser: Any, history: gr.HTML, notice: gr.HTML) -> None:
    """The list follows the open conversation; reading does not keep anybody from asking."""

    def detached(talk: Talk, browser: Any, event: gr.EventData) -> tuple[str, str]:
        return desk.detach(talk, browser, dict(event._data))

    def stop(attaching: Work[Material] | None) -> None:
        desk.stop(attaching)

    added = parts.button.upload(
        desk.attach,
        [parts.button, talk, browser],
        [talk, browser, parts.attaching_html, parts.attaching, notice],
        concurrency_limit=4,
        concurrency_id="attach",
        **QUIET,
    )
    added.then(desk.settle, [talk, browser], [talk, history, parts.listed], **QUIET)
    parts.attaching_html.cancel(stop, parts.attaching, None, queue=False, **QUIET)
    parts.listed.detach(detached, [talk, browser], [parts.listed, notice], **QUIET)
    talk.change(desk.listed, [talk, browser], parts.listed, **QUIET)
