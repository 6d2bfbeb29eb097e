"""Questions out of articles: what one provides, and where something is provided."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from assistant.documents.quiz_proof import Draft, alike, near
from assistant.documents.quiz_said import ASIDE
from assistant.domain.provision import Provision
from assistant.domain.quiz import QuizKind
from assistant.law.labels import article_label

_SHORT, _LONG, _APART = 20, 110, 0.34
_NO_RULE = re.compile("第|施行|文本|适用于|本法|本条例")
"""What speaks of the text itself or of another place of it."""
_AROUND = 6
"""Articles on either side that the wrong options come from."""


def articles(law: str, held: Sequence[Provision], used: Container[str], level: tuple[str, ...]) -> Iterator[Draft]:
    """Of the articles ``used``, in turn one way and the other; the wrong options are neighbours that provide something else."""
    asked = [at for at, one in enumerate(held) if str(one.ref) in used and _whole(one)]
    for turn, at in enumerate(asked):
        one, said = held[at], _first(held[at])
        beside = sorted(range(max(0, at - _AROUND), min(len(held), at + _AROUND + 1)), key=lambda n: abs(n - at))
        apart = [held[n] for n in beside if n != at and _whole(held[n]) and _differ(one, held[n])]
        also = frozenset(_number(other) for other in held if other is not one and not _differ(one, other))
        number, why = _number(one), f"《{law}》{_number(one)}：{said}"
        numbers, texts = near(map(_number, apart), (number,), also), near(map(_first, apart), (said,))
        ways = (
            (f"“{said.rstrip('。')}。”规定在《{law}》的（　　）。", number, numbers, also),
            (f"《{law}》{number}规定的是（　　）。", said, texts, frozenset[str]()),
        )
        stem, right, wrong, true = ways[turn % len(ways)]
        if len(wrong) > 1:
            yield Draft(QuizKind.SINGLE, stem, (right,), wrong, why, (str(one.ref),), (), level, law, true)


def _whole(one: Provision) -> bool:
    """Whether its first line stands alone and fits an option."""
    said = _first(one)
    alone = not said.endswith("：") and not _NO_RULE.search(said) and not ASIDE.search(said) and one.ref.paragraph is None
    return alone and _SHORT <= len(said) <= _LONG


def _differ(one: Provision, other: Provision) -> bool:
    """Whether what one says is said nowhere in the other, so that the other is no right answer."""
    return alike(_first(one), other.text) < _APART and alike(_first(other), one.text) < _APART


def _first(one: Provision) -> str:
    return one.text.split("\n")[0].strip()


def _number(one: Provision) -> str:
    return article_label(one.ref.article)
