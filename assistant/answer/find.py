"""Finding without answering: exact references, search, and the articles that our own records rest on, fused by rank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer.ask import Room
from assistant.answer.understand import understand
from assistant.answer.verify import record_text
from assistant.domain.answer import Passage
from assistant.domain.provision import Provision
from assistant.domain.records import Record
from assistant.law.refs import find_refs, label
from assistant.search.fusion import reciprocal_rank_fusion

SURE, TRUST = 0.35, 6.0
"""A record below this score says nothing on where the article is; above it, its articles count this much more a point."""
COVER = 0.1
"""A record that has less of a question's words is hardly ever that sure of it."""
CITED = 12
"""How many articles records may point to."""


def find(query: str, room: Room, k: int, kind: str | None) -> list[Passage]:
    """Passages, best first: an article named in the query, then what search and the records agree on."""
    if kind not in {None, "provision"}:
        return list(room.passages(query, k, kind))
    exact, (trust, cited) = _named(query, room), _cited(query, room)
    hits = list(room.passages(query, max(k, 50), kind))
    known = {hit.source_id: hit for hit in [*cited, *hits]}
    rows = {source_id: row for row, source_id in enumerate(known)}
    rankings = [(1.0, [rows[hit.source_id] for hit in hits]), (trust, [rows[passage.source_id] for passage in cited])]
    ordered = list(known.values())
    ranked = [replace(ordered[row], score=score) for row, score in reciprocal_rank_fusion(rankings)]
    first = {passage.source_id for passage in exact}
    return [*(replace(passage, score=1.0) for passage in exact), *(hit for hit in ranked if hit.source_id not in first)][:k]


def pointed(query: str, room: Room) -> list[Passage]:
    """What ``find`` knows without searching: articles named in the query, and those that records point to."""
    return [*_named(query, room), *_cited(query, room)[1]]


def _named(query: str, room: Room) -> list[Passage]:
    named = [hit.ref.whole_article() for hit in find_refs(query, room.sources.names) if hit.ref is not None]
    found = (room.sources.provision(ref, date.today()) for ref in dict.fromkeys(named))
    return [provision_passage(provision) for provision in found if provision]


def _cited(query: str, room: Room) -> tuple[float, list[Passage]]:
    """Articles that the records nearest to the query rest on, those of its best points first, and how much they count.

    Questions that a record was written for match it well, and then its articles are right nine times of ten; a story that
    resembles none matches some record weakly, and says nothing.
    """
    u = understand(query, (), room.sources)
    ranked = room.matcher.rank(u.text, u.query, u.aspects, {}, least=COVER)
    matches = [match for match in ranked[:4] if match.score >= SURE]
    seen: set[str] = set()
    cited = [
        passage
        for match in matches
        for point, _ in room.matcher.points(match.record, u.text, u.query, u.aspects)[:3]
        for passage in _fresh(point.cite, room, seen)
    ]
    return (TRUST * (matches[0].score - SURE) if matches else 0.0), cited[:CITED]


def _fresh(cites: Sequence[str], room: Room, seen: set[str]) -> Iterator[Passage]:
    for text in cites:
        ref = room.sources.ref(text)
        provision = room.sources.provision(ref.whole_article(), date.today()) if ref else None
        if provision and provision.ref.article and provision.id not in seen:
            seen.add(provision.id)
            yield provision_passage(provision)


def provision_passage(provision: Provision) -> Passage:
    """An article as search sees it: its law and headings as title, its text."""
    title = " ".join([label(provision.ref), *provision.heading])
    return Passage(provision.id, "provision", title, provision.text, provision.ref.law, provision.ref.article)


def record_passage(record: Record) -> Passage:
    """A record as search sees it: its names and questions as title, its points as text."""
    text = "\n".join([*record.asks, record_text(record)])
    return Passage(record.id, record.kind, " ".join([record.title, *record.aliases]), text)


def once(hits: Iterable[Passage]) -> list[Passage]:
    """Where an article is there as official text and as gist, the official text in the better place of the two."""
    best: dict[tuple[str, str], Passage] = {}
    for hit in hits:
        key = (hit.law, hit.article) if hit.kind == "provision" else (hit.source_id, "")
        known = best.get(key)
        if known is None:
            best[key] = hit
        elif hit.source_id.startswith("text/") and not known.source_id.startswith("text/"):
            best[key] = replace(hit, score=known.score)
    return list(best.values())
