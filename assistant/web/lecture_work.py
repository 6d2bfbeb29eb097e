"""A job of 讲堂 at work: how far it is, then what came of it; a failure is a sentence and leaves everything as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import gradio as gr

from assistant.errors import AnHengError, Cancelled
from assistant.lecturing import why
from assistant.web import view_lecture
from assistant.web.desk import told
from assistant.web.lecture_state import Shown
from assistant.web.work import Work

T = TypeVar("T")
Tell = Callable[[str, int, int], None]
Stop = Callable[[], bool]
_TICK = 0.2
"""Seconds between looks at the work."""


def working(job: Callable[[Tell, Stop], T], done: Callable[[T], Shown], failed: Callable[[str], Shown]) -> Iterator[Shown]:
    """What is shown of a job from its begin to its end."""
    work, said = Work(job), ""
    try:
        yield Shown(page=view_lecture.progress(*work.step), work=work)
        while not work.wait(_TICK) and not work.stopped:
            step = view_lecture.progress(*work.step)
            yield Shown(page=step if step != said else gr.skip(), work=work)
            said = step
        if work.stopped:
            raise Cancelled("已停止。")
        yield done(work.result)
    except AnHengError as error:
        yield failed(str(error))
    except OSError as error:
        yield failed(f"读写文件失败（{why(error)}），请检查磁盘空间后重试；原来的都还在。")
    except Exception as error:  # noqa: BLE001  the page is an edge
        yield failed(told(error))
    finally:
        work.stop()


def alone(running: Work[object] | None, begin: Callable[[], Iterator[Shown]]) -> Iterator[Shown]:
    """A job, unless one is at work in this window already."""
    if running and running.busy:
        yield Shown(page=view_lecture.progress(*running.step, "这里正在生成，请等它完成，或者先按“停止”。"))
    else:
        yield from begin()
