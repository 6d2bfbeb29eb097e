"""错别字: a name of the library written with a wrong character, or by ear, is read as the name; whatever else is written stays.

重大责任事放罪 → 重大责任事故罪, 危险做业罪 → 危险作业罪. A right question must never be damaged, so doubt leaves it as it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import product
from typing import NamedTuple

from assistant.search.syllables import alike, learn, sounds
from assistant.search.tokens import HAN

_RUNS = re.compile(f"[{HAN}]+")
SHORT, SURE = 3, 4
"""A name this long is recognised by its sound alone; a name this long also with one character that only stands in its place."""
_NEVER = frozenset("〇零一二三四五六七八九十百千万两几多少大小上下前后内外不未无非有没轻重宽严故失加减新旧甲乙男女人")
"""Characters that one does not put for another by a slip that could be told from a meaning: figures, opposites, denials."""
_BEFORE = frozenset("犯定是了成的以按据违反对于和与及查问叫把被算如照用在")
_AFTER = frozenset("第怎是的有规中里上吗呢么判如什哪几可会要该对和与及或条量立构认主应最全关多")
"""What usually stands next to a name: with it, an unseen pair at the edge of a name is no word of its own."""
_GRADED = re.compile("最[重轻低高多少终后新长短早大小先初佳好快慢近]")


class Slip(NamedTuple):
    """A place in a text and what is meant there."""

    start: int
    end: int
    meant: str
    wrong: tuple[int, ...]
    """Where the text differs, counted from ``start``."""


class Typos:
    """``names`` are told by any one character that is wrong, ``words`` only by the sound; ``seen`` is how the library writes."""

    def __init__(self, names: Iterable[str], words: Iterable[str], seen: str) -> None:
        self._names = frozenset(name for name in names if len(name) >= SHORT)
        self._known = self._names | {word for word in words if len(word) >= SURE}
        self._occurs = lru_cache(maxsize=20_000)(seen.__contains__)
        self._heads: defaultdict[str, list[str]] = defaultdict(list)
        self._tails: defaultdict[str, list[str]] = defaultdict(list)
        for term in self._known:
            if len(term) >= SURE:  # one wrong character leaves one half of it right
                self._heads[term[: len(term) // 2]].append(term)
                self._tails[term[len(term) // 2 :]].append(term)
        self._lengths = sorted({len(half) for half in (*self._heads, *self._tails)})

    def correct(self, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The text as meant, and what was changed: what stood there and what it is read as."""
        slips = self._chosen(text)
        changed = tuple((text[slip.start : slip.end], slip.meant) for slip in slips)
        for slip in reversed(slips):
            text = text[: slip.start] + slip.meant + text[slip.end :]
        return text, changed

    def _chosen(self, text: str) -> list[Slip]:
        """The longest names first, none over another; where two names fit one place equally well, neither."""
        slips = {slip for run in _RUNS.finditer(text) for slip in self._slips(text, run.start(), run.end())}
        right = self._right(text) if slips else []
        fits: dict[tuple[int, int], list[Slip]] = defaultdict(list)
        for slip in slips:
            if not any(start < slip.end and slip.start < end and end - start >= len(slip.meant) for start, end in right):
                fits[slip.start, slip.end].append(slip)
        best = []
        for same in fits.values():
            fewest = min(len(slip.wrong) for slip in same)
            nearest = [slip for slip in same if len(slip.wrong) == fewest]
            best += nearest if len(nearest) == 1 else []
        chosen: list[Slip] = []
        for slip in sorted(best, key=lambda slip: (-len(slip.meant), slip.start)):
            if all(slip.end <= other.start or other.end <= slip.start for other in chosen):
                chosen.append(slip)
        return sorted(chosen)

    def _right(self, text: str) -> list[tuple[int, int]]:
        """Where known names stand as they should."""
        return [
            (at, at + len(term))
            for at in range(len(text) - 1)
            for length in self._lengths
            for term in self._heads.get(text[at : at + length], ())
            if text.startswith(term, at)
        ]

    def _slips(self, text: str, start: int, end: int) -> Iterator[Slip]:
        for at in range(start, end - 1):
            for length in self._lengths:
                half = text[at : at + length]
                for term in self._heads.get(half, ()):
                    yield from self._one_wrong(text, at, term)
                for term in self._tails.get(half, ()):
                    yield from self._one_wrong(text, at + len(half) - len(term), term)
        if self._unseen(text, start, end):
            for at in range(start, end - 2):
                for key in product(sounds(text[at]), sounds(text[at + 1])):
                    for term in self._by_sound.get(key, ()):
                        yield from self._heard(text, at, min(at + len(term), end), term)

    def _one_wrong(self, text: str, at: int, term: str) -> Iterator[Slip]:
        written = text[at : at + len(term)]
        if at < 0 or len(written) < len(term):
            return
        wrong = _differing(written, term)
        if len(wrong) != 1 or not _RUNS.fullmatch(written):
            return
        slip = Slip(at, at + len(term), term, wrong)
        if self._is_slip(text, slip) and (alike(written[wrong[0]], term[wrong[0]]) < 2 or self._only_place(text, slip)):
            yield slip

    def _only_place(self, text: str, slip: Slip) -> bool:
        """A character inside a name that neither sounds right nor makes a word with either neighbour."""
        place = slip.wrong[0]
        at = slip.start + place
        inside = 0 < place < len(slip.meant) - 1
        quoted = text[slip.start - 1 : slip.start] == "《"  # a title as somebody else gave it
        meaning = {text[at], slip.meant[place]} & (_NEVER - {"故"})
        pairs = text[at - 1 : at + 1], text[at : at + 2]
        return inside and not quoted and not meaning and slip.meant in self._names and not any(map(self._occurs, pairs))

    def _heard(self, text: str, at: int, end: int, term: str) -> Iterator[Slip]:
        written = text[at:end]
        if len(written) < len(term) or written == term:
            return
        strain = 0  # how much has to be taken for something that only sounds nearly so
        for one, other in zip(written, term, strict=True):
            strain += alike(one, other) if one != other else 0
            if strain > (len(term) >= SURE):
                return
        wrong = _differing(written, term)
        if len(term) == SHORT and len(wrong) > 1:
            return
        slip = Slip(at, end, term, wrong)
        if self._is_slip(text, slip):
            yield slip

    def _is_slip(self, text: str, slip: Slip) -> bool:
        """What is written is no name, no wording of the library, and its wrong characters make no words with what is beside them."""
        written = text[slip.start : slip.end]
        if written in self._known or self._occurs(written):
            return False
        for place in slip.wrong:
            at = slip.start + place
            if text[at].isnumeric() or slip.meant[place].isnumeric() or _GRADED.match(text, at):
                return False
            left, right = text[at - 1 : at + 1] if at else "", text[at : at + 2]
            first, last = place == 0, place == len(slip.meant) - 1
            if (first and not self._opens(left)) or (last and not self._closes(right)):
                return False
            if not first and not last and self._occurs(left) and self._occurs(right):
                return False
        return True

    def _opens(self, pair: str) -> bool:
        """Whether a name may begin with the second of two characters."""
        return not pair or not pair[0].isalnum() or (pair[0] in _BEFORE and not self._occurs(pair))

    def _closes(self, pair: str) -> bool:
        """Whether a name may end with the first of two characters."""
        return len(pair) < 2 or not pair[1].isalnum() or (pair[1] in _AFTER and not self._occurs(pair))

    def _unseen(self, text: str, start: int, end: int) -> bool:
        """Whether two characters stand together here that do so nowhere in the library."""
        return not all(self._occurs(text[at : at + 2]) for at in range(start, end - 1))

    @cached_property
    def _by_sound(self) -> dict[tuple[str, str], list[str]]:
        learn(set("".join(self._known)))
        found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for term in self._known:
            for key in product(sounds(term[0]), sounds(term[1])):
                found[key].append(term)
        return dict(found)


def _differing(written: str, term: str) -> tuple[int, ...]:
    return tuple(place for place in range(len(term)) if written[place] != term[place])
