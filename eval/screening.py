"""``python -m eval.screening``: the models of 线索 over tables with planted anomalies, and over clean ones; precision and recall."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.screening import Model, Screened
from assistant.ingest.screening import load_models
from assistant.ingest.tables import read_tables
from assistant.practice.screening import screen
from assistant.practice.screening_plan import bare, guess
from eval import screening_data, screening_more
from eval.screening_data import TODAY, Chance, Tables, write

FOLDER = Path(__file__).resolve().parents[1] / "knowledge_base"
MAKERS: Mapping[str, Callable[[Chance, int, bool], Tables]] = {
    "deaths": screening_data.deaths,
    "certificates": screening_data.certificates,
    "gas": screening_more.gas,
    "mines": screening_more.mines,
    "penalties": screening_more.penalties,
}
SIZE = 10_000


@dataclass(frozen=True)
class Score:
    """One rule over tables whose anomalies are known."""

    model: str
    rule: str
    planted: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Share of the hits that were planted."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what was planted that was hit."""
        return self.right / self.planted if self.planted else 1.0

    def __str__(self) -> str:
        return f"{self.model:<13}{self.rule:<16}{self.planted:>7}{self.found:>7}{self.precision:>10.3f}{self.recall:>10.3f}"


def run(key: str, seed: int, planted: bool = True, size: int = SIZE, encoding: str = "utf-8-sig") -> tuple[Tables, Screened]:
    """Make tables, write them, read them again as a user's, let the program guess what they are, and screen them."""
    models = load_models(FOLDER)
    tables = MAKERS[key](Chance(seed), size, planted)
    known = {bare(name) for model in models for role in model.tables for c in role.columns for name in (c.name, *c.called)}
    with tempfile.TemporaryDirectory() as folder:
        paths = write(tables, Path(folder), encoding)
        grids = [grid for path in paths for grid in read_tables(path, path.name, lambda heading: bare(heading) in known)]
    plan = guess(models, grids)
    return tables, screen(_named(models, plan.model), grids, plan, TODAY)


def _named(models: Iterable[Model], key: str) -> Model:
    return next(model for model in models if model.key == key)


def scores(key: str, seed: int, planted: bool = True, size: int = SIZE) -> list[Score]:
    """Every rule of a model."""
    tables, found = run(key, seed, planted, size)
    rows = []
    for rule in found.model.rules:
        due = {(name, row) for name, made in tables.items() for row in made.labels.get(rule.key, ())}
        hit = {(one.places[0].grid, one.places[0].row) for one in found.of(rule.key)}
        rows.append(Score(found.model.key, rule.key, len(due), len(found.of(rule.key)), len(due & hit)))
    return rows


def main() -> int:
    """0 where everything planted was found and nothing else."""
    wrong = False
    sys.stdout.write(f"{'model':<13}{'rule':<16}{'planted':>7}{'found':>7}{'precision':>10}{'recall':>10}\n")
    for key in MAKERS:
        for score in scores(key, seed=1):
            wrong |= score.precision < 1 or score.recall < 1
            sys.stdout.write(f"{score}\n")
    for key in MAKERS:
        found = run(key, 1, planted=False)[1]
        wrong |= bool(found.hits)
        sys.stdout.write(f"{key:<13}clean: {sum(found.read.values())} rows, {len(found.hits)} hits\n")
    return int(wrong)


if __name__ == "__main__":
    raise SystemExit(main())
