"""How fast a reader's own files are read: 200 pages of text, pages of a scan, and what recognition takes of memory."""

from __future__ import annotations

import resource
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from assistant.materials import Materials
from assistant.store.repository import Repository
from eval.figures import Figure

PAGES, SCANS = 200, 5
LINES, CHARS = 30, 36
"""Of a page of A4 in the type of official documents."""
_TEXT = "事故发生单位主要负责人未组织制定并实施安全操作规程，未督促检查本单位的安全生产工作，作业人员违章动火引发爆燃。"


def figures(folder: Path) -> Iterator[Figure]:
    """Seconds for a text of 200 pages, seconds a scanned page, and the peak of memory of the process that reads."""
    home = folder / "materials"
    repository = Repository.in_home(home)
    materials, talk = Materials(home, repository), repository.start("bench", "材料")
    text = _text(folder / "text.pdf", PAGES)
    scan = _scan(folder / "scan.pdf", _text(folder / "drawn.pdf", SCANS))
    yield Figure(f"读入文字版 PDF，{PAGES} 页、{PAGES * LINES * CHARS // 10000} 万字", _seconds(materials, talk, text), 10, "秒")
    times = [_searched(materials, talk) for _ in range(5)]
    yield Figure(f"在这 {PAGES} 页里找一次（热态中位数）", sorted(times)[2] * 1000, 80, "毫秒")
    yield Figure("扫描件文字识别，每页（含启动）", _seconds(materials, talk, scan) / SCANS, 4, "秒")
    yield Figure("识别进程的内存峰值", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, 1536, "MB")
    repository.close()


def _searched(materials: Materials, talk: str) -> float:
    begun = time.perf_counter()
    shelf = materials.shelf("bench", talk)
    assert shelf
    shelf.search("谁没有督促检查安全生产工作", 16)
    return time.perf_counter() - begun


def _seconds(materials: Materials, talk: str, file: Path) -> float:
    upload = Path(shutil.copy(file, file.with_suffix(".upload")))
    begun = time.perf_counter()
    materials.attach("bench", talk, upload, file.name, lambda *_: None, lambda: False)
    return time.perf_counter() - begun


def _text(path: Path, pages: int) -> Path:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = canvas.Canvas(str(path))
    for number in range(pages):
        page.setFont("STSong-Light", 13)
        for row in range(LINES):
            start = (number * LINES + row) * 7 % len(_TEXT)
            page.drawString(60, 790 - 25 * row, (_TEXT * 3)[start : start + CHARS])
        page.showPage()
    page.save()
    return path


def _scan(path: Path, drawn: Path) -> Path:
    pictures = [page.render(scale=2.8).to_pil().convert("L") for page in pdfium.PdfDocument(drawn)]
    pictures[0].save(path, "PDF", save_all=True, append_images=pictures[1:], resolution=200)
    return path
