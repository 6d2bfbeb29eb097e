"""The 要素 that a sheet may have, as a table for who writes one by hand."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from assistant.domain.facts import FactKey

_KINDS = {"flag": "是/否", "count": "整数", "money": "万元", "number": "数", "date": "日期", "choice": "选项", "text": "文字"}


def table(keys: Iterable[FactKey]) -> str:
    """Markdown, a table a group: key, label, what may be written, and whether it may differ from person to person."""
    parts = []
    for group, of_group in groupby(keys, key=lambda key: key.group):
        rows = "\n".join(f"| `{key.key}` | {key.label} | {_values(key)} | {'✓' if key.person else ''} |" for key in of_group)
        parts.append(f"### {group}\n\n| 键 | 要素 | 怎样写 | 可按人 |\n|---|---|---|---|\n{rows}\n")
    return "\n".join(parts)


def _values(key: FactKey) -> str:
    options = "；".join(f"`{option}` {label}" for option, label in key.options.items())
    kind = f"数（{key.unit}）" if key.unit else _KINDS[key.kind]
    return "。".join(part for part in (options or kind, key.hint) if part)
