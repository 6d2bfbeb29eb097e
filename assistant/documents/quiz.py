"""The bank of 测验: every question that the library can answer for certain, and papers drawn from it."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from assistant.answer.sources import Sources
from assistant.documents.quiz_draw import drawn
from assistant.documents.quiz_makers import Makers
from assistant.documents.quiz_mixed import mixed
from assistant.documents.quiz_official import Official
from assistant.documents.quiz_proof import Draft, agreeing, item, proven
from assistant.domain.assessment import Assessment
from assistant.domain.deadlines import DeadlineBook
from assistant.domain.quiz import AUDIENCES, QuizBook, QuizItem, QuizKind
from assistant.errors import Cancelled, NotFitting

MOST = 500
"""Questions of one paper."""
Progress = Callable[[str, int, int], None]
Stop = Callable[[], bool]
_WAIT = 0.1
"""Seconds after which who waits for another's building asks whether it is still wanted."""


class Bank:
    """Questions over one library, as of one day."""

    def __init__(
        self, book: QuizBook, deadlines: DeadlineBook, sources: Sources, weigh: Callable[[str], Assessment], today: date
    ) -> None:
        self.general = book.general
        """Topics of which everybody needs something."""
        self._official = Official(sources, today)
        self._makers = Makers(book, deadlines, sources, self._official, weigh, today)
        self._sources, self._building = sources, threading.Lock()
        self._drafts: tuple[Draft, ...] | None = None
        self._left_out: dict[str, str] = {}

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """All that are proven, none twice; raises ``KnowledgeError`` for the first that has a wrong option that is right."""
        return self.build()

    @property
    def left_out(self) -> dict[str, str]:
        """Stems of the questions that rest on law that is not in force or not at hand, or that it doesn't bear out, and why."""
        self.build()
        return self._left_out

    def build(self, progress: Progress = lambda what, done, total: None, cancelled: Stop = lambda: False) -> tuple[Draft, ...]:
        """Make every question, once for all who ask; raises ``Cancelled``."""
        while not self._building.acquire(timeout=_WAIT):
            _check(cancelled)
        try:
            if self._drafts is None:
                self._left_out.clear()
                self._drafts = tuple(self._made(progress, cancelled))
            return self._drafts
        finally:
            self._building.release()

    @property
    def topics(self) -> tuple[str, ...]:
        """What can be asked about."""
        return tuple(dict.fromkeys(draft.topic for draft in self.drafts))

    def paper(
        self, count: int = 20, audience: str = "", topic: str = "", kinds: Iterable[QuizKind] = (), seed: int = 0
    ) -> tuple[QuizItem, ...]:
        """So many questions, or as many as there are; the same for the same seed. Raises ``NotFitting`` with what to do."""
        if not 1 <= count <= MOST:
            raise NotFitting(f"一份试卷可以有 1 到 {MOST} 题，请改为其间的整数。")
        if audience and audience not in AUDIENCES:
            raise NotFitting(f"没有“{audience}”这一类听众，请从{'、'.join(AUDIENCES)}里选一个。")
        kinds, words = set(kinds), topic.strip()
        exact = words in self.topics
        fits = [
            draft
            for draft in self.drafts
            if (not audience or audience in draft.level)
            and (not kinds or draft.kind in kinds)
            and (draft.topic == words if exact else _on(draft, words))
        ]
        if not fits:
            raise NotFitting(f"题库里没有合这些条件的题（主题“{words or '全部'}”），请换一个主题、听众或者题型。")
        chosen = list(islice(drawn(fits, seed), count))
        random.Random(seed).shuffle(chosen)
        return tuple(item(draft, seed) for draft in sorted(chosen, key=lambda draft: list(QuizKind).index(draft.kind)))

    def _made(self, progress: Progress, cancelled: Stop) -> Iterator[Draft]:
        makers = self._makers.all()
        single: list[Draft] = []
        for done, (sort, make) in enumerate(makers):
            progress(f"正在出“{sort}”题", done, len(makers) + 1)
            for draft in make():
                _check(cancelled)
                if draft.wrong and self._stands(draft):
                    single.append(proven(replace(draft, sort=sort), self._resolves))
        progress("正在出“多选”题", len(makers), len(makers) + 1)
        single = agreeing(single)
        yield from agreeing([*single, *(proven(draft, self._resolves) for draft in mixed(single))])
        progress("题库已经建好", len(makers) + 1, len(makers) + 1)

    def _resolves(self, name: str) -> bool:
        return self._sources.record(name) is not None or self._official.provision(name) is not None

    def _stands(self, draft: Draft) -> bool:
        """Left out, not refused: what rests on an article that is no more, is not yet, or is not at hand; and what it contradicts."""
        why = next((f"{cite}现在不能引用" for cite in draft.cites if not self._official.stands(cite)), "")
        why = why or self._official.contradicts(draft)
        if why:
            self._left_out[draft.stem] = why
        return not why


def _check(cancelled: Stop) -> None:
    if cancelled():
        raise Cancelled("已停止，题库没有建好。")


def _on(draft: Draft, words: str) -> bool:
    return not words or words in draft.topic or draft.topic in words or words in draft.stem
