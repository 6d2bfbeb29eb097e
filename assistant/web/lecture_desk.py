"""What happens on the page 讲堂: an outline asked for and edited, a lecture built, kept, taken, renewed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import gradio as gr

from assistant.documents import lecture_edit
from assistant.documents.lecture_json import from_json, to_json, words
from assistant.documents.pdf import program
from assistant.documents.template import opened
from assistant.domain.lecture import Outline
from assistant.errors import AnHengError, Cancelled, UsageError
from assistant.ingest.as_written import as_written
from assistant.lecturing import FILES, Lecturing
from assistant.store.lectures import Kept, Lectures
from assistant.store.repository import Repository
from assistant.web import view_lecture, view_lecture_slides
from assistant.web.browser import Browser
from assistant.web.desk import told
from assistant.web.lecture_state import Held, Shown, asked_of
from assistant.web.state import Service
from assistant.web.view_lecture import Listed
from assistant.web.view_talks import download
from assistant.web.work import Work

_TICK = 0.2
"""Seconds between looks at the work."""
_LISTED = 20
Tell = Callable[[str, int, int], None]
Stop = Callable[[], bool]


class LectureDesk:
    """The events. It holds what all browsers share, and nothing of any one of them."""

    def __init__(self, service: Service, repository: Repository) -> None:
        self._service, self._lectures = service, Lectures(repository)

    @property
    def _lecturing(self) -> Lecturing:
        return self._service.lecturing

    def show(self, held: Held, stored: object, failure: str = "") -> Shown:
        """Where this browser stands."""
        try:
            if held.lecture:
                saved = f"已保存，第 {held.version} 版" if held.key else "没有保存"
                stale = self._lecturing.stale(held.lecture)
                page = view_lecture_slides.lecture(held.lecture, saved, held.key, stale, failure, pdf=bool(program()))
            elif held.outline:
                others = lecture_edit.alternatives(held.outline, self._lecturing.shelves)
                page = view_lecture.outline(held.outline, others, held.template_name, failure)
            else:
                page = view_lecture.form(self._lecturing.topics, held.asked, failure)
            return Shown(held, page, self._side(held, stored), gr.skip(), None)
        except Exception as error:  # noqa: BLE001  the page is an edge
            return Shown(held, view_lecture.failed(told(error)), "", gr.skip(), None)

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
        title = str(data.get("title", held.outline.name))
        outline = lecture_edit.retitle(held.outline, title) if title != held.outline.name else held.outline
        return replace(held, outline=edit(outline))

    def _find(self, held: Held, owner: str, data: Mapping[str, str]) -> Held:
        return replace(held, query=str(data.get("query", ""))[:80])

    def _unroll(self, held: Held, owner: str, data: Mapping[str, str]) -> Held:
        kept = self._lectures.load(owner, data.get("id", ""))
        lecture = from_json(kept.content)
        return replace(held, lecture=lecture, outline=lecture.outline, key=kept.id, version=kept.version)

    def _erase(self, held: Held, owner: str, data: Mapping[str, str]) -> Held:
        self._lectures.delete(owner, data.get("id", ""))
        return Held(held.asked, query=held.query) if held.key == data.get("id") else held

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
            return self._keep(replace(ready, lecture=self._lecturing.build(ready.outline, None, tell, cancelled)), stored)

        yield from self._working(held, stored, job, lambda done: self.show(done, stored))

    def renew(self, held: Held, stored: object, data: Mapping[str, str]) -> Iterator[Shown]:
        """A kept lecture is built anew from the library as it is; the former version stays."""

        def job(tell: Tell, cancelled: Stop) -> Held:
            kept = self._lectures.load(Browser.read(stored).owner, data.get("id", ""))
            lecture = self._lecturing.rebuild(from_json(kept.content), None, tell)
            return self._keep(replace(held, lecture=lecture, outline=lecture.outline, key=kept.id), stored)

        yield from self._working(held, stored, job, lambda done: self.show(done, stored))

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
            called, suffix = FILES[kind]
            return download(f"{held.lecture.outline.name}-{called}", suffix.lstrip("."), content, uuid4().hex)

        yield from self._working(held, stored, job, lambda made: self.show(held, stored)._replace(made=made))

    def _keep(self, held: Held, stored: object) -> Held:
        """Saved as the next version; a lecture that cannot be saved is shown all the same, and may be taken."""
        assert held.lecture is not None
        key, version = self._lectures.save(
            Browser.read(stored).owner, held.lecture.outline.name, to_json(held.lecture), words(held.lecture), held.key
        )
        return replace(held, key=key, version=version)

    def _side(self, held: Held, stored: object) -> str:
        owner = Browser.read(stored).owner
        listed = [self._listed(kept) for kept in self._lectures.find(owner, held.query, _LISTED)]
        return view_lecture.kept(listed, held.query, datetime.now().astimezone()) + view_lecture_slides.side(held.lecture)

    def _listed(self, kept: Kept) -> Listed:
        try:
            lecture = from_json(kept.content)
        except AnHengError as error:
            return Listed(kept.id, kept.title, "", kept.version, kept.updated, failure=str(error))
        about = f"{lecture.outline.audience.value} · {lecture.outline.minutes} 分钟"
        return Listed(kept.id, kept.title, about, kept.version, kept.updated, tuple(self._lecturing.stale(lecture)))

    def _working(
        self, held: Held, stored: object, job: Callable[[Tell, Stop], Any], done: Callable[[Any], Shown]
    ) -> Iterator[Shown]:
        """Progress while a job runs, then what came of it; a failure leaves everything as it was."""
        work, said = Work(job), ""
        try:
            while not work.wait(_TICK) and not work.stopped:
                step = view_lecture.progress(*work.step)
                yield Shown(page=step if step != said else gr.skip(), work=work)
                said = step
            if work.stopped:
                raise Cancelled("已停止。")
            yield done(work.result)
        except AnHengError as error:
            yield self.show(held, stored, str(error))
        except Exception as error:  # noqa: BLE001  the page is an edge
            yield self.show(held, stored, told(error))
        finally:
            work.stop()
