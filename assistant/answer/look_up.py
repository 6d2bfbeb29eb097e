"""One article by the name of its law and its number, as a user writes them."""

from __future__ import annotations

from datetime import date

from assistant.answer.history import day_law
from assistant.answer.sources import Sources
from assistant.domain.history import DayLaw
from assistant.domain.provision import ArticleRef
from assistant.errors import UnknownArticle, UnknownLaw
from assistant.law.refs import article_label, find_refs, parse_article


def look_up(law: str, article: str, sources: Sources, on: date) -> DayLaw:
    """The article on a date; ``law`` may hold the number as well. ``UnknownLaw`` or ``UnknownArticle`` with what to do."""
    if not article:
        found = next((hit.ref for hit in find_refs(law, sources.names) if hit.ref), None)
        law, article = (found.law, found.article) if found else (law, "")
    title = sources.resolve(law)
    if title is None:
        raise UnknownLaw(f"库中没有《{law.strip('《》')}》，请核对名称，或者用 anheng import 导入它的官方文本。")
    number = parse_article(article) if article else ""
    provision = sources.provision(ArticleRef(title, number), on) if number is not None else None
    if provision is None:
        place = article_label(number) if number else article or "全文"
        raise UnknownArticle(f"库中没有《{title}》{place}，请核对条号，或者导入官方文本后再查。")
    return day_law(provision, on, sources)
