"""``anheng assess``: 研判 of cases told in words, or of a fact sheet; docs/assess.md tells what stands in the file and what comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from assistant.answer.assessed import to_json, to_text
from assistant.assessing import Assessing
from assistant.domain.facts import FactSheet
from assistant.errors import UsageError
from assistant.rules.keys import table
from assistant.rules.sheet import read_sheet
from assistant.terminal import out, print_json, running

_SHAPE = "文件应当是一个列表，每项有 id 和 told（案情），或者是一份要素表（facts、people、loss_items），写法见 docs/assess.md。"


def assess(
    file: Annotated[Path | None, typer.Argument(help="YAML：案情的列表（每项 id、told），或者一份要素表。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
    keys: Annotated[bool, typer.Option("--keys", help="列出要素表可用的键。")] = False,
) -> None:
    """宽严研判：罪名、档次、宽严情节、可选处理、新旧法和时效，每一行都有出处。"""
    if keys:
        with running(model=False) as services:
            out.print(table(services.assessing.book.facts.values()), markup=False)
        return
    if file is None:
        raise UsageError(f"请给出文件，例如：anheng assess 案情.yaml --json。{_SHAPE}")
    cases = cases_of(file)
    with running(model=False) as services:
        assessing, resolve = services.assessing, services.sources.ref
        done = {name: assessing.assess(sheet_of(name, case, assessing)) for name, case in cases.items()}
        if as_json:
            print_json({name: to_json(one, resolve, assessing.similar(one)) for name, one in done.items()})
            return
        for name, one in done.items():
            out.print(f"## {name}", style="bold", markup=False)
            out.print(to_text(one, assessing.authorities(one).titles, assessing.similar(one)), markup=False)
            out.print()


def sheet_of(name: str, case: Mapping[str, Any], assessing: Assessing) -> FactSheet:
    """What is told goes before what stands beside it: in a list of cases ``facts`` are for whoever reads it."""
    if told := case.get("told"):
        return assessing.told(str(told))
    try:
        return read_sheet(case.get("sheet", case), assessing.book.facts, date.today())
    except UsageError as error:
        raise UsageError(f"“{name}”：{error}") from error


def cases_of(file: Path) -> dict[str, Mapping[str, Any]]:
    """Cases by id, each with ``told`` or as a sheet; what is a sheet whatever it tells stands under ``sheet``."""
    data = _read(file)
    if isinstance(data, dict) and "cases" not in data:
        if not data.keys() & {"facts", "people", "loss_items"}:
            raise UsageError(f"“{file}”里没有案情，也没有要素。{_SHAPE}")
        filled_in = data.get("facts") or data.get("people")  # then its told words are only there to be read
        return {str(data.get("id") or file.stem): {"sheet": data} if filled_in else data}
    rows = data["cases"] if isinstance(data, dict) else data
    if not isinstance(rows, list) or not rows:
        raise UsageError(f"“{file}”里没有案件。{_SHAPE}")
    found: dict[str, Mapping[str, Any]] = {}
    for name, row in _named(file, rows):
        if name in found:
            raise UsageError(f"“{file}”里有两个案件的 id 都是“{name}”，请改成不同的编号。")
        found[name] = row
    return found


def _named(file: Path, rows: list[Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for n, row in enumerate(rows, 1):
        if not isinstance(row, dict) or row.get("id") in (None, ""):
            raise UsageError(f"“{file}”的第 {n} 项没有 id，请给每个案件写一个编号。")
        if not (
            str(row.get("told") or "").strip() or row.keys() & {"people", "loss_items"} or isinstance(row.get("facts"), dict)
        ):
            raise UsageError(f"“{file}”中的“{row['id']}”没有 told（案情），也没有要素，请补上其中一项。")
        yield str(row["id"]), row


def _read(file: Path) -> Any:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UsageError(f"“{file}”不是 UTF-8 编码（可能是 GBK），请另存为 UTF-8 后重试。") from error
    except OSError as error:
        raise UsageError(f"读不了“{file}”（{error.strerror}），请检查路径。") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行" if mark else "内容"
        raise UsageError(f"“{file}”的{where}不合 YAML 的写法，请检查缩进、冒号和引号后重试。") from error
