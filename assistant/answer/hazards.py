"""Hazards told in words, matched to tips: what it is, whether it is a violation at all, how urgent, and what a standard calls it.

What people on the spot say shares few words with the law, so a tip is known by how it is told as well as by what it says: its own
sentences and signs one by one, and all of it together, by shared characters and by meaning as the embedding has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.domain.hazard import Hazard, HazardCues, Likely, Violation
from assistant.domain.tips import Lawful, RiskTip
from assistant.law.quantities import arabic
from assistant.search.sentences import BM25, Cosine, Leaning, Scores

Encode = Callable[[Sequence[str]], Scores]

WEIGHTS = (0.02, 0.09, 0.04, 0.26, 0.13, 0.4, 0.06, 2.0)
"""Shares of the score: the sentences told, together; how much of what was said the tip says; the same for the law's words of it;
the nearest and the second nearest sentence in meaning; the tip as a whole in meaning; the other tips of its chapter. Fitted so that
a tip is found by each of its own sentences when that one is left out; and what is told in nearly the same words counts besides."""
ALIKE = 0.5
"""Angle from which two sentences are told in nearly the same words."""
SHOWN = 5
LEAST, ENOUGH = 0.1, 0.2
"""Least score of a tip that is named at all, and of one that what was told is said to be."""
OPEN, LAWFUL, DOUBTED, FARTHER = -0.05, 0.4, 0.4, -0.1
"""Leaning from which it is no longer called a violation, and from which it is called lawful; what an objection that is told, or
care that was taken, adds to it; how much farther than a violation the lawful practice that is named may be."""
_LIMIT, _PERSONS = (
    re.compile(r"(\d+)人以[下内]|不(?:足|满|到|超过)(\d+)人"),
    re.compile(r"(\d+)(?:多|来|几|余)?(?:号|个|名|口)?人"),
)
_ANSWERS = {"是": "yes", "看情形": "yes", "否": "no", "未核": "unknown"}


@dataclass(frozen=True, slots=True)
class _Row:
    """A sentence that tells a tip, or a lawful practice beside it."""

    tip: int
    text: str
    lawful: Lawful | None = None


class HazardReader:
    """Tips by how they are told."""

    def __init__(self, tips: Sequence[RiskTip], cues: HazardCues, widen: Callable[[str], str], encode: Encode) -> None:
        """``widen`` gives the field's words for everyday ones; ``encode`` is the embedding."""
        self.tips, self._cues, self._widen, self._encode = tuple(tips), cues, widen, encode
        self._rows = [row for at, tip in enumerate(self.tips) for row in _told(at, tip)]
        self._owner = np.array([row.tip for row in self._rows], np.int32)
        self._breach = np.array([row.lawful is None for row in self._rows])
        self._count = np.bincount(self._owner, self._breach, len(self.tips))
        self._told = Cosine([row.text for row in self._rows])
        bodies = [_body(tip) for tip in self.tips]
        self._said = BM25(bodies)
        self._leaning = Leaning(*([row.text for row in self._rows if (row.lawful is None) == breach] for breach in (True, False)))
        self._meanings, self._whole = encode([row.text for row in self._rows]), encode(bodies)
        beside = np.array(
            [[bool(set(a.fields) & set(b.fields)) and a is not b for b in self.tips] for a in self.tips], np.float32
        )
        self._beside = beside / np.maximum(beside.sum(axis=1, keepdims=True), 1)

    def read(self, said: str) -> Hazard:
        """What was told; best tips first."""
        features, lawful = self.compare(said)
        return self._decide(said, [likely for likely in self._ranked(features)[:SHOWN] if likely.score >= LEAST], lawful)

    def nearest(self, text: str) -> list[Likely]:
        """Every tip, the one that comes nearest to a text first."""
        return self._ranked(self.compare(text)[0])

    def _ranked(self, features: Scores) -> list[Likely]:
        scores = features @ np.array(WEIGHTS, np.float32)
        return [Likely(self.tips[at], float(scores[at])) for at in np.argsort(-scores, kind="stable")]

    def compare(self, said: str, without: str = "") -> tuple[Scores, list[tuple[float, Lawful]]]:
        """Features of every tip, one row each; lawful practices by how much nearer they are than any violation. The sentence ``without`` does not count."""
        named, vector = self._widen(said), self._encode([said])[0]
        near, meaning = self._told.scores(said), self._meanings @ vector
        if without:
            gone = np.array([row.text == without for row in self._rows])
            near, meaning = np.where(gone, 0, near), np.where(gone, 0, meaning)
        together = np.bincount(self._owner, near * self._breach, len(self.tips)) / np.sqrt(self._count)
        says, means = self._said.scores(said) / 10, self._said.scores(named) / 30
        first, second = self._best(meaning * self._breach)
        whole = self._whole @ vector
        same = np.maximum(self._best(near * self._breach)[0] - ALIKE, 0)
        features = np.stack([together, says, means, first, second, whole, self._beside @ (says + means), same], axis=1)
        both = 0.6 * near + 0.4 * meaning
        told = float(both[self._breach].max(initial=0.0))
        lawful = [(float(both[at]) - told, row.lawful) for at, row in enumerate(self._rows) if row.lawful]
        return features.astype(np.float32), sorted(lawful, key=lambda pair: -pair[0])

    def _best(self, scores: Scores) -> tuple[Scores, Scores]:
        """The best and the second best row of every tip."""
        order = np.lexsort((-scores, self._owner))
        starts = np.searchsorted(self._owner[order], np.arange(len(self.tips)))
        return scores[order[starts]], scores[order[starts + 1]]

    def _decide(self, said: str, tips: list[Likely], lawful: list[tuple[float, Lawful]]) -> Hazard:
        """Whether it is a violation: told like one, and not like what is lawful beside it.

        Where somebody is said to object to it, or the teller does not know, that alone leaves it open.
        """
        leaning = self.lean(said)
        violation: Violation = "unknown"
        if leaning >= LAWFUL:
            violation = "no"
        elif leaning < OPEN and tips and tips[0].score >= ENOUGH and not _heard((*self._cues.doubted, *self._cues.unsure), said):
            violation = "yes"
        near, practice = lawful[0] if lawful else (FARTHER - 1, None)
        fits = practice is not None and near >= FARTHER and not _outgrown(said, practice) and not self._lacks(said, practice)
        beside = practice if violation == "no" and fits else None
        if violation == "no" and beside is None:
            violation = "unknown"  # it may well be lawful, but nothing in the library says why
        urgent = violation == "yes" and bool(tips[0].tip.urgent) and self._pressing(said)
        return Hazard(said, violation, urgent, tuple(tips), beside)

    def _lacks(self, said: str, practice: Lawful) -> bool:
        """Whether a permit is missing and nobody turned away for it, where the practice does not do without one."""
        without = [_heard(self._cues.lacking, text) and not _heard(self._cues.refused, text) for text in (said, *practice.said)]
        return without[0] and not any(without[1:])

    def _pressing(self, said: str) -> bool:
        """Danger that is there now, or people under it while the work goes on."""
        now = [clause for clause in re.split(r"[，。；,;]", said) if not _heard(self._cues.past, clause)]
        return any(_heard((*self._cues.danger, *self._cues.present), clause) for clause in now)

    def lean(self, said: str) -> float:
        """Below 0: told like a violation; above: like what is lawful."""
        doubted = _heard(self._cues.doubted, said) + _heard(self._cues.careful, said)
        return self._leaning.score(said) + DOUBTED * doubted


def major_answer(found: Hazard) -> str:
    """重大 or not as one word: yes, no, or unknown."""
    return "no" if found.violation == "no" else _ANSWERS[found.major.value]


def _heard(patterns: Iterable[str], said: str) -> bool:
    return any(re.search(pattern, said) for pattern in patterns)


def _outgrown(said: str, lawful: Lawful) -> bool:
    """Whether more persons are told of than the practice is lawful for."""
    most = [int(count) for found in _LIMIT.findall(arabic(lawful.why)) for count in found if count]
    return bool(most) and any(int(count) > max(most) for count in _PERSONS.findall(arabic(said)))


def _told(at: int, tip: RiskTip) -> Iterable[_Row]:
    yield from (_Row(at, text) for text in (tip.title, *tip.aliases, *tip.signs, *tip.said, tip.check.ask))
    yield from (_Row(at, text, lawful) for lawful in tip.lawful for text in lawful.said)


def _body(tip: RiskTip) -> str:
    """All that a tip says."""
    texts = (
        tip.title,
        *tip.aliases,
        *tip.fields,
        tip.risk,
        *tip.signs,
        *tip.posts,
        tip.check.ask,
        *tip.check.look,
        *tip.now,
    )
    return "\n".join((*texts, *(point.text for point in tip.points)))
