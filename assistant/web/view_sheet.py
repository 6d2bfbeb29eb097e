"""案情要素 as HTML: a table whose every value can be changed in place, for the case and for one person at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby

from assistant.domain.assessment import Missing
from assistant.domain.facts import DISPUTED, UNCLEAR, FactKey, FactSheet, Value

_UNSAID = "未提到"
_FIRST = {"后果", "案件", "人"}
"""Groups that a case is begun with."""
_UNSURE = '<datalist id="unsure"><option value="不明"><option value="有争议"></datalist>'
_UNITS = {"money": "万元", "count": ""}


@dataclass(frozen=True)
class Field:
    """One fact of the case, or of one person."""

    key: str
    person: str = ""


@dataclass(frozen=True)
class Refused:
    """What was typed into a field and why it cannot be."""

    text: str
    sentence: str


def sheet(
    known: FactSheet,
    keys: Mapping[str, FactKey],
    person: str,
    wanted: Sequence[Missing] = (),
    refused: Mapping[Field, Refused] | None = None,
) -> str:
    """The left column below the told text: what is known or wanted, the rest folded, then the people."""
    rows = _Rows(known, keys, wanted, refused or {})
    common = [key for key in keys.values() if not (known.people and key.person and key.key not in known.facts)]
    note = "从所述案情识别，可改" if known.told else "可以直接填写"
    return (
        f"{_UNSURE}<h2>案情要素 <small>{note}</small></h2>{rows.table(common, '')}{_loss(known, refused or {})}"
        f"{_people(known, person, refused or {})}{_own(rows, known, person)}"
    )


def _own(rows: _Rows, known: FactSheet, person: str) -> str:
    if not any(one.name == person for one in known.people):
        return ""
    return rows.table([key for key in rows.keys.values() if key.person], person)


@dataclass(frozen=True)
class _Rows:
    """The table of one scope: the case, or a person."""

    known: FactSheet
    keys: Mapping[str, FactKey]
    wanted: Sequence[Missing]
    refused: Mapping[Field, Refused]

    def table(self, keys: Sequence[FactKey], person: str) -> str:
        values = self._values(person)
        effects = self._effects(person)
        shown = [key for key in keys if key.key in values or key.key in effects or Field(key.key, person) in self.refused]
        first = "".join(self._row(key, person, values, effects.get(key.key, "")) for key in shown)
        table = f'<table class="known">{first}</table>' if first else ""
        return table + self._rest([key for key in keys if key not in shown], person, values, begun=bool(first or self.known.told))

    def _rest(self, keys: Sequence[FactKey], person: str, values: Mapping[str, Value], *, begun: bool) -> str:
        """What is neither known nor wanted, by group; open where the sheet is still blank, for who fills it in by hand."""
        groups = ""
        for group, of_group in groupby(keys, key=lambda key: key.group):
            rows = [self._row(key, person, values, "") for key in of_group]
            unfolded = "" if begun or group not in _FIRST else " open"
            groups += (
                f'<details class="group" data-keep="{escape(group)}-{escape(person)}"{unfolded}>'
                f"<summary>{escape(group)}（{len(rows)}）</summary><table>{''.join(rows)}</table></details>"
            )
        unfolded = "" if begun else " open"
        return (
            f'<details class="rest" data-keep="rest-{escape(person)}"{unfolded}>'
            f"<summary>更多要素（{len(keys)}）</summary>{groups}</details>"
        )

    def _values(self, person: str) -> Mapping[str, Value]:
        if not person:
            return self.known.facts
        return next((one.facts for one in self.known.people if one.name == person), {})

    def _effects(self, person: str) -> dict[str, str]:
        """What a fact would change, for those that nobody else's row will ask for."""
        common = {key for key in self.keys if not (self.known.people and self.keys[key].person)}
        found: dict[str, str] = {}
        for one in self.wanted:
            if one.key in common if not person else one.person in ("", person):
                found.setdefault(one.key, one.effect)
        return found

    def _row(self, key: FactKey, person: str, values: Mapping[str, Value], effect: str) -> str:
        place = Field(key.key, person)
        typed, value = self.refused.get(place), values.get(key.key)
        shown = typed.text if typed and typed.text else _written(value)
        general = self.known.facts.get(key.key) if person else None
        field_id = f"fact-{key.key}-{person}"
        attributes = f'id="{escape(field_id)}" data-fact="{escape(key.key)}" data-person="{escape(person)}"' + (
            f' aria-invalid="true" aria-describedby="{escape(field_id)}-why"' if typed else ""
        )
        control = _select(key, attributes, shown, general) if _options(key) else _input(key, attributes, shown, general)
        said = f'<p class="wrong" role="alert" id="{escape(field_id)}-why">{escape(typed.sentence)}</p>' if typed else ""
        sides = self.known.sides.get(key.key, "") if value == DISPUTED else ""
        hints = [
            f"<small>两种说法：{escape(sides)}</small>" if sides else "",
            f'<small class="effect">补充可影响：{escape(effect)}</small>'
            if effect and value in (None, UNCLEAR, DISPUTED)
            else "",
            f"<small>{escape(key.hint)}</small>" if key.hint and value is None and not effect else "",
        ]
        unknown = ' class="unknown"' if value in (UNCLEAR, DISPUTED) or (value is None and effect) else ""
        return f'<tr{unknown}><th scope="row"><label for="{escape(field_id)}">{escape(key.label)}</label></th><td>{control}{said}{"".join(hints)}</td></tr>'


def _options(key: FactKey) -> Mapping[str, str]:
    return {"是": "是", "否": "否"} if key.kind == "flag" else key.options


def _select(key: FactKey, attributes: str, shown: str, general: Value | None) -> str:
    options = {"": _UNSAID, **_options(key), UNCLEAR: UNCLEAR, DISPUTED: DISPUTED}
    if general is not None:
        said = _written(general)
        options[""] = f"同全案：{_options(key).get(said, said)}"
    items = "".join(
        f'<option value="{escape(value)}"{" selected" if value == shown else ""}>{escape(label)}</option>'
        for value, label in options.items()
    )
    return f"<select {attributes}>{items}</select>"


def _input(key: FactKey, attributes: str, shown: str, general: Value | None) -> str:
    unit = key.unit or _UNITS.get(key.kind, "")
    hint = f"同全案：{_written(general)}" if general is not None else "未提到，如 2021-03-01" if key.kind == "date" else _UNSAID
    mode = {"count": "numeric", "money": "decimal", "number": "decimal"}.get(key.kind, "text")
    lists = "" if key.kind == "text" else ' list="unsure"'
    return (
        f'<input type="text" inputmode="{mode}" autocomplete="off"{lists} maxlength="60" {attributes} '
        f'value="{escape(shown)}" placeholder="{escape(hint)}">' + (f'<span class="unit">{escape(unit)}</span>' if unit else "")
    )


def _written(value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat() if isinstance(value, date) else f"{value:.12g}" if isinstance(value, float) else str(value)


def _people(known: FactSheet, person: str, refused: Mapping[Field, Refused]) -> str:
    chips = "".join(
        f'<button type="button" class="chip" data-act="pick" data-person="{escape(one.name)}" aria-pressed="{str(one.name == person).lower()}">'
        f"{escape(one.name)}</button>"
        for one in known.people
    )
    drop = (
        f'<button type="button" class="chip drop" data-act="leave" data-person="{escape(person)}" '
        f'data-confirm="{escape(f"去掉“{person}”和他名下的要素？")}" aria-label="{escape(f"去掉{person}")}">去掉</button>'
        if person
        else ""
    )
    typed = refused.get(Field("name"))
    said = f'<p class="wrong" role="alert">{escape(typed.sentence)}</p>' if typed else ""
    adding = (
        f'<details class="adding" data-keep="adding"{" open" if typed else ""}><summary class="chip" aria-label="加一个人">＋</summary>'
        f'<form><input name="name" id="new-person" maxlength="20" placeholder="姓名或职务" aria-label="姓名或职务" value="{escape(typed.text if typed else "")}">'
        f'<button type="button" data-act="join">加上</button></form></details>'
    )
    hint = "" if known.people else '<p class="hint">多人案件按人填写身份、责任和情节，结果并排对照。</p>'
    return f'<h2 class="people">分层处理</h2><div class="chips">{chips}{adding}{drop}</div>{said}{hint}'


def _loss(known: FactSheet, refused: Mapping[Field, Refused]) -> str:
    typed = refused.get(Field("loss_items"))
    name, _, wan = typed.text.partition("\n") if typed else ("", "", "")
    said = f'<p class="wrong" role="alert">{escape(typed.sentence)}</p>' if typed else ""
    return (
        f'<details class="losses" data-keep="losses"{" open" if typed or known.loss_items else ""}><summary>损失分项（{len(known.loss_items)}）</summary>'
        f"<ul>{_items(known)}</ul><form>"
        f'<input name="name" id="loss-name" maxlength="40" placeholder="项目，如 医疗费" aria-label="损失项目" value="{escape(name)}">'
        f'<input name="wan" id="loss-wan" inputmode="decimal" maxlength="20" placeholder="万元" aria-label="万元" value="{escape(wan)}">'
        f'<button type="button" data-act="item">加上</button></form>{said}</details>'
    )


def _items(known: FactSheet) -> str:
    rows: Iterable[str] = (
        f"<li>{escape(item.name)} {item.wan:g} 万元"
        f'<button type="button" data-act="item" data-index="{n}" aria-label="{escape(f"去掉{item.name}")}">✕</button></li>'
        for n, item in enumerate(known.loss_items)
    )
    return "".join(rows)
