"""测验: what is asked for, then a question at a time, then the score; 答题卡 and sources beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import gradio as gr

from assistant.web import view_quiz
from assistant.web.markup import QUIET, html
from assistant.web.quiz_desk import QuizDesk
from assistant.web.quiz_state import Held, Shown
from assistant.web.work import Work

_KEPT = 6 * 3600
"""Seconds after which what a browser that has gone held is let go."""
_QUICK = "answer next finish more redo leave"
_SLOW = "open draw fresh"


class QuizParts(NamedTuple):
    """What the site places and wires further: page and side have ``read`` events; the side is not rendered yet."""

    page: gr.HTML
    side: gr.HTML
    made: gr.HTML
    stop: gr.Button


def lay_out() -> QuizParts:
    """The column in the middle."""
    with gr.Column(elem_id="quiz"):
        page = html(f"read take {_QUICK} {_SLOW}", value=view_quiz.SHUT, elem_id="quiz-page")
        stop = gr.Button("停止", elem_id="quiz-stop")
    side = html("read", elem_id="quiz-side", render=False)
    return QuizParts(page, side, html(elem_id="quiz-made", padding=False), stop)


def wire(parts: QuizParts, desk: QuizDesk) -> None:
    """Which event calls what. What a browser has answered is kept by itself."""
    held, work = gr.State(Held(), time_to_live=_KEPT), gr.State(None)
    kept = gr.BrowserState(storage_key="anheng-quiz", secret="anheng")
    shown = [held, parts.page, parts.side, parts.made, work, kept]

    def quick(name: str) -> Callable[..., Shown]:
        def acted(held: Held, event: gr.EventData) -> Shown:
            return desk.act(name, held, dict(event._data))

        return acted

    def slow(act: Callable[..., Iterator[Shown]]) -> Callable[..., Iterator[Shown]]:
        def acted(held: Held, stored: Any, event: gr.EventData) -> Iterator[Shown]:
            yield from act(held, stored, dict(event._data))

        return acted

    def take(held: Held, event: gr.EventData) -> str:
        return desk.take(held, dict(event._data))

    def give_up(job: Work[Any] | None) -> None:
        if job:
            job.stop()

    for name in _QUICK.split():
        getattr(parts.page, name)(quick(name), held, shown, **QUIET)
    at_work: dict[str, Any] = {"concurrency_limit": 2, "concurrency_id": "quiz", **QUIET}
    for name in _SLOW.split():
        getattr(parts.page, name)(slow(getattr(desk, name)), [held, kept], shown, **at_work)
    parts.page.take(take, held, parts.made, **QUIET)
    parts.stop.click(give_up, work, None, queue=False, **QUIET)
