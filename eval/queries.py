"""Questions as search is asked them: the sets, their gold articles, and which articles training has seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import UsageError
from assistant.services import Services
from eval.case import HERE, load_cases
from eval.measures import Article

SHARED = HERE.parent.parent / "shared"
OFFICIAL = ("official", "official_recent", "corpus_full")
STARD = SHARED / "eval" / "stard"
FIELD = ("lay", "field")
"""The sets of this field; ``stard`` is nearly all civil law."""


@dataclass(frozen=True)
class Query:
    """A question and its articles as (canonical law, number)."""

    qid: str
    question: str
    gold: frozenset[Article]


def load_queries(path: Path, services: Services) -> list[Query]:
    """Read JSON lines with ``qid``, ``question``, ``gold``; laws are named as files or short keys name them."""
    try:
        rows = list(_lines(path))
        return [Query(str(row["qid"]), row["question"], _articles(row["gold"], services)) for row in rows if row["gold"]]
    except (OSError, ValueError, TypeError, KeyError) as error:
        reason = f"缺少 {error}" if isinstance(error, KeyError) else str(error)
        raise UsageError(f"读不了检索题“{path}”（{reason}），请按 eval/cases/lay.jsonl 的格式编写。") from error


def field_queries(services: Services) -> list[Query]:
    """The questions of ``cases/questions.json``, their turns joined. Whole texts and seeds are no articles and left out."""
    found = []
    for case in load_cases(HERE / "cases" / "questions.json"):
        gold = [{"law": gold.law, "article": gold.article} for gold in case.gold if gold.article and not gold.seed]
        if gold:
            found.append(Query(case.id, " ".join(case.turns), _articles(gold, services)))
    return found


def development(services: Services) -> dict[str, list[Query]]:
    """The sets by name, as far as they are at hand."""
    sets = {"lay": load_queries(HERE / "cases" / "lay.jsonl", services), "field": field_queries(services)}
    if (STARD / "dev.jsonl").exists():
        sets = {"stard": load_queries(STARD / "dev.jsonl", services)} | sets
    return sets


def trained(services: Services) -> frozenset[Article]:
    """Articles that a question of training has as its gold."""
    files = sorted((services.settings.knowledge / "embedding" / "questions").glob("*.jsonl"))
    files += [STARD / "train.jsonl"] if (STARD / "train.jsonl").exists() else []
    golds = [gold for file in files for row in _lines(file) for gold in row["gold"]]
    return _articles(golds, services)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _articles(golds: list[dict[str, Any]], services: Services) -> frozenset[Article]:
    resolve = services.sources.resolve
    return frozenset((resolve(gold["law"]) or gold["law"], gold["article"]) for gold in golds)
