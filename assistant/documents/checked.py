"""A checked text as a Word file: the reader's own where it was one, with a comment at every reference that is not 一致."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from assistant.domain.check import Finding, Verdict
from assistant.errors import Cancelled

AUTHOR, INITIALS = "安衡", "衡"


def marked_copy(
    text: str, findings: Sequence[Finding], source: Path | None = None, cancelled: Callable[[], bool] = lambda: False
) -> bytes:
    """The copy as the content of a ``.docx``; ``source`` is the file that ``text`` was read from, where there is one.

    Raises ``Cancelled`` soon after ``cancelled`` turns true.
    """
    word = _opened(source) or _typed(text)
    paragraphs = [(paragraph, paragraph.text) for paragraph in _paragraphs(word)]
    places = {surface: _places(paragraphs, surface) for surface in {finding.surface for finding in findings}}
    for finding in findings:
        if cancelled():
            raise Cancelled("已停止核验。")
        place = next(places[finding.surface], None)  # the same reference may be right in one place and wrong in another
        runs = _cut(*place, len(finding.surface)) if place and finding.verdict is not Verdict.RIGHT else []
        if runs:
            word.add_comment(runs, text=_comment(finding), author=AUTHOR, initials=INITIALS)
    written = BytesIO()
    word.save(written)
    return written.getvalue()


def _comment(finding: Finding) -> str:
    right = f"\n应为：{finding.right}" if finding.right else ""
    return f"【{finding.verdict.value}】{finding.why}{right}"


def _opened(source: Path | None) -> Any | None:
    """The Word file itself, so that its layout stays."""
    if source is None:
        return None
    try:
        return docx.Document(str(source))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError):
        return None


def _typed(text: str) -> Any:
    word = docx.Document()
    for line in text.split("\n"):
        word.add_paragraph(line)
    return word


def _places(paragraphs: Sequence[tuple[Paragraph, str]], surface: str) -> Iterator[tuple[Paragraph, int]]:
    """Where a reference stands, one place after the other."""
    for paragraph, text in paragraphs:
        start = -1
        while (start := text.find(surface, start + 1)) >= 0:
            yield paragraph, start


def _paragraphs(holder: Any) -> Iterator[Paragraph]:
    for block in holder.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from _paragraphs(cell)


def _cut(paragraph: Paragraph, start: int, length: int) -> list[Run]:
    """The runs of a stretch, cut so that they hold nothing else."""
    end = start + length
    for edge in (start, end):
        _split(paragraph, edge)
    inside, position = [], 0
    for run in paragraph.runs:
        if start <= position and position + len(run.text) <= end and run.text:
            inside.append(run)
        position += len(run.text)
    return inside


def _split(paragraph: Paragraph, edge: int) -> None:
    """End a run at this character, the rest going on in a run of the same look."""
    position = 0
    for run in paragraph.runs:
        inside = edge - position
        if 0 < inside < len(run.text):
            rest = deepcopy(run._r)
            run._r.addnext(rest)
            whole = run.text
            run.text, Run(rest, paragraph).text = whole[:inside], whole[inside:]
            return
        position += len(run.text)
