"""A case told in a question: what the rules of 宽严研判 make of it, said line by line with its articles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from assistant.answer.alike import CONSIDERED, of_offence, say_similar
from assistant.answer.draft import Composition
from assistant.domain.answer import Answer, Behavior, Section
from assistant.domain.assessment import (
    Assessment,
    CircumstanceFinding,
    Missing,
    NotOffence,
    OffenceFinding,
    OptionFinding,
    Standing,
)
from assistant.domain.facts import FactKey, FactSheet
from assistant.domain.rules import RuleBook
from assistant.domain.similar import Similar
from assistant.rules.words import in_words

LEAST, FACTS = 45, 6
"""Characters and facts from which a question tells a case rather than asks about the law."""
_STANDING = {
    Standing.ESTABLISHED: "现有事实具备要件",
    Standing.CANDIDATE: "待查",
    Standing.CONDITIONAL: "须查明有关事实后才能认定",
    Standing.TIME_BARRED: "已过追诉时效",
}
_SAID = {True: "可以考虑", None: "具备条件的，可以考虑", False: "不能适用"}
_TIERS = {"lighter": "减轻档", "base": "基本档", "aggravated": "加重档", "third": "特别加重档"}
_NOT, _MISSING, _BESIDE = 4, 5, 2
_FIRST = list(Standing)
"""Order of the offences of one person: the firm ones first."""
_IF = ("如果", "假如", "假设", "要是", "倘若", "换成")
"""A question that changes the case; what was told before does not answer it."""
_TIME = ("时效", "追诉期")
_CHARGE = ("什么罪", "何罪", "罪名", "定罪", "量刑档", "哪一档", "怎么判", "判几年", "判多久")
_LAW = ("新法", "旧法", "从旧兼从轻", "溯及", "适用法律", "适用的法律", "适用哪", "修正前", "修正后", "修改前", "施行前")
"""How a question asks for the law of the day."""


class Rules(Protocol):
    """What weighing needs; ``assessing.Assessing`` provides it."""

    @property
    def book(self) -> RuleBook:
        """The facts and the rules."""

    def told(self, text: str) -> FactSheet:
        """The facts of a case told in words."""

    def assess(self, sheet: FactSheet, today: date | None = None) -> Assessment:
        """What the rules make of them."""

    def similar(self, assessment: Assessment, k: int) -> Sequence[Similar]:
        """The ``k`` known cases nearest to a 研判, best first."""


def weigh(question: str, rules: Rules, on: date) -> Assessment | None:
    """研判 of the case that a question tells; ``None`` where it tells none that the rules know."""
    if len(question) < LEAST:
        return None
    sheet = rules.told(question)
    facts = len(sheet.facts) + sum(len(person.facts) for person in sheet.people)
    dated = any(key in facts_of for facts_of in (sheet.facts, *(p.facts for p in sheet.people)) for key in ("conduct_end",))
    if facts < FACTS or not (dated or sheet.people):
        return None
    weighed = rules.assess(sheet, on)
    return weighed if weighed.offences or weighed.not_offences else None


def weigh_again(question: str, before: Sequence[Answer], completed: bool, rules: Rules, on: date) -> Assessment | None:
    """研判 of the case told earlier in the talk, where the rules answer what is asked of it now; ``None`` elsewhere."""
    told = (turn.question for turn in reversed(before) if turn.understood)
    weighed = next((found for found in (weigh(text, rules, on) for text in told) if found), None)
    if weighed is None or len(question) >= LEAST or any(words in question for words in _IF):
        return None
    rule_of = {rule.key: rule for rule in rules.book.options}
    asks = any(words in question for words in (*_TIME, *_CHARGE, *_LAW))
    asks = asks or any(_asked(one, rule_of[one.key].asked, question) for one in weighed.options)
    names = any(person.name and person.name in question for person in weighed.sheet.people)
    return weighed if asks and (completed or names) else None


def say(weighed: Assessment, rules: Rules, question: str, out: Composition) -> Composition:
    """The findings first; what was composed besides stands behind them, but for its cases: those of the same facts go before."""
    if out.behavior is Behavior.TEMPORAL:  # told of the offences below, not of each regulation that has changed since
        out.behavior, out.drafts = Behavior.ANSWER, [d for d in out.drafts if d.section is not Section.CONCLUSION]
    concluded = [replace(d, section=Section.BASIS) for d in out.drafts if d.section is Section.CONCLUSION]
    similar = of_offence(rules.similar(weighed, CONSIDERED), weighed)
    kept = {Section.NOTES} if similar else {Section.CASES, Section.NOTES}
    rest = [*[d for d in concluded if not d.figured][:_BESIDE], *(d for d in out.drafts if d.section in kept)]
    out.drafts.clear()
    told_here = len(question) >= LEAST
    if told_here:
        _offences(weighed, question, out)
    _options(weighed, rules, question, out)
    if not told_here:  # what is asked of a case told before goes ahead of what was said of it
        _offences(weighed, question, out)
    _law(weighed, question, out)
    for way, found in (("从严", weighed.strict), ("从宽", weighed.lenient)):
        lines = [(one.person, f"{one.item}，{_effect(one)}。", one.cite) for one in found]
        for who, text, cite in _together(lines):
            out.say(f"{way}：{who}{text}", Section.APPLICATION, *cite)
    say_similar(similar, out)
    if weighed.missing:
        out.say(f"还需查明：{'；'.join(_wanted(weighed.missing)[:_MISSING])}。", Section.NOTES)
    for text in weighed.contradictions:
        out.say(f"材料有矛盾：{text}", Section.NOTES)
    out.say("以上供承办人判断；不计算刑期，量刑在法定幅度内综合全案情节。", Section.NOTES)
    for draft in rest:
        out.say(draft.text, draft.section, *draft.cite, confidence=draft.confidence, historic=draft.historic)
    return out


def _offences(weighed: Assessment, question: str, out: Composition) -> None:
    people = list(dict.fromkeys(one.person for one in weighed.offences))
    ordered = sorted(weighed.offences, key=lambda one: (people.index(one.person), _FIRST.index(one.status)))
    for who, text, cite in _together((one.person, _offence(one), one.cite) for one in ordered):
        out.say(f"{who}{text}", Section.CONCLUSION, *cite)
    for offence in weighed.offences:
        out.uses(offence.offence)
    standing = {one.name for one in weighed.offences}
    refused = [one for one in weighed.not_offences if not _only_higher(one, standing)]
    asked = [one for one in refused if one.name.partition("（")[0] in question or one.disputed]
    others = [one for one in refused if one not in asked]
    below = Section.BASIS if weighed.offences else Section.CONCLUSION
    for some, section, most in ((asked, Section.CONCLUSION, None), (others, below, _NOT)):
        for who, text, cite in _together((one.person, f"{one.name}：{one.reason}", one.cite) for one in some)[:most]:
            out.say(f"{who}不能认定{text}" if weighed.offences else f"{who}按现有事实，不能认定{text}", section, *cite)


def _only_higher(one: NotOffence, standing: Collection[str]) -> bool:
    """A higher tier of an offence that stands, whose figures are not reached: the tier that applies has said so."""
    higher = one.offence == "" and one.name.endswith("档") and any(one.name.startswith(name) for name in standing)
    return higher and not one.disputed


def _wanted(missing: Iterable[Missing]) -> list[str]:
    """What is still to be found out, once for each thing that hangs on it: 甲或者乙（决定丙）."""
    found: dict[str, list[str]] = {}
    for one in missing:
        found.setdefault(one.effect, []).append(one.label)
    return [f"{'或者'.join(list(dict.fromkeys(labels))[:_BESIDE])}（{effect}）" for effect, labels in found.items()]


def _together(lines: Iterable[tuple[str, str, tuple[str, ...]]]) -> list[tuple[str, str, tuple[str, ...]]]:
    """What is said of several people in the same words, once: 吴某、贺某：…."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for person, text, cite in lines:
        found.setdefault((text, cite), []).append(person)
    return [(_who("、".join(filter(None, dict.fromkeys(who)))), text, cite) for (text, cite), who in found.items()]


def understood(sheet: FactSheet, keys: Mapping[str, FactKey]) -> tuple[str, ...]:
    """What was read from the words, fact by fact: 死亡人数：3人; a person's own with the name."""
    lines = [_fact(keys, key, value) for key, value in sheet.facts.items()]
    several = len(sheet.people) > 1
    for person in sheet.people:
        who = f"{person.name}·" if several else ""
        lines += [f"{who}{_fact(keys, key, value)}" for key, value in person.facts.items()]
    return tuple(filter(None, lines))


def _fact(keys: Mapping[str, FactKey], key: str, value: object) -> str:
    declared = keys.get(key)
    return f"{declared.label}：{in_words(declared, value)}" if declared else ""  # type: ignore[arg-type]


def _offence(offence: OffenceFinding) -> str:
    note = f"（{offence.note}）" if offence.note else ""
    return (
        f"{offence.name}，{offence.article}{_TIERS[offence.rank]}：{offence.range}；"
        f"决定因素：{offence.threshold}。{_STANDING[offence.status]}{note}。"
    )


def _law(weighed: Assessment, question: str, out: Composition) -> None:
    if weighed.day_law.apply and weighed.day_law.cite:
        section = Section.CONCLUSION if any(words in question for words in _LAW) else Section.BASIS
        out.say(f"新旧法：{weighed.day_law.apply}", section, *weighed.day_law.cite, historic=True)
    section = Section.CONCLUSION if any(words in question for words in _TIME) else Section.BASIS
    for who, text, cite in _together((one.person, f"{one.offence}的追诉时效：{one.why}", one.cite) for one in weighed.limitation):
        out.say(f"{who}{text}", section, *cite)


def _options(weighed: Assessment, rules: Rules, question: str, out: Composition) -> None:
    """What was asked about concludes; what else may be had follows. The page has them all, with their conditions."""
    rule_of = {rule.key: rule for rule in rules.book.options}
    asked = [one for one in weighed.options if _asked(one, rule_of[one.key].asked, question)]
    kinds = {_name(one)[-3:] for one in asked if _name(one) in question}  # 能不能相对不起诉 asks for no other 不起诉
    asked = [one for one in asked if _name(one) in question or _name(one)[-3:] not in kinds]
    people = {one.person for one in weighed.options if one.person and one.person in question}
    asked = [one for one in asked if not people or one.person in people]
    asked.sort(key=lambda one: one.available is False)
    for who, text, cite in _together((one.person, _option(one, rule_of[one.key].must), one.cite) for one in asked):
        out.say(f"{who}{text}", Section.CONCLUSION, *cite)
    others = [one for one in weighed.options if one not in asked]
    for who, text, cite in _together(
        (one.person, _option(one, rule_of[one.key].must), one.cite) for one in others if one.available
    ):
        out.say(f"{who}{text}", Section.APPLICATION, *cite)
    for person in dict.fromkeys(one.person for one in others):
        rest = [one for one in others if one.available is None and one.person == person]
        if rest:
            named = "、".join(one.option for one in rest)
            first = (one.cite[0] for one in rest if one.cite)
            out.say(f"{_who(person)}条件具备时还可以考虑：{named}。", Section.APPLICATION, *first)


def _option(one: OptionFinding, due: bool) -> str:
    said = "应当" if due and one.available else _SAID[one.available]
    name = one.option.removesuffix("（应当）")
    return f"{'不能' if one.available is False and name.startswith('按') else said}{name}：{one.text.rstrip('。')}。"


def _asked(option: OptionFinding, words: Sequence[str], question: str) -> bool:
    """Whether a question speaks of an option, by its name, what its name ends in or other words: 能不能不起诉, 不捕."""
    name = _name(option)
    return any(len(part) > 1 and part in question for part in (name, name[-3:], name.removesuffix("程序"), *words))


def _name(option: OptionFinding) -> str:
    return option.option.partition("（")[0]


def _effect(one: CircumstanceFinding) -> str:
    return one.effect if one.must is not None or "酌" in one.effect else f"{one.effect}（酌定）"


def _who(person: str) -> str:
    return f"{person}：" if person else ""
