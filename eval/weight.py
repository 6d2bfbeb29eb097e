"""What search alone costs: its time on one core, its memory in a process that does nothing else, and the size of its model.

``python -m eval.weight [--home DIR]`` measures a home that has the texts.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.settings import Settings
from eval.case import HERE
from eval.figures import Figure
from eval.measures import quantile
from eval.queries import STARD
from eval.separation import asked

THREADS = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "NUMBA", "RAYON", "VECLIB_MAXIMUM")
"""Whose pools of threads are held to one, on top of the one core where the system can pin a process."""
MEDIAN, P95, MEMORY, SIZE = 40, 90, 700, 40


def figures(home: Path, limit: int | None = None) -> Iterator[Figure]:
    """Lines of the table; the search is measured in a process of its own, with all questions or the first ``limit``."""
    run = subprocess.run(
        [sys.executable, "-c", f"from eval.weight import alone; alone({str(home)!r}, {limit})"],
        env=os.environ | {f"{pool}_NUM_THREADS": "1" for pool in THREADS} | {"TOKENIZERS_PARALLELISM": "false"},
        capture_output=True,
        text=True,
        cwd=HERE.parent,
    )
    if run.returncode:
        raise RuntimeError(run.stderr)
    found = json.loads(run.stdout.splitlines()[-1])
    where = f"单核检索（{'固定在一个核上' if found['pinned'] else '只限线程数，本系统不能固定核'}，{found['n']} 问，取前十）"
    yield Figure(f"{where}中位数", found["median"], MEDIAN, "毫秒")
    yield Figure(f"{where} p95", found["p95"], P95, "毫秒")
    yield Figure(f"检索常驻内存，只打开索引并搜完这些问（搜之前 {found['before']:.0f} MB）", found["after"], MEMORY, "MB")
    yield Figure("knowledge_base/embedding 的大小", size(Settings().knowledge / "embedding"), SIZE, "MB")


def alone(home: str, limit: int | None = None) -> None:
    """Open, search, and say what it took as one line of JSON."""
    pinned = hasattr(os, "sched_setaffinity")
    if pinned:
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    from assistant.services import Services

    questions = list(_questions())[:limit]
    before = resident_mb()
    services = Services(Settings(home=Path(home)))
    services.search(questions[0], 10, "provision")
    times = []
    for question in questions:
        started = time.perf_counter()
        services.search(question, 10, "provision")
        times.append((time.perf_counter() - started) * 1000)
    found = {"n": len(times), "median": quantile(times, 0.5), "p95": quantile(times, 0.95)}
    sys.stdout.write(json.dumps(found | {"pinned": pinned, "before": before, "after": resident_mb()}) + "\n")


def _questions() -> Iterator[str]:
    files = [STARD / "dev.jsonl", HERE / "cases" / "lay.jsonl", HERE / "cases" / "questions.json"]
    for file in files:
        if file.exists():
            yield from asked(file)


def resident_mb() -> float:
    """Memory now in use, mapped files that were read included; where the system does not say, the most there ever was."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024
    return peak_mb()


def peak_mb() -> float:
    """The most memory this process ever used."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def size(folder: Path) -> float:
    """Megabytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main(arguments: Sequence[str] | None = None) -> int:
    """The lines alone."""
    parser = argparse.ArgumentParser(prog="python -m eval.weight", description="检索本身的速度与内存")
    parser.add_argument("--home", type=Path, help="已导入官方文本的目录，缺省为 ANHENG_HOME 或用户目录")
    for figure in figures(parser.parse_args(arguments).home or Settings().home):
        sys.stdout.write(f"{figure}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
