"""Who is spoken of in a told case: the suspects, their positions, and which words are of whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answer.told_names import Name, find_names
from assistant.answer.told_outside import KIN, outsiders
from assistant.answer.told_text import Clause, Told, find
from assistant.domain.told import ToldTitle, ToldWords

_OBJECT = re.compile(
    r"(?:向|对|给|被|由|把|将|替|致|造成|导致|谅解|撞上|撞倒|撞死|砸中|跟)[^，。；：]{0,14}$|为[^，。；：]{0,4}$|受[^，。；：]{0,6}$|(?:却|仍|便|就|，)应[^，。；：]{0,4}$"
)
_TOLD_TO = re.compile(r"(?:请求|拜托|委托|找|托|安排|指使|指派|强令|命令|要求|雇请?|聘请?|授意|叫|让|逼|催)[^，。；]{0,8}$")
_SUBJECT = re.compile(r"[^，。；他她其并又还便就仍后]{0,6}(?:工|员|长|经理|老板|主|师|公司|厂|方|单位)$")
"""Somebody without a name who told another to do it: 老板让桑某去顶."""
_TOGETHER = re.compile(
    r"(?:两|二|三|四|五|六|几)(?:名|个|位)?(?:人|(?:被告|犯罪嫌疑|嫌疑)人)(?![死受重轻当伤员])|(?:均|都|全部|各)(?:已|能|自愿|如实|主动|表示|认|到|被|愿|有)"
)
_JOINT = re.compile(r"(?:[、和与及]|以及)[^，。；]{0,12}|，\s*")
_ACCUSED = re.compile(r"(?:嫌疑人|被告人|被不起诉人|被告)[^，。；]{0,24}$")
_Named = tuple[tuple[int, int], str, bool]
"""Where a name stands, whose it is, whether the person is no suspect."""
_TITLES_JOIN = re.compile(r"(?:[、兼暨及]|名?叫)?")
_NAMED_AFTER = re.compile(r"(?:[（(]|是|系|为|担任|作为|身为|任|，?[男女]，?)[^，。；、]{0,16}?$")
_CROWD = re.compile(r"(?:工人|员工|矿工|人员|居民|村民|住户|船员|群众)$")
_CAME_TO_HARM = re.compile(
    r"[^，。；]{0,10}(?:死亡|身亡|遇难|重伤|轻伤|坠落|坠亡|溺亡|被[砸压埋撞卷困]|受伤|不治|(?:没|未)[^，。；]{0,3}救)"
)
_HARM_CAME = re.compile(r"(?:[压砸撞碾挤烧炸毒电][死伤倒中到]|致使?|造成|导致)(?:了)?[^，。；]{0,6}$")
ROLE_REACH = 16


@dataclass
class Somebody:
    """A person of the text. ``at``: where the name stands, start and end in characters."""

    name: str
    titles: list[str] = field(default_factory=list)
    """Positions, as told."""
    at: list[tuple[int, int]] = field(default_factory=list)
    outside: bool = False
    """Handled in another case, a victim, a witness."""
    hurt: bool = False
    """It is told of the person to have come to harm."""
    accused: bool = False
    """Called 犯罪嫌疑人 or 被告人."""


@dataclass(frozen=True)
class Cast:
    """The suspects of a case, and those whose names only occur."""

    suspects: tuple[Somebody, ...]
    others: tuple[Somebody, ...] = ()
    shared: tuple[str, ...] = ()
    """Names that two people share."""

    def of(self, told: Told, at: int) -> tuple[str, ...]:
        """Of whom a word at a place speaks; empty: of nobody in particular."""
        return _speaks_of(told, at, self)

    def of_other(self, told: Told, at: int) -> bool:
        """Whether the one who was named last in the sentence, as a subject, is somebody whom the case is not about."""
        start = told.sentence(at)[0]
        named = [(place, one) for one in (*self.suspects, *self.others) for place, _ in one.at if start <= place < at]
        subjects = [(place, one) for place, one in named if not _is_object(told, place)]
        last = max(subjects, key=lambda entry: entry[0], default=None)
        return last is not None and last[1].outside and not last[1].hurt


def read_people(told: Told, words: ToldWords) -> Cast:
    """Every person with a name; where nobody has one, those who are called by their position."""
    people: dict[str, list[Somebody]] = {}
    shared: list[str] = []
    names = find_names(told.text)
    outside = outsiders(told, names, words)
    for found in names:
        titles = _titles(told, found, words.titles)
        known = people.setdefault(found.name, [])
        one = _same(known, titles, words.titles)
        if one is None:
            one = Somebody(found.name)
            known.append(one)
            if len(known) == 2:
                shared.append(one.name)
        one.titles += [title for title in titles if title not in one.titles]
        one.at.append((found.start, found.end))
        one.accused |= _ACCUSED.search(told.text, told.clause(found.start).start, found.start) is not None
    everybody = [one for same in people.values() for one in same]
    for one in everybody:
        one.outside = outside.of(one.at)
        one.hurt = any(start in outside.hurt and start not in outside.dead for start, _ in one.at)
        if one.name in shared:
            one.name = f"{one.name}（{one.titles[0] if one.titles else '身份未写明'}）"
    _by_title(told, everybody)
    suspects = [one for one in everybody if not one.outside] or _by_position(told, words)
    return Cast(tuple(suspects), tuple(one for one in everybody if one.outside), tuple(shared))


def _by_title(told: Told, everybody: Sequence[Somebody]) -> None:
    """Adds the clauses that begin with the position of one person instead of the name: 工长说不吊就换人."""
    taken = {place for one in everybody for place in one.at}
    for one in everybody if len(everybody) > 1 else ():
        for title in one.titles:
            if sum(title in other.titles for other in everybody) > 1:
                continue
            for found in re.finditer(re.escape(title), told.text):
                begins = found.start() - told.clause(found.start()).start <= 1
                if begins and not any(found.start() - 1 <= start <= found.end() + 1 for start, _ in taken):
                    one.at.append(found.span())


def _same(known: Sequence[Somebody], said: Sequence[str], titles: Sequence[ToldTitle]) -> Somebody | None:
    """The person whom a name means: by the titles that stand with it, else the one spoken of last."""
    if not known:
        return None
    if not said:
        return max(known, key=lambda one: one.at[-1])
    roles = roles_of(said, titles)
    return next((one for one in known if not one.titles or roles & roles_of(one.titles, titles)), None)


def roles_of(said: Sequence[str], titles: Sequence[ToldTitle]) -> set[str]:
    """Roles that positions may mean."""
    return {entry.role for entry in titles for title in said if is_title(title, entry)}


def is_title(title: str, entry: ToldTitle, *, whole: bool = True) -> bool:
    """Whether a position is one of an entry, as a whole or by what it ends with: 劳务老板."""
    return any(found.end() == len(title) and (found.start() == 0 or not whole) for found in find(entry.words, title))


def _titles(told: Told, found: Name, titles: Sequence[ToldTitle]) -> list[str]:
    """The positions that stand with a name: 矿长王某, 站长、公务员王某, 王某（矿长）, 王某是校车的管理人."""
    words = [word for title in titles for word in title.words]
    edge = found.start
    if told.text[edge - 1 : edge] == "）":  # 副主任（事业编制）阮某
        edge = max(told.text.rfind("（", 0, edge), 0)
    start = max(told.clause(max(edge - 1, 0)).start, edge - ROLE_REACH)
    before = sorted(find(words, told.text, start, edge), key=lambda word: word.start())
    beside: list[str] = []
    while touching := [word for word in before if _TITLES_JOIN.fullmatch(told.text, word.end(), edge)]:
        beside.append(touching[0].group())
        edge = touching[0].start()
    clause = told.clause(found.start)
    after = find(words, told.text, found.end, min(clause.end, found.end + ROLE_REACH))
    if clause.end == found.end + 1 and clause.end < len(told.text):  # 白松，县质监站副站长，
        beyond = told.clause(clause.end)
        ends = len(told.text[: beyond.end].rstrip("，。；"))
        whole = sorted(
            (word for word in find(words, told.text, beyond.start, ends) if word.end() == ends), key=lambda word: word.start()
        )
        beside += [word.group() for word in whole[:1] if word.start() - beyond.start <= 4]
    return [*(word.group() for word in after if _NAMED_AFTER.fullmatch(told.text, found.end, word.start())), *beside]


def _by_position(told: Told, words: ToldWords) -> list[Somebody]:
    """People who are only called by what they do: 老板, 班长. Those who stand where a subject stands, else the first."""
    found: dict[str, Somebody] = {}
    first: Somebody | None = None
    last = 0
    hits = [word for title in words.titles for word in find(title.words, told.plain)]
    for word in sorted(hits, key=lambda word: (word.start(), -word.end())):
        if word.start() < last or _CROWD.search(word.group()):
            continue
        last = word.end()
        one = Somebody(word.group(), [word.group()], [word.span()])
        if _harmed(told, word.start(), word.end(), words):
            continue
        first = first or one
        if word.start() - told.clause(word.start()).start <= 2:
            found.setdefault(one.name, one).at.append(word.span())
    return list(found.values()) or ([first] if first else [])


def _harmed(told: Told, start: int, end: int, words: ToldWords) -> bool:
    """Whether somebody without a name is hurt or stands outside: 小工没能抢救过来, 压死一名过磅员, 证人李师傅."""
    if _CAME_TO_HARM.match(told.text, end) or _HARM_CAME.search(told.text, told.clause(start).start, start):
        return True
    return outsiders(told, [Name("", start, end)], words).of([(start, end)])


def _speaks_of(told: Told, at: int, cast: Cast) -> tuple[str, ...]:
    spans = sorted(
        (span, one.name, one.outside)
        for one in (*cast.suspects, *cast.others)
        for span in dict.fromkeys(one.at)
        if not KIN.match(told.text, span[1])
    )
    names = tuple(one.name for one in cast.suspects)
    clause = told.clause(at)
    if _TOGETHER.search(told.text, clause.start, min(at + 8, clause.end)) and not [
        s for s in spans if clause.start <= s[0][0] < at
    ]:
        return names
    inside = [entry for entry in spans if clause.start <= entry[0][0] < at and not _is_object(told, entry[0][0])]
    if inside:
        asked = _TOLD_TO.search(told.text, clause.start, inside[-1][0][0])
        doers = _group(told, inside)
        if not asked:
            return doers
        unnamed = _SUBJECT.search(told.text, clause.start, asked.start())
        askers = _group(told, inside) if inside else () if unnamed else _before(told, clause, spans)
        return tuple(dict.fromkeys((*askers, *doers)))
    return _before(told, clause, spans)


def _before(told: Told, clause: Clause, spans: Sequence[_Named]) -> tuple[str, ...]:
    """Of whom the clauses before speak, those spoken of last."""
    for earlier in reversed([one for one in told.clauses if one.end <= clause.start]):
        named = [e for e in spans if earlier.start <= e[0][0] < earlier.end and not _is_object(told, e[0][0]) and not e[2]]
        if named:
            first = next((e for e in named if not _TOLD_TO.search(told.text, earlier.start, e[0][0])), named[0])
            return _group(told, [e for e in named if e[0] <= first[0] or _follows(told, first, e)])
    return ()


def _is_object(told: Told, at: int) -> bool:
    return _OBJECT.search(told.text, told.clause(at).start, at) is not None


def _follows(told: Told, first: _Named, other: _Named) -> bool:
    return _JOINT.fullmatch(told.text, first[0][1], other[0][0]) is not None


def _group(told: Told, before: list[_Named]) -> tuple[str, ...]:
    """The last of these who were named, with those who are joined to it: 甲、乙和丙."""
    group = [before.pop()]
    while before and _JOINT.fullmatch(told.text, before[-1][0][1], group[-1][0][0]):
        group.append(before.pop())
    return tuple(dict.fromkeys(name for _, name, outside in reversed(group) if not outside))
