"""What the head of an official text says: title, 文号, dates of promulgation, 施行 date, issuer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.law import patterns
from assistant.law.numerals import to_int

_LINES_BEHIND = 6
"""文号 may be repeated in so many lines behind the head."""
_LAST_ARTICLES = 3
"""The clause of coming into force stands in one of the last articles."""


class _HasText(Protocol):
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an official text; what it does not say is empty."""

    title: str = ""
    """Without 中华人民共和国 and without a date."""
    doc_no: str = ""
    dates: tuple[date, ...] = ()
    """通过, 公布 and 修正 dates, oldest first."""
    effective: date | None = None
    """施行日, only where the head gives one that is not older than the version itself."""
    issuer: str = ""
    amended: bool = False
    """It has been 修正 or 修订, so the clause of coming into force may be that of an earlier version."""

    @property
    def promulgated(self) -> date | None:
        """公布 or 通过 date of the version at hand."""
        return self.dates[-1] if self.dates else None


def head_end(text: str) -> int:
    """Offset behind the head: the ``INFO END`` mark, or the first ``---`` rule of a file that opens with a title."""
    mark = patterns.INFO_END.search(text) or patterns.HEAD_RULE.match(text)
    return mark.end() if mark else 0


def read_head(text: str) -> Head:
    """Read the head of a text in one of the two layouts of the public collections."""
    end = head_end(text)
    lines = [line.strip() for line in text[:end].splitlines() if line.strip()]
    fields = {found["key"]: found["value"] for found in patterns.HEAD_FIELD.finditer(text[:end])}
    title, number = _title(next((line for line in text.splitlines() if line.startswith("# ")), ""))
    dated = [(found, line) for line in lines if not line.startswith(("#", "-")) and (found := patterns.DATE.match(line))]
    dates = {day for found, line in dated if (day := _day(found)) and not _only_effect(found, line)}
    dates |= {day for key in ("发布日期", "公布日期") if (day := read_date(fields.get(key, "")))}
    effects = [day for found, line in dated if (day := _day(found)) and patterns.HEAD_EFFECT.search(line[found.end() :].strip())]
    effective = max(effects) if effects else read_date(fields.get("施行日期", ""))
    return Head(
        title=title,
        doc_no=fields.get("文号") or number or _doc_no(lines, text[end:]),
        dates=tuple(sorted(dates)),
        effective=None if effective and dates and effective < max(dates) else effective,
        issuer=_plain(fields.get("发布机关", "")) or _issuer(title, lines),
        amended=any(patterns.HEAD_AMENDED.search(line[found.end() :]) for found, line in dated),
    )


def effective_from_text(articles: Sequence[_HasText], promulgated: date | None, *, amended: bool = False) -> date | None:
    """施行日 by the clause in the last articles; ``None`` where the clause belongs to an earlier version.

    A revised law often keeps the clause of its first version: a date before ``promulgated`` proves nothing, and neither does
    自公布之日起 in a text that has been ``amended``.
    """
    for article in reversed(articles[-_LAST_ARTICLES:]):
        for found in patterns.IN_FORCE_FROM.finditer(article.text):
            if found["at_once"]:
                return None if amended else promulgated
            day = _day(found)
            return day if day and (promulgated is None or day >= promulgated) else None
    return None


def read_date(text: str) -> date | None:
    """The first date in ``text``, in Chinese or Arabic numerals."""
    found = patterns.DATE.search(text)
    return _day(found) if found else None


def _day(found: re.Match[str]) -> date | None:
    year, month, day = (to_int(found[part]) for part in ("year", "month", "day"))
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def _only_effect(found: re.Match[str], line: str) -> bool:
    rest = line[found.end() :].strip()
    return bool(patterns.HEAD_EFFECT.search(rest)) and "布" not in rest


def _plain(text: str) -> str:
    return "".join(text.split()).replace("中华人民共和国", "")


def _title(line: str) -> tuple[str, str]:
    """Title and the number that some files print before it: ``# 应急管理部令第14号 …规定``."""
    words = line.removeprefix("# ").split()
    number = words[0] if len(words) > 1 and (words[0].endswith("号") or words[0] == "未提供") else ""
    title = patterns.TITLE_DATE.sub("", _plain("".join(words[1:] if number else words)))
    return title, "" if number == "未提供" else number


def _doc_no(lines: list[str], body: str) -> str:
    behind = [line.strip(" \t\u3000（）()") for line in body.splitlines() if line.strip()][:_LINES_BEHIND]
    for line in behind:
        if patterns.DOC_NO.fullmatch(line) or patterns.ORDER_NO.fullmatch(line):
            return line
    orders = [found["order"] for line in lines for found in patterns.ORDER_NO.finditer(line)]
    return orders[-1].removeprefix("中华人民共和国") if orders else ""


def _issuer(title: str, lines: list[str]) -> str:
    organ, mark, _ = title.partition("关于")
    if mark and patterns.ISSUER.fullmatch(organ):
        return organ
    named = [found[0] for line in lines[1:] for found in patterns.ISSUER.finditer(line.partition("《")[0])]
    return named[-1].removeprefix("中华人民共和国") if named else ""
