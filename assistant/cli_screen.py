"""``anheng screen``: look for cases in tables. Exit code 0 where nothing is found, 4 where something is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.documents.screened import CAUTION
from assistant.domain.screening import Grid, Plan, Screened
from assistant.errors import UsageError
from assistant.screening import Screening
from assistant.terminal import Progressing, out, print_json, running

FOUND = 4
_SHOWN = 5
"""Hits of each rule on the screen; the file has all."""


def screen(
    files: Annotated[list[Path], typer.Argument(help="表格：.csv 或 .xlsx，可以几个一起。")],
    model: Annotated[
        str, typer.Option("--model", help="deaths、certificates、gas、mines、penalties 之一；不写则按列名判断。")
    ] = "",
    to: Annotated[Path | None, typer.Option("--out", help="结果另存为 .xlsx。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
) -> None:
    """线索：在表格里找可能的案件。数据不出本机，不保存。"""
    for path in files:
        if not path.is_file():
            raise UsageError(f"找不到“{path}”，请检查路径。")
    if to is not None and to.suffix.lower() != ".xlsx":
        raise UsageError("--out 请写 .xlsx 文件名，例如 线索.xlsx。")
    with running(model=False) as services:
        screening: Screening = services.screening
        with Progressing() as bar:
            grids = screening.read([(path, path.name) for path in files], bar)
            plan = screening.guess(grids, model)
            found = screening.screen(grids, plan, bar)
        if to is not None:
            to.write_bytes(screening.excel(found, grids, plan))
        if as_json:
            print_json(_json(screening, found))
        else:
            _show(screening, found, grids, plan)
    raise typer.Exit(FOUND if found.hits else 0)


def _json(screening: Screening, found: Screened) -> dict[str, Any]:
    rules = [
        {
            "rule": rule.key,
            "name": rule.name,
            "skipped": found.skipped.get(rule.key, ""),
            "hits": [{"says": hit.says, "rows": [str(place) for place in hit.places]} for hit in found.of(rule.key)],
            "means": rule.means,
            "cite": [screening.cited(cite).title for cite in rule.cite],
            "next": rule.next,
        }
        for rule in found.model.rules
    ]
    return {
        "model": found.model.key,
        "rules": rules,
        "unread": found.unread_count,
        "limits": found.model.limits,
        "caution": CAUTION,
    }


def _say(line: str, style: str = "") -> None:
    out.print(line, style=style, markup=False)


def _show(screening: Screening, found: Screened, grids: list[Grid], plan: Plan) -> None:
    _say(found.model.name)
    for grid, use in zip(grids, plan.uses, strict=True):
        role = found.model.role(use.role).name if use.role else "没有用到"
        rest = [heading for at, heading in enumerate(grid.headings) if heading and at not in use.columns.values()]
        unused = f"；没有用的列：{'、'.join(rest)}" if rest else ""
        _say(f"  {grid.name}：{len(grid.rows)}行，当作{role}{unused}", style="dim")
    for rule in found.model.rules:
        hits, skipped = found.of(rule.key), found.skipped.get(rule.key)
        _say(f"{rule.name}：" + (f"没有查（{skipped}）" if skipped else f"{len(hits)}条"))
        for hit in hits[:_SHOWN]:
            _say(f"  {hit.places[0]}　{hit.says}")
        if len(hits) > _SHOWN:
            _say(f"  ……另有{len(hits) - _SHOWN}条，用 --out 存成 Excel 可看全部", style="dim")
        if hits:
            _say(f"  意味着：{rule.means}。依据：{'、'.join(screening.cited(cite).title for cite in rule.cite)}", style="dim")
            _say(f"  下一步：{rule.next}", style="dim")
    if found.unread_count:
        _say(f"有{found.unread_count}处单元格读不出来，没有参与比较。")
    _say(f"限度：{found.model.limits}", style="dim")
    _say(CAUTION)
