"""台账 as HTML: what is due, how much of what there is, filters, and the rows. Whatever a user wrote is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from assistant.documents.ledger_charts import Kind
from assistant.domain.ledger import OVERDUE, Filter, Ledger, LedgerRow, Level, State, Tally

Listed = Sequence[tuple[str, str, LedgerRow]]
"""(ledger id, site, row)."""
LEVELS = {Level.MAJOR: "major", Level.SERIOUS: "serious", Level.MINOR: "minor"}
_STATES: Mapping[str, str] = {State.OPEN: "open", State.AT_WORK: "work", State.TO_CHECK: "check", State.CLOSED: "closed"}
_DUE = 5


@dataclass(frozen=True)
class Page:
    """Everything that the page shows of one owner's ledgers."""

    ledgers: Sequence[Ledger]
    wanted: Filter
    rows: Listed
    tally: Tally
    """Of the filter without its state, so that every state keeps its count."""
    people: Iterable[str]
    months: Iterable[str]
    due: Listed
    today: date
    more: bool = False
    """Whether there are further rows."""
    opened: str = ""
    """Id of the row that is open."""
    detail: str = ""
    """That row's inside, as HTML."""
    adding: str = ""
    """The form for a new row, as HTML."""
    message: str = ""
    failure: str = ""
    unsure: bool = False
    """The failure is a signature that may be confirmed."""


def page(held: Page) -> str:
    """The middle column."""
    if not held.ledgers:
        return f'<form class="ledger">{_said(held)}{_refresh()}{_opening()}{held.adding or _adder()}</form>'
    rows = "".join(_row(held, ledger, site, row) for ledger, site, row in held.rows)
    none = "" if held.rows else '<p class="faint">没有符合条件的行。</p>'
    more = '<p class="go"><button type="button" data-act="more">再看一些</button></p>' if held.more else ""
    return (
        f'<form class="ledger">{_said(held)}{_refresh()}{_reminders(held)}{_counters(held)}{_filters(held)}'
        f'{_tools(held)}{held.adding}<div class="entries">{rows}{none}{more}</div></form>'
    )


def _refresh() -> str:
    return '<button type="button" data-act="refresh" hidden></button><button type="button" data-act="filter" hidden></button>'


def _said(held: Page) -> str:
    failure = f'<p class="failure" role="alert">{escape(held.failure)}</p>' if held.failure else ""
    sure = (
        '<p class="go"><button type="button" data-act="trust" data-confirm="已经和发来的单位电话核对过签名指纹，确认一致？">已核对无误，仍然载入</button></p>'
        if held.unsure
        else ""
    )
    return failure + sure + (f'<p class="told" role="status">{escape(held.message)}</p>' if held.message else "")


def _opening() -> str:
    return (
        '<div class="empty"><h2>台账</h2><p>把查出的隐患登记下来，谁负责、什么时候改完、改得怎样，一项一项跟到销号。</p>'
        "<ul><li>从“企业自查”的报告进入，缺口会自动成为台账的行；</li><li>或者导入已有的 Excel 台账、监测平台的告警；</li>"
        "<li>收到企业发来的数据包，载入后可以逐行写检察意见，再交回。</li></ul></div>"
    )


def _adder() -> str:
    return '<p class="tools"><button type="button" data-act="adding">＋ 登记一条</button></p>'


def _reminders(held: Page) -> str:
    late = held.tally.states.get(OVERDUE, 0)
    if not held.due:
        return ""
    items = "".join(
        f'<li><button type="button" data-act="open" data-ledger="{ledger}" data-row="{row.id}">'
        f"<b>{_days(row, held.today)}</b> {escape(site)}：{escape(_cut(row.gap.hazard, 40))}</button></li>"
        for ledger, site, row in held.due[:_DUE]
    )
    rest = len(held.due) - _DUE
    more = f'<li class="faint">另有 {rest}{"" if rest < 95 else "+"} 项快到期或已逾期</li>' if rest > 0 else ""
    return f'<section class="due{" late" if late else ""}"><h2>到期提醒</h2><ul>{items}{more}</ul></section>'


def _days(row: LedgerRow, today: date) -> str:
    assert row.gap.deadline  # only rows with a deadline are due
    left = (row.gap.deadline - today).days
    return f"逾期 {-left} 天" if left < 0 else "今天到期" if left == 0 else f"还有 {left} 天"


def _counters(held: Page) -> str:
    counts = held.tally.states
    names = [*(state.value for state in State), OVERDUE]
    made = "".join(
        f'<button type="button" class="{_STATES.get(name, "late")}" data-act="state" data-state="{name}" '
        f'aria-pressed="{str(held.wanted.state == name).lower()}"><b>{counts.get(name, 0)}</b>{name}</button>'
        for name in names
    )
    again = (
        f'<button type="button" class="again" data-act="repeated" aria-pressed="{str(held.wanted.repeated).lower()}">'
        f"<b>{held.tally.repeated}</b>重复出现</button>"
    )
    return f'<div class="counters" role="group" aria-label="按状态筛选">{made}{again}</div>'


def _filters(held: Page) -> str:
    sites = [(one.id, f"{one.site}（收到）" if one.signer else one.site) for one in held.ledgers]
    wanted = held.wanted
    return (
        f'<p class="filters">{_select("site", "全部场所", sites, wanted.ledger)}'
        f"{_select('month', '全部月份', [(one, one) for one in held.months if one], wanted.month)}"
        f"{_select('person', '全部责任人', [(one, one) for one in held.people], wanted.person)}"
        f'<input name="words" value="{escape(wanted.words)}" placeholder="查隐患内容" aria-label="查隐患内容">'
        f'<button type="button" data-act="filter">查</button></p>'
    )


def _select(name: str, every: str, options: Iterable[tuple[str, str]], chosen: str) -> str:
    made = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(shown)}</option>'
        for value, shown in options
    )
    return f'<select name="{name}" data-auto aria-label="{every[2:]}"><option value="">{every}</option>{made}</select>'


def _tools(held: Page) -> str:
    one = next((one for one in held.ledgers if one.id == held.wanted.ledger), held.ledgers[0] if len(held.ledgers) == 1 else None)
    name = ("交回检察意见（数据包）" if one.signer else "发给检察院（数据包）") if one else ""
    packet = (
        f'<button type="button" data-act="packet" data-ledger="{one.id}">{name}</button>'
        if one
        else '<button type="button" disabled title="先选一个场所">发给检察院（先选场所）</button>'
    )
    return (
        '<p class="tools"><button type="button" data-act="adding">＋ 登记一条</button>'
        f'<button type="button" data-act="export">导出 Excel（{held.tally.total}行）</button>{packet}'
        '<button type="button" data-act="verify">校验</button></p>'
    )


def _row(held: Page, ledger: str, site: str, row: LedgerRow) -> str:
    is_open = row.id == held.opened
    late, gap = row.overdue(held.today), row.gap
    due = f"{gap.deadline}" if gap.deadline else "未定期限"
    marks = [f'<span class="chip {_STATES[row.state]}">{row.state}</span>']
    if late and gap.deadline:
        marks.append(f'<span class="chip late">逾期 {(held.today - gap.deadline).days} 天</span>')
    if row.after_penalty:
        marks.append('<span class="chip late">处罚后又出现</span>')
    elif row.repeats:
        marks.append(f'<span class="chip again">重复出现 {row.repeats} 次</span>')
    if row.remarks:
        marks.append(f'<span class="chip remark">检察意见 {row.remarks}</span>')
    if row.evidence:
        marks.append(f'<span class="chip plain">证据 {len(row.evidence)}</span>')
    responsible = "、".join(filter(None, (gap.post, gap.person))) or "未定责任人"
    return (
        f'<article class="entry{" on" if is_open else ""}{" late" if late else ""}" id="row-{row.id}">'
        f'<header><span class="level {LEVELS[gap.level]}">{gap.level}</span>'
        f'<button type="button" class="hazard" data-act="{"close" if is_open else "open"}" data-ledger="{ledger}" data-row="{row.id}"'
        f' aria-expanded="{str(is_open).lower()}">{escape(gap.hazard)}</button>'
        f'<span class="when">{due} · {escape(responsible)}</span></header>'
        f'<p class="marks">{"".join(marks)}<span class="where">{escape(site)} 第{row.number}行</span></p>'
        f"{held.detail if is_open else ''}</article>"
    )


def adding(site: str) -> str:
    """The form for a new row."""
    levels = "".join(f"<option{' selected' if one is Level.MINOR else ''}>{one}</option>" for one in Level)
    return (
        '<section class="entry-form"><h2>登记一条隐患</h2><div class="fields">'
        f'<label>场所<input name="new_site" value="{escape(site)}" maxlength="60"></label>'
        f'<label>等级<select name="new_level">{levels}</select></label>'
        '<label class="wide">隐患内容<textarea name="new_hazard" rows="2"></textarea></label>'
        '<label class="wide">整改措施<input name="new_measure"></label>'
        '<label>责任岗位<input name="new_post"></label><label>责任人<input name="new_person"></label>'
        '<label>整改期限<input name="new_deadline" type="date"></label></div>'
        '<p class="go"><button type="button" data-act="close">取消</button>'
        '<button type="button" class="primary" data-act="register">登记</button></p></section>'
    )


def chart(kinds: Mapping[Kind, str], shown: Kind | None, picture: str) -> str:
    """Buttons for the charts, and the one that is shown; ``picture`` is a data address."""
    buttons = "".join(
        f'<button type="button" data-act="chart" data-kind="{key}" aria-pressed="{str(key == shown).lower()}">{name}</button>'
        for key, name in kinds.items()
    )
    drawn = f'<img class="chart" src="{picture}" alt="隐患数量{kinds[shown]}">' if picture and shown else ""
    return f'<h2 class="count">图</h2><div class="seg" role="group" aria-label="图">{buttons}</div>{drawn}'


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
