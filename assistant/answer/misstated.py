"""What is said of an article nearly in its words, with another figure, another word of duty, or a condition less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from assistant.answer.said import Piece
from assistant.law.figures import Term, foreign_terms, terms, wrong_figures
from assistant.law.modals import wrong_modals
from assistant.law.wording import Words, nearest

_SENTENCE = 3
"""Clauses of the article's own from which what is said is its sentence."""
_LEAST, _MOST = 6, 14
"""Characters of a condition that was left out."""
_MAY_GO = ("对", "由", "并", "但", "可以", "应当", "有", "或", "依照", "按照", "根据")
_ALIKE, _LONG = 0.78, 10
"""Share in common, in order, and length from which a clause is the article's own with a word changed."""
_TELLING = {"半", "不", "未", "非", "现实"}
"""Words that turn a clause into another when they are added or dropped."""
_OPPOSITE = {"以上", "以下", "上", "下", "故意", "过失", "故", "意", "过", "失"}
"""Words that do so when they are exchanged."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A place of the text that is wrong, what it should say, and the reason."""

    start: int
    end: int
    right: str
    why: str


def misstated(piece: Piece, part: Words, original: str, allies: Sequence[Words], *, close: bool) -> Slip | None:
    """The first thing that a clause has otherwise than the cited place.

    ``original`` is the place with its marks; ``allies`` are other articles that the clause may be about; ``close``: the article
    has enough of what is said for every figure to be held against it.
    """
    said = piece.words
    for mine, theirs in wrong_figures(said, part):
        if not any(said.text[mine.start : mine.end + 4] in text.text for text in allies):
            return _slip(piece, mine.start, mine.end, theirs, f"这里的数字应为{theirs}。")
    for term in foreign_terms(said, part) if close else ():
        if not any(_same(term, other) for text in allies for other in terms(text)):
            return _slip(piece, term.start, term.end, "", "所引的条款没有这个数字。")
    for modal in wrong_modals(said, part, original) if not piece.quoted else ():
        if not any(said.text[modal.start : modal.end + 4] in text.text for text in allies):
            return _slip(piece, modal.start, modal.end, modal.right, f"条文是“{modal.right}”。")
    return _telling(piece, part)


def _same(one: Term, other: Term) -> bool:
    return (one.value, one.unit) == (other.value, other.unit)


def _slip(piece: Piece, start: int, end: int, right: str, why: str) -> Slip:
    low, high = piece.words.original(start, end)
    return Slip(piece.start + low, piece.start + high, right, why)


def _telling(piece: Piece, part: Words) -> Slip | None:
    """A clause in the article's own words but for one that turns it."""
    said = piece.words
    share, start, end = nearest(said, part)
    if len(said) < _LONG or share < _ALIKE or said.text in part.text:
        return None
    window = part.text[start:end]
    for tag, low, high, left, right in SequenceMatcher(None, window, said.text, autojunk=False).get_opcodes():
        theirs, mine = window[low:high], said.text[left:right]
        if tag != "equal" and (theirs in _TELLING or mine in _TELLING) and left > 0 and right < len(said):
            return _slip(piece, max(0, left - 1), min(len(said), max(right, left + 1)), window, f"条文是“{window}”。")
    return None


def omitted(pieces: Sequence[Piece], part: Words, original: str) -> Slip | None:
    """A condition left out of what is otherwise the article's sentence; an alternative or the persons may be left out."""
    told = [piece.words.text in part.text for piece in pieces]
    if sum(told) < _SENTENCE:
        return None
    for (one, here), (other, there) in pairwise(zip(pieces, told, strict=True)):
        if not (here and there):  # what stands between may say the condition in other words
            continue
        low = part.text.find(one.words.text) + len(one.words)
        high = part.text.find(other.words.text, low)
        gap = part.text[low:high] if high > 0 else ""
        if (
            _LEAST <= len(gap) <= _MOST
            and not gap.startswith(_MAY_GO)
            and "或者" not in gap
            and _whole(part, original, low, high)
        ):
            return Slip(one.end, other.start, original[part.at[low] : part.at[high - 1] + 1], f"漏了“{gap}”这一条件。")
    return None


def _whole(part: Words, original: str, low: int, high: int) -> bool:
    """Whether a stretch is one clause, between marks, and no sentence ends in it."""
    before = original[part.at[low - 1] + 1 : part.at[low]]
    after = original[part.at[high - 1] + 1 : part.at[high]]
    return before == "，" and after == "，" and "。" not in original[part.at[low] : part.at[high]]
