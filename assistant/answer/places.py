"""Laws and articles that a written sentence names: they must be in the library, in force, and among what the sentence cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer.evidence import Evidence
from assistant.answer.units import Unit
from assistant.domain.provision import ArticleRef, Status
from assistant.law.labels import label
from assistant.law.outline import select
from assistant.law.refs import FoundRef, find_laws, find_refs

PAST = {Status.REPEALED, Status.AMENDED, Status.NOT_YET}
_SAYS_PAST = re.compile(
    r"已经?被?(?:废止|失效|修改|修订|删去|替代|取代)|不再适用|不再有效|废止|失效|尚未施行|还未施行|施行前|施行以前"
    r"|修[改正订]前|旧法|旧规|旧解释|原规定|原《|当时的|此前的|不能再?引用|不得再?引用"
)
_LEAD = re.compile(r"^(?:依照|根据|依据|按照|按)")


class Refused(Exception):
    """The sentence names what it may not; the message is the reason."""


@dataclass(frozen=True)
class Named:
    """What a sentence names."""

    refs: tuple[ArticleRef, ...] = ()
    numbers: tuple[int, ...] = ()
    """The sources among the evidence that are named."""
    past: bool = False
    """It speaks of law that is no longer, or not yet, in force, and says so."""


class Places:
    """Reads the laws that sentences name, against one answer's evidence."""

    def __init__(self, evidence: Evidence, on: date) -> None:
        self._evidence, self._sources, self._on = evidence, evidence.sources, on
        self._n_of = {one.ref: one.n for one in evidence.given if one.ref}
        self._mentioned: dict[int, tuple[frozenset[ArticleRef], frozenset[str]]] = {}

    def read(self, text: str, cites: Sequence[int]) -> Named:
        """What is named; raises ``Refused`` with the reason."""
        past = _SAYS_PAST.search(text) is not None
        refs: list[ArticleRef] = []
        numbers: list[int] = []
        for hit in find_refs(text, self._sources.names):
            if hit.ref is None:
                self._unknown(hit, text, cites)
                continue
            self._exists(hit.ref, past)
            refs.append(hit.ref)
            home = self._n_of.get(hit.ref.whole_article())
            if home is not None:
                numbers.append(home)
        around = [*cites, *numbers]
        for ref in refs:
            if ref.whole_article() not in self._n_of and not any(ref.whole_article() in self._of(n)[0] for n in around):
                raise Refused(f"所写的{label(ref)}不在所引来源中")
        for _, _, title in find_laws(text, self._sources.names):
            self._law(title, past, around)
        self._offence(text, refs)
        return Named(tuple(refs), tuple(dict.fromkeys(numbers)), past)

    def narrowed(self, units: Sequence[Unit], refs: Sequence[ArticleRef]) -> Sequence[Unit]:
        """Where a sentence says which article it speaks of, only what that article says, or is said of it, counts."""
        own = [(self._n_of[ref.whole_article()], ref.paragraph) for ref in refs if ref.whole_article() in self._n_of]
        if not own:
            return units
        return [
            unit
            for unit in units
            if any(n in unit.numbers and (p is None or not unit.paragraphs or p in unit.paragraphs) for n, p in own)
        ]

    def _unknown(self, hit: FoundRef, text: str, cites: Sequence[int]) -> None:
        title = hit.surface.strip("《》")
        beside = f"{self._evidence.question}{self._evidence.told_facts}{''.join(self._evidence[n].text for n in cites)}"
        if hit.reason.startswith("库中没有") and title not in beside:
            raise Refused(f"库中没有“{_LEAD.sub('', hit.surface)}”，无法核对")

    def _exists(self, ref: ArticleRef, past: bool) -> None:
        provision = self._sources.provision(ref.whole_article(), self._on)
        if provision is None:
            raise Refused(f"库中没有{label(ref.whole_article())}")
        status = self._sources.status(provision, self._on)
        if status is Status.UNVERIFIED or (status in PAST and not past):
            raise Refused(f"{label(ref.whole_article())}在{self._on.isoformat()}{status.value}，不能作为依据")
        if ref.paragraph and select(provision.text, ref.paragraph, ref.item) is None:
            raise Refused(f"{label(ref.whole_article())}没有{label(ref).removeprefix(label(ref.whole_article()))}")

    def _law(self, title: str, past: bool, numbers: Iterable[int]) -> None:
        status = self._sources.law(title).status(self._on)
        if status is Status.UNVERIFIED or (status in PAST and not past):
            raise Refused(f"《{title}》在{self._on.isoformat()}{status.value}，不能作为依据")
        if not any(title in self._of(n)[1] for n in numbers):
            raise Refused(f"所写的《{title}》不在所引来源中")

    def _of(self, n: int) -> tuple[frozenset[ArticleRef], frozenset[str]]:
        """Articles and laws that a source is, or that it or a fact resting on it names."""
        if n not in self._mentioned:
            one = self._evidence[n]
            context = str(one.ref) if one.ref else ""
            facts = "\n".join(f"{unit.before}{unit.text}" for unit in self._evidence.units if n in unit.numbers)
            text = f"{one.title}\n{one.text}\n{facts}"
            refs = {hit.ref.whole_article() for hit in find_refs(text, self._sources.names, context) if hit.ref}
            laws = {title for _, _, title in find_laws(text, self._sources.names)} | {ref.law for ref in refs}
            self._mentioned[n] = (
                frozenset(refs | ({one.ref} if one.ref else set())),
                frozenset(laws | ({one.ref.law} if one.ref else set())),
            )
        return self._mentioned[n]

    def _offence(self, text: str, refs: Sequence[ArticleRef]) -> None:
        """One offence and one article that is the home of another offence do not go together."""
        named = self._evidence.wording.terms(text).get("offences", frozenset())
        homes = {o.title: ArticleRef.parse(o.article).whole_article() for o in self._sources.offences if o.article}
        offences = {homes[name] for name in named if name in homes}
        places = {ref.whole_article() for ref in refs if ref.whole_article() in set(homes.values())}
        if len(offences) == 1 and len(places) == 1 and offences != places:
            raise Refused(f"“{min(named)}”不在{label(next(iter(places)))}")
