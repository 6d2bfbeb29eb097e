"""From words with places to passages: lines joined to paragraphs, rows of tables with their headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.domain.material import MaterialPassage, Spot
from assistant.ingest.pages import Fragment
from assistant.ingest.pdf import OPENS, PAGE_NUMBER, running_lines

LONGEST = 400
"""Characters of a passage, about; a longer paragraph is cut between sentences."""
CLOSES = "。！？；!?;"
_HEADING = 34
"""A line at most this long without an end of sentence stands above what follows."""
_SHORT_HEAD = 14
_TOUCH = 0.018
"""Share of the page's width by which two cells of a row may overlap."""
_SLACK, _INDENTED = 2.0, 1.2
"""Characters by which a full line may fall short, and by which the first line of a paragraph stands in at least."""


@dataclass(frozen=True, slots=True)
class Row:
    """What stands side by side on a page: one run of words, or the cells of a table."""

    page: int
    cells: tuple[Fragment, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(cell.text for cell in self.cells)

    @property
    def char(self) -> float:
        """Width of a character, as a share of the page's."""
        return (self.right - self.left) / max(len(self.text), 1)

    @property
    def middle(self) -> float:
        """Its height on the page, as a share from the top."""
        return (self.cells[0].box[1] + self.cells[0].box[3]) / 2

    @property
    def left(self) -> float:
        """Where it begins, as a share of the width."""
        return self.cells[0].box[0]

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.cells[-1].box[2]


class Builder:
    """Text that grows run by run, each run with its place."""

    def __init__(self) -> None:
        self.text = ""
        self.spots: list[Spot] = []

    def add(self, words: str, page: int, fragment: Fragment) -> None:
        """Append words that stand where the fragment does."""
        self.spots.append(Spot(len(self.text), len(self.text) + len(words), page, fragment.box))
        self.text += words

    def passage(self, *, row: bool = False) -> MaterialPassage:
        """What has grown."""
        return MaterialPassage(self.text, f"第{self.spots[0].page}页", tuple(self.spots), row)


def passages(pages: Sequence[Sequence[Fragment]]) -> list[MaterialPassage]:
    """Passages of a paged file from the words of its pages, the first of which is page 1."""
    rows = [_rows(number, fragments) for number, fragments in enumerate(pages, start=1)]
    return [passage for block in _blocks(_without_margins(rows)) for passage in block]


def _rows(page: int, fragments: Iterable[Fragment]) -> list[Row]:
    """Fragments that follow one another on the same height and to the right."""
    rows: list[list[Fragment]] = []
    for fragment in fragments:
        last = rows[-1][-1] if rows else None
        if last and _level(last, fragment) and fragment.box[0] >= last.box[2] - _TOUCH:
            rows[-1].append(fragment)
        elif fragment.text:
            rows.append([fragment])
    return [Row(page, tuple(cells)) for cells in rows]


def _level(one: Fragment, other: Fragment) -> bool:
    (_, top, _, bottom), (_, high, _, low) = one.box, other.box
    return min(bottom, low) - max(top, high) > 0.5 * min(bottom - top, low - high)


def _without_margins(pages: list[list[Row]]) -> list[Row]:
    """All rows but page numbers and what most pages repeat at their head or foot."""
    bare = [_within(page, lambda row: bool(PAGE_NUMBER.match(row.text))) for page in pages]
    texts = [[row.text.strip() for row in page] for page in bare]
    running = running_lines(texts)
    if len(texts) == 2 and all(texts):  # two pages are too few to count
        running |= {texts[0][0]} & {texts[1][0]} | {texts[0][-1]} & {texts[1][-1]}
    first, rest = bare[:1], bare[1:]  # the first page keeps its head: it may be the title
    return [row for page in [*first, *(_within(page, lambda row: row.text.strip() in running) for page in rest)] for row in page]


def _within(page: list[Row], margin: Callable[[Row], bool]) -> list[Row]:
    """A page without the rows at its head and foot that belong to the margin."""
    while page and margin(page[-1]):
        page = page[:-1]
    while page and margin(page[0]):
        page = page[1:]
    return page


def _blocks(rows: list[Row]) -> Iterator[list[MaterialPassage]]:
    """Tables where rows line up under short headings, and running text between them."""
    running: list[Row] = []
    at = 0
    while at < len(rows):
        end = _table(rows, at)
        if end is None:
            running.append(rows[at])
            at += 1
            continue
        yield list(_paragraphs(running))
        running = []
        yield [_under(rows[at], row) for row in _whole(rows[at], rows[at + 1 : end])]
        at = end
    yield list(_paragraphs(running))


def _table(rows: list[Row], at: int) -> int | None:
    """Behind the last row of the table whose headings stand at ``at``; ``None`` where there is none."""
    head = rows[at]
    if len(head.cells) < 2 or any(len(cell.text) > _SHORT_HEAD or re.search("[：:。；]", cell.text) for cell in head.cells):
        return None
    end = at + 1
    while end < len(rows) and _fits(head, rows[end]):
        end += 1
    full = sum(len(row.cells) > 1 for row in rows[at + 1 : end])
    return end if full >= (1 if len(head.cells) > 2 else 2) else None


def _fits(head: Row, row: Row) -> bool:
    """Whether each cell stands under a heading of its own; a single cell only continues one that is not the first."""
    columns = [_column(head, cell) for cell in row.cells]
    known = [column for column in columns if column is not None]
    if len(known) < len(columns) or len(set(known)) < len(known):
        return False
    return len(columns) > 1 or (known[0] > 0 and row.page == head.page)


def _column(head: Row, cell: Fragment) -> int | None:
    """The heading that a cell stands under."""
    starts = [heading.box[0] for heading in head.cells]
    shared = [min(cell.box[2], h.box[2]) - max(cell.box[0], h.box[0]) for h in head.cells]
    if max(shared) > 0:
        return shared.index(max(shared))
    near = min(range(len(starts)), key=lambda n: abs(starts[n] - cell.box[0]))
    return near if abs(starts[near] - cell.box[0]) < 0.08 else None


def _whole(head: Row, rows: Sequence[Row]) -> list[list[tuple[int, Row]]]:
    """Rows of a table as (column, line of a cell); a line that fills no first column belongs to the row nearest to it."""
    parts = [[(_column(head, cell) or 0, Row(row.page, (cell,))) for cell in row.cells] for row in rows]
    whole = [list(cells) for cells in parts if cells[0][0] == 0] or [[]]
    for cells in (cells for cells in parts if cells[0][0] > 0):
        near = min(whole, key=lambda row: _apart(row, cells))
        near.extend(cells)
    return [sorted(row, key=lambda part: (part[0], part[1].page, part[1].middle)) for row in whole if row]


def _apart(row: list[tuple[int, Row]], cells: list[tuple[int, Row]]) -> float:
    """How far a line stands from the first cell of a row; a row of another page is a page away."""
    if not row:
        return 0.0
    own, other = row[0][1], cells[0][1]
    return abs(own.middle - other.middle) + abs(own.page - other.page)


def _under(head: Row, parts: list[tuple[int, Row]]) -> MaterialPassage:
    """姓名：张三；职务：厂长: one row with its headings."""
    built = Builder()
    for column, heading in enumerate(head.cells):
        cells = [part for number, part in parts if number == column]
        for place, part in enumerate(cells):
            lead = ("；" if built.text else "") + f"{heading.text}：" if place == 0 else ""
            built.text += lead
            built.add(part.text, part.page, part.cells[0])
    return built.passage(row=True)


def _paragraphs(rows: Sequence[Row]) -> Iterator[MaterialPassage]:
    """Running text: full lines go on, headings stand above what follows, long paragraphs are cut behind a sentence."""
    edges = _edges(rows)
    built = Builder()
    for before, row in zip([None, *rows], rows, strict=False):
        if before is not None and not _goes_on(before, row, edges) and is_heading(built.text) and len(built.text) < LONGEST:
            built.text += "\n"
        elif before is not None and (
            not _goes_on(before, row, edges) or (len(built.text) > LONGEST and built.text[-1] in CLOSES)
        ):
            yield built.passage()
            built = Builder()
        for place, cell in enumerate(row.cells):
            built.text += " " if place else ""
            built.add(cell.text, row.page, cell)
    if built.text:
        yield built.passage()


def is_heading(text: str) -> bool:
    """Whether the last line of a text is short and ends no sentence."""
    last = text.rsplit("\n", 1)[-1]
    return 0 < len(last) <= _HEADING and last[-1] not in CLOSES


def _edges(rows: Sequence[Row]) -> dict[int, float]:
    """Where full lines of each page end: most lines end no further right; a title or a head may."""
    ends: dict[int, list[float]] = {}
    for row in rows:
        ends.setdefault(row.page, []).append(row.right)
    return {page: sorted(rights)[int(0.8 * len(rights))] for page, rights in ends.items()}


def _goes_on(before: Row, row: Row, edges: dict[int, float]) -> bool:
    """Whether a line continues the one before it: that one is full, and this one opens nothing and is not indented."""
    full = before.right + _SLACK * before.char >= edges[before.page] or before.text[-1:] in "，、"
    indented = row.left - before.left > _INDENTED * row.char
    return full and not indented and not OPENS.match(row.text)
