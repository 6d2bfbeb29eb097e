"""台账 from tables and into tables: Excel in the customary columns, findings of monitoring platforms, charts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from assistant.answer.sources import Sources
from assistant.documents.ledger_charts import KINDS, Kind, draw
from assistant.documents.ledger_excel import write
from assistant.domain.ledger import Filter, Gap, LedgerRow
from assistant.domain.ledger_book import BadRow, Imported, LedgerBook, ReadRow, RepeatRule, Understood
from assistant.domain.ledger_chain import Entry
from assistant.errors import Cancelled, UsageError
from assistant.ingest.ledger import load_book, read_findings, read_ledger
from assistant.law.labels import label
from assistant.ledger import HERE, LedgerService, site_name
from assistant.ledger_writing import Progress, Stop, append, told, unheard
from assistant.practice import ledger_findings, ledger_table
from assistant.practice.ledger import alike, amend, apply, move, register
from assistant.practice.ledger_findings import Match
from assistant.practice.ledger_repeats import applying

_FIELDS = ("level", "duty", "measure", "post", "person", "deadline", "note")
"""What a table that this ledger gave out may change when it comes back."""


class LedgerTables:
    """Tables in and out. ``match`` finds the tip of a finding's words."""

    def __init__(self, ledgers: LedgerService, knowledge: Path, sources: Callable[[], Sources], match: Match) -> None:
        self._ledgers, self._knowledge, self._sources, self._match = ledgers, knowledge, sources, match

    @cached_property
    def book(self) -> LedgerBook:
        """The data that a lawyer edits."""
        return load_book(self._knowledge)

    # In

    def understand(
        self,
        path: Path,
        name: str,
        progress: Progress = unheard,
        cancelled: Stop = lambda: False,
        *,
        findings: bool | None = None,
    ) -> Understood:
        """What a table, or the findings of a platform, would become; nothing is written.

        Where ``findings`` does not say which of them it is, a table without a column of hazards is read as findings.
        """
        if findings is None:
            findings = Path(name).suffix.lower() in {".json", ".jsonl"}
            try:
                return self.understand(path, name, progress, cancelled, findings=findings)
            except UsageError as error:
                try:
                    return self.understand(path, name, progress, cancelled, findings=not findings)
                except UsageError:
                    raise error from None
        if findings:
            grids = read_findings(path, name, ledger_findings.knows(self.book), progress, cancelled)
            return ledger_findings.understand(grids, self.book, self._match, date.today())
        grids, notes = read_ledger(path, name, ledger_table.knows(self.book), progress, cancelled)
        return ledger_table.understand(grids, self.book, notes, date.today())

    def take(
        self,
        owner: str,
        site: str,
        understood: Understood,
        who: str = HERE,
        progress: Progress = unheard,
        cancelled: Stop = lambda: False,
    ) -> Imported:
        """Write what was understood; ``site`` is for rows that name none. A site is written as a whole, or not at all."""
        if not site.strip() and any(not row.site for row in understood.rows):
            raise UsageError("表里没有写明是哪个场所，请在导入时填写场所名称。")
        by_site: dict[str, list[ReadRow]] = {}
        for row in understood.rows:
            by_site.setdefault(site_name(row.site or site), []).append(row)
        added = again = 0
        bad = [*understood.bad]
        for name, rows in by_site.items():
            new, changed, refused = self._write(owner, name, rows, who, progress, cancelled)
            added, again = added + new, again + changed
            bad += refused
        same = len(understood.rows) - added - again - (len(bad) - len(understood.bad))
        return Imported(added, again, same, tuple(bad), tuple(by_site))

    def _write(
        self, owner: str, site: str, rows: Sequence[ReadRow], who: str, progress: Progress, cancelled: Stop
    ) -> tuple[int, int, list[BadRow]]:
        """Rows of one site; returns how many are new, how many were changed, and those that may not be changed so."""
        ledger = self._ledgers.begun(owner, site, who)
        with self._ledgers.own(owner, ledger.id) as writing:
            held = writing.rows(row.id for row in rows if row.id)
            back = [row for row in rows if row.id in held]
            entries, bad = _edits(back, held, who)
            gaps = [row.gap for row in rows if row.id not in held]
            fresh = register(gaps, writing.alike(map(alike, gaps)), who, date.today())
            changed = len({entry.row for entry in entries})
            before = writing.count()
            append(writing, [*entries, *fresh], told(progress, len(entries) + len(fresh), cancelled))
            new = writing.count() - before
            return new, changed + len(fresh) - new, bad

    # Out

    def export(
        self,
        owner: str,
        wanted: Filter,
        target: Path,
        progress: Progress = unheard,
        cancelled: Stop = lambda: False,
        *,
        charts: bool = True,
    ) -> int:
        """Write the rows of a filter as Excel, with charts on a second sheet; returns how many."""
        today, tally = date.today(), self._ledgers.tally(owner, wanted)

        def written(done: int) -> None:
            progress("导出台账", done, tally.total)
            if cancelled():
                raise Cancelled("已停止导出。")

        drawn = [draw(kind, tally, "png") for kind in KINDS] if charts and tally.total else []
        extra = self._extra(owner, wanted)
        rows = self._ledgers.queries.each(owner, wanted, today)
        write(target, rows, extra, self.title, today, drawn, written)
        return tally.total

    def _extra(self, owner: str, wanted: Filter) -> list[str]:
        """Headings of the columns that imports brought, as far as the first rows tell; what others have goes into 其他列."""
        first = self._ledgers.rows(owner, wanted, 500)
        return list(dict.fromkeys(name for _, _, row in first for name in row.gap.extra))

    def chart(self, owner: str, wanted: Filter, kind: Kind, *, svg: bool = False) -> bytes:
        """A chart of what the filter leaves."""
        return draw(kind, self._ledgers.tally(owner, wanted), "svg" if svg else "png")

    # Law beside rows

    def title(self, cite: str) -> str:
        """A reference as it is shown."""
        ref = self._sources().ref(cite)
        return label(ref) if ref else cite

    def repeats(self, owner: str, ledger_id: str, row: LedgerRow) -> list[RepeatRule]:
        """Rules that may apply to a row whose gap came back after a penalty."""
        if not row.after_penalty:
            return []
        return applying(self.book.repeats, row, self._ledgers.penalties(owner, ledger_id), date.today())


def _edits(back: Sequence[ReadRow], held: Mapping[str, LedgerRow], who: str) -> tuple[list[Entry], list[BadRow]]:
    """Changes of rows that came back in a table that this ledger gave out; what the table leaves empty stays as it is."""
    entries: list[Entry] = []
    bad: list[BadRow] = []
    for read in back:
        row, made = held[read.id], list[Entry]()
        try:
            values = {name: _value(read.gap, name) for name in _FIELDS if name in read.given}
            if values and (entry := amend(row, values, who, "由表格导入")):
                made.append(entry)
                row = apply(row, entry, row.number)
            if "state" in read.given and read.gap.state is not row.state:
                made.append(move(row, read.gap.state, who, read.gap.note if "note" in read.given else ""))
        except UsageError as error:
            bad.append(BadRow(read.sheet, read.number, str(error), read.cells))
            continue
        entries += made
    return entries, bad


def _value(gap: Gap, name: str) -> Any:
    found = getattr(gap, name)
    return found.isoformat() if isinstance(found, date) else found
