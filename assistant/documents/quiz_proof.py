"""A question before it stands in the bank: what else would be right, and that no wrong option is among it."""

from __future__ import annotations

import hashlib
import random
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from assistant.domain.quiz import AUDIENCES, TRUTH, QuizItem, QuizKind
from assistant.errors import KnowledgeError

_HOURS, _MONTHS, _YEARS = re.compile(r"(\d+)(?:个)?小时"), re.compile(r"(\d+)个月"), re.compile(r"^(\d+)年$")
_SIGNS = re.compile(r"[\s，。；、：“”《》（）()]|或者")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_TELLING = 3
"""Letters of a name by which a stem gives it away."""
_PIECE = 2
"""Letters of a piece by which two contents are compared."""


@dataclass(frozen=True)
class Draft:
    """A question with its options told apart, and all that would also be right."""

    kind: QuizKind
    stem: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    explanation: str
    cites: tuple[str, ...]
    records: tuple[str, ...]
    level: tuple[str, ...]
    topic: str
    also: frozenset[str] = frozenset()
    """Whatever answers the stem as well, in any spelling: what the record and the article say besides."""
    sort: str = ""
    """What is asked for: 罪名, 法定刑, 数字, 期限. Papers take of each."""
    proofs: tuple[str, ...] = ()
    """The statements that prove it, and the places that they rest on, where its explanation is not all."""

    @property
    def proved_by(self) -> tuple[str, ...]:
        """What one paper asks for once: whoever has answered the first question on it knows the second."""
        return self.proofs or (self.explanation,)


@lru_cache(maxsize=1 << 16)
def plain(text: str) -> str:
    """One spelling of an option: 24小时 and 1天 are 1日, 1年 is 12个月; signs, spaces and 或者 don't count."""
    text = _SIGNS.sub("", unicodedata.normalize("NFKC", text)).replace("天", "日").replace("个工作日", "工作日")
    text = _YEARS.sub(lambda found: f"{int(found[1]) * 12}个月", text)
    text = _MONTHS.sub(lambda found: f"{int(found[1]) * 30}日", text)
    return _HOURS.sub(lambda found: f"{int(found[1]) // 24}日" if int(found[1]) % 24 == 0 else found[0], text)


@lru_cache(maxsize=1 << 13)
def _pieces(text: str) -> frozenset[str]:
    text = plain(text)
    return frozenset(text[at : at + _PIECE] for at in range(len(text) - 1))


def alike(one: str, other: str) -> float:
    """How much of the shorter content stands in the longer, by pieces of two letters: 0 to 1."""
    pieces = _pieces(one), _pieces(other)
    return len(pieces[0] & pieces[1]) / max(1, min(map(len, pieces)))


def gives_away(stem: str, name: str) -> bool:
    """Whether some letters in a row of a name stand in the stem that asks for it."""
    return any(name[at : at + _TELLING] in stem for at in range(len(name) - _TELLING + 1))


def near(options: Iterable[str], right: Iterable[str], also: Iterable[str] = (), most: int = 3) -> tuple[str, ...]:
    """The first so many options that are wrong for certain, none twice."""
    seen, found = set(map(plain, chain(right, also))), list[str]()
    for option in options:
        if plain(option) not in seen:
            seen.add(plain(option))
            found.append(option)
        if len(found) == most:
            break
    return tuple(found)


def proven(draft: Draft, resolves: Callable[[str], bool]) -> Draft:
    """The draft; raises ``KnowledgeError`` where a wrong option is right too, or nothing proves the right one."""
    options = [plain(option) for option in (*draft.right, *draft.wrong)]
    least = 2 if draft.kind is QuizKind.MULTIPLE else 1
    true = set(map(plain, chain(draft.right, draft.also)))
    doubtful = [option for option in draft.wrong if plain(option) in true]
    faults = {
        f"干扰项“{'、'.join(doubtful)}”也对": doubtful,
        "选项有重复": len(set(options)) < len(options),
        "选项不够": len(options) < len(TRUTH) or len(draft.right) < least or not draft.wrong,
        "单选、判断只能有一个答案": draft.kind is not QuizKind.MULTIPLE and len(draft.right) > 1,
        "没有解析": not draft.explanation.strip(),
        "没有出处": not (draft.cites or draft.records),
        "出处打不开": not all(map(resolves, (*draft.cites, *draft.records))),
        "听众不在五类之内": not draft.level or not set(draft.level) <= set(AUDIENCES),
    }
    if wrong := [what for what, holds in faults.items() if holds]:
        raise KnowledgeError(f"测验题“{draft.stem[:60]}”不能用：{'；'.join(wrong)}。请检查有关记录。")
    return draft


def asks(draft: Draft) -> str:
    """What tells one question from another: its stem; of 多选, which may all begin alike, the options too."""
    options = sorted(map(plain, (*draft.right, *draft.wrong))) if draft.kind is QuizKind.MULTIPLE else ()
    return "\n".join((plain(draft.stem), *options))


def agreeing(drafts: Iterable[Draft]) -> list[Draft]:
    """Drafts without duplicates; raises ``KnowledgeError`` where the same is asked twice and answered differently."""
    found: dict[str, Draft] = {}
    for draft in drafts:
        held = found.setdefault(asks(draft), draft)
        if held.kind is not QuizKind.MULTIPLE and {*map(plain, held.right)} & {*map(plain, draft.wrong)}:
            raise KnowledgeError(f"测验题“{draft.stem[:60]}”出了两次而答案不同，请检查有关记录。")
    return list(found.values())


def item(draft: Draft, seed: int) -> QuizItem:
    """The draft as it is asked: figures in their order, other options shuffled by ``seed``."""
    told = "\n".join((draft.kind, plain(draft.stem), *sorted(map(plain, draft.right))))
    name = "quiz." + hashlib.sha256(told.encode()).hexdigest()[:12]
    options = [*draft.right, *draft.wrong]
    if draft.kind is QuizKind.TRUTH:
        options = list(TRUTH)
    elif all(_NUMBER.match(option) for option in options):
        options.sort(key=lambda option: [float(one) for one in _NUMBER.findall(option)])
    else:
        random.Random(f"{seed}:{name}").shuffle(options)
    answer = tuple(at for at, option in enumerate(options) if option in draft.right)
    return QuizItem(
        name, draft.kind, draft.stem, tuple(options), answer, draft.explanation,
        draft.cites, draft.records, draft.level, draft.topic,
    )  # fmt: skip
