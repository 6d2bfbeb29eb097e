"""References in running text: 《刑法》第一百三十四条之一第二项, 法释〔2015〕22号第七条, 本法第五条, 前款.

What is not certain has no reference but a reason. Offsets are those of the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from assistant.domain.provision import ArticleRef
from assistant.law import patterns
from assistant.law.labels import article_label, label, parse_article
from assistant.law.names import Mention, NameIndex, find_mentions, normalize_title
from assistant.law.numerals import to_int
from assistant.law.places import DEPTH, NO_LAW, Place, Scope, read_place

__all__ = ["FoundRef", "NameIndex", "article_label", "find_laws", "find_refs", "label", "normalize_title", "parse_article"]

NO_ARTICLE = "没有写明是哪一条"
UNCLEAR = "上下文不足，不能确定指哪一款哪一条"
_MANY = 30
"""A range of 款 or 项 longer than this is not one."""


@dataclass(frozen=True, slots=True)
class FoundRef:
    """A reference as it stands in a text."""

    surface: str
    start: int
    end: int
    ref: ArticleRef | None
    """``law`` is the canonical title; ``None`` where it is not certain."""
    to_article: str = ""
    """Last article of a range."""
    reason: str = ""
    """Why there is no ``ref``, for the user."""


def find_refs(
    text: str, names: Mapping[str, str] | NameIndex, context_law: str = "", articles: Sequence[str] = ()
) -> list[FoundRef]:
    """Every reference to an article in ``text``, and every title in 《》 that is not in ``names``.

    ``context_law`` is the law (or the place, ``刑法#134-1/2``) that ``text`` is taken from; ``articles`` are the numbers of its
    articles in order, needed only for 前条. Whoever reads many texts prepares a ``NameIndex`` once.
    """
    context = ArticleRef.parse(context_law) if context_law else None
    plain = text.translate(patterns.BRACKETS)
    mentions = find_mentions(plain, NameIndex.of(names), context.law if context else "")
    return _Finder(text, plain, context, tuple(articles)).run(mentions)


def find_laws(text: str, names: Mapping[str, str] | NameIndex) -> list[tuple[int, int, str]]:
    """``(start, end, canonical title)`` of every known law named in ``text``, with or without an article."""
    plain = text.translate(patterns.BRACKETS)
    return [(one.start, one.end, one.law) for one in find_mentions(plain, NameIndex.of(names)) if one.law and not one.follows]


@dataclass(slots=True)
class _Finder:
    text: str
    plain: str
    context: ArticleRef | None
    articles: tuple[str, ...]
    found: list[FoundRef] = field(default_factory=list)
    scope: Scope = field(default_factory=Scope)
    _item: int | None = None

    def run(self, mentions: list[Mention]) -> list[FoundRef]:
        tokens: list[Mention | Place | re.Match[str]] = [*mentions, *self._outside(mentions)]
        tokens.sort(key=_start)
        for token, following in zip_longest(tokens, tokens[1:]):
            if patterns.SENTENCE_END.search(self.plain, self.scope.end, _start(token)):
                self.scope = Scope(end=self.scope.end)
            if isinstance(token, Mention):
                self._mention(token, following)
            elif isinstance(token, Place):
                self._place(token, following)
            else:
                self._relative(token, following)
        return self.found

    def _outside(self, mentions: list[Mention]) -> list[Place | re.Match[str]]:
        """Places and relative places that do not lie inside a law's name."""
        inside = {at for mention in mentions for at in range(mention.start, mention.end)}
        relatives = [hit for hit in patterns.RELATIVE.finditer(self.plain) if hit.start() not in inside]
        inside |= {at for hit in relatives for at in range(hit.start(), hit.end())}
        places = [place for hit in patterns.PLACE.finditer(self.plain) if hit.start() not in inside for place in read_place(hit)]
        return [*places, *relatives]

    def _mention(self, mention: Mention, following: object) -> None:
        self.scope = Scope(mention.law, mention.reason, start=mention.start, end=mention.end)
        # The place that follows in the same sentence carries the reason; a title alone has to say it itself.
        place = following if isinstance(following, Place) else None
        alone = place is None or patterns.SENTENCE_END.search(self.plain, mention.end, place.start)
        if mention.quoted and not mention.law and alone:
            self._emit(mention.start, mention.end, None, mention.reason)

    def _place(self, place: Place, following: object) -> None:
        gap = self.plain[self.scope.end : place.start]
        depth = DEPTH[place.unit]
        beside_law = self.scope.depth < 0 and self.scope.start is not None and patterns.BEFORE_PLACE.fullmatch(gap) is not None
        beside = self.scope.depth >= 0 and patterns.LIST_JOINT.fullmatch(gap) is not None
        ranged = self.scope.depth == depth and patterns.RANGE_JOINT.fullmatch(gap) is not None
        if not (place.ordinal or beside_law or beside or ranged or self._plainly_article(place)):
            return
        if not (beside_law or (beside and not gap.strip())):
            self.scope.start = None
        if depth > 0 and not (beside or ranged or beside_law):
            self._attach()
        unfinished = self._refined_by(place, following)
        self._read_numbers(place, ranged, unfinished)
        self.scope.end, self.scope.depth = place.end, depth

    def _plainly_article(self, place: Place) -> bool:
        """134条, without 第 and without a law before it: two digits and more are hardly a count of 条."""
        first = place.numbers[0].text
        return place.unit == "条" and ("-" in first or (len(first) > 1 and self.plain[place.start].isdecimal()))

    def _attach(self) -> None:
        """A 款 or 项 that stands alone belongs to the article of its sentence or to the one it is read in, never to a guess."""
        here = self.context.article if self.context else ""
        if here and self.scope.article:
            self.scope.article, self.scope.reason = "", UNCLEAR
        elif here:
            self.scope.article = here
        self.scope.paragraph = None

    def _refined_by(self, place: Place, following: object) -> bool:
        if not isinstance(following, Place) or DEPTH[following.unit] <= DEPTH[place.unit]:
            return False
        return not self.plain[place.end : following.start].strip()

    def _read_numbers(self, place: Place, ranged: bool, unfinished: bool) -> None:
        start = self.scope.start if self.scope.start is not None else place.start
        for position, number in enumerate(place.numbers):
            last = position == len(place.numbers) - 1
            begin = start if position == 0 else number.start
            end = place.end if last else number.end
            ends_range = number.ends_range or (ranged and position == 0)
            before = self._value(place.unit)
            self._move(place.unit, number.text)
            if last and unfinished:
                self.scope.start = begin
            elif ends_range and place.unit == "条" and self.found and self.found[-1].ref:
                self._extend(end, number.text)
            else:
                self._fill(place.unit, before if ends_range else None, begin, end)
                self._emit(begin, end, self._ref(place.unit, number.text), self._why(place.unit))
        if not unfinished:
            self.scope.start = None

    def _value(self, unit: str) -> int | None:
        last = self.found[-1].ref if self.found else None
        return (last.item if unit == "项" else last.paragraph) if last else None

    def _fill(self, unit: str, before: int | None, begin: int, end: int) -> None:
        """第一项至第三项 names the second as well."""
        last = self.found[-1].ref if self.found else None
        number = self.scope.paragraph if unit == "款" else self._item
        if before is None or last is None or number is None or not 0 < number - before <= _MANY:
            return
        for between in range(before + 1, number):
            ref = replace(last, paragraph=between) if unit == "款" else replace(last, item=between)
            self._emit(begin, end, ref, "")

    def _move(self, unit: str, number: str) -> None:
        if unit == "条":
            self.scope.article, self.scope.paragraph, self._item = number, None, None
        elif unit == "款":
            self.scope.paragraph, self._item = int(number), None
        else:
            self._item = int(number)

    def _ref(self, unit: str, number: str) -> ArticleRef | None:
        law = self._law()
        if not law or not self.scope.article:
            return None
        return ArticleRef(law, self.scope.article, self.scope.paragraph, int(number) if unit == "项" else None)

    def _law(self) -> str:
        if self.scope.law:
            return self.scope.law
        return self.context.law if self.context and self.scope.reason in {NO_LAW, UNCLEAR} else ""

    def _why(self, unit: str) -> str:
        if self._law() and not self.scope.article:
            return self.scope.reason if self.scope.reason == UNCLEAR else NO_ARTICLE
        return self.scope.reason

    def _relative(self, hit: re.Match[str], following: object) -> None:
        """前款, 前两款, 前条, 本条: only with the place that the text is taken from."""
        self.scope = Scope(start=hit.start(), end=hit.end(), depth=DEPTH[hit["unit"]])
        refs = self._before(hit["which"], to_int(hit["count"]) or 1 if hit["count"] else 1, hit["unit"])
        if len(refs) == 1:
            self.scope.article, self.scope.paragraph = refs[0].article, refs[0].paragraph
        if isinstance(following, Place) and following.start == hit.end() and DEPTH[following.unit] > self.scope.depth:
            return
        for ref in refs:
            self._emit(hit.start(), hit.end(), ref, "")
        if not refs:
            self._emit(hit.start(), hit.end(), None, UNCLEAR)

    def _before(self, which: str, count: int, unit: str) -> list[ArticleRef]:
        here = self.context
        if here is None or not here.article:
            return []
        if which == "本":
            return [here.whole_article() if unit == "条" else replace(here, item=None)] if unit != "项" else []
        if unit == "款" and here.paragraph and here.paragraph > count:
            return [replace(here, paragraph=here.paragraph - back, item=None) for back in range(count, 0, -1)]
        if unit == "条":
            return [ArticleRef(here.law, number) for number in self._articles_before(here.article, count)]
        return []

    def _articles_before(self, article: str, count: int) -> tuple[str, ...]:
        at = self.articles.index(article) if article in self.articles else 0
        if at >= count:
            return self.articles[at - count : at]
        number, _, suffix = article.partition("-")
        # 第一百三十五条's 前条 may be 第一百三十四条之一: without the list of articles it is not known.
        if count == 1 and suffix:
            return (number if suffix == "1" else f"{number}-{int(suffix) - 1}",)
        return ()

    def _extend(self, end: int, article: str) -> None:
        last = self.found[-1]
        self.found[-1] = replace(last, end=end, surface=self.text[last.start : end], to_article=article)

    def _emit(self, start: int, end: int, ref: ArticleRef | None, reason: str) -> None:
        self.found.append(FoundRef(self.text[start:end], start, end, ref, "", "" if ref else reason))


def _start(token: Mention | Place | re.Match[str]) -> int:
    return token.start() if isinstance(token, re.Match) else token.start
