"""文书: the fact sheet of 宽严研判 at the left, the paper in the middle, its sources at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import gradio as gr

from assistant.web.assess_desk import Case
from assistant.web.markup import QUIET, html
from assistant.web.papers_desk import Held, PapersDesk, Shown

_EVENTS = "choose about right reason"


class PaperParts(NamedTuple):
    """Not rendered: the page of 宽严研判 places the first beside its sheet, the site the others."""

    page: gr.HTML
    side: gr.HTML


def lay_out() -> PaperParts:
    """The columns."""
    page = html(f"word {_EVENTS}", elem_id="papers", render=False)
    return PaperParts(page, html("read", elem_id="papers-side", render=False))


def wire(parts: PaperParts, desk: PapersDesk, case: gr.State, sheet: gr.HTML) -> None:
    """The paper follows ``sheet``, which shows ``case``."""
    held = gr.State(Held())
    made = html(elem_id="papers-made", padding=False)
    shown = [held, parts.page, parts.side]

    def on(event: Callable[..., Any], act: Callable[[Case, Held, Mapping[str, Any]], Shown]) -> None:
        def acted(case: Case, held: Held, event: gr.EventData) -> Shown:
            return act(case, held, dict(event._data))

        event(acted, [case, held], shown, **QUIET)

    for name in _EVENTS.split():
        on(getattr(parts.page, name), getattr(desk, name))
    parts.page.word(desk.word, [case, held], made, **QUIET)
    sheet.change(desk.follow, [case, held], shown, **QUIET)
