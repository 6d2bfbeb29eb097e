"""The Chinese form of a reference, and back."""

from __future__ import annotations

from datetime import date

from assistant.domain.provision import ArticleRef
from assistant.law import patterns
from assistant.law.numerals import to_chinese, to_int


def label(ref: ArticleRef) -> str:
    """《刑法》第一百三十四条之一第二款第（一）项."""
    paragraph = f"第{to_chinese(ref.paragraph)}款" if ref.paragraph else ""
    item = f"第（{to_chinese(ref.item)}）项" if ref.item else ""
    return f"《{ref.law}》{article_label(ref.article) if ref.article else ''}{paragraph}{item}"


def article_label(article: str) -> str:
    """第一百三十四条之一 for ``134-1``; 全文 for ``""``."""
    if not article:
        return "全文"
    number, _, suffix = article.partition("-")
    return f"第{to_chinese(int(number))}条" + (f"之{to_chinese(int(suffix))}" if suffix else "")


def parse_article(text: str) -> str | None:
    """``134-1`` from 一百三十四条之一, 134-1, 第134条之一."""
    found = patterns.ARTICLE.fullmatch(text)
    return article_number(found["number"], found["suffix"]) if found else None


def article_number(number: str, suffix: str | None) -> str | None:
    """``134-1`` from the numerals of 条 and 之, ``None`` where one of them is no numeral."""
    main, sub = to_int(number), to_int(suffix) if suffix else 0
    if not main or sub is None:
        return None
    return f"{main}-{sub}" if sub else str(main)


def day(value: date) -> str:
    """2021年3月1日."""
    return f"{value.year}年{value.month}月{value.day}日"
