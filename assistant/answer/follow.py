"""A turn against those before it, without a model: a follow-up is completed from them, a change of topic carries nothing over.

重大责任事故罪死亡3人怎么判？ → 那死亡1人呢？          重大责任事故罪死亡1人怎么判？     what is new takes the place of the old
重大责任事故罪死亡3人怎么判？ → 要坐牢吗？              重大责任事故罪死亡3人，要坐牢吗？   what is left out stands before it
重大责任事故罪死亡3人怎么判？ → 消防通道被堵怎么罚？    another topic
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from assistant.answer.elliptic import Completed, bare, complete
from assistant.answer.match import Match, Matcher
from assistant.answer.sources import Sources
from assistant.answer.understand import Understanding, hears, understand
from assistant.domain.answer import Answer, Outcome
from assistant.domain.cues import Cues

SHORT = 30
"""Characters; a later turn at most this long is taken to lean on the turn before it, unless it shows that it stands alone."""
CLEAR, SURE = 0.42, 0.5
"""What the best record has to score for a question to have a topic of its own; where a word may point back, for sure."""
FAINT = 0.34
"""The same where the records of the answer before are far off."""
NEAR, FAR = 0.4, 0.25
"""From this share of the best score on, the records of the answer before are on the topic too; below that one, surely not."""
WORDS = 3
"""A question with fewer characters of its own than this, besides what asks, names no topic."""
NARROW = 0.06
"""A law that at most this share of the records rests on marks a topic."""
_MARKS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")


@dataclass(frozen=True)
class FollowUp:
    """How a turn stands to those before it."""

    text: str
    """What is to be understood: the question as typed, or as completed where it then stands alone."""
    history: tuple[Answer, ...] = ()
    """The turns that it leans on."""
    completed: str = ""
    """The question with what it leaves out; empty where it left nothing out."""
    turned: bool = False
    """Whether the topic has changed."""


def follow(text: str, history: Sequence[Answer], sources: Sources, matcher: Matcher) -> FollowUp:
    """Read a turn against the turns before it; the last topic only is carried on, and questions as they were completed."""
    thread = _thread(history)
    if not thread:
        return FollowUp(text)
    alone, before, cues = understand(text, (), sources), thread[-1], sources.knowledge.cues
    if alone.wants_any("greeting"):
        return FollowUp(text)
    back = hears(cues.follow_up, text) or _fragment(text, cues)
    if not back and _stands_alone(alone, before, sources, matcher):
        return FollowUp(text, turned=not _related(alone, before, sources, matcher))
    found = complete(alone, understand(_to_complete_from(text, thread, cues), (), sources), sources) or Completed(text)
    return FollowUp(
        text=found.text if found.alone else text,
        history=() if found.alone else tuple(replace(answer, question=_whole(answer)) for answer in thread),
        completed=found.text if found.text != text else "",
    )


def _thread(history: Sequence[Answer]) -> tuple[Answer, ...]:
    """The turns since the topic last changed; what was out of scope is no turn."""
    told = [answer for answer in history if answer.status is not Outcome.OUT_OF_SCOPE]
    later = list(takewhile(lambda answer: not answer.turned, reversed(told)))
    return tuple(told[max(0, len(told) - len(later) - 1) :])


def _whole(answer: Answer) -> str:
    return answer.completed or answer.question


def _to_complete_from(text: str, thread: Sequence[Answer], cues: Cues) -> str:
    """The question before. Where that too only put something in, 企业呢 before 个人呢, the one that it was put into."""
    turns = list(thread)
    if not hears(cues.asking, bare(text)):
        while len(turns) > 1 and f"，{bare(turns[-1].question)}，" in turns[-1].completed:
            turns.pop()
    return _whole(turns[-1])


def _fragment(text: str, cues: Cues) -> bool:
    """那未遂呢？ asks nothing by itself; 要不要系安全带呢？ does."""
    said = re.sub(r"呢?[？?。\s]*$", "", text)
    return said != text.rstrip("？?。 ") and not hears(cues.asking, said)


def _stands_alone(u: Understanding, before: Answer, sources: Sources, matcher: Matcher) -> bool:
    """Whether a turn that points back by no sure word needs nothing from the turn before it."""
    cues = sources.knowledge.cues
    if u.refs or u.offences or len(u.text) > SHORT:
        return True
    if hears(cues.off_topic, u.text) and not hears(cues.in_field, u.text):
        return True
    if len(_topic(u.text, cues)) < WORDS:
        return False
    perhaps = hears(cues.perhaps_follow_up, u.text)
    ranked = matcher.rank(u.text, u.query, u.aspects, {})
    if not ranked:
        return True
    far = not _close(ranked, before, FAR)
    clear = ranked[0].score >= (SURE if perhaps else FAINT) and far
    clear = clear or (not perhaps and ranked[0].score >= CLEAR and not _close(ranked, before, NEAR))
    return clear and not _beside(ranked, before, sources)


def _topic(text: str, cues: Cues) -> str:
    """What a question speaks of, without the words that ask."""
    for pattern in (*cues.asking, *cues.no_topic):
        text = re.sub(pattern, "", text)
    return _MARKS.sub("", text)


def _related(u: Understanding, before: Answer, sources: Sources, matcher: Matcher) -> bool:
    ranked = matcher.rank(u.text, u.query, u.aspects, {})
    named = {offence.id for offence in u.offences} | {
        record for record in u.laws if any(c.law == record for c in before.citations)
    }
    same = bool(named & {*before.topics[:4], *(c.law for c in before.citations)})
    return same or _close(ranked, before, NEAR) or _beside(ranked, before, sources)


def _close(ranked: Sequence[Match], before: Answer, share: float) -> bool:
    """Whether the records of the answer before are nearly as good for the new question as its own best."""
    best = ranked[0].score if ranked else 0.0
    return any(match.record.id in before.topics[:4] and match.score >= share * best for match in ranked)


def _beside(ranked: Sequence[Match], before: Answer, sources: Sources) -> bool:
    """Whether the best record names one of those before as related, or rests on the same law where few do."""
    topics = before.topics[:4]
    if not ranked:
        return False
    best = ranked[0].record
    if {best.id, *best.related} & {*topics} or any(best.id in known.related for one in topics if (known := sources.record(one))):
        return True
    theirs = {law for topic in topics[:2] for law in _narrow(topic, sources)}
    return any(law in theirs for law in _narrow(best.id, sources))


def _narrow(record: str, sources: Sources) -> Iterator[str]:
    """The laws that a record rests on and few others do."""
    few = NARROW * len(sources.cited_by)
    for law in {ref.law for ref in sources.cited_by.get(record, ())}:
        if sum(any(ref.law == law for ref in refs) for refs in sources.cited_by.values()) < few:
            yield law
