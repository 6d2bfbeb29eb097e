"""谁引用, 引用谁: the articles that cite an article and those that it cites, as the index has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from assistant.domain.source import Related, SourceView
from assistant.law.patterns import AMENDS
from assistant.search.index import Index


def with_related(source: SourceView, index: Index, gone: Callable[[str], bool]) -> SourceView:
    """A source with what cites it and what it cites; ``gone`` are ids that the index still has and the library does not."""
    row, links = index.row(source.source_id), index.links
    by, to = (_related(index, rows, source.law, gone) for rows in (links.citing(row), links.cited(row)))
    return replace(source, cited_by=by, cites=to)


def counted(source_ids: Iterable[str], index: Index) -> Mapping[str, int]:
    """How many articles cite each source; what nobody cites is left out."""
    ids, counts = index.source_ids(index.rows(source_ids)), index.links.counts
    return {source_id: int(counts[row]) for row, source_id in ids.items() if row < len(counts) and counts[row]}


def _related(index: Index, rows: list[int], law: str, gone: Callable[[str], bool]) -> tuple[Related, ...]:
    """Those of the same law first, then by law; what only changes a law comes last."""
    found = index.passages(rows)
    passages = [found[row] for row in rows if row in found and not gone(found[row].source_id)]
    passages.sort(key=lambda one: (one.law != law, bool(AMENDS.search(one.law)), one.law))
    return tuple(Related(one.source_id, one.law, one.article, one.text) for one in passages)
