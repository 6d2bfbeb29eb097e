"""Sentences of a reader's own files that answer a part of a question, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer.match import Matcher, bag
from assistant.answer.quote import MAX_QUOTE, carrying
from assistant.answer.sources import Sources
from assistant.answer.understand import with_law_words
from assistant.domain.material import Hit, Shelf
from assistant.law.quantities import Quantities, read_quantities
from assistant.search.tokens import query_tokens

NEAR = 0.9
"""Sentences that fit nearly as well as the best one are shown with it."""
SENTENCES, A_PART, DEPTH = 6, 3, 16
COUNTED = {
    "deaths": (re.compile(r"死|亡|遇难"), "死亡{:g}人"),
    "serious_injuries": (re.compile(r"伤"), "重伤{:g}人"),
    "minor_injuries": (re.compile(r"伤"), "轻伤{:g}人"),
    "loss_wan": (re.compile(r"损失"), "直接经济损失{:g}万元"),
}
"""Counts of ``Quantities``: how a question asks for them, and how they are said."""
_PART = re.compile(r"[^，,、；;。？?！!\s]+")
_SENTENCE = re.compile(r"[^。；！？]+[。；！？]?")
_BINDS = re.compile(r"[的了在是和与及或]")
_BARE_HEADING = re.compile(
    r"(?:第[一二三四五六七八九十\d]+[章节部分]+|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)[^。；：:]{1,30}"
)
_HOW_MANY = re.compile(r"几|多少|人数|数额|多大")
_BOUND = re.compile(r"以[上下]|不满|超过|以内")
"""A sentence with a bound tells a rule, not what happened."""


@dataclass(frozen=True)
class Extract:
    """A sentence of a file, word for word."""

    hit: Hit
    quote: str

    @property
    def where(self) -> str:
        """“报告.pdf”第3页, “名单.xlsx”的“人员”表第2行."""
        place = self.hit.passage.place_of(self.quote)
        return f"“{self.hit.material.name}”{'的' if place.startswith('“') else ''}{place}"


@dataclass(frozen=True)
class Fits:
    """When a sentence answers a part of a question."""

    least: float
    """Share of the part that it has to say."""
    pieces: int
    """Pieces that the part must have at all: a question of law that holds one word is asked of the law."""
    matcher: Matcher

    def __call__(self, sentence: str, part: str, terms: Sequence[str]) -> float:
        """How well it answers; a figure that is asked for outweighs words."""
        wanted = wanted_of(part)
        score = max([self.matcher.covered(wanted, bag(sentence)), *(0.5 for term in terms if term in sentence)])
        asked = figures_of(part)
        told = counted_in(sentence) if asked else Quantities()
        return score + 1.0 if any(getattr(told, name) is not None for name in asked) else score


def wanted_of(part: str) -> frozenset[str]:
    """The pieces of a part of a question, none across a word that binds two others."""
    return bag(" ".join(query_tokens(_BINDS.sub(" ", part))))


def figures_of(part: str) -> list[str]:
    """Which counts a part of a question asks for."""
    return [name for name, (words, _) in COUNTED.items() if _HOW_MANY.search(part) and words.search(part)]


def answers(text: str, fits: Fits, shelf: Shelf, sources: Sources) -> list[Extract]:
    """For each part of the question the sentences that say most of it."""
    found: list[Extract] = []
    for part in _PART.findall(text):
        if len(wanted_of(part)) < fits.pieces and not figures_of(part):
            continue
        terms = with_law_words(part, sources).removeprefix(part).split()
        hits = shelf.search(" ".join([part, *terms]), DEPTH)
        scored = [(fits(sentence, part, terms), Extract(hit, sentence)) for hit in hits for sentence in sentences(hit, part)]
        scored.sort(key=lambda pair: (-pair[0], pair[1].hit.number))
        best = scored[0][0] if scored else 0.0
        found += [extract for score, extract in scored if score >= max(NEAR * best, fits.least)][:A_PART]
    return distinct(found)[:SENTENCES]


def counted_in(sentence: str) -> Quantities:
    """The counts that a sentence tells of what happened."""
    return Quantities() if _BOUND.search(sentence) else read_quantities(sentence)


def sentences(hit: Hit, asked: str = "") -> list[str]:
    """The sentences of a passage below its headings; a row of a table is one. Each is a substring of the passage."""
    body = hit.passage.text.rsplit("\n", 1)[-1]
    if hit.passage.row:
        return [body]
    if _BARE_HEADING.fullmatch(body):
        return []
    found = [part.group().strip() for part in _SENTENCE.finditer(body) if part.group().strip()]
    return [one if len(one) <= MAX_QUOTE else carrying(one, asked) or one[:MAX_QUOTE] for one in found]


def openings(shelf: Shelf) -> list[Extract]:
    """How each file begins."""
    opened = [shelf.opening(material, 3) for material in shelf.materials]
    return [Extract(hit, hit.passage.text[:MAX_QUOTE]) for hits in opened for hit in hits][: 2 * SENTENCES]


def distinct(extracts: Iterable[Extract]) -> list[Extract]:
    """Without what is said a second time in the same words."""
    return list({extract.quote: extract for extract in reversed(list(extracts))}.values())[::-1]
