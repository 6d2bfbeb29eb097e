"""Files of ``anheng ledger``: tables and packets in and out, charts; and what its commands share."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.documents.ledger_charts import KINDS, Kind, legend
from assistant.documents.ledger_excel import write_bad
from assistant.domain.ledger import OVERDUE, UNCLOSED, Filter, Ledger, State
from assistant.domain.ledger_book import Imported, Understood
from assistant.errors import UsageError
from assistant.services import Services
from assistant.terminal import Progressing, err, out, running

LOCAL = "local"
"""Whose ledgers those are that the command line begins."""
STATES = (*State, OVERDUE, UNCLOSED)
Owner = Annotated[str, typer.Option("--owner", help="谁的台账；不写时为本机全部，新建的归 local。")]
By = Annotated[str, typer.Option("--by", help="经办人，默认是本机用户名。")]
Site = Annotated[str, typer.Option("--site", help="场所名称。")]


def who_of(by: str) -> str:
    """Who does it: as named, else the user of this machine."""
    if by:
        return by
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "本机"


def ledger_of(services: Services, owner: str, site: str) -> Ledger:
    """The ledger of that site; the only one where no site is named."""
    held = services.ledger.ledgers(owner)
    found = [one for one in held if not site or one.site == site]
    if len(found) == 1:
        return found[0]
    if not held:
        raise UsageError("还没有台账，请先用 anheng ledger add 或 import 登记。")
    names = "、".join(dict.fromkeys(one.site for one in held))
    raise UsageError(f"请用 --site 写明是哪个场所，现有：{names}；同名的再用 --owner 区分。")


def one_of(word: str, options: tuple[Any, ...], name: str) -> Any:
    """The word, where it is one of the options; ``UsageError`` with all of them where it is not."""
    if word not in options:
        raise UsageError(f"{name}“{word}”不对，请写{'、'.join(options)}之一。")
    return word


def import_(
    file: Annotated[Path, typer.Argument(help="台账表格：.xlsx、.xlsm、.csv。")],
    site: Site = "",
    look: Annotated[bool, typer.Option("--look", help="只看会怎么读，不写入。")] = False,
    bad: Annotated[Path | None, typer.Option("--bad", help="没有导入的行另存为 .xlsx，改好后可再导入。")] = None,
    owner: Owner = LOCAL,
    by: By = "",
) -> None:
    """导入 Excel、CSV 台账。"""
    _take(file, site, look, bad, owner, by, findings=False)


def findings(
    file: Annotated[Path, typer.Argument(help="监测平台导出的 .csv、.xlsx、.json。")],
    site: Site = "",
    look: Annotated[bool, typer.Option("--look", help="只看会怎么读，不写入。")] = False,
    bad: Annotated[Path | None, typer.Option("--bad", help="没有导入的条目另存为 .xlsx。")] = None,
    owner: Owner = LOCAL,
    by: By = "",
) -> None:
    """导入监测平台（智慧工地、燃气报警、摄像头）的告警。"""
    _take(file, site, look, bad, owner, by, findings=True)


def _take(file: Path, site: str, look: bool, bad: Path | None, owner: str, by: str, *, findings: bool) -> None:
    if not file.is_file():
        raise UsageError(f"找不到“{file}”，请检查路径。")
    with running(model=False) as services:
        tables = services.ledger_tables
        with Progressing() as bar:
            read = tables.understand(file, file.name, bar, findings=findings)
            _tell(read)
            done = None if look else tables.take(owner, site, read, who_of(by), bar)
    rows = done.bad if done else read.bad
    for one in rows[:20]:
        out.print(f"第{one.number}行没有导入：{one.what}", markup=False)
    if len(rows) > 20:
        out.print(f"……另有 {len(rows) - 20} 行，用 --bad 存成 Excel 可看全部。", markup=False)
    if bad is not None and rows:
        write_bad(bad, read, rows)
    if done:
        _done(done)


def _tell(read: Understood) -> None:
    out.print(f"{read.name}：读到 {len(read.rows) + len(read.bad)} 行", markup=False)
    out.print(f"  {'，'.join(f'{name}←{heading}' for name, heading in read.columns.items())}", style="dim", markup=False)
    if read.kept:
        out.print(f"  台账里没有对应、原样保留的列：{'、'.join(read.kept)}", style="dim", markup=False)
    for note in read.notes:
        out.print(f"  {note}", markup=False)


def _done(done: Imported) -> None:
    out.print(
        f"新登记 {done.added} 行，更新 {done.again} 行，已有 {done.same} 行，没有导入 {len(done.bad)} 行"
        f"（{'、'.join(done.sites[:5])}{'等' if len(done.sites) > 5 else ''}）。",
        markup=False,
    )


def export(
    to: Annotated[Path, typer.Argument(help="写成的 .xlsx 文件。")],
    site: Site = "",
    state: Annotated[str, typer.Option("--state", help="只要这个状态的。")] = "",
    owner: Owner = "",
) -> None:
    """导出 Excel 台账，带图表。"""
    if to.suffix.lower() != ".xlsx":
        raise UsageError("请写 .xlsx 文件名，例如 台账.xlsx。")
    if state:
        one_of(state, STATES, "状态")
    with running(model=False) as services, Progressing() as bar:
        key = ledger_of(services, owner, site).id if site else ""
        count = services.ledger_tables.export(owner, Filter(key, state), to, bar)
    out.print(f"已导出 {count} 行到“{to}”。", markup=False)


def packet(
    to: Annotated[Path, typer.Argument(help="写成的 .anheng 文件。")],
    site: Site = "",
    owner: Owner = "",
    by: By = "",
) -> None:
    """导出一个场所的数据包：台账、证据文件、签名，可在另一台安衡上载入。"""
    if to.suffix != ".anheng":
        raise UsageError("请写 .anheng 文件名，例如 一号店.anheng。")
    with running(model=False) as services:
        found = ledger_of(services, owner, site)
        count, fingerprint = services.packets.export(found.owner, found.id, to, who_of(by))
    out.print(f"已导出“{found.site}”的 {count} 条记录。本机签名指纹：{fingerprint}，请另行告知对方核对。", markup=False)


def load(
    file: Annotated[Path, typer.Argument(help="收到的 .anheng 数据包。")],
    trust: Annotated[str, typer.Option("--trust", help="签名指纹和上次不同、但已和对方核对无误时，写上新的指纹。")] = "",
    owner: Owner = LOCAL,
) -> None:
    """载入数据包；被改动的会拒绝，已有的不会重复。"""
    with running(model=False) as services:
        done = services.packets.load(owner, file, trust)
    out.print(
        f"“{done.packet.site}”：{done.packet.by}于{done.packet.made[:10]}导出，签名指纹 {done.packet.fingerprint}。"
        f"新增 {done.added} 条记录（其中检察意见 {done.remarks} 条）、{done.files} 个证据文件。",
        markup=False,
    )


def chart(
    to: Annotated[Path, typer.Argument(help="写成的 .png 或 .svg 文件。")],
    kind: Annotated[str, typer.Option("--by-what", help="state（按状态）、site（按场所）、month（按月份）。")] = "state",
    site: Site = "",
    owner: Owner = "",
) -> None:
    """画图：按状态、按场所、按月份。"""
    suffix = to.suffix.lower()
    if suffix not in {".png", ".svg"}:
        raise UsageError("请写 .png 或者 .svg 文件名，例如 台账.png。")
    wanted: Kind = one_of(kind, tuple(KINDS), "图的种类")
    with running(model=False) as services:
        held = Filter(ledger_of(services, owner, site).id if site else "")
        content = services.ledger_tables.chart(owner, held, wanted, svg=suffix == ".svg")
        note = legend(wanted, services.ledger.tally(owner, held)) if suffix == ".png" else ""
    to.write_bytes(content)
    if note:
        err.print(note, markup=False)
