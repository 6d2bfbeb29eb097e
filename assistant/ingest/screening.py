"""Reading ``knowledge_base/screening/``: models that look for cases in tables, checked against themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from assistant.domain.screening import Model, Rule
from assistant.errors import KnowledgeError
from assistant.ingest.records import read_yaml

FOLDER = "screening"
_GIVEN = {"days", "due", "at", "count", "list", "fault", "usual", "span"}
"""What a check itself says."""


def load_models(folder: Path) -> tuple[Model, ...]:
    """All models in the order of their files; raises ``KnowledgeError`` for a table or column that is not declared."""
    models = tuple(read_yaml(path, Model) for path in sorted((folder / FOLDER).glob("*.yaml")))
    for model in models:
        for rule in model.rules:
            for table, column in _named(rule):
                role = next((role for role in model.tables if role.key == table), None)
                if role is None or column not in {known.key for known in role.columns}:
                    raise KnowledgeError(
                        f"{FOLDER} 中“{model.name}”的规则“{rule.name}”用了没有声明的 {table}.{column}，请改正后重试。"
                    )
    return models


def _named(rule: Rule) -> Iterator[tuple[str, str]]:
    for column in rule.columns:
        yield from ((rule.table, part) for part in re.split(r"[+|]", column.replace("?", "")))
    for term in (term for way in rule.match for term in way):
        own, *other = re.split(r"[=<~/]", term)
        yield rule.table, own
        yield rule.against, other[0] if other else own
    yield from ((rule.table, condition.column) for condition in (*rule.any, *rule.all))
    yield from ((rule.against, condition.column) for condition in rule.where)
    yield from ((rule.against, column.replace("?", "")) for column in rule.other)
    for _, name, _, _ in Formatter().parse(rule.says):
        if name and name not in _GIVEN:
            yield (rule.against, name.removeprefix("other_")) if name.startswith("other_") else (rule.table, name)
