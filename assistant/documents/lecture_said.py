"""Statements of a lecture: each goes through the same check as an answer's, or is withheld with its reason."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.answer.draft import Draft, in_chinese
from assistant.answer.sources import Sources
from assistant.answer.verify import Verified, cite, record_text
from assistant.domain.answer import Citation, Section, Withheld
from assistant.domain.lecture import Lecture, Said, Stale
from assistant.domain.provision import ArticleRef, Provision, Status, TextKind
from assistant.domain.records import Point, Record

_CLAUSE = re.compile(r"[^；。]+[；。]?(?:[”’）]*)")
_BOUND = ("但", "除", "不是", "其中", "否则", "并且", "前提")
"""A clause that begins so limits the one before, and goes with it."""
_LIST = re.compile(r"[一二三四五六七八两\d](?:种|类|层|项|档|个|级)[^；。]*：|一是")
"""A sentence that says how many follow."""
_PAST = {Status.REPEALED, Status.AMENDED, Status.NOT_YET}


class Citing:
    """The sources of one lecture, numbered as they are first needed."""

    def __init__(self, sources: Sources, on: date) -> None:
        self._sources, self._on, self._verified = sources, on, Verified()

    def say(self, text: str, references: Sequence[str], head: str = "", span: tuple[float, float] | None = None) -> Said | None:
        """The statement with the numbers of its sources; ``None`` where none of them carries it."""
        draft = Draft(in_chinese(text), Section.BASIS, tuple(references))
        found = [cite(reference, draft, self._sources, self._on) for reference in references]
        good = [one for one in found if isinstance(one, Citation)]
        if not good:
            why = "；".join(dict.fromkeys(one for one in found if isinstance(one, str)))
            self._verified.withheld.append(Withheld(draft.text, why))
            return None
        return Said(draft.text, tuple(dict.fromkeys(self._verified.number(one) for one in good)), head, span)

    def point(self, record: Record, point: Point, text: str = "", head: str = "") -> Said | None:
        """A point of a record; where no article stands beside it, the record is the source."""
        return self.say(text or point.text, point.cite or (record.id,), head)

    def own(self, text: str, place: str) -> Said:
        """Words out of the trainer's own file: quoted, never law."""
        card = Citation(0, f"own/{place}", "material", place, text, TextKind.ORIGINAL, Status.UNVERIFIED)
        return Said(text, (self._verified.number(card),))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """In the order of their numbers."""
        return tuple(self._verified.citations)

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """What was not said, and why."""
        return tuple(self._verified.withheld)


def clauses(text: str) -> list[str]:
    """The clauses between semicolons; one that limits the clause before it stays with it."""
    found: list[str] = []
    for hit in _CLAUSE.finditer(text):
        said = hit.group().strip()
        if found and said.startswith(_BOUND):
            found[-1] += said
        elif said:
            found.append(said)
    return found


def opening(text: str, most: int) -> str:
    """As many whole clauses from the start as fit into ``most`` characters, at least one; a list that is announced stays whole."""
    first, *others = clauses(text) or [text]
    if _LIST.search(text) or ("：" in first and len(others) > 1):
        return text
    for clause in others:
        if len(first) + len(clause) > most:
            break
        first += clause
    return first.rstrip("；。") + "。"


def place_of(citation: Citation) -> str:
    """What a citation rests on, whichever version of it: 安全生产法#97, or the id of a record; empty for one's own file."""
    if citation.kind == "provision":
        return f"{citation.law}#{citation.article}"
    return "" if citation.kind == "material" else citation.source_id


def prints(citations: Sequence[Citation], sources: Sources, on: date) -> dict[str, str]:
    """The fingerprint of every source as it is on a day, by its place."""
    places = filter(None, dict.fromkeys(place_of(one) for one in citations))
    return {place: print_of(found) for place in places if (found := _found(place, sources, on))}


def stale(lecture: Lecture, sources: Sources, on: date) -> list[Stale]:
    """The sources that are otherwise now than when the lecture was built, with the slides that rest on them."""
    changed: list[Stale] = []
    for place, before in lecture.prints.items():
        if why := _why(place, before, sources, on):
            numbers = {one.n for one in lecture.citations if place_of(one) == place}
            slides = tuple(at for at, slide in enumerate(lecture.slides, 1) if numbers & {*slide.cites, *_spoken(slide.notes)})
            title = next(one.title for one in lecture.citations if one.n in numbers)
            changed.append(Stale(place, title, why, slides))
    return changed


def _spoken(notes: Sequence[Said]) -> set[int]:
    return {n for one in notes for n in one.cites}


def _why(place: str, before: str, sources: Sources, on: date) -> str:
    found = _found(place, sources, on)
    if found is None:
        return "已移除"
    if isinstance(found, Provision) and (status := sources.status(found, on)) in _PAST:
        return status.value
    now = print_of(found)
    if now == before:
        return ""
    return "现有官方原文" if before[:2] == TextKind.GIST.value and now[:2] == TextKind.ORIGINAL.value else "已修改"


def _found(place: str, sources: Sources, on: date) -> Provision | Record | None:
    law, mark, article = place.partition("#")
    return sources.provision(ArticleRef(law, article), on) if mark else sources.record(place)


def print_of(found: Provision | Record) -> str:
    """Kind and digest of a text."""
    kind, text = (found.kind.value, found.text) if isinstance(found, Provision) else ("记录", record_text(found))
    return f"{kind}:{hashlib.sha256(text.encode()).hexdigest()[:24]}"


def by_title(citations: Sequence[Citation]) -> Mapping[str, list[Citation]]:
    """Citations by what is printed of them, in the order of their numbers."""
    grouped: dict[str, list[Citation]] = {}
    for one in citations:
        grouped.setdefault(one.title, []).append(one)
    return grouped
