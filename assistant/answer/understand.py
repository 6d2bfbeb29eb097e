"""Understanding a question without a model: references, offences, figures, what is asked for, what it carries on from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answer.sources import Sources
from assistant.domain.answer import Answer
from assistant.domain.provision import ArticleRef
from assistant.domain.records import Aspect, Offence
from assistant.law.quantities import Period, Quantities, read_quantities
from assistant.law.refs import FoundRef, find_laws, find_refs

_CONTENT = re.compile(r"[\u4e00-\u9fff0-9A-Za-z]")
_REFERENCE_MARKS = re.compile(r"[《》第条款项之一二三四五六七八九十百千零〇\d（）()〔〕号\s，。？?、]")
_OFFENCE_WORDS = re.compile(r"罪$")
CARRY_CHARS = 30
"""A later turn at most this long is taken to lean on the turn before it, unless it names a law or an offence."""


@dataclass(frozen=True)
class Understanding:
    """What a question says and wants."""

    text: str
    """As typed, normalised (NFKC, blanks folded)."""
    query: str
    """What to search: the text, with the law's words for everyday ones."""
    refs: tuple[ArticleRef, ...] = ()
    """Articles named, resolved to laws of the library."""
    unresolved: tuple[FoundRef, ...] = ()
    """References to laws that the library does not know."""
    laws: tuple[str, ...] = ()
    """Laws named, with or without an article."""
    offences: tuple[Offence, ...] = ()
    old_names: tuple[str, ...] = ()
    """罪名 that were used under a name now abolished."""
    aspects: frozenset[Aspect] = frozenset()
    quantities: Quantities = Quantities()
    responsibility: str = ""
    wants: frozenset[str] = frozenset()
    """Of ``asserts``, ``prediction``, ``full_text``, ``contents``, ``identity``, ``statistics``, ``greeting``, ``compares``."""
    carries: Answer | None = None
    """The answer before, when this turn leans on it."""

    def wants_any(self, *names: str) -> bool:
        """Whether one of the cues was heard."""
        return any(name in self.wants for name in names)

    @property
    def conduct(self) -> Period | None:
        """行为时间: the first date that is told."""
        return self.quantities.periods[0] if self.quantities.periods else None

    @property
    def wants_articles(self) -> bool:
        """Whether the content of the articles named is what is asked for: said so, or little else is said."""
        rest = _REFERENCE_MARKS.sub("", self.text)
        for ref in self.refs:
            rest = rest.replace(ref.law, "")
        return self.wants_any("contents", "full_text") or len(rest) <= 10


def understand(question: str, history: Sequence[Answer], sources: Sources) -> Understanding:
    """Read a question against the library. Deterministic; knows no model."""
    text = normalise(question)
    cues = sources.knowledge.cues
    names = sources.names
    found = find_refs(text, names)
    refs = tuple(dict.fromkeys(hit.ref for hit in found if hit.ref is not None))
    laws = tuple(dict.fromkeys([ref.law for ref in refs] + [title for _, _, title in find_laws(text, names)]))
    offences, old_names = _offences(text, sources)
    wants = frozenset(
        name
        for name in (
            "asserts",
            "prediction",
            "full_text",
            "contents",
            "identity",
            "statistics",
            "greeting",
            "compares",
            "model_text",
            "tier",
        )
        if _hears(getattr(cues, name), text)
    )
    carries = history[-1] if history and _leans(text, refs, offences, cues.follow_up) else None
    told = [text, *(answer.question for answer in reversed(history) if carries)]
    if carries and not offences:
        offences = tuple(o for topic in carries.topics if isinstance(o := sources.record(topic), Offence))[:1]
    return Understanding(
        text=text,
        query=with_law_words(text, sources),
        refs=refs,
        unresolved=tuple(hit for hit in found if hit.ref is None and hit.surface.startswith("《")),
        laws=laws,
        offences=offences,
        old_names=old_names,
        aspects=frozenset(aspect for aspect, patterns in cues.aspects.items() if _hears(patterns, text)),
        quantities=_last_told(told),
        responsibility=next((n for turn in told for n, patterns in cues.responsibility.items() if _hears(patterns, turn)), ""),
        wants=wants,
        carries=carries,
    )


def _last_told(turns: Sequence[str]) -> Quantities:
    """The figures of this turn, and for what it does not say those of the turns that it carries on from."""
    read = [read_quantities(turn) for turn in turns]
    harm = next((found for found in read if found.harm), Quantities())
    return replace(harm, periods=next((found.periods for found in read if found.periods), ()))


def normalise(text: str) -> str:
    """NFKC (full-width letters and digits), blanks folded; Chinese punctuation is kept."""
    kept = {"？", "！", "，", "；", "：", "（", "）"}
    plain = "".join(c if c in kept else unicodedata.normalize("NFKC", c) for c in text)
    return re.sub(r"\s+", " ", plain).strip()


def has_content(text: str) -> bool:
    """Whether there is a letter, digit or Chinese character in it."""
    return bool(_CONTENT.search(text))


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _hears(patterns: Sequence[str], text: str) -> bool:
    return any(_compiled(pattern).search(text) for pattern in patterns)


def _offences(text: str, sources: Sources) -> tuple[tuple[Offence, ...], tuple[str, ...]]:
    """罪名 named in the text, longest name first so that 危险作业罪 is not seen inside 强令…危险作业罪."""
    names: list[tuple[str, Offence, bool]] = []
    for offence in sources.offences:
        names.append((offence.title, offence, False))
        names.extend((old.name, offence, True) for old in offence.names if old.effective.end)
    halves = [
        (half, offence, old) for name, offence, old in names for half in re.split("[、/]", name) if half != name and "罪" in half
    ]
    names.extend(halves)  # 滥用职权罪、玩忽职守罪 is asked for by either name
    names.extend((_OFFENCE_WORDS.sub("", name), offence, old) for name, offence, old in list(names) if len(name) > 4)
    found: dict[int, tuple[Offence, str]] = {}
    rest = text
    for name, offence, old in sorted(names, key=lambda entry: -len(entry[0])):
        at = rest.find(name)
        if at >= 0:
            found[at] = (offence, name if old else "")
            rest = rest.replace(name, "\0" * len(name))
    ordered = [found[at] for at in sorted(found)]
    return tuple(dict.fromkeys(offence for offence, _ in ordered)), tuple(name for _, name in ordered if name)


def _leans(text: str, refs: Sequence[ArticleRef], offences: Sequence[Offence], patterns: Sequence[str]) -> bool:
    return _hears(patterns, text) or (len(text) <= CARRY_CHARS and not refs and not offences)


def with_law_words(text: str, sources: Sources) -> str:
    """A text with the law's words added for the everyday ones."""
    return " ".join([text, *(term.means for term in sources.knowledge.terms if any(say in text for say in term.says))])
