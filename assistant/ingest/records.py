"""Reading ``knowledge_base/``: YAML that a lawyer edits, checked against the domain's types.

Unknown keys are refused; every message names the file and the line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Literal

import yaml
from pydantic import TypeAdapter, ValidationError

from assistant.domain.cases import Case
from assistant.domain.cues import Cues, Grade, Term
from assistant.domain.provision import STRICT, ArticleRef, Law, Provision, Span, TextKind
from assistant.domain.records import Circumstance, Duty, Evidence, Misconception, Offence, Policy, Practice, Procedure, Record
from assistant.domain.tips import RiskTip
from assistant.errors import KnowledgeError

RECORD_TYPES: dict[str, type[Record]] = {
    "offences": Offence,
    "circumstances": Circumstance,
    "procedures": Procedure,
    "evidence": Evidence,
    "duties": Duty,
    "policies": Policy,
    "practices": Practice,
    "cases": Case,
    "misconceptions": Misconception,
    "risk_tips": RiskTip,
}
"""Folder of ``knowledge_base/`` to the type of its records."""


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The C parser where PyYAML has it (seven times faster), with YAML 1.2's booleans: ``on`` is a word, not a truth value."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {
        first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@dataclass(frozen=True)
class Gist:
    """要旨 of one article, as written in ``laws/``."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    article: str
    gist: str
    effective: Span | None = None
    note: str = ""
    confidence: str = ""


@dataclass(frozen=True)
class LawFile(Law):
    """A file of ``laws/``: the law's data and the gists of its articles. Several files may share a title."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    provisions: tuple[Gist, ...] = ()


@dataclass(frozen=True)
class Knowledge:
    """The built-in library."""

    laws: tuple[Law, ...]
    provisions: tuple[Provision, ...]
    records: tuple[Record, ...]
    terms: tuple[Term, ...]
    cues: Cues
    grades: tuple[Grade, ...]
    """事故等级, lowest first."""
    content_hash: str

    @property
    def by_name(self) -> dict[str, Law]:
        """Laws by title and by every alias."""
        return {law.title: law for law in self.laws} | {alias: law for law in self.laws for alias in law.aliases}


def load_knowledge(folder: Path) -> Knowledge:
    """Read every file below ``folder``; raises ``KnowledgeError`` for the first that breaks the schema."""
    files = sorted(folder.rglob("*.yaml"))
    if not files:
        raise KnowledgeError(f"没有找到内置知识库（{folder}），请重新安装本程序。")
    laws = [_read(LawFile, data, path) for path in _inside(files, folder, "laws") for data in [_parse(path)]]
    records: list[Record] = []
    for name, kind in RECORD_TYPES.items():
        for path in _inside(files, folder, name):
            records.extend(_read(tuple[kind, ...], _parse(path) or [], path))  # type: ignore[valid-type]
    _refuse_twins(records)
    return Knowledge(
        laws=tuple(_merged(laws)),
        provisions=tuple(_gists(laws)),
        records=tuple(records),
        terms=read_yaml(folder / "terms.yaml", tuple[Term, ...]),
        cues=read_yaml(folder / "cues.yaml", Cues),
        grades=read_yaml(folder / "grades.yaml", tuple[Grade, ...]),
        content_hash=_hash(files),
    )


def load_wording(folder: Path) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Words that decide what a sentence of law says, by kind; a row holds the spellings of one."""
    kinds = Literal["tiers", "labels", "conditions", "persons", "penalties", "degrees", "periods", "force", "predicates"]
    found: dict[str, tuple[tuple[str, ...], ...]] = read_yaml(folder / "wording.yaml", dict[kinds, tuple[tuple[str, ...], ...]])
    return found


def load_english(folder: Path) -> dict[str, dict[str, str]]:
    """English words and ours for them: what is asked about (``terms``) and what is asked (``asking``)."""
    found: dict[str, dict[str, str]] = read_yaml(folder / "english.yaml", dict[Literal["terms", "asking"], dict[str, str]])
    return found


def read_yaml(path: Path, kind: Any) -> Any:
    """One file of the knowledge base as ``kind``; raises ``KnowledgeError`` where it is missing or breaks the schema."""
    if not path.exists():
        raise KnowledgeError(f"内置知识库缺少 {path.name}，请重新安装本程序。")
    return _read(kind, _parse(path), path)


def _inside(files: Iterable[Path], folder: Path, name: str) -> Iterator[Path]:
    return (path for path in files if path.parent == folder / name)


def _parse(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise KnowledgeError(f"{path}:{line}：YAML 格式有误（{getattr(error, 'problem', error)}），请改正后重试。") from error


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _read(kind: Any, data: Any, path: Path) -> Any:
    try:
        return _adapter(kind).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        line = _line(path, first["loc"])
        where = ".".join(str(part) for part in first["loc"])
        raise KnowledgeError(f"{path}:{line}：{where} 不合规定（{first['msg']}），请改正后重试。") from error


def _line(path: Path, loc: tuple[int | str, ...]) -> int:
    """Line of the node at ``loc``, or of the nearest one above it that exists."""
    node = yaml.compose(path.read_text(encoding="utf-8"), Loader)
    for part in loc:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        elif isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == part), None)
            if found is None:
                break
            node = found[1] if found[1].value else found[0]
    return node.start_mark.line + 1 if node else 1


def _merged(files: Iterable[LawFile]) -> Iterator[Law]:
    """One ``Law`` a title: the file with metadata first, aliases of all."""
    by_title: dict[str, LawFile] = {}
    for file in sorted(files, key=lambda file: not file.level):
        first = by_title.setdefault(file.title, file)
        extra = tuple(alias for alias in file.aliases if alias not in first.aliases)
        by_title[file.title] = replace(first, aliases=first.aliases + extra)
    for file in by_title.values():
        yield Law(**{name: getattr(file, name) for name in Law.__dataclass_fields__})


def _gists(files: Iterable[LawFile]) -> Iterator[Provision]:
    starts = {law.title: law for law in _merged(files)}
    seen: set[tuple[str, str]] = set()
    for file in files:
        law = starts[file.title]
        for position, entry in enumerate(file.provisions):
            if (law.title, entry.article) in seen:
                continue
            seen.add((law.title, entry.article))
            span = entry.effective or Span(law.effective.start, None)
            yield Provision(
                ref=ArticleRef(law.title, entry.article),
                text=entry.gist.strip(),
                kind=TextKind.GIST,
                effective=replace(span, end=span.end or law.effective.end),
                document="builtin",
                position=position,
                note=entry.note,
                confidence=entry.confidence or law.confidence,
            )


def _refuse_twins(records: Iterable[Record]) -> None:
    seen: set[str] = set()
    for record in records:
        if record.id in seen:
            raise KnowledgeError(f"知识库中编号 {record.id} 出现两次，请改成不同的编号。")
        seen.add(record.id)


def _hash(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
