"""A 研判 for other programs and as text: what ``anheng assess`` prints and what the page copies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from assistant.domain.assessment import (
    Assessment,
    CircumstanceFinding,
    Missing,
    OffenceFinding,
    OptionFinding,
    Standing,
    Truth,
)
from assistant.domain.provision import ArticleRef
from assistant.domain.similar import Similar

Resolve = Callable[[str], ArticleRef | None]
"""``法律#条/款/项`` with whatever name of the law, to the reference with its title; ``None`` where there is no such law."""
STANDINGS = {
    Standing.ESTABLISHED: "要件齐",
    Standing.CANDIDATE: "待查",
    Standing.CONDITIONAL: "附条件",
    Standing.TIME_BARRED: "已过时效",
}
RANKS = {"lighter": "减轻档", "base": "基本档", "aggravated": "加重档", "third": "第三档"}
STATEMENT = "供承办人判断，不是结论；只核对门槛、损失、日期和时效，不计算刑期。"
_MARKS = {Truth.YES: "✓", Truth.NO: "✗", Truth.UNKNOWN: "？"}


def to_json(assessment: Assessment, resolve: Resolve, similar: Sequence[Similar] = ()) -> dict[str, Any]:
    """The value of one case in the output of ``anheng assess --json``; docs/assess.md describes it."""

    def cited(cites: Iterable[str]) -> list[dict[str, Any]]:
        return [citation(reference, resolve) for reference in cites]

    names = {one.offence: one.name for one in assessment.offences}
    firm = {one.person for one in assessment.offences if one.status in {Standing.ESTABLISHED, Standing.CANDIDATE}}
    return {
        "offences": [_offence(one) | {"citations": cited(one.cite)} for one in assessment.offences],
        "not_offences": [
            {"name": one.name, "reason": one.reason, "person": one.person, "citations": cited(one.cite)}
            for one in assessment.not_offences
        ],
        "strict": [_circumstance(one) | {"citations": cited(one.cite)} for one in assessment.strict],
        "lenient": [_circumstance(one) | {"citations": cited(one.cite)} for one in assessment.lenient],
        "options": {
            name: [_option(one) | {"citations": cited(one.cite)} for one in assessment.options if _standing(one, firm) == name]
            for name in ("available", "unavailable", "open")
        },
        "law_of_the_day": {
            "apply": assessment.day_law.apply,
            "citations": cited(assessment.day_law.cite),
            "dates": [
                {"event": one.event, "date": one.date.isoformat(), "citations": cited(one.cite)}
                for one in assessment.day_law.events
            ],
        },
        "limitation_years": [
            {
                "offence": names.get(one.offence, one.offence),
                "tier": one.rank,
                "years": one.years,
                "person": one.person,
                "ends": one.ends.isoformat() if one.ends else None,
                "expired": one.expired,
                "citations": cited(one.cite),
            }
            for one in assessment.limitation
        ],
        "missing_facts": [_wanted(one) for one in assessment.missing],
        "contradictions": list(assessment.contradictions),
        "similar": [_similar(one) for one in similar],
    }


def citation(reference: str, resolve: Resolve) -> dict[str, Any]:
    """``{"law", "article", "paragraph", "item"}``; a law that the library does not know keeps the name it was given."""
    ref = resolve(reference) or ArticleRef.parse(reference)
    return {"law": ref.law, "article": ref.article, "paragraph": ref.paragraph, "item": ref.item}


def _offence(one: OffenceFinding) -> dict[str, Any]:
    return {
        "name": one.name,
        "article": one.article,
        "tier": one.rank,
        "range": one.range,
        "person": one.person,
        "status": one.status.value,
        "threshold": one.threshold,
    }


def _circumstance(one: CircumstanceFinding) -> dict[str, Any]:
    return {"item": one.item, "effect": one.effect, "person": one.person}


def _standing(option: OptionFinding, firm: Collection[str]) -> str:
    """Where an option is listed; one whose conditions are the handler's to find is on offer once an offence stands."""
    if option.available is None:
        return "available" if option.person in firm or (firm and not option.person) else "open"
    return "available" if option.available else "unavailable"


def _option(one: OptionFinding) -> dict[str, Any]:
    return {"option": one.option, "reason" if one.available is False else "condition": one.text, "person": one.person}


def _similar(one: Similar) -> dict[str, Any]:
    return {
        "id": one.case.id,
        "title": one.case.title,
        "signal": one.signal,
        "alike": list(one.alike),
        "differences": list(one.differences),
        "outcome": one.case.outcome or None,
        "sources": [source.title for source in one.sources],
    }


def to_text(assessment: Assessment, titles: Mapping[str, str], similar: Sequence[Similar] = ()) -> str:
    """The whole as plain text, each line with its articles; ``titles`` names them as the cards do."""

    def cited(cites: Iterable[str]) -> str:
        named = "、".join(dict.fromkeys(titles.get(reference, reference) for reference in cites))
        return f"（{named}）" if named else ""

    parts = [
        ("注意", [f"! {sentence}" for sentence in assessment.contradictions]),
        ("罪名", [line for one in assessment.offences for line in _offence_lines(one, cited)]),
        ("不能认定", [f"{_of(one.person)}{one.name}：{one.reason}{cited(one.cite)}" for one in assessment.not_offences]),
        ("从严", [f"{_of(one.person)}{one.item}：{one.effect}{cited(one.cite)}" for one in assessment.strict]),
        ("从宽", [f"{_of(one.person)}{one.item}：{one.effect}{cited(one.cite)}" for one in assessment.lenient]),
        (
            "可选处理",
            [
                f"{_of(one.person)}{one.option}（{able(one.available)}）：{one.text}{cited(one.cite)}"
                for one in assessment.options
            ],
        ),
        ("类案", [line for one in similar for line in _similar_lines(one)]),
        ("追诉时效", [f"{_of(one.person)}{one.offence}：{one.why}{cited(one.cite)}" for one in assessment.limitation]),
        ("行为时法", [f"{assessment.day_law.apply}{cited(assessment.day_law.cite)}"] if assessment.day_law.apply else []),
        ("损失", list(_loss_lines(assessment))),
        ("还差这些", [f"{_of(one.person)}{_wanted(one)}" for one in assessment.missing]),
    ]
    told = [assessment.sheet.told, ""] if assessment.sheet.told else []
    body = [line for head, rows in parts if rows for line in (f"【{head}】", *rows, "")]
    return "\n".join([*told, *body, STATEMENT])


def able(available: bool | None) -> str:
    """可用, 不可用 or 待查."""
    return "待查" if available is None else "可用" if available else "不可用"


def _offence_lines(one: OffenceFinding, cited: Callable[[Iterable[str]], str]) -> Iterator[str]:
    rank = RANKS.get(one.rank, one.rank)
    yield f"{_of(one.person)}{one.name}（{one.article}，{STANDINGS[one.status]}）：{rank}，{one.range}"
    if one.threshold:
        yield f"  决定因素：{one.threshold}{cited(one.cite)}"
    for element in one.elements:
        said = "：".join(filter(None, (element.name, element.why)))
        yield f"  {_MARKS[element.state]} {said}{cited(element.cite)}"
    if one.note:
        yield f"  {one.note}"


def _similar_lines(one: Similar) -> Iterator[str]:
    yield f"{one.case.title}{f'（{one.signal}）' if one.signal else ''}"
    yield from (f"  {head}：{'；'.join(said)}" for head, said in (("相同", one.alike), ("不同", one.differences)) if said)
    yield f"  处理：{one.outcome}"
    if one.sources:
        yield f"  出处：{'；'.join(source.title for source in one.sources)}"


def _loss_lines(assessment: Assessment) -> Iterator[str]:
    loss = assessment.loss
    if loss is None:
        return
    yield f"直接经济损失 {loss.wan:g} 万元（{loss.standard}）"
    for line in loss.lines:
        counts = "由承办人判断" if line.counts is None else "计入" if line.counts else "不计入"
        yield f"  {line.name} {line.wan:g} 万元：{counts}{f'，{line.why}' if line.why else ''}"
    if loss.note:
        yield f"  {loss.note}"


def _wanted(one: Missing) -> str:
    return f"{one.label}：{one.effect}" if one.effect else one.label


def _of(person: str) -> str:
    return f"〔{person}〕" if person else ""
