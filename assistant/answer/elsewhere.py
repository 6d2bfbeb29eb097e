"""Where the words stand that a text ascribes to the wrong place: in the law itself first, then anywhere in the library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from assistant.answer.said import Piece
from assistant.answer.sources import Sources
from assistant.domain.answer import Passage
from assistant.domain.provision import ArticleRef, Provision, TextKind
from assistant.law.outline import select, split_paragraphs
from assistant.law.refs import FoundRef, find_refs
from assistant.law.wording import Words, covered, quoted_in, words

Search = Callable[[str, int], Sequence[Passage]]
_SOUGHT, _FOUND = 24, 12
"""Passages that a search is asked for, and those of them whose words are compared."""
_COMMON = 4
"""A run of characters that more articles have tells nothing of where it is from: 具有下列情形之一的."""

_LIKELY = 30
"""Articles that are looked at closely, those with the most runs of their own first."""
_CLOSE = 0.7
"""An article that has this share of the words of the best may be the one that is meant."""


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
    search: Search | None
    """``None``: nothing is looked for elsewhere than where a text says that it stands."""
    on: date
    _found: dict[str, list[ArticleRef]] = field(default_factory=dict)
    _known: dict[ArticleRef, Provision | None] = field(default_factory=dict)
    _laws: dict[str, list[Provision]] = field(default_factory=dict)

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

    def of_law(self, law: str) -> list[Provision]:
        """Every article of a law whose official text is here."""
        if law not in self._laws:
            self._laws[law] = self.sources.of_law(law, self.on)
        return self._laws[law]

    def near(self, pieces: Sequence[Piece]) -> Iterator[Provision]:
        """What a search for these words finds."""
        for ref in self._sought(pieces)[:_FOUND]:
            if provision := self.provision(ref):
                yield provision

    def first(self, pieces: Sequence[Piece], cited: ArticleRef) -> tuple[Provision, int] | None:
        """The first that a search finds where it is of the cited law, and at which place the cited article is found."""
        found = self._sought(pieces)
        whole = cited.whole_article()
        if not found or found[0].law != cited.law or found[0] == whole:
            return None
        provision = self.provision(found[0])
        return (provision, found.index(whole) if whole in found else _SOUGHT) if provision else None

    def _sought(self, pieces: Sequence[Piece]) -> list[ArticleRef]:
        if self.search is None:
            return []
        asked = "，".join(piece.text for piece in pieces)[:200]
        if asked not in self._found:
            hits = self.search(asked, _SOUGHT)
            self._found[asked] = [ArticleRef(hit.law, hit.article) for hit in hits if hit.article]
        return self._found[asked]

    def best(self, pieces: Sequence[Piece], cited: ArticleRef) -> Standing | None:
        """The article that has most of these words, but for the cited one and those that speak about it."""
        found = {provision.id: provision for provision in self._others(pieces, cited)}
        said = frozenset(run for piece in pieces for run in piece.words.runs)
        held = {key: words(provision.text).holds(said) for key, provision in found.items()}
        common = Counter(run for runs in held.values() for run in runs)
        asked = frozenset(run for run in said if common[run] <= _COMMON)
        likely = sorted(found, key=lambda key: len(held[key] & asked), reverse=True)[:_LIKELY]
        standings = [standing(found[key].ref, found[key], pieces, asked=asked) for key in likely]
        top = max(standings, key=lambda one: (one.exact, one.alike), default=None)
        close = [one for one in standings if top and one.exact >= _CLOSE * top.exact and one.alike >= _CLOSE * top.alike]
        return None if any(self._speaks_of(one.provision, cited) for one in close) else top

    def holding(self, quote: str, cited: ArticleRef) -> Provision | None:
        """An article other than the cited one that has a quotation word for word."""
        piece = Piece(quote, 0, len(quote), quoted=True)
        found = next((other for other in self._others([piece], cited) if quoted_in(quote, words(other.text))), None)
        return None if found is None or self._speaks_of(found, cited) else found

    def _others(self, pieces: Sequence[Piece], cited: ArticleRef) -> Iterator[Provision]:
        whole = cited.whole_article()
        for provision in chain(self.of_law(cited.law) if self.search else (), self.near(pieces)):
            if provision.kind is TextKind.ORIGINAL and provision.ref != whole:
                yield provision

    def _speaks_of(self, provision: Provision, cited: ArticleRef) -> bool:
        """Whether an article refers to the cited one: an interpretation of it is quoted beside it and rightly so."""
        refs = find_refs(provision.text, self.sources.names, str(provision.ref))
        return any(found.ref and self._covers(found, cited) for found in refs)

    def _covers(self, found: FoundRef, cited: ArticleRef) -> bool:
        assert found.ref is not None
        if found.ref.law != cited.law:
            return False
        return found.ref.article == cited.article or (
            bool(found.to_article)
            and any(each.ref.article == cited.article for each in self.between(found.ref, found.to_article))
        )


def standing(
    ref: ArticleRef,
    provision: Provision,
    pieces: Sequence[Piece],
    text: str | None = None,
    asked: frozenset[str] | None = None,
) -> Standing:
    """How much of what is said stands in an article, or in a part of it; of its runs only those ``asked`` for, if given."""
    compared = words(text if text is not None else provision.text)
    exact = sum(len(compared.holds(piece.words.runs if asked is None else piece.words.runs & asked)) for piece in pieces)
    return Standing(ref, provision, exact, share(pieces, compared))


def share(pieces: Sequence[Piece], compared: Words) -> float:
    """Share of all that is said that a text covers, a long piece counting more."""
    total = sum(len(piece.words) for piece in pieces)
    return sum(covered(piece.words, compared) * len(piece.words) for piece in pieces) / total if total else 0.0


def part_of(provision: Provision, ref: ArticleRef) -> str:
    """The words of a 款, or of an 项 with what stands above it; of the whole article where neither is named or there is none such."""
    if ref.item is None:
        return (select(provision.text, ref.paragraph, None) if ref.paragraph else None) or provision.text
    entry = select(provision.text, ref.paragraph, ref.item)
    if entry is None:
        return provision.text
    above = next(paragraph.text for paragraph in split_paragraphs(provision.text) if entry in paragraph.items)
    return f"{above}\n{entry}"


def within(provision: Provision, pieces: Sequence[Piece]) -> Standing:
    """The 款, or the 项 of it, that has most of these words."""
    found = [standing(ref, provision, pieces, _own_words(provision, ref)) for ref in parts(provision)]
    top = max(found, key=lambda one: (one.exact, one.alike))
    narrow = [one for one in found if one.exact >= 0.9 * top.exact and one.alike >= 0.9 * top.alike]
    return max(narrow, key=lambda one: (one.ref.item is not None, one.exact, one.alike))


def beside(provision: Provision, pieces: Sequence[Piece], cited: ArticleRef) -> Standing:
    """The best of the places that are as deep as the cited one: 项 with what stands above them, or 款."""
    found = [
        standing(ref, provision, pieces, part_of(provision, ref))
        for ref in parts(provision)
        if (ref.item is not None) == (cited.item is not None)
    ]
    return max(found, key=lambda one: (one.exact, one.alike))


def parts(provision: Provision) -> Iterator[ArticleRef]:
    """Every 款 of an article and every 项."""
    whole = provision.ref
    for number, paragraph in enumerate(split_paragraphs(provision.text), start=1):
        yield ArticleRef(whole.law, whole.article, number)
        for item in range(1, len(paragraph.items) + 1):
            if select(provision.text, number, item):
                yield ArticleRef(whole.law, whole.article, number, item)


def _own_words(provision: Provision, ref: ArticleRef) -> str:
    return select(provision.text, ref.paragraph, ref.item) or ""
