"""证据要素: what proves each element of an offence, what a case's list of materials has of it, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Literal

from assistant.domain.provision import STRICT

FormKey = Literal["direct", "reviewed", "report", "oral", "retake"]
FORMS: Mapping[str, str] = {
    "direct": "可以直接使用",
    "reviewed": "审查后使用",
    "report": "经查证使用",
    "oral": "由侦查人员收集",
    "retake": "应当重新收集",
}
"""Classes of materials by how they get into a criminal case."""


@dataclass(frozen=True)
class ProofKind:
    """材料种类: materials that are treated alike."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    key: str
    name: str
    type: str
    """证据种类 as the code of procedure counts them: 书证, 视听资料, 鉴定意见."""
    form: FormKey
    words: tuple[str, ...]
    """What it is called in lists."""
    source: str
    """Where it usually comes from."""
    must: str
    """What form it must have."""
    wrong: str
    """What usually goes wrong."""
    cite: tuple[str, ...]
    general: bool = False
    """Its words are general (鉴定意见): another kind of the same form that is named beside them tells more (尸体检验)."""


@dataclass(frozen=True)
class Flaw:
    """形式问题: words in a list that show what has to be put right before a material can be used."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    says: str
    remedy: str
    cite: tuple[str, ...]
    forms: tuple[FormKey, ...] = ()
    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """Any of them shows it; empty: it is there unless ``unless`` says otherwise."""
    also: tuple[str, ...] = ()
    """Where given, any of these has to stand there too."""
    unless: tuple[str, ...] = ()
    blocks: bool = False
    """The material does not count as proof until this is put right."""


@dataclass(frozen=True)
class Need:
    """One thing that has to be proven for an element: any of ``any`` will do."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    get: str
    """What to obtain, in words that can go into a 提纲."""
    any: tuple[str, ...]
    """Keys of kinds."""
    source: str = ""
    """From whom, where it is not the kind's usual source."""


@dataclass(frozen=True)
class EvidenceRow:
    """One element of an offence: what has to be shown and by what."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    element: str
    prove: str
    cite: tuple[str, ...]
    needs: tuple[Need, ...]
    wrong: str
    """What usually goes wrong."""


@dataclass(frozen=True)
class OutlineFrame:
    """What stands before and behind the items of a 补充侦查提纲."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    opening: str
    closing: str
    cite: tuple[str, ...]


@dataclass(frozen=True)
class EvidenceBook:
    """Everything of ``knowledge_base/evidence/要素``."""

    kinds: Mapping[str, ProofKind]
    flaws: tuple[Flaw, ...]
    rows: Mapping[str, tuple[EvidenceRow, ...]]
    """By id of the offence's record, in the order in which they are to be shown."""
    names: Mapping[str, str]
    """Ids of offences to their names."""
    frame: OutlineFrame

    def needed(self, offence_id: str) -> tuple[EvidenceRow, ...]:
        """What an offence needs; empty where nothing is known of it."""
        return self.rows.get(offence_id, ())


@dataclass(frozen=True, slots=True)
class Listed:
    """A material as a list names it."""

    name: str
    said: str
    """Its whole row or line."""
    place: str = ""
    """Where it stands: “证据”表第3行."""
    head: str = ""
    """The title above it, which may tell who made the list."""
    file: str = ""


class Held(StrEnum):
    """What a case has of a need."""

    YES = "已有"
    FORM = "形式待补"
    NO = "缺"


@dataclass(frozen=True, slots=True)
class Placed:
    """A material with what it is and what is wrong with it."""

    listed: Listed
    kinds: tuple[ProofKind, ...] = ()
    flaws: tuple[Flaw, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether nothing has to be done before it counts."""
        return not any(flaw.blocks for flaw in self.flaws)


@dataclass(frozen=True, slots=True)
class NeedState:
    """A need held against the materials."""

    key: str
    """``2.0``: number of the row and of the need in it."""
    need: Need
    held: Held
    found: tuple[Placed, ...] = ()
    ticked: bool | None = None
    """What the reader said by hand; it goes before what was found."""


@dataclass(frozen=True, slots=True)
class RowState:
    """An element held against the materials."""

    row: EvidenceRow
    needs: tuple[NeedState, ...]

    @property
    def gap(self) -> bool:
        """Whether anything is missing or has to be put right."""
        return any(one.held is not Held.YES for one in self.needs)


@dataclass(frozen=True, slots=True)
class EvidenceMatrix:
    """证据矩阵 of one offence."""

    offence: str
    name: str
    rows: tuple[RowState, ...]
    placed: tuple[Placed, ...] = ()
    """Every material of the list, in its order."""

    @property
    def unplaced(self) -> tuple[Placed, ...]:
        """Materials whose name does not tell what they are."""
        return tuple(one for one in self.placed if not one.kinds)

    def count(self, held: Held) -> int:
        """How many needs stand so."""
        return sum(need.held is held for row in self.rows for need in row.needs)


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """One paragraph of a 补充侦查提纲."""

    element: str
    get: str
    source: str
    form: str
    why: str
    cite: tuple[str, ...] = field(default=())
