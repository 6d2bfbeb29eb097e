"""The one place that wires rooms together. Each service is built at first use, so that nothing heavy loads before it is needed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answer.check import check
from assistant.answer.cited import counted, with_related
from assistant.answer.find import find, once
from assistant.answer.look_up import look_up
from assistant.answer.match import Matcher
from assistant.answer.open import open_source
from assistant.answer.sources import Sources
from assistant.answer.understand import normalise
from assistant.answer.vocabulary import speller
from assistant.answer.writing import Shown
from assistant.domain.answer import Answer, Passage
from assistant.domain.check import Finding
from assistant.domain.history import DayLaw
from assistant.domain.material import Shelf
from assistant.domain.provision import Provision
from assistant.domain.source import SourceView
from assistant.drafting import Drafting
from assistant.errors import IndexDamaged
from assistant.indexing import LibraryIndex
from assistant.ingest.records import Knowledge, load_knowledge
from assistant.papers import Papers
from assistant.practising import Practising
from assistant.search.rerank import learnt
from assistant.search.spelling import Reading, Speller
from assistant.settings import Settings
from assistant.store.library import Library

if TYPE_CHECKING:
    from assistant.ingest.report import ImportReport
    from assistant.search.embed import Embedder
    from assistant.search.index import Index
    from assistant.search.retriever import Retriever

Progress = Callable[[str, int, int], None]
Stop = Callable[[], bool]


class Services(Practising):
    """Everything that the page, the command line and the evaluation call."""

    def __init__(self, settings: Settings, progress: Progress | None = None) -> None:
        self.settings, self.max_chars = settings, settings.ask.max_chars
        self._progress = progress
        self._indexing = threading.RLock()
        self._revision = -1

    # What is asked

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Answer] = (),
        on: date | None = None,
        cancelled: Stop = lambda: False,
        shelf: Shelf | None = None,
        shown: Shown = lambda answer: None,
        model: bool = True,
    ) -> Answer:
        """Answer a question after ``history``, from the asker's own ``shelf`` too; ``shown`` gets the answer as a model adds to it."""
        self._notice()
        screened = self.screening.asked(question, shelf, on, cancelled)
        return screened or self.drafting.ask(question, self, history, on, cancelled, shelf, shown, model)

    def search(self, query: str, k: int = 10, kind: str | None = None) -> list[Passage]:
        """Ranked passages; an exact reference comes first, and what our records cite on the matter helps to find its article."""
        return find(self.read(query).text, self, k, kind)

    def read(self, question: str) -> Reading:
        """A question as the library would write it: simplified characters, slips put right, pinyin and English in Chinese."""
        self._notice()
        return self.speller.read(normalise(question))

    def passages(self, query: str, k: int, kind: str | None = None) -> list[Passage]:
        """Search the index; where an article is there as official text and as gist, its better place and the official text stay."""
        return once(self._found(query, 2 * k, [kind] if kind else None))[:k]

    def _found(self, query: str, k: int, kinds: Sequence[str] | None) -> Sequence[Passage]:
        """Search; an index that turns out to be damaged is built anew from the library, which holds everything."""
        try:
            self.index.refresh()
            return self.retriever.search(query, k, kinds=kinds, exclude=self._gone)
        except IndexDamaged:
            with self._indexing:
                self.indexing.rebuild()
                self.__dict__.pop("retriever", None)
            return self.retriever.search(query, k, kinds=kinds, exclude=self._gone)

    def law(self, law: str, article: str = "", on: date | None = None) -> Provision:
        """One article by name and number; a note says where it is not that of the day, as ``day_law`` tells in full."""
        return self.day_law(law, article, on).provision

    def day_law(self, law: str, article: str = "", on: date | None = None) -> DayLaw:
        """What held on a day, or why that cannot be told; raises ``UnknownLaw`` or ``UnknownArticle`` with what to do."""
        self._notice()
        return look_up(law, article, self.sources, on or date.today())

    def check(
        self, text: str, on: date | None = None, progress: Progress | None = None, cancelled: Stop | None = None
    ) -> list[Finding]:
        """Every legal reference of a text against the library, at a date."""
        self._notice()
        return check(text, self.sources, partial(self.passages, kind="provision"), on or date.today(), progress, cancelled)

    def source(self, source_id: str, on: date | None = None) -> SourceView:
        """A citation opened, as read on a day: the text with its neighbours and its history, what cites it and what it cites."""
        self._notice()
        opened, index = open_source(source_id, self.sources, self.library, on), self.indexing.at_hand()
        return with_related(opened, index, self._gone) if index else opened

    def cited(self, source_ids: Iterable[str]) -> Mapping[str, int]:
        """How many other articles cite each of these sources, where any do and the index is there."""
        index = self.indexing.at_hand()
        return counted(source_ids, index) if index else {}

    def about(self) -> dict[str, Any]:
        """Dates and counts for the bar of the page and for ``anheng doctor``."""
        counts = self.library.counts()
        return {
            "library_date": self.sources.newest,
            **self.drafting.about(),
            "texts": counts.laws,
            "articles": counts.articles,
            "laws": len(self.knowledge.laws),
            "gists": len(self.knowledge.provisions),
            "records": len(self.knowledge.records),
        }

    # What is built once

    @cached_property
    def knowledge(self) -> Knowledge:
        """The library that ships."""
        return load_knowledge(self.settings.knowledge)

    @cached_property
    def library(self) -> Library:
        """The user's imported texts."""
        return Library(self.settings.home)

    @cached_property
    def sources(self) -> Sources:
        """Everything that may be cited."""
        return Sources(self.knowledge, self.library)

    @cached_property
    def speller(self) -> Speller:
        """Reads questions in any spelling by the words of the library."""
        return speller(self.sources, self.settings.knowledge)

    @cached_property
    def matcher(self) -> Matcher:
        """Questions against records."""
        return Matcher(record for record in self.knowledge.records if record.kind != "risk_tip")

    @cached_property
    def drafting(self) -> Drafting:
        """The language model of the settings, if any."""
        return Drafting(self.settings)

    @cached_property
    def papers(self) -> Papers:
        """文书."""
        return Papers(self)

    @cached_property
    def embedder(self) -> Embedder:
        """The embedding model of the settings."""
        from assistant.search.embed import load_embedder

        return load_embedder(self.settings.search, self.settings.knowledge / "embedding")

    @cached_property
    def indexing(self) -> LibraryIndex:
        """The index and how it is kept in line with the library."""
        return LibraryIndex(self.settings, self.knowledge, self.library, self.embedder, self._progress)

    @property
    def index(self) -> Index:
        """Opened, or built where there is none that works, and brought in line with the library."""
        return self.indexing.index

    @cached_property
    def retriever(self) -> Retriever:
        """Search over the index."""
        from assistant.search.retriever import Retriever

        return Retriever(self.index, self.embedder, self.settings.search, learnt(self.settings))

    def warm(self) -> None:
        """Build or open the index and load what the first question needs, so that nobody waits for it later."""
        self.passages("安全生产", 1)
        self.drafting.warm()

    # What changes the library

    def import_paths(
        self, paths: Sequence[Path], progress: Progress | None = None, cancelled: Stop | None = None
    ) -> ImportReport:
        """Read files into the library and the index."""
        from assistant.ingest.pipeline import import_paths

        with self._indexing:
            report = import_paths(paths, self.library, self.knowledge.by_name, progress, cancelled)
            self._changed()
        return report

    def remove(self, document_id: str) -> bool:
        """Remove a document for good: from the library, and from every index that holds it."""
        from assistant.ingest.pipeline import remove_document

        with self._indexing:
            removed = remove_document(self.library, document_id, self.knowledge.by_name)
            self._changed()
        return removed

    def _changed(self) -> None:
        self._notice()
        self.indexing.reconcile()

    def _notice(self) -> None:
        """What another process has imported or removed since is named, cited and found from now on, or no longer."""
        revision = self.library.revision()
        if revision != self._revision:
            self._revision = revision
            for held in ("sources", "speller", "_documents"):
                self.__dict__.pop(held, None)

    @cached_property
    def _documents(self) -> frozenset[str]:
        return frozenset(document.id for document in self.library.documents())

    def _gone(self, source_id: str) -> bool:
        return source_id.startswith("text/") and source_id.removeprefix("text/").rpartition("/")[0] not in self._documents
