"""Reading for the 台账: its data in ``knowledge_base/ledger.yaml``, and tables with merged cells, formulas and macros."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from assistant.domain.ledger_book import LedgerBook
from assistant.domain.screening import Grid
from assistant.errors import Cancelled, KnowledgeError, UnreadableFile
from assistant.ingest.plain import decode
from assistant.ingest.records import read_yaml
from assistant.ingest.tables import MAX_MB, MAX_ROWS, read_tables
from assistant.ingest.xlsx import column, sheets_xml

Progress = Callable[[str, int, int], None]
Stop = Callable[[], bool]
_MERGED = re.compile(rb'<(?:x:)?mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_EMPTY_FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*><f[^>]*>[^<]*</f>(?:<v\s*/>|<v></v>)?</c>')
_MOST_MERGED = 20_000


def load_book(folder: Path) -> LedgerBook:
    """The data of the 台账; raises ``KnowledgeError``."""
    book: LedgerBook = read_yaml(folder / "ledger.yaml", LedgerBook)
    for rule in book.repeats:
        if not rule.cite or not (rule.penalties or rule.site_penalties):
            raise KnowledgeError(f"ledger.yaml 的规定“{rule.title}”缺少条文，或者没有写明受过几次处罚，请改正后重试。")
    return book


def read_ledger(
    path: Path, name: str, known: Callable[[str], bool], progress: Progress, cancelled: Stop
) -> tuple[list[Grid], list[str]]:
    """Grids of a table, merged cells filled down, and notes about what the reader should know.

    Raises ``UnsupportedFormat``, ``UnreadableFile`` or ``Cancelled``.
    """
    grids = read_tables(path, name, known, progress, cancelled)
    suffix = Path(name).suffix.lower()
    if suffix not in {".xlsx", ".xlsm"}:
        return grids, []
    notes = ["文件带有宏，宏没有运行，只读了单元格里的内容。"] if suffix == ".xlsm" else []
    found: list[Grid] = []
    sheets = sheets_xml(path)
    for grid in grids:
        xml = sheets.get(grid.sheet, b"")
        cells = [match.decode() for match in _EMPTY_FORMULA.findall(xml)]
        if cells:
            notes.append(
                f"“{grid.sheet}”表有 {len(cells)} 个公式没有存下结果（如 {cells[0]}），按空白读；请用 Excel 打开、保存一次后再导入。"
            )
        found.append(_filled(_with_empty(grid, cells), xml))
    return found, notes


def _with_empty(grid: Grid, cells: Sequence[str]) -> Grid:
    """With the rows that hold nothing but formulas without a result, so that each is told by its number."""
    rows = dict(zip(grid.numbers, grid.rows, strict=True))
    lost = {int(cell.lstrip(ascii_uppercase)) for cell in cells}
    rows |= {number: ("",) for number in lost if number >= grid.numbers[0] - 1 and number not in rows}
    numbers = sorted(rows)
    return replace(grid, rows=[rows[number] for number in numbers], numbers=numbers) if len(rows) > len(grid.rows) else grid


def _filled(grid: Grid, xml: bytes) -> Grid:
    """Cells merged over rows say in each row what the first one says."""
    areas = [
        (column(first.decode()), int(top), int(bottom))
        for first, top, _, bottom in _MERGED.findall(xml)[:_MOST_MERGED]
        if int(bottom) > int(top)
    ]
    if not areas:
        return grid
    at = {number: place for place, number in enumerate(grid.numbers)}
    rows = [list(row) for row in grid.rows]
    for place, top, bottom in areas:
        said = rows[at[top]][place] if top in at and place < len(rows[at[top]]) else ""
        for number in range(top + 1, min(bottom, top + MAX_ROWS) + 1) if said else ():
            if number in at:
                row = rows[at[number]]
                row.extend([""] * (place + 1 - len(row)))
                row[place] = row[place] or said
    return replace(grid, rows=[tuple(row) for row in rows])


def read_findings(path: Path, name: str, known: Callable[[str], bool], progress: Progress, cancelled: Stop) -> list[Grid]:
    """Findings of a monitoring platform: CSV or Excel, or JSON whose list of objects is found wherever it lies."""
    if Path(name).suffix.lower() not in {".json", ".jsonl"}:
        return read_tables(path, name, known, progress, cancelled)
    if path.stat().st_size > MAX_MB * 2**20:
        raise UnreadableFile(f"“{name}”超过 {MAX_MB} MB，请拆成几个文件。")
    items = _objects(decode(path.read_bytes(), name).lstrip("\ufeff"), name)
    if len(items) > MAX_ROWS:
        raise UnreadableFile(f"“{name}”超过 {MAX_ROWS} 条，请拆成几个文件。")
    if cancelled():
        raise Cancelled("已停止导入。")
    flat = [dict(_flat(item)) for item in items]
    headings = tuple(dict.fromkeys(key for item in flat for key in item))
    rows = [tuple(item.get(key, "") for key in headings) for item in flat]
    return [Grid(name, "", headings, rows, range(1, len(rows) + 1))]


def _objects(text: str, name: str) -> list[Mapping[str, Any]]:
    try:
        said = [json.loads(line) for line in text.splitlines() if line.strip()] if name.endswith(".jsonl") else json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"“{name}”不是完好的 JSON，请在监测平台上重新导出。") from error
    waiting = [said]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, list) and one and all(isinstance(item, dict) for item in one):
            return one
        if isinstance(one, dict):
            lists = [value for value in one.values() if isinstance(value, dict | list)]
            if not lists:
                return [one]
            waiting += lists
    raise UnreadableFile(f"“{name}”里没有告警记录，请导出成一条告警一个对象的 JSON，或者 CSV。")


def _flat(item: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    """Nested objects by their last key where that is free; other values as text."""
    made: list[tuple[str, str]] = []
    for key, value in item.items():
        if isinstance(value, dict) and len(before) < 200:
            made += _flat(value, f"{before}{key}.")
        elif value is not None:
            said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            made.append((f"{before}{key}", " ".join(said.split())))
    return made
