"""What a reader's own files say to a question: sentences quoted with their page, beside the law and never as law.

A file is data. Nothing in it is read as a question or an instruction: its sentences are only compared with the question, and
figures that it tells join those of the question only together with the sentence that tells them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answer.figures import SENTENCING
from assistant.answer.match import Matcher, bag
from assistant.answer.quote import MAX_QUOTE, carrying
from assistant.answer.sources import Sources
from assistant.answer.understand import Understanding, with_law_words
from assistant.domain.answer import Answer, Behavior, Citation, Claim, Outcome, Section
from assistant.domain.cues import Cues
from assistant.domain.material import Hit, Shelf
from assistant.domain.provision import Status, TextKind
from assistant.domain.records import Aspect
from assistant.law.quantities import Quantities, read_quantities
from assistant.search.tokens import query_tokens

ASKED, UNASKED = 0.34, 0.6
"""Share of a part of the question that a sentence has to say, where the question points to the files and where it does not."""
NEAR = 0.9
"""Sentences that fit nearly as well as the best one are shown with it."""
SENTENCES, A_PART, DEPTH = 6, 3, 16
_ASIDE = frozenset({Aspect.EVIDENCE, Aspect.PROCEDURE, Aspect.CASE, Aspect.PRACTICE, Aspect.VALIDITY})
"""Aspects whose words are everyday ones: a question about a file that has no others asks for no law."""
_PART = re.compile(r"[^，,、；;。？?！!\s]+")
_SENTENCE = re.compile(r"[^。；！？]+[。；！？]?")
_BINDS = re.compile(r"[的了在是和与及或]")
_BARE_HEADING = re.compile(
    r"(?:第[一二三四五六七八九十\d]+[章节部分]+|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)[^。；：:]{1,30}"
)
_HOW_MANY = re.compile(r"几|多少|人数|数额|多大")
_BOUND = re.compile(r"以[上下]|不满|超过|以内")
"""A sentence with a bound tells a rule, not what happened."""
_COUNTED = {
    "deaths": (re.compile(r"死|亡|遇难"), "死亡{:g}人"),
    "serious_injuries": (re.compile(r"伤"), "重伤{:g}人"),
    "minor_injuries": (re.compile(r"伤"), "轻伤{:g}人"),
    "loss_wan": (re.compile(r"损失"), "直接经济损失{:g}万元"),
}
NOTE = "“您的材料”摘自您自己放进来的文件，不是法律依据，是否属实由承办人核对。"


@dataclass(frozen=True)
class Extract:
    """A sentence of a file, word for word."""

    hit: Hit
    quote: str

    @property
    def where(self) -> str:
        """“报告.pdf”第3页, “名单.xlsx”的“人员”表第2行."""
        place = self.hit.passage.place_of(self.quote)
        return f"“{self.hit.material.name}”{'的' if place.startswith('“') else ''}{place}"


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
    asked = pointed or before or _hears(cues.in_material, u.text)
    lawful = bool(u.refs or u.laws or u.offences or u.aspects - _ASIDE or u.wants_any("tier", "prediction", "full_text"))
    if asked and not lawful and (_hears(cues.overview, u.text) or not query_tokens(u.text)):
        return Told(_quoted(_openings(shelf)), "", alone=True, asked=True)
    fits = Fits(ASKED if asked else UNASKED, 1 if asked and not lawful else 2, matcher)
    statements = _quoted(_answers(_without(cues.in_material, u.text), fits, shelf, sources))
    figures = ""
    if pointed and u.aspects & SENTENCING and not u.quantities.harm:
        figures, lent = _lend(shelf)
        statements = (*lent, *statements)
    alone = asked and not lawful and (pointed or bool(statements))
    if alone and not statements:
        names = "、".join(f"“{material.name}”" for material in shelf.materials)
        statements = ((f"在{names}里没有找到与这个问题相符的内容，不作猜测。", ()),)
    return Told(statements, figures, alone, asked)


def _hears(patterns: Sequence[str], text: str) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


@dataclass(frozen=True)
class Fits:
    """When a sentence answers a part of a question."""

    least: float
    """Share of the part that it has to say."""
    pieces: int
    """Pieces that the part must have at all: a question of law that holds one word is asked of the law."""
    matcher: Matcher

    def __call__(self, sentence: str, part: str, terms: Sequence[str]) -> float:
        """How well it answers; a figure that is asked for outweighs words."""
        wanted = wanted_of(part)
        score = max([self.matcher.covered(wanted, bag(sentence)), *(0.5 for term in terms if term in sentence)])
        asked = figures_of(part)
        told = read_quantities(sentence) if asked and not _BOUND.search(sentence) else Quantities()
        return score + 1.0 if any(getattr(told, name) is not None for name in asked) else score


def wanted_of(part: str) -> frozenset[str]:
    """The pieces of a part of a question, none across a word that binds two others."""
    return bag(" ".join(query_tokens(_BINDS.sub(" ", part))))


def figures_of(part: str) -> list[str]:
    """Which counts a part of a question asks for."""
    return [name for name, (words, _) in _COUNTED.items() if _HOW_MANY.search(part) and words.search(part)]


def _answers(text: str, fits: Fits, shelf: Shelf, sources: Sources) -> list[Extract]:
    """For each part of the question the sentences that say most of it."""
    found: list[Extract] = []
    for part in _PART.findall(text):
        if len(wanted_of(part)) < fits.pieces and not figures_of(part):
            continue
        terms = with_law_words(part, sources).removeprefix(part).split()
        hits = shelf.search(" ".join([part, *terms]), DEPTH)
        scored = [(fits(sentence, part, terms), Extract(hit, sentence)) for hit in hits for sentence in sentences(hit, part)]
        scored.sort(key=lambda pair: (-pair[0], pair[1].hit.number))
        best = scored[0][0] if scored else 0.0
        found += [extract for score, extract in scored if score >= max(NEAR * best, fits.least)][:A_PART]
    return _distinct(found)[:SENTENCES]


def sentences(hit: Hit, asked: str = "") -> list[str]:
    """The sentences of a passage below its headings; a row of a table is one. Each is a substring of the passage."""
    body = hit.passage.text.rsplit("\n", 1)[-1]
    if hit.passage.row:
        return [body]
    if _BARE_HEADING.fullmatch(body):
        return []
    found = [part.group().strip() for part in _SENTENCE.finditer(body) if part.group().strip()]
    return [one if len(one) <= MAX_QUOTE else carrying(one, asked) or one[:MAX_QUOTE] for one in found]


def _openings(shelf: Shelf) -> list[Extract]:
    """How each file begins."""
    opened = [shelf.opening(material, 3) for material in shelf.materials]
    return [Extract(hit, hit.passage.text[:MAX_QUOTE]) for hits in opened for hit in hits][: 2 * SENTENCES]


def _lend(shelf: Shelf) -> tuple[str, tuple[Statement, ...]]:
    """Figures that the files tell, and the sentences that say so; where they disagree, none is taken."""
    told: dict[str, dict[float, Extract]] = {name: {} for name in _COUNTED}
    for hit in shelf.search("造成 死亡 重伤 轻伤 直接经济损失 万元", 3 * DEPTH):
        for sentence in sentences(hit):
            read = read_quantities(sentence) if not _BOUND.search(sentence) else Quantities()
            for name, values in told.items():
                value = getattr(read, name)
                if value is not None:
                    values.setdefault(float(value), Extract(hit, sentence))
    agreed = {name: values for name, values in told.items() if len(values) == 1}
    figures = "、".join(_COUNTED[name][1].format(value) for name, values in agreed.items() for value in values)
    statements = [_lent(figures, agreed)] if agreed else []
    for name, values in told.items():
        if len(values) > 1:
            said = "、".join(_COUNTED[name][1].format(value) for value in sorted(values))
            extracts = tuple(_distinct(values.values()))[:A_PART]
            statements.append((f"材料里的数字不一致（{said}），没有代入下面的计算，请核对后写进问题再问。", extracts))
    return figures, tuple(statements)


def _lent(figures: str, agreed: dict[str, dict[float, Extract]]) -> Statement:
    extracts = _distinct(extract for values in agreed.values() for extract in values.values())
    quotes = "；".join(f"{extract.where}：“{extract.quote}”" for extract in extracts)
    return f"下面按材料所写的{figures}计算，不是您问题里的数字，请先核对。{quotes}", tuple(extracts)


def _quoted(extracts: Iterable[Extract]) -> tuple[Statement, ...]:
    return tuple((f"{extract.where}：“{extract.quote}”", (extract,)) for extract in extracts)


def _distinct(extracts: Iterable[Extract]) -> list[Extract]:
    """Without what is said a second time in the same words."""
    return list({extract.quote: extract for extract in reversed(list(extracts))}.values())[::-1]


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
