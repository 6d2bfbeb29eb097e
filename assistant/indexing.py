"""The index of one home: opened, built where none works, and kept in line with what the library holds."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer.find import provision_passage, record_passage
from assistant.answer.sources import Sources
from assistant.domain.answer import Passage
from assistant.errors import IndexDamaged
from assistant.ingest.records import Knowledge
from assistant.law.names import NameIndex
from assistant.settings import Settings
from assistant.store.indexed import alone, difference, marks, remember
from assistant.store.library import Library

if TYPE_CHECKING:
    from assistant.search.dense import Embedder
    from assistant.search.index import Index

NOTE = "library-revision.json"
Progress = Callable[[str, int, int], None]


class LibraryIndex:
    """One index folder, named by the fingerprint of what made it."""

    def __init__(
        self, settings: Settings, knowledge: Knowledge, library: Library, embedder: Embedder, progress: Progress | None = None
    ) -> None:
        fingerprint = settings.index_fingerprint(knowledge.content_hash + embedder.name)
        self.folder: Path = settings.home / "index" / fingerprint
        self._knowledge, self._library, self._embedder, self._progress = knowledge, library, embedder, progress
        self._opening = threading.RLock()
        self._glance: Index | None = None

    @cached_property
    def index(self) -> Index:
        """Opened, or built where there is none that works, and brought in line with the library."""
        from assistant.search.index import Index

        with self._opening:
            try:
                index = Index.open(self.folder)
                self._reconcile(index)
            except IndexDamaged:
                index = self._built()
                self._reconcile(index)
        return index

    def at_hand(self) -> Index | None:
        """The index as it stands, where there is one that works: nothing is built or brought in line for it."""
        from assistant.search.index import Index

        try:
            index = self.__dict__.get("index") or self._glance or Index.open(self.folder)
            index.refresh()
        except IndexDamaged:
            return None
        self._glance = None if "index" in self.__dict__ else index
        return index

    def reconcile(self) -> None:
        """Bring the index in line with what the library holds now: one document added or removed touches nothing else."""
        self._reconcile(self.index)

    def rebuild(self) -> None:
        """Build anew what turned out to be damaged; the library holds everything."""
        with self._opening:
            self.__dict__["index"] = self._built()

    def _built(self) -> Index:
        """Built from everything in the place of what does not work; of two processes the second opens what the first has built."""
        from assistant.search.generation import current
        from assistant.search.index import Index

        broken = current(self.folder)
        with alone(self.folder):
            if current(self.folder) != broken:
                return Index.open(self.folder)
            held = marks(self._library)
            index = Index.build(self._everything(), self.folder, self._embedder, self._progress, law_names=self._names())
            remember(self.folder / NOTE, held)
        for other in self.folder.parent.iterdir():  # made by what the program or the settings no longer are
            if other.is_dir() and other != self.folder:
                shutil.rmtree(other, ignore_errors=True)
        return index

    def _names(self) -> NameIndex:
        """The names under which texts cite the laws of the index."""
        return Sources(self._knowledge, self._library).names

    def _everything(self) -> Iterable[Passage]:
        yield from (provision_passage(p) for p in self._knowledge.provisions)
        yield from (record_passage(r) for r in self._knowledge.records)
        yield from (provision_passage(p) for p in self._library.provisions() if not p.superseded)

    def _reconcile(self, index: Index) -> None:
        note = self.folder / NOTE
        if not difference(note, self._library):
            return
        with alone(self.folder):
            found = difference(note, self._library)
            for document in found.gone:
                index.remove(prefix=f"text/{document}/")
            if found.new:
                texts = self._library.provisions(found.new)
                passages = (provision_passage(p) for p in texts if not p.superseded)
                index.add(passages, self._embedder, self._progress, law_names=self._names())
            remember(note, found.marks)
