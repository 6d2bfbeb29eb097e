"""多选 out of 判断: statements of one matter side by side, of which each is proven right or wrong by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from assistant.documents.quiz_proof import Draft, alike
from assistant.documents.quiz_said import ABOUT, FOUND
from assistant.domain.quiz import AUDIENCES, TRUTH, QuizKind

_LONG = 64
"""Letters of a statement that is read beside others."""
_SORTS = {"说法", "数字", "误解", "应当还是可以"}
"""Sorts of statements that are read beside others."""
_ALONE = re.compile("[^，。；]{2,20}(?:应当|必须|不得|有权|可以|属于|才能)")
_RIGHT, _WRONG = 2, 2
_APART = 0.5
"""How alike two statements may be that stand side by side."""


def mixed(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Of each topic, as many as its statements allow, each used once; the wrong ones speak of the topic or of the same articles."""
    right, wrong = _sides(drafts)
    used: set[str] = set()
    for topic, true in right.items():
        for pair in zip(*[iter(true)] * _RIGHT, strict=False):
            keys = dict.fromkeys((*chain.from_iterable(map(_articles, pair)), topic))
            false: list[Draft] = []
            for draft in chain.from_iterable(wrong.get(key, ()) for key in keys):
                if len(false) < _WRONG and draft.stem not in used and _apart(draft, [*pair, *false]):
                    false.append(draft)
            level = _level([*pair, *false])
            if false and level and _apart(pair[0], pair[1:]):
                used |= {draft.stem for draft in false}
                yield _of(topic, pair, false, level)


def _sides(drafts: Iterable[Draft]) -> tuple[dict[str, list[Draft]], dict[str, list[Draft]]]:
    """Right statements by topic; wrong ones by topic, and by each article that they rest on."""
    right: dict[str, list[Draft]] = {}
    wrong: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.sort in _SORTS and draft.kind is QuizKind.TRUTH and 0 < len(_said(draft)) <= _LONG:
            true = draft.right == (TRUTH[0],)
            for key in (draft.topic,) if true else (draft.topic, *_articles(draft)):
                (right if true else wrong).setdefault(key, []).append(draft)
    return right, wrong


def _of(topic: str, right: Sequence[Draft], wrong: Sequence[Draft], level: tuple[str, ...]) -> Draft:
    every = [*right, *wrong]
    return Draft(
        QuizKind.MULTIPLE,
        f"关于{topic}，下列说法正确的有（　　）。",
        tuple(map(_said, right)),
        tuple(map(_said, wrong)),
        "其余说法不对。" + "".join(draft.explanation for draft in wrong),
        tuple(dict.fromkeys(cite for draft in every for cite in draft.cites)),
        tuple(dict.fromkeys(name for draft in every for name in draft.records)),
        level,
        topic,
        sort="说法辨析",
        proofs=tuple(dict.fromkeys(proof for draft in every for proof in draft.proved_by)),
    )


def _said(draft: Draft) -> str:
    """The statement as it stands beside others: without what was found on the spot where it names its own subject; else empty."""
    if not draft.stem.startswith(FOUND):
        return "" if draft.stem.startswith(ABOUT) else draft.stem
    bare = draft.stem.partition("。")[2]
    return bare if _ALONE.match(bare) else ""


def _articles(draft: Draft) -> list[str]:
    return [cite.split("/")[0] for cite in draft.cites]


def _apart(draft: Draft, others: Iterable[Draft]) -> bool:
    """Neither gives the other away."""
    return all(draft.explanation != other.explanation and alike(_said(draft), _said(other)) < _APART for other in others)


def _level(drafts: Sequence[Draft]) -> tuple[str, ...]:
    return tuple(one for one in AUDIENCES if all(one in draft.level for draft in drafts))
