"""Scoring search: measures a question, their means with intervals, by what training has seen and by family of law.

``python -m eval.retrieval FILE.jsonl [--home DIR]`` does so for any file of the form of ``cases/lay.jsonl``;
``--table`` prints the tables of the last ``make eval`` again.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.answer.find import pointed
from assistant.domain.answer import Passage
from assistant.errors import AnHengError
from assistant.services import Services
from assistant.settings import Settings
from eval import report, tables
from eval.case import HERE
from eval.families import family
from eval.measures import CUTS, Article, better, columns, estimate, measures, quantile, recall
from eval.queries import Query, load_queries, trained

CEILING = "ceiling"
"""The share of the gold that is among the candidates at all: no ranking of them can find more."""
MEASURES = (*(f"recall@{cut}" for cut in CUTS), "mrr@10", "ndcg@10", "any@5", CEILING)


@dataclass(frozen=True)
class Row:
    """What search achieved on one question."""

    qid: str
    seen: bool
    """Whether training has seen some gold article, with another question."""
    families: tuple[str, ...]
    figures: dict[str, float]
    ms: float


def evaluate(queries: Iterable[Query], services: Services, seen: Collection[Article] = frozenset()) -> list[Row]:
    """Search for each question; the time is that of a search for a hundred."""
    services.search("安全生产", max(CUTS), "provision")  # what is loaded at the first search is not its time
    rows = []
    for query in queries:
        started = time.perf_counter()
        hits = services.search(query.question, max(CUTS), "provision")
        ms = (time.perf_counter() - started) * 1000
        rows.append(row(query, articles(hits), articles(_candidates(services, query.question)), ms, seen))
    return rows


def _candidates(services: Services, question: str) -> list[Passage]:
    """Every provision that search can put in order, in no order: the ceiling of what it finds."""
    text = services.read(question).text
    return [*services.index.passages(services.retriever.candidates(text)).values(), *pointed(text, services)]


def articles(passages: Iterable[Passage]) -> list[Article]:
    """Passages as articles, in their order."""
    return [(passage.law, passage.article) for passage in passages]


def row(query: Query, hits: Sequence[Article], pool: Sequence[Article], ms: float, seen: Collection[Article]) -> Row:
    """The figures of one question."""
    families = tuple(sorted({family(law) for law, _ in query.gold}))
    figures = measures(hits, query.gold) | {CEILING: recall(pool, query.gold)}
    return Row(query.qid, any(gold in seen for gold in query.gold), families, figures, round(ms, 2))


def summarise(rows: Sequence[Row]) -> dict[str, Any]:
    """Each stratum's figures; a question stands in every family that one of its gold articles is of."""
    names = sorted({name for one in rows for name in one.families})
    return {
        "all": _stratum(rows),
        "unseen": _stratum([one for one in rows if not one.seen]),
        "seen": _stratum([one for one in rows if one.seen]),
        "families": {name: _stratum([one for one in rows if name in one.families]) for name in names},
    }


def _stratum(chosen: Sequence[Row]) -> dict[str, Any]:
    found: dict[str, Any] = {"n": len(chosen)}
    for name, values in columns([one.figures for one in chosen]).items():
        found[name] = [round(figure, 4) for figure in estimate(values)]
    times = [one.ms for one in chosen]
    if times:
        found |= {"median_ms": round(quantile(times, 0.5), 1), "p95_ms": round(quantile(times, 0.95), 1)}
    return found


def points(summary: dict[str, Any]) -> dict[str, Any]:
    """What a baseline keeps of a summary: figures without intervals, and no families, which are too small to fall."""
    strata = {name: _points(summary[name]) for name in ("unseen", "seen") if summary[name]["n"]}
    return _points(summary["all"]) | strata


def _points(stratum: dict[str, Any]) -> dict[str, Any]:
    return {name: value[0] if isinstance(value, list) else value for name, value in stratum.items()}


def kept(rows: Sequence[Row]) -> dict[str, Any]:
    """A set as the report keeps it: the summary, and each question for a comparison of two runs."""
    return {"summary": summarise(rows), "rows": [asdict(one) for one in rows]}


def compared(now: Sequence[dict[str, Any]], before: Sequence[dict[str, Any]]) -> list[tuple[str, float, float, float]]:
    """Two runs over the questions that both have: measure, now, before, probability that now is better."""
    old = {one["qid"]: one["figures"] for one in before}
    pairs = [(one["figures"], old[one["qid"]]) for one in now if one["qid"] in old]
    ours, theirs = columns([pair[0] for pair in pairs]), columns([pair[1] for pair in pairs])
    return [
        (name, estimate(ours[name]).point, estimate(theirs[name]).point, better(ours[name], theirs[name]))
        for name in MEASURES
        if name in ours and name in theirs
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """A file measured on a home, or the last report's tables."""
    parser = argparse.ArgumentParser(prog="python -m eval.retrieval", description="检索评测")
    parser.add_argument("file", nargs="?", type=Path, help="检索题，每行 qid、question、gold，同 eval/cases/lay.jsonl")
    parser.add_argument("--home", type=Path, help="已导入官方文本的目录，缺省为 ANHENG_HOME 或用户目录")
    parser.add_argument("--out", type=Path, help="把每题的得分写到这个文件")
    parser.add_argument("--against", type=Path, help="与 --out 写过的另一次运行逐题比较")
    parser.add_argument("--table", action="store_true", help="重新打印 eval/report.json 中的表（Markdown）")
    given = parser.parse_args(arguments)
    if given.table == bool(given.file):
        parser.error("请给出一个检索题文件，或者用 --table")
    try:
        _tell(_last_report() if given.table else _measured(given))
    except (AnHengError, OSError, ValueError, KeyError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _last_report() -> str:
    found = json.loads((HERE / "report.json").read_text(encoding="utf-8"))
    return "\n\n".join(tables.of_set(name, one["summary"]) for name, one in found.get("retrieval", {}).items())


def _measured(given: argparse.Namespace) -> str:
    services = Services(Settings(home=given.home) if given.home else Settings())
    result = kept(evaluate(load_queries(given.file, services), services, trained(services)))
    told = [tables.of_set(given.file.stem, result["summary"])]
    if given.out:
        report.write(given.out, result)
    if given.against:
        before = json.loads(given.against.read_text(encoding="utf-8"))
        told.append(tables.of_comparison(compared(result["rows"], before["rows"])))
    return "\n\n".join(told)


def _tell(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
