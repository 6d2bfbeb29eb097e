"""文书: a template over a fact sheet and its 研判. Pure: every statement of law is checked against the library, every gap is a blank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from assistant.answer.draft import Draft
from assistant.answer.sources import Sources
from assistant.answer.verify import Verified, verify
from assistant.documents.paper_feeds import Feeds, Said
from assistant.documents.paper_grounds import Grounds
from assistant.documents.paper_slots import Slots
from assistant.domain.answer import Section, Withheld
from assistant.domain.assessment import Assessment, OptionFinding, Truth
from assistant.domain.evidence import OutlineItem
from assistant.domain.facts import FactSheet, Value
from assistant.domain.papers import Change, Line, Paper, Paragraph, Template, blank
from assistant.domain.records import Offence
from assistant.domain.rules import RuleBook
from assistant.errors import NotFitting
from assistant.law.labels import label
from assistant.law.numerals import to_chinese
from assistant.rules.conditions import hold, keys_of
from assistant.rules.words import in_words


@dataclass(frozen=True)
class Basis:
    """What papers are made from: rules, records, and everything that may be cited on the day."""

    book: RuleBook
    records: Mapping[str, Offence]
    sources: Sources
    day: date


def compose(
    template: Template,
    assessment: Assessment,
    basis: Basis,
    person: str = "",
    outline: Sequence[OutlineItem] = (),
    heard: FactSheet | None = None,
) -> Paper:
    """The paper; raises ``NotFitting`` where the 研判 excludes what it would argue for.

    ``person`` is one of the sheet's, for a paper about one; ``outline`` is the 补充侦查提纲 of the case; ``heard`` is what its told
    words say by themselves: where the sheet says otherwise now, the words are to be put right.
    """
    names = [one.name for one in assessment.sheet.people]
    person = (person if person in names else next(iter(names), "")) if template.person else ""
    sheet = assessment.sheet
    astray = tuple(one for one in changes_of(heard or sheet, sheet, basis.book) if _contradicts(one, basis.book))
    writer = _Writer(template, assessment, basis, person, tuple(outline), astray)
    writer.refuse()
    return writer.paper()


def changed(old: FactSheet, new: FactSheet, paper: Paper, book: RuleBook) -> Mapping[int, tuple[Change, ...]]:
    """The paragraphs of ``paper`` that rest on a fact which differs between the sheets, by place, each with what was changed."""
    changes = tuple(changes_of(old, new, book))
    hit = {
        place: tuple(one for one in changes if one.key in said.rests and (not one.person or said.person in ("", one.person)))
        for place, said in enumerate(paper.paragraphs)
    }
    return {place: found for place, found in hit.items() if found}


def changes_of(old: FactSheet, new: FactSheet, book: RuleBook) -> Iterator[Change]:
    """Every fact that differs, of the case and of each person; a loss told by items is the loss."""
    before, after = ({"": sheet.facts, **{one.name: one.facts for one in sheet.people}} for sheet in (old, new))
    for person in dict.fromkeys((*before, *after)):
        was, now = before.get(person, {}), after.get(person, {})
        for key in (key for key in book.facts if was.get(key) != now.get(key)):
            yield Change(key, person, _words(was, key, book), _words(now, key, book), book.facts[key].label)
    if old.loss_items != new.loss_items:
        yield Change("loss_wan", "", f"{len(old.loss_items)}项分项", f"{len(new.loss_items)}项分项", "损失分项")


def _contradicts(change: Change, book: RuleBook) -> bool:
    """Whether told words are wrong now: another value, or a figure that was taken out of the sheet."""
    kind = book.facts[change.key].kind
    return bool(change.before) and kind != "text" and (bool(change.after) or kind in {"count", "money", "date"})


def _words(facts: Mapping[str, Value], key: str, book: RuleBook) -> str:
    return in_words(book.facts[key], facts[key]) if key in facts else ""


@dataclass
class _Writer:
    """Writes one paper, and knows which sources have a number already."""

    template: Template
    assessment: Assessment
    basis: Basis
    person: str
    outline: tuple[OutlineItem, ...]
    astray: tuple[Change, ...]
    """Facts that are otherwise in the sheet than in the told words."""
    _cited: Verified = field(default_factory=Verified)

    def __post_init__(self) -> None:
        self._grounds = Grounds(self.assessment, self.basis.book, self.basis.records)
        self._feeds = Feeds(self.assessment, self.basis.book, self._grounds, self.person, self.outline)
        self._slots = Slots(self.assessment, self.basis.book, self._grounds, self._feeds.offences, self.person)
        self._facts = self._found()

    def refuse(self) -> None:
        """Raise ``NotFitting`` where the paper would argue for what the 研判 excludes."""
        template, option = self.template, self._option(self.template.option)
        if template.option and option and option.available is False:
            named = dict.fromkeys(self._title(cite) for cite in option.cite)
            others = "、".join(one.option for one in self._mine() if one.key != option.key and one.available and _closes(one))
            fits = f"可以考虑：{others}。" if others else ""
            raise NotFitting(f"不能写《{template.name}》：{option.text.rstrip('。')}（{'、'.join(named)}）。{fits}")
        if (template.option and not option) or hold(template.fits, self._facts).state is not Truth.YES:
            raise NotFitting(template.otherwise or f"本案的研判没有列出《{template.name}》所依据的处理，请先在要素表里补全案情。")

    def paper(self) -> Paper:
        """All parts in order; a part of which nothing is said is left out."""
        template = self.template
        made = [*self._notices(), *(Paragraph(self._slots.fill(template.to)[0], "to") for _ in [0] if template.to)]
        made += self._lines(template.opening)
        number = 0
        for part in template.parts:
            lines = self._lines(part.lines)
            if lines:
                number += 1
                made += [Paragraph(f"{to_chinese(number)}、{part.heading}", "heading"), *_lettered(lines, part.numbered)]
        made += [*self._lines(template.closing), *(Paragraph(text, "sign") for text in template.sign)]
        title = self._slots.fill(template.title or template.name)[0]
        cited, day, newest = tuple(self._cited.citations), self.basis.day, self.basis.sources.newest
        withheld = tuple(self._cited.withheld)
        return Paper(template.key, title, tuple(made), cited, day, template.number, self.person, withheld, newest)

    def _notices(self) -> Iterator[Paragraph]:
        for sentence in self.assessment.contradictions:
            yield Paragraph(f"【要素互相矛盾，定稿以前由承办人填写清楚：{sentence.rstrip('。')}】", "notice")

    def _lines(self, lines: Iterable[Line]) -> list[Paragraph]:
        return [made for line in lines for said in self._said(line) if (made := self._proven(said))]

    def _said(self, line: Line) -> Iterable[Said]:
        if hold(line.when, self._facts).state is not Truth.YES:
            return []
        rests = frozenset(key for key in keys_of(line.when) if key in self.basis.book.facts)
        if line.feed:
            found = [replace(one, rests=one.rests | rests) for one in self._feeds(line)]
            return found or ([Said(line.none, law=False)] if line.none else [])
        text, keys = self._slots.fill(line.say or line.law)
        if self.astray and "{told}" in line.say:
            text += blank(f"以上是所述案情的原话，要素表已改（{'；'.join(one.sentence for one in self.astray)}），改写本段")
        person = self.person if keys else ""
        return [Said(text, line.cite, rests | keys, person, law=bool(line.law), reason=line.reason, historic=False)]

    def _proven(self, said: Said) -> Paragraph | None:
        """The paragraph with the numbers of its sources; ``None`` where it does not pass, with the reason kept."""
        if not said.law:
            return Paragraph(said.text, said.role, (), said.rests, said.person, reason=said.reason)
        draft = Draft(said.text, Section.BASIS, said.cite, historic=said.historic)
        found = verify([draft], self.basis.sources, self.basis.day)
        self._cited.withheld += found.withheld
        if not found.citations:
            self._cited.withheld += [] if found.withheld else [Withheld(said.text, "没有出处")]
            return None
        numbers = tuple(dict.fromkeys(self._cited.number(one) for one in found.citations))
        return Paragraph(said.text, said.role, numbers, said.rests, said.person, law=True)

    def _found(self) -> dict[str, Any]:
        """The facts that lines are said by: a flag holds for the case where it holds for anybody."""
        sheet = self.assessment.sheet
        mine = [one for one in sheet.people if not self.person or one.name == self.person]
        facts: dict[str, Any] = dict(sheet.facts)
        for one in mine:
            facts |= {key: value for key, value in one.facts.items() if value is True or key not in facts}
        options = self._mine()
        return facts | {
            "suspected": bool(self._feeds.offences),
            "barred": any(
                one.expired for one in self.assessment.limitation if not self.person or one.person in ("", self.person)
            ),
            "offences": frozenset(one.offence for one in self._feeds.offences),
            "strict": frozenset(one.key for one in self.assessment.strict),
            "lenient": frozenset(one.key for one in self.assessment.lenient),
            "options": frozenset(one.key for one in options if one.available is not False),
            "excluded": frozenset(one.key for one in options if one.available is False),
        }

    def _mine(self) -> list[OptionFinding]:
        return [one for one in self.assessment.options if not self.person or one.person in ("", self.person)]

    def _option(self, key: str) -> OptionFinding | None:
        return next((one for one in self._mine() if one.key == key), None)

    def _title(self, cite: str) -> str:
        ref = self.basis.sources.ref(cite)
        return label(ref) if ref else cite


def _closes(option: OptionFinding) -> bool:
    """Whether an option decides what becomes of the case."""
    return option.key.startswith(("prosecute", "nonprosecution", "supplement"))


def _lettered(lines: Iterable[Paragraph], numbered: bool) -> Iterator[Paragraph]:
    """（一）, （二） before the headings inside a part; before every paragraph where the part is numbered."""
    number = 0
    for one in lines:
        counts = numbered or one.role == "sub"
        number += counts
        yield replace(one, text=f"（{to_chinese(number)}）{one.text}") if counts else one
