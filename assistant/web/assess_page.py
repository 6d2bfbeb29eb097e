"""宽严研判: a case told in words or filled in by hand; what the rules make of it, the sources and what is missing beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import gradio as gr

from assistant.web import view_assess, view_assess_side
from assistant.web.assess_desk import AssessDesk, Case, Shown
from assistant.web.examples import CASES
from assistant.web.markup import QUIET, html
from assistant.web.state import Assessor

_EVENTS = "put join leave pick item"
_CHANGES = """
element.addEventListener('change', (event) => {
  const field = event.target.closest('[data-fact]');
  if (field) trigger('put', {key: field.dataset.fact, person: field.dataset.person, value: field.value});
});
"""
"""A value of the sheet that is changed is the event ``put``."""


class AssessParts(NamedTuple):
    """What the site places and wires further: the column at the right, not rendered; what is known of the case, and its sheet."""

    side: gr.HTML
    case: gr.State
    sheet: gr.HTML


def build(site: gr.Blocks, assessor: Assessor, talk: gr.HTML, beside: gr.HTML) -> AssessParts:
    """Lay out the page but for the column at the right, whose ``read`` events belong to the site.

    ``talk`` sends cases here that were told in a question: its event ``assess``. ``beside`` shares the sheet.
    """
    side = html("read", value=view_assess_side.side(None, view_assess.NONE), elem_id="assess-side", render=False)
    with gr.Row(elem_id="assess"):
        with gr.Column(elem_id="assess-facts"):
            told = gr.Textbox(
                label="案情",
                placeholder="写下案情：时间、经过、后果、责任、事后表现……",
                lines=5,
                max_lines=12,
                container=False,
                elem_id="told",
            )
            with gr.Row(elem_id="assess-controls"):
                examples = [gr.Button(name, elem_classes="example") for name in CASES]
                clear = gr.Button("清空", elem_id="assess-clear")
                go = gr.Button("研判", elem_id="assess-go")
            sheet = html(_EVENTS, elem_id="sheet", more=_CHANGES)
        findings = html("pick", value=view_assess.EMPTY, elem_id="findings")
        beside.render()
    case = gr.State(Case())
    kept = gr.BrowserState(storage_key="anheng-assess", secret="anheng")
    desk = AssessDesk(assessor)
    shown = [told, case, sheet, findings, side, kept]

    def on(event: Callable[..., Any], act: Callable[[Case, Mapping[str, Any]], Shown]) -> None:
        def acted(case: Case, event: gr.EventData) -> Shown:
            return act(case, dict(event._data))

        event(acted, case, shown, **QUIET, concurrency_id="assess-sheet")

    for name in _EVENTS.split():
        on(getattr(sheet, name), getattr(desk, name))
    on(findings.pick, desk.pick)
    telling: dict[str, Any] = {"fn": desk.tell, "inputs": [told, case], "outputs": shown, **QUIET}
    go.click(**telling)
    for example, text in zip(examples, CASES.values(), strict=True):
        example.click(lambda text=text: text, None, told, **QUIET).then(**telling)
    talk.assess(_told, None, told, **QUIET).then(**telling)
    clear.click(desk.clear, None, shown, **QUIET)
    site.load(desk.load, kept, shown, **QUIET)
    return AssessParts(side, case, sheet)


def _told(event: gr.EventData) -> str:
    return str(event._data.get("told", ""))
