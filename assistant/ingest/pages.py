"""Pages of a PDF: their words with the places where they stand, and their images. pypdfium2 is known here alone.

PDFium keeps no promises to threads: one process at a time reads a file through it.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from assistant.errors import UnreadableFile

Box = tuple[float, float, float, float]
"""Left, top, right, bottom as shares of the page's width and height, from its upper left corner."""
DPI = 144
"""Of the images that are recognised and shown: a character of body text is some 24 dots high."""
MAX_SIDE = 3000
"""Of an image, in dots: a plan of one square metre is made smaller."""
_SCALE = 10_000
_GAP = 1.2
"""Characters apart, in heights of a line, that begin a new run: the cells of a table."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of words on one line."""

    text: str
    box: Box


class Pages:
    """An open PDF; raises ``UnreadableFile`` with one sentence where it cannot be opened."""

    def __init__(self, path: Path, name: str) -> None:
        try:
            self._pdf = pdfium.PdfDocument(path)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
                raise UnreadableFile(f"“{name}”设有打开密码，请解除密码后再放进来。") from error
            raise UnreadableFile(f"“{name}”不是完好的 PDF，请重新下载或另存后再放进来。") from error
        self._name = name

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()

    def __len__(self) -> int:
        return len(self._pdf)

    def fragments(self, number: int) -> list[Fragment]:
        """The words of the text layer of a page, from 1, in the order of the file; empty for a scan."""
        page = self._page(number)
        try:
            text = page.get_textpage()
            return [Fragment(words, _to_shares(page, box)) for words, box in _runs(text)]
        except pdfium.PdfiumError as error:
            raise self._broken(number) from error
        finally:
            page.close()

    def pixels(self, number: int) -> NDArray[np.uint8]:
        """The page as an image, in rows of blue, green and red."""
        page, bitmap = self._rendered(number)
        try:
            return np.array(bitmap.to_numpy()[..., :3])
        finally:
            bitmap.close()
            page.close()

    def jpeg(self, number: int) -> tuple[bytes, tuple[int, int]]:
        """The page as a picture for the reader, and its width and height."""
        page, bitmap = self._rendered(number)
        try:
            out = io.BytesIO()
            picture = bitmap.to_pil().convert("RGB")
            picture.save(out, "JPEG", quality=80)
            return out.getvalue(), picture.size
        finally:
            bitmap.close()
            page.close()

    def _rendered(self, number: int) -> tuple[Any, Any]:
        page = self._page(number)
        try:
            longest = max(page.get_size())
            return page, page.render(scale=min(DPI / 72, MAX_SIDE / max(longest, 1)), rev_byteorder=False)
        except pdfium.PdfiumError as error:
            raise self._broken(number) from error

    def _page(self, number: int) -> Any:
        try:
            return self._pdf[number - 1]
        except (pdfium.PdfiumError, IndexError) as error:
            raise self._broken(number) from error

    def _broken(self, number: int) -> UnreadableFile:
        return UnreadableFile(f"“{self._name}”的第{number}页已损坏，请重新下载或另存后再放进来。")


def _runs(text: Any) -> Iterator[tuple[str, Box]]:
    """Runs of characters that stand on one line without a gap, with their boxes in PDF's own coordinates."""
    words: list[str] = []
    left = bottom = right = top = 0.0
    for char, (x0, y0, x1, y1) in _chars(text):
        gap = _GAP * max(top - bottom, y1 - y0)
        apart = (
            char == "\n"
            or x0 - right > gap
            or x0 < left - gap
            or min(top, y1) - max(bottom, y0) < 0.3 * min(top - bottom, y1 - y0)
        )
        if words and apart:
            yield "".join(words).strip(), (left, bottom, right, top)
            words = []
        if char == "\n":
            continue
        if not words:
            if char == " ":
                continue
            left, bottom, right, top = x0, y0, x1, y1
        elif char != " ":
            left, bottom, right, top = min(left, x0), min(bottom, y0), max(right, x1), max(top, y1)
        words.append(char)
    if words:
        yield "".join(words).strip(), (left, bottom, right, top)


def _chars(text: Any) -> Iterator[tuple[str, Box]]:
    """Every character with its box; what PDFium adds itself (blanks, ends of lines) has the box of the one before."""
    loose = raw.FS_RECTF()  # as high as the line: the box of the ink alone makes 一 flat
    box: Box = (0.0, 0.0, 0.0, 0.0)
    handle = text.raw
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, index)
        char = chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else "\n" if code in (10, 13) else ""
        if char in ("", "\n", "\ufffe", "\u00ad"):
            if char == "\n":
                yield char, box
            continue
        if char.isspace():
            yield " ", box
            continue
        if raw.FPDFText_GetLooseCharBox(handle, index, loose):
            box = (loose.left, loose.bottom, loose.right, loose.top)
        yield char, box


def _to_shares(page: Any, box: Box) -> Box:
    """From PDF's coordinates, whatever the page's turn and crop, to shares of what is seen."""
    across, down = ctypes.c_int(), ctypes.c_int()
    corners = []
    for x, y in ((box[0], box[1]), (box[2], box[3])):
        raw.FPDF_PageToDevice(page.raw, 0, 0, _SCALE, _SCALE, 0, x, y, across, down)
        corners.append((across.value / _SCALE, down.value / _SCALE))
    (ax, ay), (bx, by) = corners
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
