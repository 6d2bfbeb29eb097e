"""Which rules may apply to a gap that came back after a penalty: each shown only where what it asks for is on record. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from assistant.domain.ledger import LedgerRow, Penalty
from assistant.domain.ledger_book import RepeatRule
from assistant.domain.provision import ArticleRef
from assistant.practice.normal import years_on


def applying(rules: Sequence[RepeatRule], row: LedgerRow, at_site: Sequence[Penalty], today: date) -> list[RepeatRule]:
    """Rules for a row that was found again after a penalty; ``at_site`` are all penalties of its site."""
    if not row.after_penalty:
        return []
    laws = {ArticleRef.parse(cite).law for cite in row.gap.cites}
    return [rule for rule in rules if _applies(rule, row, laws, at_site, today)]


def _applies(rule: RepeatRule, row: LedgerRow, laws: set[str], at_site: Sequence[Penalty], today: date) -> bool:
    if (rule.laws and not laws & set(rule.laws)) or (rule.levels and row.gap.level not in rule.levels):
        return False
    since = _since(rule, today)
    own, all_ = ([one for one in held if since <= one.on <= today] for held in (row.after_penalty, at_site))
    fitting = [one for one in own if not rule.kinds or any(kind in one.kind + one.number for kind in rule.kinds)]
    return len(fitting) >= rule.penalties and len(all_) >= rule.site_penalties


def _since(rule: RepeatRule, today: date) -> date:
    if rule.within.days:
        return today - timedelta(days=rule.within.days)
    return date.fromordinal(years_on(today.toordinal(), -rule.within.years)) if rule.within.years else date.min
