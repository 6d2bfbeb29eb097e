"""情景演练 as HTML: the list, the opening, a step, and what followed from a decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from assistant.answer.authorities import Authorities
from assistant.domain.cases import Case
from assistant.domain.drill import Choice, Drill
from assistant.domain.quiz import LETTERS
from assistant.domain.records import Point
from assistant.web.drill_state import Decision, Walk
from assistant.web.drill_way import depths
from assistant.web.view_assess_side import cards
from assistant.web.view_quiz import failed, numbers

__all__ = ["failed"]
PLACE = "drill"
"""What the cards of the part are named after."""
SHUT = '<p class="shut"><button type="button" class="primary" data-act="open">打开演练</button></p>'
"""Before anybody turns to it: the page's script presses the button."""
_NO_SOURCES = '<h2 class="count">依据</h2><p class="faint">作了决定以后，法律的每一句在这里有一张卡片：条文、效力、施行日。</p>'
Law = Callable[[Choice], Sequence[Point]]


def listed(drills: Sequence[tuple[Drill, Case | None]], failure: str = "") -> str:
    """All drills, each with the real case that it tells, if any."""
    rows = "".join(_row(drill, case) for drill, case in drills)
    return (
        f'{failed(failure)}<section class="drills" data-step="list"><h2>一个案件，一步一步走</h2>'
        '<p class="faint">您站在当事人的位置上作决定，看随后发生了什么、法律怎么说；走完以后看每一步更稳妥的做法和真实的同类案件。</p>'
        f"<ul>{rows}</ul></section>"
    )


def _row(drill: Drill, case: Case | None) -> str:
    audience = "、".join(drill.level) if len(drill.level) < 5 else "各类听众"
    longest = max(depths(drill).values()) + 1
    return (
        f'<li><h3>{escape(drill.title)}</h3><p class="about"><b>{escape(drill.topic)}</b> {origin(drill, case)}'
        f"<span>{escape(audience)} · 最多 {longest} 步</span></p><p>{escape(drill.opening)}</p>"
        f'<p class="go"><button type="button" class="primary" data-act="enter" data-drill="{escape(drill.id)}" '
        f'aria-label="走一遍：{escape(drill.title)}">走一遍</button></p></li>'
    )


def origin(drill: Drill, case: Case | None) -> str:
    """虚构案例, or the real case, which opens."""
    if case is None:
        return f'<span class="badge invented">{escape(drill.origin)}</span>'
    return f'<button type="button" class="real" data-act="read" data-source="{escape(case.id)}">真实案件：{escape(case.title)}</button>'


def opening(drill: Drill, case: Case | None, found: Authorities, failure: str = "") -> str:
    """Before the first step."""
    posts = " → ".join(dict.fromkeys(step.who for step in drill.steps))
    number = numbers([case.id], found, PLACE) if case else ""
    return (
        f'{failed(failure)}<section class="walk" data-step="opening"><p class="about"><b>{escape(drill.topic)}</b> '
        f"{origin(drill, case)}{number}</p><h2>{escape(drill.title)}</h2>"
        f'<p class="opening">{escape(drill.opening)}</p><p class="faint">您会先后站在这些人的位置上：{escape(posts)}。</p>'
        '<p class="go"><button type="button" data-act="leave">换一个演练</button>'
        '<button type="button" class="primary go-on" data-act="begin">开始</button></p></section>'
    )


def step(walk: Walk, case: Case | None, law: Law, found: Authorities, picture: str, failure: str = "") -> str:
    """Where the learner stands; or, after a decision, what came of it."""
    body = _followed(walk, law, found) if walk.seen else _asked(walk)
    return (
        f'{failed(failure)}<section class="walk" data-step="{"seen" if walk.seen else "ask"}-{len(walk.taken)}">'
        f'<p class="about"><b>{escape(walk.drill.title)}</b> {origin(walk.drill, case)}</p>{picture}{body}'
        '<p class="foot-line"><span class="keys">键盘：A–H 或者 1–9 选，回车继续</span>'
        '<button type="button" data-act="leave" data-confirm="放下这个演练，回到列表？走过的不保留。">换一个演练</button></p></section>'
    )


def _asked(walk: Walk) -> str:
    here = walk.step
    assert here is not None  # a walk that goes on has a step
    turn = len(walk.taken)
    rows = "".join(
        f'<button type="button" class="option" data-act="decide" data-turn="{turn}" data-pick="{at}" data-key="{at}">'
        f"<i>{LETTERS[at]}</i><span>{escape(choice.text)}</span></button>"
        for at, choice in enumerate(here.choices)
    )
    return (
        f'<article class="asked"><p class="who">第 {turn + 1} 步 · 您是<b>{escape(here.who)}</b></p><p class="scene">{escape(here.scene)}</p>'
        f'<h2>{escape(here.ask)}</h2><div class="options" role="group" aria-label="选择">{rows}</div></article>'
    )


def _followed(walk: Walk, law: Law, found: Authorities) -> str:
    turn, one = len(walk.taken), walk.decisions[-1]
    on = "下一步" if one.choice.next else "回头看全程"
    return (
        f'<article class="asked"><p class="who">第 {turn} 步 · 您是<b>{escape(one.step.who)}</b>，决定</p>'
        f'<h2 class="chosen">{escape(one.choice.text)}</h2><h4>随后</h4><p class="scene">{escape(one.choice.followed)}</p>'
        f'<div class="came {"right" if one.choice.sound else "wrong"}" role="status">{judged(one)}<h4>法律怎么说</h4>'
        f"{statements(one.choice, law, found)}</div>{really(one)}"
        f'<p class="go"><button type="button" class="primary go-on" data-act="next" data-turn="{turn}">{on}</button></p></article>'
    )


def really(one: Decision) -> str:
    """What happened at this point, where a real case is told."""
    return f'<div class="really"><h4>真实情况</h4><p>{escape(one.step.really)}</p></div>' if one.step.really else ""


def judged(one: Decision) -> str:
    """Whether a decision is what the law asks for."""
    return f"<b>{'符合法律要求' if one.choice.sound else '不符合法律要求'}</b>"


def statements(choice: Choice, law: Law, found: Authorities) -> str:
    """What the law says of a decision, with numbers."""
    return '<ul class="says">' + "".join(
        f"<li>{escape(point.text)}{numbers(point.cite, found, PLACE)}</li>" for point in law(choice)
    ) + "</ul>"  # fmt: skip


def sources(found: Authorities) -> str:
    """The cards beside."""
    return cards(found.citations, PLACE) if found.citations else _NO_SOURCES
