"""逐句核验: whether a sentence that a model wrote says what its sources say. Deterministic; what fails is withheld with its reason.

In order: its numbers exist, the law that it names is there and in force, 引用核验 finds nothing wrong where it names an article,
its quotations stand in the source, and each of its clauses is borne out by one stretch of a source, or by two of different
sources that go together (``bearing``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import combinations

from assistant.answer.bearing import AS_CLOSE, CLOSE, NEAREST, Bearing, Clause
from assistant.answer.check import check as checked
from assistant.answer.evidence import Evidence, Given, texts
from assistant.answer.match import Matcher, bag
from assistant.answer.places import Places, Refused
from assistant.answer.sentences import Sentence
from assistant.answer.units import Unit
from assistant.domain.check import Verdict
from assistant.domain.material import PREFIX
from assistant.domain.provision import ArticleRef
from assistant.law.amounts import read_amounts
from assistant.law.patterns import NO_WORDS, PLACE, TITLE

TOGETHER = 10
"""Of how many nearest units two are tried together."""
LONGEST = 400
_PAST = (Verdict.REPEALED, Verdict.AMENDED, Verdict.NOT_YET)
"""Verdicts that a sentence agrees with which says itself that the law is past."""
_CITED = re.compile(rf"{TITLE.pattern}(?:{PLACE.pattern})+(?:的?规定)?", re.VERBOSE)
"""What names the place is not what is said of it."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_QUOTED = re.compile(r"“([^“”]{2,})”|「([^「」]{2,})」|\"([^\"]{2,})\"")
_SHORT_QUOTE = 8
"""Shorter words in quotation marks are terms, which a fact or the question may hold as well."""
_CONSEQUENCE = re.compile(r"处|罚|判|徒刑|拘役|吊销|暂扣|拘留|不得|禁入|从轻|从宽|减轻|免除|不起诉")
_GOES_ON = re.compile(r"^(?:并处|并且?|或者?|同时|另|且|也|还|其中|以及)")
_RULES = re.compile(r"罪|刑|罚|判|起诉|追究|构成|免责|免除|从轻|减轻|从宽|违法|合法")
"""A statement of law, which a reader's own file does not bear out."""
_PUNCTUATION = re.compile(r"[，。；、：！？,.;:!?（）()\s]")


class Support:
    """Sentences against one answer's evidence."""

    def __init__(self, evidence: Evidence, matcher: Matcher, on: date) -> None:
        self._on = on
        self._evidence, self._units = evidence, evidence.units  # cut before the first sentence comes
        self._places, self._bearing = Places(evidence, on), Bearing(evidence, matcher)

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
        if _RULES.search(text) and all(one.source_id.startswith(PREFIX) for one in given):
            return "您的材料不是法律依据，不能据此下法律上的结论"
        return (
            (self._miscited(text, named.past) if named.refs else "")
            or self._misquoted(text, given)
            or self._unsupported(text, numbers, named.refs)
            or (numbers, named.past)
        )

    def _miscited(self, text: str, past: bool) -> str:
        """What 引用核验 finds wrong with the articles that are named, each held against its own words alone."""
        fine = {Verdict.RIGHT, Verdict.UNDECIDED, *(_PAST if past else ())}
        found = checked(text, self._evidence.sources, None, self._on)
        return next((f"{one.surface}：{one.why}" for one in found if one.verdict not in fine), "")

    def _misquoted(self, text: str, given: Sequence[Given]) -> str:
        held = _plain(texts(given))
        beside = _plain(self._evidence.told_facts + self._evidence.question)
        for groups in _QUOTED.findall(text):
            words = _plain(next(filter(None, groups)))
            if words not in held and not (len(words) <= _SHORT_QUOTE and words in beside):
                return f"引文“{next(filter(None, groups))[:30]}”不在所引来源中"
        return ""

    def _unsupported(self, text: str, numbers: Sequence[int], refs: Sequence[ArticleRef]) -> str:
        units = [unit for unit in self._units if unit.numbers & set(numbers)]
        held = self._places.narrowed(units, refs)
        reasons = (self._borne_out(clause, held) for clause in self._clauses(text))
        return next(filter(None, reasons), "")

    def _clauses(self, text: str) -> list[Clause]:
        """Up to each consequence one clause; what only goes on belongs to the clause before it."""
        parts: list[str] = []
        open_ = False
        terms = self._evidence.wording.terms
        for piece in filter(str.strip, re.split(r"(?<=[；，：])", text)):
            again = bool(parts and terms(piece).get("periods") and terms(parts[-1]).get("periods"))
            if parts and not again and (open_ or _GOES_ON.match(piece)):
                parts[-1] += piece
            else:
                parts.append(piece)
            states = _CONSEQUENCE.search(piece) and (read_amounts(piece) or terms(piece).keys() & {"penalties", "degrees"})
            open_ = not (piece.endswith("；") or states)
        stated = terms(text).get("conditions", frozenset())
        return [Clause(part, read_amounts(part), terms(part), bag(_CITED.sub("", part)), stated) for part in parts]

    def _borne_out(self, clause: Clause, units: Sequence[Unit]) -> str:
        """Empty when one unit, or two together, say what the clause says; else what the nearest lacks."""
        ranked = sorted(((self._bearing.share(clause, unit), unit) for unit in units), key=lambda pair: -pair[0])
        if not ranked:
            return "与所引来源无关"
        best, nearest = ranked[0]
        close = [unit for share, unit in ranked if share >= max(CLOSE, AS_CLOSE * best)]
        opposed = [self._bearing.contradicted(clause, unit) for unit in close]
        if opposed and all(opposed):
            return opposed[0]
        near = [(unit,) for share, unit in ranked if share >= NEAREST * best or nearest.text in unit.before]
        pairs = [
            pair for pair in combinations([unit for _, unit in ranked[:TOGETHER]], 2) if not pair[0].numbers & pair[1].numbers
        ]
        reasons: list[tuple[int, str]] = []
        for chosen in (*near, *pairs):
            reason = self._bearing.lacks(clause, chosen)
            if reason is None:
                return ""
            reasons.append(reason)
        return max(reasons, key=lambda entry: entry[0])[1]


def _plain(text: str) -> str:
    return _PUNCTUATION.sub("", NO_WORDS.sub("", text))
