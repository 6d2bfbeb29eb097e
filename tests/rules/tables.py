"""The tables of ``tests/rules/*.yaml``: what the law makes of a case, told so that a lawyer can check it.

``given`` of a file names facts that its cases share; a case's own ``facts`` stand over them. In ``expect``:

- ``offences``: exactly these stand (``rank``, ``status``, ``range``, ``person`` where they matter); ``stands``: these do, in whatever status;
- ``not``: must not stand as established or candidate (``{offence, rank}``, ``{offence, status}`` for only that); ``not_range``: words of no range;
- ``strict``, ``lenient``, ``not_…``: words of a 情节, ``a|b`` for either, ``{person, item}`` for one person; ``lenient_cite``, ``not_lenient_cite``;
- ``options``, ``not_options``, ``limitation`` (years by offence), ``expired``, ``missing``, ``dates`` of changes shown, ``not_cited``;
- ``counted`` (万元) and ``standard`` of the loss, for cases with ``loss``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from assistant.domain.facts import FactSheet, LossItem, Person

HERE = Path(__file__).parent
ASSERTED = {"established", "candidate"}
KEYS = {
    "offences", "stands", "not", "not_range", "strict", "not_strict", "lenient", "not_lenient", "lenient_cite", "not_lenient_cite",
    "options", "not_options", "limitation", "expired", "missing", "dates", "not_cited", "counted", "standard",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A case of a table."""

    id: str
    name: str
    table: str
    facts: dict
    people: list
    loss: dict
    expect: dict
    cite: list
    probe: dict = field(default_factory=dict)

    @property
    def sheet(self) -> FactSheet:
        people = tuple(Person(one["name"], spoken(one.get("facts", {}))) for one in self.people)
        items = tuple(LossItem(name, float(wan)) for name, wan in self.loss.items())
        return FactSheet(id=self.id, facts=spoken(self.facts), people=people, loss_items=items)

    @property
    def concerns(self) -> set[str]:
        """Offences that the expectation speaks of."""
        named = [*self.expect.get("offences", []), *self.expect.get("not", []), *self.expect.get("stands", [])]
        return {one if isinstance(one, str) else one["offence"] for one in named}


def spoken(facts: dict) -> dict:
    """``null`` takes a shared fact back: it was not spoken of."""
    return {key: value for key, value in facts.items() if value is not None}


@cache
def tables() -> tuple[Told, ...]:
    """Every case of every table."""
    return tuple(case for path in sorted(HERE.glob("*.yaml")) for case in _read(path))


def _read(path: Path):
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    for case in table["cases"]:
        unknown = (
            set(case) - {"id", "name", "given", "facts", "people", "loss", "expect", "probe", "cite"} | set(case["expect"]) - KEYS
        )
        assert not unknown, f"{path.name} {case['id']}: {unknown}"
        facts = {**(table["given"][case["given"]] if "given" in case else {}), **case.get("facts", {})}
        rest = {key: case.get(key) or kind for key, kind in (("people", []), ("loss", {}), ("probe", {}))}
        yield Told(case["id"], case["name"], path.stem, facts, expect=case["expect"], cite=case["cite"], **rest)


def differences(case: Told, found) -> list[str]:
    """What the rules give and the law does not, or the other way round; empty where they agree."""
    return [*_offences(case, found), *_circumstances(case, found), *_options(case, found), *_rest(case, found)]


def _offences(case: Told, found):
    standing = [(one.offence, one.rank, str(one.status), one.range, one.person) for one in found.offences]
    wanted = case.expect.get("offences")
    if wanted is not None:
        left = list(standing)
        for one in wanted:
            hit = next((have for have in left if _is(one, have)), None)
            if hit:
                left.remove(hit)
            else:
                yield f"应有 {one}"
        yield from (f"不应有 {have}" for have in left)
    for offence in case.expect.get("stands", []):
        if not any(have[0] == offence for have in standing):
            yield f"应当提出 {offence}"
    for one in case.expect.get("not", []):
        wanted = {"offence": one} if isinstance(one, str) else one
        yield from (f"不应认定 {have}" for have in standing if have[2] in ASSERTED and _is(wanted, have))
    for words in case.expect.get("not_range", []):
        yield from (f"刑罚不应有“{words}”：{have}" for have in standing if words in have[3])


def _is(wanted: dict, have: tuple) -> bool:
    return all(
        wanted.get(key, value) == value for key, value in zip(("offence", "rank", "status", "range", "person"), have, strict=True)
    )


def _circumstances(case: Told, found):
    for side in ("strict", "lenient"):
        have = [(one.item, one.person, one.cite) for one in getattr(found, side)]
        shown = "、".join(item for item, _, _ in have) or "无"
        for wanted in case.expect.get(side, []):
            if not _spoken(wanted, have):
                yield f"{side} 应有“{wanted}”，得到：{shown}"
        yield from (f"{side} 不应有“{one}”，得到：{shown}" for one in case.expect.get(f"not_{side}", []) if _spoken(one, have))
    cited = {text for one in found.lenient for text in one.cite}
    for wanted in case.expect.get("lenient_cite", []):
        if not any(text.startswith(wanted) for text in cited):
            yield f"从宽情节应引 {wanted}，得到 {sorted(cited)}"
    yield from (
        f"从宽情节不应引 {one}" for one in case.expect.get("not_lenient_cite", []) if any(t.startswith(one) for t in cited)
    )


def _spoken(wanted, have) -> bool:
    words, person = (wanted["item"], wanted["person"]) if isinstance(wanted, dict) else (wanted, None)
    return any(word in item for item, who, _ in have if person in (None, who) for word in words.split("|"))


def _options(case: Told, found):
    have = [(one.option, one.available) for one in found.options]
    for wanted in case.expect.get("options", []):
        if not any(available is not False for option, available in have if _named(wanted, option)):
            yield f"应可选“{wanted}”，得到 {[pair for pair in have if _named(wanted, pair[0])] or '没有这一项'}"
    for wanted in case.expect.get("not_options", []):
        yield from (f"不应可选“{wanted}”" for option, available in have if available and _named(wanted, option))


def _named(wanted: str, option: str) -> bool:
    return any(option == name or option.startswith(f"{name}（") for name in wanted.split("|"))


def _rest(case: Told, found):
    expect = case.expect
    for offence, years in expect.get("limitation", {}).items():
        names = {one.name for one in found.offences if one.offence == offence}
        have = [one.years for one in found.limitation if one.offence in names]
        if years not in have:
            yield f"{offence} 时效应为 {years} 年，得到 {have}"
    if "expired" in expect and any(one.expired for one in found.limitation) != expect["expired"]:
        yield f"时效{'应已' if expect['expired'] else '不应'}届满：{[one.why for one in found.limitation]}"
    keys = {one.key for one in found.missing}
    yield from (f"应列为待查：{key}，得到 {sorted(keys)}" for key in expect.get("missing", []) if key not in keys)
    days = {str(event.date) for event in found.day_law.events}
    yield from (f"应列出变化日 {day}，得到 {sorted(days)}" for day in map(str, expect.get("dates", [])) if day not in days)
    asserted = [*found.offences, *found.strict, *found.lenient, *(one for one in found.options if one.available)]
    cited = {text for one in asserted for text in one.cite}
    yield from (f"不应引用 {text}" for one in expect.get("not_cited", []) for text in sorted(cited) if text.startswith(one))
    if "counted" in expect and (found.loss is None or found.loss.wan != expect["counted"]):
        yield f"损失应为 {expect['counted']} 万元，得到 {found.loss and found.loss.wan}"
    if "standard" in expect and (found.loss is None or str(expect["standard"]) not in found.loss.standard):
        yield f"应按 {expect['standard']} 年标准，得到 {found.loss and found.loss.standard}"
