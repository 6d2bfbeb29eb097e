"""Tables, the report file, and what fell against the baseline."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.answers import Score

TEMPORAL_AND_REFUSALS = {
    "correct_premise",
    "answer_with_temporal_rule",
    "say_not_in_library",
    "answer_gist_and_say_full_text_missing",
    "decline_out_of_scope",
    "decline_prediction_and_ask_facts",
}


def summarise(scores: Sequence[Score], behaviors: dict[str, str]) -> dict[str, float]:
    """The figures that a reader of the evaluation looks for."""
    golds = [score.gold for score in scores if score.gold is not None]
    facts = [ok for score in scores for ok in score.stated]
    special = [score.behavior for score in scores if behaviors[score.id] in TEMPORAL_AND_REFUSALS]
    times = sorted(score.ms for score in scores)
    return {
        "questions": len(scores),
        "gold_cited": _mean(golds),
        "must_state": _mean(facts),
        "must_not": sum(len(s.broke) for s in scores),
        "behavior_special": _mean(special),
        "behavior_all": _mean([s.behavior for s in scores]),
        "false_quotes": sum(len(s.false_quotes) for s in scores),
        "errors": sum(bool(s.error) for s in scores),
        "median_ms": round(times[len(times) // 2], 1) if times else 0.0,
    }


def _mean(values: Sequence[float | bool]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0


def table(title: str, figures: dict[str, Any]) -> str:
    """Two columns for a terminal."""
    width = max(len(name) for name in figures)
    return "\n".join([title, *(f"  {name:<{width}}  {value}" for name, value in figures.items())])


def misses(scores: Sequence[Score]) -> str:
    """What was missed, by id."""
    lines = []
    for s in scores:
        wrong = [
            *([f"出错：{s.error}"] if s.error else []),
            *(["行为不符"] if not s.behavior else []),
            *(f"缺引：{g}" for g in s.missed_gold),
            *(f"未述：{f}" for f in s.missed_facts),
            *(f"不该说：{b}" for b in s.broke),
            *(f"引文不符：{q}" for q in s.false_quotes),
        ]
        lines += [f"{s.id}  {text}" for text in wrong]
    return "\n".join(lines)


def fell(now: dict[str, Any], before: dict[str, Any], tolerance: float = 0.005) -> list[str]:
    """Figures that are worse than the baseline: shares that fell, counts of faults that rose."""
    lines = []
    for name, old in before.items():
        if isinstance(old, dict):
            lines += [f"{name}.{line}" for line in fell(now.get(name, {}), old, tolerance)]
        elif name in {"questions", "n", "median_ms", "p95_ms"} or name not in now:
            continue
        elif name in {"must_not", "false_quotes", "errors"}:
            lines += [f"{name}: {old} → {now[name]}"] if now[name] > old else []
        elif now[name] < old - tolerance:
            lines.append(f"{name}: {old} → {now[name]}")
    return lines


def write(path: Path, value: Any) -> None:
    """JSON that shows well in review."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
