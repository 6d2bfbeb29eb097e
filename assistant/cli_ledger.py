"""``anheng ledger``: the 台账 from the command line. Exit code 4 where ``verify`` finds something changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli_ledger_files import (
    LOCAL,
    STATES,
    By,
    Owner,
    Site,
    chart,
    export,
    findings,
    import_,
    ledger_of,
    load,
    one_of,
    packet,
    who_of,
)
from assistant.domain.ledger import Deed, Filter, Gap, LedgerRow, Level, Penalty, State
from assistant.errors import UsageError
from assistant.services import Services
from assistant.terminal import Progressing, day, out, print_json, running

ledger = typer.Typer(help="台账：隐患登记、整改、复查，导入导出，数据包，校验。", no_args_is_help=True)
ledger.command("import")(import_)
for command in (findings, export, packet, load, chart):
    ledger.command()(command)
FOUND = 4
_SHORT = 8
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
Row = Annotated[str, typer.Argument(help="行的编号（list 里每行开头的8位）。")]


def _row(services: Services, owner: str, prefix: str) -> tuple[str, str, LedgerRow]:
    found = services.ledger.queries.starting(owner, prefix) if len(prefix) >= 4 else []
    if len(found) != 1:
        why = "对应不止一行，请多写几位" if found else "没有对应的行，请用 anheng ledger list 查看"
        raise UsageError(f"编号“{prefix}”{why}。")
    return found[0]


@ledger.command("list")
def list_(
    site: Site = "",
    state: Annotated[str, typer.Option("--state", help="待整改、整改中、待复查、已销号、逾期、未销号之一。")] = "",
    month: Annotated[str, typer.Option("--month", help="发现的月份，如 2026-11。")] = "",
    person: Annotated[str, typer.Option("--person", help="责任人或者责任岗位。")] = "",
    repeated: Annotated[bool, typer.Option("--repeated", help="只看重复出现的。")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="最多列几行。")] = 50,
    owner: Owner = "",
    as_json: AsJson = False,
) -> None:
    """列出台账：逾期和快到期的在前。"""
    if state:
        one_of(state, STATES, "状态")
    with running(model=False) as services:
        key = ledger_of(services, owner, site).id if site else ""
        wanted = Filter(key, state, month, person, repeated=repeated)
        rows = services.ledger.rows(owner, wanted, limit)
        tally = services.ledger.tally(owner, wanted)
    if as_json:
        print_json([_json(site, row) for _, site, row in rows])
        return
    for _, name, row in rows:
        out.print(_line(name, row), markup=False)
    out.print(
        f"共 {tally.total} 行：{'，'.join(f'{name} {count}' for name, count in tally.states.items() if count)}", markup=False
    )


def _line(site: str, row: LedgerRow) -> str:
    gap, today = row.gap, date.today()
    late = f"（逾期{(today - gap.deadline).days}天）" if row.overdue(today) and gap.deadline else ""
    again = f"（重复{row.repeats}次）" if row.repeats else ""
    due = f"期限 {gap.deadline}" if gap.deadline else "未定期限"
    responsible = gap.person or gap.post or "未定责任人"
    return f"{row.id[:_SHORT]}  {site}  [{gap.level}] {gap.hazard}{again}  {row.state}{late}  {due}  {responsible}"


def _json(site: str, row: LedgerRow) -> dict[str, Any]:
    gap = row.gap
    return {
        "id": row.id,
        "site": site,
        "number": row.number,
        "hazard": gap.hazard,
        "level": gap.level,
        "cites": list(gap.cites),
        "state": row.state,
        "overdue": row.overdue(date.today()),
        "deadline": gap.deadline and gap.deadline.isoformat(),
        "person": gap.person,
        "post": gap.post,
        "repeats": row.repeats,
        "after_penalty": bool(row.after_penalty),
        "evidence": [{"name": one.name, "sha256": one.sha256} for one in row.evidence],
        "remarks": row.remarks,
    }


@ledger.command()
def add(
    site: Annotated[str, typer.Argument(help="场所名称。")],
    hazard: Annotated[str, typer.Argument(help="隐患内容。")],
    level: Annotated[str, typer.Option("--level", help="重大、较大、一般。")] = "一般",
    measure: Annotated[str, typer.Option("--measure", help="整改措施。")] = "",
    post: Annotated[str, typer.Option("--post", help="责任岗位。")] = "",
    person: Annotated[str, typer.Option("--person", help="责任人。")] = "",
    deadline: Annotated[str, typer.Option("--deadline", help="整改期限，YYYY-MM-DD。")] = "",
    owner: Owner = LOCAL,
    by: By = "",
) -> None:
    """登记一条隐患。"""
    graded = Level(one_of(level, tuple(Level), "等级"))
    gap = Gap("", hazard, graded, measure=measure, post=post, person=person, deadline=day(deadline), source="人工登记")
    with running(model=False) as services:
        made = services.ledger.add(owner, site, [gap], who_of(by))
    out.print(_line(site, made[0]) if made else "这条隐患今天已经登记过，没有重复登记。", markup=False)


@ledger.command()
def state(
    row: Row,
    to: Annotated[str, typer.Argument(help="待整改、整改中、待复查、已销号之一。")],
    note: Annotated[str, typer.Option("--note", help="说明。")] = "",
    file: Annotated[list[Path] | None, typer.Option("--file", help="证据文件；可重复。")] = None,
    owner: Owner = "",
    by: By = "",
) -> None:
    """改整改状态，可以附证据文件。"""
    wanted = State(one_of(to, tuple(State), "状态"))
    with running(model=False) as services:
        whose, key, found = _row(services, owner, row)
        kept = [services.ledger.files.keep(path) for path in file or ()]
        moved = services.ledger.move(whose, key, found.id, wanted, who_of(by), note, kept)
    out.print(f"第{moved.number}行现在是“{moved.state}”。", markup=False)


@ledger.command()
def penalty(
    row: Row,
    on: Annotated[str, typer.Argument(help="处罚日期，YYYY-MM-DD。")],
    kind: Annotated[str, typer.Option("--kind", help="罚款、责令停产停业等。")] = "罚款",
    number: Annotated[str, typer.Option("--number", help="处罚决定书文号。")] = "",
    owner: Owner = "",
    by: By = "",
) -> None:
    """登记一次行政处罚：以后同一隐患再出现时提示适用的规定。"""
    with running(model=False) as services:
        whose, key, found = _row(services, owner, row)
        services.ledger.punish(whose, key, found.id, Penalty(day(on) or date.today(), kind, number), who_of(by))
    out.print("已登记。", markup=False)


@ledger.command()
def remarks(
    row: Annotated[str, typer.Argument(help="行的编号；不写时列出全部检察意见。")] = "",
    words: Annotated[str, typer.Argument(help="要写的检察意见；不写时只看。")] = "",
    owner: Owner = "",
    by: By = "",
) -> None:
    """看或者写检察意见（回头看）。收到的台账也可以写。"""
    with running(model=False) as services:
        if words:
            whose, key, found = _row(services, owner, row)
            services.ledger.remark(whose, key, found.id, words, who_of(by))
            out.print("已写入。用 anheng ledger packet 导出数据包交回。", markup=False)
            return
        for one in services.ledger.ledgers(owner):
            for link in services.ledger.store.links(one.id):
                entry = link.entry
                if entry.deed is Deed.REMARK and entry.row.startswith(row):
                    via = f"（数据包指纹 {link.via}）" if link.via else ""
                    out.print(f"{entry.row[:_SHORT]}  {one.site}  {entry.when[:10]} {entry.who}{via}：{entry.note}", markup=False)


@ledger.command()
def verify(owner: Owner = "") -> None:
    """校验：台账的每一条记录、每一行、每个证据文件有没有被改动。"""
    with running(model=False) as services, Progressing() as bar:
        faults, count = services.ledger.verify(owner, bar), len(services.ledger.ledgers(owner))
    for fault in faults:
        out.print(f"{fault.site}  {fault.where}：{fault.what}", markup=False)
    out.print(f"校验了 {count} 本台账，{f'发现 {len(faults)} 处改动' if faults else '没有发现改动'}。", markup=False)
    raise typer.Exit(FOUND if faults else 0)
