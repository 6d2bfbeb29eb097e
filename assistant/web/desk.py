"""What happens on the page: each event of a browser to the values it shows. No component is named here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from typing import Any, NamedTuple
from uuid import uuid4

import gradio as gr

from assistant.answer.render import from_json, to_json
from assistant.domain.answer import Answer
from assistant.domain.material import PREFIX
from assistant.errors import AnHengError, Cancelled, NotFound
from assistant.materials import Materials
from assistant.store.repository import Feedback, Repository, Turn
from assistant.store.talks import Talks
from assistant.web import view, view_material, view_sources, view_talks
from assistant.web.browser import Browser
from assistant.web.glossary import Glossary
from assistant.web.running import Running
from assistant.web.state import Exchange, Service, Talk, read_date, read_on

log = logging.getLogger(__name__)
FAULT = "出了点问题，已记录。"
STOPPED = "已停止。您的问题还在输入框里，可以改一改再问。"
BROKEN = "出了点问题，已记录；您的问题还在输入框里。"
_TICK = 0.5
"""Seconds between looks at a question at work: how soon a closed tab stops it."""


class Shown(NamedTuple):
    """What an event changes on the page; what it does not name stays as it is."""

    question: Any = gr.skip()
    talk: Any = gr.skip()
    talk_html: Any = gr.skip()
    sources_html: Any = gr.skip()
    history_html: Any = gr.skip()
    browser: Any = gr.skip()
    notice: Any = gr.skip()
    running: Any = gr.skip()


@dataclass(frozen=True)
class Desk:
    """The events. It holds what all browsers share, and nothing of any one of them."""

    service: Service
    repository: Repository
    glossary: Glossary
    materials: Materials

    def load(self, stored: object) -> Shown:
        """A page is opened or reloaded: the last conversation comes back.

        On a slow machine a quick reader may have asked already, and has to be able to stop that.
        """
        browser = Browser.read(stored)
        try:
            shown = self._show(self._read(browser.owner, browser.open), browser)
        except AnHengError:
            shown = self._show(Talk(), browser)
        return shown._replace(running=gr.skip())

    def about(self) -> str:
        """The head of the page."""
        try:
            return view.bar(self.service.about())
        except AnHengError:
            log.exception("the library cannot be read")
            return view.bar({"model": "知识库暂时打不开"})

    def agree(self, yes: bool) -> str:
        """A model elsewhere is agreed to, or no longer; the head of the page anew."""
        with suppress(AnHengError):  # the head shows what holds
            self.service.drafting.confirm(yes)
        return self.about()

    def new(self, stored: object) -> Shown:
        """新咨询."""
        return self._show(Talk(), Browser.read(stored))._replace(question="")

    def open(self, stored: object, conversation: str) -> Shown:
        """A past conversation."""
        browser = Browser.read(stored)
        try:
            return self._show(self._read(browser.owner, conversation), browser)
        except AnHengError as error:
            return Shown(notice=_say(str(error)), history_html=self.history(browser, ""))

    def drop(self, stored: object, talk: Talk, conversation: str) -> Shown:
        """Delete a past conversation; the page is emptied if it was the open one."""
        browser = Browser.read(stored)
        try:
            self.repository.delete(browser.owner, conversation)
            self.materials.forget(conversation)
        except AnHengError as error:
            return Shown(notice=_say(str(error)), history_html=self.history(browser, talk.conversation))
        if conversation == talk.conversation:
            return self._show(Talk(), browser)._replace(notice=_say("已删除。"))
        return Shown(notice=_say("已删除。"), history_html=self.history(browser, talk.conversation))

    def ask(self, question: str, on: str, talk: Talk, stored: object) -> Iterator[Shown]:
        """A question, from the box to the answer; the question stays in the box where there is none."""
        if not question.strip():
            yield Shown(notice=_say("请先写下问题。"))
            return
        talk, browser = talk.settled(), Browser.read(stored)
        exchange = Exchange(uuid4().hex, question.strip())
        running = None
        try:
            exchange = Exchange(exchange.id, exchange.question, read_date(on))
            running = self._start(exchange, talk, browser)
            yield Shown(talk_html=view.talk(talk, self.glossary, exchange), running=running, notice="")
            while not running.wait(_TICK):
                news = running.news()
                yield Shown(talk_html=view.talk(talk, self.glossary, exchange, news)) if news else Shown()
            yield self._settle(running, exchange, talk, browser)
        except Exception as error:  # noqa: BLE001  the page is an edge
            yield self._fail(exchange, talk, told(error, asked=True))
        finally:
            if running:
                running.stop()

    def stop(self, running: Running | None) -> None:
        """Esc or 停止: the work on the server stops too."""
        if running:
            running.stop()

    def read(self, talk: Talk, data: dict[str, str], stored: object = None) -> str:
        """Open a source: by its number in an answer, or by its id; of the open conversation's own files too."""
        exchange = talk.find(data.get("turn", ""))
        citations = exchange.answer.citations if exchange and exchange.answer else ()
        cited = next((citation for citation in citations if str(citation.n) == data.get("n")), None)
        source_id, quote = (cited.source_id, cited.quote) if cited else (data.get("source", ""), data.get("quote", ""))
        try:
            if source_id.startswith(PREFIX):
                opened = self.materials.open(Browser.read(stored).owner, talk.conversation, source_id, quote)
                return view_material.reader(opened, uuid4().hex)
            source = self.service.source(source_id, read_on(data, exchange))
        except Exception as error:  # noqa: BLE001  the page is an edge
            return view_sources.unread(told(error), uuid4().hex)
        return view_sources.reader(source, quote, uuid4().hex)

    def find(self, text: str, kind: str | None) -> str:
        """Search the library: what is found, as HTML."""
        try:
            passages = self.service.search(text.strip(), k=20, kind=kind)
            return view_sources.results(self.service.source(passage.source_id) for passage in passages)
        except Exception as error:  # noqa: BLE001  the page is an edge
            return f'<p class="failure" role="alert">{escape(told(error))}</p>'

    def judge(self, stored: object, data: dict[str, str]) -> str:
        """有用 or 有误; returns a notice."""
        verdict = "有误" if data.get("act") == "wrong" else "有用"
        feedback = Feedback(verdict, data.get("sentence", "")[:2000], data.get("note", "")[:2000])
        try:
            self.repository.add_feedback(Browser.read(stored).owner, data.get("turn", ""), feedback)
        except AnHengError as error:
            return _say(str(error))
        return _say("已记下，谢谢。")

    def _start(self, exchange: Exchange, talk: Talk, browser: Browser) -> Running:
        def ask(cancelled: Callable[[], bool], shown: Callable[[Answer], None]) -> Answer:
            shelf = self.materials.shelf(browser.owner, talk.conversation)
            return self.service.ask(
                exchange.question, history=talk.history, on=exchange.on, cancelled=cancelled, shelf=shelf, shown=shown
            )

        return Running(ask)

    def _settle(self, running: Running, exchange: Exchange, talk: Talk, browser: Browser) -> Shown:
        result = running.result()
        if result is None:
            raise Cancelled(STOPPED)
        conversation = talk.conversation or self.repository.start(browser.owner, view.title_of(exchange.question))
        talk = replace(talk, conversation=conversation)
        self._keep(browser.owner, talk, Turn(exchange.id, exchange.question, to_json(result), exchange.on))
        answered = Exchange(exchange.id, exchange.question, exchange.on, result)
        return self._show(talk.then(answered), browser)._replace(question="")

    def _keep(self, owner: str, talk: Talk, turn: Turn) -> None:
        if talk.find(talk.anew):
            Talks(self.repository).put(owner, talk.conversation, turn, talk.anew, later_stay=talk.later_stay)
        else:
            self.repository.add_turn(owner, talk.conversation, turn)

    def _fail(self, exchange: Exchange, talk: Talk, sentence: str) -> Shown:
        failed = talk.then(Exchange(exchange.id, exchange.question, exchange.on, failure=sentence))
        return Shown(talk=failed, talk_html=view.talk(failed, self.glossary), running=None)

    def _read(self, owner: str, conversation: str) -> Talk:
        turns = self.repository.turns(owner, conversation) if conversation else []
        try:
            return Talk(conversation, tuple(Exchange(turn.id, turn.question, turn.on, from_json(turn.answer)) for turn in turns))
        except (KeyError, ValueError) as error:
            raise NotFound("这次咨询是另一个版本的程序保存的，无法显示。") from error

    def _show(self, talk: Talk, browser: Browser) -> Shown:
        return Shown(
            talk=talk,
            talk_html=view.talk(talk, self.glossary),
            sources_html=view_sources.sources(talk, self._cited(talk)),
            history_html=self.history(browser, talk.conversation),
            browser=browser.with_open(talk.conversation),
            running=None,
            notice="",
        )

    def _cited(self, talk: Talk) -> Mapping[str, int]:
        """How often each card's source is cited: one look-up for all; cards are shown without where there is none."""
        try:
            return self.service.cited({citation.source_id for answer in talk.answers for citation in answer.citations})
        except AnHengError:
            log.exception("the index cannot be read")
            return {}

    def history(self, browser: Browser, current: str) -> str:
        """The list of past conversations."""
        try:
            return view_talks.history(self.repository.conversations(browser.owner), current, datetime.now().astimezone())
        except AnHengError as error:
            return f'<p class="failure" role="alert">{escape(str(error))}</p>'


def told(error: Exception, *, asked: bool = False) -> str:
    """The sentence for the reader; what nobody foresaw goes to the log with its trace."""
    if isinstance(error, Cancelled):
        return STOPPED
    if isinstance(error, AnHengError):
        return str(error)
    log.error("the page met an error that nobody foresaw", exc_info=error)
    return BROKEN if asked else FAULT


def _say(sentence: str) -> str:
    return view.notice(sentence, uuid4().hex)
