"""From a self-check to the 台账: its findings become rows, and what was attached to an answer becomes their evidence."""

from __future__ import annotations

from assistant.documents.selfcheck_parts import gaps
from assistant.domain.ledger import Filter, LedgerRow
from assistant.ledger import HERE, LedgerService
from assistant.selfcheck import SelfCheckService

SHOWN = 60
"""Rows of a site that the self-check lists; the page 台账 has all."""


def enter(checks: SelfCheckService, ledger: LedgerService, owner: str, check_id: str, who: str) -> tuple[LedgerRow, ...]:
    """Rows that are new or were found again; none of them twice, however often this is done. They go to the site's own ledger."""
    report, name = checks.report(owner, check_id), who.strip() or HERE
    owner = checks.store.owner(owner, check_id)
    found = gaps(report)
    if not found:
        return ()
    book = ledger.begun(owner, report.check.site.name, name)
    rows = ledger.register(owner, book.id, found, name)
    attached = {gap.key: card.finding.files for gap, card in zip(found, (*report.gaps, *report.unclear), strict=True)}
    for row in rows:
        held = {one.sha256 for one in row.evidence}
        files = [one for one in attached.get(row.gap.key, ()) if one.sha256 not in held]
        kept = [ledger.files.put(content, one.name) for one in files if (content := checks.files.get(one.sha256))]
        if kept:
            ledger.attach(owner, book.id, row.id, kept, name, "自查时附上")
    return rows


def entered(checks: SelfCheckService, ledger: LedgerService, owner: str, check_id: str) -> list[LedgerRow]:
    """What the ledger of a site holds, what presses first; empty where it was not begun."""
    site, owner = checks.store.get(owner, check_id).site.name, checks.store.owner(owner, check_id)
    book = next((one for one in ledger.ledgers(owner) if one.site == site and not one.signer), None)
    return [row for _, _, row in ledger.rows(owner, Filter(ledger=book.id), SHOWN)] if book else []
