"""How fast a self-check steps and its report is written, over the questionnaires that ship."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from assistant.documents.selfcheck_report import to_word
from assistant.domain.selfcheck import Given
from assistant.services import Services
from assistant.settings import Settings
from assistant.web.browser import Browser
from assistant.web.selfcheck_desk import SelfCheckDesk
from assistant.web.selfcheck_show import Held
from eval.figures import Figure

GAPS = 30


def figures(folder: Path) -> Iterator[Figure]:
    """The slowest step of a walk through the longest questionnaire, and a report of thirty gaps."""
    services = Services(Settings(home=folder / "selfcheck"))
    yield _step(services)
    yield _report(services)


def _step(services: Services) -> Figure:
    """Answering a question on the page: kept, and the three columns made anew."""
    checks = services.selfcheck
    longest = max(checks.checklists.values(), key=lambda one: len(one.questions))
    desk, stored = SelfCheckDesk(services, pdf=False), Browser("o" * 24).with_open("")
    opened = checks.begin("o" * 24, "测速的场所", longest.id, longest.features)
    held, times = desk.show(Held(opened.check.id, "ask"), stored).held, []
    while held.at:
        question, started = held.at, time.perf_counter()
        held = desk.reply(held, stored, {"question": question, "reply": "否"}).held
        times.append((time.perf_counter() - started) * 1000)
        if held.at == question:
            held = desk.affirm(held, stored, {"question": question, "yes": "1"}).held
    return Figure(f"自查一步（{len(times)}问里最慢的一步）", max(times), 100, "毫秒")


def _report(services: Services) -> Figure:
    """From answers to the Word file."""
    checks = services.selfcheck
    of = checks.questionnaire("checklist.general", checks.checklist("checklist.general").features)
    gaps = [one.id for one in of.questions if one.tip][:GAPS]
    answers = {one.id: Given(one.id, "否" if one.id in gaps else "是") for one in of.questions}
    for key in gaps:
        for needed, wanted in next(one for one in of.questions if one.id == key).when.items():
            answers[needed] = Given(needed, wanted[0])
    started = time.perf_counter()
    report = checks.once("测速的场所", "checklist.general", checks.checklist("checklist.general").features, answers, date.today())
    to_word(report)
    return Figure(f"自查报告（{len(report.gaps)}项缺口，从回答到Word）", time.perf_counter() - started, 2, "秒")
