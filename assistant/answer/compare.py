"""What a text says of an article against the article's words: the right place, another place, or other words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer.elsewhere import Shelf, Standing, beside, part_of, share, standing, within
from assistant.answer.misstated import misstated, omitted
from assistant.answer.said import LEAST, Piece, Said
from assistant.domain.check import Verdict
from assistant.domain.provision import ArticleRef, Provision
from assistant.law.figures import terms
from assistant.law.labels import day
from assistant.law.refs import FoundRef, label
from assistant.law.wording import Words, differences, nearest, quoted_in, words

_DIRECT = 8
"""A quotation that begins this close behind a reference is said of it and of no other."""
_TERM = 6
"""A shorter quotation is a term rather than the words of an article."""
_LIKE = 0.72
"""Share of a quotation in common, in order, from which it is the article's sentence with other words."""
_VERSION, _AHEAD = 0.9, 0.05
"""Share in common with another version, and by how much it must be closer than the one in force."""
_EXACT, _TIMES = 9, 2.5
"""Runs of four characters of what is said that another place must have, and how many times those of the cited place."""
_OWN = 6
"""The same for a 款 or 项 of the article, counting only the runs that the cited one lacks."""
_PARTLY = 0.4
"""Share of a clause that an article must have for the clause to be about one of its 款 or 项."""
_TOLD = 0.3
"""Share of what is said that the article must have for its figures to be held against it."""
_LONG = 16
"""Characters that a statement in the text's own words must have to be ascribed to another place."""
_SHORT = 10
"""Characters of a statement that says too little to be looked for elsewhere."""
_SOUGHT_FOR, _LATE, _LATER = 12, 6, 3
"""Characters of what is sought, and the places in what is found from which the cited article comes late; the later one with more proof."""
_FAR, _CLEARLY, _A_PART = 0.4, 0.35, 0.2
"""How far behind the cited place must be where the other has fewer runs, where a search finds it first, and a 款 behind a 款."""
_HERE, _ALIKE, _UNLIKE, _HALF, _PART = 0.55, 0.66, 0.34, 0.5, 0.25
"""Shares of what is said: the cited place has enough of it; another has most of it, the cited one little; how far ahead it must be."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with its reason; see ``domain.check.Finding``."""

    verdict: Verdict
    right: str = ""
    why: str = ""
    source_id: str = ""
    marks: tuple[tuple[int, int], ...] = ()


def compare(found: FoundRef, provision: Provision, said: Said, near: Sequence[Words], shelf: Shelf) -> Judged:
    """Judge an article that is in force and whose official text is here by what the text says of it."""
    one = _Compared(found, provision, said, near, shelf)
    return (
        one.quotations()
        or one.elsewhere()
        or one.other_part()
        or one.misstated()
        or Judged(Verdict.RIGHT, "", one.praise, provision.id)
    )


class _Compared:
    def __init__(self, found: FoundRef, provision: Provision, said: Said, near: Sequence[Words], shelf: Shelf) -> None:
        assert found.ref is not None
        self.found, self.ref, self.provision, self.near, self.shelf = found, found.ref, provision, near, shelf
        self.said, self.alone = said, len(said.refs) == 1
        texts = [each.text for each in shelf.between(self.ref, found.to_article)] if found.to_article else [provision.text]
        group = [shelf.provision(ref.ref) for ref in said.refs if ref.ref and ref is not found]
        self.article = words("\n".join(texts))
        self.text = part_of(provision, self.ref) if self.ref.paragraph or self.ref.item else "\n".join(texts)
        self.part = words(self.text)
        self.allies = [*near, *(words(each.text) for each in group if each)]
        self.pieces = [piece for piece in said.own if len(piece.words) >= LEAST and not piece.denied]
        self.quotes = [piece for piece in self.pieces if piece.quoted]
        self.praise = provision.note if any(word in provision.note for word in ("为准", "优先", "低于")) else ""

    def quotations(self) -> Judged | None:
        """The first quotation that is not the article's."""
        for piece in self.quotes:
            if quoted_in(piece.text, self.part):
                continue
            judged = self._quotation(piece)
            if judged:
                return judged
        return None

    def _quotation(self, piece: Piece) -> Judged | None:
        whole = len(piece.words) >= _TERM
        if quoted_in(piece.text, self.article):
            at = within(self.provision, [piece]) if whole and self.part.text != self.article.text else None
            return self._stands_in(at.ref, at.provision) if at else None
        direct = 0 <= piece.start - self.found.end <= _DIRECT
        if not direct and any(quoted_in(piece.text, text) for text in self.allies):
            return None
        if not whole:
            return None
        former = self._former(piece)
        if former:
            return former
        share, _, _ = nearest(piece.words, self.part)
        home = self.shelf.holding(piece.text, self.ref)
        if home:
            return self._stands_in(within(home, [piece]).ref, home)
        if not self.alone:
            return None
        if share >= _LIKE or nearest(piece.words, self.article)[0] >= _LIKE:
            return self._other_words(piece)
        best = self.shelf.best([piece], self.ref)
        if best and nearest(piece.words, words(best.provision.text))[0] >= _LIKE:
            return self._stands_in(within(best.provision, [piece]).ref, best.provision)
        if direct and len(piece.words) >= 2 * _TERM:
            return Judged(
                Verdict.WRONG_WORDS, "", f"{label(self.ref)}没有这些文字。", self.provision.id, ((piece.start, piece.end),)
            )
        return None

    def _former(self, piece: Piece) -> Judged | None:
        """Whether a quotation is that of another version, earlier or not yet in force."""
        here = nearest(piece.words, self.article)[0]
        mark, since = ((piece.start, piece.end),), self.provision.effective.start
        for version in self.shelf.sources.texts.versions(self.ref.law, self.ref.article):
            text = words(version.text)
            exact = quoted_in(piece.text, text)
            if version.id == self.provision.id or not (exact or nearest(piece.words, text)[0] >= max(_VERSION, here + _AHEAD)):
                continue
            if since and version.effective.start and version.effective.start > since:
                start = day(version.effective.start)
                return Judged(
                    Verdict.NOT_YET,
                    f"{start}起施行",
                    f"这是{start}起施行的文字，{day(self.shelf.on)}还不能引用。",
                    version.id,
                    mark,
                )
            return Judged(Verdict.AMENDED, "", f"这是{label(self.ref)}修改以前的文字，现行文字见该条。", self.provision.id, mark)
        return None

    def _other_words(self, piece: Piece) -> Judged:
        inside = nearest(piece.words, self.part)[0] >= _LIKE
        place, text = (self.part, self.text) if inside else (self.article, self.provision.text)
        _, start, end = nearest(piece.words, place)
        low, high = place.original(start, end)
        marks = tuple((piece.start + left, piece.start + right) for left, right in differences(piece.words, place))
        return Judged(Verdict.WRONG_WORDS, text[low:high], "引文与条文不一致，不同之处已标出。", self.provision.id, marks)

    def elsewhere(self) -> Judged | None:
        """Whether another article has what is said and this one has not."""
        if not self.alone or sum(len(piece.words) for piece in self.pieces) < _SHORT:
            return None
        if share(self.pieces, self.article) >= _HERE or any(quoted_in(quote.text, self.article) for quote in self.quotes):
            return None
        pieces = [piece for piece in self.pieces if not any(_told(piece, text) for text in [self.article, *self.allies])]
        best = self.shelf.best(pieces, self.ref) if pieces else None
        if best is None or self._inherited(best.ref) or not self._has(best, standing(self.ref, self.provision, pieces), pieces):
            return self._found_first()
        if self._figures_hold(self.part) and not self._figures_hold(words(best.provision.text)):
            return None
        return self._stands_in(within(best.provision, pieces).ref, best.provision)

    def _found_first(self) -> Judged | None:
        """Whether a search for what is said finds another article of the law first, which has more of it, and the cited one late."""
        if self.said.points or sum(len(piece.words) for piece in self.pieces) < _SOUGHT_FOR:
            return None
        found = self.shelf.first(self.pieces, self.ref)
        if found is None or any(words(found[0].text) == text for text in self.allies):
            return None
        ahead = share(self.pieces, words(found[0].text)) - share(self.pieces, self.article)
        if (found[1] < _LATE or ahead < _PART) and (found[1] < _LATER or ahead < _CLEARLY):
            return None
        return self._stands_in(within(found[0], self.pieces).ref, found[0])

    def _figures_hold(self, text: Words) -> bool:
        """Whether the sums or terms that are said are those of a text."""
        said = {(term.value, term.unit) for piece in self.pieces for term in terms(piece.words) if term.bounds}
        return len(said) > 1 and said <= {(term.value, term.unit) for term in terms(text)}

    def _has(self, best: Standing, here: Standing, pieces: Sequence[Piece]) -> bool:
        """Whether another place has so much more of what is said than the cited one that it must be meant."""
        if best.exact >= _EXACT and best.exact >= _TIMES * here.exact + _EXACT / 2 and best.alike >= here.alike + _PART:
            return True
        if best.exact >= _OWN and here.exact <= 1 and best.alike >= _HERE and here.alike <= best.alike - _FAR:
            return True
        long = sum(len(piece.words) for piece in pieces) >= _LONG
        return long and best.alike >= _ALIKE and here.alike <= max(_UNLIKE, best.alike - _HALF)

    def _inherited(self, ref: ArticleRef) -> bool:
        """第二十七条 alone, taken for the law named last, is the article of that number in the law that is meant."""
        return self.found.surface.startswith("第") and ref.article == self.ref.article

    def other_part(self) -> Judged | None:
        """Whether another 款 or 项 of the article has what is said and the cited one has not."""
        if self.part.text == self.article.text or not self.alone or not self.pieces:
            return None
        pieces = [
            piece
            for piece in self.pieces
            if _told(piece, self.article, _PARTLY) and not any(_told(piece, text) for text in self.near)
        ]
        if not pieces:
            return None
        best = beside(self.provision, pieces, self.ref)
        there = words(part_of(self.provision, best.ref))
        said = [piece.words.runs for piece in pieces]
        more = sum(len(there.holds(runs) - self.part.holds(runs)) for runs in said)
        less = sum(len(self.part.holds(runs) - there.holds(runs)) for runs in said)
        least = 2 * _OWN if self.said.points else _OWN
        if not less and more >= _OWN // 2 and best.alike >= _HERE and not self.said.points and not _inside(best.ref, self.ref):
            cited = standing(self.ref, self.provision, pieces, self.text)
            return self._stands_in(best.ref, self.provision) if best.alike >= cited.alike + _A_PART else None
        if _inside(best.ref, self.ref) or more < least or more < _TIMES * less + _OWN / 2 or best.alike < _HERE:
            return None
        return self._stands_in(best.ref, self.provision)

    def misstated(self) -> Judged | None:
        """A figure, a word of duty or a condition that is not the article's."""
        if not self.alone:
            return None
        close = share(self.pieces, self.article) >= _TOLD and not self.said.points
        for piece in self.pieces:
            slip = misstated(piece, self.part, self.text, self.allies, close=close)
            if slip:
                return Judged(Verdict.WRONG_WORDS, slip.right, slip.why, self.provision.id, ((slip.start, slip.end),))
        own = [piece for piece in self.pieces if not piece.quoted and piece.start >= self.found.end]
        slip = None if self.said.points else omitted(own, self.part, self.text)
        return Judged(Verdict.WRONG_WORDS, slip.right, slip.why, self.provision.id, ((slip.start, slip.end),)) if slip else None

    def _stands_in(self, ref: ArticleRef, provision: Provision) -> Judged:
        return Judged(Verdict.WRONG_PLACE, label(ref), f"这些内容见{label(ref)}。", provision.id)


def _told(piece: Piece, text: Words, least: float = 0.6) -> bool:
    """Whether a text has most of what a piece says."""
    return len(piece.words.pairs & text.pairs) >= least * len(piece.words.pairs)


def _inside(ref: ArticleRef, cited: ArticleRef) -> bool:
    """Whether a place lies in the cited one, or is what stands above it."""
    return cited.paragraph in {None, ref.paragraph} and (cited.item is None or ref.item in {None, cited.item})
