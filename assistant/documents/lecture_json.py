"""A lecture as JSON and back, to be kept; and its words, to be searched."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.domain.lecture import Lecture, Outline
from assistant.errors import NotFound, UsageError


def to_json(lecture: Lecture) -> dict[str, Any]:
    """What ``from_json`` reads."""
    written: dict[str, Any] = _adapter(Lecture).dump_python(lecture, mode="json")
    return written


def from_json(written: dict[str, Any]) -> Lecture:
    """The lecture that was kept; raises ``NotFound`` where this version of the program cannot read it."""
    try:
        read: Lecture = _adapter(Lecture).validate_python(written)
    except ValidationError as error:
        raise NotFound("这一讲是别的版本存下的，现在的程序读不了，请按原来的主题重新生成。") from error
    return read


def outline_json(outline: Outline) -> dict[str, Any]:
    """An outline for ``--json``."""
    written: dict[str, Any] = _adapter(Outline).dump_python(outline, mode="json")
    return written


def read_outline(written: Any) -> Outline:
    """The outline that ``outline_json`` wrote, perhaps edited since; raises ``UsageError`` for what is none."""
    try:
        read: Outline = _adapter(Outline).validate_python(written)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise UsageError(
            f"这个文件不是提纲（{where or '整个文件'} 不合规定），请用 anheng lecture 主题 --json 生成一份再改。"
        ) from error
    return read


def words(lecture: Lecture) -> str:
    """Every title and statement, a line each."""
    outline = lecture.outline
    lines = [outline.topic.name, outline.audience.value, outline.style.value]
    lines += [line for slide in lecture.slides for line in (slide.title, *(one.text for one in slide.said))]
    return "\n".join(dict.fromkeys(lines))


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
