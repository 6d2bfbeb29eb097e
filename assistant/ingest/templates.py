"""Reading ``knowledge_base/templates/``: papers as a lawyer edits them, checked against the facts and options of the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from assistant.domain.papers import Line, Template
from assistant.domain.provision import ArticleRef
from assistant.domain.rules import Condition, RuleBook
from assistant.errors import KnowledgeError
from assistant.ingest.records import read_yaml

SLOTS = {"person", "offence", "range", "harm", "day", "told"}
"""Slots that are no fact of the sheet."""
FOUND = {"suspected", "barred", "offences", "strict", "lenient", "options", "excluded"}
"""What a condition may also speak of: what the 研判 found."""
SLOT = re.compile(r"\{(\w*)\}")


def load_templates(folder: Path, book: RuleBook) -> Mapping[str, Template]:
    """Templates by key, in the order of their files; raises ``KnowledgeError`` for what is broken, with file and place."""
    options = {rule.key for rule in book.options}
    found: dict[str, Template] = {}
    for path in sorted((folder / "templates").glob("*.yaml")):
        template = read_yaml(path, Template)
        if template.key in found:
            raise KnowledgeError(f"{path.name} 的 key“{template.key}”与另一个模板相同，请改成不同的名字。")
        for sentence in _wrong(template, book, options):
            raise KnowledgeError(f"文书模板 {path.name}：{sentence}")
        found[template.key] = template
    return found


def _wrong(template: Template, book: RuleBook, options: set[str]) -> Iterator[str]:
    if template.option and template.option not in options:
        yield f"option“{template.option}”不在 rules/options.yaml 里，请改正。"
    yield from _unknown(template.fits, book, "fits")
    lines = lines_of(template)
    for line in lines:
        text = line.say or line.law
        where = f"“{(text or line.feed or '')[:20]}”"
        if sum(map(bool, (line.say, line.law, line.feed))) != 1:
            yield f"{where}要在 say、law、feed 里写且只写一项。"
        if bool(line.law) != bool(line.cite):
            yield f"{where}写法律的一段要用 law 并写 cite，不写法律的一段不写 cite。"
        yield from (f"{where}里没有“{slot}”这一项要素。" for slot in SLOT.findall(text) if slot not in {*SLOTS, *book.facts})
        yield from _unknown(line.when, book, where)
        if line.feed == "options":
            yield from (f"{where}里没有“{key}”这一项处理。" for key in line.only if key not in options)
        yield from (f"{where}的出处“{cite}”要写成 法律#条/款/项。" for cite in line.cite if not _readable(cite))


def _unknown(condition: Condition, book: RuleBook, where: str) -> Iterator[str]:
    for key, wanted in condition.items():
        if key in {"all", "any"}:
            for one in wanted:
                yield from _unknown(one, book, where)
        elif key in {"not", "assume"}:
            yield from _unknown(wanted, book, where)
        elif key not in book.facts and key not in FOUND:
            yield f"{where}的条件用了没有声明的要素“{key}”，请在 facts.yaml 中声明或者改正。"


def _readable(cite: str) -> bool:
    try:
        ArticleRef.parse(cite)
    except ValueError:
        return False
    return True


def lines_of(template: Template) -> tuple[Line, ...]:
    """Every line, in order."""
    return (*template.opening, *(line for part in template.parts for line in part.lines), *template.closing)
