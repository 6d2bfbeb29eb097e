"""What happens on the page 宽严研判: each event of a browser to the values it shows. No component is named here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

import gradio as gr

from assistant.answer.authorities import Authorities
from assistant.domain.assessment import Assessment
from assistant.domain.facts import FactKey, FactSheet, LossItem, Person, Value
from assistant.domain.similar import Similar
from assistant.errors import BadFact, UsageError
from assistant.rules.sheet import dump_sheet, problems, read_item, read_parts, read_value
from assistant.web import view_assess, view_assess_side, view_sheet
from assistant.web.desk import told as sentence_of
from assistant.web.state import Assessor
from assistant.web.view_sheet import Field, Refused

MOST = 20_000
"""Characters of a told case."""
PEOPLE = 50


@dataclass(frozen=True)
class Case:
    """What one browser has before it."""

    sheet: FactSheet = FactSheet()
    person: str = ""
    """Whose facts are shown; empty where nobody is named."""
    refused: Mapping[Field, Refused] = field(default_factory=dict)
    """What was typed and cannot be; it stays in its field."""
    assessment: Assessment | None = None
    similar: Sequence[Similar] = ()
    authorities: Authorities = Authorities()
    failure: str = ""


class Shown(NamedTuple):
    """What an event changes on the page; what it does not name stays as it is."""

    told: Any = gr.skip()
    case: Any = gr.skip()
    sheet_html: Any = gr.skip()
    findings_html: Any = gr.skip()
    side_html: Any = gr.skip()
    kept: Any = gr.skip()


@dataclass(frozen=True)
class AssessDesk:
    """The events. It holds what all browsers share, and nothing of any one of them."""

    assessor: Assessor

    @property
    def _keys(self) -> Mapping[str, FactKey]:
        return self.assessor.book.facts

    def load(self, kept: object) -> Shown:
        """A page is opened or reloaded: the last case comes back."""
        stored = kept if isinstance(kept, dict) else {}
        written = stored.get("sheet")
        written = written if isinstance(written, dict) else {}
        try:
            sheet = read_parts(written, self._keys, date.today())
        except UsageError:  # of another version of the facts: the words are not lost
            sheet = FactSheet(told=str(written.get("told") or ""))
        shown = self._show(self._assessed(Case(sheet, str(stored.get("person") or ""))))
        return shown._replace(told=sheet.told) if sheet.told else shown

    def tell(self, text: str, case: Case) -> Shown:
        """研判 of a case told in words."""
        try:
            if not text.strip():
                raise UsageError("请先写下案情，或者在下面的表里直接填写要素。")
            if len(text) > MOST:
                raise UsageError(f"案情有 {len(text)} 个字，超过 {MOST} 个字的上限，请只保留与定罪量刑有关的部分。")
            sheet = replace(self.assessor.told(text.strip()), told=text.strip())
        except Exception as error:  # noqa: BLE001  the page is an edge
            return self._show(replace(case, failure=sentence_of(error)))
        return self._show(self._assessed(Case(sheet)))

    def put(self, case: Case, data: Mapping[str, Any]) -> Shown:
        """A value is changed; one that cannot be stays in its field with the reason."""
        place = Field(str(data.get("key", "")), str(data.get("person", "")))
        earlier = {where: typed for where, typed in case.refused.items() if where != place}
        waiting = {place: Refused(str(data.get("value", ""))[:200], ""), **earlier}
        sheet, refused = case.sheet, {}
        for where, typed in waiting.items():  # what was refused may fit now
            try:
                sheet = self._with(sheet, where, typed.text)
            except BadFact as error:
                refused[where] = Refused(typed.text, str(error))
        return self._show(self._assessed(replace(case, sheet=sheet, refused=refused)))

    def join(self, case: Case, data: Mapping[str, Any]) -> Shown:
        """One more person."""
        name, people = str(data.get("name", "")).strip()[:20], case.sheet.people
        if not name or any(person.name == name for person in people) or len(people) >= PEOPLE:
            sentence = (
                f"已经有一个“{name}”了，请加上职务或者序号区分。" if name and len(people) < PEOPLE else "请写下姓名或者职务。"
            )
            return self._show(replace(case, refused={**case.refused, Field("name"): Refused(name, sentence)}))
        refused = {where: typed for where, typed in case.refused.items() if where != Field("name")}
        sheet = replace(case.sheet, people=(*people, Person(name)))
        return self._show(self._assessed(replace(case, sheet=sheet, person=name, refused=refused)))

    def leave(self, case: Case, data: Mapping[str, Any]) -> Shown:
        """One person less."""
        gone = str(data.get("person", ""))
        refused = {where: typed for where, typed in case.refused.items() if where.person != gone}
        sheet = replace(case.sheet, people=tuple(person for person in case.sheet.people if person.name != gone))
        return self._show(self._assessed(replace(case, sheet=sheet, person="", refused=refused)))

    def pick(self, case: Case, data: Mapping[str, Any]) -> Shown:
        """Another person is looked at."""
        return self._show(replace(case, person=str(data.get("person", ""))))

    def item(self, case: Case, data: Mapping[str, Any]) -> Shown:
        """One more item of the loss, or one less."""
        items = list(case.sheet.loss_items)
        place = Field("loss_items")
        refused = {where: typed for where, typed in case.refused.items() if where != place}
        try:
            if data.get("index"):
                items = [item for n, item in enumerate(items) if str(n) != data["index"]]
            else:
                items.append(_item(data))
        except UsageError as error:
            refused[place] = Refused(f"{data.get('name', '')}\n{data.get('wan', '')}", str(error))
        return self._show(self._assessed(replace(case, sheet=replace(case.sheet, loss_items=tuple(items)), refused=refused)))

    def clear(self) -> Shown:
        """Another case."""
        return self._show(Case())._replace(told="")

    def _with(self, sheet: FactSheet, place: Field, text: str) -> FactSheet:
        """The sheet with one value, or without it where ``text`` is empty; raises ``BadFact`` for what it brings in."""
        keys = self._keys
        if place.key not in keys:
            raise BadFact("没有这一项要素，请刷新页面后重试。", place.key, place.person)
        value = read_value(keys[place.key], text, date.today()) if text.strip() else None
        changed = with_value(sheet, place, value)
        before = set(problems(sheet, keys))
        for problem in problems(changed, keys):
            if problem not in before:
                raise BadFact(problem.sentence, place.key, place.person)
        return changed

    def _assessed(self, case: Case) -> Case:
        names = [person.name for person in case.sheet.people]
        case = replace(case, person=case.person if case.person in names else (names or [""])[0], failure="")
        if not (case.sheet.facts or case.sheet.people or case.sheet.loss_items):
            return replace(case, assessment=None, similar=(), authorities=Authorities())
        try:
            assessment = self.assessor.assess(case.sheet)
            similar = self.assessor.similar(assessment)
            cards = self.assessor.authorities(assessment, similar)
            return replace(case, assessment=assessment, similar=similar, authorities=cards)
        except Exception as error:  # noqa: BLE001  the page is an edge
            return replace(case, assessment=None, similar=(), authorities=Authorities(), failure=sentence_of(error))

    def _show(self, case: Case) -> Shown:
        facts = self._keys
        found = {Field(one.key, one.person): Refused("", one.sentence) for one in problems(case.sheet, facts)}
        wanted = case.assessment.missing if case.assessment else ()
        return Shown(
            case=case,
            sheet_html=view_sheet.sheet(case.sheet, facts, case.person, wanted, {**found, **case.refused}),
            findings_html=view_assess.findings(case.assessment, case.authorities, facts, case.person, case.failure, case.similar),
            side_html=view_assess_side.side(case.assessment, case.authorities),
            kept={"sheet": dump_sheet(case.sheet), "person": case.person},
        )


def with_value(sheet: FactSheet, place: Field, value: Value | None) -> FactSheet:
    """The sheet with one fact changed, of the case or of one person; ``None`` takes it out."""

    def changed(facts: Mapping[str, Value]) -> dict[str, Value]:
        rest = {key: known for key, known in facts.items() if key != place.key}
        return rest if value is None else {**rest, place.key: value}

    if not place.person:
        return replace(sheet, facts=changed(sheet.facts))
    people = tuple(
        replace(person, facts=changed(person.facts)) if person.name == place.person else person for person in sheet.people
    )
    return replace(sheet, people=people)


def _item(data: Mapping[str, Any]) -> LossItem:
    with suppress(BadFact):
        return read_item({"name": data.get("name", ""), "wan": data.get("wan", "")})
    raise UsageError("损失项目要写名称和不小于零的万元数，例如：医疗费 30。")
