"""情景演练: a list, then a case step by step with what followed and what the law says, then the whole way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import gradio as gr

from assistant.web import view_drill
from assistant.web.drill_desk import DrillDesk
from assistant.web.drill_state import Held, Shown
from assistant.web.markup import QUIET, html

_KEPT = 6 * 3600
"""Seconds after which what a browser that has gone held is let go."""
_EVENTS = "enter begin decide next again other leave"


class DrillParts(NamedTuple):
    """What the site places and wires further: both have ``read`` events; the side is not rendered yet."""

    page: gr.HTML
    side: gr.HTML


def lay_out() -> DrillParts:
    """The column in the middle."""
    with gr.Column(elem_id="drill"):
        page = html(f"read open {_EVENTS}", value=view_drill.SHUT, elem_id="drill-page")
    return DrillParts(page, html("read", elem_id="drill-side", render=False))


def wire(parts: DrillParts, desk: DrillDesk) -> None:
    """Which event calls what. The way that a browser has gone is kept by itself."""
    held = gr.State(Held(), time_to_live=_KEPT)
    kept = gr.BrowserState(storage_key="anheng-drill", secret="anheng")
    shown = [held, parts.page, parts.side, kept]

    def on(name: str) -> Callable[..., Shown]:
        def acted(held: Held, event: gr.EventData) -> Shown:
            return desk.act(name, held, dict(event._data))

        return acted

    def opened(held: Held, stored: Any) -> Shown:
        return desk.open(held, stored)

    for name in _EVENTS.split():
        getattr(parts.page, name)(on(name), held, shown, **QUIET)
    parts.page.open(opened, [held, kept], shown, **QUIET)
