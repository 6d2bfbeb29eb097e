"""材料清单: from the passages of a file, or from pasted lines, to the materials that they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.domain.evidence import EvidenceBook, Listed
from assistant.domain.material import MaterialPassage
from assistant.practice.evidence import place

LONGEST_NAME = 60
"""Characters of a name; what is longer is running text, of which the beginning is shown."""
_NAMED = re.compile(r"名称|题名|标题")
_TITLED = re.compile(r"名称|题名|标题|目录|材料|证据|文书|文件|资料|内容")
_NO_NAME = re.compile(r"序号|编号|份数|页|日期|时间|备注|来源|提供|类别|种类|类型|性质|制作|原件|复印|形式|数量|单位|证明")
_NUMBER = re.compile(r"^\s*(?:[（(]?[\d一二三四五六七八九十百]+[)）.．、:：]|[-*•·●○□☐☑√])\s*|^\s*\d+\s+(?=\D)")
_BARE = re.compile(r"第?[\d\s.．、,，:：/\-—~～至]*(?:份|页|册|张)?")
_LIST_HEAD = re.compile(r"(?:目录|清单|列表|一览表|材料表)$")
_SPLIT = re.compile(r"[、；;，,。\t]")
_TOTAL = re.compile(r"[合总小共]\s*计.*")


def listed(passages: Iterable[MaterialPassage], book: EvidenceBook, file: str = "") -> tuple[Listed, ...]:
    """The materials that a file names, in its order; numbers, totals and titles are not materials."""
    found: dict[tuple[str, str], Listed] = {}
    for number, passage in enumerate(passages):
        for one in _of_row(passage, book, file) if passage.row else _of_lines(passage, book, file, number == 0):
            found.setdefault((one.name, one.said), one)
    return tuple(found.values())


def pasted(text: str, book: EvidenceBook) -> tuple[Listed, ...]:
    """The materials of pasted text, a line each."""
    return listed([MaterialPassage(text, "粘贴的文字")], book)


def _of_row(passage: MaterialPassage, book: EvidenceBook, file: str) -> Iterator[Listed]:
    """序号：3；材料名称：动火作业票；来源：应急管理局 → 动火作业票. A first row that is no heading was read as one: it counts too."""
    *title, row = passage.text.split("\n")
    cells = [cell.split("：", 1) if "：" in cell else ["", cell] for cell in row.split("；")]
    heads = [head.strip() for head, _ in cells if head.strip()]
    if not any(_TITLED.search(head) or _NO_NAME.search(head) for head in heads):
        yield from (Listed(head, head, passage.place, "".join(title), file) for head in heads if _is_material(head, book))
    name = _name(cells)
    if name and not _TOTAL.fullmatch(name):
        said = "；".join(value for _, value in cells if value)
        yield Listed(_NUMBER.sub("", name).strip()[:LONGEST_NAME], said, passage.place, "".join(title), file)


def _name(cells: Sequence[Sequence[str]]) -> str:
    """What stands under the heading that is surest to name a material; without one, the longest cell that may be a name."""
    filled = [(head.strip(), value) for head, value in cells if not _BARE.fullmatch(value)]
    others = [(head, value) for head, value in filled if not _NO_NAME.search(head)]
    for sure in (_NAMED, _TITLED):
        under = [value for head, value in others if sure.search(head)]
        if under:
            return under[0]
    return max((value for _, value in others), key=len, default="")


def _is_material(words: str, book: EvidenceBook) -> bool:
    return bool(place(book, Listed(words, words)).kinds)


def _of_lines(passage: MaterialPassage, book: EvidenceBook, file: str, first: bool) -> Iterator[Listed]:
    """A line each; what ends with a colon, or opens the list and is called one, is a title."""
    head = ""
    for number, line in enumerate(passage.text.split("\n")):
        words = _NUMBER.sub("", line).strip()
        if not words or _BARE.fullmatch(words):
            continue
        titled = words[-1] in "：:" or (first and number == 0 and _LIST_HEAD.search(words))
        if titled and not _is_material(words, book):
            head = words
            continue
        for part in _parts(words, book):
            yield Listed(part[:LONGEST_NAME], part, passage.place, head, file)


def _parts(line: str, book: EvidenceBook) -> Sequence[str]:
    """动火作业票、监控录像: cut where at least two parts are materials; what is none by itself belongs to the next one."""
    pieces = [piece for piece in (part.strip() for part in _SPLIT.split(line)) if piece]
    known = [_is_material(piece, book) for piece in pieces]
    if sum(known) < 2:
        return [line.rstrip("。；;，,")]
    parts, held = [], ""
    for piece, is_known in zip(pieces, known, strict=True):
        held += piece if not held else f"、{piece}"
        if is_known:
            parts.append(held)
            held = ""
    return [*parts, *([held] if held else [])]
