"""What happens on the part 测验 of 讲堂: a paper drawn, questions answered, the score, files. Nothing here belongs to one browser."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import gradio as gr

from assistant.answer.authorities import Authorities, cards
from assistant.documents.quiz import MOST
from assistant.domain.quiz import QuizItem, QuizKind
from assistant.errors import AnHengError, Cancelled, UsageError
from assistant.web import view_quiz, view_quiz_end
from assistant.web.desk import told
from assistant.web.quiz_state import Asked, Held, Run, Shown, asked_of, kept, resumed, stored_asked
from assistant.web.state import Service
from assistant.web.view_talks import download
from assistant.web.work import Work

_TICK = 0.2
"""Seconds between looks at the work."""
_FILES = {"paper": ("试卷", "docx"), "key": ("答案与解析", "docx"), "excel": ("题库", "excel"), "csv": ("题库", "csv")}
Data = Mapping[str, Any]
Tell = Callable[[str, int, int], None]
Stop = Callable[[], bool]


class QuizDesk:
    """The events. It holds what all browsers share, and nothing of any one of them."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def show(self, held: Held, failure: str = "") -> Shown:
        """Where this browser stands."""
        try:
            page, side = self._columns(held, failure)
        except Exception as error:  # noqa: BLE001  the page is an edge
            page, side = view_quiz.failed(told(error)), ""
        return Shown(held, page, side, gr.skip(), None, kept(held) if held.run else gr.skip())

    def _columns(self, held: Held, failure: str) -> tuple[str, str]:
        run = held.run
        if run is None:
            return view_quiz.form(held.asked, view_quiz.groups(held.topics, self._service.sources), failure), view_quiz.sources(
                Authorities()
            )
        if run.over:
            found = self._cards([run.items[place] for place in run.wrong])
            return view_quiz_end.end(run, held.asked.title, found, failure), view_quiz_end.sheet(run) + view_quiz.sources(found)
        found = self._cards([run.items[run.place]]) if run.seen else Authorities()
        return view_quiz.question(run, held.asked.title, found, failure), view_quiz_end.sheet(run) + view_quiz.sources(found)

    # Quick events

    def act(self, name: str, held: Held, data: Data) -> Shown:
        """One of the quick events, by its name; a failure leaves everything as it was."""
        try:
            shown = self.show(getattr(self, f"_{name}")(held, data))
        except Exception as error:  # noqa: BLE001  the page is an edge
            return self.show(held, told(error))
        return shown if shown.held.run else shown._replace(kept={})

    def _answer(self, held: Held, data: Data) -> Held:
        """An answer; one to a question that has gone by, as from a second click, changes nothing."""
        run = _running(held)
        if run.seen or run.over or str(data.get("turn")) != str(len(run.given)):
            return held
        return replace(held, run=run.answered(_picked(data)))

    def _next(self, held: Held, data: Data) -> Held:
        run = _running(held)
        return replace(held, run=replace(run, seen=False)) if str(data.get("turn")) == str(len(run.given)) else held

    def _finish(self, held: Held, data: Data) -> Held:
        return replace(held, run=replace(_running(held), ended=True, seen=False))

    def _more(self, held: Held, data: Data) -> Held:
        """Back to a quiz that was ended before its last question."""
        return replace(held, run=replace(_running(held), ended=False))

    def _redo(self, held: Held, data: Data) -> Held:
        run = _running(held)
        if not run.wrong:
            raise UsageError("这一套没有错题，可以换一套。")
        return replace(held, run=Run(tuple(run.items[place] for place in run.wrong)))

    def _leave(self, held: Held, data: Data) -> Held:
        return Held(held.asked, held.topics)

    def take(self, held: Held, data: Data) -> str:
        """One of the files of the paper, which the page's script takes; or the sentence why there is none."""
        try:
            if not held.paper:
                raise UsageError("还没有题，请先出题再下载。")
            if data.get("kind") not in _FILES:
                raise UsageError("没有这样的文件，请从给出的四种里选。")
            called, suffix = _FILES[str(data["kind"])]
            quiz, title = self._service.quiz, held.asked.title
            content = (
                quiz.key(held.paper, title)
                if data["kind"] == "key"
                else quiz.file(held.paper, {"docx": ".docx", "excel": ".xlsx", "csv": ".csv"}[suffix], title)
            )
            return download(f"{title}-{called}", suffix, content, uuid4().hex)
        except Exception as error:  # noqa: BLE001  the page is an edge
            return view_quiz.untaken(told(error), uuid4().hex)

    # What may have to wait until the bank is built

    def open(self, held: Held, stored: object, data: Data) -> Iterator[Shown]:
        """The part is turned to: the bank is built, and a quiz that this browser had begun comes back."""
        before = stored if isinstance(stored, dict) and stored.get("run") and held.run is None else None
        asked = stored_asked(before) if before else held.asked

        def job(tell: Tell, cancelled: Stop) -> Shown:
            self._prepare(tell, cancelled)
            ready = replace(held, asked=asked, topics=self._service.quiz.topics)
            return self._resumed(ready, before) if before else self.show(ready)

        yield from self._working(replace(held, asked=asked), job)

    def _resumed(self, ready: Held, stored: Data) -> Shown:
        """What the browser kept; of no use where it does not fit the bank any more."""
        try:
            seed = stored.get("seed")
            seed = seed if isinstance(seed, int) else 0
            paper = self._drawn(ready.asked, seed)
            return self.show(replace(ready, seed=seed, run=resumed(stored, paper), paper=paper))
        except UsageError as error:
            return self.show(ready, str(error))._replace(kept={})

    def draw(self, held: Held, stored: object, data: Data) -> Iterator[Shown]:
        """A paper for what the form says."""
        yield from self._fresh(replace(held, asked=asked_of(data)))

    def fresh(self, held: Held, stored: object, data: Data) -> Iterator[Shown]:
        """换一套: other questions for what was asked."""
        yield from self._fresh(held)

    def _fresh(self, held: Held) -> Iterator[Shown]:
        def job(tell: Tell, cancelled: Stop) -> Shown:
            self._prepare(tell, cancelled)
            seed = secrets.randbelow(2**31)
            paper = self._drawn(held.asked, seed)
            return self.show(Held(held.asked, self._service.quiz.topics, seed, Run(paper), paper))

        yield from self._working(held, job)

    def _prepare(self, tell: Tell, cancelled: Stop) -> None:
        tell("正在从知识库备题", 0, 0)
        self._service.quiz.prepare(tell, cancelled)

    def _drawn(self, asked: Asked, seed: int) -> tuple[QuizItem, ...]:
        if not asked.count.strip().isdecimal() or len(asked.count.strip()) > len(str(MOST)):
            raise UsageError(f"题数请写 1 到 {MOST} 之间的整数。")
        kinds = [QuizKind(kind) for kind in asked.kinds]
        return self._service.quiz.items(int(asked.count), audience=asked.audience, topic=asked.topic, kinds=kinds, seed=seed)

    def _working(self, held: Held, job: Callable[[Tell, Stop], Shown]) -> Iterator[Shown]:
        """Progress while a job runs, then what came of it; a failure leaves everything as it was."""
        work, said = Work(job), ""
        groups = view_quiz.groups(held.topics, self._service.sources)
        try:
            while not work.wait(_TICK) and not work.stopped:
                step = view_quiz.waiting(held.asked, groups, *work.step)
                yield Shown(page=step if step != said else gr.skip(), work=work)
                said = step
            if work.stopped:
                raise Cancelled("已停止。")
            yield work.result
        except AnHengError as error:
            yield self.show(held, str(error))
        except Exception as error:  # noqa: BLE001  the page is an edge
            yield self.show(held, told(error))
        finally:
            work.stop()

    def _cards(self, items: list[QuizItem]) -> Authorities:
        return cards(((item.explanation, item.cites or item.records) for item in items), self._service.sources, date.today())


def _running(held: Held) -> Run:
    if held.run is None:
        raise UsageError("还没有题，请先出题。")
    return held.run


def _picked(data: Data) -> tuple[int, ...]:
    """The options of an event: one that was pressed, or those that are ticked."""
    pressed = [str(data["pick"])] if "pick" in data else [str(key)[5:] for key in data if str(key).startswith("tick-")]
    if not all(one.isdecimal() and len(one) < 3 for one in pressed):
        raise UsageError("这一题没有这样的选项，请从给出的选项里选。")
    return tuple(map(int, pressed))
