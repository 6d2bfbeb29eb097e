"""What is said of a hazard on the spot: danger first, then what it is, who answers for it and what to do; or what a trade has to heed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from assistant.answer.draft import Composition
from assistant.answer.sources import Sources
from assistant.answer.understand import Understanding
from assistant.domain.answer import Section
from assistant.domain.hazard import Hazard, HazardCues
from assistant.domain.records import Point
from assistant.domain.tips import RiskTip

TOLD, SURE = 0.45, 0.65
"""Least score of a tip for what is told as a hazard, and for what is only said in the chat, to be taken for one."""
HEEDED = 6
KNOWN = 0.4
"""Score of a record that answers a question."""
SHORT, LONG = 8, 120
"""Characters of what tells a hazard; a longer text tells a case or asks several things."""
_TAIL = re.compile(r"[，,。；;、\s]*[^，,。；;]*$")
"""The last clause, where what was told ends in a question."""
OFFER = "“企业自查”可以按这一行的问卷逐项查，得出有依据、有期限的整改清单。"


class Spotter(Protocol):
    """What reads hazards; ``hazards.Hazards`` provides it."""

    @property
    def cues(self) -> HazardCues:
        """Words that decide how a hazard is told."""

    def read(self, said: str) -> Hazard:
        """What a hazard told in words is."""

    def heeded(self, text: str, k: int) -> tuple[RiskTip, ...]:
        """The tips of the trade or place that a text names, the gravest first."""


def spotted(u: Understanding, spotter: Spotter, sources: Sources, known: float) -> Composition | None:
    """The answer to a hazard told, or to what a trade has to heed; ``None`` where the question asks for something else.

    ``known`` is how well the best record answers it: what a record answers is not taken from it.
    """
    cues = spotter.cues
    if u.refs or u.laws or u.offences or u.carries or u.quantities.deaths or len(u.text) > LONG or _heard(cues.law, u.text):
        return None
    if _heard(cues.heed, u.text):
        tips = spotter.heeded(u.text, HEEDED)
        return heed(tips) if tips else None
    if u.wants_any("asserts", "prediction", "greeting", "model_text") or _heard(sources.knowledge.cues.off_topic, u.text):
        return None
    asks = _heard(cues.told, u.text)
    told = _TAIL.sub("", u.text) if asks else u.text
    if (asks and known >= KNOWN) or len(told) < SHORT or _heard(sources.knowledge.cues.asking, told):
        return None
    found = spotter.read(told)
    return say(found, sources) if found.tips and found.tips[0].score >= SURE else None


def say(found: Hazard, sources: Sources) -> Composition:
    """All that is said of one hazard."""
    out = Composition()
    tip = found.tips[0].tip
    if found.urgent:
        out.say(f"先撤人、先停下来：{tip.urgent}", Section.CONCLUSION, tip.id)
    if found.violation == "no" and found.lawful:
        out.say(f"照所说的情形，这不是违法：{found.lawful.why}", Section.CONCLUSION, *found.lawful.cite)
        out.say(f"与它相近而违法的是：{tip.title}。", Section.NOTES, tip.id)
        out.uses(tip.id)
        return out
    _what(found, tip, out)
    for point in (*tip.administrative(), *tip.criminal()):
        out.say(point.text, Section.BASIS, *point.cite, confidence=point.confidence)
    out.say(f"谁担责：{'、'.join(tip.liable)}。现场由{tip.posts[0]}牵头整改。", Section.APPLICATION, tip.id)
    for when, measures in (("今天", tip.now), ("一个月内", tip.month), ("长期", tip.lasting)):
        out.say(f"{when}：{_joined(measures)}", Section.APPLICATION, tip.id)
    for case in filter(None, map(sources.record, tip.cases[:1])):
        out.say(f"{case.title}：{case.points[0].text}", Section.CASES, case.id)
    others = [likely.tip.title for likely in found.tips[1:3]]
    if found.violation == "unknown" and others:
        out.say(f"也可能是：{'、'.join(others)}。再说具体些（什么设备、谁在做、缺什么）可以判断得更准。", Section.NOTES)
    out.say(OFFER, Section.NOTES)
    out.uses(tip.id)
    return out


def _what(found: Hazard, tip: RiskTip, out: Composition) -> None:
    duty, major = tip.duties()[0], found.major
    if found.violation == "yes":
        out.say(f"这是“{tip.title}”。{duty.text}", Section.CONCLUSION, *duty.cite)
    else:
        out.say(f"可能涉及“{tip.title}”，凭所说的还不能认定；要看清：{tip.check.ask}", Section.CONCLUSION, tip.id)
        out.say(duty.text, Section.BASIS, *duty.cite)
    standard = f"《{major.standard}》{major.item}"
    if major.value == "是":
        out.say(f"按{standard}，属于重大事故隐患。", Section.CONCLUSION, *major.cite)
    elif major.value == "看情形":
        out.say(f"{major.when}，按{standard}属于重大事故隐患。", Section.CONCLUSION, *major.cite)
    elif major.value == "否":
        out.say(f"《{major.standard}》没有把它列为重大事故隐患，仍须依法整改。", Section.NOTES)
    for point in tip.duties()[1:]:
        out.say(point.text, Section.BASIS, *point.cite, confidence=point.confidence)


def heed(tips: Iterable[RiskTip]) -> Composition:
    """What a trade has to heed: the gravest hazards, each with its duty, and the self-check."""
    out = Composition()
    for tip in tips:
        duty: Point = tip.duties()[0]
        out.say(f"{tip.title}：{duty.text}", Section.CONCLUSION, *duty.cite)
        out.say(f"{tip.title}：{tip.risk}现场看：{'、'.join(tip.signs[:3])}。", Section.APPLICATION, tip.id)
        out.uses(tip.id)
    out.say(OFFER, Section.NOTES)
    return out


def _joined(measures: Iterable[str]) -> str:
    return "；".join(measure.rstrip("。；") for measure in measures) + "。"


def _heard(patterns: Iterable[str], text: str) -> bool:
    return any(re.search(pattern, text) for pattern in patterns)
