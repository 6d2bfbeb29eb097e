"""What happens on the page 线索: tables read, what they are confirmed, rules applied. Nothing here belongs to one browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import gradio as gr

from assistant.answer.authorities import Authorities
from assistant.domain.screening import Grid, Model, Plan, Screened, Use
from assistant.errors import AnHengError, Cancelled, UsageError
from assistant.practice.screening_plan import match_columns
from assistant.web import view_leads
from assistant.web.desk import told
from assistant.web.state import Service
from assistant.web.view_talks import download
from assistant.web.work import Work

_TICK = 0.3
"""Seconds between looks at the work."""
MOST_FILES = 20


@dataclass(frozen=True)
class Leads:
    """What one browser holds on the page, in memory alone."""

    grids: tuple[Grid, ...] = ()
    plan: Plan | None = None
    found: Screened | None = None


class Shown(NamedTuple):
    """What an event changes."""

    case: Any
    result: Any
    side: Any
    work: Any


Job = Callable[[Callable[[str, int, int], None], Callable[[], bool]], Leads]


class LeadsDesk:
    """The events of the page."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def show(self, case: Leads, failure: str = "") -> Shown:
        """Where a case stands."""
        screening = self._service.screening
        if case.found and case.plan:
            sources = screening.authorities(case.found)
            return Shown(case, view_leads.findings(case.found, sources, failure), view_leads.side(sources), None)
        if case.plan:
            return Shown(
                case, view_leads.plan(screening.models, case.grids, case.plan, failure), view_leads.side(Authorities()), None
            )
        return Shown(case, view_leads.opening(screening.models, failure), view_leads.side(Authorities()), None)

    def open(self, case: Leads, paths: Sequence[str]) -> Iterator[Shown]:
        """Tables are dropped; they join those that are there."""

        def job(progress: Callable[[str, int, int], None], cancelled: Callable[[], bool]) -> Leads:
            if len(paths) > MOST_FILES:
                raise UsageError(f"一次最多放{MOST_FILES}个表格，请分几次筛查。")
            files = [(Path(path), Path(path).name) for path in paths]
            try:
                grids = (*case.grids, *self._service.screening.read(files, progress, cancelled))
            finally:  # nothing stays but what the reader saves
                for path, _ in files:
                    path.unlink(missing_ok=True)
            return Leads(grids, self._guessed(grids))

        yield from self._working(case, job)

    def _guessed(self, grids: Sequence[Grid], model: str = "") -> Plan:
        """What fits best; where nothing does, tables without a use, for the reader to say."""
        try:
            return self._service.screening.guess(grids, model)
        except UsageError:
            return Plan(model or self._service.screening.models[0].key, tuple(Use() for _ in grids))

    def choose(self, case: Leads, data: Mapping[str, str]) -> Shown:
        """Another model for the same tables."""
        plan = self._guessed(case.grids, data.get("model", ""))
        return self.show(replace(case, plan=plan, found=None))

    def role(self, case: Leads, data: Mapping[str, str]) -> Shown:
        """A table is taken for something else, or left out."""
        if case.plan is None:
            return self.show(case)
        plan = self._confirmed(case, data)
        model, at, key = self._service.screening.model(plan.model), int(data.get("grid", "0")), data.get("role", "")
        use = Use(key, match_columns(model.role(key), case.grids[at].headings)[0]) if key else Use()
        return self.show(replace(case, plan=replace(plan, uses=(*plan.uses[:at], use, *plan.uses[at + 1 :])), found=None))

    def _confirmed(self, case: Leads, data: Mapping[str, str]) -> Plan:
        """The plan with the columns as the form has them."""
        assert case.plan is not None
        model = self._service.screening.model(case.plan.model)
        uses = [self._used(model, use, number, data) for number, use in enumerate(case.plan.uses)]
        return replace(case.plan, uses=tuple(uses))

    def _used(self, model: Model, use: Use, number: int, data: Mapping[str, str]) -> Use:
        if not use.role:
            return use
        keys = [column.key for column in model.role(use.role).columns]
        given = {key: data.get(f"c-{number}-{key}", "") for key in keys}
        return Use(use.role, {key: int(value) for key, value in given.items() if value.isdigit()})

    def screen(self, case: Leads, data: Mapping[str, str]) -> Iterator[Shown]:
        """The reader has confirmed; the rules are applied. From the findings it leads back to the columns."""
        if case.plan is None or case.found is not None:
            yield self.show(replace(case, found=None))
            return
        plan = self._confirmed(case, data)

        def job(progress: Callable[[str, int, int], None], cancelled: Callable[[], bool]) -> Leads:
            return Leads(case.grids, plan, self._service.screening.screen(case.grids, plan, progress, cancelled))

        yield from self._working(replace(case, plan=plan), job)

    def save(self, case: Leads) -> str:
        """The Excel file, which the page's script takes."""
        if case.found is None or case.plan is None:
            return ""
        content = self._service.screening.excel(case.found, case.grids, case.plan)
        return download(f"线索-{case.found.model.name}", "excel", content, uuid4().hex)

    def wipe(self) -> Shown:
        """All tables are taken out."""
        return self.show(Leads())

    def _working(self, case: Leads, job: Job) -> Iterator[Shown]:
        """Progress while a job runs, then what came of it; a failure leaves the case as it was."""
        work, said = Work(job), ""
        try:
            while not work.wait(_TICK) and not work.stopped:
                step = view_leads.progress(*work.step)
                yield Shown(gr.skip(), step if step != said else gr.skip(), gr.skip(), work)
                said = step
            if work.stopped:
                raise Cancelled("已停止。")
            yield self.show(work.result)
        except AnHengError as error:
            yield self.show(case, str(error))
        except Exception as error:  # noqa: BLE001  the page is an edge
            yield self.show(case, told(error))
        finally:
            work.stop()
