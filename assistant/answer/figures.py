"""Answers that are computed from the figures of the question: 量刑档 and 事故等级."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer.draft import Composition
from assistant.answer.sources import Sources
from assistant.answer.understand import Understanding
from assistant.domain.answer import Behavior, Section
from assistant.domain.cues import Grade
from assistant.domain.records import Aspect, Offence
from assistant.domain.sentencing import Threshold
from assistant.law.quantities import Quantities, arabic
from assistant.rules.tiers import Harm, Reached, TierFinding, find_tiers, grade_of

_GRADE = re.compile(r"等级|级别|几级|哪一级|一般事故|较大事故|重大事故(?!隐患)|特别重大|特大事故|什么事故")
_UPPER = re.compile(r"3年以上|3到7年|3至7年|3-7年|5年以上|加重|升档|特别恶劣|特别严重|上一档|高一档")
SENTENCING = {Aspect.CONVICTION, Aspect.SENTENCE, Aspect.POLICY}


def harm_of(u: Understanding) -> Harm:
    """The figures of a question as the rules take them."""
    q = u.quantities
    return Harm(q.deaths, q.serious_injuries, q.minor_injuries, q.loss_wan, u.responsibility)


def figures(q: Quantities) -> str:
    """死亡3人、重伤2人、直接经济损失823.1万元."""
    parts = [
        f"{name}{value:g}{unit}" if value else f"无人{name}"
        for name, value, unit in (
            ("死亡", q.deaths, "人"),
            ("重伤", q.serious_injuries, "人"),
            ("轻伤", q.minor_injuries, "人"),
            ("直接经济损失", q.loss_wan, "万元"),
        )
        if value is not None
    ]
    return "、".join(parts)


def grade(u: Understanding, sources: Sources, out: Composition) -> bool:
    """事故等级, when it is asked and a figure is given; a grade that the asker takes for granted is put right."""
    grades = sources.knowledge.grades
    found = grade_of(grades, harm_of(u)) if _GRADE.search(u.text) and u.quantities.harm else None
    if found is None:
        return False
    named = (
        [known for known in grades if known.name.removesuffix("事故") in u.text.replace("特别重大", "特大")]
        if u.wants_any("asserts")
        else []
    )
    wrong = [known for known in named if known is not found]
    if wrong and found not in named:
        out.behavior = Behavior.CORRECT_PREMISE
    text = (
        f"{figures(u.quantities)}属于{found.name}，不是{wrong[0].name}" if wrong else f"{figures(u.quantities)}属于{found.name}"
    )
    article = found.cite[0].split("/")[0]
    out.say(
        f"{text}；划分等级时“以上”包括本数，“以下”不包括本数，人数与损失中就高认定。", Section.CONCLUSION, *found.cite, article
    )
    for known in dict.fromkeys([found, *wrong]):
        out.say(_span(grades, known), Section.BASIS, *known.cite)
    return True


def _span(grades: Sequence[Grade], one: Grade) -> str:
    """较大事故：死亡3人以上10人以下，…: the floor of a grade and of the one above it."""
    above = next((other for other in grades if other.deaths > one.deaths), None)
    lowest = one is grades[0]

    def between(name: str, floor: float, ceiling: float | None, unit: str) -> str:
        low = "" if lowest else f"{floor:g}{unit}以上"
        return f"{name}{low}{f'{ceiling:g}{unit}以下' if ceiling else ''}"

    parts = [
        between("死亡", one.deaths, above.deaths if above else None, "人"),
        between("重伤", one.serious_injuries, above.serious_injuries if above else None, "人"),
        between("直接经济损失", one.loss_wan, above.loss_wan if above else None, "万元"),
    ]
    return f"{one.name}：{'，或者'.join(parts)}。"


def tiers(u: Understanding, offence: Offence, out: Composition, section: Section = Section.CONCLUSION) -> bool:
    """量刑档 of one offence held against the figures of the question; the highest that is reached concludes alone."""
    if not u.quantities.harm or not (u.aspects & SENTENCING):
        return False
    findings = find_tiers(offence, harm_of(u))
    met = [finding for finding in findings if finding.reached is not Reached.NO]
    if not findings:
        return False
    out.uses(offence.id)
    facts = figures(u.quantities)
    if not met and not any(finding.by for finding in findings):
        cite = [ref for finding in findings for ref in finding.tier.threshold_cite]
        out.say(
            f"仅就{facts}看，还没有达到{offence.title}的数额、人数标准；是否另有其他严重后果，须结合全案判断。",
            section,
            *cite,
            offence.article,
            figured=True,
        )
        return True
    ruled_out = [finding for finding in findings if finding.reached is Reached.NO and finding.by]
    entered = any(finding.reached is Reached.YES for finding in findings)
    for finding in ruled_out[-1:] if entered else ruled_out[:1]:
        rest = "一般仍在前一档" if entered else "仅凭这些还不够入罪"
        out.say(
            f"{facts}虽达到“{finding.tier.label}”的数量，但这一档{finding.missing}，负{u.responsibility}不符合，{rest}（另看有无其他法定情形）。",
            section,
            *finding.tier.threshold_cite,
            figured=True,
        )
    open_ones = [finding for finding in met if finding.reached is Reached.DEPENDS]
    if open_ones and u.wants_any("asserts") and _UPPER.search(arabic(u.text)):
        out.behavior = Behavior.CORRECT_PREMISE  # the condition was left out; the sentence that has it comes first
        met = [*open_ones, *(finding for finding in met if finding not in open_ones)]
    reached = [finding for finding in findings if finding.reached is Reached.YES]
    highest = reached[-1] if len(reached) > 1 else None
    if highest:  # nobody should read the lower range first
        met = [highest, *(finding for finding in met if finding.reached is not Reached.YES)]
    for finding in met:
        untold = finding.reached is Reached.DEPENDS and not (finding.by and finding.by.responsibility)
        out.say(
            _sentence(offence, finding, facts, u.responsibility),
            Section.APPLICATION if untold else section,
            *finding.tier.threshold_cite,
            *finding.tier.cite,
            figured=True,
        )
    return True


def _sentence(offence: Offence, finding: TierFinding, facts: str, responsibility: str) -> str:
    tier, floor = finding.tier, _floor(finding.by)
    if finding.reached is Reached.YES:
        extra = f"，且负事故{responsibility}" if finding.by and finding.by.responsibility else ""
        extra += f"，并须{finding.by.also}" if finding.by and finding.by.also else ""
        return f"{facts}，已达到{offence.title}“{tier.label}”的标准（{floor}{extra}）：处{tier.penalty}。"
    return (
        f"{facts}（标准为{floor}）并且{finding.missing}的，属于{offence.title}“{tier.label}”，处{tier.penalty}；"
        f"不能认定“{finding.missing}”的，一般不进入这一档（另看有无其他特别恶劣、特别严重的情节）。"
    )


def _floor(threshold: Threshold | None) -> str:
    """死亡3人以上: the figures of a threshold."""
    if threshold is None:
        return ""
    floors = Quantities(threshold.deaths, threshold.serious_injuries, threshold.minor_injuries, threshold.loss_wan)
    return "、".join(f"{part}以上" for part in figures(floors).split("、"))
