"""Step 台账 of a self-check as HTML: what of this site is followed up, and the way to the page that follows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from assistant.domain.ledger import LedgerRow
from assistant.domain.selfcheck import Site
from assistant.web.view_selfcheck import LEVELS


def page(site: Site, rows: Sequence[LedgerRow], today: date) -> str:
    """The rows of a site, what presses first."""
    where = "在“台账”页改状态、附证据、看经过、导出、做数据包。" if site.own else "台账由建立这个场所的人跟进。"
    head = f'<header class="asking"><h2>{escape(site.name)} · 整改台账</h2><p>{where}</p></header>'
    if not rows:
        return f'{head}<p class="lead">这个场所还没有进台账的缺口。</p><p class="go">{_enter("把这次自查的缺口记入台账")}</p>'
    body = "".join(_row(row, today) for row in rows)
    table = (
        '<div class="wide"><table class="rows"><thead><tr><th>序号</th><th>隐患</th><th>等级</th><th>状态</th><th>期限</th>'
        f"<th>责任岗位</th></tr></thead><tbody>{body}</tbody></table></div>"
    )
    go = '<a class="primary" href="#ledger" data-do="page" data-page="ledger">到台账页跟进</a>' if site.own else ""
    return f'{head}{table}<p class="go">{go}{_enter("再记一次（已有的不重复）")}</p>'


def _enter(word: str) -> str:
    return f'<button type="button" data-act="enter">{word}</button>'


def _row(row: LedgerRow, today: date) -> str:
    gap, late = row.gap, row.overdue(today)
    state = "逾期" if late else row.state.value
    again = '<span class="seal again">重复出现</span>' if row.repeats else ""
    return (
        f"<tr{' class=late' if late else ''}><td>{row.number}</td><td>{escape(gap.hazard)}{again}</td>"
        f'<td><span class="rank {LEVELS[gap.level]}">{gap.level.value}</span></td><td>{state}</td>'
        f"<td>{gap.deadline.isoformat() if gap.deadline else ''}</td><td>{escape(gap.post)}</td></tr>"
    )
