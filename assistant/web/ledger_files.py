"""What happens on the page 台账 to files: tables and packets in, Excel and packets out, each beside the page with its progress."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any
from uuid import uuid4

import gradio as gr

from assistant.documents.ledger_excel import write_bad
from assistant.domain.ledger import Filter, Loaded
from assistant.errors import BadPacket, Cancelled, NotFound, UsageError
from assistant.ledger import HERE
from assistant.web import view_leads
from assistant.web.browser import Browser
from assistant.web.desk import told
from assistant.web.ledger_desk import LedgerDesk
from assistant.web.ledger_show import Held, Shown, gone
from assistant.web.view_ledger_read import done
from assistant.web.view_talks import download
from assistant.web.work import Work

_TICK = 0.2
MOST_MB = 64
"""Of a file that the page itself hands over."""
Tell = Callable[[str, int, int], None]
Stop = Callable[[], bool]
Job = Callable[[Tell, Stop], Held]
Made = tuple[Any, Any, Any, Any, Any]
"""``Shown``, and the file that was made."""


class LedgerFiles:
    """The events; ``desk`` shows what comes of them."""

    def __init__(self, desk: LedgerDesk) -> None:
        self._desk, self._service = desk, desk.service

    # In

    def table(self, held: Held, stored: object, path: str) -> Iterator[Shown]:
        """A table is dropped: what would be understood of it is shown first."""
        yield from self._read(held, stored, path, None)

    def kind(self, held: Held, stored: object, data: dict[str, str]) -> Iterator[Shown]:
        """The same file as findings of a platform, or as a ledger."""
        yield from self._read(held, stored, held.path, not (held.read and held.read.findings))

    def _read(self, held: Held, stored: object, path: str, findings: bool | None) -> Iterator[Shown]:
        def job(tell: Tell, stop: Stop) -> Held:
            read = self._service.ledger_tables.understand(Path(path), Path(path).name, tell, stop, findings=findings)
            return replace(held.quiet(), read=read, path=path, bad=(), row="", adding=False)

        yield from self._working(held, stored, job)

    def take(self, held: Held, stored: object, who: str, data: dict[str, str]) -> Iterator[Shown]:
        """The reader has confirmed."""
        read, owner = held.read, Browser.read(stored).owner
        if read is None:
            yield self._desk.show(held, stored)
            return

        def job(tell: Tell, stop: Stop) -> Held:
            made = self._service.ledger_tables.take(owner, data.get("into", ""), read, who.strip() or HERE, tell, stop)
            gone(held.path)
            return replace(
                held, read=read if made.bad else None, path="", bad=tuple(made.bad), wanted=Filter(), message=done(made)
            )

        yield from self._working(held, stored, job)

    def packet_in(self, held: Held, stored: object, path: str) -> Iterator[Shown]:
        """A packet is loaded."""
        yield from self._load(held, stored, path, "")

    def trust(self, held: Held, stored: object, data: dict[str, str]) -> Iterator[Shown]:
        """The signature of the packet has been confirmed with its sender."""
        yield from self._load(held, stored, held.path, held.unsure)

    def _load(self, held: Held, stored: object, path: str, trust: str) -> Iterator[Shown]:
        held = held.quiet()

        def job(tell: Tell, stop: Stop) -> Held:
            tell("核对数据包", 0, 0)
            try:
                loaded = self._service.packets.load(Browser.read(stored).owner, Path(path), trust)
            except BadPacket as error:
                if error.fingerprint:
                    return replace(held, failure=str(error), unsure=error.fingerprint, path=path)
                raise
            gone(path)
            return replace(held, wanted=Filter(loaded.ledger.id), row="", path="", message=_loaded(loaded))

        yield from self._working(held, stored, job)

    def verify(self, held: Held, stored: object, data: dict[str, str]) -> Iterator[Shown]:
        """Every entry, row and file is checked."""

        def job(tell: Tell, stop: Stop) -> Held:
            faults = self._service.ledger.verify(Browser.read(stored).owner, tell, stop)
            if not faults:
                return replace(held, message="校验通过：每一条记录、每一行、每个证据文件都没有被改动。")
            first = "；".join(f"{one.site} {one.where}：{one.what}" for one in faults[:5])
            return replace(held, failure=f"发现 {len(faults)} 处改动：{first}。请保留现状，用备份或者对方持有的数据包核对。")

        yield from self._working(held, stored, job)

    # Out

    def export(self, held: Held, stored: object, data: dict[str, str]) -> Iterator[Made]:
        """The rows of the filter as Excel."""
        owner = Browser.read(stored).owner

        def make(target: Path, tell: Tell, stop: Stop) -> None:
            self._service.ledger_tables.export(owner, held.wanted, target, tell, stop)

        yield from self._making(held, stored, "隐患排查治理台账", "excel", make)

    def packet(self, held: Held, stored: object, who: str, data: dict[str, str]) -> Iterator[Made]:
        """A ledger as a packet."""
        owner = Browser.read(stored).owner
        site = next((one.site for one in self._service.ledger.ledgers(owner) if one.id == data.get("ledger")), "台账")

        def make(target: Path, tell: Tell, stop: Stop) -> None:
            tell("打包", 0, 0)
            self._service.packets.export(owner, data.get("ledger", ""), target, who.strip() or HERE)

        said = f"数据包已导出。本机签名指纹：{self._service.packets.key.fingerprint}，请另行告知对方核对。"
        yield from self._making(held, stored, f"台账-{site}", "packet", make, said)

    def bad(self, held: Held) -> str:
        """The rows that were left out, as Excel."""
        if held.read is None:
            return ""
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "x.xlsx"
            write_bad(target, held.read, held.bad or held.read.bad)
            return download("没有导入的行", "excel", target.read_bytes(), uuid4().hex)

    def proof(self, held: Held, stored: object, data: dict[str, str]) -> str:
        """An evidence file of the open row."""
        owner = Browser.read(stored).owner
        row = self._service.ledger.row(owner, held.ledger, held.row)
        file = next((one for one in row.evidence if one.sha256 == data.get("sha")), None)
        content = self._service.ledger.files.get(file.sha256) if file else None
        if file is None or content is None:
            raise NotFound("这个证据文件缺失或者被改动，请运行校验查看。")
        coded = base64.b64encode(content).decode()
        return (
            f'<a data-once="{uuid4().hex}" download="{escape(file.name)}" href="data:application/octet-stream;base64,{coded}">'
            f"{escape(file.name)}</a>"
        )

    def _making(
        self, held: Held, stored: object, name: str, kind: str, make: Callable[[Path, Tell, Stop], None], said: str = ""
    ) -> Iterator[Made]:
        made: list[str] = []

        def job(tell: Tell, stop: Stop) -> Held:
            with tempfile.TemporaryDirectory() as folder:
                target = Path(folder) / "made.xlsx"
                make(target, tell, stop)
                if target.stat().st_size > MOST_MB * 2**20:
                    raise UsageError(f"文件超过 {MOST_MB} MB，网页不便传送，请在本机运行 anheng ledger 导出。")
                made.append(download(name, kind, target.read_bytes(), uuid4().hex))
            return replace(held, message=said or "已导出。")

        for shown in self._working(held, stored, job):
            yield (*shown, made.pop() if made else gr.skip())

    def _working(self, held: Held, stored: object, job: Job) -> Iterator[Shown]:
        """Progress while a job runs, then what came of it; a failure leaves things as they were."""
        work, said = Work(job), ""
        try:
            while not work.wait(_TICK) and not work.stopped:
                step = view_leads.progress(*work.step)
                yield Shown(gr.skip(), step if step != said else gr.skip(), gr.skip(), work)
                said = step
            if work.stopped:
                raise Cancelled("已停止。")
            yield self._desk.show(work.result, stored)
        except Exception as error:  # noqa: BLE001  the page is an edge
            yield self._desk.show(replace(held, failure=told(error), message=""), stored)
        finally:
            work.stop()


def _loaded(loaded: Loaded) -> str:
    packet = loaded.packet
    if not loaded.added:
        return f"“{packet.site}”的这份数据包以前载入过，没有新的记录。签名指纹 {packet.fingerprint}。"
    remarks = f"（其中检察意见 {loaded.remarks} 条）" if loaded.remarks else ""
    return (
        f"已载入“{packet.site}”：{packet.by}于{packet.made[:10]}导出，新增 {loaded.added} 条记录{remarks}、{loaded.files} 个证据文件。"
        f"签名指纹 {packet.fingerprint}，请和发来的单位核对。"
    )
