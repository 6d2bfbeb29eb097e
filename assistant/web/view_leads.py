"""线索 as HTML: what the models look for, what the tables are taken for, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.answer.authorities import Authorities
from assistant.documents.screened import CAUTION
from assistant.domain.answer import Citation
from assistant.domain.screening import Column, Grid, Hit, Model, Plan, Role, Rule, Screened, Use
from assistant.web.view_sources import badges, reference

SHOWN = 50
"""Hits of a rule that are shown; the file has all."""
_SAMPLES = 3
_UNREAD = 8
_EMPTY = '<h2 class="count">依据</h2><p class="faint">每一条规则依据的条文，筛查后在这里各有一张卡片：条文、效力、施行日。</p>'


def progress(what: str, done: int, total: int) -> str:
    """How far it is."""
    said = f"正在{what}：{done} / {total}" if total else f"正在{what}" + (f"：{done}行" if done else "……")
    return f'<div class="working"><p class="said" role="status">{escape(said)}</p><progress {f"value={done} max={total}" if total else ""}></progress></div>'


def opening(models: Sequence[Model], failure: str = "") -> str:
    """Before any table is there."""
    items = "".join(
        f"<li><h3>{escape(model.name)}</h3><p>{escape(model.about)}。</p>"
        f'<p class="faint">需要：{escape("、".join(role.name for role in model.tables))}</p></li>'
        for model in models
    )
    return f'{_failed(failure)}<h2>能查什么</h2><ul class="models">{items}</ul>'


def plan(models: Sequence[Model], grids: Sequence[Grid], chosen: Plan, failure: str = "") -> str:
    """The guess, to be confirmed."""
    model = next(model for model in models if model.key == chosen.model)
    buttons = "".join(
        f'<button type="button" data-act="choose" data-model="{one.key}" aria-pressed="{str(one is model).lower()}">{escape(one.name)}</button>'
        for one in models
    )
    tables = "".join(_table(model, number, grid, use) for number, (grid, use) in enumerate(zip(grids, chosen.uses, strict=True)))
    none = (
        ""
        if any(use.role for use in chosen.uses)
        else _failed(f"没有认出哪个表格可以用于“{model.name}”，请换一个模型，或者在下面指定每个表格是什么。")
    )
    return (
        f'{_failed(failure)}{none}<form class="plan"><h2>查什么</h2><div class="offences" role="group" aria-label="模型">{buttons}</div>'
        f'<p class="said">{escape(model.about)}。</p><h2>每个表格、每一列是什么</h2>{tables}'
        '<p class="go"><button type="button" data-act="wipe">全部移除</button>'
        '<button type="button" class="primary" data-act="screen">确认，开始筛查</button></p></form>'
    )


def _table(model: Model, number: int, grid: Grid, use: Use) -> str:
    roles = "".join(
        f'<button type="button" data-act="role" data-grid="{number}" data-role="{key}" aria-pressed="{str(use.role == key).lower()}">{escape(name)}</button>'
        for key, name in [*((role.key, role.name) for role in model.tables), ("", "不用")]
    )
    columns = _columns(model.role(use.role), number, grid, use) if use.role else ""
    return (
        f'<section class="grid"><h3>{escape(grid.name)} <small>{len(grid.rows)}行</small></h3>'
        f'<div class="offences" role="group" aria-label="{escape(grid.name)}是">{roles}</div>{columns}</section>'
    )


def _columns(role: Role, number: int, grid: Grid, use: Use) -> str:
    rows = "".join(_column(column, number, grid, use) for column in role.columns)
    rest = [heading for at, heading in enumerate(grid.headings) if heading and at not in use.columns.values()]
    unused = f'<p class="faint">没有用到的列：{escape("、".join(rest))}</p>' if rest else ""
    return f'<table class="columns"><thead><tr><th>要用的</th><th>表里的列</th><th>前几行</th></tr></thead><tbody>{rows}</tbody></table>{unused}'


def _column(column: Column, number: int, grid: Grid, use: Use) -> str:
    at = use.columns.get(column.key)
    options = '<option value="">（没有）</option>' + "".join(
        f'<option value="{place}"{" selected" if place == at else ""}>{escape(heading)}</option>'
        for place, heading in enumerate(grid.headings)
        if heading
    )
    cells = [row[at] for row in grid.rows[:_SAMPLES] if at is not None and at < len(row)]
    lacks = ' class="lacks"' if column.must and at is None else ""
    must = "<em>必需</em>" if column.must else ""
    return (
        f"<tr{lacks}><th>{escape(column.name)}{must}</th>"
        f'<td><select name="c-{number}-{column.key}" aria-label="{escape(column.name)}">{options}</select></td>'
        f"<td>{escape('；'.join(filter(None, cells)))}</td></tr>"
    )


def findings(found: Screened, sources: Authorities, failure: str = "") -> str:
    """What the rules point to, each with what it means, its articles and what to check next."""
    rules = [rule for rule in found.model.rules if rule.key not in found.skipped]
    said = "；".join(f"{escape(rule.name)} {len(found.of(rule.key))}" for rule in rules)
    read = "；".join(f"{escape(name)}：{count}行，当作{escape(found.roles[name])}" for name, count in found.read.items())
    hits = "".join(_rule(rule, found.of(rule.key), sources) for rule in rules if found.of(rule.key))
    none = "" if found.hits else '<p class="said">没有找到这些规则所指的情形。</p>'
    return (
        f"{_failed(failure)}<h2>{escape(found.model.name)}：{len(found.hits)}条线索</h2>"
        '<p class="links"><button type="button" data-act="save">下载 Excel</button>'
        '<button type="button" data-act="screen">改列的对应</button><button type="button" data-act="wipe">全部移除</button></p>'
        f'<p class="limits">{CAUTION}</p><p class="said">{said}</p><p class="faint">读了：{read}</p>{hits}{none}{_not_done(found)}'
    )


def _rule(rule: Rule, hits: Sequence[Hit], sources: Authorities) -> str:
    rows = "".join(_hit(hit) for hit in hits[:SHOWN])
    more = f'<p class="faint">另有{len(hits) - SHOWN}条，见 Excel。</p>' if len(hits) > SHOWN else ""
    cites = "".join(law(sources, cite) for cite in rule.cite if cite in sources.numbers)
    return (
        f'<section class="rule"><h3>{escape(rule.name)} <small>{len(hits)}条</small></h3>'
        f"<p>{escape(rule.means)}。{cites}</p><p><b>下一步：</b>{escape(rule.next)}。</p>"
        f'<details open><summary>哪些行</summary><table class="findings"><tbody>{rows}</tbody></table>{more}</details></section>'
    )


def law(sources: Authorities, cite: str) -> str:
    """A reference that opens its source; one that the library lacks says so."""
    if cite not in sources.numbers:
        return f'<span class="lost">{escape(cite)}（需核对）</span>'
    one = sources.citations[sources.numbers[cite] - 1]
    return (
        f'<button type="button" class="law" data-act="read" data-source="{escape(one.source_id)}" data-quote="{escape(one.quote)}">'
        f"{one.n} {escape(one.title)}</button>"
    )


def _hit(hit: Hit) -> str:
    others = "、".join(escape(str(place)) for place in hit.places[1:4]) + ("等" if len(hit.places) > 4 else "")
    beside = f"<br><small>对应：{others}</small>" if others else ""
    return f"<tr><td>{escape(str(hit.places[0]))}{beside}</td><td>{escape(hit.says)}</td></tr>"


def _not_done(found: Screened) -> str:
    """What was not looked for, what could not be read, and what this cannot tell."""
    names = {rule.key: rule.name for rule in found.model.rules}
    skipped = "".join(f"<li>{escape(names[key])}：{escape(why)}</li>" for key, why in found.skipped.items())
    cells = "".join(f"<li>{escape(f'{cell.place}，{cell.column}：“{cell.value}”')}</li>" for cell in found.unread[:_UNREAD])
    unread = f"<h3>{found.unread_count}处单元格读不出来，没有参与比较</h3><ul>{cells}</ul>" if cells else ""
    missing = f"<h3>没有查的</h3><ul>{skipped}</ul>" if skipped else ""
    notes = "".join(f"<li>{escape(note)}</li>" for note in found.notes)
    said = f"<ul>{notes}</ul>" if notes else ""
    return f'<section class="undone">{said}{missing}{unread}<p class="faint">限度：{escape(found.model.limits)}</p></section>'


def side(sources: Authorities) -> str:
    """The sources of what was found, as cards."""
    if not sources.citations:
        return _EMPTY
    cards = "".join(f"<li>{_card(one)}</li>" for one in sources.citations)
    return f'<h2 class="count">依据（{len(sources.citations)}）</h2><ol>{cards}</ol>'


def _card(one: Citation) -> str:
    opens = f'data-act="read" data-source="{escape(one.source_id)}" data-quote="{escape(one.quote)}"'
    since = f"<span>{one.effective_from.isoformat()}起施行</span>" if one.effective_from else ""
    return (
        f'<article class="card" {opens}><h3><span class="n">{one.n}</span>{escape(one.title)} '
        f"{badges(one.kind, one.text_kind, one.status)}</h3><blockquote>{escape(one.quote)}</blockquote>"
        f'<p class="links">{since}<button type="button" data-do="copy" data-copy="{escape(reference(one))}">复制引注</button>'
        f'<button type="button" {opens}>展开全文</button></p></article>'
    )


def _failed(failure: str) -> str:
    return f'<p class="failure" role="alert">{escape(failure)}</p>' if failure else ""
