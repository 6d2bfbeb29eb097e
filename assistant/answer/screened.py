"""What a screening of one's own tables found, as an answer: rows quoted with their number, beside the law that they point to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from assistant.answer.authorities import Authorities
from assistant.domain.answer import Answer, Behavior, Citation, Claim, Outcome, Section
from assistant.domain.material import Hit as Row
from assistant.domain.provision import Status, TextKind
from assistant.domain.screening import Hit, Place, Rule, Screened

SHOWN = 5
"""Rows of each rule; the page 线索 has all."""


def screened(
    question: str, found: Screened, sources: Authorities, row: Callable[[Place], Row | None], on: date, newest: date | None
) -> Answer:
    """The answer; ``row`` finds a row of a table among the asker's materials."""
    citations = list(sources.citations)
    claims: list[Claim] = []
    for rule in found.model.rules:
        hits = found.of(rule.key)
        if hits:
            claims += _told(rule, hits, sources, citations, row)
    done = [rule.name for rule in found.model.rules if rule.key not in found.skipped]
    if not claims:
        claims.append(Claim(f"在表里没有找到这些情形：{'、'.join(done)}。", Section.MATERIAL))
    for key, why in found.skipped.items():
        name = next(rule.name for rule in found.model.rules if rule.key == key)
        claims.append(Claim(f"没有查“{name}”：{why}。", Section.NOTES))
    claims.append(
        Claim(f"按“{found.model.name}”筛查。{found.model.limits}全部结果、列的对应和 Excel 在“线索”页。", Section.NOTES)
    )
    order = list(Section)
    claims.sort(key=lambda claim: order.index(claim.kind))
    return Answer(question, Outcome.ANSWERED, Behavior.ANSWER, on, tuple(claims), tuple(citations), library_date=newest)


def _told(
    rule: Rule, hits: tuple[Hit, ...], sources: Authorities, citations: list[Citation], row: Callable[[Place], Row | None]
) -> list[Claim]:
    """How many rows and what they point to, each of the first with its row, and what that means by which articles."""
    claims = [Claim(f"{rule.name}：{len(hits)}条" + (f"，先列{SHOWN}条。" if len(hits) > SHOWN else "。"), Section.MATERIAL)]
    for hit in hits[:SHOWN]:
        numbers = [_cited(found, citations) for place in hit.places[:2] if (found := row(place))]
        claims.append(Claim(f"{hit.places[0]}：{hit.says}。", Section.MATERIAL, tuple(numbers)))
    cites = tuple(dict.fromkeys(sources.numbers[cite] for cite in rule.cite if cite in sources.numbers))
    claims.append(Claim(f"{rule.means}。", Section.BASIS, cites))
    claims.append(Claim(f"{rule.name}，下一步：{rule.next}。", Section.APPLICATION))
    return claims


def _cited(found: Row, citations: list[Citation]) -> int:
    known = next((one.n for one in citations if one.source_id == found.source_id), None)
    if known is not None:
        return known
    title = f"{found.material.name}　{found.passage.place}"
    made = Citation(0, found.source_id, "material", title, found.passage.text, TextKind.ORIGINAL, Status.UNVERIFIED)
    citations.append(replace(made, n=len(citations) + 1))
    return len(citations)
