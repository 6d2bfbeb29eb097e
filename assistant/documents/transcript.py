"""A conversation on paper: what was asked and answered, every source in a footnote. Here as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from assistant.answer.render import DISCLAIMER, understood
from assistant.domain.answer import Answer, Citation, Section

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~])")


@dataclass(frozen=True, slots=True)
class Asked:
    """一问一答."""

    question: str
    answer: Answer
    on: date | None = None
    """行为时间, where the user gave one."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation as it is written down."""

    title: str
    turns: tuple[Asked, ...]
    day: date
    """Of the export."""

    @property
    def about(self) -> str:
        """What stands under the title."""
        dates = [turn.answer.library_date for turn in self.turns if turn.answer.library_date]
        until = f"法规库截至{max(dates).isoformat()}；" if dates else ""
        return f"{self.day.isoformat()}导出，共{len(self.turns)}问；{until}{DISCLAIMER}。"


@dataclass
class Notes:
    """Footnotes by number, the same words of the same source under one."""

    texts: list[str] = field(default_factory=list)
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, citation: Citation) -> tuple[int, bool]:
        """The number of the citation's footnote, from 1, and whether it is new."""
        key = (citation.source_id, citation.quote)
        new = key not in self._numbers
        if new:
            self.texts.append(note(citation))
            self._numbers[key] = len(self.texts)
        return self._numbers[key], new


def note(citation: Citation) -> str:
    """A source as a footnote: what it is, whether it is in force, its words, where it is published."""
    number = f"（{citation.doc_no}）" if citation.doc_no and citation.doc_no not in citation.title else ""
    since = f"，{citation.effective_from.isoformat()}起施行" if citation.effective_from else ""
    quote = " ".join(citation.quote.split())
    url = f" {citation.url}" if citation.url else ""
    return f"{citation.title}{number}，{citation.status.value}，{citation.text_kind.value}{since}：“{quote}”{url}"


def asides(turn: Asked) -> Iterator[str]:
    """What is said of a question before its answer: the date of the act, the date of the law, how it was understood."""
    if turn.on:
        yield f"行为时间：{turn.on.isoformat()}。"
    yield f"按{turn.answer.as_of.isoformat()}的法律回答。"
    if told := understood(turn.answer):
        yield told


def to_markdown(transcript: Transcript) -> str:
    """Markdown with footnotes, as Pandoc, GitHub and most editors read them."""
    notes = Notes()
    lines = [f"# {_plain(transcript.title)}", "", f"*{_plain(transcript.about)}*", ""]
    for place, turn in enumerate(transcript.turns, 1):
        lines += [f"## 问{place}", "", *(f"> {_plain(line)}" for line in turn.question.splitlines()), ""]
        lines += [f"*{_plain(' '.join(asides(turn)))}*", "", *_sections(turn.answer, notes)]
    lines += [f"[^{number}]: {_plain(text)}" for number, text in enumerate(notes.texts, 1)]
    return "\n".join(lines).rstrip() + "\n"


def _sections(answer: Answer, notes: Notes) -> Iterator[str]:
    cited = {citation.n: citation for citation in answer.citations}
    for section in Section:
        claims = answer.section(section)
        if claims:
            yield from (f"### {section.value}", "")
        for claim in claims:
            marks = "".join(f"[^{notes.number(cited[n])[0]}]" for n in claim.citations if n in cited)
            yield from (_plain(claim.text).replace("\n", "  \n") + marks, "")
    if answer.warnings:
        yield from ("### 请注意", "", *(f"- {_plain(warning)}" for warning in answer.warnings), "")


def _plain(text: str) -> str:
    """Words of a user or a source as they are, without a meaning in Markdown."""
    return _SIGNS.sub(r"\\\1", text)
