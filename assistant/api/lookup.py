"""The five jobs that programs ask for, in the shapes that they get. Nothing is said that the library does not hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from assistant.answer.refuse import check_input
from assistant.answer.render import from_json, to_json
from assistant.api import shapes
from assistant.domain.answer import Answer, Passage
from assistant.domain.check import Verdict
from assistant.domain.provision import Law, Provision, Status, TextKind
from assistant.errors import EmptyQuestion, QuestionTooLong, UnknownArticle, UnknownLaw, UsageError
from assistant.law.labels import day
from assistant.law.refs import find_refs, label
from assistant.services import Services

GIST = "这里是要旨，不是原文；逐字引用请先导入官方文本。"
UNDATED = "没有记载施行日期，引用前请核对官方文本。"


def never() -> bool:
    """Nobody has stopped it."""
    return False


def former(history: Sequence[shapes.Answered], services: Services) -> list[Answer]:
    """The answers before a follow-up question; raises ``UsageError`` for what this program did not write."""
    try:
        answers = [from_json(turn.model_dump(mode="json")) for turn in history]
    except ValueError as error:
        raise UsageError("history 里有一项不是本接口返回的回答，请原样放回，或者去掉后重试。") from error
    for turn in answers:
        check_input(turn.question, services.max_chars)
    return answers


def ask(
    services: Services,
    question: str,
    on: date | None,
    history: Sequence[Answer] = (),
    cancelled: Callable[[], bool] = never,
    shown: Callable[[Answer], None] = lambda _: None,
) -> shapes.Answered:
    """A question answered with citations; ``shown`` gets the answer as a model writes it."""
    return shapes.Answered(**to_json(services.ask(question, history=history, on=on, cancelled=cancelled, shown=shown)))


def search(services: Services, query: str, k: int, kind: str, on: date | None) -> shapes.Found:
    """Ranked passages with their validity on the date."""
    if not query.strip():
        raise EmptyQuestion("请写出要检索的内容。")
    if len(query) > services.max_chars:
        raise QuestionTooLong(f"检索的内容超过{services.max_chars}字，请只留下要找的事。")
    as_of = on or date.today()
    hits = services.search(query, k, None if kind == "all" else kind)
    return shapes.Found(
        query=query, as_of=as_of, note=services.read(query).note, hits=[_hit(services, hit, as_of) for hit in hits]
    )


def article(services: Services, law: str, number: str, on: date | None) -> shapes.Article:
    """One article in the version of the date; raises ``UnknownLaw`` or ``UnknownArticle``."""
    as_of = on or date.today()
    try:
        then = services.day_law(law, number, as_of)
    except UnknownArticle as error:
        raise _with_validity(services, law, as_of, error) from error
    found = then.provision
    source, validity = services.source(found.id, as_of), _validity(services, found, as_of)
    validity["warnings"] = [*([then.sentence] if then.sentence else []), *validity["warnings"]]
    return shapes.Article(
        **validity,
        standing=then.standing.value,
        source_id=found.id,
        title=label(found.ref),
        article=found.ref.article,
        text=found.text,
        text_kind=found.kind.value,
        url=source.url,
        cited_by=[shapes.Place(source_id=one.source_id, law=one.law, article=one.article) for one in source.cited_by],
        cites=[shapes.Place(source_id=one.source_id, law=one.law, article=one.article) for one in source.cites],
    )


def currency(services: Services, law: str, number: str, on: date | None) -> shapes.Currency:
    """Whether a law, or one article of it, is in force on the date."""
    as_of = on or date.today()
    if number or any(hit.ref and hit.ref.article for hit in find_refs(law, services.sources.names)):
        known = article(services, law, number, as_of)
        validity = {name: getattr(known, name) for name in shapes.Validity.model_fields}
        whose = {"title": known.title, "article": known.article, "source_id": known.source_id}
    else:
        validity, whose = _whole(services, law, as_of), {"article": "", "source_id": ""}
        whose["title"] = f"《{validity['law']}》"
    return shapes.Currency(**validity, **whose, in_force=validity["status"] == Status.IN_FORCE.value)


def check(services: Services, text: str, on: date | None) -> shapes.Checked:
    """Every legal reference of a text with its verdict."""
    limit = services.settings.api.max_text
    if not text.strip():
        raise EmptyQuestion("没有看到要核验的文字，请放进 text。")
    if len(text) > limit:
        raise QuestionTooLong(f"文字超过{limit}字，请分段核验，或者用命令 anheng check。")
    as_of = on or date.today()
    findings = services.check(text, as_of)
    return shapes.Checked(
        as_of=as_of,
        all_right=bool(findings) and all(one.verdict is Verdict.RIGHT for one in findings),
        findings=[shapes.Finding(**one.as_json(), source_id=one.source_id) for one in findings],
    )


def _hit(services: Services, hit: Passage, as_of: date) -> shapes.Hit:
    found = services.sources.by_id(hit.source_id)
    validity: dict[str, Any] = {"status": "", "effective_from": None, "effective_to": None}
    kind = TextKind.GIST
    if isinstance(found, Provision):
        kind, known = found.kind, _validity(services, found, as_of)
        validity = {name: known[name] for name in validity}
    return shapes.Hit(
        source_id=hit.source_id,
        kind=hit.kind,
        title=label(found.ref) if isinstance(found, Provision) else hit.title,
        law=hit.law,
        article=hit.article,
        text=hit.text,
        text_kind=kind.value,
        score=round(hit.score, 6),
        **validity,
    )


def _validity(services: Services, found: Provision, as_of: date) -> dict[str, Any]:
    """What ``shapes.Validity`` says of a provision."""
    sources = services.sources
    dated = sources.provision(found.ref, as_of)
    known = dated if dated and dated.id == found.id else found  # dates that we have proven go with the official wording too
    law, status = sources.law(found.ref.law), sources.status(known, as_of)
    start, end = known.effective.start or law.effective.start, known.effective.end or law.effective.end
    warnings = _warnings(law, label(found.ref), status, start, end)
    return {
        "law": found.ref.law,
        "doc_no": law.doc_no,
        "status": status.value,
        "as_of": as_of,
        "effective_from": start,
        "effective_to": end,
        "superseded_by": law.superseded_by,
        "warnings": [*warnings, *([GIST] if found.kind is TextKind.GIST else [])],
        "note": known.note or law.note,
    }


def _whole(services: Services, name: str, as_of: date) -> dict[str, Any]:
    """The same of a law as a whole: what we know of it, or else what its imported text says of itself."""
    sources = services.sources
    title = sources.resolve(name.strip().strip("《》"))
    if title is None:
        raise UnknownLaw(f"库中没有《{name.strip().strip('《》')}》，请核对名称，或者用 anheng import 导入它的官方文本。")
    law = sources.law(title)
    if law == Law(title) and (place := sources.ref(sources.any_place(title))):
        first = sources.provision(place, as_of)
        if first is not None:
            return _validity(services, first, as_of)
    status, span = law.status(as_of), law.effective
    return {
        "law": title,
        "doc_no": law.doc_no,
        "status": status.value,
        "as_of": as_of,
        "effective_from": span.start,
        "effective_to": span.end,
        "superseded_by": law.superseded_by,
        "warnings": _warnings(law, f"《{title}》", status, span.start, span.end),
        "note": law.note,
    }


def _warnings(law: Law, title: str, status: Status, start: date | None, end: date | None) -> list[str]:
    by = f"，由《{law.superseded_by}》代替" if law.superseded_by else ""
    said = {
        Status.REPEALED: f"{title}{f'施行到{day(end)}为止' if end else ''}，已经废止{by}，不能当作现行有效的法律引用。",
        Status.AMENDED: f"这是{title}修改以前的文本，不能当作现行有效的文本引用。",
        Status.NOT_YET: f"{title}{f'自{day(start)}起施行' if start else ''}，所问之日尚未施行。",
        Status.UNVERIFIED: f"{title}的效力还没有核对清楚，引用前请查官方文本。",
    }
    undated = status is Status.IN_FORCE and start is None
    return [*([said[status]] if status in said else []), *([UNDATED] if undated else [])]


def _with_validity(services: Services, law: str, as_of: date, error: UnknownArticle) -> UnknownArticle:
    """A law that is not in force says so even where the article is not at hand."""
    named = next((hit.ref.law for hit in find_refs(law, services.sources.names) if hit.ref), law)
    warnings = _whole(services, named, as_of)["warnings"]
    return UnknownArticle("".join([str(error), *(one for one in warnings if one != UNDATED)]))
