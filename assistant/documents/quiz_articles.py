"""Questions out of articles: what one provides, and where something is provided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.documents.quiz_proof import Draft, alike, near
from assistant.domain.provision import Provision
from assistant.domain.quiz import QuizKind
from assistant.law.labels import article_label

_SHORT, _LONG, _APART = 20, 110, 0.34
_AROUND = 6
"""Articles on either side that the wrong options come from."""


def articles(law: str, held: Sequence[Provision], level: tuple[str, ...]) -> Iterator[Draft]:
    """Both ways, with the neighbours as wrong options as far as they provide something else."""
    for at, one in enumerate(held):
        said = _first(one)
        if not _whole(one):
            continue
        beside = sorted(range(max(0, at - _AROUND), min(len(held), at + _AROUND + 1)), key=lambda n: abs(n - at))
        apart = [held[n] for n in beside if n != at and _whole(held[n]) and _differ(one, held[n])]
        if len(apart) < 2:
            continue
        also = frozenset(_number(other) for other in held if other is not one and not _differ(one, other))
        cites, number = (str(one.ref),), _number(one)
        why = f"《{law}》{number}：{said}"
        numbers = near(map(_number, apart), (number,), also)
        texts = near(map(_first, apart), (said,))
        if len(numbers) > 1:
            stem = f"“{said.rstrip('。')}。”这一内容规定在《{law}》的（　　）。"
            yield Draft(QuizKind.SINGLE, stem, (number,), numbers, why, cites, (), level, law, also)
        if len(texts) > 1:
            stem = f"《{law}》{number}规定的内容是（　　）。"
            yield Draft(QuizKind.SINGLE, stem, (said,), texts, why, cites, (), level, law)


def _whole(one: Provision) -> bool:
    """Whether its first line stands alone and fits an option."""
    said = _first(one)
    return _SHORT <= len(said) <= _LONG and not said.endswith("：") and one.ref.paragraph is None


def _differ(one: Provision, other: Provision) -> bool:
    """Whether what one says is said nowhere in the other, so that the other is no right answer."""
    return alike(_first(one), other.text) < _APART and alike(_first(other), one.text) < _APART


def _first(one: Provision) -> str:
    return one.text.split("\n")[0].strip()


def _number(one: Provision) -> str:
    return article_label(one.ref.article)
