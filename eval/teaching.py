"""Speed of 讲堂: a lecture of an hour with all its papers, and the bank of questions, each from nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from assistant.services import Services
from assistant.settings import Settings
from eval.figures import Figure

TOPIC, AUDIENCE, MINUTES = "动火作业", "安全管理人员", 60


def figures(folder: Path) -> Iterator[Figure]:
    """The figures, on the built-in library."""
    services = Services(Settings(home=folder / "teaching"))
    services.sources.records()
    started = time.perf_counter()
    lecture = services.lecturing.build(services.lecturing.outline(TOPIC, AUDIENCE, MINUTES))
    for kind in ("slides", "handout", "script"):
        services.lecturing.file(lecture, kind)
    name = f"{MINUTES}分钟的讲课：{len(lecture.slides)}页幻灯片和备注、讲义、讲稿、{len(lecture.questions)}道题，第一次"
    yield Figure(name, time.perf_counter() - started, 10, "秒")
    fresh = Services(Settings(home=folder / "teaching"))
    started = time.perf_counter()
    fresh.quiz.prepare()
    yield Figure(f"题库：{len(fresh.quiz.store.drafts)}题，逐题证明，第一次", time.perf_counter() - started, 5, "秒")
