"""Where the words stand that a text ascribes to the wrong place: in the law itself first, then anywhere in the library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.answer.said import Piece
from assistant.answer.sources import Sources
from assistant.domain.answer import Passage
from assistant.domain.provision import ArticleRef, Provision, TextKind
from assistant.law.outline import select, split_paragraphs
from assistant.law.wording import Words, covered, quoted_in, words

Search = Callable[[str, int], Sequence[Passage]]
_FOUND = 12
"""Passages that a search is asked for."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A place whose words were compared, and how much of what is said stands there."""

    ref: ArticleRef
    provision: Provision
    exact: int
    """Runs of four characters in common."""
    alike: float
    """Share of pairs of characters in common."""


@dataclass
class Shelf:
    """The library as one check reads it: articles by reference on a date, each fetched once."""

    sources: Sources
    search: Search
    on: date
    _known: dict[ArticleRef, Provision | None] = field(default_factory=dict)

    def provision(self, ref: ArticleRef) -> Provision | None:
        """The article of a reference on the date."""
        whole = ref.whole_article()
        if whole not in self._known:
            self._known[whole] = self.sources.provision(whole, self.on)
        return self._known[whole]

    def between(self, first: ArticleRef, last: str) -> list[Provision]:
        """Every article of a range, both ends included."""
        numbers = self.sources.texts.articles(first.law)
        if first.article not in numbers or last not in numbers:
            found = [self.provision(first), self.provision(ArticleRef(first.law, last))]
        else:
            inside = numbers[numbers.index(first.article) : numbers.index(last) + 1]
            found = [self.provision(ArticleRef(first.law, number)) for number in inside]
        return [provision for provision in found if provision]

    def of_law(self, law: str) -> Iterator[Provision]:
        """Every article of a law whose official text is here."""
        for number in self.sources.texts.articles(law):
            if provision := self.provision(ArticleRef(law, number)):
                yield provision

    def near(self, pieces: Sequence[Piece]) -> Iterator[Provision]:
        """What a search for these words finds."""
        asked = "，".join(piece.text for piece in pieces)[:200]
        for passage in self.search(asked, _FOUND):
            ref = ArticleRef(passage.law, passage.article)
            if passage.article and (provision := self.provision(ref)):
                yield provision

    def best(self, pieces: Sequence[Piece], law: str, besides: Sequence[str]) -> Standing | None:
        """The article, other than those given by id, that has most of these words."""
        found: dict[str, Provision] = {}
        for provision in (*self.of_law(law), *self.near(pieces)):
            if provision.kind is TextKind.ORIGINAL and provision.id not in besides:
                found.setdefault(provision.id, provision)
        standings = [standing(provision.ref, provision, pieces) for provision in found.values()]
        return max(standings, key=lambda one: (one.exact, one.alike), default=None)

    def holding(self, quote: str, law: str, besides: Sequence[str]) -> Provision | None:
        """An article that has a quotation word for word."""
        piece = Piece(quote, 0, len(quote), quoted=True)
        for provision in (*self.of_law(law), *self.near([piece])):
            if provision.id not in besides and provision.kind is TextKind.ORIGINAL and quoted_in(quote, words(provision.text)):
                return provision
        return None


def standing(ref: ArticleRef, provision: Provision, pieces: Sequence[Piece], text: str | None = None) -> Standing:
    """How much of what is said stands in an article, or in a part of it."""
    compared = words(text if text is not None else provision.text)
    exact = sum(len(piece.words.runs & compared.runs) for piece in pieces)
    return Standing(ref, provision, exact, share(pieces, compared))


def share(pieces: Sequence[Piece], compared: Words) -> float:
    """Share of all that is said that a text covers, a long piece counting more."""
    total = sum(len(piece.words) for piece in pieces)
    return sum(covered(piece.words, compared) * len(piece.words) for piece in pieces) / total if total else 0.0


def within(provision: Provision, pieces: Sequence[Piece]) -> Standing:
    """The 款, or the 项 of it, that has most of these words."""
    ref, found = provision.ref, list[Standing]()
    for number, paragraph in enumerate(split_paragraphs(provision.text), start=1):
        part = select(provision.text, number, None) or paragraph.text
        found.append(standing(ArticleRef(ref.law, ref.article, number), provision, pieces, part))
        for item in range(1, len(paragraph.items) + 1):
            entry = select(provision.text, number, item)
            if entry:
                found.append(standing(ArticleRef(ref.law, ref.article, number, item), provision, pieces, entry))
    top = max(found, key=lambda one: (one.exact, one.alike))
    narrow = [one for one in found if one.exact >= 0.9 * top.exact and one.alike >= 0.9 * top.alike]
    return max(narrow, key=lambda one: (one.ref.item is not None, one.exact, one.alike)) if top.ref.paragraph else top
