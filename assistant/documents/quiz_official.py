"""What figures the articles cited have: in our own words, and in their official texts where these were imported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from assistant.answer.sources import Sources
from assistant.answer.verify import PAST
from assistant.documents.quiz_proof import Draft
from assistant.documents.quiz_said import FIGURE
from assistant.domain.cases import Case
from assistant.domain.provision import Provision, Status, TextKind
from assistant.domain.quiz import TRUTH, QuizKind
from assistant.law.amounts import Amount, read_amounts
from assistant.law.wording import words

_COUNTED: Mapping[str, tuple[str, float]] = {
    "deaths": ("人", 1), "serious_injuries": ("人", 1), "loss_wan": ("元", 1e4), "illegal_gain_wan": ("元", 1e4),
}  # fmt: skip
"""What a threshold counts, as amounts are read: the unit, and how many of it are one of the threshold's."""
_NO_MEASURE = {"项", "档", "件", "家", "起", "date"}
"""What is counted of a text, and not by the law."""
_UNITS = {"工作日": "日"}
"""A rule on how days are counted stands in an article of its own."""


class Official:
    """The articles that questions rest on, each read once, as of one day."""

    def __init__(self, sources: Sources, today: date) -> None:
        self._sources, self._today = sources, today
        self._held: dict[str, Provision | None] = {}
        self._amounts: dict[str, frozenset[Amount]] = {}
        self._figures: dict[str, frozenset[str]] = {}

    def provision(self, cite: str) -> Provision | None:
        """The article of a reference, official where it was imported."""
        place = cite.split("/")[0]
        if place not in self._held:
            ref = self._sources.ref(place)
            self._held[place] = self._sources.provision(ref, self._today) if ref else None
        return self._held[place]

    def stands(self, cite: str) -> bool:
        """Whether the article is in force, and so is its law, and both may be cited."""
        found = self.provision(cite)
        return found is not None and self._sources.status(found, self._today) not in {*PAST, Status.UNVERIFIED}

    def values(self, cites: Iterable[str]) -> frozenset[str]:
        """Every figure of the articles cited, in digits: of our gists and points on them, and of the official texts at hand."""
        return frozenset(figure for cite in cites for figure in self._figures_of(cite))

    def texts(self, cites: Iterable[str]) -> str:
        """All that we have on the articles cited, in our words and in the law's own."""
        return "\n".join(text for cite in cites for text in self._texts_of(cite.split("/")[0]))

    def counted(self, cites: Iterable[str], name: str) -> frozenset[float]:
        """What numbers of persons, or of money (万元), the articles cited have, as officially worded where at hand."""
        unit, each = _COUNTED[name]
        return frozenset(one.value / each for cite in cites for one in self._amounts_of(cite) if one.unit == unit)

    def contradicts(self, draft: Draft) -> str:
        """Why the articles cited don't bear a question out, the official text of at least one of them being at hand; else empty."""
        if not any(map(self._at_hand, draft.cites)) or any(
            isinstance(self._sources.record(name), Case) for name in draft.records
        ):
            return ""  # a case's own figures are no law
        theirs = {_measure(one) for cite in draft.cites for one in self._amounts_of(cite)}
        strange = [one for one in sorted(_claimed(draft)) if _measure(one) not in theirs]
        return f"{'、'.join(map(str, strange))}不在所引条文的官方原文里" if strange else ""

    def _at_hand(self, cite: str) -> bool:
        found = self.provision(cite)
        return found is not None and found.kind is TextKind.ORIGINAL

    def _amounts_of(self, cite: str) -> frozenset[Amount]:
        found = self.provision(cite)
        if found is None:
            return frozenset()
        if found.id not in self._amounts:
            self._amounts[found.id] = read_amounts(found.text)
        return self._amounts[found.id]

    def _figures_of(self, cite: str) -> frozenset[str]:
        place = cite.split("/")[0]
        if place not in self._figures:
            texts = (words(text).text for text in self._texts_of(place))
            self._figures[place] = frozenset(figure.group() for text in texts for figure in FIGURE.finditer(text))
        return self._figures[place]

    def _texts_of(self, place: str) -> list[str]:
        ref, found = self._sources.ref(place), self.provision(place)
        official = [found.text] if found is not None and found.kind is TextKind.ORIGINAL else []
        ours, _ = self._ours.get(str(ref), ([], set()))
        return [*ours, *official]

    @property
    def rested_on(self) -> Mapping[str, int]:
        """The articles that records rest on, and how many do."""
        return {place: len(names) for place, (_, names) in self._ours.items() if names}

    @cached_property
    def _ours(self) -> Mapping[str, tuple[list[str], set[str]]]:
        """Gists and points by the article that they are on, and the records whose points these are."""
        places: dict[str, str] = {}
        found: dict[str, tuple[list[str], set[str]]] = {}
        for one in self._sources.knowledge.provisions:
            found.setdefault(str(one.ref.whole_article()), ([], set()))[0].append(one.text)
        for record in self._sources.records():
            for point in record.points:
                for cite in point.cite:
                    if cite not in places:
                        ref = self._sources.ref(cite)
                        places[cite] = str(ref.whole_article()) if ref else ""
                    texts, names = found.setdefault(places[cite], ([], set()))
                    texts.append(point.text)
                    names.add(record.id)
        return found


def _claimed(draft: Draft) -> set[Amount]:
    """The amounts that a question says the law has: those of its explanation, but for what that says to be wrong.

    One person is named by no number: 致人死亡.
    """
    wrong = draft.kind is QuizKind.TRUTH and draft.right == (TRUTH[1],)
    false = set(map(_measure, read_amounts(draft.stem))) if wrong else set()
    said = (one for one in read_amounts(draft.explanation) if _measure(one) not in false)
    return {one for one in said if one.unit not in _NO_MEASURE and (one.value, one.unit) != (1, "人")}


def _measure(amount: Amount) -> tuple[float, str]:
    return amount.value, _UNITS.get(amount.unit, amount.unit)
