"""A table on its way into the 台账, as HTML: what was understood of it, what was not, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.domain.ledger_book import BadRow, Imported, Understood

_ROWS, _BAD = 8, 30


def understood(read: Understood, site: str, failure: str = "") -> str:
    """To be confirmed before anything is written."""
    said = "".join(f"<tr><th>{escape(name)}</th><td>{escape(heading)}</td></tr>" for name, heading in read.columns.items())
    kept = f'<p class="faint">台账没有对应、原样保留的列：{escape("、".join(read.kept))}</p>' if read.kept else ""
    notes = "".join(f"<li>{escape(note)}</li>" for note in read.notes)
    unsited = sum(not row.site for row in read.rows)
    where = (
        f"<label>场所（{f'{unsited} 行没有写场所，' if unsited < len(read.rows) else ''}都记到）"
        f'<input name="into" value="{escape(site)}" maxlength="60"></label>'
        if unsited
        else '<input type="hidden" name="into" value="">'
    )
    other = "这是台账，不是告警" if read.findings else "这是监测平台的告警"
    wrong = f'<p class="failure" role="alert">{escape(failure)}</p>' if failure else ""
    return (
        f'<form class="ledger reading-table">{wrong}<h2>{escape(read.name)}：读到 {len(read.rows)} {"条告警" if read.findings else "行"}</h2>'
        f'<div class="two"><table class="columns"><thead><tr><th>台账的列</th><th>表里的列</th></tr></thead><tbody>{said}</tbody></table>'
        f"{_first(read)}</div>{kept}<ul class='notes'>{notes}</ul>{_bad(read.bad)}{where}"
        '<p class="go"><button type="button" data-act="skip">不导入</button>'
        f'<button type="button" data-act="kind">{other}</button>'
        f'<button type="button" class="primary" data-act="take"{"" if read.rows else " disabled"}>确认，导入 {len(read.rows)} 行</button></p></form>'
    )


def _first(read: Understood) -> str:
    rows = "".join(
        f"<tr><td>{row.number}</td><td>{escape(row.gap.hazard)}</td><td>{row.gap.level}</td><td>{row.gap.deadline or ''}</td>"
        f"<td>{escape(row.gap.person or row.gap.post)}</td><td>{row.gap.state}</td></tr>"
        for row in read.rows[:_ROWS]
    )
    head = "<tr><th>行</th><th>隐患内容</th><th>等级</th><th>期限</th><th>责任</th><th>状态</th></tr>"
    return f'<table class="columns sample"><thead>{head}</thead><tbody>{rows}</tbody></table>'


def _bad(bad: Sequence[BadRow]) -> str:
    if not bad:
        return ""
    items = "".join(f"<li>第{one.number}行：{escape(one.what)}</li>" for one in bad[:_BAD])
    more = f"<li>另有 {len(bad) - _BAD} 行，见下载的表</li>" if len(bad) > _BAD else ""
    return (
        f'<section class="undone"><h3>{len(bad)} 行不能导入</h3><ul>{items}{more}</ul>'
        '<p><button type="button" data-act="bad">下载这些行（Excel），改好后再导入</button></p></section>'
    )


def done(made: Imported) -> str:
    """One sentence for what an import did."""
    left = f"，{len(made.bad)} 行没有导入" if made.bad else ""
    return f"已导入：新登记 {made.added} 行，更新 {made.again} 行，原来就有 {made.same} 行{left}。"


def refused(read: Understood, bad: Sequence[BadRow]) -> str:
    """Rows that were left out, to be taken away, once the others are in."""
    return (
        f'<form class="ledger reading-table">{_bad(bad)}<p class="go"><button type="button" data-act="skip">看台账</button></p></form>'
        if bad
        else ""
    )
