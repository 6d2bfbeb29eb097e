"""The column of past conversations and the buttons of a turn: their components and which event calls what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import gradio as gr

from assistant.web.desk import Shown
from assistant.web.markup import QUIET, html
from assistant.web.state import Talk
from assistant.web.talks import TalkDesk

TURN_EVENTS = "edit unedit again branch"
"""Events of the buttons of a turn, for the component that holds the turns."""
_PAST_EVENTS = "open drop rename word markdown"


@dataclass(frozen=True)
class Column:
    """The components."""

    query: gr.Textbox
    found: gr.HTML
    history: gr.HTML
    file: gr.HTML
    """A file for the reader, never seen."""


class Page(Protocol):
    """What of the page takes part."""

    @property
    def shown(self) -> list[Any]:
        """In the order of ``Shown``."""

    question: gr.Textbox
    on: gr.Textbox
    new: gr.Button
    talk_html: gr.HTML
    notice: gr.HTML
    talk: gr.State
    browser: gr.BrowserState
    past: Column


def lay_out() -> Column:
    """Inside the column at the left."""
    query = gr.Textbox(label="搜索咨询", placeholder="搜索问过的和答过的", max_lines=1, container=False, elem_id="past-query")
    return Column(
        query, html(_PAST_EVENTS, elem_id="found"), html(_PAST_EVENTS, elem_id="history"), html(elem_id="exported", padding=False)
    )


def wire(page: Page, talks: TalkDesk, asked: list[Any]) -> None:
    """``asked`` are the events that a question may be at work in: they are given up, or their answer would come back over."""
    find = {"fn": talks.find, "inputs": [page.past.query, page.browser], "outputs": page.past.found, **QUIET}
    page.past.query.change(**find, trigger_mode="always_last")
    asked = [*asked, _wire_turns(page, talks)]

    def branched(browser: Any, talk: Talk, event: gr.EventData) -> Shown:
        return talks.branch(browser, talk, str(event._data.get("turn", "")))

    page.talk_html.branch(branched, [page.browser, page.talk], page.shown, cancels=asked, **QUIET)
    page.new.click(talks.desk.new, page.browser, page.shown, cancels=asked, **QUIET)
    for items in (page.past.history, page.past.found):
        _wire_past(page, talks, items, asked, find)


def _wire_turns(page: Page, talks: TalkDesk) -> Any:
    def edited(talk: Talk, event: gr.EventData) -> tuple[Any, ...]:
        return talks.edit(talk, str(event._data.get("turn", "")))

    def again(talk: Talk, browser: Any, box: str, event: gr.EventData) -> Iterator[Shown]:
        yield from talks.again(talk, browser, box, str(event._data.get("turn", "")))

    page.talk_html.edit(edited, page.talk, [*page.shown, page.on], **QUIET)
    page.talk_html.unedit(talks.unedit, page.talk, [*page.shown, page.on], **QUIET)
    inputs = [page.talk, page.browser, page.question]
    return page.talk_html.again(again, inputs, page.shown, concurrency_limit=4, concurrency_id="ask", **QUIET)


def _wire_past(page: Page, talks: TalkDesk, items: gr.HTML, asked: list[Any], find: dict[str, Any]) -> None:
    def opened(browser: Any, event: gr.EventData) -> Shown:
        return talks.desk.open(browser, str(event._data.get("id", "")))

    def dropped(browser: Any, talk: Talk, event: gr.EventData) -> Shown:
        return talks.desk.drop(browser, talk, str(event._data.get("id", "")))

    def renamed(browser: Any, talk: Talk, event: gr.EventData) -> Shown:
        return talks.rename(browser, talk, str(event._data.get("id", "")), str(event._data.get("title", "")))

    items.open(opened, page.browser, page.shown, cancels=asked, **QUIET)
    items.drop(dropped, [page.browser, page.talk], page.shown, **QUIET).then(**find)
    items.rename(renamed, [page.browser, page.talk], page.shown, **QUIET).then(**find)
    for kind, export in (("word", items.word), ("markdown", items.markdown)):

        def exported(browser: Any, event: gr.EventData, kind: str = kind) -> tuple[str, str]:
            return talks.export(browser, str(event._data.get("id", "")), kind)

        export(exported, page.browser, [page.past.file, page.notice], **QUIET)
