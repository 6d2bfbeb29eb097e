"""``anheng check``: the legal references of a text against the library.

Exit code 0 where every one is 一致, 5 where nothing is wrong but something is 无法判断, 4 otherwise.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from assistant.domain.check import Finding, Verdict
from assistant.errors import UsageError
from assistant.terminal import Progressing, day, out, print_json, running

WRONG, UNDECIDED = 4, 5
_STYLES = {Verdict.RIGHT: "green", Verdict.UNDECIDED: "yellow"}


def check(
    file: Annotated[str, typer.Argument(help="要核验的文件：Word、PDF、Markdown、纯文本；- 为标准输入。")] = "",
    on: Annotated[str, typer.Option("--on", help="按哪一天的法律核验，YYYY-MM-DD；默认今天。")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
    word: Annotated[Path | None, typer.Option("--word", help="另存一份带批注的 Word 文件。")] = None,
    batch: Annotated[Path | None, typer.Option("--batch", help="YAML：每项 id、text、as_of。")] = None,
    to: Annotated[Path | None, typer.Option("--out", help="与 --batch 同用的输出文件。")] = None,
) -> None:
    """引用核验：逐处核对一份文字里的法条引用。"""
    if batch is not None:
        _many(batch, to)
        return
    if not file:
        raise UsageError("请写出要核验的文件，或者用 - 从标准输入读取。")
    text = _text(file)
    with running() as services, Progressing() as bar:
        findings = services.check(text, day(on), bar)
    if word is not None:
        from assistant.documents.checked import marked_copy

        word.write_bytes(marked_copy(text, findings, Path(file) if file != "-" else None))
    if as_json:
        print_json([finding.as_json() for finding in findings])
    else:
        _show(findings)
    raise typer.Exit(exit_code(findings))


def exit_code(findings: Sequence[Finding]) -> int:
    """0, 4 or 5; see the head of this file."""
    verdicts = {finding.verdict for finding in findings}
    if verdicts - {Verdict.RIGHT, Verdict.UNDECIDED}:
        return WRONG
    return UNDECIDED if Verdict.UNDECIDED in verdicts else 0


def _text(file: str) -> str:
    if file == "-":
        from assistant.ingest.plain import decode

        return decode(sys.stdin.buffer.read(), "标准输入")
    path = Path(file)
    if not path.is_file():
        raise UsageError(f"找不到“{file}”，请检查路径。")
    from assistant.ingest.as_written import as_written

    return as_written(path)


def _show(findings: Sequence[Finding]) -> None:
    if not findings:
        out.print("没有找到带条号的法律引用。")
    for finding in findings:
        out.print(f"{finding.verdict.value}　{finding.surface}", style=_STYLES.get(finding.verdict, "red"), markup=False)
        for line in filter(None, [finding.why, f"应为：{finding.right}" if finding.right not in finding.why else ""]):
            out.print(f"      {line}", style="dim", markup=False)


def _many(batch: Path, to: Path | None) -> None:
    """Each item of a YAML file at its own date."""
    items = _items(batch)
    with running() as services:
        rows = [
            {"id": item.get("id"), "findings": [found.as_json() for found in services.check(str(item["text"]), _as_of(item))]}
            for item in items
        ]
    written = json.dumps(rows, ensure_ascii=False, indent=1)
    if to is None:
        print_json(rows)
    else:
        to.write_text(written + "\n", encoding="utf-8")


def _items(batch: Path) -> list[dict[str, Any]]:
    try:
        items = yaml.safe_load(batch.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(f"“{batch}”读不出来，请给一个 UTF-8 的 YAML 文件，每项有 id、text、as_of。") from error
    if not isinstance(items, list) or not all(isinstance(item, dict) and "text" in item for item in items):
        raise UsageError(f"“{batch}”应是一个列表，每项有 id、text、as_of（可空）。")
    return items


def _as_of(item: dict[str, Any]) -> date | None:
    given = item.get("as_of")
    return given if isinstance(given, date) else day(str(given or ""))
