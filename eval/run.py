"""``make eval``: every set, tables on the terminal, ``report.json``, and what fell against ``baseline.json``.

``python -m eval.run --keep`` stores the figures as the new baseline instead of comparing.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.answer.render import to_json
from assistant.domain.answer import Answer
from assistant.errors import AnHengError
from assistant.services import Services
from assistant.settings import Settings
from eval import own, report, tables
from eval.answers import Score, score
from eval.case import HERE, Case, load_cases
from eval.queries import OFFICIAL, SHARED, development, trained
from eval.retrieval import evaluate, kept, points

BASELINE = HERE / "baseline.json"


def answer_all(cases: Sequence[Case], services: Services) -> tuple[list[Score], list[list[Answer]]]:
    """Ask every question; a question that fails is a failed row, not a stopped run."""
    scores, answers = [], []
    for case in cases:
        turns: list[Answer] = []
        started = time.perf_counter()
        try:
            for turn in case.turns:
                turns.append(services.ask(turn, history=tuple(turns)))
            result = score(case, turns, services)
        except Exception as error:  # noqa: BLE001  an edge: the row says what happened
            result = Score(
                case.id,
                gold=0.0 if case.gold else None,
                stated=[False] * len(case.must_state),
                behavior=False,
                error=_said(error),
            )
        result.ms = (time.perf_counter() - started) * 1000 / len(case.turns)
        scores.append(result)
        answers.append(turns)
    return scores, answers


def _said(error: Exception) -> str:
    return str(error) if isinstance(error, AnHengError) else f"{type(error).__name__}: {error}"


def run_file(cases_file: Path, out: Path, services: Services) -> str:
    """``anheng eval``: answer and score a file of questions; returns the summary for the terminal."""
    cases = load_cases(cases_file)
    scores, answers = answer_all(cases, services)
    rows = [
        {"id": s.id, "answer": to_json(turns[-1]) if turns else None, "scores": asdict(s)}
        for s, turns in zip(scores, answers, strict=True)
    ]
    figures = report.summarise(scores, {case.id: case.behavior for case in cases})
    report.write(out, {"summary": figures, "rows": rows})
    return "\n".join([report.table("问答", figures), report.misses(scores)])


def questions(services: Services, name: str) -> tuple[dict[str, Any], list[Score]]:
    """The sixty questions on one library."""
    cases = load_cases(HERE / "cases" / "questions.json")
    scores, _ = answer_all(cases, services)
    figures = report.summarise(scores, {case.id: case.behavior for case in cases})
    _tell(report.table(f"问答（{name}）", figures))
    return figures, scores


def main(keep: bool = False) -> int:
    """All sets; without the official texts only the built-in library is measured, and that is said."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as home:
        services = Services(Settings(home=Path(home) / "builtin"))
        found["builtin"], scores = questions(services, "只有内置知识库")
        _tell(report.misses(scores))
        found["own"], missed = own.evaluate(HERE / "cases" / "own.txt", services)
        _tell(report.table("自拟问题（只有内置知识库）", found["own"]) + "\n  " + "\n  ".join(missed))
        if SHARED.exists():
            found |= _with_texts(Services(Settings(home=Path(home) / "full")))
        else:
            _tell("没有官方文本（../shared），只评测内置知识库。")
    report.write(HERE / "report.json", found)
    if keep:
        report.write(BASELINE, {name: figures for name, figures in found.items() if name != "retrieval"})
        _tell("已存为 eval/baseline.json。")
        return 0
    return _compare(found)


def _with_texts(services: Services) -> dict[str, Any]:
    services.import_paths([SHARED / name for name in OFFICIAL])
    found: dict[str, Any] = {}
    found["official"], scores = questions(services, "已导入官方文本")
    _tell(report.misses(scores))
    seen, sets = trained(services), {}
    for name, queries in development(services).items():
        sets[name] = kept(evaluate(queries, services, seen))
        found[name] = points(sets[name]["summary"])
        _tell(tables.of_set(name, sets[name]["summary"]))
    return found | {"retrieval": sets}


def _compare(found: dict[str, Any]) -> int:
    if not BASELINE.exists():
        _tell("还没有基线：运行 python -m eval.run --keep 把这次的数字存为 eval/baseline.json。")
        return 0
    worse = report.fell(found, json.loads(BASELINE.read_text(encoding="utf-8")))
    _tell("与基线相比没有变差。" if not worse else "比基线差：\n  " + "\n  ".join(worse))
    return 1 if worse else 0


def _tell(text: str) -> None:
    sys.stdout.write(text + "\n\n")


if __name__ == "__main__":
    sys.exit(main(keep="--keep" in sys.argv[1:]))
