"""线索: declared models that look for cases in tables, the tables as read, and what was found in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from assistant.domain.provision import STRICT

ColumnKind = Literal["unit", "person", "identity", "number", "date", "count", "money", "text"]
"""How a column is read: a firm's name, a person's, an identity number, a document's number, a day, a figure, 万元, words."""

CheckName = Literal[
    "absent",
    "late",
    "graded",
    "fewer",
    "expired",
    "shared",
    "identity",
    "embedded",
    "impossible",
    "lapsed",
    "during",
    "repeated",
    "stated",
]
"""What ``practice`` can hold against a table."""


@dataclass(frozen=True)
class Column:
    """A column that a model knows."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    key: str
    name: str
    kind: ColumnKind
    called: tuple[str, ...] = ()
    """Other names it goes by."""
    must: bool = False


@dataclass(frozen=True)
class Role:
    """A table that a model knows: 立案台账, 许可证名录."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    key: str
    name: str
    columns: tuple[Column, ...]
    words: tuple[str, ...] = ()
    """Words in the name of a file or sheet that speak for it."""
    must: bool = False

    def column(self, key: str) -> Column:
        """By key; raises ``StopIteration`` for one that is not declared, which loading refuses."""
        return next(column for column in self.columns if column.key == key)


@dataclass(frozen=True)
class Condition:
    """What a row has to say: a figure at least, any word, or none of some."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    column: str
    least: float | None = None
    says: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grade:
    """A grade of accidents by its lowest figures: deaths, serious injuries, loss in 万元."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    name: str
    deaths: int
    injured: int
    loss: int


@dataclass(frozen=True)
class Window:
    """A stretch of time with so many earlier rows in it."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    before: int
    """How many rows before this one make a hit."""
    days: int = 0
    years: int = 0


@dataclass(frozen=True)
class Rule:
    """One thing a model looks for."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    key: str
    name: str
    check: CheckName
    table: str
    says: str
    """What a hit says, with ``{column}`` and ``{other_column}`` of the rows."""
    means: str
    cite: tuple[str, ...]
    next: str
    columns: tuple[str, ...] = ()
    """What the check works on; ``key?`` may be missing from the table."""
    against: str = ""
    match: tuple[tuple[str, ...], ...] = ()
    """Ways in which rows belong together, the surest first: ``unit``, or ``died=occurred`` where the other is called differently."""
    other: tuple[str, ...] = ()
    """Columns of the other table that the check works on."""
    any: tuple[Condition, ...] = ()
    """Where given, one of them has to hold."""
    all: tuple[Condition, ...] = ()
    where: tuple[Condition, ...] = ()
    """What rows of the other table have to say."""
    limit: int = 0
    """Days, for ``late``."""
    share: float = 0.0
    """For ``during``: the part of its usual use from which a use counts; set by us, no legal value."""
    grades: tuple[Grade, ...] = ()
    """Lowest first, for ``graded``."""
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True)
class Model:
    """One file of ``knowledge_base/screening``."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    key: str
    name: str
    about: str
    asked: tuple[str, ...]
    """Words of a question that ask for it."""
    tables: tuple[Role, ...]
    rules: tuple[Rule, ...]
    limits: str
    """What it cannot tell."""

    def role(self, key: str) -> Role:
        """A table by key."""
        return next(role for role in self.tables if role.key == key)


@dataclass(frozen=True)
class Grid:
    """A sheet as read: headings and the rows below them, all cells as text."""

    file: str
    sheet: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int]
    """The row's number in the file, as Excel counts."""

    @property
    def name(self) -> str:
        """台账.xlsx“事故”表, or 台账.csv."""
        return f"{self.file}“{self.sheet}”表" if self.sheet else self.file


@dataclass(frozen=True)
class Use:
    """What a grid is taken for: a table of the model, and which heading each of its columns has."""

    role: str = ""
    columns: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """A model over grids; ``uses`` go with the grids one by one."""

    model: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a grid."""

    grid: str
    row: int

    def __str__(self) -> str:
        return f"{self.grid}第{self.row}行"


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that a rule points to."""

    rule: str
    says: str
    places: tuple[Place, ...]
    """The row itself first."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that could not be read as what its column holds."""

    place: Place
    column: str
    value: str


@dataclass(frozen=True)
class Screened:
    """What a model found."""

    model: Model
    hits: tuple[Hit, ...]
    read: Mapping[str, int]
    """Rows by the name of the grid; a grid that fits no table of the model has none."""
    roles: Mapping[str, str]
    """What each grid was taken for."""
    skipped: Mapping[str, str]
    """By key of a rule, why it was not applied."""
    unread: tuple[Unread, ...] = ()
    unread_count: int = 0
    notes: tuple[str, ...] = ()

    def of(self, rule: str) -> tuple[Hit, ...]:
        """Hits of one rule."""
        return tuple(hit for hit in self.hits if hit.rule == rule)
