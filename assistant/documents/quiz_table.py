"""测验 as Excel and CSV, in the columns that exam platforms customarily import."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any

from assistant.documents.quiz_word import POINTS, Titles, sources
from assistant.domain.quiz import LETTERS, QuizItem, QuizKind

_MOST = 6
"""Columns of options that every table has; a question with more has more."""
_TRUTH = {"对": "正确", "错": "错误"}
_WIDE = {"题干": 60, "解析": 60, "出处": 40, "知识点": 24, "适用人员": 30, "编号": 20}


def rows(items: Sequence[QuizItem], titles: Titles) -> list[list[str]]:
    """The heading, and a row a question. 判断题 have no options: their answer is 正确 or 错误, as platforms ask."""
    most = max([_MOST, *(len(item.options) for item in items)])
    letters = LETTERS[:most]
    found = [
        [
            "题型",
            "题干",
            *(f"选项{letter}" for letter in letters),
            "正确答案",
            "解析",
            "分值",
            "知识点",
            "适用人员",
            "出处",
            "编号",
        ]
    ]
    for item in items:
        truth = item.kind is QuizKind.TRUTH
        options = [""] * most if truth else [*item.options, *[""] * (most - len(item.options))]
        answer = _TRUTH[item.right[0]] if truth else item.letters
        told = [item.explanation, str(POINTS[item.kind]), item.topic, "、".join(item.level), "；".join(sources(item, titles))]
        found.append([f"{item.kind}题", item.stem, *options, answer, *told, item.id])
    return found


def to_csv(items: Sequence[QuizItem], titles: Titles) -> bytes:
    """With the mark by which Excel knows UTF-8."""
    held = StringIO()
    csv.writer(held).writerows(rows(items, titles))
    return held.getvalue().encode("utf-8-sig")


def to_excel(items: Sequence[QuizItem], titles: Titles) -> bytes:
    """One sheet, every cell text."""
    import openpyxl
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title, sheet.freeze_panes = "试题", "A2"
    told = rows(items, titles)
    for at, row in enumerate(told, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(at, column)
            cell.value, cell.data_type = value, "s"
            cell.alignment, cell.font = Alignment(wrap_text=True, vertical="top"), Font(bold=at == 1)
    for column, name in enumerate(told[0], 1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDE.get(name, 20 if name.startswith("选项") else 10)
    held = BytesIO()
    book.save(held)
    return held.getvalue()
