"""What was read from a case that a question tells, as HTML: shown under the answer, to be changed on the page 宽严研判."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape

from assistant.domain.answer import Answer
from assistant.domain.wish import Wish
from assistant.web.state import Exchange

_WRITE = re.compile(r"(?:写|起草|草拟|拟|制作|出具|生成).{0,12}(?:建议|意见|理由|提纲|通知书|移送书|文书|报告)")
"""帮我写一份检察建议."""
_MADE = {"lecture": "去讲堂写这一讲的提纲", "quiz": "去讲堂出这套题", "drill": "去讲堂走一遍案例"}
"""What the button says, by what is wanted."""


def understood(result: Answer) -> str:
    """The facts as chips, folded, and the way to where they are changed; empty where no case was told."""
    if not result.understood:
        return ""
    chips = "".join(f"<li>{escape(fact)}</li>" for fact in result.understood)
    told = escape(result.completed or result.question)
    return (
        f'<details class="understood"><summary>读到的案情（可改）</summary><ul>{chips}</ul>'
        f'<button type="button" data-act="assess" data-told="{told}">在宽严研判中修改</button></details>'
    )


def to_write(exchanges: Iterable[Exchange]) -> Mapping[str, str]:
    """The told case that a paper may be written of, by the exchange: its own, or the last one where a paper is asked for."""
    found: dict[str, str] = {}
    last = ""
    for exchange in exchanges:
        result = exchange.answer
        own = (result.completed or result.question) if result and result.understood else ""
        last = own or last
        if own or (last and _WRITE.search(exchange.question)):
            found[exchange.id] = last
    return found


def write(told: str) -> str:
    """The way to the page 文书 with the case; empty where there is none."""
    if not told:
        return ""
    button = f'<button type="button" data-act="assess" data-then="papers" data-told="{escape(told)}">用这个案件写文书</button>'
    return f'<p class="write">{button}</p>'


def teach(wish: Wish | None) -> str:
    """The way to the part of 讲堂 where the wish is met, with what was said of it; empty where there is none."""
    if wish is None:
        return ""
    said = {"topic": wish.topic, "audience": wish.audience, "style": wish.style, "minutes": wish.minutes, "count": wish.count}
    data = "".join(f' data-{name}="{escape(str(value))}"' for name, value in said.items() if value)
    return f'<p class="write"><button type="button" data-wish="{wish.wanted}"{data}>{_MADE[wish.wanted]}</button></p>'
