"""Reading what somebody who teaches asks for: 帮我做一节45分钟的动火作业培训课，讲给班组工人."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from assistant.answer.told_text import to_number
from assistant.domain.wish import Wanted, Wish, WishBook

_COUNT = re.compile(r"([一二两三四五六七八九十百\d]+)(?:个|道)[^，。？?]{0,10}题")
_LASTS = re.compile(r"(半|[一二两三四五六七八九十百\d.]+)个?(半)?(小时|钟头|分钟)")
_EDGE = "、！! 的在和与跟是"


_OFFERS: dict[Wanted, str] = {
    "lecture": "“讲堂”可以{about}写出提纲、幻灯片、讲义和讲稿，每一句带出处。",
    "quiz": "“讲堂”里的“测验”可以{about}出题，答案和解析都有出处，可以在页面上答，也可以存成 Word 和 Excel。",
    "drill": "“讲堂”里的“演练”一步一步讲案例，每一步由您决定，再看法律怎么说、后来怎样。",
}


def offer(wish: Wish) -> str:
    """Where the wish is met."""
    return _OFFERS[wish.wanted].format(about=f"按“{wish.topic}”" if wish.topic else "按您说的主题")


def wish_of(text: str, book: WishBook, topics: Callable[[], Iterable[str]] = tuple) -> Wish | None:
    """What is wanted; ``None`` where the words ask for something else. ``topics`` gives the names that a topic may have."""
    wanted = next((kind for kind, patterns in _kinds(book) if _heard(patterns, text)), None)
    if wanted is None or _heard(book.unless, text):
        return None
    hit = _COUNT.search(text)
    return Wish(
        wanted,
        _topic(text, book, topics()),
        _named(text, book.audiences),
        _minutes(text),
        _named(text, book.styles),
        int(to_number(hit[1]) or 0) if hit else 0,
    )


def _kinds(book: WishBook) -> tuple[tuple[Wanted, tuple[str, ...]], ...]:
    return ("drill", book.drill), ("quiz", book.quiz), ("lecture", book.lecture)


def _topic(text: str, book: WishBook, topics: Iterable[str]) -> str:
    """The longest name that is said, else what is left of the first clause that is not only a wish."""
    named = max((name for name in topics if name in text), key=len, default="")
    parts = (_bare(part, book) for part in re.split(r"[，。；：,;:？?]", text))
    return named or next(filter(None, parts), "")


def _bare(words: str, book: WishBook) -> str:
    """The words without what is said around a topic."""
    for pattern in book.drop:
        words = re.sub(pattern, "", words.strip(_EDGE))
    return words.strip(_EDGE)


def _minutes(text: str) -> int:
    hit = _LASTS.search(text)
    if not hit:
        return 0
    amount, half, unit = hit.groups()
    value = 0.5 if amount == "半" else float(to_number(amount) or 0) + (0.5 if half else 0)
    return round(value if unit == "分钟" else value * 60)


def _named(text: str, names: Mapping[str, Iterable[str]]) -> str:
    return next((name for name, words in names.items() if name in text or any(word in text for word in words)), "")


def _heard(patterns: Iterable[str], text: str) -> bool:
    return any(re.search(pattern, text) for pattern in patterns)
