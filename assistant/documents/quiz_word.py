"""测验 as Word: the paper to be written on, and its key with explanations and sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from assistant.documents.cited_writer import HEI, MUTE, NAVY, SONG, dress
from assistant.documents.word_kit import say
from assistant.domain.quiz import LETTERS, QuizItem, QuizKind

POINTS = {QuizKind.SINGLE: 2, QuizKind.MULTIPLE: 4, QuizKind.TRUTH: 1}
"""分值 of one question."""
_NUMERALS = "一二三"
_SHORT = 14
"""Letters of an option up to which two stand on a line."""
Titles = Callable[[str], str]
"""From ``法律#条/款/项`` to its Chinese form."""


def paper(items: Sequence[QuizItem], title: str) -> bytes:
    """试卷: the questions by kind, with room for a name and a score; no answers."""
    word = _opened(title)
    _line(word, "单位：＿＿＿＿＿＿＿＿　姓名：＿＿＿＿＿＿　日期：＿＿＿＿＿＿　得分：＿＿＿＿", after=10)
    for kind, rows in _by_kind(items):
        each = POINTS[kind]
        _heading(word, f"{_numeral(kind, items)}、{kind}题（共{len(rows)}题，每题{each}分，共{each * len(rows)}分）")
        for number, item in rows:
            blank = "（　　）" if kind is QuizKind.TRUTH else ""
            _line(word, f"{number}. {item.stem}{blank}", before=6, keep=kind is not QuizKind.TRUTH)
            for row in () if kind is QuizKind.TRUTH else _options(item):
                _line(word, row, indent=7)
    return _content(word)


def key(items: Sequence[QuizItem], title: str, titles: Titles) -> bytes:
    """答案与解析: a line of answers for each kind, then each with its explanation and sources."""
    word = _opened(f"{title}：答案与解析")
    for kind, rows in _by_kind(items):
        answers = "　".join(f"{number}.{_answer(item)}" for number, item in rows)
        _line(word, f"{kind}题：{answers}", after=4)
    for kind, rows in _by_kind(items):
        _heading(word, f"{_numeral(kind, items)}、{kind}题")
        for number, item in rows:
            _line(word, f"{number}. {item.stem}", before=8, keep=True)
            shown = "；".join(item.right) if kind is not QuizKind.TRUTH else ""
            _line(word, f"答案：{_answer(item)}" + (f"　{shown}" if shown else ""), indent=7, bold=True, keep=True)
            _line(word, f"解析：{item.explanation}", indent=7, keep=True)
            _line(word, f"出处：{'、'.join(sources(item, titles))}", indent=7, colour=MUTE)
    return _content(word)


def sources(item: QuizItem, titles: Titles) -> tuple[str, ...]:
    """What a question rests on, in words: its articles, else the records of the library."""
    return tuple(dict.fromkeys(map(titles, item.cites))) or tuple(f"内置知识库记录 {name}" for name in item.records)


def _by_kind(items: Sequence[QuizItem]) -> Iterator[tuple[QuizKind, list[tuple[int, QuizItem]]]]:
    numbered = list(enumerate(sorted(items, key=lambda item: list(QuizKind).index(item.kind)), 1))
    for kind in QuizKind:
        if rows := [(number, item) for number, item in numbered if item.kind is kind]:
            yield kind, rows


def _numeral(kind: QuizKind, items: Iterable[QuizItem]) -> str:
    held = {item.kind for item in items}
    return _NUMERALS[[one for one in QuizKind if one in held].index(kind)]


def _answer(item: QuizItem) -> str:
    return item.right[0] if item.kind is QuizKind.TRUTH else item.letters


def _options(item: QuizItem) -> list[str]:
    """Short options two on a line, long ones one."""
    named = [f"{LETTERS[at]}. {option}" for at, option in enumerate(item.options)]
    if max(map(len, item.options)) > _SHORT:
        return named
    return ["\t".join(named[at : at + 2]) for at in range(0, len(named), 2)]


def _opened(title: str) -> Any:
    word = docx.Document()
    dress(word, title, title[:40])
    head = word.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.paragraph_format.space_after = Pt(10)
    say(head, title, HEI, 18, colour=NAVY)
    return word


def _heading(word: Any, text: str) -> None:
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.keep_with_next = Pt(12), True
    say(paragraph, text, HEI, 12, colour=NAVY)


def _line(
    word: Any, text: str, *, before: float = 0, after: float = 2, indent: float = 0, keep: bool = False, bold: bool = False,
    colour: str = "",
) -> None:  # fmt: skip
    paragraph = word.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after, shape.left_indent, shape.keep_with_next = Pt(before), Pt(after), Mm(indent), keep
    shape.tab_stops.add_tab_stop(Mm(88))
    say(paragraph, text, SONG, 10.5, bold=bold, colour=colour)


def _content(word: Any) -> bytes:
    held = BytesIO()
    word.save(held)
    return held.getvalue()
