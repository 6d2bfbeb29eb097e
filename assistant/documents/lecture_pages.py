"""What is too much for one slide is told on two: everything on a slide can be read from the last row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.documents import deck_sizes
from assistant.documents.lecture_said import clauses
from assistant.domain.lecture import Layout, Said, Slide

_SIDES = {"宽": "从宽", "严": "从严"}


def readable(slide: Slide) -> Iterator[Slide]:
    """The slide, or its halves; one statement that cannot be halved stays whole in smaller type."""
    size = deck_sizes.SIZES.get(slide.layout)
    if size is None or size(slide.said) >= deck_sizes.READABLE:
        yield slide
        return
    if slide.layout == "balance":
        for side, named in _SIDES.items():
            said = tuple(replace(one, head="") for one in deck_sizes.side(slide.said, side))
            layout: Layout = "columns" if len(said) > 1 else "statement"
            yield from readable(replace(slide, layout=layout, title=f"{slide.title}：{named}", said=said, notes=()))
        return
    first, second = _halves(slide.said)
    if not first or not second:
        yield slide
        return
    yield from readable(replace(slide, said=first))
    yield from readable(replace(slide, said=second, notes=()))


def _halves(said: Sequence[Said]) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """Statements, or the clauses of a single one."""
    if len(said) > 1:
        middle = (len(said) + 1) // 2
        return tuple(said[:middle]), tuple(said[middle:])
    rows = clauses(said[0].text)
    middle = (len(rows) + 1) // 2
    parts = ("".join(rows[:middle]), "".join(rows[middle:]))
    first, second = (tuple(replace(said[0], text=text) for text in [part] if text) for part in parts)
    return first, second
