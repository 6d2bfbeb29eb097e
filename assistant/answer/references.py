"""The references of a text that a check looks up: what ``law.refs`` finds, and what a reader would add from the lines before."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer.sources import Sources
from assistant.domain.provision import ArticleRef
from assistant.law import patterns
from assistant.law.places import NO_LAW, read_place
from assistant.law.refs import UNCLEAR, FoundRef, find_laws, find_refs

_BROKEN = re.compile(
    r"(?<=[第零〇一二三四五六七八九十百千条款项之])\n(?=[零〇一二三四五六七八九十百千条款项之第])|(?<=\w)\n(?=[^《》\n]{0,40}》)"
)
"""An end of line inside a number or a title, as a PDF has it."""
_ENDS = re.compile(r"[。！？\n]")
_SAME_ARTICLE = re.compile(r"[该同]条(?:的|规定的|中)?$")
_THIS_ARTICLE = re.compile(r"[本该同]条")
_OWN_RULES = re.compile(
    r"(?:公司|单位|集团|[本我]厂|学校|[本我]院|医院|项目部|车间|双方|甲方|签订的?|签的)(?:的|制定的|现行|内部)?$"
)
"""What stands before the title of a company's own rules or of a contract."""
_LAW_TITLE = re.compile(r"(?:法|法典|条例|修正案(?:（[^（）]*）)?|解释(?:（[^（）]*）)?)》$")
_RULE_TITLE = re.compile(
    r"(?:法|法典|通则|总则|条例|修正案|解释|规定|办法|规则|细则|规程|标准|决定|意见|通知|批复|规范|准则|指引|目录|号)(?:（[^（）]*）)*$"
)
_DRAFT = re.compile(
    r"征求意见|草案|送审|拟制定|起草|立法(?:建议|计划)|尚未(?:出台|公布|制定)|还没有(?:出台|公布)|没有一部|并无|不存在"
)


def references(text: str, sources: Sources) -> list[FoundRef]:
    """What can be looked up, in the order of the text: an article of a law, or what is named like a law and is not here."""
    joined, at = _unbroken(text)
    known = find_laws(joined, sources.names)
    found: list[FoundRef] = []
    for ref in find_refs(joined, sources.names):
        told = _completed(ref, joined, known, found)
        if told and _says_where(told, joined, found):
            found.append(told)
    return [
        replace(ref, surface=text[at[ref.start] : at[ref.end - 1] + 1], start=at[ref.start], end=at[ref.end - 1] + 1)
        for ref in found
    ]


def unknown(ref: FoundRef) -> ArticleRef:
    """The law and the article as they are written, where the library has no such law."""
    return _at(ArticleRef(_name(ref.surface)), ref.surface)


def _name(surface: str) -> str:
    title, place = patterns.TITLE.match(surface), patterns.PLACE.search(surface)
    return title["title"] if title else (surface[: place.start()] if place else surface).strip()


def _unbroken(text: str) -> tuple[str, list[int]]:
    """The text without ends of line inside a number or a title, and the offset of each of its characters in the original."""
    gone = {broken.start() for broken in _BROKEN.finditer(text)}
    at = [position for position in range(len(text)) if position not in gone]
    return "".join(text[position] for position in at), at


def _completed(ref: FoundRef, text: str, known: list[tuple[int, int, str]], before: list[FoundRef]) -> FoundRef | None:
    """A place without a law is one of the law named last in its paragraph; 该条 is the article named last."""
    if ref.ref or ref.reason not in {NO_LAW, UNCLEAR}:
        return ref
    last = before[-1] if before else None
    same = _SAME_ARTICLE.search(text, max(0, ref.start - 6), ref.start)
    if last and last.ref and (same or _THIS_ARTICLE.match(ref.surface)) and "\n" not in text[last.end : ref.start]:
        start = same.start() if same else ref.start
        return replace(ref, ref=_at(last.ref.whole_article(), ref.surface), reason="", start=start, surface=text[start : ref.end])
    if "条" not in ref.surface or not ref.surface.startswith("第"):
        return None
    law = _law_above(ref, text, known)
    return replace(ref, ref=_at(ArticleRef(law), ref.surface), reason="") if law else None


def _law_above(ref: FoundRef, text: str, known: list[tuple[int, int, str]]) -> str:
    line = text.rfind("\n", 0, ref.start) + 1
    named = [mention for mention in known if line <= mention[0] and mention[1] <= ref.start]
    titles = [title for title in patterns.TITLE.finditer(text, line, ref.start) if not named or title.start() > named[-1][1]]
    if not named or titles:  # nothing is named, or something that the library does not have
        return ""
    return named[-1][2] if text[line : ref.start].strip() else ""


def _at(law: ArticleRef, surface: str) -> ArticleRef:
    numbers = {place.unit: place.numbers[0].text for hit in patterns.PLACE.finditer(surface) for place in read_place(hit)}
    paragraph, item = (int(numbers[unit]) if unit in numbers else None for unit in ("款", "项"))
    return replace(law, article=numbers.get("条", law.article), paragraph=paragraph, item=item)


def _says_where(ref: FoundRef, text: str, before: list[FoundRef]) -> bool:
    if ref.ref:
        return bool(ref.ref.article)
    if not ref.reason.startswith("库中没有") or _OWN_RULES.search(text, max(0, ref.start - 8), ref.start):
        return False
    if ref.surface.startswith("第"):  # of the law named just before
        last = before[-1] if before else None
        return last is not None and last.ref is None and not _ENDS.search(text, last.end, ref.start)
    if patterns.PLACE.search(ref.surface):
        return _RULE_TITLE.search(_name(ref.surface)) is not None
    sentence_end = _ENDS.search(text, ref.end)
    sentence = text[ref.end : sentence_end.start() if sentence_end else len(text)]
    return _LAW_TITLE.search(ref.surface) is not None and not _DRAFT.search(sentence)
