"""How long the 台账 takes with 50,000 rows: taking them in, filtering, writing them out, checking the chain."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from assistant.domain.ledger import Filter, Gap, Level, State
from assistant.services import Services
from assistant.settings import Settings
from eval.figures import Figure

ROWS = 50_000
_FILTERS = {
    "不筛": Filter(),
    "逾期": Filter(state="逾期"),
    "某月": Filter(month="2026-03"),
    "某人": Filter(person="责任人7"),
    "查字": Filter(words="第77"),
    "重复": Filter(repeated=True),
}


def figures(folder: Path) -> Iterator[Figure]:
    """Seconds and milliseconds, each of a whole step as the page takes it."""
    services = Services(Settings(home=folder / "ledger"))
    ledger, tables = services.ledger, services.ledger_tables
    yield Figure(f"台账：登记 {ROWS // 10_000} 万行", _seconds(lambda: ledger.add("o", "大厂", list(_gaps()))), 60, "秒")

    def look(wanted: Filter) -> None:
        ledger.rows("o", wanted, 31)
        ledger.tally("o", wanted)

    slowest = max(_FILTERS, key=lambda name: _seconds(lambda: look(_FILTERS[name])))
    spent = sorted(_seconds(lambda: look(_FILTERS[slowest])) for _ in range(3))[1]
    yield Figure(f"　　筛选并计数，{len(_FILTERS)} 种里最慢的（{slowest}）", spent * 1000, 300, "毫秒")
    yield Figure("　　导出 Excel（带图）", _seconds(lambda: tables.export("o", Filter(), folder / "ledger.xlsx")), 20, "秒")
    yield Figure("　　校验整条链和每一行", _seconds(lambda: ledger.verify("o")), 20, "秒")
    ledger.repository.close()


def _gaps() -> Iterator[Gap]:
    day, levels, states = timedelta(days=1), [*Level], [*State]
    for number in range(ROWS):
        yield Gap(
            f"tip.{number % 40_000}",
            f"第{number}处灭火器压力不足，超过检修日期，没有更换记录",
            levels[number % 3],
            duty="灭火器应当保持完好有效，按规定检修",
            cites=("消防法#16/1/2",),
            liability=("责令改正，处五千元以上五万元以下罚款",),
            measure="更换并登记",
            post=f"岗位{number % 40}",
            person=f"责任人{number % 97}",
            deadline=date(2026, 1, 1) + number % 400 * day,
            found=date(2025, 1, 1) + number % 600 * day,
            state=states[number % 4],
            source="导入",
        )


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
