"""``make ablate``: what each part of search is worth, on the questions of development; the parts are switched by settings.

One import and one index serve every row. ``--home DIR`` takes a home that has the texts already.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.errors import AnHengError
from assistant.services import Services
from assistant.settings import SearchSettings, Settings
from eval.measures import CUTS, better, estimate, measures
from eval.queries import FIELD, OFFICIAL, SHARED, Query, development
from eval.retrieval import articles
from eval.tables import NAMES, grid

PARTS = {
    "words": "词（字与二字的 BM25）",
    "translation": "译（口语到法言）",
    "dense": "向量",
    "links": "引用关系",
    "rerank": "学习排序",
}
"""Switches of ``SearchSettings`` and what they are called."""
FINDERS = ("words", "translation", "dense")
"""Parts that find articles by themselves; links start from what was found, and ranking orders it."""
SHOWN = ("recall@10", "mrr@10")
Figures = dict[str, list[float]]
"""Measure to its value on each question, the questions in one order."""


class System(NamedTuple):
    """A row of the table: search with some parts switched off."""

    name: str
    on: frozenset[str]


def systems() -> list[System]:
    """Everything, everything but one, and each finder by itself, fused with nothing and not ranked again."""
    every = frozenset(PARTS)
    return [
        System("全部", every),
        *(System(f"没有{name}", every - {part}) for part, name in PARTS.items()),
        *(System(f"只有{PARTS[part]}", frozenset({part})) for part in FINDERS),
    ]


def switched(base: SearchSettings, system: System) -> SearchSettings:
    """The settings with the parts of a system on and the others off."""
    return SearchSettings.model_validate(base.model_dump() | {part: part in system.on for part in PARTS})


def measured(queries: Sequence[Query], services: Services) -> Figures:
    """The figures of every question, as deep as ``eval.retrieval`` searches so that the rows compare."""
    found = [measures(articles(services.search(query.question, max(CUTS), "provision")), query.gold) for query in queries]
    return {name: [one[name] for one in found] for name in SHOWN}


def lines(results: Mapping[str, Figures], of_field: Sequence[bool]) -> Iterator[list[str]]:
    """A row a system: its means, and how likely the first system is better, on all questions and on those of this field."""
    whole, *_ = results.values()
    for name, figures in results.items():
        means = [f"{estimate(figures[measure]).point:.3f}" for measure in SHOWN]
        field = [f"{estimate(_only(figures[measure], of_field)).point:.3f}" for measure in SHOWN]
        if figures is whole:
            yield [name, *means, "", "", *field, "", ""]
            continue
        everywhere = [f"{better(whole[measure], figures[measure]):.3f}" for measure in SHOWN]
        here = [f"{better(_only(whole[measure], of_field), _only(figures[measure], of_field)):.3f}" for measure in SHOWN]
        yield [name, *means, *everywhere, *field, *here]


def _only(values: Sequence[float], chosen: Sequence[bool]) -> list[float]:
    return [value for value, wanted in zip(values, chosen, strict=True) if wanted]


def table(results: Mapping[str, Figures], of_field: Sequence[bool]) -> str:
    """The rows under their head; P is the probability that 全部 is better."""
    shown = [NAMES.get(measure, measure) for measure in SHOWN]
    chances = [f"P {name}" for name in shown]
    header = ["", *shown, *chances, *(f"本领域 {name}" for name in [*shown, *chances])]
    about = f"共 {len(of_field)} 题，其中本领域 {sum(of_field)} 题；P 为“全部”比该行更好的概率（逐题配对的自助法）"
    return f"各部分的作用：{about}\n\n{grid(header, list(lines(results, of_field)))}"


def run(home: Path) -> str:
    """Every system on one home that has the texts."""
    base = Settings(home=home)
    results: dict[str, Figures] = {}
    sets = development(Services(base))
    queries = [query for name in sets for query in sets[name]]
    for system in systems():
        services = Services(Settings(home=home, search=switched(base.search, system)))
        results[system.name] = measured(queries, services)
        sys.stderr.write(f"  {system.name}\n")
    return table(results, [name in FIELD for name in sets for _ in sets[name]])


def main(arguments: Sequence[str] | None = None) -> int:
    """On a home that is given, or on the official texts imported for the purpose."""
    parser = argparse.ArgumentParser(prog="python -m eval.ablate", description="检索各部分的作用")
    parser.add_argument("--home", type=Path, help="已导入官方文本的目录；不给则导入 ../shared 到临时目录")
    home = parser.parse_args(arguments).home
    if home is None and not all((SHARED / name).exists() for name in OFFICIAL):
        sys.stderr.write("没有官方文本（../shared），请用 --home 给出一个已导入的目录。\n")
        return 2
    try:
        with tempfile.TemporaryDirectory() as folder:
            if home is None:
                home = Path(folder)
                Services(Settings(home=home)).import_paths([SHARED / name for name in OFFICIAL])
            sys.stdout.write(run(home) + "\n")
    except AnHengError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
