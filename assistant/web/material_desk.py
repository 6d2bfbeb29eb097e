"""What happens to a reader's own files: added, shown, removed. Values in, values out; no component is named here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import gradio as gr

from assistant.domain.material import Material
from assistant.errors import AnHengError, Cancelled
from assistant.materials import Materials
from assistant.store.repository import Repository
from assistant.web import view, view_material
from assistant.web.browser import Browser
from assistant.web.desk import told
from assistant.web.state import Talk
from assistant.web.work import Work

_TICK = 0.3
"""Seconds between looks at a file at work."""


class Added(NamedTuple):
    """What adding files changes on the page while it goes on."""

    talk: Any = gr.skip()
    browser: Any = gr.skip()
    attaching_html: Any = gr.skip()
    attaching: Any = gr.skip()
    notice: Any = gr.skip()


@dataclass(frozen=True)
class MaterialDesk:
    """The events. It holds what all browsers share, and nothing of any one of them."""

    materials: Materials
    repository: Repository
    history: Callable[[Browser, str], str]
    """The list of past conversations, as the desk shows it."""

    def attach(self, files: Sequence[str] | None, talk: Talk, stored: object) -> Iterator[Added]:
        """Files into the open conversation, one after the other; one that cannot be read says why, and the others go on."""
        paths, owner = [Path(file) for file in files or ()], Browser.read(stored).owner
        failures: list[str] = []
        attaching = None
        try:
            conversation = talk.conversation or (self.repository.start(owner, f"材料：{paths[0].name}"[:40]) if paths else "")
            yield Added(replace(talk, conversation=conversation), Browser.read(stored).with_open(conversation))
            for path in paths:
                attaching = Work(partial(self.materials.attach, owner, conversation, path, path.name))
                try:
                    yield from self._watched(attaching, path.name)
                except Cancelled:
                    failures.append("已取消，没有保留读到一半的文件。")
                    break
                except AnHengError as error:
                    failures.append(str(error))
        except Exception as error:  # noqa: BLE001  the page is an edge
            failures.append(told(error))
        finally:
            if attaching:
                attaching.stop()
            for path in paths:
                _forget_upload(path)
        yield Added(attaching_html="", attaching=None, notice=view.notice("\n".join(failures), uuid4().hex))

    def _watched(self, attaching: Work[Material], name: str) -> Iterator[Added]:
        shown = ""
        while not attaching.wait(_TICK):
            html = view_material.progress(name, *attaching.step)
            yield Added(attaching_html=html if html != shown else gr.skip(), attaching=attaching)
            shown = html

    def settle(self, talk: Talk, stored: object) -> tuple[Any, Any, str]:
        """After files were added: a conversation that came to nothing goes; talk, history and the list of files."""
        browser = Browser.read(stored)
        with suppress(AnHengError):
            if talk.conversation and not talk.exchanges and not self.materials.of(browser.owner, talk.conversation):
                self.repository.delete(browser.owner, talk.conversation)
                self.materials.forget(talk.conversation)
                talk = Talk()
        return talk, self.history(browser, talk.conversation), self.listed(talk, stored)

    def listed(self, talk: Talk, stored: object) -> str:
        """The files of the open conversation."""
        try:
            return view_material.listed(self.materials.of(Browser.read(stored).owner, talk.conversation))
        except AnHengError:
            return ""

    def detach(self, talk: Talk, stored: object, data: dict[str, str]) -> tuple[str, str]:
        """Remove a file for good; the list and a notice."""
        try:
            self.materials.remove(Browser.read(stored).owner, talk.conversation, data.get("id", ""))
            notice = "已移除，文件已删除。"
        except AnHengError as error:
            notice = str(error)
        return self.listed(talk, stored), view.notice(notice, uuid4().hex)

    def stop(self, attaching: Work[Material] | None) -> None:
        """取消."""
        if attaching:
            attaching.stop()


def _forget_upload(path: Path) -> None:
    """Delete what the upload left in the temporary folder, which others' files share."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
        path.parent.rmdir()
