"""Reasons that a model writes for a paper: what it may write from, and its sentences in their place once they have passed."""

from __future__ import annotations

from dataclasses import replace

from assistant.domain.answer import Answer, Behavior, Claim, Outcome, Section, Withheld
from assistant.domain.papers import BLANK, Paper, Paragraph


def as_answer(paper: Paper) -> Answer:
    """The paper as a composed answer: its statements of law are what a model may write from, its facts what it is asked about."""
    facts = "".join(BLANK.sub("", one.text) for one in paper.paragraphs if one.role == "body" and not one.law and not one.reason)
    asked = "；".join(BLANK.sub("", one.text).strip("：。") for one in paper.paragraphs if one.reason)
    return Answer(
        question=f"为《{paper.title}》写出说理（{asked}），只写理由。案情：{facts}",
        status=Outcome.ANSWERED,
        behavior=Behavior.ANSWER,
        as_of=paper.day,
        claims=tuple(Claim(one.text, Section.BASIS, one.cites) for one in paper.paragraphs if one.law),
        citations=paper.citations,
        library_date=paper.library_date,
    )


def with_reasons(paper: Paper, written: Answer) -> Paper:
    """The paper with the sentences of a model that passed, before the place of its reasons; what did not pass is listed.

    ``written`` is what became of ``as_answer(paper)``: its citations begin with those of the paper.
    """
    rests = frozenset(key for one in paper.paragraphs if one.law for key in one.rests)
    drafted = [
        Paragraph(claim.text, "body", claim.citations, rests, paper.person, law=True, drafted=True)
        for claim in written.claims
        if claim.drafted
    ]
    place = next((place for place, one in enumerate(paper.paragraphs) if one.reason), len(paper.paragraphs))
    failed = tuple(Withheld("模型起草的理由", warning) for warning in written.warnings)
    return replace(
        paper,
        paragraphs=(*paper.paragraphs[:place], *drafted, *paper.paragraphs[place:]),
        citations=written.citations,
        withheld=(*paper.withheld, *written.withheld, *failed),
    )
