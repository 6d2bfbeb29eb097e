"""Plain text shared by the readers: encodings, the title above a text, the table of contents inside it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from charset_normalizer import from_bytes

from assistant.errors import UnreadableFile

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

# 第一章 总则 · 第二编　分则 · 附则
_DIVISION = re.compile(
    r"^\s*(?:第[零〇一二三四五六七八九十百]+(?:分编|编|章|节)(?:\s|$)|附\s*则[\s.…·\d]*$|附\s*[件录]\s*[一二三四五六七八九十\d]*\s*$)"
)
# 第一条 … · 一、… · （2021年… · 目录 : the title ends above them
_BODY = re.compile(
    r"^\s*(?:第[零〇一二三四五六七八九十百千\d]+\s*[条章编节]|[一二三四五六七八九十]+、|[（(【\[]?\s*\d{4}\s*年|目\s*[录次]\s*$)"
)
_CONTENTS = re.compile(r"^\s*目\s*[录次]\s*$")
# 总则……1 · 总则 12 at the end of a line of a table of contents
_LEADER = re.compile(r"[\s.．…·]*\d*\s*$")
# （2021年… · 2021年6月10日… : what happened to the text
_EVENT = re.compile(r"^[（(]?\s*(?:根据)?\s*\d{4}\s*年\s*\d+\s*月")
# where the next event begins inside a line; 根据 and 自 are not part of it
_NEXT_EVENT = re.compile(r"[\s，,；;]*(?:根据|自)(?=\s*\d{4}\s*年\s*\d+\s*月)|\s+(?=\d{4}\s*年\s*\d+\s*月\s*\d+\s*日)")
# 法释〔2022〕19号 · （应急管理部令第14号）
_DOC_NO = re.compile(r"[（(]?[\u4e00-\u9fff]{1,20}(?:令\s*)?(?:[〔\[（(]\d{4}[〕\]）)]|第)\s*\d+\s*号[）)]?")
_TITLE_END = re.compile(
    r"(?:法|法典|条例|规定|办法|解释|规则|规程|细则|标准|决定|意见|修正案|批复|公告|通知|报告)(?:[（(][^（）()]{1,12}[）)])*$"
)
_HEAD_LINES = 30
_TITLE_CHARS = 120
_TITLE_LINES = 4


def decode(data: bytes, name: str) -> str:
    """Text of ``data``: UTF-8 with or without mark, UTF-16 with mark, GB 18030 and its subsets, else what fits best."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _try(data, encoding) or _undecodable(name)
    text = _try(data, "utf-8") or _try_gb18030(data)
    if text is None:
        best = from_bytes(data).best()
        text = str(best) if best else None
    if text is None or "\x00" in text:
        return _undecodable(name)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _try_gb18030(data: bytes) -> str | None:
    """GB 18030 decodes nearly anything; it is believed where most of what is not ASCII is a common Chinese character."""
    text = _try(data, "gb18030")
    if text is None:
        return None
    foreign = [char for char in text[:20000] if char > "\x7f"]
    common = sum(1 for char in foreign if "\u4e00" <= char <= "\u9fa5" or char in "，。、；：？！“”‘’（）《》〔〕【】　…—·")
    return text if common >= 0.9 * len(foreign) else None


def _undecodable(name: str) -> str:
    raise UnreadableFile(f"“{name}”的文字编码无法识别，请用记事本打开后另存为 UTF-8 编码再导入。")


def guess_title(lines: Sequence[str]) -> tuple[str, int]:
    """The title that stands in the first lines, joined where it runs over several, and the line behind it."""
    taken: list[str] = []
    for position, line in enumerate(line.strip() for line in lines):
        if not line:
            continue
        ends = _BODY.match(line) or _DOC_NO.fullmatch(line) or line.endswith(("。", "：", "；", ":", ";"))
        whole = taken and not taken[-1].endswith(("院", "部", "局", "会", "、")) and _ends_title(taken[-1])
        if ends or whole or len(taken) == _TITLE_LINES or len("".join(taken) + line) > _TITLE_CHARS:
            return " ".join(taken), position
        taken.append(line.lstrip("#").strip())
    return (" ".join(taken), len(lines)) if len(taken) < _TITLE_LINES else ("", 0)


def _ends_title(line: str) -> bool:
    return bool(_TITLE_END.search(line))


def as_official(lines: Sequence[str], fallback: str) -> tuple[str, str]:
    """Title and text of a document, laid out as the public collections do: title, dated events, ``INFO END``, body."""
    lines = drop_contents([line.strip() for line in lines])
    title, behind = guess_title(lines[:20])
    head, body = _events(lines[behind:]) if title else ([], behind)
    parts = [f"# {title or fallback}", *head, "<!-- INFO END -->", *lines[behind + body if title else 0 :]]
    return title or fallback, to_text(parts)


def _events(lines: Sequence[str]) -> tuple[list[str], int]:
    """Dates and numbers between title and body, one a line, and how many lines they took.

    （2002年6月29日…通过　根据2009年8月27日…修正） gives two of them.
    """
    events: list[str] = []
    inside = False
    for position, line in enumerate(lines[:_HEAD_LINES]):
        if not line:
            continue
        if not inside and not _EVENT.match(line) and not _DOC_NO.fullmatch(line):
            return events, position
        inside = (inside or line[0] in "（(") and line[-1] not in "）)"
        if _DOC_NO.fullmatch(line):
            events.append(line[1:-1] if line[0] in "（(" else line)
        else:
            events.extend(piece.strip(" \u3000（()）") for piece in _NEXT_EVENT.split(line))
    return events, min(len(lines), _HEAD_LINES)


def drop_contents(lines: Sequence[str]) -> list[str]:
    """Without 目录: its entries would be read as chapters a second time."""
    start = next((i for i, line in enumerate(lines[:200]) if _CONTENTS.match(line)), None)
    if start is None:
        return list(lines)
    end, first = start + 1, ""
    while end < len(lines) and (not lines[end].strip() or _DIVISION.match(lines[end])):
        entry = "".join(_LEADER.sub("", lines[end]).split())
        if entry and entry == first:
            break
        first = first or entry
        end += 1
    return [*lines[:start], *lines[end:]]


def to_text(lines: Sequence[str]) -> str:
    """One paragraph a line, a blank line between two, as the other readers give it."""
    return "\n\n".join(line.strip() for line in lines if line.strip()) + "\n"
