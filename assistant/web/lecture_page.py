"""讲堂: topic, audience, minutes; an outline to edit; slides, handout and script to take; the lectures that were kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import gradio as gr

from assistant.web.lecture_desk import LectureDesk
from assistant.web.lecture_state import Held, Shown
from assistant.web.lecture_work import alone
from assistant.web.markup import QUIET, html
from assistant.web.work import Work

_TYPED = """
element.addEventListener('change', (event) => {
  if (event.target.matches('.outline [name=title]')) trigger('name', {title: event.target.value});
});
"""
"""A name is known to the page as soon as it is typed."""
_KEPT = 6 * 3600
"""Seconds after which what a browser that has gone held is let go."""
OWN = [".docx", ".pdf", ".txt", ".md", ".html"]
_PAGE = "plan restart again up down leave swap plain keep"
_SIDE = "find unroll erase"
_SLOW = "make renew take smooth"


class LectureParts(NamedTuple):
    """What the site places and wires further: both have ``read`` events; the side is not rendered yet."""

    page: gr.HTML
    side: gr.HTML
    made: gr.HTML
    own: gr.UploadButton
    skin: gr.UploadButton
    stop: gr.Button


def lay_out() -> LectureParts:
    """The column in the middle."""
    with gr.Column(elem_id="lecture"):
        with gr.Row(elem_id="lecture-controls"):
            own = gr.UploadButton("加自己的材料", file_types=OWN, elem_id="lecture-own")
            skin = gr.UploadButton("用自己的模板", file_types=[".pptx"], elem_id="lecture-skin")
            stop = gr.Button("停止", elem_id="lecture-stop")
        page = html(f"read name {_PAGE} {_SLOW}", _TYPED, elem_id="lecture-page")
    side = html(f"read renew {_SIDE}", elem_id="lecture-side", render=False)
    return LectureParts(page, side, html(elem_id="lecture-made", padding=False), own, skin, stop)


def wire(site: gr.Blocks, parts: LectureParts, desk: LectureDesk, browser: Any) -> None:
    """Which event calls what."""
    held, work = gr.State(Held(), time_to_live=_KEPT), gr.State(None)
    shown = [held, parts.page, parts.side, parts.made, work]
    given = [held, browser]

    def quick(name: str) -> Callable[..., Shown]:
        def acted(held: Held, browser: Any, event: gr.EventData) -> Shown:
            return desk.act(name, held, browser, dict(event._data))

        return acted

    def slow(act: Callable[..., Iterator[Shown]]) -> Callable[..., Iterator[Shown]]:
        def acted(held: Held, browser: Any, running: Work[Any] | None, event: gr.EventData) -> Iterator[Shown]:
            yield from alone(running, lambda: act(held, browser, dict(event._data)))

        return acted

    def named(held: Held, event: gr.EventData) -> Held:
        return desk.name(held, dict(event._data))

    for part, names in ((parts.page, _PAGE), (parts.side, _SIDE)):
        for name in names.split():
            getattr(part, name)(quick(name), given, shown, **QUIET)
    at_work: dict[str, Any] = {"concurrency_limit": 2, "concurrency_id": "lecture", **QUIET}
    for name in _SLOW.split():
        getattr(parts.page, name)(slow(getattr(desk, name)), [*given, work], shown, **at_work)
    parts.side.renew(slow(desk.renew), [*given, work], shown, **at_work)
    parts.page.name(named, held, held, **QUIET)
    parts.own.upload(desk.own, [*given, parts.own], shown, **QUIET)
    parts.skin.upload(desk.skin, [*given, parts.skin], shown, **QUIET)
    parts.stop.click(desk.stop, work, None, queue=False, **QUIET)
    site.load(desk.show, given, shown, **QUIET)
