"""风险提示 and hazards told in words, over one library. Holds nothing of any asker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from assistant.answer.hazards import Encode, HazardReader
from assistant.answer.on_the_spot import TOLD, say
from assistant.answer.sources import Sources
from assistant.answer.verify import verify
from assistant.domain.answer import Answer, Section
from assistant.domain.cues import Term
from assistant.domain.hazard import Hazard, HazardCues
from assistant.domain.tips import RiskTip
from assistant.errors import NotFound
from assistant.ingest.checklists import chapters, load_fields
from assistant.ingest.records import Knowledge, read_yaml

NEAREST, GRAVE = 8, 0.02
"""How many tips tell which chapter a text names; what a step of severity counts beside nearness."""


class Hazards:
    """The handbook and what reads hazards by it."""

    def __init__(
        self, knowledge: Knowledge, folder: Path, sources: Callable[[], Sources], read: Callable[[str], str], encode: Encode
    ) -> None:
        """``read`` puts any spelling right; ``encode`` is the embedding."""
        self._knowledge, self._folder, self._sources, self._read, self._encode = knowledge, folder, sources, read, encode

    @cached_property
    def tips(self) -> Mapping[str, RiskTip]:
        """Tips by id."""
        return {record.id: record for record in self._knowledge.records if isinstance(record, RiskTip)}

    @cached_property
    def chapters(self) -> Mapping[str, tuple[RiskTip, ...]]:
        """Tips by chapter of the handbook, in its order."""
        return chapters(self.tips.values(), load_fields(self._folder))

    @cached_property
    def cues(self) -> HazardCues:
        """Words that decide how a hazard is told."""
        found: HazardCues = read_yaml(self._folder / "hazards.yaml", HazardCues)
        return found

    @cached_property
    def reader(self) -> HazardReader:
        """Built once: a few thousand sentences."""
        return HazardReader(tuple(self.tips.values()), self.cues, self._widen, self._encode)

    def read(self, said: str) -> Hazard:
        """What a hazard told in words is."""
        return self.reader.read(self._read(said))

    def answer(self, said: str, on: date | None = None) -> Answer:
        """The same as an answer whose statements open to their sources."""
        day, sources = on or date.today(), self._sources()
        found = self.read(said)
        if not found.tips or found.tips[0].score < TOLD:
            raise NotFound("库内没有与这句话相近的风险提示，请写明是什么场所、什么设备、缺什么或者做了什么。")
        composition = say(found, sources)
        verified = verify(composition.drafts, sources, day)
        return Answer(
            question=said,
            status=composition.outcome,
            behavior=composition.behavior,
            as_of=day,
            claims=tuple(sorted(verified.claims, key=lambda claim: list(Section).index(claim.kind))),
            citations=tuple(verified.citations),
            withheld=tuple(verified.withheld),
            library_date=sources.newest,
            topics=tuple(composition.topics),
        )

    def heeded(self, text: str, k: int) -> tuple[RiskTip, ...]:
        """The tips of the chapter that a text names best, the nearest and gravest first."""
        near = self.reader.nearest(self._read(text))
        if not near:
            return ()
        field: dict[str, float] = defaultdict(float)
        for likely in near[:NEAREST]:
            field[likely.tip.fields[0]] += likely.score
        chapter = max(field, key=lambda name: field[name])
        score = {likely.tip.id: likely.score + GRAVE * likely.tip.severity for likely in near}
        tips = self.chapters[chapter]
        return tuple(sorted(tips, key=lambda tip: -score[tip.id])[:k])

    def match(self, said: str) -> RiskTip | None:
        """The tip that a finding in words is, where one is near enough to be named."""
        found = self.read(said)
        return found.tips[0].tip if found.tips and found.violation == "yes" else None

    @cached_property
    def _words(self) -> tuple[Term, ...]:
        found: tuple[Term, ...] = read_yaml(self._folder / "hazard_words.yaml", tuple[Term, ...])
        return found

    def _widen(self, text: str) -> str:
        return " ".join(word.means for word in self._words if any(say in text for say in word.says))


def articles_of(tip: RiskTip) -> Sequence[str]:
    """Every article that a tip rests on, in its order: ``法律#条/款/项``."""
    cites = [cite for point in tip.points if point.confidence != "K" for cite in point.cite]
    return tuple(dict.fromkeys([*cites, *tip.major.cite, *(cite for lawful in tip.lawful for cite in lawful.cite)]))
