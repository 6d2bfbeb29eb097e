"""企业自查: sites and steps at the left, questions and report in the middle, risk matrix and sources at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import gradio as gr

from assistant.web.markup import QUIET, html
from assistant.web.selfcheck_desk import SelfCheckDesk
from assistant.web.selfcheck_show import Held, Shown

_SIDE = "fresh visit goto erase"
_MIDDLE = "join pick begin retick reply jot turn affirm detach seen finish goto enter"
_FILES = "word pdf handbook take"


class SelfCheckParts(NamedTuple):
    """What the site places: the right is not rendered yet; main and right have ``read`` events."""

    side: gr.HTML
    main: gr.HTML
    right: gr.HTML
    file: gr.UploadButton
    made: gr.HTML


def side() -> gr.HTML:
    """The left column; called where it stands."""
    return html(_SIDE, elem_id="selfcheck-side")


def lay_out(side: gr.HTML) -> SelfCheckParts:
    """The middle column; called where it stands."""
    with gr.Column(elem_id="selfcheck"):
        main = html(f"read {_MIDDLE} {_FILES}", elem_id="selfcheck-main")
        file = gr.UploadButton("附照片或文件", file_count="multiple", elem_id="selfcheck-file")
        made = html(elem_id="selfcheck-made", padding=False)
    right = html("read turn goto", elem_id="selfcheck-right", render=False)
    return SelfCheckParts(side, main, right, file, made)


def wire(site: gr.Blocks, parts: SelfCheckParts, desk: SelfCheckDesk, browser: gr.BrowserState) -> None:
    """Events to the desk; ``browser`` tells whose checks these are."""
    held = gr.State(Held())
    shown = [held, parts.main, parts.side, parts.right]

    def on(source: gr.HTML, name: str) -> None:
        act: Callable[..., Shown] = getattr(desk, name)

        def acted(held: Held, stored: Any, event: gr.EventData) -> Shown:
            return act(held, stored, dict(event._data))

        getattr(source, name)(acted, [held, browser], shown, **QUIET)

    for source, names in ((parts.side, _SIDE), (parts.main, _MIDDLE), (parts.right, "turn goto")):
        for name in names.split():
            on(source, name)
    for name in _FILES.split():
        _file(getattr(parts.main, name), getattr(desk.files, name), [held, browser], parts.made)
    parts.file.upload(desk.attach, [held, browser, parts.file], shown, concurrency_limit=2, **QUIET)
    site.load(desk.load, [held, browser], shown, **QUIET)


def _file(event: Callable[..., Any], act: Callable[..., str], inputs: list[Any], made: gr.HTML) -> None:
    """A file for the reader, which the page's script takes."""

    def acted(held: Held, stored: Any, event: gr.EventData) -> str:
        return act(held, stored, dict(event._data))

    event(acted, inputs, made, concurrency_limit=2, concurrency_id="selfcheck", **QUIET)
