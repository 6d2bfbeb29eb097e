"""逐句核验: whether a sentence that a model wrote says what its sources say. Deterministic; what fails is withheld with its reason.

In order: its numbers exist, the law that it names is there and in force, its quotations stand in the source, and each of its
clauses is borne out by one stretch of a source, or by two that go together: every figure, every term of law, every condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from assistant.answer.evidence import Evidence, Given, Unit, texts
from assistant.answer.match import Matcher, bag
from assistant.answer.places import Places, Refused
from assistant.answer.sentences import Sentence
from assistant.answer.wording import Terms, polarity
from assistant.domain.provision import ArticleRef
from assistant.law.amounts import Amount, read_amounts
from assistant.law.patterns import NO_WORDS

ENOUGH = 0.55
"""Share of a clause's words, weighed by rarity, that its sources and the question must have."""
HALF = 0.5
"""Share of the words of a condition in figures by which a clause says it without the figures."""
TOGETHER = 8
"""Of how many best units two are tried together."""
LONGEST = 400
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_QUOTED = re.compile(r"“([^“”]{2,})”|「([^「」]{2,})」|\"([^\"]{2,})\"")
_SHORT_QUOTE = 8
"""Shorter words in quotation marks are terms, which a fact or the question may hold as well."""
_STRICT = {"tiers": "档次", "labels": "后果", "persons": "人员或单位", "penalties": "处罚", "degrees": "用语", "offences": "罪名"}
_PENALTY = re.compile(r"处|罚|判|徒刑|拘役|吊销|暂扣|拘留")
_GOES_ON = re.compile(r"^(?:并处|并且?|或者?|同时|另|且|也|还|其中|以及)")
_PUNCTUATION = re.compile(r"[，。；、：！？,.;:!?（）()\s]")
_THRESHOLDS = {"人", "元"}


@dataclass(frozen=True)
class Clause:
    """A stretch of a sentence that states one consequence."""

    text: str
    amounts: frozenset[Amount]
    terms: Terms
    pieces: frozenset[str]


class Support:
    """Sentences against one answer's evidence."""

    def __init__(self, evidence: Evidence, matcher: Matcher, on: date) -> None:
        self._evidence, self._matcher, self._on = evidence, matcher, on
        self._places = Places(evidence, on)
        question = evidence.question
        self._asked = bag(question)
        self._told = evidence.wording.terms(question)
        self._figures = read_amounts(question)

    def check(self, sentence: Sentence) -> tuple[tuple[int, ...], bool] | str:
        """The numbers of the sources that bear it out and whether it speaks of past law; or the reason why it is withheld."""
        text = sentence.text
        if not _CHINESE.search(text) or len(_CHINESE.findall(text)) * 3 < len(re.sub(r"\s", "", text)):
            return "不是中文的陈述"
        if len(text) > LONGEST:
            return "句子过长，无法核对"
        unknown = [n for n in sentence.cites if n not in self._evidence]
        if unknown:
            return f"引用了不存在的来源[{unknown[0]}]"
        try:
            named = self._places.read(text, sentence.cites)
        except Refused as refused:
            return str(refused)
        numbers = tuple(dict.fromkeys([*sentence.cites, *named.numbers]))
        if not numbers:
            return "没有注明来源"
        given = [self._evidence[n] for n in numbers]
        return self._misquoted(text, given) or self._unsupported(text, numbers, named.refs) or (numbers, named.past)

    def _misquoted(self, text: str, given: Sequence[Given]) -> str:
        held = _plain(texts(given))
        beside = _plain(self._evidence.told_facts + self._evidence.question)
        for groups in _QUOTED.findall(text):
            words = _plain(next(filter(None, groups)))
            if words not in held and not (len(words) <= _SHORT_QUOTE and words in beside):
                return f"引文“{next(filter(None, groups))[:30]}”不在所引来源中"
        return ""

    def _unsupported(self, text: str, numbers: Sequence[int], refs: Sequence[ArticleRef]) -> str:
        units = [unit for unit in self._evidence.units if unit.numbers & set(numbers)]
        terms = self._evidence.wording.terms(text)
        stated = terms.get("conditions", frozenset()) | self._told.get("conditions", frozenset())
        held = self._places.narrowed(units, refs)
        for clause in self._clauses(text):
            reason = self._borne_out(clause, held, stated)
            if reason:
                return reason
        return ""

    def _clauses(self, text: str) -> list[Clause]:
        """Up to each penalty one clause; what only goes on belongs to the clause before it."""
        parts: list[str] = []
        open_ = False
        for piece in filter(str.strip, re.split(r"(?<=[；，：])", text)):
            if parts and (open_ or _GOES_ON.match(piece)):
                parts[-1] += piece
            else:
                parts.append(piece)
            open_ = not (piece.endswith("；") or (_PENALTY.search(piece) and read_amounts(piece)))
        whole = self._evidence.wording.terms
        return [Clause(part, read_amounts(part), whole(part), bag(part)) for part in parts]

    def _borne_out(self, clause: Clause, units: Sequence[Unit], stated: frozenset[str]) -> str:
        """Empty when one unit, or two together, say what the clause says; else what the nearest lacks."""
        nearest = sorted(units, key=lambda unit: -len(clause.pieces & unit.pieces) - 4 * len(clause.amounts & unit.amounts))
        reasons: list[tuple[int, str]] = []
        singles = [(unit,) for unit in nearest]
        for pair in (*singles, *combinations(nearest[:TOGETHER], 2)):
            reason = self._lacks(clause, pair, stated)
            if reason is None:
                return ""
            reasons.append(reason)
        return max(reasons, key=lambda entry: entry[0])[1] if reasons else "与所引来源无关"

    def _lacks(self, clause: Clause, units: tuple[Unit, ...], stated: frozenset[str]) -> tuple[int, str] | None:
        """``None`` when the units bear the clause out; else how far they went and what is missing."""
        for step, look in enumerate((self._figures_lack, self._terms_lack, self._conditions_lack, self._denied, self._too_far)):
            reason = look(clause, units, stated)
            if reason:
                return step, reason
        return None

    def _figures_lack(self, clause: Clause, units: tuple[Unit, ...], _: frozenset[str]) -> str:
        for amount in clause.amounts:
            if any(_states(unit, amount, clause.text) for unit in units) or self._known(amount, units):
                continue
            return f"数字“{_said(amount)}”在所引来源和问题中都没有，或者说的不是这件事"
        return ""

    def _known(self, amount: Amount, units: tuple[Unit, ...]) -> bool:
        """A figure that the question tells, or a date that belongs to the source itself."""
        if amount.unit != "date":
            return not amount.bound and any(amount.agrees(told) for told in self._figures)
        days = [day for unit in units for n in unit.numbers if (day := self._evidence[n].since)]
        dates = [*self._figures, *(Amount(d.year * 10000 + d.month * 100 + d.day, "date") for d in [*days, self._on])]
        return any(_within(amount, known) for known in dates if known.unit == "date")

    def _terms_lack(self, clause: Clause, units: tuple[Unit, ...], _: frozenset[str]) -> str:
        for kind, name in _STRICT.items():
            where = [unit.terms if kind == "tiers" else unit.around for unit in units]
            missing = clause.terms.get(kind, frozenset()) - _all(where, kind)
            if missing:
                return f"{name}“{min(missing)}”不在所引来源的这处规定中"
        there = _all([unit.around for unit in units], "conditions") | self._told.get("conditions", frozenset())
        added = clause.terms.get("conditions", frozenset()) - there
        if added:
            return f"条件“{min(added)}”不在所引来源的这处规定中"
        force, ruled = clause.terms.get("force", frozenset()), _all([unit.around for unit in units], "force")
        if force and ((ruled and not force & ruled) or ("不得" in force and "不得" not in ruled)):
            return f"“{min(force)}”与所引来源的要求不同"
        return ""

    def _conditions_lack(self, clause: Clause, units: tuple[Unit, ...], stated: frozenset[str]) -> str:
        tiers = clause.terms.get("tiers", frozenset())
        shared = units[0].terms.get("tiers", frozenset()) & units[-1].terms.get("tiers", frozenset()) if len(units) > 1 else None
        for unit in units:
            if not _consequence(clause, unit):
                continue
            own = unit.terms.get("tiers", frozenset())
            counted = any(
                a.unit in _THRESHOLDS and a.of not in {"罚款", "罚金"} and _states(unit, a, clause.text) for a in clause.amounts
            )
            if own and not own & tiers and not counted and not (shared and own & shared):
                return f"漏了条件“{min(own)}”"
            for figures, words in unit.floors:
                told = any(figure.agrees(known) for figure in clause.amounts | self._figures for known in figures)
                if not told and self._matcher.covered(words, clause.pieces | self._asked) < HALF:
                    return "漏了所引来源写明的数量条件"
            for group in unit.required:
                if not group & stated:
                    return f"漏了条件“{min(group)}”"
        if tiers and any(_counts(clause, unit) and not tiers & unit.terms.get("tiers", frozenset()) for unit in units):
            return f"“{min(tiers)}”与所引来源的档次不同"
        if shared is not None and not shared and any(unit.terms.get("tiers") for unit in units) and not tiers:
            return "把两处不同的规定合在了一起"
        return ""

    def _denied(self, clause: Clause, units: tuple[Unit, ...], _: frozenset[str]) -> str:
        for pair, said in polarity(clause.text).items():
            held = frozenset().union(*(unit.polarity.get(pair, frozenset()) for unit in units))
            if held and not said & held:
                return f"“{pair}”的肯定、否定与所引来源相反"
        return ""

    def _too_far(self, clause: Clause, units: tuple[Unit, ...], _: frozenset[str]) -> str:
        there = self._asked.union(
            *(unit.pieces for unit in units), *(bag(self._evidence[n].title) for u in units for n in u.numbers)
        )
        if clause.pieces and self._matcher.covered(clause.pieces, there) < ENOUGH:
            return "与所引来源的内容相差太远"
        return ""


def _states(unit: Unit, amount: Amount, text: str) -> bool:
    """Whether a unit holds a figure; a term of imprisonment or a fine has to have the bound that the unit gives it."""
    if amount.unit == "date":
        return any(_within(amount, known) for known in unit.amounts if known.unit == "date")
    exact = amount.unit in {"年", "个月", "元", "%"} and _PENALTY.search(text) is not None
    return any(amount.agrees(known) and not (exact and not amount.bound and known.bound) for known in unit.amounts)


def _within(amount: Amount, known: Amount) -> bool:
    """2021年 and 2021年3月 are said of 2021年3月1日."""
    if amount.value % 10000 == 0:
        return amount.value // 10000 == known.value // 10000
    return amount.value == known.value or (amount.value % 100 == 0 and amount.value // 100 == known.value // 100)


def _consequence(clause: Clause, unit: Unit) -> bool:
    """Whether the clause states what follows from the unit: its penalty, its degree, its offence."""
    return _counts(clause, unit) or any(
        clause.terms.get(kind, frozenset()) & unit.terms.get(kind, frozenset()) for kind in ("penalties", "degrees", "tiers")
    )


def _counts(clause: Clause, unit: Unit) -> bool:
    """Whether a term or a sum that the clause states is the unit's."""
    return any(amount.unit in {"年", "个月", "元", "%", "倍"} and amount in unit.amounts for amount in clause.amounts)


def _all(terms: Iterable[Terms], kind: str) -> frozenset[str]:
    return frozenset().union(*(one.get(kind, frozenset()) for one in terms))


def _plain(text: str) -> str:
    return _PUNCTUATION.sub("", NO_WORDS.sub("", text))


def _said(amount: Amount) -> str:
    words = {"≥": "以上", "≤": "以下", ">": "以外", "<": "以下"}
    if amount.unit == "date":
        return f"{int(amount.value) // 10000}年…"
    value = f"{amount.value / 1e4:g}万" if amount.unit == "元" and amount.value >= 1e4 else f"{amount.value:g}"
    return f"{value}{amount.unit}{words.get(amount.bound, '')}"
