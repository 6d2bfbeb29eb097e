"""术语: one plain sentence for each term of art, shown where an answer first uses it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from assistant.errors import KnowledgeError

FILE = "glossary.yaml"


@dataclass(frozen=True)
class GlossaryEntry:
    """A term and what it means."""

    term: str
    means: str
    also: tuple[str, ...] = ()
    """Other wordings of the same term."""
    cite: tuple[str, ...] = ()
    """Articles ``法律#条/款/项`` where it is law."""


@dataclass(frozen=True)
class Glossary:
    """The terms, ready to be found in a text."""

    entries: tuple[GlossaryEntry, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, GlossaryEntry]:
        """Every wording to its entry."""
        return {name: entry for entry in self.entries for name in (entry.term, *entry.also)}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds any wording, the longest first."""
        names = sorted(self.by_name, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, names)) or r"(?!)")


def load_glossary(knowledge: Path) -> Glossary:
    """Read ``glossary.yaml``; a library without one has no tooltips."""
    path = knowledge / FILE
    if not path.exists():
        return Glossary()
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Glossary(TypeAdapter(tuple[GlossaryEntry, ...]).validate_python(data))
    except (yaml.YAMLError, ValidationError) as error:
        raise KnowledgeError(f"{path}：术语表格式有误（{str(error).splitlines()[0]}），请改正后重试。") from error
