"""An answer as JSON, Markdown and plain text. The JSON is the contract of the command line and of what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from assistant.domain.answer import DRAFTED, Answer, Behavior, Citation, Claim, Outcome, Section, Withheld
from assistant.domain.provision import Status, TextKind
from assistant.domain.wish import Wish

DISCLAIMER = "仅供参考，不替代承办人判断或法律意见"


def footer(answer: Answer) -> str:
    """What stands, small, under every answer and export."""
    until = f"；法规库截至{answer.library_date.isoformat()}" if answer.library_date else ""
    return f"{DISCLAIMER}{until}；按{answer.as_of.isoformat()}的法律回答。"


def understood(answer: Answer) -> str:
    """How a later turn was taken: completed, or as another topic; empty for one that stands in no need of a word."""
    if answer.completed:
        return f"按“{answer.completed}”理解。"
    return "看起来换了话题，前面的内容没有带入。" if answer.turned else ""


def to_markdown(answer: Answer, *, sources: bool = True) -> str:
    """Sections with numbered citations, and the list of sources."""
    lines: list[str] = [understood(answer), ""] if understood(answer) else []
    for section in Section:
        claims = answer.section(section)
        if claims:
            lines += [f"## {section.value}", "", *(f"- {_marked(claim)}" for claim in claims), ""]
    if answer.warnings:
        lines += ["## 请注意", "", *(f"- {warning}" for warning in answer.warnings), ""]
    if answer.withheld:
        lines += ["## 未予采用", "", *(f"- {held.text}（{held.reason}）" for held in answer.withheld), ""]
    if sources and answer.citations:
        lines += ["## 出处", "", *(f"{_source(citation)}" for citation in answer.citations), ""]
    return "\n".join([*lines, f"*{footer(answer)}*"])


def to_plain(answer: Answer) -> str:
    """For the clipboard: no Markdown, citations as 〔1〕."""
    text = to_markdown(answer).replace("## ", "").replace("*", "")
    return "\n".join(line for line in text.splitlines())


def _marked(claim: Claim) -> str:
    text = claim.text.replace("\n", "\n  ")
    return text + "".join(f"〔{n}〕" for n in claim.citations) + (f"（{DRAFTED}）" if claim.drafted else "")


def _source(citation: Citation) -> str:
    since = f"，{citation.effective_from.isoformat()}起施行" if citation.effective_from else ""
    number = f"（{citation.doc_no}）" if citation.doc_no and citation.doc_no not in citation.title else ""
    quote = citation.quote.replace("\n", " ")
    return f"〔{citation.n}〕{citation.title}{number}，{citation.standing}{since}：“{quote}”"


def to_json(answer: Answer) -> dict[str, Any]:
    """The contract: plain values, dates in ISO form."""
    return {
        "question": answer.question,
        "status": answer.status.value,
        "behavior": answer.behavior.value,
        "as_of": answer.as_of.isoformat(),
        "answer_markdown": to_markdown(answer),
        "claims": [
            {"text": c.text, "kind": c.kind.value, "citations": list(c.citations), "drafted": c.drafted} for c in answer.claims
        ],
        "citations": [_citation_json(c) for c in answer.citations],
        "withheld": [{"text": w.text, "reason": w.reason} for w in answer.withheld],
        "warnings": list(answer.warnings),
        "library_date": answer.library_date.isoformat() if answer.library_date else None,
        "topics": list(answer.topics),
        "completed": answer.completed,
        "turned": answer.turned,
        "understood": list(answer.understood),
        "wish": asdict(answer.wish) if answer.wish else None,
        "model": answer.model,
        "sent": answer.sent,
    }


def _citation_json(citation: Citation) -> dict[str, Any]:
    return {
        "n": citation.n,
        "source_id": citation.source_id,
        "kind": citation.kind,
        "title": citation.title,
        "law": citation.law,
        "doc_no": citation.doc_no,
        "article": citation.article,
        "quote": citation.quote,
        "text_kind": citation.text_kind.value,
        "effective_from": citation.effective_from.isoformat() if citation.effective_from else None,
        "status": citation.status.value,
        "url": citation.url,
        "note": citation.note,
    }


def from_json(data: Mapping[str, Any]) -> Answer:
    """The answer that ``to_json`` wrote; raises ``KeyError`` or ``ValueError`` on anything else."""
    return Answer(
        question=data["question"],
        status=Outcome(data["status"]),
        behavior=Behavior(data["behavior"]),
        as_of=date.fromisoformat(data["as_of"]),
        claims=tuple(
            Claim(c["text"], Section(c["kind"]), tuple(c["citations"]), c.get("drafted", False)) for c in data["claims"]
        ),
        citations=tuple(_citation(c) for c in data["citations"]),
        withheld=tuple(Withheld(w["text"], w["reason"]) for w in data["withheld"]),
        warnings=tuple(data["warnings"]),
        library_date=_date(data.get("library_date")),
        topics=tuple(data.get("topics", ())),
        completed=data.get("completed", ""),
        turned=data.get("turned", False),
        understood=tuple(data.get("understood", ())),
        wish=_wish(data.get("wish")),
        model=data.get("model", ""),
        sent=data.get("sent", ""),
    )


def _citation(data: Mapping[str, Any]) -> Citation:
    return Citation(
        n=data["n"],
        source_id=data["source_id"],
        kind=data["kind"],
        title=data["title"],
        quote=data["quote"],
        text_kind=TextKind(data["text_kind"]),
        status=Status(data["status"]),
        law=data["law"],
        doc_no=data["doc_no"],
        article=data["article"],
        effective_from=_date(data["effective_from"]),
        url=data["url"],
        note=data.get("note", ""),
    )


def _wish(data: Mapping[str, Any] | None) -> Wish | None:
    names = ("wanted", "topic", "audience", "minutes", "style", "count")
    return Wish(*(data[name] for name in names)) if data else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
