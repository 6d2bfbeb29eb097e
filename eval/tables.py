"""Tables that read well on a terminal and are Markdown as they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

SETS = {
    "stard": "口语法律问题（民事为主，STARD 开发集）",
    "lay": "本领域口语问题（eval/cases/lay.jsonl）",
    "field": "六十题当作检索题（eval/cases/questions.json）",
}
STRATA = {"all": "全部", "unseen": "金标条文训练中都没见过", "seen": "有金标条文训练中见过"}
NAMES = {"mrr@10": "MRR@10", "ndcg@10": "nDCG@10", "any@5": "前五有金标", "ceiling": "候选上限"}
SHORT = ("recall@10", "mrr@10", "ceiling")
"""What the table of families shows."""


def grid(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with its columns in line; the first column on the left, figures on the right."""
    widths = [max(width(line[n]) for line in (header, *rows)) for n in range(len(header))]
    rule = ["-" * widths[0], *("-" * (wide - 1) + ":" for wide in widths[1:])]
    return "\n".join("| " + " | ".join(_padded(line, widths)) + " |" for line in (header, rule, *rows))


def _padded(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    gaps = [" " * (wide - width(cell)) for cell, wide in zip(line, widths, strict=True)]
    return [line[0] + gaps[0], *(gap + cell for cell, gap in zip(line[1:], gaps[1:], strict=True))]


def width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def of_set(name: str, summary: dict[str, Any]) -> str:
    """A set's two tables: measures by what training has seen, and the families of law."""
    strata = {key: summary[key] for key in STRATA if summary[key]["n"]}
    header = ["", *(f"{STRATA[key]}（{stratum['n']} 题）" for key, stratum in strata.items())]
    measured = [key for key in summary["all"] if key not in {"n", "median_ms", "p95_ms"}]
    rows = [[NAMES.get(key, key), *(_interval(stratum[key]) for stratum in strata.values())] for key in measured]
    for key, title in {"median_ms": "毫秒，中位数", "p95_ms": "毫秒，p95"}.items():
        if key in summary["all"]:
            rows.append([title, *(f"{stratum[key]:.1f}" for stratum in strata.values())])
    families = [
        [family, str(stratum["n"]), *(_interval(stratum[key]) for key in SHORT)]
        for family, stratum in summary["families"].items()
    ]
    second = grid(["金标所在的法域", "题", *(NAMES.get(key, key) for key in SHORT)], families)
    return f"检索：{SETS.get(name, name)}；方括号内为 95 % 区间\n\n{grid(header, rows)}\n\n{second}"


def _interval(figures: Sequence[float]) -> str:
    point, low, high = figures
    return f"{point:.3f} [{low:.3f}, {high:.3f}]"


def of_comparison(lines: Sequence[tuple[str, float, float, float]]) -> str:
    """Two runs, measure by measure."""
    rows = [[NAMES.get(name, name), f"{now:.3f}", f"{before:.3f}", f"{p:.3f}"] for name, now, before, p in lines]
    return "逐题比较两次运行\n\n" + grid(["", "这次", "上次", "这次更好的概率"], rows)
