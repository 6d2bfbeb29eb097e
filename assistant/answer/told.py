"""A case told in words, read into a fact sheet: what was said, by whose word, of whom. What was not said stays absent."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer.told_cues import Heard, hear, settle
from assistant.answer.told_dates import read_dates
from assistant.answer.told_figures import read_figures, read_items
from assistant.answer.told_harm import HARMS, read_harm
from assistant.answer.told_people import Cast, Somebody, is_title, read_people, roles_of
from assistant.answer.told_text import Told, cut
from assistant.answer.understand import normalise
from assistant.domain.assessment import Truth
from assistant.domain.facts import DISPUTED, UNCLEAR, FactSheet, Person, Value
from assistant.domain.rules import RuleBook
from assistant.domain.told import ToldWords
from assistant.rules.conditions import hold, keys_of

EVERYBODY = ""
_REFUSED = re.compile("拒收|拒绝|退回|退还|上交|没有收|没收下|未收")


def read_told(text: str, book: RuleBook, today: date) -> FactSheet:
    """Read a told case against the words of the data. Pure. Facts of one person stand under the person where there are several."""
    words = book.told
    if words is None:
        return FactSheet(told=text)
    told = cut(normalise(text), words)
    every = hear(told, words, book.facts)
    cast = _concerned(told, read_people(told, words), every, book)
    several = len(cast.suspects) > 1
    own: dict[str, dict[str, Value]] = {one.name: {} for one in cast.suspects}
    common: dict[str, Value] = {}
    sides: dict[str, str] = {}
    _figures(told, words, cast, several, book, common, own, sides)
    _words(told, every, cast, several, book, common, own, sides)
    _received(told, every, cast, words, own)
    dates, late = read_dates(
        told,
        words,
        today,
        refused=common.get("order_refused") is True or any(facts.get("order_refused") for facts in own.values()),
    )
    common.update(dates)
    sides.update(late)
    _drop(words, common, own, by_role=False)
    _positions(cast, several, words, common, own)
    _drop(words, common, own, by_role=True)
    _infer(words, book, common, own, several)
    if cast.shared:
        sides["姓名"] = f"{'、'.join(cast.shared)}是两个人共用的名字，已按身份分开，请核对"
    people = tuple(
        Person(name, facts) for name, facts in own.items() if several or name in {one.name for one in cast.suspects if one.at}
    )
    return FactSheet(told=text, facts=common, people=people, loss_items=read_items(told, book.loss), sides=sides)


def _figures(
    told: Told,
    words: ToldWords,
    cast: Cast,
    several: bool,
    book: RuleBook,
    common: dict[str, Value],
    own: dict[str, dict[str, Value]],
    sides: dict[str, str],
) -> None:
    harm, differ = read_harm(told, [(one.name, *at) for one in (*cast.suspects, *cast.others) for at in one.at])
    amounts, more, places = read_figures(told, words)
    common.update(harm)
    sides.update(differ | more)
    of_case = {figure.key for figure in words.figures if figure.of_case}
    for key, value in amounts.items():
        alone = several and book.facts[key].person and key not in of_case
        whose = cast.of(told, places[key]) if alone else ()
        for target in [own[name] for name in whose] or [common]:
            target[key] = value


def _concerned(told: Told, cast: Cast, every: Sequence[Heard], book: RuleBook) -> Cast:
    """The people without those of whom nothing is told that a case would be about: nothing of their own, or only harm."""
    told_of = {name for one in every if book.facts[one.key].person for name in cast.of(told, _place(told, one))}
    answers = {name for one in every if one.key == "responsibility" for name in cast.of(told, _place(told, one))}
    idle = [
        one
        for one in cast.suspects
        if (one.hurt and answers and one.name not in answers)
        or (not one.accused and one.name not in told_of and (not one.titles or (answers and not _official(one, book.told))))
    ]
    if len(idle) == len(cast.suspects):
        return cast
    others = (*cast.others, *(replace(one, outside=True) for one in idle))
    return replace(cast, suspects=tuple(one for one in cast.suspects if one not in idle), others=others)


def _official(one: Somebody, words: ToldWords | None) -> bool:
    return words is not None and bool(roles_of(one.titles, words.titles) & {"official", "entrusted"})


def _words(
    told: Told,
    every: Sequence[Heard],
    cast: Cast,
    several: bool,
    book: RuleBook,
    common: dict[str, Value],
    own: dict[str, dict[str, Value]],
    sides: dict[str, str],
) -> None:
    spoken: dict[tuple[str, str], list[Heard]] = defaultdict(list)
    each = _each(told, cast, every) if several else {}
    for heard in every:
        if heard.key == "responsibility" and cast.of_other(told, heard.start):
            continue
        mine = several and book.facts[heard.key].person and not (heard.of_case and heard.value is True)
        for name in (each.get(heard) or _qualified(told, heard, cast) or cast.of(told, _place(told, heard)) if mine else ()) or (
            EVERYBODY,
        ):
            spoken[heard.key, name].append(heard)
    for (key, name), said_of in spoken.items():
        value, said = settle(said_of, book.facts[key], told.text)
        target = own[name] if name else common
        if value == UNCLEAR and key in HARMS and key in target:  # 一人死亡，另一人仍在抢救
            continue
        if target.get(key, value) != value:  # figures said otherwise: 没有人员死亡 and 死亡3人
            said = said or f"{target[key]}；“{told.text[said_of[0].start : said_of[0].end]}”"
            value = DISPUTED
        target[key] = value
        if said:
            sides[key] = "；".join(filter(None, (sides.get(key), f"{name}：{said}" if name else said)))


def _received(told: Told, every: Sequence[Heard], cast: Cast, words: ToldWords, own: dict[str, dict[str, Value]]) -> None:
    """Who is told to have been given money took it, where that is an official of the case: 送给股长相某8万元."""
    for heard in every:
        if (
            heard.key != "bribed"
            or heard.value is not True
            or _REFUSED.search(told.text, heard.start, told.sentence(heard.start)[1])
        ):
            continue
        for one in cast.suspects:
            if _official(one, words) and any(heard.start < start < heard.end for start, _ in one.at):
                own[one.name].setdefault("took_bribe", True)


def _place(told: Told, heard: Heard) -> int:
    """Where the one stands of whom a thing is told: what runs over several clauses is told of the last (工人反映隐患，矿长仍继续生产)."""
    return heard.start if told.clause(heard.start) == told.clause(heard.end - 1) else heard.end - 1


def _qualified(told: Told, heard: Heard, cast: Cast) -> tuple[str, ...]:
    """The one whose name it stands before: 没参与施工的资料员贝某."""
    if told.text[heard.end : heard.end + 1] != "的":
        return ()
    reach = min(heard.end + 9, told.clause(heard.end).end)
    return next(((one.name,) for one in cast.suspects for start, _ in one.at if heard.end < start < reach), ())


def _each(told: Told, cast: Cast, every: Sequence[Heard]) -> dict[Heard, tuple[str, ...]]:
    """What is told of several people in their order: 二人分别负主要责任和次要责任."""
    found: dict[Heard, tuple[str, ...]] = {}
    for clause in told.clauses:
        inside = [one for one in every if one.key == "responsibility" and clause.start <= one.start < clause.end]
        names = cast.of(told, inside[0].start) if inside and "分别" in told.text[clause.start : clause.end] else ()
        if names and len(names) == len(inside):
            found.update({one: (name,) for one, name in zip(inside, names, strict=True)})
    return found


def _positions(cast: Cast, several: bool, words: ToldWords, common: dict[str, Value], own: dict[str, dict[str, Value]]) -> None:
    for one in cast.suspects:
        role = _role(one, words, {**common, **own[one.name]})
        if not role:
            continue
        target = own[one.name] if several else common
        target["role"] = role[0]
        target["position"] = role[1]


def _role(one: Somebody, words: ToldWords, facts: Mapping[str, Value]) -> tuple[str, str] | None:
    """The first role of the data that the person's titles allow in this case."""
    for whole in (True, False):
        for title in words.titles:
            for word in one.titles:
                if is_title(word, title, whole=whole) and hold(title.when, facts).state is Truth.YES:
                    return title.role, word
    return None


def _drop(words: ToldWords, common: dict[str, Value], own: dict[str, dict[str, Value]], *, by_role: bool) -> None:
    """Leave out what is only thought of in another kind of case, or for another kind of person."""
    for cue in words.cues:
        for facts in (common, *own.values()) if cue.when and ("role" in keys_of(cue.when)) == by_role else ():
            if cue.key in facts and hold(cue.when, {**common, **facts}).state is not Truth.YES:
                del facts[cue.key]


def _infer(words: ToldWords, book: RuleBook, common: dict[str, Value], own: dict[str, dict[str, Value]], several: bool) -> None:
    """Set what follows plainly, in the order of the data, for the case and then for each person; never over what was said."""
    for rule in words.follows:
        for target in [common, *(own.values() if several else ())]:
            seen = common if target is common else {**common, **target}
            if hold(rule.when, seen).state is not Truth.YES:
                continue
            for key, value in rule.then.items():
                place = target if book.facts[key].person else common
                if key not in seen:
                    place[key] = value
