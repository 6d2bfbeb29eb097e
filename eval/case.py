"""Questions with what a good answer has to hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import UsageError
from assistant.law.refs import find_refs, parse_article

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Gold:
    """An article that a good answer cites; ``article`` is ``""`` where any part of the text will do."""

    law: str
    article: str
    seed: str = ""
    """A practice or case that rests on this seed counts."""


@dataclass(frozen=True)
class Fact:
    """Something an answer has to state (or must not), in any words.

    ``terms``: groups of alternatives; the fact is stated when each group has an alternative in the answer. Empty: judged by the
    fact's own figures and words.
    """

    text: str
    terms: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Case:
    """One question, in one or more turns."""

    id: str
    turns: tuple[str, ...]
    behavior: str
    gold: tuple[Gold, ...]
    must_state: tuple[Fact, ...]
    must_not: tuple[Fact, ...]
    group: str = ""
    type: str = ""


def load_cases(path: Path) -> list[Case]:
    """Read a file of the form of ``cases/questions.json``; facts may be plain strings, articles may be as a lawyer writes them."""
    try:
        return [_case(row) for row in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        reason = f"缺少 {error}" if isinstance(error, KeyError) else str(error)
        raise UsageError(f"读不了问题文件“{path}”（{reason}），请按 eval/cases/questions.json 的格式编写。") from error


def _case(row: Mapping[str, Any]) -> Case:
    return Case(
        id=row["id"],
        turns=tuple(row["turns"]),
        behavior=row["expected_behavior"],
        gold=tuple(dict.fromkeys(_gold(gold) for gold in row.get("gold", []))),
        must_state=tuple(_fact(fact) for fact in row.get("must_state", [])),
        must_not=tuple(_fact(fact) for fact in row.get("must_not", [])),
        group=row.get("group", ""),
        type=row.get("type", ""),
    )


def _gold(gold: Mapping[str, Any]) -> Gold:
    law = gold.get("law_key") or gold["law"]
    if law.startswith("种子"):
        return Gold(law, "", law.removeprefix("种子"))
    return Gold(law, gold.get("article_no") or _number(law, gold.get("article") or ""))


def _number(law: str, article: str) -> str:
    """``134-1`` of 第一百三十四条之一, 134条之一, 第一百三十四条之一第二项; ``""`` of 全文."""
    number = parse_article(article)
    if number is None:
        found = find_refs(f"《{law}》{article}", {law: law})
        number = next((hit.ref.article for hit in found if hit.ref), "")
    return number


def _fact(fact: str | Mapping[str, Any]) -> Fact:
    if isinstance(fact, str):
        return Fact(fact)
    return Fact(fact["fact"], tuple(tuple(group) for group in fact.get("terms", [])))
