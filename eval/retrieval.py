"""Scoring search: recall and reciprocal rank of gold articles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.services import Services

CUTS = (5, 10, 100)


@dataclass(frozen=True)
class Query:
    """A question and its articles as (canonical law, number)."""

    qid: str
    question: str
    gold: frozenset[tuple[str, str]]


def load_queries(path: Path, services: Services) -> list[Query]:
    """Read JSON lines with ``qid``, ``question``, ``gold``; laws are named as files or short keys name them."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    resolve = services.sources.resolve
    return [
        Query(str(row["qid"]), row["question"], frozenset((resolve(g["law"]) or g["law"], g["article"]) for g in row["gold"]))
        for row in rows
    ]


def evaluate(queries: Iterable[Query], services: Services) -> dict[str, float]:
    """Mean recall at each cut and MRR@10."""
    sums: dict[str, float] = {f"recall@{cut}": 0.0 for cut in CUTS} | {"mrr@10": 0.0, "any@5": 0.0}
    count = 0
    for query in queries:
        hits = [(hit.law, hit.article) for hit in services.search(query.question, max(CUTS), "provision")]
        for name, value in _measures(hits, query.gold).items():
            sums[name] += value
        count += 1
    return {name: round(value / max(count, 1), 4) for name, value in sums.items()} | {"n": count}


def _measures(hits: Sequence[tuple[str, str]], gold: frozenset[tuple[str, str]]) -> dict[str, float]:
    found = {f"recall@{cut}": len(gold & set(hits[:cut])) / len(gold) for cut in CUTS}
    first = next((rank for rank, hit in enumerate(hits[:10], 1) if hit in gold), None)
    return found | {"mrr@10": 1 / first if first else 0.0, "any@5": float(bool(gold & set(hits[:5])))}
