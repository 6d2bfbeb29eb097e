"""What users do with a case, with tables, on the spot and before an audience, over one library: 宽严研判, 线索, 风险提示, 企业自查, 台账, 讲堂, 测验."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.answer.match import Matcher
from assistant.answer.sources import Sources
from assistant.answer.wishes import wish_of
from assistant.assessing import Assessing
from assistant.domain.ledger import Gap
from assistant.domain.wish import Wish, WishBook
from assistant.hazards import Hazards
from assistant.ingest.records import Knowledge, read_yaml
from assistant.lecturing import Lecturing
from assistant.screening import Screening
from assistant.search.spelling import Reading
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.documents.handbook import Handbook
    from assistant.ledger import LedgerService
    from assistant.ledger_packets import LedgerPackets
    from assistant.ledger_tables import LedgerTables
    from assistant.quizzing import Quizzing
    from assistant.search.embed import Embedder
    from assistant.selfcheck import SelfCheckService


class Practising:
    """The part of ``Services`` that weighs cases and screens tables. Holds nothing of any case."""

    settings: Settings

    @property
    def knowledge(self) -> Knowledge:
        """The library that ships."""
        raise NotImplementedError

    @property
    def sources(self) -> Sources:
        """Everything that may be cited."""
        raise NotImplementedError

    def _notice(self) -> None:
        """Take in what another process has imported or removed since."""
        raise NotImplementedError

    def _current(self) -> Sources:
        self._notice()
        return self.sources

    @property
    def matcher(self) -> Matcher:
        """Questions against records."""
        raise NotImplementedError

    @property
    def embedder(self) -> Embedder:
        """The embedding model of the settings."""
        raise NotImplementedError

    def read(self, question: str) -> Reading:
        """A question as the library would write it."""
        raise NotImplementedError

    @cached_property
    def hazards(self) -> Hazards:
        """风险提示."""
        return Hazards(
            self.knowledge,
            self.settings.knowledge,
            lambda: self.sources,
            lambda said: self.read(said).text,
            lambda texts: self.embedder.encode(texts),
        )

    @cached_property
    def assessing(self) -> Assessing:
        """宽严研判."""
        return Assessing(self.knowledge, self.settings.knowledge, lambda: self.sources)

    @cached_property
    def screening(self) -> Screening:
        """线索."""
        return Screening(self.settings.knowledge, lambda: self.sources)

    def handbook(self, chapters: Iterable[str]) -> Handbook:
        """《企业安全生产法律风险提示》 of these chapters, of all where none is named."""
        from assistant.documents.handbook import compose

        return compose(self.hazards.chapters, chapters, self.sources, date.today())

    @cached_property
    def quiz(self) -> Quizzing:
        """测验."""
        from assistant.quizzing import Quizzing

        folder = self.settings.knowledge
        return Quizzing(self.knowledge, folder, self._current, lambda told: self.assessing.assess(self.assessing.told(told)))

    @cached_property
    def selfcheck(self) -> SelfCheckService:
        """企业自查."""
        from assistant.selfcheck import SelfCheckService

        return SelfCheckService(self.settings, self.knowledge, lambda: self.sources)

    @cached_property
    def lecturing(self) -> Lecturing:
        """讲堂."""
        return Lecturing(
            self.knowledge,
            self.settings.knowledge,
            lambda: self.sources,
            lambda: self.matcher,
            lambda said: self.read(said).text,
            lambda on: self.quiz.bank(on),
        )

    @cached_property
    def _wishes(self) -> WishBook:
        book: WishBook = read_yaml(self.settings.knowledge / "wishes.yaml", WishBook)
        return book

    def wish(self, text: str) -> Wish | None:
        """A lecture, questions or a drill that a text asks for."""

        def names() -> Iterator[str]:
            for topic in self.lecturing.topics:
                yield from (name for name in (topic.name, topic.name.removesuffix("罪"), *topic.aliases) if len(name) > 1)

        return wish_of(text, self._wishes, names)

    @cached_property
    def ledger(self) -> LedgerService:
        """台账."""
        from assistant.ledger import LedgerService

        return LedgerService(self.settings)

    @cached_property
    def packets(self) -> LedgerPackets:
        """台账数据包."""
        from assistant.ledger_packets import LedgerPackets

        return LedgerPackets(self.ledger)

    @cached_property
    def ledger_tables(self) -> LedgerTables:
        """台账 from tables and into tables."""
        from assistant.ledger_tables import LedgerTables

        return LedgerTables(self.ledger, self.settings.knowledge, lambda: self.sources, self._finding)

    def _finding(self, words: str) -> Gap | None:
        """The gap that the words of a monitoring platform describe; ``None`` where no tip comes near."""
        from assistant.practice.ledger_tips import gap_of

        tip = self.hazards.match(words)
        return gap_of(tip) if tip else None
