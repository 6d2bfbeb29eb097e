"""条文沿革 as HTML: the wordings of an article by their times, with the gaps said and the one of the day marked."""

from __future__ import annotations

from html import escape

from assistant.domain.history import Edition
from assistant.domain.source import SourceView

GAP = "这段时间的文本不在库中"


def editions(source: SourceView) -> str:
    """A list, oldest first; a wording that is at hand opens on a click. Empty where the article never changed."""
    if not source.history:
        return ""
    lines = "".join(_line(one, source) for one in source.history)
    return f'<div class="versions"><h3>条文沿革</h3><ol>{lines}</ol></div>'


def _line(one: Edition, source: SourceView) -> str:
    time = escape(_time(one))
    if one.text and one.source_id != source.source_id:
        on = f' data-on="{source.on.isoformat()}"' if source.on else ""
        time = f'<button type="button" data-act="read" data-source="{escape(one.source_id)}"{on}>{time}</button>'
    held = source.on is not None and one.holds(source.on)
    marks = [
        '<span class="badge ok">当日有效</span>' if held else "",
        f"<span>{escape(_maker(one))}</span>" if one.by else "",
        "" if one.text else f'<span class="faint">{GAP}</span>',
        '<span class="faint">（正在看）</span>' if one.text and one.source_id == source.source_id else "",
    ]
    return f"<li>{' '.join([time, *filter(None, marks)])}</li>"


def _time(one: Edition) -> str:
    since = f"{one.start.isoformat()}起" if one.start else "施行日不详"
    return since + (f"，至{one.end.isoformat()}" if one.end else "，至今")


def _maker(one: Edition) -> str:
    return f"由《{one.by}》{'增设' if one.created else '修改'}"
