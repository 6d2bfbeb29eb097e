"""What happens on the page 讲堂: an outline asked for and edited, a lecture built, kept, taken, renewed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import gradio as gr

from assistant.documents import lecture_edit
from assistant.documents.pdf import program
from assistant.documents.template import opened
from assistant.domain.lecture import Outline
from assistant.errors import UsageError
from assistant.ingest.as_written import as_written
from assistant.lecturing import Lecturing, file_name, plain
from assistant.store.repository import Repository
from assistant.web import view_lecture, view_lecture_slides
from assistant.web.browser import Browser
from assistant.web.desk import told
from assistant.web.lecture_kept import KeptLectures
from assistant.web.lecture_state import Held, Shown, asked_of
from assistant.web.lecture_work import Stop, T, Tell, working
from assistant.web.state import Service
from assistant.web.view_talks import download
from assistant.web.work import Work


class LectureDesk:
    """The events. It holds what all browsers share, and nothing of any one of them."""

    def __init__(self, service: Service, repository: Repository) -> None:
        self._service, self._kept = service, KeptLectures(repository)

    @property
    def _lecturing(self) -> Lecturing:
        return self._service.lecturing

    def show(self, held: Held, stored: object, failure: str = "") -> Shown:
        """Where this browser stands."""
        try:
            if held.lecture:
                page = self._built(held, failure)
            elif held.outline:
                others = lecture_edit.alternatives(held.outline, self._lecturing.shelves)
                page = view_lecture.outline(held.outline, others, held.template_name, failure)
            else:
                page = view_lecture.form(self._lecturing.topics, held.asked, failure)
            return Shown(held, page, self._kept.side(held, stored, self._lecturing), gr.skip(), None)
        except Exception as error:  # noqa: BLE001  the page is an edge
            return Shown(held, view_lecture.stuck(told(error)), "", gr.skip(), None)

    def _built(self, held: Held, failure: str) -> str:
        assert held.lecture is not None
        return view_lecture_slides.lecture(
            held.lecture,
            f"已保存，第 {held.version} 版" if held.version else "没有保存",
            held.key,
            self._lecturing.stale(held.lecture),
            failure or held.unsaved,
            pdf=bool(program()),
            model=self._service.drafting.on,
            unsaved=bool(held.unsaved),
        )

    def act(self, name: str, held: Held, stored: object, data: Mapping[str, str]) -> Shown:
        """One of the quick events, by its name; a failure leaves everything as it was."""
        try:
            return self.show(getattr(self, f"_{name}")(held, Browser.read(stored).owner, data), stored)
        except Exception as error:  # noqa: BLE001  the page is an edge
            return self.show(replace(held, asked=asked_of(data)) if name == "plan" else held, stored, told(error))

    def _plan(self, held: Held, owner: str, data: Mapping[str, str]) -> Held:
        asked = asked_of(data)
        outline = self._lecturing.outline(asked.topic, asked.audience, asked.minutes, asked.style)
        return Held(asked, outline, template=held.template, template_name=held.template_name, query=held.query)

    def _restart(self, held: Held, owner: str, data: Mapping[str, str]) -> Held:
        return Held(held.asked, query=held.query)

    def _again(self, held: Held, owner: str, data: Mapping[str, str]) -> Held:
        return replace(held, lecture=None, outline=held.lecture.outline if held.lecture else held.outline)

    def _up(self, held: Held, owner: str, data: Mapping[str, str]) -> Held:
        return self._edited(held, data, lambda outline: lecture_edit.move(outline, data.get("key", ""), -1))

    def _down(self, held: Held, owner: str, data: Mapping[str, str]) -> Held:
        return self._edited(held, data, lambda outline: lecture_edit.move(outline, data.get("key", ""), 1))

    def _leave(self, held: Held, owner: str, data: Mapping[str, str]) -> Held:
        return self._edited(held, data, lambda outline: lecture_edit.drop(outline, data.get("key", "")))

    def _swap(self, held: Held, owner: str, data: Mapping[str, str]) -> Held:
        key = data.get("key", "")
        case = data.get(f"case-{key}", "")
        if not case:
            raise UsageError("请先在左边的列表里选一个案例，再按“换”。")
        return self._edited(held, data, lambda outline: lecture_edit.swap(outline, key, case, self._lecturing.shelves))

    def _plain(self, held: Held, owner: str, data: Mapping[str, str]) -> Held:
        return replace(held, template=b"", template_name="")

    def _edited(self, held: Held, data: Mapping[str, str], edit: Callable[[Outline], Outline]) -> Held:
        if held.outline is None:
            raise UsageError("还没有提纲，请先选主题。")
        title = plain(str(data.get("title", held.outline.name)))
        outline = lecture_edit.retitle(held.outline, title) if title != held.outline.name else held.outline
        return replace(held, outline=edit(outline))

    def name(self, held: Held, data: Mapping[str, str]) -> Held:
        """The name as it is typed, so that a file taken in meanwhile does not cost it; one that is too long is told when it is built."""
        try:
            return self._edited(held, data, lambda outline: outline)
        except UsageError:
            return held

    def _find(self, held: Held, owner: str, data: Mapping[str, str]) -> Held:
        return replace(held, query=str(data.get("query", ""))[:80])

    def _unroll(self, held: Held, owner: str, data: Mapping[str, str]) -> Held:
        return self._kept.opened(held, owner, data.get("id", ""))

    def _erase(self, held: Held, owner: str, data: Mapping[str, str]) -> Held:
        return self._kept.erase(held, owner, data.get("id", ""))

    def _keep(self, held: Held, owner: str, data: Mapping[str, str]) -> Held:
        if held.lecture is None:
            raise UsageError("还没有生成讲课，请先生成再保存。")
        return self._kept.keep(held, owner)

    def own(self, held: Held, stored: object, path: str) -> Shown:
        """A file of the trainer's own is added to the outline."""
        file = Path(path)
        try:
            if held.outline is None:
                raise UsageError("还没有提纲，请先选主题、写提纲，再加自己的材料。")
            rows = [(line, "") for line in as_written(file).split("\n") if line.strip()]
            return self.show(replace(held, outline=lecture_edit.add_own(held.outline, rows, file.name)), stored)
        except Exception as error:  # noqa: BLE001  the page is an edge
            return self.show(held, stored, told(error))
        finally:
            file.unlink(missing_ok=True)

    def skin(self, held: Held, stored: object, path: str) -> Shown:
        """A PowerPoint template of the trainer's own."""
        file = Path(path)
        try:
            opened(file)
            return self.show(replace(held, template=file.read_bytes(), template_name=file.name[:60]), stored)
        except Exception as error:  # noqa: BLE001  the page is an edge
            return self.show(held, stored, told(error))
        finally:
            file.unlink(missing_ok=True)

    def make(self, held: Held, stored: object, data: Mapping[str, str]) -> Iterator[Shown]:
        """The lecture is built and kept."""

        def job(tell: Tell, cancelled: Stop) -> Held:
            ready = self._edited(held, data, lambda outline: outline)
            assert ready.outline is not None
            built = self._lecturing.build(ready.outline, None, tell, cancelled)
            return self._kept.keep(replace(ready, lecture=built), Browser.read(stored).owner)

        return self._working(held, stored, job, lambda done: self.show(done, stored))

    def renew(self, held: Held, stored: object, data: Mapping[str, str]) -> Iterator[Shown]:
        """A kept lecture is built anew from the library as it is; the former version stays."""

        def job(tell: Tell, cancelled: Stop) -> Held:
            owner = Browser.read(stored).owner
            former = self._kept.opened(held, owner, data.get("id", ""))
            assert former.lecture is not None
            lecture = self._lecturing.rebuild(former.lecture, None, tell, cancelled)
            return self._kept.keep(replace(former, lecture=lecture, outline=lecture.outline), owner)

        return self._working(held, stored, job, lambda done: self.show(done, stored))

    def smooth(self, held: Held, stored: object, data: Mapping[str, str]) -> Iterator[Shown]:
        """The notes are smoothed by the model and kept as the next version; where it fails, all stays as it was."""

        def job(tell: Tell, cancelled: Stop) -> Held:
            if held.lecture is None:
                raise UsageError("还没有生成讲课，请先生成再顺讲稿。")
            lecture = self._lecturing.smooth(held.lecture, self._service.drafting, tell, cancelled)
            return self._kept.keep(replace(held, lecture=lecture), Browser.read(stored).owner)

        return self._working(held, stored, job, lambda done: self.show(done, stored))

    def take(self, held: Held, stored: object, data: Mapping[str, str]) -> Iterator[Shown]:
        """One of its files is made, which the page's script takes."""
        kind = data.get("kind", "")

        def job(tell: Tell, cancelled: Stop) -> str:
            if held.lecture is None:
                raise UsageError("还没有生成讲课，请先生成再下载。")
            with TemporaryDirectory() as folder:
                template = Path(folder) / (Path(held.template_name).name or "模板.pptx") if held.template else None
                if template:
                    template.write_bytes(held.template)
                content = self._lecturing.file(held.lecture, kind, template, tell, cancelled)
            name = Path(file_name(held.lecture, kind))
            return download(name.stem, name.suffix.lstrip("."), content, uuid4().hex)

        return self._working(held, stored, job, lambda made: self.show(held, stored)._replace(made=made))

    def stop(self, running: Work[Any] | None) -> None:
        """停止: the job gives up."""
        if running:
            running.stop()

    def _working(self, held: Held, stored: object, job: Callable[[Tell, Stop], T], done: Callable[[T], Shown]) -> Iterator[Shown]:
        return working(job, done, lambda sentence: self.show(held, stored, sentence))
