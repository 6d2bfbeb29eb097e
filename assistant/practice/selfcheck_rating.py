"""企业自查: what the answers come to, by the declared rules alone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from assistant.domain.ledger import Level
from assistant.domain.selfcheck import Compared, Finding, Given, Legal, Question, Questionnaire, RatingRules, Result
from assistant.domain.tips import RiskTip
from assistant.practice.selfcheck import Answers, asked, not_asked

GAPS = ("否", "部分")
_WORST = ("否", "部分", "不清楚")


def result(
    of: Questionnaire, answers: Answers, tips: Mapping[str, RiskTip], rules: RatingRules, day: date, before: Result | None = None
) -> Result:
    """The findings of a self-check on its day; ``before`` is the previous one at the same site."""
    earlier = {one.tip.id for one in before.findings} if before else set()
    by_tip: dict[str, list[tuple[Question, Given]]] = {}
    met: list[Question] = []
    beside: list[Question] = []
    for question in asked(of, answers):
        given = answers.get(question.id)
        if given is None or not question.tip:
            continue
        if given.reply in rules.replies:
            by_tip.setdefault(question.tip, []).append((question, given))
        elif given.reply:
            (met if given.reply == "是" else beside).append(question)
    found = [_finding(tips[tip], parts, rules, day, tip in earlier) for tip, parts in by_tip.items()]
    gaps = sorted((one for one in found if not one.unclear), key=_gravest_first)
    unclear = sorted((one for one in found if one.unclear), key=_gravest_first)
    rest = (tuple(met), tuple(beside), not_asked(of, answers))
    compared = _compared(before, found, met, beside) if before else None
    return Result(of, day, tuple(gaps), tuple(unclear), *rest, compared)


def _finding(tip: RiskTip, parts: list[tuple[Question, Given]], rules: RatingRules, day: date, repeated: bool) -> Finding:
    worst = sorted(parts, key=lambda part: _WORST.index(part[1].reply))
    reply = worst[0][1].reply
    assert reply
    likelihood = min(rules.replies[reply] + (rules.repeated if repeated else 0), len(rules.cells))
    legal = _legal(tip, worst)
    level = rules.level(likelihood, tip.severity, legal)
    days = rules.unclear_days if reply == "不清楚" else rules.days(level)
    post = rules.major_post if legal == "是" else tip.posts[0]
    deadline = day + timedelta(days=days)
    return Finding(tip, tuple(worst), likelihood, tip.severity, level, legal, post, deadline, days, repeated)


def _legal(tip: RiskTip, parts: Iterable[tuple[Question, Given]]) -> Legal:
    """重大事故隐患 only by the standard's item, of any of the questions on the tip."""
    if tip.major.value in ("否", "未核"):
        return "否" if tip.major.value == "否" else "未核"
    return "是" if any(bears_out(tip, question, given) for question, given in parts) else "待对照"


def bears_out(tip: RiskTip, question: Question, given: Given) -> bool:
    """Whether an answer shows what the standard's item says: as such, or because the reader confirms it."""
    if given.reply not in GAPS:
        return False
    return given.confirmed or not asks_condition(tip, question, given)


def asks_condition(tip: RiskTip, question: Question, given: Given) -> bool:
    """Whether the reader has to say if it is what the item means: where that has a condition, or only part of it was asked or is so."""
    if given.reply not in GAPS or tip.major.value not in ("是", "看情形"):
        return False
    return tip.major.value == "看情形" or given.reply == "部分" or question.own


def _gravest_first(one: Finding) -> tuple[int, int, int]:
    return (list(Level).index(one.level), -one.severity, -one.likelihood)


def _compared(before: Result, found: list[Finding], met: list[Question], beside: list[Question]) -> Compared:
    now = {one.tip.id: one.tip.title for one in found if not one.unclear}
    then = {one.tip.id: one.tip.title for one in before.findings}
    done = {one.tip for one in (*met, *beside)} - {one.tip.id for one in found}
    return Compared(
        day=before.day,
        closed=tuple(title for key, title in then.items() if key in done),
        new=tuple(title for key, title in now.items() if key not in then),
        repeated=tuple(title for key, title in now.items() if key in then),
        unseen=tuple(title for key, title in then.items() if key not in now and key not in done),
    )
