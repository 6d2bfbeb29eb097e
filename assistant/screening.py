"""线索: the models, tables read for them, and what they find. Holds nothing of any table."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from assistant.answer.authorities import Authorities, cards
from assistant.answer.screened import SHOWN, screened
from assistant.answer.sources import Sources
from assistant.documents.screened import to_excel
from assistant.domain.answer import Answer
from assistant.domain.material import Hit as Row
from assistant.domain.material import Shelf
from assistant.domain.screening import Grid, Model, Place, Plan, Screened
from assistant.errors import IngestError, UsageError
from assistant.ingest.screening import load_models
from assistant.ingest.tables import read_tables
from assistant.law.labels import label
from assistant.practice.screening import screen
from assistant.practice.screening_plan import bare, guess
from assistant.shelf import ConversationShelf

Progress = Callable[[str, int, int], None]
Stop = Callable[[], bool]
TABLES = {".csv", ".tsv", ".xlsx", ".xlsm"}
_TABLE, _LOOK = re.compile("表|台账|名单|名录|记录"), re.compile("有没有|是否有|哪些|找|查|筛|对照|核对|多少")
"""A question points to a table, and asks to look for something in it."""


def _unheard(what: str, done: int, total: int) -> None:
    """Nobody listens."""


def _rows(shelf: ConversationShelf, grids: Sequence[Grid], found: Screened) -> Callable[[Place], Row | None]:
    """From a row of a grid to the passage of the asker's material that it is."""
    wanted = {place for rule in found.model.rules for hit in found.of(rule.key)[:SHOWN] for place in hit.places[:2]}
    held: dict[Place, Row] = {}
    for grid in grids:
        places = {f"{f'“{grid.sheet}”表' if grid.sheet else ''}第{one.row}行": one for one in wanted if one.grid == grid.name}
        held |= {places[place]: row for place, row in shelf.standing(grid.file, places).items()}
    return held.get


@dataclass(frozen=True)
class Cited:
    """A reference as it is shown, and the source that it opens; empty where the library lacks it."""

    cite: str
    title: str
    source_id: str


class Screening:
    """Models over tables."""

    def __init__(self, folder: Path, sources: Callable[[], Sources]) -> None:
        self._folder, self._sources = folder, sources

    @cached_property
    def models(self) -> tuple[Model, ...]:
        """All models, in the order in which they are offered."""
        return load_models(self._folder)

    def model(self, key: str) -> Model:
        """By key."""
        return next(model for model in self.models if model.key == key)

    @cached_property
    def _known(self) -> frozenset[str]:
        columns = (column for model in self.models for role in model.tables for column in role.columns)
        return frozenset(bare(name) for column in columns for name in (column.name, *column.called))

    def read(
        self, files: Sequence[tuple[Path, str]], progress: Progress = _unheard, cancelled: Stop = lambda: False
    ) -> list[Grid]:
        """The sheets of files, each with the name that it goes by; raises what the first bad one deserves."""
        return [
            grid
            for path, name in files
            for grid in read_tables(path, name, lambda heading: bare(heading) in self._known, progress, cancelled)
        ]

    def guess(self, grids: Sequence[Grid], model: str = "") -> Plan:
        """What the tables are; raises ``UsageError`` where nothing fits."""
        return guess(self.models, grids, model)

    def screen(
        self, grids: Sequence[Grid], plan: Plan, progress: Progress = _unheard, cancelled: Stop = lambda: False
    ) -> Screened:
        """What the model of the plan finds today."""
        return screen(self.model(plan.model), grids, plan, date.today(), progress, cancelled)

    def asked(self, question: str, shelf: Shelf | None, on: date | None, cancelled: Stop) -> Answer | None:
        """What a question finds in the tables of its asker's conversation; ``None`` where it asks for no such thing, or none fits."""
        if not isinstance(shelf, ConversationShelf) or not (_TABLE.search(question) and _LOOK.search(question)):
            return None
        wanted = max(self.models, key=lambda model: sum(word in question for word in model.asked))
        files = [(path, name) for path, name in shelf.files() if Path(name).suffix.lower() in TABLES]
        if not files or not any(word in question for word in wanted.asked):
            return None
        try:
            grids = self.read(files, cancelled=cancelled)
            plan = self.guess(grids, wanted.key)
            found = self.screen(grids, plan, cancelled=cancelled)
        except (UsageError, IngestError):
            return None
        row = _rows(shelf, grids, found)
        return screened(question, found, self.authorities(found), row, on or date.today(), self._sources().newest)

    def excel(self, found: Screened, grids: Sequence[Grid], plan: Plan) -> bytes:
        """It all as an Excel file."""
        titles = {cite: self.cited(cite).title for rule in found.model.rules for cite in rule.cite}
        return to_excel(found, grids, plan, titles.__getitem__, str(self._sources().newest), date.today())

    def authorities(self, found: Screened) -> Authorities:
        """The sources of what was found as cards, rule by rule."""
        hit = {one.rule for one in found.hits}
        stated = [(rule.means, rule.cite) for rule in found.model.rules if rule.key in hit]
        return cards(stated, self._sources(), date.today())

    def cited(self, cite: str) -> Cited:
        """A reference of a rule."""
        sources = self._sources()
        ref = sources.ref(cite)
        if ref is None:
            return Cited(cite, cite, "")
        found = sources.provision(ref.whole_article(), date.today())
        return Cited(cite, label(ref), found.id if found else "")
