"""类案 as HTML: each known case with its direction, what is alike, what differs, and how it ended as far as that is confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.domain.similar import Similar
from assistant.web.view_marks import Marks, badge

_SIGNALS = {"严": "strict", "宽": "lenient", "宽严分层": "changed"}


def similar(found: Sequence[Similar], marks: Marks) -> str:
    """A section of cases, the nearest first; empty where none is alike."""
    if not found:
        return ""
    items = "".join(f"<li>{_case(one, marks)}</li>" for one in found)
    return f'<h2>类案 <small>按罪名、情节、后果、行业和身份比对，供参考</small></h2><ul class="similar">{items}</ul>'


def _case(one: Similar, marks: Marks) -> str:
    signal = badge(one.signal, _SIGNALS[one.signal]) if one.signal else ""
    unknown = f"<small>没有核到：{escape('、'.join(one.unconfirmed))}</small>" if one.unconfirmed else ""
    return (
        f"<h3>{escape(one.case.title)} {signal}{marks.cites((one.case.id,))}</h3><dl>"
        f"{_row('相同', one.alike)}{_row('不同', one.differences)}"
        f"<dt>处理</dt><dd>{escape(one.outcome)}{unknown}</dd>"
        f"{_row('教训', [one.case.lesson] if one.case.lesson else [])}</dl>"
    )


def _row(name: str, said: Sequence[str]) -> str:
    lines = "".join(f"<dd>{escape(line)}</dd>" for line in said)
    return f"<dt>{name}</dt>{lines}" if lines else ""
