"""词组: words that stand for one another, named once in data and used in expressions as ``〈name〉``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from assistant.errors import KnowledgeError

_NAMED = re.compile("〈([^〈〉]+)〉")


def spell_out(value: Any, lexicon: Mapping[str, str]) -> Any:
    """The same value with each ``〈name〉`` in its expressions replaced; raises ``KnowledgeError`` for a name that is not there."""
    if isinstance(value, str):
        return _NAMED.sub(lambda found: f"(?:{_words(found[1], lexicon)})", value)
    if isinstance(value, tuple):
        return tuple(spell_out(one, lexicon) for one in value)
    if isinstance(value, Mapping):
        return {key: spell_out(one, lexicon) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: spell_out(getattr(value, one.name), lexicon) for one in fields(value) if one.init})
    return value


def _words(name: str, lexicon: Mapping[str, str]) -> str:
    if name not in lexicon:
        raise KnowledgeError(f"told.yaml 用了没有定义的词组〈{name}〉，请写进 lexicon 或者改正。")
    return str(spell_out(lexicon[name], {key: words for key, words in lexicon.items() if key != name}))
