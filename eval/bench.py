"""``make bench``: how fast and how large, as a table with the ratio to what the house is built for. Figures, not tests."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from assistant.documents.paper_word import to_word
from assistant.errors import NotFitting
from assistant.services import Services
from assistant.settings import Settings
from eval import drafting, ledger, race, reading, screened, selfcheck, teaching, weight
from eval.case import HERE, load_cases
from eval.citations import CASES, load
from eval.figures import Figure
from eval.queries import OFFICIAL, SHARED

CHECKED = 10_000, 50
"""Characters and references of the draft whose citations are checked."""
STORY = "事故发生当天，班组在没有办理作业票的情况下进入现场，值班人员没有离开岗位，也没有人监护。" * 3
CASE = (
    "2023年5月12日，某厂车间主任韩某明知除尘系统存在重大事故隐患，仍安排工人进罐清灰，发生爆燃，造成1人死亡，负主要责任。韩某自首，"
    "公司已全部赔偿，取得谅解，认罪认罚，没有前科。"
)
ASK = ("-m", "assistant.cli", "ask", "重大责任事故罪死亡三人怎么判？")


def main() -> int:
    """Everything that can be measured here; what cannot is said."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "builtin"
        for figure in chain(
            _builtin(home),
            reading.figures(Path(folder)),
            screened.figures(Path(folder)),
            selfcheck.figures(Path(folder)),
            ledger.figures(Path(folder)),
            teaching.figures(Path(folder)),
        ):
            _tell(str(figure))
        if all((SHARED / name).exists() for name in OFFICIAL):
            full = Path(folder) / "full"
            for figure in chain(_measured_apart(full), weight.figures(full)):
                _tell(str(figure))
            _tell("\n" + race.race(full))
        else:
            _tell("  没有官方文本（../shared），略去：导入与建索引、导入后的热态问答、内存、检索本身、与常见做法的比较。")
    return 0


def _builtin(home: Path) -> Iterator[Figure]:
    yield Figure("第一次提问（新目录，含建索引），内置知识库", _seconds(home, *ASK), 15, "秒")
    yield Figure("冷启动 anheng ask，内置知识库（三次的中位数）", sorted(_seconds(home, *ASK) for _ in range(3))[1], 4, "秒")
    yield Figure("网页就绪", _page_ready(home), 10, "秒")
    services = Services(Settings(home=home))
    yield from _warm(services, "内置知识库")
    yield _paper(services)
    yield from drafting.figures(home)


def _seconds(home: Path, *command: str) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, *command], env=_environment(home), stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def _page_ready(home: Path) -> float:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.perf_counter()
    command = [sys.executable, "-m", "assistant.cli", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=_environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while server.poll() is None and time.perf_counter() - started < 120:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                    page.read()
                return time.perf_counter() - started
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("网页没有起来")
    finally:
        server.terminate()
        server.wait()


def _measured_apart(home: Path) -> list[Figure]:
    """The large library in a process of its own, so that its peak of memory is its own."""
    script = f"from eval.bench import large; large({str(home)!r})"
    run = subprocess.run([sys.executable, "-c", script], env=_environment(home), capture_output=True, text=True, cwd=HERE.parent)
    if run.returncode:
        raise RuntimeError(run.stderr)
    return [Figure(**row) for row in json.loads(run.stdout.splitlines()[-1])]


def large(home: str) -> None:
    """Import and index everything, then ask; the figures as one line of JSON."""
    services = Services(Settings(home=Path(home)))
    started = time.perf_counter()
    report = services.import_paths([SHARED / name for name in OFFICIAL])
    figures = [
        Figure(f"导入并建索引：{report.files}个文件、{services.about()['articles']}条", time.perf_counter() - started, 90, "秒")
    ]
    figures += [
        *_warm(services, "已导入官方文本"),
        _checked(services),
        Figure("内存峰值（导入、索引、问答）", weight.peak_mb(), 1536, "MB"),
    ]
    sys.stdout.write(json.dumps([vars(figure) for figure in figures], ensure_ascii=False) + "\n")


def _warm(services: Services, name: str) -> Iterator[Figure]:
    cases = load_cases(HERE / "cases" / "questions.json")
    services.ask(cases[0].turns[0])
    times = []
    for case in cases:
        started = time.perf_counter()
        services.ask(case.turns[0])
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    yield Figure(f"热态问答中位数，{name}，{len(times)}问", times[len(times) // 2], 80, "毫秒")
    yield Figure(f"热态问答 p95，{name}", times[int(len(times) * 0.95)], 200, "毫秒")


def _paper(services: Services) -> Figure:
    """The slowest of all papers of a told case, from its words to the Word file."""
    times = []
    for kind in services.papers.templates:
        started = time.perf_counter()
        try:
            to_word(services.papers.write(kind, services.assessing.told(CASE)))
        except NotFitting:
            continue
        times.append(time.perf_counter() - started)
    return Figure(f"文书（{len(times)}种里最慢的一种，从案情到Word）", max(times), 2, "秒")


def _checked(services: Services) -> Figure:
    """引用核验 of a draft as long as a long opinion: right and wrong references among what happened."""
    cases = [case for case in load(CASES, services.law) if case.refs]
    text, held = "", 0
    for case in cases[:: len(cases) // CHECKED[1]]:
        if held < CHECKED[1]:
            text, held = f"{text}{case.text}\n{STORY}\n", held + len(case.refs)
    text = (text + f"{STORY}\n" * (CHECKED[0] // len(STORY)))[: CHECKED[0]]
    services.check(text[:500])
    started = time.perf_counter()
    count = len(services.check(text))
    return Figure(f"引用核验，{len(text)}字、{count}处引用", time.perf_counter() - started, 1, "秒")


def _environment(home: Path) -> dict[str, str]:
    return os.environ | {"ANHENG_HOME": str(home), "PYTHONPATH": str(HERE.parent)}


def _tell(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
