"""Conditions over facts, with three answers: they hold, they do not, it is not known.

A condition is a mapping of which every entry must hold. An entry is a fact with what it has to be::

    deaths: 3                      exactly this
    responsibility: [main, full]   one of these
    deaths: {from: 3}              3 or more; also {to: 3}, {above: 3}, {below: 3}, for dates too
    in_production: true
    record: null                   nothing is known of it

or ``all``, ``any`` with a list of conditions, ``not`` with one, or ``assume`` with one that holds unless it is known not to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.domain.assessment import Truth
from assistant.domain.facts import DISPUTED, UNCLEAR, Value
from assistant.domain.rules import Condition

Facts = Mapping[str, Any]
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "from": lambda have, limit: have >= limit,
    "to": lambda have, limit: have <= limit,
    "above": lambda have, limit: have > limit,
    "below": lambda have, limit: have < limit,
}


@dataclass(frozen=True, slots=True)
class Held:
    """What became of a condition, and the facts that decided it, or that would."""

    state: Truth
    by: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def hold(condition: Condition, facts: Facts) -> Held:
    """Hold a condition against facts. An empty condition holds."""
    return _all([_entry(key, wanted, facts) for key, wanted in condition.items()])


def known(facts: Mapping[str, Value], key: str) -> Value | None:
    """A fact, or ``None`` where it is absent, unclear or disputed."""
    value = facts.get(key)
    return None if value in (UNCLEAR, DISPUTED) else value


def keys_of(condition: Condition) -> Iterator[str]:
    """Every fact that a condition speaks of."""
    for key, wanted in condition.items():
        if key in {"all", "any"}:
            for one in wanted:
                yield from keys_of(one)
        elif key in {"not", "assume"}:
            yield from keys_of(wanted)
        else:
            yield key


def _entry(key: str, wanted: Any, facts: Facts) -> Held:
    match key:
        case "all":
            return _all([hold(one, facts) for one in wanted])
        case "any":
            return _any([(hold(one, facts), any(each in facts for each in keys_of(one))) for one in wanted])
        case "not":
            return _turned(hold(wanted, facts))
        case "assume":
            held = hold(wanted, facts)
            return Held(Truth.YES, held.by) if held.state is Truth.UNKNOWN else held
    value = known(facts, key)
    if wanted is None:
        return Held(Truth.YES if value is None else Truth.NO, (key,))
    if value is None:
        return Held(Truth.UNKNOWN, missing=(key,))
    return Held(Truth.YES if _fits(value, wanted) else Truth.NO, (key,))


def _fits(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, Mapping):
        return all(_ORDER[sign](value, _same_kind(value, limit)) for sign, limit in wanted.items())
    options = wanted if isinstance(wanted, list | tuple) else [wanted]
    return any(option in value if isinstance(value, frozenset) else value == option for option in options)


def _same_kind(value: Any, limit: Any) -> Any:
    return date.fromisoformat(limit) if isinstance(value, date) and isinstance(limit, str) else limit


def _all(held: Sequence[Held]) -> Held:
    against = [one for one in held if one.state is Truth.NO]
    if against:
        return Held(Truth.NO, against[0].by)
    missing = tuple(dict.fromkeys(key for one in held if one.state is Truth.UNKNOWN for key in one.missing))
    by = tuple(dict.fromkeys(key for one in held for key in one.by))
    return Held(Truth.UNKNOWN if missing else Truth.YES, by, missing)


def _any(branches: Sequence[tuple[Held, bool]]) -> Held:
    """What is missing is told of the branches that something was said of, where there are any."""
    for one, _ in branches:
        if one.state is Truth.YES:
            return Held(Truth.YES, one.by)
    held = [one for one, _ in branches]
    open_ones = [one for one, spoken in branches if spoken and one.missing] or held
    missing = tuple(dict.fromkeys(key for one in open_ones for key in one.missing))
    by = tuple(dict.fromkeys(key for one in held for key in one.by))
    return Held(Truth.UNKNOWN if missing else Truth.NO, by, missing)


def _turned(held: Held) -> Held:
    if held.state is Truth.UNKNOWN:
        return held
    return Held(Truth.NO if held.state is Truth.YES else Truth.YES, held.by)
