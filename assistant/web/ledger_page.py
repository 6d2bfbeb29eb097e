"""台账: what is due, rows with their history, tables and packets in and out. Laid out in whatever container calls it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import gradio as gr

from assistant.web.ledger_desk import LedgerDesk
from assistant.web.ledger_files import LedgerFiles
from assistant.web.ledger_show import Held, Shown
from assistant.web.markup import QUIET, html
from assistant.web.state import Service
from assistant.web.work import Work

_ROWS = "refresh filter state repeated open close more adding register move amend punish remark skip"
_FILES = "verify take trust kind export packet bad proof"
_TABLES = [".xlsx", ".xlsm", ".csv", ".xls", ".json", ".jsonl", ".tsv"]
_KEPT = 3600
"""Seconds after which what a browser that has gone held is let go."""


class LedgerParts(NamedTuple):
    """What the site wires further: page and side have ``read`` events; the side is not rendered yet."""

    page: gr.HTML
    side: gr.HTML
    file: gr.UploadButton
    packet: gr.UploadButton
    proof: gr.UploadButton
    who: gr.Textbox
    stop: gr.Button
    made: gr.HTML


def lay_out() -> LedgerParts:
    """The column; called where it stands."""
    with gr.Column(elem_id="ledger"):
        with gr.Row(elem_id="ledger-controls"):
            file = gr.UploadButton("导入表格或告警", file_count="single", file_types=_TABLES, elem_id="ledger-file")
            packet = gr.UploadButton("载入数据包", file_count="single", file_types=[".anheng"], elem_id="ledger-packet")
            proof = gr.UploadButton("给打开的行附证据", file_count="multiple", elem_id="ledger-proof")
            who = gr.Textbox(label="经办人", placeholder="经办人姓名", max_lines=1, container=False, elem_id="ledger-who")
            stop = gr.Button("停止", elem_id="ledger-stop")
        page = html(f"read {_ROWS} {_FILES}", elem_id="ledger-page")
        made = html(elem_id="ledger-made", padding=False)
    side = html("read chart", elem_id="ledger-side", render=False)
    return LedgerParts(page, side, file, packet, proof, who, stop, made)


def wire(site: gr.Blocks, parts: LedgerParts, service: Service, browser: gr.BrowserState) -> None:
    """Events to the desk; ``browser`` tells whose ledgers these are."""
    desk = LedgerDesk(service)
    files = LedgerFiles(desk)
    held, work = gr.State(Held(), time_to_live=_KEPT), gr.State(None)
    named = gr.BrowserState("", storage_key="anheng-who", secret="anheng")
    shown = [held, parts.page, parts.side, work]
    slow: dict[str, Any] = {"concurrency_limit": 2, "concurrency_id": "ledger", **QUIET}
    _wire_rows(parts, desk, [held, browser, parts.who], shown)
    _wire_files(parts, files, (held, browser), shown, slow)
    parts.file.upload(files.table, [held, browser, parts.file], shown, **slow)
    parts.packet.upload(files.packet_in, [held, browser, parts.packet], shown, **slow)
    parts.proof.upload(desk.attach, [held, browser, parts.who, parts.proof], shown, **slow)

    def give_up(job: Work[Held] | None) -> None:
        if job:
            job.stop()

    parts.stop.click(give_up, work, None, queue=False, **QUIET)
    parts.who.change(lambda name: name, parts.who, named, **QUIET)
    site.load(lambda name: name or "", named, parts.who, **QUIET)
    site.load(desk.show, [held, browser], shown, **QUIET)


def _wire_rows(parts: LedgerParts, desk: LedgerDesk, inputs: list[Any], shown: list[Any]) -> None:
    def on(source: gr.HTML, name: str) -> None:
        def acted(held: Held, stored: Any, who: str, event: gr.EventData) -> Shown:
            return desk.act(name, held, stored, who, dict(event._data))

        getattr(source, name)(acted, inputs, shown, **QUIET)

    for name in _ROWS.split():
        on(parts.page, name)
    on(parts.side, "chart")


def _wire_files(parts: LedgerParts, files: LedgerFiles, state: tuple[Any, Any], shown: list[Any], slow: dict[str, Any]) -> None:
    page, made = parts.page, parts.made

    def on(name: str, outputs: list[Any], *, who: bool = False) -> None:
        job: Callable[..., Iterator[Any]] = getattr(files, name)

        def named(held: Held, stored: Any, by: str, event: gr.EventData) -> Iterator[Any]:
            yield from job(held, stored, by, dict(event._data))

        def acted(held: Held, stored: Any, event: gr.EventData) -> Iterator[Any]:
            yield from job(held, stored, dict(event._data))

        if who:
            getattr(page, name)(named, [*state, parts.who], outputs, **slow)
        else:
            getattr(page, name)(acted, [*state], outputs, **slow)

    on("take", shown, who=True)
    on("packet", [*shown, made], who=True)
    for name in ("trust", "kind", "verify"):
        on(name, shown)
    on("export", [*shown, made])

    def proof(held: Held, stored: Any, event: gr.EventData) -> str:
        return files.proof(held, stored, dict(event._data))

    page.proof(proof, [*state], made, **slow)
    page.bad(files.bad, state[0], made, **slow)
