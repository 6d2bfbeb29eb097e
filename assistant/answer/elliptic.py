"""省略: a follow-up with what it leaves out put in from the question before it, by rules; the wording of both is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answer.match import bag
from assistant.answer.sources import Sources
from assistant.answer.understand import Understanding, hears
from assistant.law.quantities import HARMS, figure_spans
from assistant.law.refs import find_refs, label

LONG = 60
"""Characters; of facts longer than this only the end is put before a follow-up."""
PARALLEL = 2
"""Pieces that a follow-up shares with what was spoken of, to be taken as put in its place."""
_OPENS = re.compile(r"^\W*(?:那么|那(?=[^个些种家次样人时天年位])|还有|另外|再问(?:一下)?|请问)[，,]?")
_ENDS = re.compile(r"\s*呢?[？?。！!\s]*$")
_IF = re.compile(r"^(?:如果|要是|假如|换成|若)?是?(?:只有?)?")
_CLAUSES = re.compile(r"[^，,。；;？?！!]+[，,。；;？?！!]*")
_PLACE = re.compile(r"第[零〇一二两三四五六七八九十百千\d]+[条款项]")
_THIS_OFFENCE = re.compile(r"(?:该|这个|此|本)罪名?")
_THIS_ARTICLE = re.compile(r"(?:该|这一?|此|本)条(?!件|例|款)")
_THIS_LAW = re.compile(r"(?:该|这部|此)(?:法律?|条例|规定|解释)(?![定律院官])")
_FORMER, _LATTER = re.compile(r"前者"), re.compile(r"后者")
_OFFENCE_ITS = re.compile(r"(?P<offence>[^，。；]+罪)的[^，。；]{1,8}")
_AROUND = r"(?:的?时候|以前|之前|以后|之后|以来|时|的)?"


@dataclass(frozen=True)
class Completed:
    """A completed question."""

    text: str
    alone: bool = False
    """Whether nothing of the turn before is needed besides: all that it spoke of and how it asked is in the question now."""


def complete(u: Understanding, before: Understanding, sources: Sources) -> Completed | None:
    """Complete a follow-up from the question before it; ``None`` where nothing can be put in."""
    said = bare(u.text)
    asks = hears(sources.knowledge.cues.asking, said)
    pointed = _pointed(said, before)
    if pointed != said:
        return Completed(f"{pointed}？", alone=True)
    text = _place(u, said, asks, before, sources) or ("" if asks else _exchanged(u, said, before))
    if text:
        return Completed(f"{text}？", alone=True)
    head, tail = _cut(before.text, sources)
    if not head or not said or len(bag(head) & bag(said)) * 2 > len(bag(head)):
        return None
    if asks:
        return Completed(f"{_end_of(head)}，{said}？")
    if of := _OFFENCE_ITS.fullmatch(head):
        return Completed(f"{of['offence']}的{said}？")
    if not tail:
        return Completed(f"{_end_of(head)}——{said}？")
    if len(bag(said) & bag(head)) >= PARALLEL:
        return Completed(f"{said}{tail}？")
    return Completed(f"{_end_of(head)}，{said}，{tail}？", alone=len(head) <= LONG)


def bare(text: str) -> str:
    """A follow-up without the words that only join it to what was said: 那未遂呢？ is 未遂."""
    return _ENDS.sub("", _OPENS.sub("", text))


def _pointed(said: str, before: Understanding) -> str:
    """该罪, 这一条, 该法, 前者 by what they point to, where that is one thing."""
    offences, refs = [offence.title for offence in before.offences], [label(ref.whole_article()) for ref in before.refs]
    for pattern, names in ((_THIS_OFFENCE, offences), (_THIS_ARTICLE, refs), (_THIS_LAW, [f"《{law}》" for law in before.laws])):
        if len(names) == 1:
            said = pattern.sub(names[0], said)
    if len(offences) == 2:
        said = _LATTER.sub(offences[1], _FORMER.sub(offences[0], said))
    return said


def _place(u: Understanding, said: str, asks: bool, before: Understanding, sources: Sources) -> str:
    """第二款呢, 第113条呢: of the article or the law that was named before."""
    if u.laws or not before.refs or not _PLACE.search(said):
        return ""
    found = [hit for hit in find_refs(said, sources.names, str(before.refs[-1].whole_article())) if hit.ref and hit.ref.article]
    if not found or not found[0].ref:
        return ""
    hit, ref = found[0], found[0].ref
    if asks or len(said) > hit.end - hit.start + 2:
        return said[: hit.start] + label(ref) + said[hit.end :]
    old = next(iter(find_refs(before.text, sources.names)), None)
    return _ENDS.sub("", before.text[: old.start] + label(ref) + before.text[old.end :]) if old else ""


def _exchanged(u: Understanding, said: str, before: Understanding) -> str:
    """The question before with the new offence, date or figure in the place of the old; empty where none takes a place."""
    old, said = _ENDS.sub("", before.text), _IF.sub("", said)
    new_offence = said.endswith("罪") or (len(u.offences) == 1 and len(said) <= len(u.offences[0].title) + 2)
    if new_offence and len(before.offences) == 1 and before.offences[0].title in old:
        return old.replace(before.offences[0].title, said)
    mine, theirs = u.quantities.periods, before.quantities.periods
    if mine and len(theirs) == 1 and len(said) <= len(mine[0].surface) + 4:
        return re.sub(re.escape(theirs[0].surface) + _AROUND, lambda _: said.removesuffix("的"), old, count=1)
    new, known = figure_spans(said), figure_spans(old)
    for harm in HARMS:
        if harm in new and harm in known and len(said) <= new[harm][1] - new[harm][0] + 6:
            start, end = known[harm]
            return old[:start] + said + old[end:]
    return ""


def _cut(question: str, sources: Sources) -> tuple[str, str]:
    """What a question speaks of, and how it asks: 消防通道被堵, 怎么罚."""
    text, place = _ENDS.sub("", question), 0
    for clause in reversed(list(_CLAUSES.finditer(text))):
        starts = [
            found.start() for pattern in sources.knowledge.cues.asking for found in [re.search(pattern, clause.group())] if found
        ]
        if starts:
            place = clause.start() + min(starts)
            return text[:place].rstrip("，,。；; 的还也都就又该"), text[place:]
    return text, ""


def _end_of(facts: str) -> str:
    if len(facts) <= LONG:
        return facts
    kept = ""
    for clause in reversed(_CLAUSES.findall(facts)):
        if len(kept) + len(clause) > LONG:
            break
        kept = clause + kept
    return f"前述案情……{kept or facts[-LONG:]}"
