"""宽严研判: the rule book, and what it makes of a case that is told or filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from assistant.answer.authorities import Authorities, authorities
from assistant.answer.sources import Sources
from assistant.answer.told import read_told
from assistant.domain.assessment import Assessment
from assistant.domain.cases import Case
from assistant.domain.facts import FactSheet
from assistant.domain.records import Offence
from assistant.domain.rules import RuleBook
from assistant.domain.similar import Similar
from assistant.ingest.records import Knowledge
from assistant.ingest.rulebook import load_rules
from assistant.rules.assess import assess
from assistant.rules.sheet import problems
from assistant.rules.similar import comparable, similar


class Assessing:
    """Rules over facts. Holds nothing of any case."""

    def __init__(self, knowledge: Knowledge, folder: Path, sources: Callable[[], Sources]) -> None:
        self._knowledge, self._folder, self._sources = knowledge, folder, sources

    @cached_property
    def book(self) -> RuleBook:
        """The facts that a case may have, and the rules over them."""
        return load_rules(self._folder, self._knowledge.records)

    @cached_property
    def offences(self) -> Mapping[str, Offence]:
        """罪名 records by id."""
        return {record.id: record for record in self._knowledge.records if isinstance(record, Offence)}

    def told(self, text: str, today: date | None = None) -> FactSheet:
        """The facts of a case told in words."""
        return read_told(text, self.book, today or date.today())

    def assess(self, sheet: FactSheet, today: date | None = None) -> Assessment:
        """研判 of a fact sheet; facts that cannot all be true, as a told case may have them, are among its contradictions."""
        found = assess(sheet, self.book, self.offences, today or date.today())
        wrong = dict.fromkeys(problem.sentence for problem in problems(sheet, self.book.facts))
        return replace(found, contradictions=(*found.contradictions, *wrong))

    def similar(self, assessment: Assessment, k: int = 3) -> tuple[Similar, ...]:
        """类案 of a 研判: the ``k`` known cases that come nearest, best first."""
        facts, offences = comparable(assessment)
        return tuple(similar(facts, offences, self._cases, k, book=self.book, records=self.offences))

    @cached_property
    def _cases(self) -> tuple[Case, ...]:
        return tuple(record for record in self._knowledge.records if isinstance(record, Case))

    def authorities(self, assessment: Assessment, similar: Sequence[Similar] = (), today: date | None = None) -> Authorities:
        """The sources of a 研判, and of the cases beside it, as cards."""
        return authorities(assessment, self._sources(), today or date.today(), similar)
