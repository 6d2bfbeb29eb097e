"""Questions out of offences: thresholds, ranges, whether a unit can be punished, and made-up cases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from assistant.documents.quiz_proof import Draft, near
from assistant.domain.assessment import Assessment, Standing
from assistant.domain.quiz import TRUTH, QuizKind
from assistant.domain.records import Offence
from assistant.domain.sentencing import SentencingTier, Threshold

_FIELDS = {
    "deaths": ("死亡", "人"),
    "serious_injuries": ("重伤", "人"),
    "loss_wan": ("直接经济损失", "万元"),
    "illegal_gain_wan": ("违法所得", "万元"),
}
_WHOLE = 1
"""By how much a figure is missed: one person, 1万元."""
_READ = 90
"""Letters of a point that explains a statement."""
Tier = tuple[Offence, SentencingTier]
Counted = Callable[[Iterable[str], str], frozenset[float]]
"""What figures the articles cited have of deaths, injuries, loss (万元) or gain, as far as their official texts are at hand."""


def tiers(offences: Iterable[Offence], today: date) -> list[Tier]:
    """Ranges that hold on a day."""
    return [(offence, tier) for offence in offences for tier in offence.tiers if tier.effective.holds(today)]


def thresholds(held: Sequence[Tier], figures: Counted, level: tuple[str, ...]) -> Iterator[Draft]:
    """What number opens a tier; and, one below and at it, whether it is open. ``figures`` is what else the article counts so."""
    for offence, tier in held:
        for name, (what, unit) in _FIELDS.items():
            rows = [row for row in tier.thresholds if getattr(row, name) is not None]
            if len(rows) != 1 or not _alone(rows[0], name):
                continue
            row, value = rows[0], getattr(rows[0], name)
            if (row.responsibility and set(row.responsibility) != {"主要责任", "全部责任"}) or what in tier.label:
                continue  # what the offence is called by is no question
            main = "且负事故主要责任或者全部责任" if row.responsibility else ""
            cites = row.cite or tier.threshold_cite or tier.cite
            why = f"{offence.title}“{tier.label}”的标准之一是{what}{value:g}{unit}以上{main}。"
            made = _of(offence, why, cites, level, told=f"{offence.title}：{tier.label}，标准")
            others = sorted(_figures(held, name) - figures(cites, name), key=lambda one: abs(one - value))
            wrong = near((f"{one:g}{unit}" for one in others), (f"{value:g}{unit}",))
            if len(wrong) > 1:
                stem = f"{offence.title}“{tier.label}”的标准之一，是{what}达到（　　）以上{main}。"
                yield made(QuizKind.SINGLE, stem, (f"{value:g}{unit}",), wrong)
            own = "，负事故主要责任" if row.responsibility else ""
            for told, right in ((value, 0), (value - _WHOLE, 1)):
                if told > 0 and name != "illegal_gain_wan":
                    stem = f"某起事故造成{what}{told:g}{unit}{own}。只看这一项数字，已经达到{offence.title}“{tier.label}”的标准。"
                    yield made(QuizKind.TRUTH, stem, (TRUTH[right],), (TRUTH[1 - right],))


def together(held: Sequence[Tier], level: tuple[str, ...]) -> Iterator[Draft]:
    """Which of several figures, each alone, open a tier; those just below don't."""
    for offence, tier in held:
        rows = [(row, name, getattr(row, name)) for row in tier.thresholds for name in _FIELDS if getattr(row, name) is not None]
        alone = len({name for _, name, _ in rows}) == len(rows) == len(tier.thresholds)
        if not alone or len(rows) < 2 or not all(_alone(row, name) for row, name, _ in rows):
            continue
        asked = {row.responsibility for row, _, _ in rows}
        if len(asked) > 1 or not asked <= {(), ("主要责任", "全部责任")}:
            continue
        own = "负事故主要责任的人，" if asked != {()} else ""
        right = tuple(f"{_FIELDS[name][0]}{value:g}{_FIELDS[name][1]}" for _, name, value in rows)
        under = tuple(f"{_FIELDS[n][0]}{v - _WHOLE:g}{_FIELDS[n][1]}" for _, n, v in rows if v > _WHOLE)
        why = (
            f"{offence.title}“{tier.label}”：{'，或者'.join(f'{one}以上' for one in right)}；低于这些数字的，单看这一项没有达到。"
        )
        stem = f"{own}下列后果单独具备一项，就达到{offence.title}“{tier.label}”标准的有（　　）。"
        cites = tuple(dict.fromkeys((*tier.threshold_cite, *(cite for row, _, _ in rows for cite in row.cite)))) or tier.cite
        told = f"{offence.title}：{tier.label}，标准"
        yield _of(offence, why, cites, level, told=told)(QuizKind.MULTIPLE, stem, right, under)


def _alone(row: Threshold, name: str) -> bool:
    others = (*_FIELDS, "minor_injuries", "also", "when")
    return not any(getattr(row, other) for other in others if other != name)


def _figures(held: Sequence[Tier], name: str) -> set[float]:
    return {value for _, tier in held for row in tier.thresholds if (value := getattr(row, name)) is not None}


def ranges(held: Sequence[Tier], level: tuple[str, ...]) -> Iterator[Draft]:
    """The range of a tier among those of its neighbours."""
    for at, (offence, tier) in enumerate(held):
        if any(owner is offence and other.label == tier.label and other is not tier for owner, other in held):
            continue
        if re.search(r"款|第\d", tier.label):
            continue
        others = [held[n][1].penalty for n in sorted(range(len(held)), key=lambda n: abs(n - at))]
        also = {one for one in others if one in tier.penalty or tier.penalty in one}
        wrong = near(others, (tier.penalty,), also)
        why = f"{offence.title}，{tier.label}的，处{tier.penalty}。"
        stem = f"犯{offence.title}，{tier.label}的，法定刑是（　　）。"
        told = f"{offence.title}：{tier.penalty}"
        yield _of(offence, why, tier.cite, level, also, told)(QuizKind.SINGLE, stem, (tier.penalty,), wrong)


def persons(offences: Iterable[Offence], level: tuple[str, ...]) -> Iterator[Draft]:
    """Whether a unit can be punished, as a point of the record says."""
    for offence in offences:
        words = "单位犯" if offence.unit else "没有.*单位"
        said = [one for one in offence.points if re.search(words, one.text) and "单位" in one.text and "罚金" in one.text]
        if said and said[0].confidence in {"A", "B"} and said[0].cite and len(said[0].text) <= _READ:
            made = _of(offence, said[0].text, said[0].cite, level)
            right, wrong = TRUTH if offence.unit else TRUTH[::-1]
            yield made(QuizKind.TRUTH, f"单位可以构成{offence.title}，对单位判处罚金。", (right,), (wrong,))


def told(
    stems: Iterable[str], weigh: Callable[[str], Assessment], held: Sequence[Tier], level: tuple[str, ...]
) -> Iterator[Draft]:
    """A made-up case held against the rules. Asked only where exactly one offence comes into question, and it stands."""
    first = {tier.penalty: at for at, (_, tier) in reversed(list(enumerate(held)))}
    for stem in stems:
        found = weigh(stem).offences
        if len(found) != 1 or found[0].status is not Standing.ESTABLISHED:
            continue
        own = [(at, *one) for at, one in enumerate(held) if one[0].id == found[0].offence and one[1].name == found[0].step.name]
        for at, offence, tier in own:
            why = f"达到“{found[0].threshold}”，{offence.title}“{tier.label}”，处{tier.penalty}。"
            cites = tuple(dict.fromkeys((*tier.cite, *tier.threshold_cite)))
            made = _of(offence, why, cites, level, told=f"{offence.title}：{tier.penalty}")
            beside = sorted(first, key=lambda one: abs(first[one] - at))
            asked = f"{stem}按{offence.title}追究的，应适用的法定刑是（　　）。"
            yield made(QuizKind.SINGLE, asked, (tier.penalty,), near(beside, (tier.penalty,)))


def _of(
    offence: Offence, why: str, cites: tuple[str, ...], level: tuple[str, ...], also: Iterable[str] = (), told: str = ""
) -> Callable[[QuizKind, str, tuple[str, ...], tuple[str, ...]], Draft]:
    """Questions on one offence; ``told`` is what they all give away."""

    def made(kind: QuizKind, stem: str, right: tuple[str, ...], wrong: tuple[str, ...]) -> Draft:
        proofs = (told,) if told else ()
        return Draft(
            kind, stem, right, wrong, why, cites, (offence.id,), level, offence.title, frozenset(also), proofs=proofs
        )  # fmt: skip

    return made
