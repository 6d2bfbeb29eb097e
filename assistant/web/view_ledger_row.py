"""A row of the 台账 opened, as HTML: what to do, what follows if not, its history, and what may be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from html import escape
from typing import Any

from assistant.answer.authorities import Authorities
from assistant.domain.ledger import Deed, LedgerRow, State
from assistant.domain.ledger_book import RepeatRule
from assistant.domain.ledger_chain import Entry
from assistant.web.view_leads import law

_NAMES = {
    "level": "隐患等级",
    "duty": "法定要求",
    "cites": "依据",
    "liability": "法律责任",
    "measure": "整改措施",
    "post": "责任岗位",
    "person": "责任人",
    "deadline": "整改期限",
    "note": "备注",
    "extra": "其他列",
    "state": "状态",
}
_HERE = timezone(timedelta(hours=8))
"""北京时间."""


def detail(
    ledger: str,
    row: LedgerRow,
    history: Sequence[tuple[Entry, str]],
    rules: Sequence[RepeatRule],
    sources: Authorities,
    moves: Sequence[State],
    received: bool,
) -> str:
    """Everything of a row; ``received`` ones take remarks only."""
    acts = _remark(ledger, row) if received else _acts(ledger, row, moves) + _remark(ledger, row)
    return (
        f'<div class="inside">{_columns(row, sources)}{_repeats(row, rules, sources)}{_evidence(row)}'
        f'<section class="acts">{acts}</section>{_history(history)}</div>'
    )


def _columns(row: LedgerRow, sources: Authorities) -> str:
    gap = row.gap
    liable = "".join(f"<p>{escape(one)}</p>" for one in gap.liability) or '<p class="faint">没有写法律责任</p>'
    cites = "".join(law(sources, cite) for cite in gap.cites) or '<p class="faint">没有写依据</p>'
    extra = "".join(f"<p>{escape(name)}：{escape(value)}</p>" for name, value in gap.extra.items())
    note = f"<p>备注：{escape(gap.note)}</p>" if gap.note else ""
    return (
        f'<div class="three"><div><h4>该做什么</h4><p>{escape(gap.measure) or "没有写整改措施"}</p>'
        f"<h4>法律怎么要求</h4><p>{escape(gap.duty) or '没有写'}</p></div><div><h4>不做会怎样</h4>{liable}</div>"
        f'<div><h4>依据</h4><p class="laws">{cites}</p><h4>来源</h4><p>{escape(gap.source) or "没有写"}，{gap.found}发现</p>{note}{extra}</div></div>'
    )


def _repeats(row: LedgerRow, rules: Sequence[RepeatRule], sources: Authorities) -> str:
    if not row.after_penalty:
        return f'<p class="again">同一隐患在这里出现过 {row.repeats} 次。</p>' if row.repeats else ""
    told = "；".join(
        escape("".join(filter(None, (f"{one.on}", one.kind, f"（{one.number}）" if one.number else ""))))
        for one in row.after_penalty
    )
    items = "".join(
        f'<li class="{"crime" if rule.crime else ""}"><b>{escape(rule.title)}</b> {escape(rule.says)}'
        f"{''.join(law(sources, cite) for cite in rule.cite)}</li>"
        for rule in rules
    )
    none = (
        "" if items else "<p>这一行没有写明依据哪部法律，或者登记的处罚不符合库内任何一条规定的条件，请人工核对适用哪条规定。</p>"
    )
    return (
        f'<section class="penalised"><h4>处罚后又出现</h4><p>此前的处罚：{told}。</p><ul>{items}</ul>{none}'
        '<p class="faint">只提示可能适用的规定和条件，是否适用由主管机关认定。</p></section>'
    )


def _evidence(row: LedgerRow) -> str:
    items = "".join(
        f'<li><button type="button" data-act="proof" data-sha="{one.sha256}">{escape(one.name)}</button>'
        f"<small>{_size(one.size)} · SHA-256 {one.sha256[:16]}…</small></li>"
        for one in row.evidence
    )
    return f'<section class="proofs"><h4>证据文件</h4><ul>{items}</ul></section>' if items else ""


def _size(count: int) -> str:
    return f"{count / 2**20:.1f} MB" if count >= 2**20 else f"{max(1, count // 1024)} KB"


def _acts(ledger: str, row: LedgerRow, moves: Sequence[State]) -> str:
    gap, at = row.gap, f'data-ledger="{ledger}" data-row="{row.id}"'
    buttons = "".join(
        f'<button type="button" data-act="move" data-to="{state}" {at}>{"退回整改" if _back(row.state, state) else f"改为{state}"}</button>'
        for state in moves
    )
    return (
        f'<div class="act"><label class="wide">说明（销号、退回时要写，或者先附证据文件）<input name="note"></label>{buttons}</div>'
        f'<details class="act"><summary>改责任人、期限、措施</summary><div class="fields">'
        f'<label>责任岗位<input name="set_post" value="{escape(gap.post)}"></label>'
        f'<label>责任人<input name="set_person" value="{escape(gap.person)}"></label>'
        f'<label>整改期限<input name="set_deadline" type="date" value="{gap.deadline or ""}"></label>'
        f'<label class="wide">整改措施<input name="set_measure" value="{escape(gap.measure)}"></label></div>'
        f'<button type="button" data-act="amend" {at}>保存</button></details>'
        f'<details class="act"><summary>登记行政处罚</summary><div class="fields"><label>处罚日期<input name="fine_on" type="date"></label>'
        '<label>种类<input name="fine_kind" value="罚款"></label><label>文号<input name="fine_number"></label></div>'
        f'<button type="button" data-act="punish" {at}>登记</button></details>'
    )


def _back(old: State, new: State) -> bool:
    order = [*State]
    return order.index(new) < order.index(old)


def _remark(ledger: str, row: LedgerRow) -> str:
    return (
        '<div class="act"><label class="wide">检察意见（回头看）<textarea name="remark" rows="2"></textarea></label>'
        f'<button type="button" data-act="remark" data-ledger="{ledger}" data-row="{row.id}">写入意见</button></div>'
    )


def _history(history: Sequence[tuple[Entry, str]]) -> str:
    items = "".join(_entry(entry, via) for entry, via in reversed(history))
    return f'<section class="history"><h4>谁在什么时候做了什么</h4><ol>{items}</ol></section>'


def _entry(entry: Entry, via: str) -> str:
    when = datetime.fromisoformat(entry.when).replace(tzinfo=UTC).astimezone(_HERE).strftime("%Y-%m-%d %H:%M")
    said = [_did(entry)]
    if entry.note:
        said.append(f"“{escape(entry.note)}”")
    said += [f"附“{escape(one.name)}”" for one in entry.evidence]
    by = f'<small title="随数据包来，签名指纹">来自 {escape(via)}</small>' if via else ""
    kind = " remark" if entry.deed is Deed.REMARK else ""
    return f'<li class="{kind.strip()}"><time>{when}</time> <b>{escape(entry.who)}</b> {"，".join(filter(None, said))}{by}</li>'


def _did(entry: Entry) -> str:
    if entry.deed in (Deed.STATE, Deed.CHANGE):
        pairs = (
            f"{_NAMES.get(name, name)} {_shown(entry.before.get(name))} → {_shown(value)}" for name, value in entry.after.items()
        )
        return escape("；".join(pairs))
    if entry.deed is Deed.AGAIN:
        return escape(f"再次发现（{entry.after.get('source', '')}）")
    if entry.deed is Deed.PENALTY:
        after = entry.after
        return escape(f"登记处罚：{after.get('on', '')} {after.get('kind', '')} {after.get('number', '')}".rstrip())
    return escape(entry.deed.value)


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "、".join(map(str, value)) or "（空）"
    return str(value) if value not in (None, "", {}) else "（空）"
