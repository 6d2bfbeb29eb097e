"""Citations in running text, and how many of them a check judges rightly.

A case holds no statute's words: its text has templates that are filled from a library. A template names a place and what is taken of it.

    {刑法/134/1}                 第一款 of the article, its items with it, without the last mark; {刑法/134} is the whole article
    {刑法/134-1//2}              项 （二） of the article, without its mark; {刑法/229/1/3} where 款 is needed to tell
    {刑法/134/1:2-3}             clauses 2 to 3 of it: what stands between the marks ，；。：
    {刑法/134/1:2-3~三年→五年}   the same with other words; each must stand there exactly once; several may follow one another
    {刑法/134/2@2019-01-01}      as it read on that day; otherwise as on the day of the case
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import yaml

from assistant.domain.check import Finding, Verdict
from assistant.domain.provision import Provision
from assistant.errors import AnHengError, UsageError
from assistant.law.outline import select
from assistant.services import Services
from assistant.settings import Settings
from eval.tables import grid

CASES = Path(__file__).resolve().parent / "cases" / "citations.yaml"
FINE = frozenset({Verdict.RIGHT, Verdict.UNDECIDED})
"""Verdicts that call nothing wrong."""
KINDS = {
    "right": "正确", "invented_law": "杜撰的法", "past_end": "条号越界", "wrong_article": "张冠李戴", "altered_quote": "改动引文",
    "repealed": "已废止", "superseded": "旧文本", "not_yet": "尚未施行", "wrong_paragraph_or_item": "款项有误", "mixed_up_laws": "两法混淆",
    "wrong_document_number": "文号混淆", "wrong_number": "数字有误", "range": "条文范围", "sub_article": "之一有无", "gist_only": "只有要旨",
    "mixed_true_false": "真假相间", "trap": "陷阱",
}  # fmt: skip
TEMPLATE = re.compile(
    r"""
    \{ (?P<law>[^{}/~@]+) / (?P<article>\d+(?:-\d+)?) (?: / (?P<paragraph>\d*) (?: / (?P<item>\d+) )? )?
    (?: @ (?P<on>\d{4}-\d\d-\d\d) )? (?: : (?P<first>\d+) (?: - (?P<last>\d+) )? )? (?P<swaps> (?: ~[^{}~→]+→[^{}~→]* )* ) \}
    """,
    re.VERBOSE,
)
_CLAUSE = re.compile(r"[^，；。：:;]+[，；。：:;]*")
_ITEM_MARK = re.compile(r"^[（(][一二三四五六七八九十]+[）)]")
_MARKS = "，；。：:;、"


class Law(Protocol):
    """What a template is filled from: ``Services.law``."""

    def __call__(self, law: str, article: str = "", on: date | None = None) -> Provision:
        """One article by name and number; raises ``UnknownLaw`` or ``UnknownArticle``."""


Check = Callable[[str, date | None], Sequence[Finding]]
"""``Services.check``: every reference of a text with its verdict; today where no day is given."""


@dataclass(frozen=True)
class Ref:
    """A reference of a case, as a lawyer judges it. Offsets are those of the filled text."""

    surface: str
    start: int
    end: int
    verdicts: tuple[Verdict, ...]
    """The verdict expected, then those that will do as well."""
    facts: Mapping[str, Any] = field(repr=False)
    """What the file says of it: law, article, paragraph, item, and the proof."""


@dataclass(frozen=True)
class Case:
    """A text with its references; what must not be flagged stands in ``quiet``."""

    id: str
    kind: str
    text: str
    """Filled."""
    on: date | None
    """The day it is read at; ``None``: today."""
    refs: tuple[Ref, ...]
    quiet: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A case after the check."""

    case: Case
    missed: tuple[tuple[Ref, tuple[Verdict, ...]], ...]
    """References judged otherwise than expected, with the verdicts that they got."""
    alarms: tuple[str, ...]
    """Right references that were called wrong."""
    flagged: tuple[Finding, ...]
    """What was flagged beside the references: traps, and places that the case says nothing of."""


def words(template: re.Match[str], law: Law, on: date | None) -> str:
    """What a template stands for; raises ``UsageError`` where it takes what is not there."""
    day = date.fromisoformat(template["on"]) if template["on"] else on
    paragraph, item = (int(template[name]) if template[name] else None for name in ("paragraph", "item"))
    text = select(law(template["law"], template["article"], day).text, paragraph, item)
    if not text:
        raise UsageError(f"模板 {template[0]} 指向的款项不存在，请改正。")
    plain = _ITEM_MARK.sub("", "".join(text.split("\n")))
    clauses = _CLAUSE.findall(plain)
    first, last = int(template["first"] or 1), int(template["last"] or template["first"] or len(clauses))
    if not 0 < first <= last <= len(clauses):
        raise UsageError(f"模板 {template[0]} 取第 {first} 至 {last} 句，而该处只有 {len(clauses)} 句，请改正。")
    taken = "".join(clauses[first - 1 : last]).rstrip(_MARKS)
    for old, new in (swap.split("→") for swap in template["swaps"].split("~")[1:]):
        if taken.count(old) != 1:
            raise UsageError(f"模板 {template[0]} 要改的“{old}”在原文中出现 {taken.count(old)} 次，应当恰好一次。")
        taken = taken.replace(old, new)
    return taken


def fill(text: str, law: Law, on: date | None = None) -> str:
    """The text with every template filled; a text without templates stays as it is."""
    filled = TEMPLATE.sub(lambda template: words(template, law, on), text)
    if "{" in filled or "}" in filled:
        raise UsageError(f"“{filled[max(0, filled.find('{')) :][:40]}”不是能读的模板，请按 eval/citations.py 开头的格式改正。")
    return filled


def load(path: Path, law: Law) -> list[Case]:
    """Read a file of the form of ``cases/citations.yaml``."""
    try:
        return [_case(row, law) for row in yaml.safe_load(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError, KeyError, yaml.YAMLError) as error:
        reason = f"缺少 {error}" if isinstance(error, KeyError) else str(error)
        raise UsageError(f"读不了引用核验题“{path}”（{reason}），请按 eval/cases/citations.yaml 的格式编写。") from error


def _case(row: Mapping[str, Any], law: Law) -> Case:
    on = row.get("as_of")
    text = fill(row["text"], law, on)
    refs, seen = [], dict.fromkeys((ref["surface"] for ref in row["refs"]), 0)
    for ref in row["refs"]:
        surface = ref["surface"]
        start = text.index(surface, seen[surface])
        seen[surface] = start + len(surface)
        verdicts = tuple(Verdict(name) for name in (ref["expect"], *ref.get("accept", ())))
        refs.append(Ref(surface, start, seen[surface], verdicts, ref))
    quiet = tuple(row.get("must_not_flag") or ())
    if absent := [part for part in quiet if part not in text]:
        raise ValueError(f"{row['id']}：正文没有“{absent[0]}”")
    return Case(row["id"], row["kind"], text, on, tuple(refs), quiet)


def evaluate(cases: Iterable[Case], check: Check) -> list[Row]:
    """Check every case."""
    return [_row(case, check(case.text, case.on)) for case in cases]


def _row(case: Case, findings: Sequence[Finding]) -> Row:
    missed, alarms = [], []
    beside = list(findings)
    for ref in case.refs:
        met = [finding for finding in findings if finding.start < ref.end and ref.start < finding.end]
        beside = [finding for finding in beside if finding not in met]
        got = tuple(dict.fromkeys(finding.verdict for finding in met))
        alarm = ref.verdicts[0] is Verdict.RIGHT and not FINE.issuperset(got)
        alarms += [ref.surface] if alarm else []
        if alarm or not set(got) & set(ref.verdicts):
            missed.append((ref, got))
    flagged = tuple(finding for finding in beside if finding.verdict not in _allowed(finding, case))
    return Row(case, tuple(missed), tuple(alarms), flagged)


def _allowed(finding: Finding, case: Case) -> Collection[Verdict]:
    """In a trap even 无法判断 sends the reader after something that is no citation."""
    trap = not case.refs or any(finding.surface in part or part in finding.surface for part in case.quiet)
    return {Verdict.RIGHT} if trap else FINE


def figures(rows: Sequence[Row]) -> dict[str, Any]:
    """References, the share judged as expected, right ones called wrong, and what was flagged beside references."""
    count = sum(len(row.case.refs) for row in rows)
    missed = sum(len(row.missed) for row in rows)
    traps = [row for row in rows if not row.case.refs]
    return {
        "n": count,
        "verdicts": round(1 - missed / count, 4) if count else 1.0,
        "right_called_wrong": sum(len(row.alarms) for row in rows),
        "traps": len(traps),
        "traps_flagged": sum(bool(row.flagged) for row in traps),
        "flagged_beside": sum(len(row.flagged) for row in rows if row.case.refs),
    }


def told(rows: Sequence[Row]) -> str:
    """A table by kind, and every miss."""
    lines = []
    for kind in dict.fromkeys([*KINDS, *(row.case.kind for row in rows)]):
        of_kind = [row for row in rows if row.case.kind == kind]
        if of_kind:
            count, missed = sum(len(row.case.refs) for row in of_kind), sum(len(row.missed) for row in of_kind)
            alarms, flagged = sum(len(row.alarms) for row in of_kind), sum(len(row.flagged) for row in of_kind)
            cells = (len(of_kind), count, count - missed, alarms, flagged)
            lines.append([KINDS.get(kind, kind), *map(str, cells)])
    total = [str(sum(int(line[n]) for line in lines)) for n in range(1, 6)]
    table = grid(["类别", "题", "引用", "判对", "对的判错", "别处误标"], [*lines, ["合计", *total]])
    return "\n".join([table, "", *(line for row in rows for line in _misses(row))]).rstrip()


def _misses(row: Row) -> list[str]:
    wrong = [
        f"{row.case.id}  {ref.surface}：应为{'／'.join(ref.verdicts)}，得{'、'.join(got) or '没有找到'}"
        for ref, got in row.missed
    ]
    return [*wrong, *(f"{row.case.id}  {finding.surface}：不该标为{finding.verdict}（{finding.why}）" for finding in row.flagged)]


def main(arguments: Sequence[str] | None = None) -> int:
    """A file checked on a home."""
    parser = argparse.ArgumentParser(prog="python -m eval.citations", description="引用核验评测")
    parser.add_argument("file", nargs="?", type=Path, default=CASES, help="引用核验题，缺省为 eval/cases/citations.yaml")
    parser.add_argument("--home", type=Path, help="已导入官方文本的目录，缺省为 ANHENG_HOME 或用户目录")
    given = parser.parse_args(arguments)
    services = Services(Settings(home=given.home) if given.home else Settings())
    try:
        rows = evaluate(load(given.file, services.law), services.check)
    except AnHengError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    sys.stdout.write(told(rows) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
