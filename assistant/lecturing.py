"""讲堂: outlines, lectures and their files, over one library. Holds nothing of any lecture."""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar
from unicodedata import category

from assistant.answer.match import Matcher
from assistant.answer.sources import Sources
from assistant.documents.lecture import check_minutes, plan
from assistant.documents.lecture_build import Progress, build
from assistant.documents.lecture_fits import check, mended
from assistant.documents.lecture_said import stale
from assistant.documents.lecture_topics import Shelves
from assistant.documents.quiz import Bank
from assistant.domain.lecture import Audience, Lecture, Outline, Stale, Style, Topic
from assistant.errors import UsageError
from assistant.ingest.lectures import Teaching, load_teaching
from assistant.ingest.records import Knowledge

E = TypeVar("E", Audience, Style)
Stop = Callable[[], bool]
FILES = {"slides": ("幻灯片", ".pptx"), "handout": ("讲义", ".docx"), "script": ("讲稿", ".docx"), "pdf": ("幻灯片", ".pdf")}
"""What a lecture can be taken as: name and suffix of the file."""
_TOLD = {
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额用完了",
    errno.EFBIG: "文件超过了允许的大小",
    errno.EACCES: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.ENAMETOOLONG: "名称太长",
}
_NAMED = 180
"""Bytes of a title in the name of a file: systems take 255 for the whole."""


class Smoother(Protocol):
    """The language model of the settings, as far as notes are concerned."""

    def smooth(self, lecture: Lecture, sources: Sources, matcher: Matcher, progress: Progress, cancelled: Stop, /) -> Lecture:
        """The lecture with its notes smoothed as far as they pass the check; raises ``BadModel`` where no model writes."""


class Lecturing:
    """From a topic to slides. Every call sees the library as it is now."""

    def __init__(
        self,
        knowledge: Knowledge,
        folder: Path,
        sources: Callable[[], Sources],
        matcher: Callable[[], Matcher],
        read: Callable[[str], str],
        bank: Callable[[date], Bank],
    ) -> None:
        self._knowledge, self._folder = knowledge, folder
        self._sources, self._matcher, self._read, self._bank = sources, matcher, read, bank

    @cached_property
    def teaching(self) -> Teaching:
        """Topics and audiences."""
        return load_teaching(self._folder, {record.id for record in self._knowledge.records})

    @property
    def shelves(self) -> Shelves:
        """The records as lectures take them."""
        return Shelves(self.teaching, self._sources(), self._matcher(), self._read)

    @property
    def topics(self) -> tuple[Topic, ...]:
        """All that have a name."""
        return self.shelves.topics

    def outline(self, words: str, audience: str | Audience, minutes: str | int, style: str | Style = Style.LAW) -> Outline:
        """An outline to be edited; raises ``UsageError`` for a topic, an audience, a style or a length that is none."""
        shelves, long = self.shelves, _minutes(minutes)
        return plan(
            shelves.choose(plain(words)), _one_of(Audience, audience, "听众"), _one_of(Style, style, "讲法"), long, shelves
        )

    def build(
        self,
        outline: Outline,
        on: date | None = None,
        progress: Progress = lambda what, done, total: None,
        cancelled: Stop = lambda: False,
    ) -> Lecture:
        """The lecture of an outline by the law of a day, today unless another is named.

        Raises ``UsageError`` for an outline that cannot be taught, and ``Cancelled``.
        """
        shelves = self.shelves
        check(outline, shelves)
        return build(outline, shelves, on or date.today(), self._bank, progress, cancelled)

    def stale(self, lecture: Lecture, on: date | None = None) -> list[Stale]:
        """The sources that have changed since the lecture was built."""
        return stale(lecture, self._sources(), on or date.today())

    def rebuild(
        self,
        lecture: Lecture,
        on: date | None = None,
        progress: Progress = lambda what, done, total: None,
        cancelled: Stop = lambda: False,
    ) -> Lecture:
        """The lecture anew from the library as it is; blocks whose record is gone are left out, and the outline says so."""
        return self.build(mended(lecture.outline, self.shelves), on, progress, cancelled)

    def smooth(
        self,
        lecture: Lecture,
        model: Smoother,
        progress: Progress = lambda what, done, total: None,
        cancelled: Stop = lambda: False,
    ) -> Lecture:
        """The lecture with its notes as a model says them, each sentence checked. Raises ``Cancelled``, and what the model raises."""
        return model.smooth(lecture, self._sources(), self._matcher(), progress, cancelled)

    def file(
        self,
        lecture: Lecture,
        kind: str,
        template: Path | None = None,
        progress: Progress = lambda what, done, total: None,
        cancelled: Stop = lambda: False,
    ) -> bytes:
        """One of ``FILES``; raises ``UsageError`` where it cannot be made here."""
        if kind not in FILES:
            raise UsageError(f"没有“{kind[:20]}”这种文件，可以要：{'、'.join(FILES)}。")
        if kind in {"handout", "script"}:
            from assistant.documents import lecture_word

            return lecture_word.handout(lecture) if kind == "handout" else lecture_word.script(lecture)
        from assistant.documents.deck import to_powerpoint

        slides = to_powerpoint(lecture, template, progress, cancelled)
        if kind == "slides":
            return slides
        from assistant.documents.pdf import to_pdf

        progress("正在转成 PDF", 0, 0)
        return to_pdf(slides, ".pptx")


def file_name(lecture: Lecture, kind: str) -> str:
    """没有批准的一次动火-幻灯片.pptx: what no system takes in a name, and emoji, is left out."""
    called, suffix = FILES[kind]
    said = "".join(one if one.isalnum() or one in "-_·（），、。“”《》" else " " for one in lecture.outline.name)
    held = " ".join(said.split()).encode()[:_NAMED].decode(errors="ignore").strip()
    return f"{held or '讲课'}-{called}{suffix}"


def plain(words: str) -> str:
    """Words without what no file can hold: control characters, halves of emoji."""
    return "".join(" " if category(one) in {"Cc", "Cs"} else one for one in words)


def why(error: OSError) -> str:
    """What a system says of a file or a disk, in Chinese where that is usual."""
    return _TOLD.get(error.errno or 0, error.strerror or type(error).__name__)


def _minutes(given: str | int) -> int:
    try:
        minutes = int(str(given).strip().removesuffix("分钟").strip())
    except ValueError:
        raise UsageError(f"讲课时间“{str(given)[:20]}”不是分钟数，请写 15 到 120 之间的整数，例如 45。") from None
    check_minutes(minutes)
    return minutes


def _one_of(kind: type[E], given: str | E, name: str) -> E:
    try:
        return kind(given)
    except ValueError:
        options: Sequence[str] = [one.value for one in kind]
        raise UsageError(f"没有“{str(given)[:20]}”这种{name}，请从这些里选：{'、'.join(options)}。") from None
