"""材料: what a model may write from, numbered for it, and cut into the units that its sentences are held against."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.answer.match import bag
from assistant.answer.quote import excerpt
from assistant.answer.sources import Sources
from assistant.answer.verify import record_text
from assistant.answer.wording import Terms, Wording, denials, denied_parts
from assistant.domain.answer import Answer, Citation
from assistant.domain.provision import ArticleRef, Provision, Status
from assistant.law.amounts import Amount, read_amounts
from assistant.law.labels import label
from assistant.law.numerals import to_chinese
from assistant.law.outline import split_paragraphs

EXCERPT = 700
"""Characters of one source that are shown to the model."""
_SEGMENT = re.compile(r"[^；。\n]+[；。]?")
_ALTERNATIVES = re.compile(r"[，。；：、\n]|或者|或")
_OWN_SUBJECT = re.compile(r"[^，。；：]{2,14}(?:是|指|：)")
"""A segment that names what it speaks of does not go on with what stands before it."""
_OR_ELSE = re.compile(r"，或者?[^，；。]*")
_IN_TURN = re.compile(r"依次|分别")
"""Which belongs to which is counted off, not said."""
_PARALLEL = {"labels": 3, "tiers": 3, "periods": 2}
"""How many different terms of a kind make a segment a list of cases."""
_AND, _OR = re.compile(r"^(?:并且|且|并|同时)"), re.compile(r"或|、")


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


@dataclass(frozen=True)
class Unit:
    """A stretch of a source, or of a fact that rests on it, that says one thing."""

    text: str
    """The segment, with the words that open its list."""
    numbers: frozenset[int]
    """The sources that say it."""
    paragraphs: frozenset[int]
    """款 that it stands in; empty: not known."""
    amounts: frozenset[Amount]
    own_amounts: frozenset[Amount]
    """Those that do not stand in the words that open its list."""
    terms: Terms
    around: Terms
    """Terms of what stands before it in its article as well."""
    own: frozenset[str]
    """The pieces of its words."""
    pieces: frozenset[str]
    """Those of what stands before it as well."""
    beside: frozenset[str]
    """Pieces that stand only in what follows it, or in the other entries of its list: of another case."""
    denials: Mapping[str, frozenset[bool]]
    before: str
    """What stands before it in its 款."""
    denied: frozenset[str]
    """Pieces that stand only in clauses that deny something."""
    required: tuple[frozenset[str], ...]
    """Conditions: of each group at least one has to be named by who states the consequence."""
    led: tuple[frozenset[str], ...]
    """Those of the words that open its list: by who states a penalty."""
    entry: frozenset[str]
    """Pieces of the entry of a list that names its own figures: 一般事故 of 一般事故40%."""
    case: frozenset[str]
    """Pieces of the condition that opens a further segment: 因逃逸致人死亡的 before 处7年以上."""
    optional: frozenset[str]
    """Tiers that are one alternative among several."""
    floors: tuple[tuple[frozenset[Amount], frozenset[str]], ...]
    """Conditions in figures, with their words: each has to be named as well."""
    together: tuple[frozenset[Amount], ...]
    """Figures by the alternative that they stand in."""


class Evidence:
    """Sources of a composed answer under new numbers, one a source, and the composed statements as facts."""

    def __init__(self, composed: Answer, sources: Sources, wording: Wording) -> None:
        self.composed, self.sources, self.wording = composed, sources, wording
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
        """The numbered sources for the prompt."""
        return "\n".join(one.told for one in self.given)

    @property
    def told_facts(self) -> str:
        """The composed statements for the prompt, each with its sources."""
        lines = [(claim.text, self._numbers(claim.citations)) for claim in self.composed.claims if claim.citations]
        return "\n".join(f"- {text}{''.join(f'[{n}]' for n in sorted(numbers))}" for text, numbers in lines)

    def _number(self) -> Iterator[Given]:
        seen: set[str] = set()
        for citation in self.composed.citations:
            if citation.source_id in seen or (text := self._text(citation)) is None:
                continue
            seen.add(citation.source_id)
            n = len(seen)
            ref = ArticleRef(citation.law, citation.article) if citation.kind == "provision" else None
            since = f"，{citation.effective_from.isoformat()}起施行" if citation.effective_from else ""
            past = f"，{citation.status.value}" if citation.status is not Status.IN_FORCE else ""
            title = label(ref) if ref else citation.title
            shown = excerpt(text, f"{self.question}{citation.quote}", EXCERPT)
            told = f"[{n}] {title}（{citation.text_kind.value}{past}{since}）：{shown}"
            yield Given(n, citation.source_id, title, text, ref, told, citation.effective_from)

    def _text(self, citation: Citation) -> str | None:
        found = self.sources.by_id(citation.source_id)
        return None if found is None else found.text if isinstance(found, Provision) else record_text(found)

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
            for place, paragraph in enumerate(split_paragraphs(one.text), 1):
                named = f"{self._offences(one.ref, place)}{one.title}："
                where = frozenset({place}) if one.ref else frozenset()
                yield from self._segments(paragraph.text, {one.n}, where, named, earlier)
                for item in paragraph.items:
                    others = "\n".join(other for other in paragraph.items if other is not item)
                    for lead in _SEGMENT.findall(paragraph.text):
                        yield self._unit(item, {one.n}, where, named, lead=lead, beside=others, earlier=earlier)
                earlier += paragraph.text

    def _of_facts(self) -> Iterator[Unit]:
        for claim in self.composed.claims:
            numbers = self._numbers(claim.citations)
            titles = " ".join(citation.title for citation in self.composed.citations if citation.n in claim.citations)
            places = frozenset(n for n in range(1, 12) if f"第{to_chinese(n)}款" in titles)
            if numbers:
                yield from self._segments(claim.text, numbers, places, "")

    def _segments(
        self, text: str, numbers: Iterable[int], paragraphs: frozenset[int], named: str, earlier: str = ""
    ) -> Iterator[Unit]:
        for hit in _SEGMENT.finditer(text):
            if _IN_TURN.search(hit.group()):
                continue
            before = "" if _OWN_SUBJECT.match(hit.group()) else text[: hit.start()]
            lead, parts = self._parallel(hit.group())
            for part in parts:
                others = "".join(other for other in parts if other is not part)
                yield self._unit(
                    part,
                    numbers,
                    paragraphs,
                    named,
                    lead=lead,
                    beside=f"{others}{text[hit.end() :]}",
                    before=before,
                    earlier=earlier,
                )

    def _parallel(self, segment: str) -> tuple[str, list[str]]:
        """较大事故报到省级，一般事故报到市级: the words before the first, and each by itself."""
        parts = re.split(r"(?<=[，：])", segment)
        kinds = [self.wording.terms(part) for part in parts]
        marked = [n for n, kind in enumerate(kinds) if kind.keys() & _PARALLEL.keys()]
        whole = self.wording.terms(segment)
        several = len(marked) > 1 and any(len(whole.get(kind, ())) >= least for kind, least in _PARALLEL.items())
        if not several:
            return "", [segment]
        ends = [*marked[1:], len(parts)]
        return "".join(parts[: marked[0]]), ["".join(parts[start:end]) for start, end in zip(marked, ends, strict=True)]

    def _offences(self, ref: ArticleRef | None, paragraph: int) -> str:
        """罪名 that an article of 刑法 or one of its 款 is known by: the official text does not name them."""
        if ref is None:
            return ""
        homes = [(offence.title, ArticleRef.parse(offence.article)) for offence in self.sources.offences if offence.article]
        here = [title for title, home in homes if home.whole_article() == ref and home.paragraph in {None, paragraph}]
        return "、".join(here) + "：" if here else ""

    def _unit(
        self,
        own: str,
        numbers: Iterable[int],
        paragraphs: frozenset[int],
        named: str,
        *,
        lead: str = "",
        beside: str = "",
        before: str = "",
        earlier: str = "",
    ) -> Unit:
        text = f"{lead}{own}"
        stated, denied = denied_parts(text)
        pieces = bag(f"{named}{before}{text}")
        return Unit(
            text=text,
            before=before,
            numbers=frozenset(numbers),
            paragraphs=paragraphs,
            amounts=read_amounts(text),
            terms=self.wording.terms(f"{named}{text}"),
            around=self.wording.terms(f"{named}{earlier}{before}{text}"),
            own=bag(f"{named}{text}"),
            pieces=pieces,
            beside=bag(beside) - pieces,
            denials=denials(text),
            denied=bag(denied) - bag(f"{named}{stated}"),
            required=tuple(required(own, self.wording)),
            led=tuple(required(lead, self.wording)),
            entry=bag(re.sub(r"[\d.]+", "", own)) if lead and read_amounts(own) else frozenset(),
            own_amounts=read_amounts(own),
            case=_case(own) if before else frozenset(),
            optional=self.wording.terms("".join(_OR_ELSE.findall(text))).get("tiers", frozenset()),
            floors=tuple(floors(text)),
            together=tuple(together(text)),
        )


def _case(segment: str) -> frozenset[str]:
    condition, _, rest = segment.partition("，")
    return bag(condition) if condition.endswith("的") and read_amounts(rest) else frozenset()


def required(text: str, wording: Wording) -> list[frozenset[str]]:
    """Groups of conditions of which one each must hold: joined by 并且 each by itself, joined by 或者 together."""
    groups: list[frozenset[str]] = []
    for clause in re.split(r"[，：]", text):
        found = wording.terms(clause).get("conditions", frozenset())
        if not found:
            continue
        if _OR.search(clause) and not _AND.match(clause):
            groups.append(found)
        else:
            groups.extend(frozenset({condition}) for condition in found)
    return list(dict.fromkeys(groups))


def floors(text: str) -> list[tuple[frozenset[Amount], frozenset[str]]]:
    """Clauses with figures before the last such clause that no alternative stands beside."""
    clauses = re.split(r"[，：]", text)
    counted = [n for n, clause in enumerate(clauses) if read_amounts(clause)]
    alone = [
        clauses[n]
        for n in counted[:-1]
        if not _OR.search(clauses[n]) and not any(clauses[m].startswith("或") for m in range(n, min(n + 3, len(clauses))))
    ]
    return [(read_amounts(clause), bag(clause)) for clause in alone]


def together(text: str) -> list[frozenset[Amount]]:
    """The figures of each alternative: those of 180日内3次 and those of 1年内4次 do not mix."""
    return [found for part in _ALTERNATIVES.split(text) if (found := read_amounts(part))]


def texts(given: Sequence[Given]) -> str:
    """The words of some sources, to look for a quotation in."""
    return "\n".join(one.text for one in given)
