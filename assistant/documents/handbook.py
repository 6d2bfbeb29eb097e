"""《企业安全生产法律风险提示》 as a Word file: chosen chapters of the handbook, a page or half a page a tip, sources as footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK

from assistant.answer.authorities import Authorities, cards
from assistant.answer.render import DISCLAIMER
from assistant.answer.sources import Sources
from assistant.answer.verify import CITABLE
from assistant.documents.cited_writer import (
    GOLD,
    HEI,
    KAI,
    MEASURES,
    MUTE,
    NAVY,
    PALE,
    SONG,
    TITLE,
    TODO,
    WIDTH,
    CitedWriter,
    Line,
    dress,
)
from assistant.documents.word_kit import bookmark, link, say, shade, whole
from assistant.domain.records import Point
from assistant.domain.tips import RiskTip
from assistant.errors import NotFound

NAME = "企业安全生产法律风险提示"
_GRAVITY = ("一般不会伤人", "可能轻伤", "可能死一人或者伤几人", "可能死几人", "可能群死群伤")


@dataclass(frozen=True)
class Entry:
    """A tip with its sentences of law."""

    tip: RiskTip
    lines: tuple[tuple[str, tuple[Line, ...]], ...]
    """Label and sentences, in the order in which they are read."""


@dataclass(frozen=True)
class Handbook:
    """Chosen chapters."""

    chapters: Mapping[str, tuple[Entry, ...]]
    authorities: Authorities
    day: date
    library_date: date | None


def compose(chapters: Mapping[str, Sequence[RiskTip]], names: Iterable[str], sources: Sources, day: date) -> Handbook:
    """The chapters named, all where none is; raises ``NotFound`` for one that there is not."""
    wanted = tuple(names) or tuple(name for name, tips in chapters.items() if tips)
    for name in wanted:
        if not chapters.get(name):
            there = "、".join(known for known, tips in chapters.items() if tips)
            raise NotFound(f"风险提示里没有“{name}”这一章，可以选：{there}。")
    chosen = {name: tuple(_entry(tip, sources) for tip in chapters[name]) for name in wanted}
    entries = (entry for found in chosen.values() for entry in found)
    said = [(line.text, line.cites) for entry in entries for _, lines in entry.lines for line in lines if line.cites]
    return Handbook(chosen, cards(said, sources, day), day, sources.newest)


def _entry(tip: RiskTip, sources: Sources) -> Entry:
    case = next(filter(None, map(sources.record, tip.cases)), None)
    lines = (
        ("法律要求", _lines(tip.duties())),
        ("行政责任", _lines(tip.administrative())),
        ("刑事责任", _lines(tip.criminal())),
        ("重大事故隐患", tuple(_major(tip))),
        ("案例", (Line(f"{case.title}：{case.points[0].text}", (case.id,)),) if case else ()),
    )
    return Entry(tip, tuple((label, found) for label, found in lines if found))


def _lines(points: Iterable[Point]) -> tuple[Line, ...]:
    return tuple(Line(one.text, one.cite) if one.confidence in CITABLE else Line(f"需核对：{one.text}") for one in points)


def _major(tip: RiskTip) -> Iterator[Line]:
    standard = f"《{tip.major.standard}》{tip.major.item}"
    if tip.major.value == "是":
        yield Line(f"属于：{standard}。", tip.major.cite)
    elif tip.major.value == "看情形":
        yield Line(f"{tip.major.when.rstrip('。')}的，属于：{standard}。", tip.major.cite)


def to_word(book: Handbook) -> bytes:
    """The file's content."""
    word = docx.Document()
    dress(word, NAME, f"{NAME} · {'、'.join(book.chapters)}" if len(book.chapters) == 1 else NAME)
    writer = _Writer(word, book.authorities)
    writer.cover(book)
    for number, (name, entries) in enumerate(book.chapters.items(), 1):
        writer.chapter(number, name, entries)
    held = BytesIO()
    word.save(held)
    return held.getvalue()


class _Writer(CitedWriter):
    """Writes the parts of the handbook."""

    def cover(self, book: Handbook) -> None:
        """Title, what it is, contents."""
        say(self.paragraph(before=90, after=6), "企业安全生产", TITLE, 34, colour=NAVY)
        say(self.paragraph(after=14), "法律风险提示", TITLE, 34, colour=NAVY)
        say(self.paragraph(after=4), " · ".join(book.chapters), HEI, 13, colour=GOLD)
        count = sum(map(len, book.chapters.values()))
        until = f"法规库截至{book.library_date.isoformat()}" if book.library_date else ""
        say(self.paragraph(after=60), f"{count}条提示 · {book.day.isoformat()} · {until}", SONG, 10.5, colour=MUTE)
        about = (
            "每条提示写一个隐患：怎么看出来，法律要求什么，不做担什么责，出过什么事，今天、一个月内、长期做什么，自查时怎么问。"
            "每一句法律都有脚注，写明条文和效力；标“需核对”的，用前请查原文。"
        )
        say(self.paragraph(after=4), about, KAI, 12)
        say(self.paragraph(), DISCLAIMER + "。", KAI, 10.5, colour=MUTE)
        self._contents(book)

    def _contents(self, book: Handbook) -> None:
        first = self.paragraph(after=8)
        first.add_run().add_break(WD_BREAK.PAGE)
        say(first, "目录", HEI, 16, colour=NAVY)
        for number, (name, entries) in enumerate(book.chapters.items(), 1):
            say(self.paragraph(before=8, after=2), f"第{number}章　{name}", HEI, 12, colour=NAVY)
            for place, entry in enumerate(entries, 1):
                link(self.paragraph(after=1), _mark(number, place), f"{number}.{place}　{entry.tip.title}", SONG, 10.5)

    def chapter(self, number: int, name: str, entries: Sequence[Entry]) -> None:
        """A chapter begins on a page of its own."""
        head = self.paragraph(after=10)
        head.paragraph_format.page_break_before = True
        say(head, f"第{number}章　{name}", TITLE, 22, colour=NAVY)
        for place, entry in enumerate(entries, 1):
            self._entry(number, place, entry)

    def _entry(self, number: int, place: int, entry: Entry) -> None:
        tip = entry.tip
        head = self.paragraph(before=14, after=2)
        head.paragraph_format.keep_with_next = True
        bookmark(head, _mark(number, place), number * 1000 + place)
        say(head, f"{number}.{place}　{tip.title}", HEI, 13, colour=NAVY)
        grave = self.paragraph(after=4)
        grave.paragraph_format.keep_with_next = True
        say(grave, "●" * tip.severity + "○" * (5 - tip.severity), SONG, 9, colour=GOLD)
        say(grave, f"　{_GRAVITY[tip.severity - 1]}　{tip.risk}", SONG, 10, colour=MUTE)
        if tip.urgent:
            self._urgent(tip.urgent)
        rows = [("现场看", (Line("；".join(tip.signs) + "。"),)), *entry.lines, ("谁担责", (Line(f"{'、'.join(tip.liable)}。"),))]
        rows += [
            (label, _steps(texts))
            for label, texts in (("今天", tip.now), ("一个月内", tip.month), ("长期", tip.lasting))
            if texts
        ]
        rows.append(
            ("自查一问", (Line(f"{tip.check.ask}（看：{'、'.join(tip.check.look)}；证据：{'、'.join(tip.check.proof)}。）"),))
        )
        table = self.table(len(rows), (24, WIDTH - 24))
        for row, (label, lines) in zip(table.rows, rows, strict=True):
            left, right = row.cells
            whole(row)
            shade(left, TODO if label in MEASURES else PALE)
            say(left.paragraphs[0], label, HEI, 9.5, colour=NAVY)
            for at, line in enumerate(lines):
                self.line(right.paragraphs[0] if not at else right.add_paragraph(), line)

    def _urgent(self, text: str) -> None:
        table = self.table(1, (WIDTH,))
        cell: Any = table.rows[0].cells[0]
        shade(cell, "F8E8D3")
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
        say(cell.paragraphs[0], text, HEI, 10, colour="83480A")
        self.paragraph(after=2)


def _steps(texts: Iterable[str]) -> tuple[Line, ...]:
    return tuple(Line(f"{text.rstrip('。；')}。") for text in texts)


def _mark(number: int, place: int) -> str:
    return f"tip_{number}_{place}"
