"""提示词: one file a prompt, the variables that it takes declared in its front matter and checked when it is read.

A file is a front matter between two lines of ``---`` and then messages, each under ``# system`` or ``# user``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import yaml

from assistant.errors import KnowledgeError

_HEAD = re.compile(r"\A---\n(?P<head>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_ROLE = re.compile(r"^# (?P<role>system|user)\n", re.MULTILINE)


@dataclass(frozen=True)
class Prompt:
    """A prompt: its messages with ``{variable}`` where a value goes."""

    name: str
    variables: frozenset[str]
    messages: tuple[tuple[str, str], ...]
    """(role, template), role is ``system`` or ``user``."""

    def filled(self, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """The messages as they are sent; raises ``KeyError`` naming what has no value."""
        missing = self.variables - values.keys()
        if missing:
            raise KeyError(f"{self.name}: {'、'.join(sorted(missing))}")
        return tuple((role, template.format_map(values)) for role, template in self.messages)


def load_prompt(folder: Path, name: str) -> Prompt:
    """Read ``<name>.md``; raises ``KnowledgeError`` where it is missing or its variables are not those declared."""
    file = folder / f"{name}.md"
    try:
        found = _HEAD.match(file.read_text(encoding="utf-8"))
        declared = frozenset(yaml.safe_load(found["head"])["variables"]) if found else None
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        raise KnowledgeError(f"读不了提示词 {file}（{type(error).__name__}），请恢复该文件。") from error
    if found is None or declared is None:
        raise KnowledgeError(f"提示词 {file} 缺少文件头，请在两行 --- 之间写明 variables。")
    roles = _ROLE.split(found["body"])[1:]
    messages = tuple((role, text.strip()) for role, text in zip(roles[::2], roles[1::2], strict=True))
    used = {field for _, text in messages for _, field, _, _ in Formatter().parse(text) if field is not None}
    if not messages or used != declared:
        named = "、".join(sorted(used ^ declared)) or "没有 # system 或 # user 段落"
        raise KnowledgeError(f"提示词 {file} 声明的变量与用到的不一致（{named}），请改正。")
    return Prompt(name, declared, messages)
