"""材料: what a model may write from, numbered for it, and cut into the units that its sentences are held against."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.answer.quote import excerpt
from assistant.answer.sources import Sources
from assistant.answer.units import SEGMENT, Cutter, Unit
from assistant.answer.verify import record_text
from assistant.answer.wording import Wording
from assistant.domain.answer import Answer, Citation
from assistant.domain.material import PREFIX
from assistant.domain.provision import ArticleRef, Provision, Status
from assistant.law.labels import label
from assistant.law.numerals import to_chinese
from assistant.law.outline import split_paragraphs

ROOM = 7000
"""Characters of all sources, and of all facts, that are shown: small models have little room."""
_ORDERS = re.compile(
    r"(?:忽略|无视|忘记|不要?(?:管|理会|遵守)).{0,10}(?:规则|指令|指示|提示|要求|限制|以上|前面)|回答[:：“]|(?:不要|无需)引用|(?:请你|你(?:现在|必须|只能|要))"
)
"""Words to whoever reads a file for somebody: no law and no report has them, and what stands beside them bears nothing out."""
EXCERPT = 500
"""Characters of one source that are shown to the model."""


@dataclass(frozen=True)
class Given:
    """A source as the model sees it."""

    n: int
    source_id: str
    title: str
    text: str
    ref: ArticleRef | None
    """The article; ``None`` for a record."""
    told: str
    """Its line in the prompt."""
    since: date | None = None


class Evidence:
    """Sources of a composed answer under new numbers, one a source, and the composed statements as facts."""

    def __init__(self, composed: Answer, sources: Sources, wording: Wording, own: bool = True) -> None:
        """``own``: whether the reader's own files may be used; they stay here when the model is elsewhere."""
        self._own = own
        self.composed, self.sources, self.wording = composed, sources, wording
        self._cutter = Cutter(wording)
        self.question = composed.completed or composed.question
        self.given = tuple(self._number())
        self._by_n = {one.n: one for one in self.given}
        self._n_of = {one.source_id: one.n for one in self.given}

    def __getitem__(self, n: int) -> Given:
        return self._by_n[n]

    def __contains__(self, n: int) -> bool:
        return n in self._by_n

    @property
    def told_sources(self) -> str:
        """The numbered sources for the prompt, the first ones as far as there is room."""
        return _as_room(one.told for one in self.given)

    @property
    def told_facts(self) -> str:
        """The composed statements for the prompt, each with its sources."""
        kept = {citation.n for citation in self.composed.citations if citation.source_id in self._n_of}
        told = [claim for claim in self.composed.claims if claim.citations and kept.issuperset(claim.citations)]
        lines = [(claim.text, self._numbers(claim.citations)) for claim in told]
        return _as_room(f"- {text}{''.join(f'[{n}]' for n in sorted(numbers))}" for text, numbers in lines)

    def _number(self) -> Iterator[Given]:
        seen: set[str] = set()
        for citation in self.composed.citations:
            if citation.source_id in seen or (citation.source_id.startswith(PREFIX) and not self._own):
                continue
            seen.add(citation.source_id)
            text = self._text(citation)
            n = len(seen)
            ref = ArticleRef(citation.law, citation.article) if citation.kind == "provision" else None
            since = f"，{citation.effective_from.isoformat()}起施行" if citation.effective_from else ""
            past = f"，{citation.status.value}" if citation.status is not Status.IN_FORCE else ""
            title = label(ref) if ref else citation.title
            shown = excerpt(text, f"{self.question}{citation.quote}", EXCERPT)
            told = f"[{n}] {title}（{citation.text_kind.value}{past}{since}）：{shown}"
            yield Given(n, citation.source_id, title, text, ref, told, citation.effective_from)

    def _text(self, citation: Citation) -> str:
        found = self.sources.by_id(citation.source_id)
        if found is None:  # a reader's own file: the words that were found in it
            return citation.quote
        return found.text if isinstance(found, Provision) else record_text(found)

    def _numbers(self, citations: Iterable[int]) -> frozenset[int]:
        return frozenset(
            self._n_of[c.source_id] for c in self.composed.citations if c.n in citations and c.source_id in self._n_of
        )

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Everything that can support a sentence."""
        return (*self._of_sources(), *self._of_facts())

    def _of_sources(self) -> Iterator[Unit]:
        for one in self.given:
            earlier = ""
            if _ORDERS.search(one.text):
                continue
            for place, paragraph in enumerate(split_paragraphs(one.text), 1):
                named = f"{self._offences(one.ref, place)}{one.title}："
                where = frozenset({place}) if one.ref else frozenset()
                yield from self._cutter.segments(paragraph.text, {one.n}, where, named, earlier)
                for item in paragraph.items:
                    others = "\n".join(other for other in paragraph.items if other is not item)
                    for lead in SEGMENT.findall(paragraph.text):
                        yield self._cutter.unit(item, {one.n}, where, named, lead=lead, beside=others, earlier=earlier)
                earlier += paragraph.text

    def _of_facts(self) -> Iterator[Unit]:
        for claim in self.composed.claims:
            numbers = self._numbers(claim.citations)
            titles = " ".join(citation.title for citation in self.composed.citations if citation.n in claim.citations)
            places = frozenset(n for n in range(1, 12) if f"第{to_chinese(n)}款" in titles)
            if numbers and not _ORDERS.search(claim.text):
                yield from self._cutter.segments(claim.text, numbers, places, "")

    def _offences(self, ref: ArticleRef | None, paragraph: int) -> str:
        """罪名 that an article of 刑法 or one of its 款 is known by: the official text does not name them."""
        if ref is None:
            return ""
        homes = [(offence.title, ArticleRef.parse(offence.article)) for offence in self.sources.offences if offence.article]
        here = [title for title, home in homes if home.whole_article() == ref and home.paragraph in {None, paragraph}]
        return "、".join(here) + "：" if here else ""


def _as_room(lines: Iterable[str]) -> str:
    kept: list[str] = []
    for line in lines:
        if sum(map(len, kept)) + len(line) > ROOM:
            break
        kept.append(line)
    return "\n".join(kept)


def texts(given: Sequence[Given]) -> str:
    """The words of some sources, to look for a quotation in."""
    return "\n".join(one.text for one in given)
