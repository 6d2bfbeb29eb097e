"""How long 200,000 rows take in 线索, from Excel files to an Excel file of what was found, and how much memory."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl

from eval.figures import Figure
from eval.screening_data import Chance, certificates, write

ROWS = 100_000
"""Of each of two tables."""
_PEAK = "import resource, sys; from assistant.cli import app; sys.argv = ['anheng', *sys.argv[1:]]\n"
_PEAK += "try:\n    app()\nexcept SystemExit:\n    pass\n"
_PEAK += "print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"


def figures(folder: Path) -> Iterator[Figure]:
    """Seconds and megabytes of the whole command, which is a process of its own."""
    made = folder / "tables"
    made.mkdir()
    texts = write(certificates(Chance(1), ROWS, planted=True), made)
    books = [_book(path) for path in texts]
    for kind, files in (("CSV", texts), ("Excel", books)):
        started = time.perf_counter()
        command = [sys.executable, "-c", _PEAK, "screen", *map(str, files), "--out", str(made / "out.xlsx")]
        environment = os.environ | {"ANHENG_HOME": str(folder / "screened")}
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        yield Figure(f"线索：{kind} 共 {2 * ROWS // 10_000} 万行，读入、筛查、写出结果", time.perf_counter() - started, 20, "秒")
        yield Figure("　　内存峰值", float(ran.stdout.rsplit("peak ", 1)[1]), 1024, "MB")


def _book(path: Path) -> Path:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            sheet.append(row)
    book.save(path.with_suffix(".xlsx"))
    return path.with_suffix(".xlsx")
