"""词汇: the words of the library by which questions are read in whatever spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.answer.sources import Sources
from assistant.domain.records import Misconception, Offence, Record
from assistant.ingest.records import load_english
from assistant.search.spelling import Speller
from assistant.search.tokens import HAN

_RUNS = re.compile(rf"(?<![\w])[{HAN}]+(?![\w])")
_STATE = "中华人民共和国"


def speller(sources: Sources, folder: Path) -> Speller:
    """Reads questions by the names, topics and texts of the library; ``folder`` holds the English words."""
    known = sources.knowledge
    words = [name for record in known.records for name in (record.title, *record.aliases)]
    words += [word for term in known.terms for word in (*term.says, *term.means.split())]
    return Speller(_pieces(_names(sources)), _pieces(words), _texts(sources), lambda: load_english(folder))


def _names(sources: Sources) -> Iterator[str]:
    """What has one right spelling: offences, laws (imported ones too), terms of art."""
    for offence in sources.offences:
        yield from (offence.title, offence.title.replace("、", ""), *(old.name for old in offence.names))
    yield from (name.removeprefix(_STATE) for law in sources.knowledge.laws for name in (law.title, *law.aliases))
    yield from (name.removeprefix(_STATE) for name in sources.texts.titles())


def _texts(sources: Sources) -> Iterator[str]:
    """How the library writes: what occurs in it is no slip."""
    known = sources.knowledge
    yield from (text for record in known.records for text in _said(record))
    yield from (provision.text for provision in known.provisions)
    yield from (name for law in known.laws for name in (law.title, *law.aliases))
    yield from (word for term in known.terms for word in (*term.says, term.means))


def _said(record: Record) -> Iterator[str]:
    yield from (record.title, *record.aliases, *record.asks)
    yield from record.says if isinstance(record, Misconception) else ()
    yield from (tier.penalty for tier in record.tiers) if isinstance(record, Offence) else ()
    yield from (point.text for point in record.points)


def _pieces(names: Iterable[str]) -> set[str]:
    """Runs of Chinese characters between marks: 不报、谎报安全事故罪 is told by 谎报安全事故罪."""
    return {piece for name in names if "〔" not in name for piece in _RUNS.findall(name) if len(piece) > 1}
