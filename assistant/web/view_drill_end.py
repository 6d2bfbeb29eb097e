"""情景演练 looked back on as HTML: every decision, what would have been better, cases of the same sort."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.answer.authorities import Authorities
from assistant.domain.cases import Case
from assistant.domain.drill import Choice, Step
from assistant.web.drill_state import Decision, Walk
from assistant.web.view_drill import PLACE, Law, failed, judged, origin, really, statements
from assistant.web.view_quiz import numbers


def better(step: Step) -> tuple[Choice, ...]:
    """What the law would have asked for at a step."""
    return tuple(choice for choice in step.choices if choice.sound)


def end(
    walk: Walk, case: Case | None, like: Sequence[Case], law: Law, found: Authorities, picture: str, failure: str = ""
) -> str:
    """All decisions in order; cases; the ways on."""
    decisions = walk.decisions
    sound = sum(one.choice.sound for one in decisions)
    first = next((at for at, one in enumerate(decisions) if not one.choice.sound), len(decisions) - 1)
    rows = "".join(_row(one, at, law, found) for at, one in enumerate(decisions))
    praise = "每一步都符合法律要求。" if sound == len(decisions) else "其余的看下面更稳妥的做法。"
    return (
        f'{failed(failure)}<section class="walk end" data-step="end-{len(walk.taken)}"><p class="about"><b>{escape(walk.drill.title)}</b> '
        f"{origin(walk.drill, case)}</p><h2>全程</h2>{picture}"
        f'<p class="sum">{len(decisions)} 步里 <b>{sound}</b> 步符合法律要求。{praise}</p>'
        f'<p class="go"><button type="button" class="primary" data-act="again">再走一遍</button>'
        f'<button type="button" data-act="other" data-turn="{first}">换一条路（从第 {first + 1} 步）</button>'
        f'<button type="button" data-act="leave">换一个演练</button></p><ol class="decisions">{rows}</ol>'
        f"{_cases(case, like, found)}</section>"
    )


def _row(one: Decision, at: int, law: Law, found: Authorities) -> str:
    ways = ""
    if not one.choice.sound:
        ways = "".join(
            f'<div class="better"><h4>更稳妥的做法</h4><p>{escape(choice.text)}</p>{statements(choice, law, found)}</div>'
            for choice in better(one.step)
        )
    return (
        f'<li class="{"sound" if one.choice.sound else "unsound"}"><p class="who">第 {at + 1} 步 · {escape(one.step.who)} · {escape(one.step.ask)}</p>'
        f"<h3>{escape(one.choice.text)}</h3><p>{judged(one)}　{escape(one.choice.followed)}</p>"
        f"<details{'' if one.choice.sound else ' open'}><summary>法律怎么说</summary>{statements(one.choice, law, found)}</details>{ways}{really(one)}"
        f'<button type="button" class="link" data-act="other" data-turn="{at}">从这一步换一条路</button></li>'
    )


def _cases(case: Case | None, like: Sequence[Case], found: Authorities) -> str:
    told = f"<h3>这个演练讲的案件</h3><ul class='like'>{_case(case, found)}</ul>" if case else ""
    rows = "".join(_case(one, found) for one in like if one != case)
    return told + (f"<h3>真实的同类案件</h3><ul class='like'>{rows}</ul>" if rows else "")


def _case(one: Case, found: Authorities) -> str:
    number = numbers([one.id], found, PLACE)
    facts = " · ".join(filter(None, (one.place, one.date, f"{one.deaths} 人死亡" if one.deaths else "")))
    said = [("起因", one.began), ("结果", one.outcome), ("教训", one.lesson)]
    rows = "".join(f"<p><b>{name}</b> {escape(text)}</p>" for name, text in said if text)
    return (
        f"<li><h4>{escape(one.title)}{number}</h4><p class='faint'>{escape(facts)}</p>{rows}"
        f'<button type="button" class="link" data-act="read" data-source="{escape(one.id)}">看全部和出处</button></li>'
    )
