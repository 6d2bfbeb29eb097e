"""Reading ``knowledge_base/evidence/要素/``: what each offence needs to be proven, checked against the offences and the kinds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from assistant.domain.deadlines import DeadlineBook
from assistant.domain.evidence import EvidenceBook, EvidenceRow, Flaw, Need, OutlineFrame, ProofKind
from assistant.domain.provision import STRICT
from assistant.domain.records import Offence, Record
from assistant.errors import KnowledgeError
from assistant.ingest.records import read_yaml

FOLDER = "要素"
_OFFENCES = "罪名*.yaml"
_KINDS, _FLAWS, _SHARED, _FRAME = "材料种类.yaml", "形式问题.yaml", "共用.yaml", "提纲.yaml"


@dataclass(frozen=True)
class _Row:
    """A row as written: what it leaves out it takes from the shared row that ``use`` names."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    use: str = ""
    element: str = ""
    prove: str = ""
    cite: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    wrong: str = ""


@dataclass(frozen=True)
class _Rows:
    """The rows of one offence."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    offence: str
    rows: tuple[_Row, ...]


def load_evidence(folder: Path, records: Iterable[Record]) -> EvidenceBook:
    """Read the elements below ``folder``; raises ``KnowledgeError`` for an unknown offence or kind, or a row left incomplete."""
    home = folder / "evidence" / FOLDER
    kinds = {kind.key: kind for kind in read_yaml(home / _KINDS, tuple[ProofKind, ...])}
    flaws: tuple[Flaw, ...] = read_yaml(home / _FLAWS, tuple[Flaw, ...])
    shared: Mapping[str, _Row] = read_yaml(home / _SHARED, dict[str, _Row])
    names = {record.id: record.title for record in records if isinstance(record, Offence)}
    rows: dict[str, tuple[EvidenceRow, ...]] = {}
    for path in sorted(home.glob(_OFFENCES)):
        for one in read_yaml(path, tuple[_Rows, ...]):
            if one.offence not in names:
                raise KnowledgeError(f"{path.name} 中的罪名 {one.offence} 不在 knowledge_base/offences 里，请改正后重试。")
            rows[one.offence] = tuple(_whole(row, shared, f"{path.name} 的 {one.offence}") for row in one.rows)
    _refuse_unknown(kinds, flaws, rows)
    frame = read_yaml(home / _FRAME, OutlineFrame)
    return EvidenceBook(kinds, flaws, rows, {offence: names[offence] for offence in rows}, frame)


def _whole(row: _Row, shared: Mapping[str, _Row], where: str) -> EvidenceRow:
    base = shared.get(row.use) if row.use else _Row()
    if base is None:
        raise KnowledgeError(f"{where} 引用了共用.yaml 里没有的 {row.use}，请改正后重试。")
    whole = EvidenceRow(
        row.element or base.element,
        row.prove or base.prove,
        row.cite or base.cite,
        row.needs or base.needs,
        row.wrong or base.wrong,
    )
    if not all((whole.element, whole.prove, whole.cite, whole.needs, whole.wrong)):
        raise KnowledgeError(f"{where} 的“{whole.element or '（未命名）'}”没有写全（prove、cite、needs、wrong），请补全后重试。")
    return whole


def _refuse_unknown(kinds: Mapping[str, ProofKind], flaws: Iterable[Flaw], rows: Mapping[str, tuple[EvidenceRow, ...]]) -> None:
    named = [(need.get, key) for offence in rows.values() for row in offence for need in row.needs for key in need.any]
    named += [(flaw.says, key) for flaw in flaws for key in flaw.kinds]
    for where, key in named:
        if key not in kinds:
            raise KnowledgeError(f"要素中“{where}”用了 {_KINDS} 里没有的材料种类 {key}，请改正后重试。")


def load_deadlines(folder: Path) -> DeadlineBook:
    """Read ``deadlines.yaml``; raises ``KnowledgeError`` where two events share a key or a way of counting is not told."""
    book: DeadlineBook = read_yaml(folder / "deadlines.yaml", DeadlineBook)
    seen: set[str] = set()
    for event in book.events:
        if event.key in seen:
            raise KnowledgeError(f"deadlines.yaml 中 {event.key} 出现两次，请改成不同的名字。")
        seen.add(event.key)
        for deadline in event.deadlines:
            if deadline.counting not in book.countings:
                raise KnowledgeError(f"deadlines.yaml 的 countings 里没有 {deadline.counting}，请补上后重试。")
    return book
