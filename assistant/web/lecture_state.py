"""What one browser holds on the page 讲堂, and what its events change. All values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import gradio as gr

from assistant.domain.lecture import Lecture, Outline
from assistant.lecturing import plain
from assistant.web.view_lecture import Asked


@dataclass(frozen=True)
class Held:
    """What one browser holds on the page."""

    asked: Asked = Asked()
    outline: Outline | None = None
    lecture: Lecture | None = None
    key: str = ""
    """Id of the kept lecture."""
    version: int = 0
    """Zero where it is not saved as it is."""
    unsaved: str = ""
    """Why it could not be saved."""
    template: bytes = b""
    template_name: str = ""
    query: str = ""


class Shown(NamedTuple):
    """What an event changes."""

    held: Any = gr.skip()
    page: Any = gr.skip()
    side: Any = gr.skip()
    made: Any = gr.skip()
    work: Any = gr.skip()


def asked_of(data: Mapping[str, str]) -> Asked:
    """The form as it was sent."""
    return Asked(*(plain(str(data.get(name, "")))[:200] for name in ("topic", "audience", "minutes", "style")))
