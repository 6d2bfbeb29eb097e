"""Whether stretches of sources bear out what a clause says: its figures, its terms of law, its conditions, its denials, its words.

Every look returns the reason why not, empty where there is none. What passes all of them is said by the sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answer.evidence import Evidence
from assistant.answer.match import Matcher, bag
from assistant.answer.units import Unit, together
from assistant.answer.wording import Terms, denials, denied, denies
from assistant.law.amounts import Amount, read_amounts

ENOUGH = 0.55
"""Share of a clause's words, weighed by rarity, that its sources and the question must have."""
NEAREST = 0.5
"""A stretch counts when it holds at least this share of what the nearest one holds of the clause's words."""
CLOSE = 0.6
"""Share of a clause's words from which a source speaks of the same and must not say the opposite."""
AS_CLOSE = 0.85
"""What comes this near to the nearest speaks of the same as well."""
ONLY_DENIED = 0.15
"""Share of a clause's words that may stand only where the source denies something, if the clause denies nothing."""
ITSELF = 0.2
"""Share of a clause's words that the stretch itself must have, apart from what stands before it and the question."""
OF_ANOTHER = 0.15
"""Share of a clause's words that may stand only in another case of the same list."""
A_WORD = 0.12
"""Share of the words of an entry of a list that tells which entry is meant."""
A_CASE = 0.3
"""Share of the words of a further case, such as 因逃逸致人死亡的, that tells that it is meant."""
HALF = 0.5
"""Share of the words of a condition in figures by which a clause says it without the figures."""
SPREAD = 0.5
"""What a pair of characters counts that stands in the source, but not side by side."""
_KINDS = {
    "tiers": "档次",
    "labels": "后果",
    "penalties": "处罚",
    "degrees": "用语",
    "periods": "周期",
    "persons": "人员或单位",
    "offences": "罪名",
}
_SEGMENT_ONLY = {"tiers", "labels", "penalties", "degrees", "periods"}
_FINDS = re.compile(r"(?<!不)(?<!未)(?:构成|成立|认定为|论处|定罪)")
_SUMS = {"年", "个月", "元", "%", "倍"}
_COUNTS = {"人", "元"}


@dataclass(frozen=True)
class Clause:
    """A stretch of a sentence that states one consequence."""

    text: str
    amounts: frozenset[Amount]
    terms: Terms
    pieces: frozenset[str]
    stated: frozenset[str]
    """Conditions that the whole sentence names."""


class Bearing:
    """Clauses against the units of one answer's evidence."""

    def __init__(self, evidence: Evidence, matcher: Matcher) -> None:
        self._evidence, self._matcher = evidence, matcher
        self._predicates = evidence.wording.predicates
        self._asked = bag(evidence.question)
        self._figures = read_amounts(evidence.question)
        self._looks = (self._figures_lack, self._terms_lack, self._conditions_lack, self._denied, self._too_far)

    def share(self, clause: Clause, unit: Unit) -> float:
        """Share of a clause's words that stand in a stretch itself."""
        return self._matcher.covered(clause.pieces, unit.own)

    def lacks(self, clause: Clause, units: tuple[Unit, ...]) -> tuple[int, str] | None:
        """``None`` when the units bear the clause out; else how far they went and what is missing."""
        for step, look in enumerate(self._looks):
            reason = look(clause, units)
            if reason:
                return step, reason
        return None

    def contradicted(self, clause: Clause, unit: Unit) -> str:
        """What a stretch that speaks of the same says the other way round; empty where nothing."""
        ours = denials(clause.text)
        for pair in self._predicates & ours.keys() & unit.denials.keys():
            if not ours[pair] <= unit.denials[pair]:
                return f"“{pair}”的肯定、否定与所引来源相反"
        return ""

    def _figures_lack(self, clause: Clause, units: tuple[Unit, ...]) -> str:
        for amount in clause.amounts:
            if not any(_states(unit, amount) for unit in units) and not self._known(amount, units):
                return f"数字“{amount}”在所引来源和问题中都没有，或者说的不是这件事"
        groups = [group for unit in units for group in unit.together]
        for alternative in together(clause.text):
            sought = [amount for amount in alternative if not self._known(amount, units)]
            if len(sought) > 1 and not any(all(any(a.agrees(k) for k in group) for a in sought) for group in groups):
                return f"“{'、'.join(map(str, sorted(sought)))}”在所引来源中不在一处"
        return self._below(clause, units)

    def _below(self, clause: Clause, units: tuple[Unit, ...]) -> str:
        """Figures of the case must reach one of the floors that the source names for what it is said to be."""
        told = [amount for amount in clause.amounts if amount.unit in _COUNTS and not amount.bound and amount.of]
        if not told or not (clause.terms.keys() & {"tiers", "labels"}):
            return ""
        for unit in units:
            floors = [k for k in unit.amounts if k.bound and k.unit in _COUNTS and k.of and any(k.of == a.of for a in told)]
            reached = [
                all(k.reached_by(a.value) for k in floors if k.of == a.of) for a in told if any(k.of == a.of for k in floors)
            ]
            if reached and not any(reached):
                return "案情的数字够不上所引来源的这一档"
        return ""

    def _known(self, amount: Amount, units: tuple[Unit, ...]) -> bool:
        """A figure that the question tells, or a date that belongs to the source itself."""
        if amount.unit != "date":
            return not amount.bound and any(amount.agrees(told) for told in self._figures)
        days = [day for unit in units for n in unit.numbers if (day := self._evidence[n].since)]
        dates = [*self._figures, *(Amount(day.year * 10000 + day.month * 100 + day.day, "date") for day in days)]
        return any(amount.within(known) for known in dates if known.unit == "date")

    def _terms_lack(self, clause: Clause, units: tuple[Unit, ...]) -> str:
        for kind, name in _KINDS.items():
            ours = clause.terms.get(kind, frozenset())
            missing = ours - _all([self._where(kind, ours, unit) for unit in units], kind)
            if missing:
                return f"{name}“{min(missing)}”不在所引来源的这处规定中"
        added = clause.terms.get("conditions", frozenset()) - _all([unit.around for unit in units], "conditions")
        if added:
            return f"条件“{min(added)}”不在所引来源的这处规定中"
        force, ruled = clause.terms.get("force", frozenset()), _all([unit.terms for unit in units], "force")
        around = _all([unit.around for unit in units], "force")
        if force and ((ruled and not force & ruled) or (force & {"不得", "可以"}) - around):
            return f"“{min(force)}”与所引来源的要求不同"
        return ""

    def _where(self, kind: str, ours: frozenset[str], unit: Unit) -> Terms:
        """Whom a stretch speaks of may have been said before it, unless it names somebody else itself."""
        own = unit.terms.get(kind, frozenset())
        narrow = kind in _SEGMENT_ONLY or (own and (kind == "offences" or not own & ours))
        return unit.terms if narrow else unit.around

    def _conditions_lack(self, clause: Clause, units: tuple[Unit, ...]) -> str:
        tiers = clause.terms.get("tiers", frozenset())
        shared = units[0].terms.get("tiers", frozenset()) & units[-1].terms.get("tiers", frozenset()) if len(units) > 1 else None
        for unit in units:
            if not _consequence(clause, unit):
                continue
            own = unit.terms.get("tiers", frozenset()) - unit.optional
            if own and not own & tiers and not self._counted(clause, unit) and not (shared and own & shared):
                return f"漏了条件“{min(own)}”"
            if tiers and _sums(clause, unit) and not tiers & unit.terms.get("tiers", frozenset()):
                return f"“{min(tiers)}”与所引来源的档次不同"
            groups = (*unit.required, *(unit.led if _punishes(clause, unit) else ()))
            missing = next((group for group in groups if not group & clause.stated), None)
            if missing:
                return f"漏了条件“{min(missing)}”"
            if not self._meant(clause, unit):
                return "没有说明是所引来源的哪一种情形"
            if not all(self._named(figures, words, clause) for figures, words in unit.floors):
                return "漏了所引来源写明的数量条件"
        if shared is not None and not shared and not tiers and any(unit.terms.get("tiers") for unit in units):
            return "把两处不同的规定合在了一起"
        return ""

    def _counted(self, clause: Clause, unit: Unit) -> bool:
        """Whether the clause names a threshold of the tier by its figure."""
        return any(a.unit in _COUNTS and a.of not in {"罚款", "罚金"} and _states(unit, a) for a in clause.amounts)

    def _meant(self, clause: Clause, unit: Unit) -> bool:
        """Whether a clause with the figures of one case among several says which case it is."""
        if unit.entry and clause.amounts & unit.own_amounts and self._matcher.covered(unit.entry, clause.pieces) < A_WORD:
            return False
        return not unit.case or not _sums(clause, unit) or self._matcher.covered(unit.case, clause.pieces) >= A_CASE

    def _named(self, figures: frozenset[Amount], words: frozenset[str], clause: Clause) -> bool:
        if any(figure.agrees(known) for figure in clause.amounts | self._figures for known in figures):
            return True
        return self._matcher.covered(words, clause.pieces | self._asked) >= HALF

    def _denied(self, clause: Clause, units: tuple[Unit, ...]) -> str:
        texts = [f"{unit.before}{unit.text}" for unit in units]
        held: dict[str, frozenset[bool]] = {}
        for text in texts:
            for pair, way in denials(text).items():
                held[pair] = held.get(pair, frozenset()) | way
        ours = denials(clause.text)
        wrong = next((pair for pair in self._predicates & ours.keys() & held.keys() if not ours[pair] <= held[pair]), None)
        if wrong:
            return f"“{wrong}”的肯定、否定与所引来源相反"
        also = bag("。".join(part for text in texts for part in denied(text)))
        for part in denied(clause.text):
            if False not in held.get(part[:2], frozenset()) and len(bag(part) & also) < 2:
                return f"所引来源没有否定“{part[:6]}”"
        if not denies(clause.text):
            only = clause.pieces & frozenset().union(*(unit.denied for unit in units))
            refused = only & also
            if len(refused) > 1 or self._matcher.covered(clause.pieces, only) > ONLY_DENIED:
                return "把所引来源否定的说成肯定"
        return ""

    def _too_far(self, clause: Clause, units: tuple[Unit, ...]) -> str:
        there = self._asked.union(*(unit.pieces for unit in units))
        letters = set("".join(unit.text for unit in units))
        spread = frozenset(piece for piece in clause.pieces - there if set(piece) <= letters)
        covered = self._matcher.covered(clause.pieces, there) + SPREAD * self._matcher.covered(clause.pieces, spread)
        itself = max(self._matcher.covered(clause.pieces, unit.own) for unit in units)
        if clause.pieces and (covered < ENOUGH or itself < ITSELF):
            return "与所引来源的内容相差太远"
        other = (clause.pieces & frozenset().union(*(unit.beside for unit in units))) - there
        return "说的是所引来源的另一种情形" if self._matcher.covered(clause.pieces, other) > OF_ANOTHER else ""


def _states(unit: Unit, amount: Amount) -> bool:
    """Whether a unit holds a figure; a term of imprisonment or a fine has to have the bound that the unit gives it."""
    if amount.unit == "date":
        return any(amount.within(known) for known in unit.amounts if known.unit == "date")
    exact = amount.unit in _SUMS
    return any(amount.agrees(known) and not (exact and not amount.bound and known.bound) for known in unit.amounts)


def _consequence(clause: Clause, unit: Unit) -> bool:
    """Whether the clause states what follows from the unit: its penalty, its tier, that its offence is committed."""
    return _punishes(clause, unit) or bool(clause.terms.get("tiers", frozenset()) & unit.terms.get("tiers", frozenset()))


def _punishes(clause: Clause, unit: Unit) -> bool:
    kinds = ("penalties", "degrees", *(("offences",) if _FINDS.search(clause.text) else ()))
    return _sums(clause, unit) or any(clause.terms.get(kind, frozenset()) & unit.terms.get(kind, frozenset()) for kind in kinds)


def _sums(clause: Clause, unit: Unit) -> bool:
    """Whether a term or a sum that the clause states is the unit's."""
    sums = (amount for amount in clause.amounts if amount.unit in _SUMS and amount.of not in {"损失", "违法所得"})
    return any(amount in unit.amounts for amount in sums)


def _all(terms: Iterable[Terms], kind: str) -> frozenset[str]:
    return frozenset().union(*(one.get(kind, frozenset()) for one in terms))
