"""What one browser holds of the page 台账, and how that is shown."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from assistant.answer.authorities import Authorities, cards
from assistant.documents.ledger_charts import KINDS, Kind
from assistant.domain.ledger import Filter, LedgerRow
from assistant.domain.ledger_book import BadRow, Understood
from assistant.errors import AnHengError
from assistant.practice.ledger import MOVES
from assistant.web import view_leads, view_ledger, view_ledger_read, view_ledger_row
from assistant.web.browser import Browser
from assistant.web.desk import told
from assistant.web.state import Service

SHOWN = 30
"""Rows at first, and how many more each time."""
_DUE = 100
_NO_SIDE = "打开一行，这里列出它依据的条文。"


@dataclass(frozen=True)
class Held:
    """What one browser holds; its rows stay in the database."""

    wanted: Filter = Filter()
    ledger: str = ""
    """Of the row that is open."""
    row: str = ""
    many: int = SHOWN
    adding: bool = False
    read: Understood | None = None
    """A table that waits to be confirmed."""
    path: str = ""
    """Where that table lies, or a packet whose signature waits to be confirmed."""
    bad: tuple[BadRow, ...] = ()
    """Rows that an import left out."""
    chart: str = ""
    message: str = ""
    failure: str = ""
    unsure: str = ""
    """Fingerprint that may be confirmed."""

    def quiet(self) -> Held:
        """Without what was said the last time."""
        return replace(self, message="", failure="", unsure="")


class Shown(NamedTuple):
    """What an event changes."""

    held: Any
    page: Any
    side: Any
    work: Any = None


class LedgerShow:
    """From what a browser holds to what it sees."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def show(self, held: Held, stored: object) -> Shown:
        """Where things stand."""
        try:
            return self._show(held, Browser.read(stored).owner)
        except Exception as error:  # noqa: BLE001  the page is an edge
            return Shown(held, f'<p class="failure" role="alert">{escape(told(error))}</p>', "")

    def failed(self, held: Held, stored: object, error: Exception) -> Shown:
        """The same with a sentence of what went wrong."""
        return self.show(replace(held, failure=told(error), message=""), stored)

    def _show(self, held: Held, owner: str) -> Shown:
        if held.read is not None:
            site = next((one.site for one in self.service.ledger.ledgers(owner) if one.id == held.wanted.ledger), "")
            page = (
                view_ledger_read.refused(held.read, held.bad)
                if held.bad
                else view_ledger_read.understood(held.read, site, held.failure)
            )
            return Shown(held, page, "")
        detail, sources = self._detail(held, owner) if held.row else ("", Authorities())
        page = view_ledger.page(self._page(held, owner, detail))
        said = replace(held, message="", failure="")
        return Shown(said, page, self._side(held, owner, sources))

    def _page(self, held: Held, owner: str, detail: str) -> view_ledger.Page:
        ledger, today = self.service.ledger, date.today()
        ledgers = ledger.ledgers(owner)
        at_site = Filter(held.wanted.ledger)
        everything = ledger.tally(owner, at_site)
        stateless = replace(held.wanted, state="", repeated=False)
        tally = everything if stateless == at_site else ledger.tally(owner, stateless)
        rows = ledger.rows(owner, held.wanted, held.many + 1)
        site = next((one.site for one in ledgers if one.id == held.wanted.ledger), "")
        return view_ledger.Page(
            ledgers,
            held.wanted,
            rows[: held.many],
            tally,
            sorted(everything.people),
            sorted(everything.months, reverse=True),
            ledger.queries.due(owner, today, self.service.ledger_tables.book.soon_days, _DUE),
            today,
            more=len(rows) > held.many,
            opened=held.row,
            detail=detail,
            adding=view_ledger.adding(site) if held.adding else "",
            message=held.message,
            failure=held.failure,
            unsure=bool(held.unsure),
        )

    def _detail(self, held: Held, owner: str) -> tuple[str, Authorities]:
        """The inside of the open row, and its sources."""
        ledger = self.service.ledger
        try:
            row, whole = ledger.row(owner, held.ledger, held.row), ledger.ledger(owner, held.ledger)
        except AnHengError:
            return "", Authorities()
        rules = self.service.ledger_tables.repeats(owner, held.ledger, row)
        sources = self._sources(row, [(rule.says, rule.cite) for rule in rules])
        history = ledger.history(owner, held.ledger, held.row)
        moves = MOVES[row.state]
        return view_ledger_row.detail(held.ledger, row, history, rules, sources, moves, bool(whole.signer)), sources

    def _sources(self, row: LedgerRow, rules: list[tuple[str, tuple[str, ...]]]) -> Authorities:
        gap = row.gap
        said = "".join((gap.duty, *gap.liability))
        return cards([(said, gap.cites), *rules], self.service.sources, date.today())

    def _side(self, held: Held, owner: str, sources: Authorities) -> str:
        picture = ""
        kind: Kind | None = next((key for key in KINDS if key == held.chart), None)
        if kind:
            drawn = self.service.ledger_tables.chart(owner, held.wanted, kind, svg=True)
            picture = f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}"
        shown = view_leads.side(sources) if sources.citations else f'<h2 class="count">依据</h2><p class="faint">{_NO_SIDE}</p>'
        return view_ledger.chart(KINDS, kind, picture) + shown


def gone(path: str) -> None:
    """An upload that is no longer needed."""
    if path:
        Path(path).unlink(missing_ok=True)
