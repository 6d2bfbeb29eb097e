"""台账: which changes a row may go through, and what the entries of a row add up to. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError

from assistant.domain.ledger import Deed, Evidence, Gap, LedgerRow, Penalty, State
from assistant.domain.ledger_chain import Entry
from assistant.errors import UsageError

MOVES: Mapping[State, tuple[State, ...]] = {
    State.OPEN: (State.AT_WORK, State.TO_CHECK),
    State.AT_WORK: (State.TO_CHECK, State.OPEN),
    State.TO_CHECK: (State.CLOSED, State.AT_WORK),
    State.CLOSED: (State.AT_WORK,),
}
"""What a state may become: a row is closed only after it has been put up for 复查, and comes back where 回头看 finds it undone."""
_CHANGEABLE = {one.name for one in fields(Gap)} - {"key", "state", "hazard", "found", "source"}

_MARKS = re.compile(r"\W+")


@cache
def _gaps() -> TypeAdapter[Gap]:
    return TypeAdapter(Gap)


def utc() -> str:
    """Now, as entries keep it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def new(row: str, deed: Deed, who: str, **more: Any) -> Entry:
    """An entry of this moment."""
    return Entry(row, deed, utc(), who, nonce=uuid4().hex, **more)


def changed(gap: Gap, after: Mapping[str, Any]) -> Gap:
    """A gap with some fields set; raises ``ValueError`` for fields and values that it cannot have."""
    unknown = set(after) - {one.name for one in fields(Gap)}
    if unknown:
        raise ValueError(f"no such fields: {unknown}")
    said: dict[str, Any] = _gaps().dump_python(gap, mode="json")
    return _gaps().validate_python(said | dict(after))


# What is written


@dataclass
class _Known:
    """What matters of a row when its gap is found again."""

    id: str
    open: bool
    found: date
    repeats: int
    seen: set[str]
    penalties: tuple[Penalty, ...] = ()


def register(gaps: Sequence[Gap], earlier: Mapping[str, Sequence[LedgerRow]], who: str, today: date) -> list[Entry]:
    """Entries for gaps of one site; ``earlier`` has its rows by ``alike``, in their order.

    What was registered before from the same find is left alone. A known gap that is still open is found again, not written
    twice; one that was closed becomes a row that says it is a repeat.
    """
    made: list[Entry] = []
    known: dict[str, list[_Known]] = {}
    for same, rows in earlier.items():
        known[same] = [
            _Known(row.id, row.state is not State.CLOSED, row.gap.found or today, row.repeats, set(row.seen), row.penalties)
            for row in rows
        ]
    for gap in gaps:
        before, once = known.setdefault(alike(gap), []), seen(gap)
        if any(once in row.seen for row in before):
            continue
        found = gap.found or today
        punished = [as_penalty(one) for row in before for one in row.penalties if one.on <= found]
        more: dict[str, Any] = {"seen": once} | ({"after_penalty": punished} if punished else {})
        still = next((row for row in before if gap.key and row.open), None)
        if still:
            still.repeats += 1
            still.seen.add(once)
            said = {"found": found.isoformat(), "source": gap.source, "hazard": gap.hazard, "extra": dict(gap.extra)}
            made.append(new(still.id, Deed.AGAIN, who, after=more | {"repeats": still.repeats} | said))
            continue
        times = before[-1].repeats + 1 if gap.key and before else sum(row.found < found for row in before)
        row = _Known(uuid4().hex, gap.state is not State.CLOSED, found, times, {once})
        before.append(row)
        said = _gaps().dump_python(replace(gap, found=found), mode="json", exclude_defaults=True)
        made.append(new(row.id, Deed.REGISTER, who, after={"gap": said} | more | ({"repeats": times} if times else {})))
    return made


def seen(gap: Gap) -> str:
    """What names one find of a gap: when, by what and where it was found, whatever has become of it since."""
    said = (gap.key, gap.hazard, str(gap.found), gap.source, gap.note, gap.post, gap.person, *sorted(gap.extra.items()))
    return hashlib.sha256(repr(said).encode()).hexdigest()[:12]


def alike(gap: Gap) -> str:
    """What two gaps share that are the same one: the tip or question, else the hazard's words whatever their spaces and marks."""
    return gap.key or hashlib.sha256(_MARKS.sub("", gap.hazard).encode()).hexdigest()[:32]


def move(row: LedgerRow, to: State, who: str, note: str = "", evidence: tuple[Evidence, ...] = ()) -> Entry:
    """A change of state; raises ``UsageError`` for one that isn't allowed, or closes a row with nothing to show for it."""
    if to not in MOVES[row.state]:
        ways = "或者".join(f"“{one}”" for one in MOVES[row.state])
        raise UsageError(f"第{row.number}行现在是“{row.state}”，不能直接改成“{to}”，可以改成{ways}。")
    if to is State.CLOSED and not (note.strip() or evidence or row.evidence):
        raise UsageError(f"第{row.number}行销号要有凭据，请附证据文件，或者在说明里写清复查情况。")
    if row.state is State.CLOSED and not note.strip():
        raise UsageError(f"第{row.number}行已经销号，退回整改请在说明里写明原因。")
    return new(row.id, Deed.STATE, who, before={"state": row.state}, after={"state": to}, note=note.strip(), evidence=evidence)


def amend(row: LedgerRow, values: Mapping[str, Any], who: str, note: str = "") -> Entry | None:
    """Other fields changed; ``None`` where nothing is. Raises ``UsageError`` for a field that stays as it was registered."""
    for name in values:
        if name not in _CHANGEABLE:
            raise UsageError("隐患内容、发现日期和来源登记后不能改；写错了的，请在说明里注明，或者另登记一行。")
    try:
        after = changed(row.gap, values)
    except (ValueError, ValidationError) as error:
        raise UsageError("改的内容里有写法不对的值，日期请写成 2026-12-31 的样子。") from error
    old, made = as_json(row.gap), as_json(after)
    differ = [name for name in values if old[name] != made[name]]
    if not differ:
        return None
    before, then = ({name: said[name] for name in differ} for said in (old, made))
    return new(row.id, Deed.CHANGE, who, before=before, after=then, note=note.strip())


def as_json(gap: Gap) -> dict[str, Any]:
    """A gap with all its fields as JSON values."""
    said: dict[str, Any] = _gaps().dump_python(gap, mode="json")
    return said


def as_penalty(one: Penalty) -> dict[str, str]:
    """A penalty as an entry keeps it."""
    return {"on": one.on.isoformat(), "kind": one.kind, "number": one.number}


# What it adds up to


def apply(row: LedgerRow | None, entry: Entry, number: int) -> LedgerRow:
    """A row after one more entry; ``number`` is what a new row gets. Raises ``ValueError`` for what cannot follow."""
    try:
        if entry.deed is Deed.REGISTER and row is None:
            return _registered(entry, number)
        if row is None:
            raise ValueError("an entry for a row that is not registered")
        return replace(_APPLIED[entry.deed](row, entry), updated=entry.when)
    except (KeyError, TypeError, AttributeError, ValidationError) as error:
        raise ValueError(f"an entry that says nothing usable: {error}") from error


def _registered(entry: Entry, number: int) -> LedgerRow:
    gap = _gaps().validate_json(json.dumps(entry.after["gap"]))
    return LedgerRow(
        entry.row,
        number,
        gap,
        gap.state,
        entry.when,
        evidence=entry.evidence,
        repeats=int(entry.after.get("repeats", 0)),
        after_penalty=_penalties(entry.after.get("after_penalty", ())),
        seen=(str(entry.after["seen"]),),
    )


def penalties_of(entries: Iterable[Entry]) -> list[Penalty]:
    """The penalties that entries record."""
    return [one for entry in entries if entry.deed is Deed.PENALTY for one in _penalties([entry.after])]


def _penalties(said: Iterable[Mapping[str, str]]) -> tuple[Penalty, ...]:
    return tuple(Penalty(date.fromisoformat(one["on"]), one.get("kind", ""), one.get("number", "")) for one in said)


def _moved(row: LedgerRow, entry: Entry) -> LedgerRow:
    return replace(row, state=State(entry.after["state"]), evidence=_added(row, entry))


def _added(row: LedgerRow, entry: Entry) -> tuple[Evidence, ...]:
    return (*row.evidence, *(one for one in entry.evidence if one not in row.evidence))


def _again(row: LedgerRow, entry: Entry) -> LedgerRow:
    punished = _penalties(entry.after.get("after_penalty", ()))
    return replace(
        row,
        repeats=int(entry.after.get("repeats", 0)),
        after_penalty=punished or row.after_penalty,
        seen=(*row.seen, str(entry.after["seen"])),
    )


_APPLIED: Mapping[Deed, Callable[[LedgerRow, Entry], LedgerRow]] = {
    Deed.CHANGE: lambda row, entry: replace(row, gap=changed(row.gap, entry.after)),
    Deed.STATE: _moved,
    Deed.EVIDENCE: lambda row, entry: replace(row, evidence=_added(row, entry)),
    Deed.AGAIN: _again,
    Deed.PENALTY: lambda row, entry: replace(row, penalties=(*row.penalties, *_penalties([entry.after]))),
    Deed.REMARK: lambda row, entry: replace(row, remarks=row.remarks + 1, evidence=_added(row, entry)),
}
