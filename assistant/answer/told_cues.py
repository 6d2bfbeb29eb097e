"""Facts that words tell: each cue of the data held against a told case, with denial, whose word it is, and of whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answer.told_text import Told, Voice, denied, find
from assistant.domain.facts import DISPUTED, UNCLEAR, FactKey, Value
from assistant.domain.told import ToldCue, ToldWords

YES, NO = "是", "否"
LATER_WINS = {"从宽情节", "程序"}
"""Groups of facts that change in time: 起初不认罪，后来认罪认罚."""
MOST_SAID = {"industry"}
"""Facts that are what is spoken of most."""
_SAID = {Voice.TEXT: "叙述", Voice.WITNESS: "证人称", Voice.DEFENCE: "本人或者辩方称"}


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that the text says of one fact."""

    key: str
    value: Value
    start: int
    end: int
    voice: Voice
    of_case: bool = False
    not_beside: tuple[str, ...] = ()
    wins: bool = False
    """It is meant whatever else is said."""


def hear(told: Told, words: ToldWords, keys: Mapping[str, FactKey]) -> list[Heard]:
    """Everything that the cues find, in the order of the text; of two that overlap the longer is meant."""
    found = [
        heard
        for cue in words.cues
        if cue.key in keys
        for heard in _longest([*_cue(told, cue, keys[cue.key], words), *_unknown(told, cue, words)])
    ]
    return sorted(_apart(told, found, words), key=lambda heard: heard.start)


def _apart(told: Told, found: Sequence[Heard], words: ToldWords) -> Iterator[Heard]:
    """Without what is but a part of another fact; what a text asks of (没有材料说明是否……) is not known."""
    facts = {(told.sentence(one.start), one.key) for one in found if one.value is True}
    for one in found:
        start = told.sentence(one.start)[0]
        if any((told.sentence(one.start), key) in facts for key in one.not_beside):
            continue
        asked = any(match.end() == one.end for match in find(words.asks, told.text[: one.end], start))
        yield replace(one, value=UNCLEAR) if asked else one


def _cue(told: Told, cue: ToldCue, key: FactKey, words: ToldWords) -> Iterator[Heard]:
    for said, patterns in cue.says.items():
        value = _value(said, key)
        for match in find(patterns, told.plain):
            meant: Value | None = value
            if cue.deniable and value != UNCLEAR and denied(told, match.start(), words):
                meant = (not value) if isinstance(value, bool) else None
            if meant is not None:
                voice = Voice.TEXT if cue.own_word or not cue.deniable else told.clause(match.start()).voice
                wins = meant == value and said == cue.wins
                yield Heard(cue.key, meant, match.start(), match.end(), voice, cue.of_case, cue.not_beside, wins)


def _unknown(told: Told, cue: ToldCue, words: ToldWords) -> Iterator[Heard]:
    """What the text says is not written, not examined, not clear."""
    named = f"(?:{'|'.join(cue.about)})"
    for match in find([frame.replace("X", named) for frame in words.unknown], told.text) if cue.about else ():
        yield Heard(cue.key, UNCLEAR, match.start(), match.end(), Voice.TEXT, cue.of_case)


def _value(said: str, key: FactKey) -> Value:
    if said in {YES, NO}:
        return said == YES
    return int(said) if said.isdigit() and key.kind != "text" else said


def _longest(heard: Iterable[Heard]) -> list[Heard]:
    kept: list[Heard] = []
    for one in sorted(heard, key=lambda one: (one.value != UNCLEAR, one.start - one.end)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return kept


def settle(heard: Sequence[Heard], key: FactKey, text: str) -> tuple[Value, str]:
    """What a fact is by everything that is said of it, and the sides where they differ."""
    own = [one for one in heard if one.voice is Voice.TEXT]
    if own:
        if key.group in LATER_WINS:
            return own[-1].value, ""
        firm = [one for one in own if one.wins] or [one for one in own if one.value == UNCLEAR] or own
        if key.key in MOST_SAID:
            return Counter(one.value for one in firm).most_common(1)[0][0], ""
        return (firm[0].value, "") if len({one.value for one in firm}) == 1 else (DISPUTED, sides(firm, text))
    witnessed = {one.value for one in heard if one.voice is Voice.WITNESS}
    claimed = {one.value for one in heard if one.voice is Voice.DEFENCE}
    if len(witnessed) == 1 and not claimed - witnessed:
        return witnessed.pop(), ""
    return DISPUTED, sides(heard, text)


def sides(heard: Sequence[Heard], text: str) -> str:
    """What each side says, as told."""
    return "；".join(dict.fromkeys(f"{_SAID[one.voice]}“{text[one.start : one.end].strip('，,。；')}”" for one in heard))
