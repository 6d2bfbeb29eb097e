"""What happens on the page 文书: a paper chosen, read, followed as facts change, and taken as a Word file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from uuid import uuid4

from assistant.documents.paper_word import to_word
from assistant.domain.facts import FactSheet
from assistant.domain.papers import Change, Paper
from assistant.errors import UsageError
from assistant.papers import Papers
from assistant.web import view_papers
from assistant.web.assess_desk import Case
from assistant.web.desk import told
from assistant.web.state import Service
from assistant.web.view_talks import download


@dataclass(frozen=True)
class Held:
    """What one browser holds on the page."""

    kind: str = ""
    """Key of the template."""
    person: str = ""
    base: FactSheet = FactSheet()
    """The sheet as it was when the paper was last called right: what differs from it is marked."""
    reasoned: Paper | None = None
    """The paper with a model's reasons; given up with the first fact that is changed."""
    of: FactSheet = FactSheet()
    """The sheet that they were written for."""


class Shown(NamedTuple):
    """What an event changes."""

    held: Held
    page: str
    side: str


@dataclass(frozen=True)
class PapersDesk:
    """The events. It holds what all browsers share, and nothing of any one of them."""

    service: Service

    @property
    def _papers(self) -> Papers:
        return self.service.papers

    def follow(self, case: Case, held: Held) -> Shown:
        """The sheet was changed, or is shown for the first time."""
        if held.base.told != case.sheet.told:  # another case
            held = replace(held, base=case.sheet)
        return self._show(case, held)

    def choose(self, case: Case, held: Held, data: Mapping[str, Any]) -> Shown:
        """Another paper over the same sheet."""
        kind = str(data.get("key", ""))
        return self._show(case, Held(kind if kind in self._papers.templates else "", held.person, case.sheet))

    def about(self, case: Case, held: Held, data: Mapping[str, Any]) -> Shown:
        """The same paper about another person."""
        return self._show(case, replace(held, person=str(data.get("person", "")), reasoned=None))

    def right(self, case: Case, held: Held, data: Mapping[str, Any]) -> Shown:
        """The marked paragraphs have been read."""
        return self._show(case, replace(held, base=case.sheet))

    def reason(self, case: Case, held: Held, data: Mapping[str, Any]) -> Shown:
        """A model writes the reasons."""
        try:
            written = self._papers.reasons(self._papers.write(held.kind, case.sheet, held.person))
        except Exception as error:  # noqa: BLE001  the page is an edge
            return self._show(case, held)._replace(page=view_papers.broken(told(error)))
        return self._show(case, replace(held, reasoned=written, of=case.sheet))

    def word(self, case: Case, held: Held) -> str:
        """The paper as a Word file, which the page's script takes; empty where there is none."""
        try:
            paper, marked = self._paper(case, held)
            return download(self._papers.templates[paper.kind].name, "word", to_word(paper, marked), uuid4().hex)
        except Exception:  # noqa: BLE001  the page is an edge, and says already why there is no paper
            return ""

    def _paper(self, case: Case, held: Held) -> tuple[Paper, Mapping[int, tuple[Change, ...]]]:
        kept = held.reasoned if held.of == case.sheet else None
        paper = kept or self._papers.write(held.kind, case.sheet, held.person)
        return paper, self._papers.changed(held.base, case.sheet, paper)

    def _former(self, case: Case, held: Held, paper: Paper) -> list[str]:
        """Paragraphs that were otherwise, or are no longer there, since facts were changed."""
        if held.base == case.sheet:
            return []
        try:
            before = self._papers.write(held.kind, held.base, held.person)
        except UsageError:  # there was none before
            return []
        texts = {one.text for one in paper.paragraphs}
        places = self._papers.changed(held.base, case.sheet, before)
        return [before.paragraphs[place].text for place in places if before.paragraphs[place].text not in texts]

    def _show(self, case: Case, held: Held) -> Shown:
        try:
            templates = self._papers.templates
            if not held.kind:
                return Shown(held, view_papers.start(templates), view_papers.side(None))
            template = templates[held.kind]
            names = [one.name for one in case.sheet.people] if template.person else []
            try:
                paper, marked = self._paper(case, held)
            except Exception as error:  # noqa: BLE001  the page is an edge
                return Shown(
                    held, view_papers.refused(templates, template, names, held.person, told(error)), view_papers.side(None)
                )
            former = self._former(case, held, paper)
            asks = paper.reasoned and not held.reasoned and self.service.drafting.on
            page = view_papers.page(templates, template, names, paper, marked, former, asks=asks)
            return Shown(held, page, view_papers.side(paper))
        except Exception as error:  # noqa: BLE001  a template that somebody broke
            return Shown(held, view_papers.broken(told(error)), view_papers.side(None))
