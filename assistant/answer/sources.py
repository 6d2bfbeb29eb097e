"""出处: one place to resolve what may be cited, whether it ships with the program or was imported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Protocol

from assistant.domain.provision import ArticleRef, Law, Provision, Span, Status
from assistant.domain.records import Misconception, Offence, Record
from assistant.ingest.history import amended_law
from assistant.ingest.records import Knowledge
from assistant.law.amendments import Change, read_clauses, read_gist
from assistant.law.refs import NameIndex
from assistant.law.versions import Amendment

STALE = re.compile(r"不能当作现行|不能再作|不得再引用|不再是现行|前[须需]核对|[须需]按新法核对")
"""A note on a law that says so holds for whatever is cited from it."""


_ISSUER = re.compile(r"^(?:最高人民法院|最高人民检察院|公安部|司法部|国务院|应急管理部|、|与|和)+(?=关于)")


def without_issuer(title: str) -> str:
    """关于…的解释, as it is called behind 两高; empty where a title names no issuer."""
    short = _ISSUER.sub("", title)
    return short if short != title else ""


def _read_gists(gists: Iterable[str]) -> tuple[Change, ...]:
    return tuple(change for gist in gists if (change := read_gist(gist)))


class Texts(Protocol):
    """The user's library of imported official texts."""

    def provision(self, law: str, article: str, on: date) -> Provision | None:
        """The version in force on the date, else the newest."""

    def of_law(self, law: str, on: date) -> list[Provision]:
        """Every article of a law in order, each as ``provision`` gives it."""

    def versions(self, law: str, article: str) -> list[Provision]:
        """Every version of an article that is at hand."""

    def repealing(self) -> list[Provision]:
        """Provisions that speak of 废止."""

    def by_id(self, source_id: str) -> Provision | None:
        """One provision; ``None`` when it was removed."""

    def titles(self) -> Mapping[str, str]:
        """Every name under which an imported law is asked for, to its canonical title."""

    def articles(self, law: str) -> list[str]:
        """Numbers of the articles of a law."""

    def newest_date(self) -> date | None:
        """Date of the last import."""


class NoTexts:
    """A fresh machine: nothing has been imported."""

    def provision(self, law: str, article: str, on: date) -> Provision | None:
        """Nothing is at hand."""
        return None

    def of_law(self, law: str, on: date) -> list[Provision]:
        """Nothing is at hand."""
        return []

    def versions(self, law: str, article: str) -> list[Provision]:
        """Nothing is at hand."""
        return []

    def repealing(self) -> list[Provision]:
        """Nothing is at hand."""
        return []

    def by_id(self, source_id: str) -> Provision | None:
        """Nothing is at hand."""
        return None

    def titles(self) -> Mapping[str, str]:
        """Nothing is at hand."""
        return {}

    def articles(self, law: str) -> list[str]:
        """Nothing is at hand."""
        return []

    def newest_date(self) -> date | None:
        """Nothing was ever imported."""
        return None


class Sources:
    """Laws, provisions and records by name, number and id; an imported text goes before our gist of it."""

    def __init__(self, knowledge: Knowledge, texts: Texts | None = None) -> None:
        self.knowledge = knowledge
        self.texts: Texts = texts or NoTexts()
        self._laws = {law.title: law for law in knowledge.laws}
        self._gists = {(p.ref.law, p.ref.article): p for p in knowledge.provisions}
        self._gist_ids = {p.id: p for p in knowledge.provisions}
        self._records = {record.id: record for record in knowledge.records}
        self._amendments: dict[str, tuple[Amendment, ...]] = {}

    @cached_property
    def names(self) -> NameIndex:
        """Title, short title or number → canonical title; our own metadata goes before what a file calls itself."""
        names = {short: title for title in self.texts.titles().values() if (short := without_issuer(title))}
        names |= self.texts.titles()
        for law in self.knowledge.laws:
            for name in (without_issuer(law.title), law.title, f"中华人民共和国{law.title}", law.doc_no, *law.aliases):
                if name:
                    names[name] = law.title
        return NameIndex(names)

    def resolve(self, name: str) -> str | None:
        """Canonical title of a law named in any usual way."""
        return self.names.title(name) or None

    def law(self, title: str) -> Law:
        """What is known of a law; an imported one that we hold nothing on is known by its title alone."""
        return self._laws.get(title) or Law(title)

    def ref(self, text: str) -> ArticleRef | None:
        """Resolve the ``法律#条/款/项`` form used in records."""
        ref = ArticleRef.parse(text)
        title = self.resolve(ref.law)
        return replace(ref, law=title) if title else None

    def provision(self, ref: ArticleRef, on: date) -> Provision | None:
        """The official text where it was imported, else our gist."""
        text = self.texts.provision(ref.law, ref.article, on)
        return self._dated(text) if text else self._gists.get((ref.law, ref.article))

    def of_law(self, title: str, on: date) -> list[Provision]:
        """Every article of a law whose official text was imported, in order."""
        return [self._dated(text) for text in self.texts.of_law(title, on)]

    def _dated(self, text: Provision) -> Provision:
        gist = self._gists.get((text.ref.law, text.ref.article))
        if gist is not None:  # dates and warnings that we have proven go with the official wording too
            known = Span(text.effective.start or gist.effective.start, text.effective.end or gist.effective.end)
            return replace(text, effective=known, note=text.note or gist.note)
        return text

    def by_id(self, source_id: str) -> Provision | Record | None:
        """Whatever carries this id now; ``None`` once it was removed."""
        if source_id.startswith("text/"):
            return self.texts.by_id(source_id)
        return self._gist_ids.get(source_id) or self._records.get(source_id)

    def has_articles(self, title: str) -> bool:
        """Whether more than the mere existence of a law is at hand."""
        return bool(self.texts.articles(title)) or any(law == title and article for law, article in self._gists)

    def any_place(self, title: str) -> str:
        """Some place of a law that can be cited: the whole where it is held, else its first article; empty where nothing is."""
        articles = [article for law, article in self._gists if law == title] or self.texts.articles(title)
        return str(ArticleRef(title, "" if "" in articles else articles[0])) if articles else ""

    def has_text(self, title: str) -> bool:
        """Whether the official wording was imported."""
        return bool(self.texts.articles(title))

    def amendments(self, law: str) -> tuple[Amendment, ...]:
        """Those of a law that is changed by 修正案, in order of time: the official ones, and our gists of those that are not there."""
        if law not in self._amendments:
            official = {title for title in set(self.texts.titles().values()) if amended_law(title) == law}
            gists = {known.title for known in self.knowledge.laws if amended_law(known.title) == law} - official
            read = [self._amendment(title, read_clauses) for title in official]
            read += [self._amendment(title, _read_gists) for title in gists]
            self._amendments[law] = tuple(sorted((one for one in read if one), key=lambda one: one[0]))
        return self._amendments[law]

    def _amendment(self, title: str, read: Callable[[Iterable[str]], tuple[Change, ...]]) -> Amendment | None:
        numbers = self.texts.articles(title) or [article for law, article in self._gists if law == title] or [""]
        clauses = [found for number in numbers if (found := self.provision(ArticleRef(title, number), date.max))]
        start = (
            next((found.effective.start for found in clauses if found.effective.start), None) or self.law(title).effective.start
        )
        return (start, title, read(found.text for found in clauses)) if start else None

    def record(self, record_id: str) -> Record | None:
        """One record of the built-in library."""
        return self._records.get(record_id)

    def records(self, *kinds: str) -> Iterable[Record]:
        """Records of the kinds named, or all."""
        return (record for record in self.knowledge.records if not kinds or record.kind in kinds)

    @cached_property
    def offences(self) -> tuple[Offence, ...]:
        """罪名."""
        return tuple(record for record in self.knowledge.records if isinstance(record, Offence))

    @cached_property
    def misconceptions(self) -> tuple[Misconception, ...]:
        """常见误解."""
        return tuple(record for record in self.knowledge.records if isinstance(record, Misconception))

    @cached_property
    def cited_by(self) -> Mapping[str, frozenset[ArticleRef]]:
        """The articles that each record rests on, by the record's id."""
        resolved = {text: self.ref(text) for record in self.knowledge.records for point in record.points for text in point.cite}
        return {
            record.id: frozenset(ref.whole_article() for point in record.points for text in point.cite if (ref := resolved[text]))
            for record in self.knowledge.records
        }

    @cached_property
    def repealing(self) -> tuple[Provision, ...]:
        """Imported provisions that speak of 废止, as those do that repeal a text by name."""
        return tuple(self.texts.repealing())

    @cached_property
    def newest(self) -> date | None:
        """The date of the newest thing in the library."""
        dates = [record.checked.on for record in self.knowledge.records]
        newest = self.texts.newest_date()
        return max([*dates, *([newest] if newest else [])], default=None)

    def status(self, provision: Provision, on: date) -> Status:
        """效力 of a provision on a date: of its law first, then of its own version."""
        law = self.law(provision.ref.law)
        if "K" in (provision.confidence, law.confidence):
            return Status.UNVERIFIED
        if law.effective.end and on > law.effective.end:
            return Status.REPEALED
        span = provision.effective
        dated = span.start is not None and span.end is not None and span.holds(on)  # a former text, asked about in its own time
        if span.start and on < span.start:
            return Status.NOT_YET  # a former text too, asked about before its time
        if (span.end and on > span.end) or (provision.superseded and not dated):
            return Status.AMENDED
        start = provision.effective.start or law.effective.start
        return Status.NOT_YET if start and on < start else Status.IN_FORCE
