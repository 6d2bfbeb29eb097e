"""线索: drop tables, confirm what they are, see which rows point to cases. Nothing is kept unless the reader saves it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import gradio as gr

from assistant.web.leads_desk import Leads, LeadsDesk, Shown
from assistant.web.markup import QUIET, html
from assistant.web.state import Service
from assistant.web.work import Work

_KEPT = 3600
"""Seconds after which tables of a browser that has gone are let go."""
_PLANS = "choose role"
_TO_TOP = """
element.addEventListener('click', (event) => { /* what comes of it begins at the top */
  if (event.target.closest('[data-act=screen]')) element.closest('#leads').scrollTop = 0;
});
"""


class LeadsParts(NamedTuple):
    """What the site places and wires further: both have ``read`` events; the side is not rendered yet."""

    result: gr.HTML
    side: gr.HTML


def build(site: gr.Blocks, service: Service) -> LeadsParts:
    """Lay out the page and wire it."""
    desk = LeadsDesk(service)
    with gr.Column(elem_id="leads"):
        with gr.Row(elem_id="leads-controls"):
            file = gr.UploadButton(
                "打开表格", file_count="multiple", file_types=[".csv", ".xlsx", ".tsv", ".xlsm", ".xls"], elem_id="leads-file"
            )
            html(
                value='<p class="faint">把表格拖到这里，可以几个一起。数据不出本机，不保存；离开页面就没有了。</p>',
                elem_id="leads-hint",
            )
            stop = gr.Button("停止", elem_id="leads-stop")
        result = html(f"read screen wipe save {_PLANS}", _TO_TOP, elem_id="leads-result")
    side = html("read", elem_id="leads-side", render=False)
    made = html(elem_id="leads-made", padding=False)
    case, work = gr.State(Leads(), time_to_live=_KEPT), gr.State(None)
    shown = [case, result, side, work]
    slow: dict[str, Any] = {"concurrency_limit": 2, "concurrency_id": "leads", **QUIET}

    def acting(act: Callable[[Leads, dict[str, str]], Any]) -> Callable[..., Any]:
        def acted(case: Leads, event: gr.EventData) -> Any:
            return act(case, dict(event._data))

        return acted

    def screening(case: Leads, event: gr.EventData) -> Any:
        yield from desk.screen(case, dict(event._data))

    def give_up(job: Work[Leads] | None) -> None:
        if job:
            job.stop()

    def again(case: Leads) -> Shown:
        return desk.show(case)

    file.upload(desk.open, [case, file], shown, **slow)
    result.screen(screening, case, shown, **slow)
    for name in _PLANS.split():
        getattr(result, name)(acting(getattr(desk, name)), case, shown, **QUIET)
    result.wipe(desk.wipe, None, shown, **QUIET)
    result.save(desk.save, case, made, **QUIET)
    stop.click(give_up, work, None, queue=False, **QUIET)
    site.load(again, case, shown, **QUIET)
    return LeadsParts(result, side)
