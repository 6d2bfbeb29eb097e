"""One article by name and number, or the sentence that says what is missing."""

from __future__ import annotations

from datetime import date

from assistant.answer.sources import Sources
from assistant.domain.provision import ArticleRef, Provision
from assistant.errors import UnknownArticle, UnknownLaw
from assistant.law.refs import article_label, find_refs, parse_article


def look_up(law: str, article: str, sources: Sources, on: date) -> Provision:
    """Raises ``UnknownLaw`` or ``UnknownArticle``; ``law`` may hold the article as well: 刑法第一百三十四条之一."""
    if not article:
        found = next((hit.ref for hit in find_refs(law, sources.names) if hit.ref), None)
        law, article = (found.law, found.article) if found else (law, "")
    title = sources.resolve(law)
    if title is None:
        raise UnknownLaw(f"库中没有《{law.strip('《》')}》，请核对名称，或者用 anheng import 导入它的官方文本。")
    number = parse_article(article) if article else ""
    provision = sources.provision(ArticleRef(title, number), on) if number is not None else None
    if provision is None:
        raise UnknownArticle(
            f"库中没有《{title}》{article_label(number) if number else article or '全文'}，请核对条号，或者导入官方文本后再查。"
        )
    return provision
