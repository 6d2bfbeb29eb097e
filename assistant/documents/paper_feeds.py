"""What of a 研判 becomes paragraphs of a paper, each with its sources and the facts that it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.documents.paper_grounds import DAYS, Grounds
from assistant.domain.assessment import Assessment, OffenceFinding, Standing, Truth
from assistant.domain.evidence import OutlineItem
from assistant.domain.facts import DISPUTED, UNCLEAR, Value
from assistant.domain.papers import Line, Role, blank
from assistant.domain.rules import RuleBook
from assistant.law.numerals import to_chinese
from assistant.rules.words import day, in_words

FIRM = {Standing.ESTABLISHED, Standing.CANDIDATE, Standing.CONDITIONAL}
_ARTICLE = re.compile(r"(?:刑法)?第(\d+)(?=条|款|项|章)")
_AND = re.compile(r"[；、]")
_YES = re.compile(r"：是(?=；|$)")
_TRUTH = {Truth.YES: "具备", Truth.NO: "不具备", Truth.UNKNOWN: "待查"}


@dataclass(frozen=True)
class Said:
    """One paragraph before its sources are checked."""

    text: str
    cite: tuple[str, ...] = ()
    rests: frozenset[str] = frozenset()
    person: str = ""
    role: Role = "body"
    law: bool = True
    reason: bool = False
    historic: bool = True
    """It may speak of the law of another day, as a 研判 does."""


@dataclass(frozen=True)
class Feeds:
    """The feeds over one 研判, for one person or, with ``person`` empty, for all."""

    assessment: Assessment
    book: RuleBook
    grounds: Grounds
    person: str = ""
    outline: tuple[OutlineItem, ...] = ()

    def __call__(self, line: Line) -> list[Said]:
        """The paragraphs of a line that names a feed; a list of several is numbered."""
        made = [replace(one, text=_formal(one.text)) for one in _MAKERS[line.feed or "facts"](self, line)]
        listed = [one for one in made if one.role == "body"]
        if len(listed) < 2 or line.feed in {"facts", "offences"} or len(listed) != len(made):
            return made
        return [replace(one, text=f"{n}. {one.text}") for n, one in enumerate(made, 1)]

    @property
    def offences(self) -> tuple[OffenceFinding, ...]:
        """Those that stand or may."""
        return tuple(one for one in self.assessment.offences if one.status in FIRM and self._mine(one.person))

    def _mine(self, person: str) -> bool:
        return not self.person or person in ("", self.person)

    def _of(self, person: str) -> str:
        return f"{person}：" if person and not self.person else ""

    def _facts(self, line: Line) -> Iterator[Said]:
        """What is known, a group a paragraph; what is unclear or disputed is a blank."""
        sheet = self.assessment.sheet
        scopes = [("", sheet.facts), *((one.name, one.facts) for one in sheet.people if self._mine(one.name))]
        for person, facts in scopes:
            keys = [key for key in self.book.facts.values() if key.key in facts and (not line.only or key.group in line.only)]
            for group, of_group in groupby(keys, key=lambda key: key.group):
                rows = list(of_group)
                told = "；".join(_told(key.label, in_words(key, facts[key.key]), facts[key.key]) for key in rows)
                whose = f"{person}（{group}）" if person else group
                yield Said(f"{whose}：{told}。", rests=frozenset(key.key for key in rows), person=person, law=False)

    def _offences(self, line: Line) -> Iterator[Said]:
        for one in self.offences:
            rests = self.grounds.offence(one)
            yield Said(f"{self._of(one.person)}{one.name}", role="sub", rests=rests, person=one.person, law=False)
            standing = "要件有待查证" if one.status is not Standing.ESTABLISHED else "现有事实符合构成要件"
            decides = f"，依据是{one.threshold}" if one.threshold else ""
            text = f"涉嫌{one.article}规定的{one.name}，{standing}。所在量刑档的法定刑为{one.range}{decides}。"
            ask = "" if one.status is Standing.ESTABLISHED else "需要查证："
            yield Said(text + (f"{ask}{one.note.rstrip('。')}。" if one.note else ""), one.cite, rests, one.person)

    def _elements(self, line: Line) -> Iterator[Said]:
        several = len({one.name for one in self.offences}) > 1
        for one in self.offences:
            for element in one.elements:
                why = f"：{_YES.sub('', element.why)}" if element.why else ""
                name = f"{one.name}——" if several else ""
                state = _TRUTH[element.state] if why or element.state is not Truth.YES else "未见相反的事实"
                text = f"{self._of(one.person)}{name}{element.name}（{state}）{why}。"
                yield Said(text, element.cite, self.grounds.element(one, element.name), one.person)

    def _not_offences(self, line: Line) -> Iterator[Said]:
        for gone in self.assessment.offences:
            if gone.status is Standing.TIME_BARRED and self._mine(gone.person):
                cite = [
                    one.cite for one in self.assessment.limitation if (one.offence, one.person) == (gone.offence, gone.person)
                ]
                text = f"{self._of(gone.person)}不追究{gone.name}：已过追诉时效。"
                yield Said(text, cite[0] if cite else gone.cite, self.grounds.offence(gone) | DAYS, gone.person)
        for one in self.assessment.not_offences:
            if self._mine(one.person):
                text = f"{self._of(one.person)}不认定{one.name}：{one.reason.rstrip('。')}。"
                yield Said(text, one.cite, self.grounds.offence(one), one.person)

    def _circumstances(self, line: Line) -> Iterator[Said]:
        for one in self.assessment.strict if line.feed == "strict" else self.assessment.lenient:
            if self._mine(one.person):
                proof = f"证明材料：{'、'.join(one.evidence)}。" if one.evidence else ""
                text = f"{self._of(one.person)}{one.item}，{one.effect.rstrip('。')}。{proof}"
                yield Said(text, one.cite, self.grounds.circumstance(one), one.person)

    def _options(self, line: Line) -> Iterator[Said]:
        for one in self.assessment.options:
            if not self._mine(one.person) or (line.only and one.key not in line.only) or (line.able and not one.available):
                continue
            rests = self.grounds.option(one)
            if one.available is False:
                text = f"{self._of(one.person)}{one.option}：不能适用。{one.text.rstrip('。')}。"
            else:
                ticks = "" if line.able else "；".join(f"{tick.text}——{_TRUTH[tick.state]}" for tick in one.ticks)
                able = "可以适用" if one.available else "有待查证"
                text = f"{self._of(one.person)}{one.option}：{able}。条件是{one.text.rstrip('。')}。" + (
                    f"逐项核对：{ticks}。" if ticks else ""
                )
            yield Said(text, one.cite, rests, one.person)

    def _limitation(self, line: Line) -> Iterator[Said]:
        for one in self.assessment.limitation:
            if self._mine(one.person):
                yield Said(
                    f"{self._of(one.person)}{one.why.rstrip('。')}。", one.cite, self.grounds.offences() | DAYS, one.person
                )

    def _day_law(self, line: Line) -> Iterator[Said]:
        law = self.assessment.day_law
        if law.apply:
            named = [event for event in law.events if day(event.date) in law.apply or event.event in law.apply]
            cites = dict.fromkeys((*law.cite, *(cite for event in named for cite in event.cite)))
            yield Said(f"{law.apply.rstrip('。')}。", tuple(cites), DAYS)

    def _loss(self, line: Line) -> Iterator[Said]:
        if loss := self.assessment.loss:
            counted = "、".join(f"{one.name}{one.wan:g}万元" for one in loss.lines if one.counts)
            left = "、".join(f"{one.name}{one.wan:g}万元" for one in loss.lines if one.counts is False)
            text = f"按{loss.standard}，直接经济损失为{loss.wan:g}万元，计入{counted or '的没有'}" + (
                f"；不计入{left}。" if left else "。"
            )
            yield Said(text, loss.cite, frozenset({"loss_wan"}) | DAYS)

    def _missing(self, line: Line) -> Iterator[Said]:
        for one in self.assessment.missing:
            if self._mine(one.person):
                effect = "" if f"“{one.label}”" in one.effect else one.effect.rstrip("。")
                declared = self.book.facts.get(one.key)
                what = f"是否存在“{one.label}”的事实" if declared and declared.kind == "flag" else one.label
                text = f"{self._of(one.person)}查明{what}{f'，{effect}' if effect else ''}。"
                yield Said(text, rests=frozenset({one.key}), person=one.person, law=False)

    def _evidence(self, line: Line) -> Iterator[Said]:
        for element, items in groupby(self.outline, key=lambda item: item.element):
            yield Said(element, role="sub", rests=self.grounds.offences(), law=False)
            for n, item in enumerate(items, 1):
                sources = "、".join(dict.fromkeys(_AND.split(item.source)))
                text = f"{n}. {item.get}。向{sources}调取；形式：{item.form}。{item.why}"
                yield Said(text, item.cite, self.grounds.offences())


def _formal(text: str) -> str:
    """刑法第134条第2款 → 《刑法》第一百三十四条第二款."""
    return _ARTICLE.sub(lambda hit: ("《刑法》" if hit[0].startswith("刑法") else "") + f"第{to_chinese(int(hit[1]))}", text)


def _told(label: str, words: str, value: Value) -> str:
    if value in (UNCLEAR, DISPUTED):
        return blank(label, f"材料{value}")
    return label if words == "是" else f"{label}：{words}"


_MAKERS: Mapping[str, Callable[[Feeds, Line], Iterator[Said]]] = {
    "facts": Feeds._facts,
    "offences": Feeds._offences,
    "elements": Feeds._elements,
    "not_offences": Feeds._not_offences,
    "strict": Feeds._circumstances,
    "lenient": Feeds._circumstances,
    "options": Feeds._options,
    "limitation": Feeds._limitation,
    "day_law": Feeds._day_law,
    "loss": Feeds._loss,
    "missing": Feeds._missing,
    "evidence": Feeds._evidence,
}
