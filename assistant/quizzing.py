"""测验 and 情景演练 over one library. Holds nothing of any paper or learner."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from assistant.answer.sources import Sources
from assistant.documents.quiz import Bank, Progress, Stop
from assistant.domain.assessment import Assessment
from assistant.domain.drill import Choice, Drill
from assistant.domain.quiz import QuizBook, QuizItem, QuizKind
from assistant.domain.records import Point
from assistant.ingest.drills import law_of, load_drills
from assistant.ingest.evidence import load_deadlines
from assistant.ingest.quiz import load_quiz
from assistant.ingest.records import Knowledge
from assistant.law.labels import label


class Quizzing:
    """From the library to questions. Every call sees the library as it is now."""

    def __init__(
        self, knowledge: Knowledge, folder: Path, sources: Callable[[], Sources], weigh: Callable[[str], Assessment]
    ) -> None:
        self._knowledge, self._folder, self._sources, self._weigh = knowledge, folder, sources, weigh
        self._held: tuple[Sources, date, Bank] | None = None
        self._holding = threading.Lock()

    @property
    def store(self) -> Bank:
        """Every question that is proven today; built at first use, and anew once the library has changed."""
        return self.bank(date.today())

    def bank(self, on: date) -> Bank:
        """Every question that is proven by the law of a day; only today's is kept."""
        sources = self._sources()
        if on != date.today():
            return self._made(sources, on)
        with self._holding:
            if self._held is None or self._held[0] is not sources or self._held[1] != on:
                self._held = sources, on, self._made(sources, on)
            return self._held[2]

    def _made(self, sources: Sources, on: date) -> Bank:
        return Bank(self._book, load_deadlines(self._folder), sources, self._weigh, on)

    def prepare(self, progress: Progress = lambda what, done, total: None, cancelled: Stop = lambda: False) -> None:
        """Build the questions of today, once however many ask for it at once; raises ``Cancelled``. At once where they are there."""
        self.store.build(progress, cancelled)

    @cached_property
    def _book(self) -> QuizBook:
        return load_quiz(self._folder, self._knowledge)

    @cached_property
    def drills(self) -> tuple[Drill, ...]:
        """情景演练."""
        return load_drills(self._folder, self._knowledge)

    def law(self, choice: Choice) -> tuple[Point, ...]:
        """What the law says of a decision."""
        return tuple(point for name in choice.law if (point := law_of(name, self._knowledge)))

    @property
    def topics(self) -> tuple[str, ...]:
        """What can be asked about."""
        return self.store.topics

    def items(
        self, count: int = 20, *, audience: str = "", topic: str = "", kinds: Iterable[QuizKind] = (), seed: int = 0
    ) -> tuple[QuizItem, ...]:
        """A paper; raises ``NotFitting`` with what to do."""
        return self.store.paper(count, audience, topic, kinds, seed)

    def title(self, cite: str) -> str:
        """《安全生产法》第九十三条第二款 for ``安全生产法#93/2``."""
        ref = self._sources().ref(cite)
        return label(ref) if ref else cite

    def sources(self, item: QuizItem) -> str:
        """What an item rests on, in words."""
        from assistant.documents.quiz_word import sources

        return "、".join(sources(item, self.title))

    def file(self, items: Sequence[QuizItem], suffix: str, title: str) -> bytes:
        """The paper as ``.docx``, or the questions with their answers as ``.xlsx`` or ``.csv``."""
        from assistant.documents.quiz_table import to_csv, to_excel
        from assistant.documents.quiz_word import paper

        if suffix == ".docx":
            return paper(items, title)
        return (to_excel if suffix == ".xlsx" else to_csv)(items, self.title)

    def key(self, items: Sequence[QuizItem], title: str) -> bytes:
        """答案与解析 as Word."""
        from assistant.documents.quiz_word import key

        return key(items, title, self.title)

    def to_json(self, item: QuizItem) -> dict[str, Any]:
        """As other programs read it."""
        return {**asdict(item), "letters": item.letters, "sources": self.sources(item)}
