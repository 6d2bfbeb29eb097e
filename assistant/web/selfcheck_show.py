"""The page 企业自查 as it stands for one browser: the three columns from what is held and what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from assistant.answer.authorities import Authorities, cards
from assistant.documents.selfcheck_parts import Report
from assistant.domain.selfcheck import NotAsked
from assistant.errors import NotFound
from assistant.practice.selfcheck import not_asked
from assistant.selfcheck import Opened, SelfCheckService
from assistant.selfcheck_ledger import entered
from assistant.web import view_selfcheck, view_selfcheck_ask, view_selfcheck_ledger, view_selfcheck_report
from assistant.web.desk import told
from assistant.web.evidence_desk import Cites
from assistant.web.state import Service


@dataclass(frozen=True)
class Held:
    """What one browser holds on the page; the answers themselves are in the database."""

    check: str = ""
    """Id; empty while a new one is set up."""
    step: str = "setup"
    at: str = ""
    """Id of the question that is open."""
    who: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    """What the setup form holds."""


class Shown(NamedTuple):
    """What an event changes."""

    held: Held
    page: Any
    side: Any
    right: Any


class SelfCheckShow:
    """Values to columns; ``pdf`` tells whether this machine makes PDF files."""

    def __init__(self, service: Service, *, pdf: bool) -> None:
        self._service, self._pdf = service, pdf

    @property
    def _checks(self) -> SelfCheckService:
        return self._service.selfcheck

    def columns(self, held: Held, owner: str, failure: str = "", notice: str = "") -> Shown:
        """The page; where even that fails, the sentence that says why."""
        try:
            return self._columns(held, owner, failure, notice)
        except NotFound as error:  # the check was deleted elsewhere
            return self._columns(Held(who=held.who), owner, failure or str(error), notice)
        except Exception as error:  # noqa: BLE001  the page is an edge
            return Shown(held, view_selfcheck.shell(held.step, "", told(error)), "", "")

    def _columns(self, held: Held, owner: str, failure: str, notice: str) -> Shown:
        opened = self._checks.open(owner, held.check) if held.check else None
        body, right, held = self._middle(held, owner, opened)
        page = view_selfcheck.shell(held.step, body, failure, notice)
        return Shown(held, page, self._side(held, owner, opened), right)

    def _middle(self, held: Held, owner: str, opened: Opened | None) -> tuple[str, str, Held]:
        if opened is None or held.step == "setup":
            return self._setup(held, owner, opened), view_selfcheck.matrix(None, self._checks.rules), held
        if held.step == "ask":
            held = replace(held, at=self.at(held, opened))
            return self._asking(held, owner, opened), self._asked_right(held, owner, opened), held
        report = self._checks.report(owner, held.check)
        if held.step == "report":
            body = view_selfcheck_report.page(report, self._fields, pdf=self._pdf)
        else:
            body = view_selfcheck_ledger.page(
                report.check.site, entered(self._checks, self._service.ledger, owner, held.check), date.today()
            )
        return body, self._report_right(report), held

    @staticmethod
    def at(held: Held, opened: Opened) -> str:
        """The question that is open: the one that was, else the next without an answer, else none."""
        if any(one.id == held.at for one in opened.asked):
            return held.at
        following = opened.following()
        return following.id if following else ""

    def _setup(self, held: Held, owner: str, opened: Opened | None) -> str:
        names = [site.name for site in self._checks.store.sites(owner)]
        values, check = dict(held.form), opened.check if opened else None
        if check:
            values = {"checklist": check.checklist} | {f"f-{key}": "on" for key in check.features}
        values.setdefault("who", held.who)
        return view_selfcheck.setup(self._checks.checklists.values(), self._checks.features, values, names, check)

    def _asking(self, held: Held, owner: str, opened: Opened) -> str:
        question = next((one for one in opened.asked if one.id == held.at), None)
        tip = self._checks.tips.get(question.tip) if question else None
        past = self._checks.store.history(owner, held.check, held.at) if held.at else []
        cites = Cites(self._service.sources, date.today())
        return view_selfcheck_ask.page(opened, held.at, tip, past, cites, held.who)

    def _asked_right(self, held: Held, owner: str, opened: Opened) -> str:
        """The article of the open question, and the matrix as it grows."""
        question = next((one for one in opened.asked if one.id == held.at), None)
        found = cards([(question.ask, question.cite)], self._service.sources, date.today()) if question else Authorities()
        return self._right(
            self._checks.result(owner, held.check), found, not_asked(opened.questionnaire, opened.answers), ended=False
        )

    def _report_right(self, report: Report) -> str:
        return self._right(report.result, report.authorities, report.result.not_asked, ended=True)

    def _right(self, found: Any, authorities: Authorities, left: NotAsked, *, ended: bool) -> str:
        matrix = view_selfcheck.matrix(found, self._checks.rules)
        return matrix + view_selfcheck.left_out(left, ended=ended) + view_selfcheck.sources(authorities)

    def _side(self, held: Held, owner: str, opened: Opened | None) -> str:
        sites = self._checks.store.sites(owner)
        all_checks = self._checks.store.checks(owner)
        checks = {site.id: [one for one in all_checks if one.site.id == site.id] for site in sites}
        progress = opened.progress if opened else (0, 0)
        return view_selfcheck.side(sites, checks, opened.check if opened else None, held.step, progress)

    @property
    def _fields(self) -> tuple[str, ...]:
        return tuple(field for field, tips in self._service.hazards.chapters.items() if tips)
