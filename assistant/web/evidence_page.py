"""证据: choose an offence, drop the case's list of materials, see what is missing; deadlines beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import gradio as gr

from assistant.web.evidence_desk import CaseEvidence, EvidenceDesk, Shown
from assistant.web.markup import QUIET, html

TYPES = [".docx", ".xlsx", ".csv", ".txt", ".md", ".pdf"]
_EVENTS = "choose tick strike"


class EvidenceParts(NamedTuple):
    """What the site places and wires further: both have ``read`` events; the deadlines are not rendered yet."""

    result: gr.HTML
    dates: gr.HTML


def build(site: gr.Blocks, desk: EvidenceDesk) -> EvidenceParts:
    """Lay out the page and wire it."""
    with gr.Column(elem_id="evidence"):
        text = gr.Textbox(
            label="材料清单",
            placeholder="把案件的材料清单拖到这里，或者粘贴（一行一份）……",
            lines=3,
            max_lines=5,
            container=False,
            elem_id="evidence-text",
        )
        with gr.Row(elem_id="evidence-controls"):
            file = gr.UploadButton("打开清单文件", file_count="multiple", file_types=TYPES, elem_id="evidence-file")
            go = gr.Button("对照", elem_id="evidence-go")
        result = html(f"read wipe word {_EVENTS}", elem_id="evidence-result")
    dates = html("read count", elem_id="evidence-dates", render=False)
    made = html(elem_id="evidence-made", padding=False)
    case = gr.State(CaseEvidence())
    shown = [case, result]

    def on(event: Callable[..., Any], act: Callable[[CaseEvidence, Mapping[str, str]], Shown]) -> None:
        def acted(case: CaseEvidence, event: gr.EventData) -> Shown:
            return act(case, dict(event._data))

        event(acted, case, shown, **QUIET)

    for name in _EVENTS.split():
        on(getattr(result, name), getattr(desk, name))
    result.wipe(desk.wipe, case, shown, **QUIET)
    result.word(desk.word, case, made, **QUIET)
    file.upload(desk.files, [case, file], shown, concurrency_limit=2, **QUIET)
    go.click(desk.paste, [case, text], shown, **QUIET)

    def counted(event: gr.EventData) -> str:
        return desk.count(dict(event._data))

    dates.count(counted, None, dates, **QUIET)
    site.load(desk.show, case, shown, **QUIET)
    site.load(lambda: desk.count({}), None, dates, **QUIET)
    return EvidenceParts(result, dates)
