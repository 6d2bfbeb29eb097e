"""What happens to conversations on the page, besides asking: found, renamed, exported, asked anew, gone on from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import Any
from uuid import uuid4

import gradio as gr

from assistant.answer.render import from_json
from assistant.documents.transcript import Asked, Transcript, to_markdown
from assistant.documents.transcript_word import to_word
from assistant.errors import AnHengError, NotFound
from assistant.store.lessons import Lessons
from assistant.store.talks import Talks
from assistant.web import view, view_talks
from assistant.web.browser import Browser
from assistant.web.desk import Desk, Shown, told
from assistant.web.state import Talk


@dataclass(frozen=True)
class TalkDesk:
    """The events; like the desk that it adds to, it holds nothing of any one browser."""

    desk: Desk

    @property
    def _talks(self) -> Talks:
        return Talks(self.desk.repository)

    def find(self, query: str, stored: object) -> str:
        """Past conversations that hold the words, as HTML."""
        try:
            return view_talks.found(self._talks.search(Browser.read(stored).owner, query), query)
        except AnHengError as error:
            return f'<p class="failure found" role="alert">{escape(str(error))}</p>'

    def rename(self, stored: object, talk: Talk, conversation: str, title: str) -> Shown:
        """Call a conversation by another name."""
        browser = Browser.read(stored)
        try:
            self._talks.rename(browser.owner, conversation, title)
        except AnHengError as error:
            return Shown(notice=_say(str(error)), history_html=self.desk.history(browser, talk.conversation))
        return Shown(history_html=self.desk.history(browser, talk.conversation))

    def export(self, stored: object, conversation: str, kind: str) -> tuple[str, str]:
        """A conversation as ``word`` or ``markdown``: the file as HTML, and a notice; one of them is empty."""
        try:
            transcript = self._transcript(Browser.read(stored).owner, conversation)
            content = to_word(transcript) if kind == "word" else to_markdown(transcript).encode()
        except Exception as error:  # noqa: BLE001  the page is an edge
            return "", _say(told(error))
        return view_talks.download(transcript.title, kind, content, uuid4().hex), ""

    def edit(self, talk: Talk, exchange_id: str) -> tuple[Any, ...]:
        """改问: the question goes into the box, its date beside it; ``Shown`` and the date."""
        exchange = talk.find(exchange_id)
        if exchange is None:
            return (*Shown(notice=_say("这一问已不在这里，请刷新页面。")), gr.skip())
        anew = talk.asking_anew(exchange_id)
        shown = Shown(question=exchange.question, talk=anew, talk_html=view.talk(anew, self.desk.glossary), notice="")
        return (*shown, exchange.on.isoformat() if exchange.on else "")

    def unedit(self, talk: Talk) -> tuple[Any, ...]:
        """取消: the question stays as it was; ``Shown`` and the date."""
        as_it_was = replace(talk.settled(), anew="", later_stay=False)
        return (*Shown(question="", talk=as_it_was, talk_html=view.talk(as_it_was, self.desk.glossary)), "")

    def again(self, talk: Talk, stored: object, box: str, exchange_id: str) -> Iterator[Shown]:
        """重答: the same question, answered by the library as it stands now; what is written in the box stays there."""
        exchange = talk.find(exchange_id)
        if exchange is None:
            yield Shown(notice=_say("这一问已不在这里，请刷新页面。"))
            return
        on = exchange.on.isoformat() if exchange.on else ""
        for shown in self.desk.ask(exchange.question, on, talk.asking_anew(exchange_id, later_stay=True), stored):
            yield (
                self._given_up(shown, talk) if isinstance(shown.talk, Talk) and shown.talk.anew else shown._replace(question=box)
            )

    def _given_up(self, shown: Shown, talk: Talk) -> Shown:
        """The answer that was there stays; why there is no new one is said in passing."""
        why = shown.talk.exchanges[-1].failure
        return shown._replace(talk=talk, talk_html=view.talk(talk, self.desk.glossary), notice=_say(f"没有重答：{why}"))

    def branch(self, stored: object, talk: Talk, exchange_id: str) -> Shown:
        """从这里另起: a new conversation with the turns up to this one and copies of the files, opened."""
        owner = Browser.read(stored).owner
        try:
            conversation = self._talks.branch(owner, talk.conversation, exchange_id)
            self._talks.repoint(owner, conversation, self.desk.materials.copy(owner, talk.conversation, conversation))
        except AnHengError as error:
            return Shown(notice=_say(str(error)))
        return self.desk.open(stored, conversation)._replace(notice=_say("已另起一个咨询，原来的还在左边。"))

    def opened(self, stored: object, talk: Talk, data: dict[str, str]) -> None:
        """Keep which source of an answer was opened, for ``anheng train --from-feedback``; reading goes on without."""
        exchange = talk.find(data.get("turn", ""))
        citations = exchange.answer.citations if exchange and exchange.answer else ()
        for citation in citations:
            if exchange and str(citation.n) == data.get("n"):
                try:
                    Lessons(self.desk.repository).opened(Browser.read(stored).owner, exchange.id, citation.source_id)
                except AnHengError:
                    return

    def _transcript(self, owner: str, conversation: str) -> Transcript:
        title = self._talks.get(owner, conversation).title
        turns = self.desk.repository.turns(owner, conversation)
        try:
            asked = tuple(Asked(turn.question, from_json(turn.answer), turn.on) for turn in turns)
        except (KeyError, ValueError) as error:
            raise NotFound("这次咨询是另一个版本的程序保存的，无法导出。") from error
        return Transcript(title, asked, date.today())


def _say(sentence: str) -> str:
    return view.notice(sentence, uuid4().hex)
