"""What happens on the page 证据: materials read and ticked, dates filled in. Nothing here belongs to one browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from assistant.answer.sources import Sources
from assistant.documents.outline import TITLE, to_text, to_word
from assistant.domain.deadlines import DeadlineBook
from assistant.domain.evidence import EvidenceBook, Held, Listed
from assistant.errors import AnHengError, UsageError
from assistant.ingest.evidence import load_deadlines, load_evidence
from assistant.ingest.material import read_material
from assistant.law.labels import label
from assistant.practice.evidence import matrix, outline
from assistant.practice.listing import listed, pasted
from assistant.web import view_deadlines, view_evidence
from assistant.web.desk import told
from assistant.web.state import Service, read_date
from assistant.web.view_evidence import Cited
from assistant.web.view_talks import download

FIRST = "offence.134-1p"
MOST, LONGEST = 2000, 200_000
"""Materials of a list, and characters of pasted text."""


@dataclass(frozen=True)
class CaseEvidence:
    """What one browser holds on the page."""

    offence: str = FIRST
    materials: tuple[Listed, ...] = ()
    ticks: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    """By offence, then by the key of a need."""


class Shown(NamedTuple):
    """What an event changes."""

    case: CaseEvidence
    result: str


class EvidenceDesk:
    """The events of the page."""

    def __init__(self, service: Service, folder: Path) -> None:
        self._service, self._folder = service, folder

    @cached_property
    def book(self) -> EvidenceBook:
        """What each offence needs."""
        return load_evidence(self._folder, self._service.sources.knowledge.records)

    @cached_property
    def deadlines(self) -> DeadlineBook:
        """时限."""
        return load_deadlines(self._folder)

    def show(self, case: CaseEvidence, failure: str = "") -> Shown:
        """The matrix and the outline of a case."""
        sources, today = self._service.sources, date.today()
        found = matrix(self.book, case.offence, case.materials, case.ticks.get(case.offence))
        items = outline(self.book, found)
        cited = Cites(sources, today)
        text = to_text(found.name, items, self.book.frame, cited.title)
        files = tuple(dict.fromkeys(one.file for one in case.materials if one.file))
        return Shown(case, view_evidence.page(self.book, found, items, cited, text, files, failure))

    def word(self, case: CaseEvidence) -> str:
        """The outline as a Word file, which the page's script takes."""
        found = matrix(self.book, case.offence, case.materials, case.ticks.get(case.offence))
        cited = Cites(self._service.sources, date.today())
        content = to_word(found.name, outline(self.book, found), self.book.frame, cited.title)
        return download(f"{TITLE}-{view_evidence.short(found.name)}", "word", content, uuid4().hex)

    def choose(self, case: CaseEvidence, data: Mapping[str, str]) -> Shown:
        """Another offence over the same materials."""
        offence = data.get("offence", "")
        return self.show(replace(case, offence=offence) if offence in self.book.rows else case)

    def files(self, case: CaseEvidence, paths: Sequence[str]) -> Shown:
        """Lists are dropped; those that cannot be read are named and the others taken."""
        failures = []
        for path in map(Path, paths or ()):
            try:
                reading = read_material(path, path.name, lambda *step: None)
                case = self._with(case, listed(reading.passages, self.book, path.name), path.name)
            except AnHengError as error:
                failures.append(str(error))
            except Exception as error:  # noqa: BLE001  the page is an edge
                failures.append(told(error))
        return self.show(case, "".join(failures))

    def paste(self, case: CaseEvidence, text: str) -> Shown:
        """A list is pasted."""
        try:
            if not text.strip():
                raise UsageError("请先粘贴材料清单（一行一份），或者打开清单文件。")
            if len(text) > LONGEST:
                raise UsageError(f"文字有 {len(text)} 个字，超过 {LONGEST} 个字的上限，请只粘贴清单。")
            return self.show(self._with(case, pasted(text, self.book), "粘贴的文字"))
        except AnHengError as error:
            return self.show(case, str(error))

    def _with(self, case: CaseEvidence, more: Sequence[Listed], name: str) -> CaseEvidence:
        new = [one for one in more if one not in case.materials]
        if not more:
            raise UsageError(f"“{name}”里没有认出材料，请一行写一份材料，或者用带“材料名称”一栏的表格。")
        if len(case.materials) + len(new) > MOST:
            raise UsageError(f"“{name}”使材料超过 {MOST} 份的上限，请只放本案的证据清单。")
        return replace(case, materials=(*case.materials, *new))

    def tick(self, case: CaseEvidence, data: Mapping[str, str]) -> Shown:
        """A need is ticked by hand against what the list tells, or left to the list again."""
        key, ticks = data.get("key", ""), dict(case.ticks.get(case.offence, {}))
        if key in ticks:
            del ticks[key]
        else:
            ticks[key] = data.get("held") != Held.YES.value
        return self.show(replace(case, ticks={**case.ticks, case.offence: ticks}))

    def strike(self, case: CaseEvidence, data: Mapping[str, str]) -> Shown:
        """One material is taken out."""
        number = data.get("number", "")
        kept = tuple(one for place, one in enumerate(case.materials) if str(place) != number)
        return self.show(replace(case, materials=kept))

    def wipe(self, case: CaseEvidence) -> Shown:
        """All materials and ticks are taken out; the offence stays."""
        return self.show(CaseEvidence(case.offence))

    def count(self, data: Mapping[str, str]) -> str:
        """Dates of events to deadlines; a field that is no date is said, and the others are computed."""
        days: dict[str, date] = {}
        failures = []
        for event in self.deadlines.events:
            try:
                day = read_date(data.get(event.key, ""))
            except AnHengError:
                failures.append(f"“{event.name}”的日期“{data[event.key][:20]}”不是一个日期，请写成 2026-03-01 的样子。")
                continue
            if day:
                days[event.key] = day
        return view_deadlines.page(self.deadlines, days, Cites(self._service.sources, date.today()), "".join(failures))


class Cites:
    """References as they are shown, each with what it opens."""

    def __init__(self, sources: Sources, today: date) -> None:
        self._sources, self._today = sources, today

    def __call__(self, cite: str) -> Cited:
        """With its title, and the article that it opens where there is one."""
        ref = self._sources.ref(cite)
        if ref is None:
            return Cited(cite, cite, "")
        found = self._sources.provision(ref.whole_article(), self._today)
        return Cited(cite, label(ref), found.id if found else "")

    def title(self, cite: str) -> str:
        """《刑事诉讼法》第五十四条第二款."""
        ref = self._sources.ref(cite)
        return label(ref) if ref else cite
