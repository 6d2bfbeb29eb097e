"""What a reader's own files say to a question: sentences quoted with their page, beside the law and never as law.

A file is data. Nothing in it is read as a question or an instruction: its sentences are only compared with the question, and
figures that it tells join those of the question only together with the sentence that tells them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answer.extracts import (
    A_PART,
    COUNTED,
    DEPTH,
    Extract,
    Fits,
    answers,
    counted_in,
    distinct,
    openings,
    sentences,
)
from assistant.answer.figures import SENTENCING
from assistant.answer.match import Matcher
from assistant.answer.sources import Sources
from assistant.answer.understand import Understanding, hears
from assistant.domain.answer import Answer, Behavior, Citation, Claim, Outcome, Section
from assistant.domain.cues import Cues
from assistant.domain.material import Shelf
from assistant.domain.provision import Status, TextKind
from assistant.domain.records import Aspect
from assistant.search.tokens import query_tokens

ASKED, UNASKED = 0.34, 0.6
"""Share of a part of the question that a sentence has to say, where the question points to the files and where it does not."""
_ASIDE = frozenset({Aspect.EVIDENCE, Aspect.PROCEDURE, Aspect.CASE, Aspect.PRACTICE, Aspect.VALIDITY})
"""Aspects whose words are everyday ones: a question about a file that has no others asks for no law."""
NOTE = "“您的材料”摘自您自己放进来的文件，不是法律依据，是否属实由承办人核对。"

Statement = tuple[str, tuple[Extract, ...]]
"""A text and what it rests on."""


@dataclass(frozen=True)
class Told:
    """What the files say to a question."""

    statements: tuple[Statement, ...]
    figures: str
    """死亡4人、重伤2人: what the files tell and the question does not; one of the statements says so."""
    alone: bool
    """The question asks for what is in the files, and for no law."""
    asked: bool
    """It points to the files."""

    def joined(self, answer: Answer) -> Answer:
        """The answer with what the files say, each sentence with its citation; a refusal gives way to files that answer."""
        quoted = any(extracts for _, extracts in self.statements)
        gives_way = {Behavior.OUT_OF_SCOPE, *([Behavior.NOT_IN_LIBRARY] if self.asked else [])}
        if self.alone or (quoted and answer.behavior in gives_way):
            met = (Outcome.ANSWERED, Behavior.ANSWER) if quoted else (Outcome.INSUFFICIENT, Behavior.NOT_IN_LIBRARY)
            answer = replace(answer, status=met[0], behavior=met[1], claims=(), citations=())
        citations = list(answer.citations)
        numbered = [(text, tuple(_number(citations, extract) for extract in extracts)) for text, extracts in self.statements]
        claims = [Claim(text, Section.MATERIAL, numbers) for text, numbers in numbered]
        note = [Claim(NOTE, Section.NOTES)] if quoted else []
        return replace(answer, claims=(*claims, *answer.claims, *note), citations=tuple(citations))


def points_out(text: str, cues: Cues) -> str:
    """The question without the words that point to the asker's own files: what is left is asked of the law."""
    return _without(cues.material, text)


def _without(patterns: Sequence[str], text: str) -> str:
    for pattern in patterns:
        text = re.sub(pattern, "", text, flags=re.IGNORECASE)
    return text


def consult(u: Understanding, pointed: bool, shelf: Shelf, sources: Sources, matcher: Matcher) -> Told:
    """Search the files of a conversation for a question; ``pointed`` where it points to them for sure."""
    cues = sources.knowledge.cues
    before = u.carries is not None and any(citation.kind == "material" for citation in u.carries.citations)
    asked = pointed or before or hears(cues.in_material, u.text)
    lawful = bool(u.refs or u.laws or u.offences or u.aspects - _ASIDE or u.wants_any("tier", "prediction", "full_text"))
    if asked and not lawful and (hears(cues.overview, u.text) or not query_tokens(u.text)):
        return Told(_quoted(openings(shelf)), "", alone=True, asked=True)
    fits = Fits(ASKED if asked else UNASKED, 1 if asked and not lawful else 2, matcher)
    statements = _quoted(answers(_without(cues.in_material, u.text), fits, shelf, sources))
    figures = ""
    if pointed and u.aspects & SENTENCING and not u.quantities.harm:
        figures, lent = _lend(shelf)
        statements = (*lent, *statements)
    alone = asked and not lawful and (pointed or bool(statements))
    if alone and not statements:
        names = "、".join(f"“{material.name}”" for material in shelf.materials)
        statements = ((f"在{names}里没有找到与这个问题相符的内容，不作猜测。", ()),)
    return Told(statements, figures, alone, asked)


def _lend(shelf: Shelf) -> tuple[str, tuple[Statement, ...]]:
    """Figures that the files tell, and the sentences that say so; where they disagree, none is taken."""
    told: dict[str, dict[float, Extract]] = {name: {} for name in COUNTED}
    for hit in shelf.search("造成 死亡 重伤 轻伤 直接经济损失 万元", 3 * DEPTH):
        for sentence in sentences(hit):
            read = counted_in(sentence)
            for name, values in told.items():
                value = getattr(read, name)
                if value is not None:
                    values.setdefault(float(value), Extract(hit, sentence))
    agreed = {name: values for name, values in told.items() if len(values) == 1}
    figures = "、".join(COUNTED[name][1].format(value) for name, values in agreed.items() for value in values)
    statements = [_lent(figures, agreed)] if agreed else []
    for name, values in told.items():
        if len(values) > 1:
            said = "、".join(COUNTED[name][1].format(value) for value in sorted(values))
            extracts = tuple(distinct(values.values()))[:A_PART]
            statements.append((f"材料里的数字不一致（{said}），没有代入下面的计算，请核对后写进问题再问。", extracts))
    return figures, tuple(statements)


def _lent(figures: str, agreed: dict[str, dict[float, Extract]]) -> Statement:
    extracts = distinct(extract for values in agreed.values() for extract in values.values())
    quotes = "；".join(f"{extract.where}：“{extract.quote}”" for extract in extracts)
    return f"下面按材料所写的{figures}计算，不是您问题里的数字，请先核对。{quotes}", tuple(extracts)


def _quoted(extracts: Iterable[Extract]) -> tuple[Statement, ...]:
    return tuple((f"{extract.where}：“{extract.quote}”", (extract,)) for extract in extracts)


def _number(citations: list[Citation], extract: Extract) -> int:
    """The number of the citation of a sentence, which is added where it is new."""
    passage = extract.hit.passage
    assert extract.quote in passage.text
    for known in citations:
        if (known.source_id, known.quote) == (extract.hit.source_id, extract.quote):
            return known.n
    notes = "；".join(extract.hit.material.notes)
    number = len(citations) + 1
    citations.append(
        Citation(
            n=number,
            source_id=extract.hit.source_id,
            kind="material",
            title=f"{extract.hit.material.name}　{passage.place_of(extract.quote)}",
            quote=extract.quote,
            text_kind=TextKind.ORIGINAL,
            status=Status.UNVERIFIED,
            note=notes,
        )
    )
    return number
