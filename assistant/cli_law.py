"""``anheng law``: an article, as it read on a day, or on two days side by side.

Exit code 0 where the wording of every day asked about is shown, 3 where one of them is not at hand or there was none.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from assistant.answer.two_days import TwoDays, two_days
from assistant.domain.history import DayLaw, Standing
from assistant.errors import BadDate, UsageError
from assistant.law.comparison import Pieces
from assistant.law.labels import label
from assistant.services import Services
from assistant.terminal import (
    cited_line,
    day,
    iso,
    law_row,
    out,
    print_json,
    provision_json,
    read_rows,
    related_json,
    running,
    write_rows,
)

NOT_OF_THE_DAY = 3


def law(
    name: Annotated[str, typer.Argument(help="法律名称，或者“刑法第一百三十四条之一”。")] = "",
    article: Annotated[str, typer.Argument(help="条号：134-1、114、第一百一十四条。")] = "",
    on: Annotated[str, typer.Option("--on", help="按哪一天的法律，YYYY-MM-DD；默认今天。")] = "",
    later: Annotated[str, typer.Option("--and", help="再给一天：两天的文本对照，用于从旧兼从轻。")] = "",
    batch: Annotated[Path | None, typer.Option("--batch", help="逐行 JSON：qid、law、article。")] = None,
    to: Annotated[Path | None, typer.Option("--out", help="与 --batch 同用的输出文件。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
) -> None:
    """查一条法律条文；--on 指定日期，--and 再给一天对照。"""
    with running() as services:
        if batch is not None:
            write_rows((law_row(services, row, day(on)) for row in read_rows(batch)), to)
            return
        if not name.strip():
            raise UsageError("请写出法律名称和条号，例如：anheng law 刑法 134-1")
        if later and not on:
            raise BadDate("对照两天的文本要写两个日期，例如：--on 2023-05-01 --and 2024-06-01")
        found = services.day_law(name, article, day(on))
        if later:
            _show_both(services, two_days(found, services.day_law(name, article, day(later)), services.sources), as_json)
        else:
            _show(services, found, as_json)


def _show(services: Services, found: DayLaw, as_json: bool) -> None:
    value = _json(services, found) | related_json(services, found.provision)
    if as_json:
        print_json(value)
    else:
        if found.sentence:
            out.print(found.sentence, style="yellow", markup=False)
        out.print(_head(value, found), style="bold", markup=False)
        out.print(found.provision.text, markup=False)
        if found.provision.note != found.sentence and found.provision.note:
            out.print(f"注意：{found.provision.note}", style="yellow", markup=False)
        if value["cited_by"]:
            out.print(cited_line(value["cited_by"]), style="dim", markup=False)
    if found.sentence:
        raise typer.Exit(NOT_OF_THE_DAY)


def _show_both(services: Services, both: TwoDays, as_json: bool) -> None:
    deciding = [provision_json(services, one, both.now.on) for one in both.deciding]
    if as_json:
        pair = {"then": _json(services, both.then), "now": _json(services, both.now)}
        print_json(pair | {"sentence": both.sentence, "deciding": deciding})
    else:
        out.print(both.sentence, style="yellow", markup=False)
        for one, pieces, style in ((both.then, both.then_pieces, "red"), (both.now, both.now_pieces, "green")):
            out.print(f"{one.on.isoformat()}：{_head(_json(services, one), one)}", style="bold", markup=False)
            out.print(_marked(pieces, style))
            if one.provision.note and one.provision.note != one.sentence:
                out.print(f"注意：{one.provision.note}", style="yellow", markup=False)
        out.print("决定适用哪一天的条文：", style="bold", markup=False)
        for provision in both.deciding:
            out.print(f"{label(provision.ref)}：{provision.text.splitlines()[0]}", markup=False)
    if both.then.sentence or both.now.sentence:
        raise typer.Exit(NOT_OF_THE_DAY)


def _json(services: Services, found: DayLaw) -> dict[str, Any]:
    """A provision with what it is on the day: 当日有效, or why it is not the law of the day."""
    value = provision_json(services, found.provision, found.on)
    ends = {"effective_to": iso(found.provision.effective.end)}
    return value | ends | {"on": iso(found.on), "standing": found.standing.value, "sentence": found.sentence}


def _head(value: dict[str, Any], found: DayLaw) -> str:
    since = f"，{value['effective_from']}起施行" if value["effective_from"] else ""
    until = f"，至{value['effective_to']}" if value["effective_to"] else ""
    status = found.standing.value if value["effective_to"] and found.standing is Standing.IN_FORCE else value["status"]
    return f"{label(found.provision.ref)}（{value['text_kind']}，{status}{since}{until}）"


def _marked(pieces: Pieces, style: str) -> Text:
    """What the other wording lacks, in 〔〕 and in colour, so that it is seen without colour too."""
    whole = len(pieces) == 1
    return Text.assemble(*((f"〔{one.text}〕", style) if one.changed and not whole else one.text for one in pieces))
