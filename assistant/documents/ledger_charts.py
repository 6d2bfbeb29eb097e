"""台账 as charts: by state, by site, by month. The only file that knows matplotlib, which loads when a chart is drawn."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from threading import Lock
from typing import Any, Literal

from assistant.domain.ledger import OVERDUE, State, Tally

Kind = Literal["state", "site", "month"]
KINDS: dict[Kind, str] = {"state": "按状态", "site": "按场所", "month": "按月份"}
FONTS = ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Microsoft YaHei", "SimHei")
"""Fonts with Chinese characters, the first that this machine has is used."""
_MORE_FONTS = ("PingFang SC", "Heiti SC", "Arial Unicode MS", "SimSun", "Droid Sans Fallback")
_COLOURS = {
    State.OPEN: "#b98a3a",
    State.AT_WORK: "#5d7fa6",
    State.TO_CHECK: "#8a8f98",
    State.CLOSED: "#4b8b69",
    OVERDUE: "#a5402d",
}
_MOST_SITES, _MOST_MONTHS = 12, 24
_DRAWING = Lock()
"""matplotlib's settings are one for the whole program."""
Bars = Sequence[tuple[str, int]]


def bars(kind: Kind, tally: Tally) -> list[tuple[str, int]]:
    """What a chart shows: names and counts, in their order."""
    if kind == "state":
        return [(name, tally.states.get(name, 0)) for name in (*State, OVERDUE)]
    if kind == "month":
        return [(month or "未知", count) for month, count in tally.months.items()][-_MOST_MONTHS:]
    first = sorted(tally.sites.items(), key=lambda one: -one[1])
    rest = sum(count for _, count in first[_MOST_SITES:])
    return first[:_MOST_SITES] + ([("其他场所", rest)] if rest else [])


@cache
def font() -> str:
    """The name of a font with Chinese characters that this machine has; empty where it has none."""
    from matplotlib import font_manager

    known = {one.name for one in font_manager.fontManager.ttflist}
    return next((name for name in (*FONTS, *_MORE_FONTS) if name in known), "")


def draw(kind: Kind, tally: Tally, form: Literal["png", "svg"], chinese: str | None = None) -> bytes:
    """A chart as PNG, 960 × 480 pixels, or as SVG for a narrow column, whose words stay words in the reader's own font.

    In a PNG on a machine without Chinese characters the bars carry letters, which ``legend`` explains. ``chinese`` names a font.
    """
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    name = font() if chinese is None else chinese
    lettered = form == "png" and not name
    shown = bars(kind, tally)
    family = [name or FONTS[0], *FONTS, "sans-serif"] if form == "svg" else [name or "DejaVu Sans"]
    options: dict[str, Any] = {
        "svg.fonttype": "none",
        "font.family": family,
        "axes.unicode_minus": False,
        "svg.hashsalt": "anheng",
    }
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # names that only the reader's machine has
    with _DRAWING, matplotlib.rc_context(options):
        figure = Figure(figsize=(4.8, 3.2) if form == "svg" else (9.6, 4.8), dpi=100, layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots()
        _plot(axes, kind, shown, tally, lettered)
        held = BytesIO()
        figure.savefig(
            held,
            format=form,
            metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")) if form == "svg" else {"Software": "AnHeng"},
        )
    return held.getvalue()


def _plot(axes: Any, kind: Kind, shown: Bars, tally: Tally, lettered: bool) -> None:
    names = [chr(ord("A") + number) if lettered else _short(name) for number, (name, _) in enumerate(shown)]
    counts = [count for _, count in shown]
    places = list(range(len(shown)))
    colours = [_COLOURS.get(name, "#5d7fa6") for name, _ in shown] if kind == "state" else "#5d7fa6"
    drawn = axes.bar(places, counts, color=colours, width=0.62)
    axes.bar_label(drawn, padding=2, fontsize=10)
    if kind == "month":
        done = [tally.closed_months.get("" if name == "未知" else name, 0) for name, _ in shown]
        axes.bar(places, done, color=_COLOURS[State.CLOSED], width=0.62, label="closed" if lettered else "其中已销号")
        axes.legend(frameon=False)
    axes.set_xticks(places, names, rotation=30 if kind != "state" and len(shown) > 6 else 0)
    axes.set_title("" if lettered else f"隐患数量{KINDS[kind]}", fontsize=13)
    axes.spines[["top", "right"]].set_visible(False)
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.set_ylim(0, max([*counts, 1]) * 1.12)


def legend(kind: Kind, tally: Tally) -> str:
    """What the letters of a PNG stand for; empty where the bars carry their names."""
    if font():
        return ""
    named = "；".join(f"{chr(ord('A') + number)} {name} {count}" for number, (name, count) in enumerate(bars(kind, tally)))
    return f"本机没有中文字体，图中用字母代替：{named}。安装 fonts-noto-cjk 后重新生成即可显示中文。"


def _short(name: str) -> str:
    return name if len(name) <= 10 else f"{name[:9]}…"
