"""The lectures that a browser keeps: saved in versions, listed with what in them has become old, opened, deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from assistant.documents.lecture_json import from_json, to_json, words
from assistant.errors import AnHengError, NotFound
from assistant.lecturing import Lecturing
from assistant.store.lectures import Kept, Lectures
from assistant.store.repository import Repository
from assistant.web import view_lecture, view_lecture_slides
from assistant.web.browser import Browser
from assistant.web.lecture_state import Held
from assistant.web.view_lecture import Listed

_LISTED = 20


class KeptLectures:
    """What all browsers share, and nothing of any one of them."""

    def __init__(self, repository: Repository) -> None:
        self._lectures = Lectures(repository)

    def keep(self, held: Held, owner: str) -> Held:
        """Saved as the next version; a lecture that cannot be saved is shown all the same, may be taken and saved later."""
        assert held.lecture is not None
        content, said = to_json(held.lecture), words(held.lecture)
        try:
            try:
                key, version = self._lectures.save(owner, held.lecture.outline.name, content, said, held.key)
            except NotFound:  # deleted meanwhile, as in another window
                key, version = self._lectures.save(owner, held.lecture.outline.name, content, said)
        except AnHengError as error:
            return replace(held, version=0, unsaved=f"没有保存：{error}讲课还在这一页上，可以先下载，再按“保存”。")
        return replace(held, key=key, version=version, unsaved="")

    def opened(self, held: Held, owner: str, key: str) -> Held:
        """The latest version of a kept lecture."""
        kept = self._lectures.load(owner, key)
        lecture = from_json(kept.content)
        return replace(held, lecture=lecture, outline=lecture.outline, key=kept.id, version=kept.version, unsaved="")

    def erase(self, held: Held, owner: str, key: str) -> Held:
        """Gone with all versions; the page is emptied where it was the open one."""
        self._lectures.delete(owner, key)
        return Held(held.asked, query=held.query) if held.key == key else held

    def side(self, held: Held, stored: object, lecturing: Lecturing) -> str:
        """The list, and the cards of the lecture that is open; the cards stay where the list cannot be read."""
        try:
            kept = self._lectures.find(Browser.read(stored).owner, held.query, _LISTED)
            listed = [_listed(one, lecturing) for one in kept]
            shown = view_lecture.kept(listed, held.query, datetime.now().astimezone())
        except AnHengError as error:
            shown = view_lecture.failed(str(error))
        return shown + view_lecture_slides.side(held.lecture)


def _listed(kept: Kept, lecturing: Lecturing) -> Listed:
    try:
        lecture = from_json(kept.content)
    except AnHengError as error:
        return Listed(kept.id, kept.title, "", kept.version, kept.updated, failure=str(error))
    about = f"{lecture.outline.audience.value} · {lecture.outline.minutes} 分钟"
    return Listed(kept.id, kept.title, about, kept.version, kept.updated, tuple(lecturing.stale(lecture)))
