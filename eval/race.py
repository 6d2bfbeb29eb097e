"""Ours beside its peers: the same questions and passages, the same machine, one run. ``make bench`` prints it last.

``python -m eval.race [--home DIR]`` runs it alone on a home that has the texts.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import AnHengError
from assistant.services import Services
from assistant.settings import Settings
from eval.measures import Article, estimate, measures, quantile
from eval.peers import Bm25, BruteForce, K, Langchain, Peer, Text, characters, chroma_default, jieba_words, passages
from eval.queries import Query, development
from eval.retrieval import articles
from eval.tables import grid


@dataclass(frozen=True)
class Result:
    """One line of the race."""

    name: str
    recall: float
    mrr: float
    build: float
    """Seconds."""
    median: float
    """Milliseconds a question."""
    p95: float


class Ours:
    """This program's search as it stands; its index also holds the records, some hundredth of the passages."""

    name = "安衡"

    def __init__(self, services: Services) -> None:
        self._services = services

    def build(self, texts: Sequence[Text]) -> None:
        """Its index is built from the library, which is where ``texts`` are from."""
        self._services.indexing.rebuild()

    def search(self, question: str) -> list[Article]:
        """Provisions only, as the peers have nothing else."""
        return articles(self._services.search(question, K, "provision"))


def peers(services: Services) -> Iterator[Peer]:
    """Ours first, then the others; one at a time, so that each has the memory to itself."""
    encode = services.embedder.encode
    yield Ours(services)
    yield Bm25("BM25，jieba 分词", jieba_words)
    yield Bm25("BM25，单字", characters)
    yield Langchain("langchain 500/50 + Chroma，我们的向量模型", encode)
    if default := chroma_default():
        yield Langchain("langchain 500/50 + Chroma，Chroma 缺省模型", default)
    yield BruteForce("numpy 逐一比较，我们的向量", encode)


def run(peer: Peer, texts: Sequence[Text], queries: Sequence[Query]) -> Result:
    """Build, search once unmeasured, then search for each question."""
    started = time.perf_counter()
    peer.build(texts)
    build = time.perf_counter() - started
    peer.search("安全生产")
    times, found = [], []
    for query in queries:
        started = time.perf_counter()
        hits = peer.search(query.question)
        times.append((time.perf_counter() - started) * 1000)
        found.append(measures(hits, query.gold))
    recall, mrr = (estimate([one[name] for one in found]).point for name in ("recall@10", "mrr@10"))
    return Result(peer.name, recall, mrr, build, quantile(times, 0.5), quantile(times, 0.95))


def table(results: Sequence[Result]) -> str:
    """A line each, with its ratio to the first."""
    ours = results[0]
    header = ["", "recall@10", "MRR@10", "建索引秒", "毫秒中位数", "毫秒 p95", "recall@10 ÷ 我们", "中位数 ÷ 我们"]
    rows = [
        [
            one.name,
            *(f"{figure:.3f}" for figure in (one.recall, one.mrr)),
            *(f"{figure:.1f}" for figure in (one.build, one.median, one.p95)),
            *(f"{_ratio(*pair):.2f}" for pair in ((one.recall, ours.recall), (one.median, ours.median))),
        ]
        for one in results
    ]
    return grid(header, rows)


def _ratio(theirs: float, ours: float) -> float:
    return theirs / ours if ours else float("nan")


def race(home: Path | None) -> str:
    """Everyone on one home."""
    services = Services(Settings(home=home) if home else Settings())
    queries = [query for queries in development(services).values() for query in queries]
    texts = passages(services)
    results = []
    for peer in peers(services):
        results.append(run(peer, texts, queries))
        sys.stderr.write(f"  {peer.name}\n")
        del peer
        gc.collect()
    lines = [f"同一机器、同一题目（{len(queries)} 题）、同一条文（{len(texts)} 条），各取前十：", table(results)]
    if chroma_default() is None:
        lines.append("Chroma 缺省向量模型的文件不在本机，略去这一行（从不下载）。")
    return "\n\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """The race alone."""
    parser = argparse.ArgumentParser(prog="python -m eval.race", description="与常见做法比较")
    parser.add_argument("--home", type=Path, help="已导入官方文本的目录，缺省为 ANHENG_HOME 或用户目录")
    try:
        sys.stdout.write(race(parser.parse_args(arguments).home) + "\n")
    except AnHengError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
