"""What the page needs from below, and what one browser holds. All values; nothing here is shared between browsers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from assistant.answer.authorities import Authorities
from assistant.answer.sources import Sources
from assistant.documents.handbook import Handbook
from assistant.domain.answer import Answer, Passage
from assistant.domain.assessment import Assessment
from assistant.domain.check import Finding
from assistant.domain.facts import FactSheet
from assistant.domain.material import Shelf
from assistant.domain.rules import RuleBook
from assistant.domain.similar import Similar
from assistant.domain.source import SourceView
from assistant.errors import BadDate
from assistant.hazards import Hazards
from assistant.law import patterns
from assistant.lecturing import Lecturing, Smoother
from assistant.ledger import LedgerService
from assistant.ledger_packets import LedgerPackets
from assistant.ledger_tables import LedgerTables
from assistant.papers import Papers
from assistant.quizzing import Quizzing
from assistant.screening import Screening
from assistant.selfcheck import SelfCheckService


class Choice(Smoother, Protocol):
    """Whether a model on another machine may be used, and what it does for a lecture."""

    @property
    def on(self) -> bool:
        """Whether a model writes."""

    def confirm(self, yes: bool) -> None:
        """Agree to it, or take that back."""


class Assessor(Protocol):
    """Rules over the facts of a case."""

    @property
    def book(self) -> RuleBook:
        """The facts that a case may have, and the rules over them."""

    def told(self, text: str) -> FactSheet:
        """What a case told in words says."""

    def assess(self, sheet: FactSheet) -> Assessment:
        """What the rules make of a sheet."""

    def similar(self, assessment: Assessment) -> Sequence[Similar]:
        """The known cases that come nearest, best first."""

    def authorities(self, assessment: Assessment, similar: Sequence[Similar]) -> Authorities:
        """Its sources and these cases as cards."""


class Service(Protocol):
    """The jobs the page asks for."""

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Answer] = (),
        on: date | None = None,
        cancelled: Callable[[], bool],
        shelf: Shelf | None = None,
        shown: Callable[[Answer], None],
    ) -> Answer:
        """Answer a question, from the asker's own files in ``shelf`` too; gives up with ``Cancelled`` soon after ``cancelled`` turns true.

        ``shown`` gets the answer as it grows.
        """

    def search(self, query: str, k: int = 10, kind: str | None = None) -> Sequence[Passage]:
        """Find passages of the library; an exact reference comes first."""

    def check(
        self, text: str, on: date | None, progress: Callable[[str, int, int], None], cancelled: Callable[[], bool]
    ) -> Sequence[Finding]:
        """Every legal reference of a text against the library; gives up with ``Cancelled``."""

    def source(self, source_id: str, on: date | None = None) -> SourceView:
        """Open a source that a citation points to, as read on a day."""

    def cited(self, source_ids: Iterable[str]) -> Mapping[str, int]:
        """How many other articles cite each of these sources, where any do."""

    @property
    def assessing(self) -> Assessor:
        """宽严研判."""

    @property
    def screening(self) -> Screening:
        """线索."""

    @property
    def papers(self) -> Papers:
        """文书."""

    @property
    def hazards(self) -> Hazards:
        """风险提示."""

    @property
    def selfcheck(self) -> SelfCheckService:
        """企业自查."""

    def handbook(self, chapters: Iterable[str]) -> Handbook:
        """Chapters of 《企业安全生产法律风险提示》."""

    @property
    def lecturing(self) -> Lecturing:
        """讲堂."""

    @property
    def quiz(self) -> Quizzing:
        """测验 and 情景演练."""

    @property
    def ledger(self) -> LedgerService:
        """台账."""

    @property
    def ledger_tables(self) -> LedgerTables:
        """台账 from tables and into tables."""

    @property
    def packets(self) -> LedgerPackets:
        """台账数据包."""

    @property
    def sources(self) -> Sources:
        """Everything that may be cited."""

    @property
    def drafting(self) -> Choice:
        """The model elsewhere that the settings name, and whether it may be used."""

    def about(self) -> Mapping[str, Any]:
        """``library_date``, ``model``, ``texts``, ``records``."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer, or with the sentence that says why there is none."""

    id: str
    question: str
    on: date | None = None
    """行为时间, where the user gave one."""
    answer: Answer | None = None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """The conversation on the page."""

    conversation: str = ""
    """Its id in the repository; empty until the first answer is kept."""
    exchanges: tuple[Exchange, ...] = ()
    anew: str = ""
    """Id of the exchange that the next question takes the place of: 改问, 重答."""
    later_stay: bool = False
    """Whether those after it stay."""

    @property
    def answers(self) -> tuple[Answer, ...]:
        """All answers."""
        return tuple(exchange.answer for exchange in self.exchanges if exchange.answer)

    @property
    def before(self) -> tuple[Exchange, ...]:
        """The exchanges before the next question."""
        place = self._place
        return self.exchanges if place is None else self.exchanges[:place]

    @property
    def history(self) -> tuple[Answer, ...]:
        """The answers before the next question: what a follow-up starts from."""
        return tuple(exchange.answer for exchange in self.before if exchange.answer)

    @property
    def _place(self) -> int | None:
        return next((place for place, exchange in enumerate(self.exchanges) if exchange.id == self.anew), None)

    def settled(self) -> Talk:
        """Without questions that got no answer."""
        return replace(self, exchanges=tuple(exchange for exchange in self.exchanges if exchange.answer))

    def then(self, exchange: Exchange) -> Talk:
        """With one more exchange; one that is answered takes the place of the one that is asked anew."""
        place = self._place
        if place is None or exchange.answer is None:
            return replace(self, exchanges=(*self.exchanges, exchange))
        later = self.exchanges[place + 1 :] if self.later_stay else ()
        return Talk(self.conversation, (*self.exchanges[:place], exchange, *later))

    def asking_anew(self, exchange_id: str, *, later_stay: bool = False) -> Talk:
        """The next question takes the place of this exchange, which stays until the new one is answered."""
        return replace(self.settled(), anew=exchange_id, later_stay=later_stay)

    def find(self, exchange_id: str) -> Exchange | None:
        """The exchange of that id."""
        return next((exchange for exchange in self.exchanges if exchange.id == exchange_id), None)


def read_date(text: str) -> date | None:
    """The date in the field, ``None`` for an empty field; raises ``BadDate``."""
    text = text.strip()
    if not text:
        return None
    found = patterns.WRITTEN_DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(text)
    except ValueError:
        raise BadDate(f"行为时间“{text[:20]}”不是一个日期，请写成 2021-03-01 的样子，或者留空。") from None


def read_on(data: dict[str, str], exchange: Exchange | None) -> date | None:
    """The day by which a source is read: that of the source it is opened from, else that of the answer which cites it."""
    try:
        return date.fromisoformat(data["on"])
    except (KeyError, ValueError):
        return exchange.answer.as_of if exchange and exchange.answer else None
