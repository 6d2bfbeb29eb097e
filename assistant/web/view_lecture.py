"""讲堂 as HTML: what is asked for, the outline to be edited, the lectures that were kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from assistant.domain.cases import Case
from assistant.domain.lecture import LONGEST, SHORTEST, Audience, Block, Outline, Stale, Style, Topic

_LENGTHS = (15, 30, 45, 60, 90, 120)
_OTHERS = 24
"""Cases offered in the place of another."""


@dataclass(frozen=True)
class Listed:
    """A kept lecture in the list."""

    id: str
    title: str
    about: str
    version: int
    updated: datetime
    """UTC."""
    stale: tuple[Stale, ...] = ()
    failure: str = ""
    """Why it cannot be opened."""


@dataclass(frozen=True)
class Asked:
    """The form as it was last filled in."""

    topic: str = ""
    audience: str = Audience.WORKERS.value
    minutes: str = "45"
    style: str = Style.WARNING.value


def form(topics: Sequence[Topic], asked: Asked, failure: str = "") -> str:
    """Topic, audience, minutes, style."""
    groups = "".join(
        f'<div class="topics"><b>{kind}</b>{"".join(_topic(one) for one in topics if one.kind == kind)}</div>'
        for kind in ("专题", "行业", "罪名")
    )
    lengths = "".join(
        f'<option value="{one}"{" selected" if str(one) == asked.minutes else ""}>{one} 分钟</option>' for one in _LENGTHS
    )
    if asked.minutes not in map(str, _LENGTHS):
        lengths += f'<option value="{escape(asked.minutes)}" selected>{escape(asked.minutes)} 分钟</option>'
    return (
        f'{failed(failure)}<form class="lecture-form"><h2>讲什么，给谁讲，讲多久</h2>'
        f'<p><label>主题<input name="topic" value="{escape(asked.topic)}" maxlength="80" autocomplete="off" '
        f'placeholder="罪名、行业、专题，或者自己的话，例如：动火作业"></label></p>{groups}'
        f"<p>{_radios('audience', '听众', [one.value for one in Audience], asked.audience)}</p>"
        f"<p>{_radios('style', '讲法', [one.value for one in Style], asked.style)}"
        f'<label class="long">时间<select name="minutes" aria-label="{SHORTEST} 到 {LONGEST} 分钟">{lengths}</select></label></p>'
        '<p class="go"><button type="button" class="primary" data-act="plan">写提纲</button></p></form>'
    )


def outline(one: Outline, others: Sequence[Case], template: str = "", failure: str = "") -> str:
    """The outline with what may be done to it."""
    rows = "".join(_block(block, at, len(one.blocks), others) for at, block in enumerate(one.blocks))
    notices = "".join(f'<p class="notice-line">{escape(line)}</p>' for line in one.notices)
    skin = (
        f'<span class="faint">模板：{escape(template)}</span><button type="button" data-act="plain">不用模板</button>'
        if template
        else ""
    )
    return (
        f'{failed(failure)}<form class="outline"><h2>提纲</h2>'
        f'<p><label>名称<input name="title" value="{escape(one.name)}" maxlength="80" autocomplete="off"></label></p>'
        f'<p class="faint">{one.audience.value} · {one.minutes} 分钟 · {one.style.value}。生成之前可以调顺序、去掉、换案例、加自己的材料。</p>'
        f'{notices}<ol class="blocks">{rows}</ol>'
        f'<p class="go">{skin}<button type="button" data-act="restart">重新选主题</button>'
        '<button type="button" class="primary" data-act="make">生成讲课</button></p></form>'
    )


def kept(lectures: Sequence[Listed], query: str, now: datetime) -> str:
    """The lectures of this browser, with what in them has become old."""
    search = (
        '<form class="find"><input name="query" aria-label="搜索讲课" placeholder="搜索讲过的" autocomplete="off" '
        f'value="{escape(query)}"><button type="button" data-act="find">搜索</button></form>'
    )
    if not lectures:
        nothing = "没有找到这样的讲课。" if query.strip() else "生成的讲课会留在这里，只在这个浏览器里看得到。"
        return f'<h2 class="count">我的讲课</h2>{search if query.strip() else ""}<p class="faint">{nothing}</p>'
    return f'<h2 class="count">我的讲课（{len(lectures)}）</h2>{search}<ul class="kept">{"".join(_kept(one, now) for one in lectures)}</ul>'


def changed(stale: Sequence[Stale], key: str) -> str:
    """Which slides rest on something that is otherwise now, and the way out."""
    if not stale:
        return ""
    rows = "".join(f"<li>{escape(one.title)}：{escape(one.why)}（{_pages(one.slides)}）</li>" for one in stale)
    return (
        f'<div class="stale" role="status"><p>有 {len(stale)} 处依据变了：</p><ul>{rows}</ul>'
        f'<button type="button" data-act="renew" data-id="{escape(key)}">按现在的库重做</button></div>'
    )


def progress(what: str, done: int, total: int, failure: str = "") -> str:
    """How far it is; ``failure``: why nothing else is begun."""
    said = f"{what}（{done} / {total}）" if total else f"{what}……"
    bar = f"value={done} max={total}" if total else ""
    return (
        f'{failed(failure)}<div class="working"><p class="said" role="status">{escape(said)}</p><progress {bar}></progress></div>'
    )


def failed(sentence: str) -> str:
    """Why something was not done."""
    return f'<p class="failure" role="alert">{escape(sentence)}</p>' if sentence else ""


def stuck(sentence: str) -> str:
    """Where not even what is held can be shown, with a way out."""
    return f'{failed(sentence)}<p><button type="button" data-act="restart">重新选主题</button></p>'


def _topic(one: Topic) -> str:
    return f'<button type="button" data-do="lecture-topic" data-topic="{escape(one.name)}">{escape(one.name)}</button>'


def _radios(name: str, label: str, options: Sequence[str], chosen: str) -> str:
    buttons = "".join(
        f'<label><input type="radio" name="{name}" value="{one}"{" checked" if one == chosen else ""}><span>{one}</span></label>'
        for one in options
    )
    return f'<span class="radios" role="radiogroup" aria-label="{label}"><b>{label}</b>{buttons}</span>'


def _block(block: Block, at: int, count: int, others: Sequence[Case]) -> str:
    key, title = escape(block.key), escape(block.title)
    up = "" if at else " disabled"
    down = "" if at + 1 < count else " disabled"
    swap = ""
    if block.kind in {"case", "story"}:
        options = "".join(f'<option value="{escape(one.id)}">{escape(one.title)}</option>' for one in others[:_OTHERS])
        swap = (
            f'<select name="case-{key}" aria-label="换成的案例"><option value="">换一个案例……</option>{options}</select>'
            f'<button type="button" data-act="swap" data-key="{key}">换</button>'
        )
    own = f"<small>{escape(block.place)}：{escape(block.own[:60])}</small>" if block.kind == "own" else ""
    return (
        f'<li><b>{block.part.value}</b><span class="what">{title}{own}</span><span class="does">{swap}'
        f'<button type="button" data-act="up" data-key="{key}" aria-label="上移：{title}"{up}>↑</button>'
        f'<button type="button" data-act="down" data-key="{key}" aria-label="下移：{title}"{down}>↓</button>'
        f'<button type="button" data-act="leave" data-key="{key}" aria-label="去掉：{title}">✕</button></span></li>'
    )


def _kept(one: Listed, now: datetime) -> str:
    key, title = escape(one.id), escape(one.title)
    day = (one.updated + (now.utcoffset() or timedelta())).date().isoformat()
    said = escape(one.failure) if one.failure else f"{escape(one.about)} · 第 {one.version} 版 · {day}"
    pages = tuple(sorted({page for held in one.stale for page in held.slides}))
    old = f'<small class="old">{len(one.stale)} 处依据变了：{_pages(pages)}</small>' if one.stale else ""
    renew = f'<button type="button" data-act="renew" data-id="{key}">重做</button>' if one.stale else ""
    return (
        f'<li><button type="button" class="unroll" data-act="unroll" data-id="{key}">{title}<small>{said}</small></button>{old}'
        f'<span class="does">{renew}<button type="button" data-act="erase" data-id="{key}" '
        f'data-confirm="删除“{title}”和它的全部版本？删除后不能恢复。">删除</button></span></li>'
    )


def _pages(slides: Sequence[int]) -> str:
    shown = "、".join(map(str, slides[:12]))
    return f"第 {shown} 页" + ("等" if len(slides) > 12 else "") if slides else "只在备注里"
