"""Units: a text cut into the stretches that say one thing each, with what a clause is compared by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.answer.match import bag
from assistant.answer.wording import Terms, Wording, denials, denied_parts
from assistant.law.amounts import Amount, read_amounts

SEGMENT = re.compile(r"[^；。\n]+[；。]?")
_ALTERNATIVES = re.compile(r"[，。；：、\n]|或者|或")
_OWN_SUBJECT = re.compile(
    r"[^，。；：]{2,14}(?:是|指|：)|[^，。；：]{2,20}(?:单位|企业|人员|机关|部门|机构|场所|建筑|工地|煤矿|住宅)(?=至少|应当|必须|可以|不得|每)"
)
"""A segment that names what it speaks of does not go on with what stands before it."""
_OR_ELSE = re.compile(r"(?:，或者?|或者?有?其他)[^，；。]*")
_INSTRUCTS = re.compile(
    r"(?:忽略|无视|不要理会|不用理会|忘记|不必遵守)[^。]{0,12}(?:规则|指令|指示|提示|要求|限制|设定|内容)"
    r"|(?:你|AI|助手|模型)(?:现在|必须|应当|只能|要)[^。]{0,6}(?:回答|输出|回复|扮演|声称)|ignore[^.]{0,40}instructions",
    re.IGNORECASE,
)
"""A paragraph that speaks to the model instead of its reader supports nothing."""
_FINED = re.compile(r"罚(?=\d)")
_IN_TURN = re.compile(r"依次|分别(?!按|依|以)")
"""Which belongs to which is counted off, not said."""
_PARALLEL = {"labels": 3, "tiers": 3, "periods": 2, "degrees": 2}
"""How many different terms of a kind make a segment a list of cases."""
_AND, _OR = re.compile(r"^(?:并且|且|并|同时)"), re.compile(r"或|、")


@dataclass(frozen=True)
class Unit:
    """A stretch of a source, or of a fact that rests on it, that says one thing."""

    text: str
    """The segment, with the words that open its list."""
    numbers: frozenset[int]
    """The sources that say it."""
    paragraphs: frozenset[int]
    """款 that it stands in; empty: not known."""
    amounts: frozenset[Amount]
    own_amounts: frozenset[Amount]
    """Those that do not stand in the words that open its list."""
    terms: Terms
    around: Terms
    """Terms of what stands before it in its article as well."""
    own: frozenset[str]
    """The pieces of its words."""
    pieces: frozenset[str]
    """Those of what stands before it as well."""
    beside: frozenset[str]
    """Pieces that stand only in what follows it, or in the other entries of its list: of another case."""
    denials: Mapping[str, frozenset[bool]]
    before: str
    """What stands before it in its 款."""
    denied: frozenset[str]
    """Pieces that stand only in clauses that deny something."""
    required: tuple[frozenset[str], ...]
    """Conditions: of each group at least one has to be named by who states the consequence."""
    led: tuple[frozenset[str], ...]
    """Those of the words that open its list: by who states a penalty."""
    entry: frozenset[str]
    """Pieces of the entry of a list that names its own figures: 一般事故 of 一般事故40%."""
    case: frozenset[str]
    """Pieces of the condition that opens a further segment: 因逃逸致人死亡的 before 处7年以上."""
    optional: frozenset[str]
    """Tiers that are one alternative among several."""
    floors: tuple[tuple[frozenset[Amount], frozenset[str]], ...]
    """Conditions in figures, with their words: each has to be named as well."""
    together: tuple[frozenset[Amount], ...]
    """Figures by the alternative that they stand in."""


class Cutter:
    """Cuts texts into units by the words of the law."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def segments(
        self, text: str, numbers: Iterable[int], paragraphs: frozenset[int], named: str, earlier: str = ""
    ) -> Iterator[Unit]:
        """Units of running text, one a segment; ``named`` tells whose it is, ``earlier`` is what stands before it in the article."""
        for hit in SEGMENT.finditer("" if _INSTRUCTS.search(text) else text):
            if _IN_TURN.search(hit.group()):
                continue
            apart = _OWN_SUBJECT.match(hit.group()) is not None
            before, another = ("", text[: hit.start()]) if apart else (text[: hit.start()], "")
            lead, parts = self._parallel(hit.group())
            for place, part in enumerate(parts):
                # 其他单位每年一次，每半年一次: whom it speaks of was said with the first.
                said = "".join(parts[:place]) if not self._wording.terms(part).keys() & {"labels", "tiers"} else ""
                others = "".join(other for other in parts if other is not part)
                yield self.unit(
                    part,
                    numbers,
                    paragraphs,
                    named,
                    lead=lead,
                    beside=f"{another}\n{others}{text[hit.end() :]}",
                    before=f"{before}{said}",
                    earlier=earlier,
                )

    def _parallel(self, segment: str) -> tuple[str, list[str]]:
        """较大事故报到省级，一般事故报到市级: the words before the first, and each by itself."""
        parts = re.split(r"(?<=[，：])", segment)
        kinds = [self._wording.terms(part) for part in parts]
        marked = [n for n, kind in enumerate(kinds) if kind.keys() & _PARALLEL.keys()]
        whole = self._wording.terms(segment)
        several = len(marked) > 1 and any(len(whole.get(kind, ())) >= least for kind, least in _PARALLEL.items())
        if not several:
            return "", [segment]
        ends = [*marked[1:], len(parts)]
        return "".join(parts[: marked[0]]), ["".join(parts[start:end]) for start, end in zip(marked, ends, strict=True)]

    def unit(
        self,
        own: str,
        numbers: Iterable[int],
        paragraphs: frozenset[int],
        named: str,
        *,
        lead: str = "",
        beside: str = "",
        before: str = "",
        earlier: str = "",
    ) -> Unit:
        """One unit: ``own`` under the words that open its list, what follows it or lies beside it, what stands before it."""
        own = _FINED.sub("罚款", own)
        text = f"{lead}{own}"
        stated, denied = denied_parts(text)
        pieces = bag(f"{named}{before}{text}")
        return Unit(
            text=text,
            before=before,
            numbers=frozenset(numbers),
            paragraphs=paragraphs,
            amounts=read_amounts(text),
            terms=self._wording.terms(f"{named}{text}"),
            around=self._wording.terms(f"{named}{earlier}{before}{text}"),
            own=bag(f"{named}{text}"),
            pieces=pieces,
            beside=bag(beside) - pieces,
            denials=denials(text),
            denied=bag(denied) - bag(f"{named}{stated}"),
            required=tuple(required(own, self._wording)),
            led=tuple(required(lead, self._wording)),
            entry=bag(re.sub(r"[\d.]+", "", own)) if lead and read_amounts(own) else frozenset(),
            own_amounts=read_amounts(own),
            case=_case(own) if before else frozenset(),
            optional=self._wording.terms("".join(_OR_ELSE.findall(text))).get("tiers", frozenset()),
            floors=tuple(floors(text)),
            together=tuple(together(text)),
        )


def _case(segment: str) -> frozenset[str]:
    condition, _, rest = segment.partition("，")
    return bag(condition) if condition.endswith("的") and read_amounts(rest) else frozenset()


def required(text: str, wording: Wording) -> list[frozenset[str]]:
    """Groups of conditions of which one each must hold: joined by 并且 each by itself, joined by 或者 together."""
    groups: list[frozenset[str]] = []
    for clause in re.split(r"[，：]", text):
        found = wording.terms(clause).get("conditions", frozenset())
        if not found:
            continue
        if _OR.search(clause) and not _AND.match(clause):
            groups.append(found)
        else:
            groups.extend(frozenset({condition}) for condition in found)
    return list(dict.fromkeys(groups))


def floors(text: str) -> list[tuple[frozenset[Amount], frozenset[str]]]:
    """Clauses with figures before the last such clause that no alternative stands beside."""
    clauses = re.split(r"[，：]", text)
    counted = [n for n, clause in enumerate(clauses) if read_amounts(clause)]
    alone = [
        clauses[n]
        for n in counted[:-1]
        if not _OR.search(clauses[n]) and not any(clauses[m].startswith("或") for m in range(n, min(n + 3, len(clauses))))
    ]
    return [(read_amounts(clause), bag(clause)) for clause in alone]


def together(text: str) -> list[frozenset[Amount]]:
    """The figures of each alternative: those of 180日内3次 and those of 1年内4次 do not mix."""
    return [found for part in _ALTERNATIVES.split(text) if (found := read_amounts(part))]
