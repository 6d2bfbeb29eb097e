"""The picture of a way through a drill: its steps from left to right, decisions taken coloured, others faint."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from assistant.domain.drill import Drill
from assistant.web.drill_state import Walk

_WIDE, _HIGH = 104, 44
"""Pixels between two columns and between two rows."""
_SIDE, _TOP, _BELOW = 36, 20, 32
"""Pixels around; below there is room for a name."""
_NAME = 7
"""Letters of a post under its step."""


def way(walk: Walk) -> str:
    """As SVG, told in words for who cannot see it."""
    places = _places(walk.drill)
    taken = {(one.step.key, one.at): one.choice.sound for one in walk.decisions}
    wide = max(x for x, _ in places.values()) + _SIDE
    high = max(y for _, y in places.values()) + _BELOW
    return (
        f'<svg class="way" viewBox="0 0 {wide} {high}" style="max-width:{wide}px" role="img" aria-label="{_told(walk)}">'
        f"{''.join(_lines(walk, places, taken))}{''.join(_dots(walk, places))}</svg>"
        '<p class="key"><i class="sound"></i>符合法律要求<i class="unsound"></i>不符合<i></i>没有走的路</p>'
    )


def depths(drill: Drill) -> dict[str, int]:
    """Of each step, decisions before it on the longest way. Steps go on only to steps at a greater depth."""
    before: dict[str, set[str]] = {step.key: set() for step in drill.steps}
    for step in drill.steps:
        for choice in step.choices:
            before.get(choice.next, set()).add(step.key)
    found: dict[str, int] = {}

    def depth(key: str) -> int:
        if key not in found:
            found[key] = max((depth(name) + 1 for name in before[key]), default=0)
        return found[key]

    return {key: depth(key) for key in before}


def _places(drill: Drill) -> dict[str, tuple[int, int]]:
    """Where each step stands, and each end, named after the step and the choice that lead to it."""
    deep, rows = depths(drill), dict[int, list[str]]()
    for step in drill.steps:
        rows.setdefault(deep[step.key], []).append(step.key)
    for step in drill.steps:
        for at, choice in enumerate(step.choices):
            if not choice.next:
                rows.setdefault(deep[step.key] + 1, []).append(_end(step.key, at))
    most = max(map(len, rows.values()))
    return {
        key: (_SIDE + depth * _WIDE, round(_TOP + (most - len(row)) * _HIGH / 2 + at * _HIGH))
        for depth, row in rows.items()
        for at, key in enumerate(row)
    }


def _end(key: str, at: int) -> str:
    return f"{key}/{at}"


def _lines(walk: Walk, places: dict[str, tuple[int, int]], taken: dict[tuple[str, int], bool]) -> Iterator[str]:
    """Those taken last, over the others."""
    drawn = []
    for step in walk.drill.steps:
        spread = len(step.choices) - 1
        for at, choice in enumerate(step.choices):
            (x, y), (to_x, to_y) = places[step.key], places[choice.next or _end(step.key, at)]
            bend = (at - spread / 2) * 16 if choice.next else 0
            middle = (x + to_x) / 2
            kind = {True: "sound", False: "unsound", None: ""}[taken.get((step.key, at))]
            path = f"M{x} {y} C{middle:.0f} {y + bend:.0f} {middle:.0f} {to_y + bend:.0f} {to_x} {to_y}"
            drawn.append((bool(kind), f'<path class="{kind}" d="{path}"/>'))
    yield from (line for _, line in sorted(drawn, key=lambda row: row[0]))


def _dots(walk: Walk, places: dict[str, tuple[int, int]]) -> Iterator[str]:
    passed = {one.step.key: number for number, one in enumerate(walk.decisions, 1)}
    ended = {_end(one.step.key, one.at) for one in walk.decisions if not one.choice.next}
    here = None if walk.seen or walk.step is None else walk.step.key
    for key, (x, y) in places.items():
        if "/" in key and key not in passed and key != here:
            yield f'<rect class="{"been" if key in ended else ""}" x="{x - 5}" y="{y - 5}" width="10" height="10" rx="2"/>'
            continue
        state = "here" if key == here else "been" if key in passed else ""
        number = passed.get(key) or (len(walk.taken) + 1 if key == here else "")
        name = escape(walk.drill.step(key).who.split("（")[0][:_NAME]) if state else ""
        yield f'<circle class="{state}" cx="{x}" cy="{y}" r="{11 if state else 6}"/>'
        if state:
            yield f'<text class="n {state}" x="{x}" y="{y + 4}">{number}</text><text x="{x}" y="{y + 25}">{name}</text>'


def _told(walk: Walk) -> str:
    said = "，".join(f"第{n}步{'符合' if one.choice.sound else '不符合'}要求" for n, one in enumerate(walk.decisions, 1))
    return f"走过的路：{said or '还没有作决定'}"
