"""The index of one home: opened, built where none works, and kept in line with what the library holds."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer.find import provision_passage, record_passage
from assistant.answer.sources import Sources
from assistant.domain.answer import Passage
from assistant.errors import IndexDamaged, ServiceAway
from assistant.ingest.records import Knowledge
from assistant.law.names import NameIndex
from assistant.settings import Settings
from assistant.store.indexed import alone, difference, marks, remember
from assistant.store.library import Library

if TYPE_CHECKING:
    from assistant.search.embed import Embedder
    from assistant.search.index import Index
    from assistant.search.vectors import Place

NOTE = "library-revision.json"
Progress = Callable[[str, int, int], None]

log = logging.getLogger(__name__)


class LibraryIndex:
    """One index folder, named by the fingerprint of what made it."""

    def __init__(
        self, settings: Settings, knowledge: Knowledge, library: Library, embedder: Embedder, progress: Progress | None = None
    ) -> None:
        fingerprint = settings.index_fingerprint(knowledge.content_hash + embedder.name)
        self.folder: Path = settings.home / "index" / fingerprint
        self._search = settings.search
        self._knowledge, self._library, self._embedder, self._progress = knowledge, library, embedder, progress
        self._opening = threading.RLock()
        self._behind = False
        """A server was away when the index was to be brought in line."""
        self._glance: Index | None = None

    @property
    def index(self) -> Index:
        """Opened, or built where there is none that works, and brought in line with the library."""
        index = self._opened
        if self._behind and self._opening.acquire(blocking=False):  # one thread catches up, the others search what there is
            try:
                self._follow(index)
            finally:
                self._opening.release()
        return self._opened

    @cached_property
    def _opened(self) -> Index:
        from assistant.search.index import Index

        with self._opening:
            try:
                index = Index.open(self.folder, self._place)
                self._follow(index)
            except IndexDamaged:
                index = self._built()
                self._reconcile(index)
        return index

    @cached_property
    def _place(self) -> Place:
        """Where the vectors lie."""
        from assistant.search.vectors import place

        return place(self._search)

    def _follow(self, index: Index) -> None:
        """Bring the index in line; while a server is away it stays as it is, and this is tried again at the next use."""
        try:
            self._reconcile(index)
            self._behind = False
        except ServiceAway as error:
            self._behind = True
            log.warning("索引暂时没有更新，服务恢复后自动补上：%s", error)

    def at_hand(self) -> Index | None:
        """The index as it stands, where there is one that works: nothing is built or brought in line for it."""
        from assistant.search.index import Index

        try:
            index = self.__dict__.get("_opened") or self._glance or Index.open(self.folder, self._place)
            index.refresh()
        except (IndexDamaged, ServiceAway):
            return None
        self._glance = None if "_opened" in self.__dict__ else index
        return index

    def reconcile(self) -> None:
        """Bring the index in line with what the library holds now: one document added or removed touches nothing else."""
        try:
            self._reconcile(self._opened)
        except IndexDamaged:
            self.rebuild()
        except ServiceAway:
            self._behind = True
            raise

    def rebuild(self) -> None:
        """Build anew what turned out to be damaged; the library holds everything."""
        with self._opening:
            self.__dict__["_opened"] = self._built()

    def _built(self) -> Index:
        """Built from everything in the place of what does not work; of two processes the second opens what the first has built."""
        from assistant.search.generation import current
        from assistant.search.index import Index
        from assistant.search.vectors import drop

        broken = current(self.folder)
        with alone(self.folder):
            if current(self.folder) != broken:
                return Index.open(self.folder, self._place)
            held = marks(self._library)
            everything, names = self._everything(), self._names()
            index = Index.build(everything, self.folder, self._embedder, self._progress, where=self._place, law_names=names)
            remember(self.folder / NOTE, held)
        for other in self.folder.parent.iterdir():  # made by what the program or the settings no longer are
            if other.is_dir() and other != self.folder:
                kept = [generation.name for generation in other.glob(".building-*") if not drop(generation)]
                if kept:
                    log.warning("旧索引 %s 的向量留在了连不上的 Chroma 服务器上，可在那里手工删除。", other.name)
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
