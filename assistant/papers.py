"""文书: the templates, and papers made of them from a fact sheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Protocol

from assistant.answer.ask import Room
from assistant.assessing import Assessing
from assistant.documents.papers import Basis, changed, compose
from assistant.domain.assessment import Assessment, Standing
from assistant.domain.evidence import EvidenceBook, Listed, OutlineItem
from assistant.domain.facts import FactSheet
from assistant.domain.papers import Change, Paper, Template
from assistant.drafting import Drafting
from assistant.errors import UsageError
from assistant.ingest.evidence import load_evidence
from assistant.ingest.records import Knowledge
from assistant.ingest.templates import load_templates
from assistant.practice.evidence import matrix, outline
from assistant.settings import Settings


class House(Room, Protocol):
    """What papers need; ``services.Services`` provides it."""

    settings: Settings

    @property
    def knowledge(self) -> Knowledge:
        """The library that ships."""

    @property
    def assessing(self) -> Assessing:
        """宽严研判."""

    @property
    def drafting(self) -> Drafting:
        """The language model of the settings, if any."""


class Papers:
    """Papers over 宽严研判. Holds nothing of any case."""

    def __init__(self, house: House) -> None:
        self._house = house

    @cached_property
    def templates(self) -> Mapping[str, Template]:
        """Templates by key."""
        return load_templates(self._house.settings.knowledge, self._house.assessing.book)

    @cached_property
    def _evidence(self) -> EvidenceBook:
        return load_evidence(self._house.settings.knowledge, self._house.knowledge.records)

    def write(
        self, kind: str, sheet: FactSheet, person: str = "", materials: tuple[Listed, ...] = (), today: date | None = None
    ) -> Paper:
        """One paper; raises ``UsageError`` for an unknown kind or an empty sheet, ``NotFitting`` where it must not be written."""
        template = self.templates.get(kind) or next((one for one in self.templates.values() if one.name == kind), None)
        if template is None:
            known_as = "、".join(f"{one.key}（{one.name}）" for one in self.templates.values())
            raise UsageError(f"没有“{kind}”这种文书，可以写：{known_as}。")
        if not (sheet.facts or sheet.people or sheet.loss_items):
            raise UsageError("要素表还是空的，请先写下案情或者填写要素，再选文书。")
        day = today or date.today()
        assessing = self._house.assessing
        assessment = assessing.assess(sheet, day)
        basis = Basis(assessing.book, assessing.offences, self._house.sources, day)
        heard = assessing.told(sheet.told, day) if sheet.told else None
        return compose(template, assessment, basis, person, self._outline(assessment, materials), heard)

    def changed(self, old: FactSheet, new: FactSheet, paper: Paper) -> Mapping[int, tuple[Change, ...]]:
        """The paragraphs that rest on what differs between two sheets, by place."""
        return changed(old, new, paper, self._house.assessing.book)

    def reasons(self, paper: Paper) -> Paper:
        """A paper with the reasons that a model writes for it; as it is where the settings name none."""
        return self._house.drafting.reasons(paper, self._house)

    def _outline(self, assessment: Assessment, materials: tuple[Listed, ...]) -> tuple[OutlineItem, ...]:
        """What has still to be proven of the first offence that stands or may."""
        suspected = (one.offence for one in assessment.offences if one.status is not Standing.TIME_BARRED)
        offence = next((one for one in suspected if one in self._evidence.rows), "")
        return outline(self._evidence, matrix(self._evidence, offence, materials)) if offence else ()
