"""What a self-check says of each finding, with what every sentence rests on: the same for the page, Word and the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from assistant.answer.authorities import Authorities, cards
from assistant.answer.sources import Sources
from assistant.answer.verify import CITABLE
from assistant.documents.cited_writer import Line
from assistant.domain.ledger import Gap, Level
from assistant.domain.provision import ArticleRef
from assistant.domain.records import Point
from assistant.domain.selfcheck import Finding, Question, RatingRules, Result, SelfCheck
from assistant.domain.tips import Major, RiskTip
from assistant.law.labels import label
from assistant.practice.selfcheck_rating import bears_out

NO_CASE = "库内暂无由这一缺口引发、可以核对的案例。"


@dataclass(frozen=True)
class Card:
    """A finding as it is told."""

    finding: Finding
    duties: tuple[Line, ...]
    administrative: tuple[Line, ...]
    criminal: tuple[Line, ...]
    major: Line
    case: Line | None
    """Title of a case that began with the same gap, and what happened."""

    @property
    def title(self) -> str:
        """The hazard; of what is unclear, that it has to be found out."""
        title = self.finding.tip.title
        return f"说不清：{title}？" if self.finding.unclear else title

    def lines(self) -> Iterator[Line]:
        """Everything with a source, in the order in which it is read."""
        yield from (*self.duties, *self.administrative, *self.criminal, self.major)
        if self.case:
            yield self.case


@dataclass(frozen=True)
class Report:
    """自查报告."""

    check: SelfCheck
    result: Result
    rules: RatingRules
    features: tuple[str, ...]
    """Labels of those that were ticked."""
    gaps: tuple[Card, ...]
    unclear: tuple[Card, ...]
    authorities: Authorities
    library_date: date | None

    @property
    def majors(self) -> int:
        """How many gaps are 重大事故隐患 by a standard."""
        return sum(one.legal == "是" for one in self.result.findings)


def compose(
    check: SelfCheck, result: Result, rules: RatingRules, features: tuple[str, ...], sources: Sources, library_date: date | None
) -> Report:
    """The report of a result; its sources are resolved at the day of the check."""
    gaps = tuple(_card(one, sources) for one in result.findings)
    unclear = tuple(_card(one, sources) for one in result.unclear)
    lead = Line("重大事故隐患由主要负责人组织治理", rules.major_cite)
    said = [(line.text, line.cites) for card in (*gaps, *unclear) for line in card.lines() if line.cites]
    authorities = cards([*said, (lead.text, lead.cites)], sources, result.day)
    return Report(check, result, rules, features, gaps, unclear, authorities, library_date)


def _card(one: Finding, sources: Sources) -> Card:
    tip = one.tip
    case = next(filter(None, map(sources.record, tip.cases)), None)
    told = Line(f"{case.title}：{case.points[0].text}", (case.id,)) if case else None
    duties, administrative, criminal = (tuple(_lines(points)) for points in (tip.duties(), tip.administrative(), tip.criminal()))
    return Card(one, duties, administrative, criminal, _major(one), told)


def _lines(points: Iterable[Point]) -> Iterator[Line]:
    for point in points:
        yield Line(point.text, point.cite) if point.confidence in CITABLE else Line(f"需核对：{point.text}")


def standard(question: Question, major: Major) -> tuple[str, tuple[str, ...]]:
    """The item of the standard, in words and as references: the question's own where it names one."""
    own = tuple(cite for cite in question.cite if cite.partition("#")[0] == major.standard) if question.own else ()
    named = [label(ArticleRef.parse(cite)) for cite in own if "#" in cite]
    return ("、".join(named), own) if named else (f"《{major.standard}》{major.item}", major.cite)


def condition(question: Question, tip: RiskTip) -> str:
    """What must be so for the item to apply, as a clause."""
    return tip.major.when.rstrip("。") or f"没有做到的正是“{tip.title}”"


def _major(one: Finding) -> Line:
    tip, question = one.tip, _decisive(one)
    said, cites = standard(question, tip.major)
    if one.legal == "是":
        when = f"（{tip.major.when.rstrip('。')}）" if tip.major.when else ""
        return Line(f"属于重大事故隐患：{said}{when}。", cites)
    if one.legal == "待对照":
        return Line(f"是否属于重大事故隐患，待对照{said}，条件是：{condition(question, tip)}。", cites)
    if one.legal == "否":
        return Line(f"《{tip.major.standard}》没有把它列为重大事故隐患，仍须依法整改。")
    return Line("是否属于重大事故隐患：库内没有可以核对的判定条目，请按主管部门的判定标准确认。")


def _decisive(one: Finding) -> Question:
    """The question that shows what the item says, else the one with the worst answer."""
    return next((question for question, given in one.parts if bears_out(one.tip, question, given)), one.question)


def observed(one: Finding) -> tuple[str, ...]:
    """What was answered, question by question, with the notes."""
    words = {"否": "没有做到", "部分": "部分做到", "不清楚": "说不清"}
    return tuple(
        f"{question.ask}——{words[given.reply]}{f'：{given.note}' if given.note else ''}" for question, given in one.parts
    )


def gaps(report: Report) -> list[Gap]:
    """The findings as rows of the ledger; what is unclear becomes a row of its own."""
    return [_gap(card, report.result.day) for card in (*report.gaps, *report.unclear)]


def _gap(card: Card, day: date) -> Gap:
    one, tip = card.finding, card.finding.tip
    liability = (*(f"行政：{line.text}" for line in card.administrative), *(f"刑事：{line.text}" for line in card.criminal))
    cites = dict.fromkeys(cite for line in (*card.duties, *card.administrative, *card.criminal) for cite in line.cites)
    find_out = f"到现场看：{'、'.join(one.question.look)}。留下：{'、'.join(one.question.proof)}。"
    return Gap(
        key=f"unclear/{tip.id}" if one.unclear else tip.id,
        hazard=card.title,
        level=one.level,
        duty=card.duties[0].text,
        cites=tuple(cites),
        liability=liability,
        measure=find_out if one.unclear else "；".join(text.rstrip("。；") for text in (*tip.now, *tip.month)) + "。",
        post=one.post,
        deadline=one.deadline,
        source=f"自查 {day.isoformat()}",
        found=day,
        note="；".join(observed(one)),
    )


def tally(report: Report) -> tuple[tuple[str, int], ...]:
    """What is counted above the report."""
    counts = tuple((level.value, report.result.count(level)) for level in Level)
    return (*counts, ("不清楚", len(report.unclear)))
