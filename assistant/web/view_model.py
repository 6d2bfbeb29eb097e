"""A model's part in an answer as HTML: which model writes, its sentences as they come, what was sent to it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from assistant.domain.answer import DRAFTED, Answer, Claim

WAITING = '<p class="wait" role="status">正在查找依据……</p>'


def which(about: Mapping[str, Any]) -> str:
    """The model in the head of the page; where it is elsewhere and not yet agreed to, a button that says what that means."""
    name = escape(str(about.get("model") or "未接模型"))
    warning = about.get("model_warning")
    if not warning:
        return name
    act = "disagree" if about.get("model_on") else "agree"
    word = "停用外部模型" if about.get("model_on") else "启用外部模型"
    return f'{name} <button type="button" class="model" data-act="{act}" data-warning="{escape(str(warning))}">{word}</button>'


def growing(so_far: Answer, sections: str) -> str:
    """The answer as far as it is written, and that more may come."""
    return (
        f'<div class="answer-so-far" aria-live="polite">{sections}</div>'
        f'<p class="wait" role="status">{escape(so_far.model or "模型")}正在起草，每句核对后显示……</p>'
    )


def mark(claim: Claim) -> str:
    """Who wrote a claim, where a model did."""
    return f'<small class="drafted">{DRAFTED}</small>' if claim.drafted else ""


def sent(result: Answer) -> str:
    """What went to the model, word for word."""
    if not result.sent:
        return ""
    return (
        f'<details class="sent"><summary>发给模型的内容（{escape(result.model)}）</summary>'
        f"<pre>{escape(result.sent)}</pre></details>"
    )
