"""Several people side by side: 分层处理, so that what is proposed for each can be compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from assistant.answer.assessed import RANKS, STANDINGS
from assistant.domain.assessment import Assessment
from assistant.domain.facts import FactKey

_Cell = Callable[[str], list[str]]


def compared(assessment: Assessment, keys: Mapping[str, FactKey], person: str) -> str:
    """A table of people; empty where there are fewer than two."""
    names = [one.name for one in assessment.sheet.people]
    if len(names) < 2:
        return ""
    head = "".join(
        f'<th scope="col"><button type="button" data-act="pick" data-person="{escape(name)}" aria-pressed="{str(name == person).lower()}">'
        f"{escape(name)}</button></th>"
        for name in names
    )
    rows = "".join(
        f'<tr><th scope="row">{label}</th>{"".join(_cell(cell(name), name == person) for name in names)}</tr>'
        for label, cell in _rows(assessment, keys)
    )
    return (
        f'<h2>分层对照</h2><div class="wide" tabindex="0" role="region" aria-label="分层对照"><table class="people"><thead><tr><td></td>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cell(lines: list[str], here: bool) -> str:
    return f"<td{' class=here' if here else ''}>{'<br>'.join(map(escape, dict.fromkeys(lines))) or '—'}</td>"


def _rows(assessment: Assessment, keys: Mapping[str, FactKey]) -> list[tuple[str, _Cell]]:
    def offences(name: str) -> list[str]:
        return [
            f"{one.name}·{RANKS.get(one.rank, one.rank)}（{STANDINGS[one.status]}）"
            for one in assessment.offences
            if one.person in ("", name)
        ]

    def ranges(name: str) -> list[str]:
        return [one.range for one in assessment.offences if one.person in ("", name)]

    def fact(key: str) -> _Cell:
        return lambda name: _fact(assessment, keys, key, name)

    def strict(name: str) -> list[str]:
        return [one.item for one in assessment.strict if one.person in ("", name)]

    def lenient(name: str) -> list[str]:
        return [one.item for one in assessment.lenient if one.person in ("", name)]

    def options(name: str) -> list[str]:
        return [one.option for one in assessment.options if one.person in ("", name) and one.available]

    return [
        ("身份", fact("role")),
        ("责任", fact("responsibility")),
        ("罪名与档次", offences),
        ("法定刑", ranges),
        ("从严", strict),
        ("从宽", lenient),
        ("可用的处理", options),
    ]


def _fact(assessment: Assessment, keys: Mapping[str, FactKey], key: str, name: str) -> list[str]:
    person = next((one for one in assessment.sheet.people if one.name == name), None)
    value = assessment.sheet.of(person).get(key)
    if value is None:
        return []
    options = keys[key].options if key in keys else {}
    return [options.get(str(value), str(value))]
