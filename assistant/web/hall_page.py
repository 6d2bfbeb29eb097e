"""讲堂: its three parts 讲课, 测验 and 演练, and the switch between them, which is the address."""

from __future__ import annotations

from typing import Any, NamedTuple

import gradio as gr

from assistant.store.repository import Repository
from assistant.web import drill_page, lecture_page, quiz_page
from assistant.web.drill_desk import DrillDesk
from assistant.web.lecture_desk import LectureDesk
from assistant.web.markup import html
from assistant.web.quiz_desk import QuizDesk
from assistant.web.state import Service

_PARTS = {"": "讲课", "quiz": "测验", "drill": "演练"}
SWITCH = '<nav class="seg" aria-label="讲堂">' + "".join(
    f'<a href="#lecture{f"/{key}" if key else ""}" data-part="{key}">{name}</a>' for key, name in _PARTS.items()
) + "</nav>"  # fmt: skip


class HallParts(NamedTuple):
    """The parts as they are placed."""

    lecture: lecture_page.LectureParts
    quiz: quiz_page.QuizParts
    drill: drill_page.DrillParts

    @property
    def sides(self) -> tuple[gr.HTML, ...]:
        """For the column at the right; not rendered yet."""
        return self.lecture.side, self.quiz.side, self.drill.side

    @property
    def reading(self) -> tuple[gr.HTML, ...]:
        """Whatever opens sources, by ``read`` events."""
        return self.lecture.page, self.quiz.page, self.drill.page, *self.sides


def lay_out() -> HallParts:
    """The column in the middle."""
    html(value=SWITCH, elem_id="hall")
    return HallParts(lecture_page.lay_out(), quiz_page.lay_out(), drill_page.lay_out())


def wire(site: gr.Blocks, parts: HallParts, service: Service, repository: Repository, browser: Any) -> None:
    """Which event calls what."""
    lecture_page.wire(site, parts.lecture, LectureDesk(service, repository), browser)
    quiz_page.wire(parts.quiz, QuizDesk(service))
    drill_page.wire(parts.drill, DrillDesk(service))
