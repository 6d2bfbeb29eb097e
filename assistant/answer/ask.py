"""One question, one way: read ─▶ understand ─▶ retrieve ─▶ compose ─▶ verify. Nothing flows backwards. Start reading here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from assistant.answer import refuse
from assistant.answer.compose import Found, compose
from assistant.answer.draft import Composition
from assistant.answer.figures import harm_of, tiers
from assistant.answer.follow import follow
from assistant.answer.match import Matcher
from assistant.answer.material import consult, points_out
from assistant.answer.on_the_spot import Spotter, spotted
from assistant.answer.sources import Sources
from assistant.answer.understand import Understanding, normalise, understand
from assistant.answer.verify import verify
from assistant.answer.weighed import Rules, say, understood, weigh, weigh_again
from assistant.answer.wishes import offer
from assistant.domain.answer import Answer, Behavior, Claim, Outcome, Passage, Section
from assistant.domain.assessment import Assessment
from assistant.domain.material import Shelf
from assistant.domain.records import Aspect, Offence
from assistant.domain.wish import Wish
from assistant.errors import Cancelled
from assistant.rules.tiers import grade_of
from assistant.search.spelling import Reading

BARE, HITS = 12, 24
COUNTED = re.compile(r"\d+(?:\.\d+)?(?:万|余|多)?[件人份起%％]")
WEIGHED = {Behavior.ANSWER, Behavior.TEMPORAL}
CARRIED, LIFT = 0.35, 0.12
"""What a record gains from answering the question before, as a share of its score then; from resting on an article that is named."""


class Room(Protocol):
    """What asking needs; ``services.Services`` provides it."""

    max_chars: int

    @property
    def sources(self) -> Sources:
        """What may be cited."""

    @property
    def matcher(self) -> Matcher:
        """Questions against records."""

    @property
    def assessing(self) -> Rules:
        """宽严研判."""

    @property
    def hazards(self) -> Spotter:
        """风险提示."""

    def wish(self, text: str) -> Wish | None:
        """A lecture, questions or a drill that a text asks for."""

    def read(self, question: str) -> Reading:
        """A question in any spelling, as the library would write it."""

    def passages(self, query: str, k: int, kind: str | None = None) -> Sequence[Passage]:
        """Search the library."""


def ask(
    question: str,
    room: Room,
    history: Sequence[Answer] = (),
    on: date | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    shelf: Shelf | None = None,
) -> Answer:
    """Answer a question from the library at a date, and beside it from the asker's own files in ``shelf``.

    Raises ``UsageError`` for what cannot be a question.
    """
    as_of = on or date.today()
    refuse.check_input(question, room.max_chars)
    reading = room.read(question)
    text = points_out(reading.text, room.sources.knowledge.cues) if shelf else reading.text
    before = [replace(turn, question=room.read(turn.question).text) for turn in history]
    turn = follow(text, before, room.sources, room.matcher)
    u = understand(turn.text, turn.history, room.sources)
    told = consult(u, text != reading.text, shelf, room.sources, room.matcher) if shelf else None
    _stop_if(cancelled)
    if told and told.alone:
        return told.joined(_bare(question, as_of, room))
    if told and told.figures:
        u = understand(f"{turn.text}（{told.figures}）", turn.history, room.sources)
    found = retrieve(u, room)
    _stop_if(cancelled)
    weighed = weigh(turn.text, room.assessing, as_of) or weigh_again(text, before, bool(turn.completed), room.assessing, as_of)
    wish = room.wish(text)
    composition, facts = with_case(_composed(u, found, room, as_of, wish), text, weighed, room)
    _stop_if(cancelled)
    verified = verify(composition.drafts, room.sources, as_of)
    bare = composition.outcome is Outcome.ANSWERED and not any(claim.citations for claim in verified.claims)
    answer = Answer(
        question=normalise(question),
        status=Outcome.INSUFFICIENT if bare else composition.outcome,
        behavior=composition.behavior,
        as_of=as_of,
        claims=_ordered(verified.claims),
        citations=tuple(verified.citations),
        withheld=tuple(verified.withheld),
        warnings=tuple(filter(None, [reading.note, *composition.warnings])),
        library_date=room.sources.newest,
        topics=tuple(composition.topics),
        completed=turn.completed,
        turned=turn.turned,
        understood=facts,
        wish=wish,
    )
    return told.joined(answer) if told else answer


def with_case(composition: Composition, text: str, weighed: Assessment | None, room: Room) -> tuple[Composition, tuple[str, ...]]:
    """Where the question or one before it tells a case, what the rules make of it stands first; and the facts read from it."""
    if weighed is None or composition.behavior not in WEIGHED:
        return composition, ()
    return say(weighed, room.assessing, text, composition), understood(weighed.sheet, room.assessing.book.facts)


def _bare(question: str, as_of: date, room: Room) -> Answer:
    """Nothing said yet: what is read in the asker's own files is all that there is."""
    return Answer(normalise(question), Outcome.ANSWERED, Behavior.ANSWER, as_of, library_date=room.sources.newest)


def _composed(u: Understanding, found: Found, room: Room, as_of: date, wish: Wish | None) -> Composition:
    """What the records say; of a hazard told on the spot, what it is and what to do; of a wish, where it is met."""
    if wish is None:
        known = found.records[0].score if found.records else 0.0
        return spotted(u, room.hazards, room.sources, known) or decide(u, found, room, as_of)
    composition = decide(u, found, room, as_of)
    composition.say(offer(wish), Section.NOTES)
    return composition


def retrieve(u: Understanding, room: Room) -> Found:
    """Records by what they answer, lifted where search or an exact reference points to them; provisions by search."""
    before = u.carries.question if u.carries else ""
    found = room.passages(f"{u.query} {before}".strip(), 2 * HITS)
    hits = [hit for hit in found if hit.kind != "risk_tip"][
        :HITS
    ]  # a tip answers what is told of a place, not what is asked of the law
    boosts: dict[str, float] = {}
    for rank, hit in enumerate(hit for hit in hits if hit.kind != "provision"):
        boosts[hit.source_id] = max(0.0, 0.12 - 0.012 * rank)
    for offence in u.offences:
        boosts[offence.id] = boosts.get(offence.id, 0.0) + 0.15
    named = {ref.whole_article() for ref in u.refs}
    for record_id, cited in room.sources.cited_by.items() if u.laws else ():
        lift = LIFT if cited & named else LIFT / 2 if any(ref.law in u.laws for ref in cited) else 0.0
        boosts[record_id] = boosts.get(record_id, 0.0) + lift
    if before:  # what the talk was about still counts, for less than what is asked now
        for match in room.matcher.rank(before, before, frozenset(), {}):
            boosts[match.record.id] = boosts.get(match.record.id, 0.0) + CARRIED * match.score
    for place, topic in enumerate(u.carries.topics[:4] if u.carries else ()):  # 那重大事故的呢？ has no topic of its own
        boosts[topic] = boosts.get(topic, 0.0) + (2 * LIFT if len(u.text) <= BARE else LIFT) / (1 + place)
    for record in room.sources.records("policy", "practice") if u.wants_any("statistics") else ():
        if any(COUNTED.search(point.text) for point in record.points):
            boosts[record.id] = boosts.get(record.id, 0.0) + LIFT
    grade = (
        grade_of(room.sources.knowledge.grades, harm_of(u))
        if Aspect.ADMINISTRATIVE in u.aspects and u.quantities.deaths
        else None
    )
    wide = f"{u.query} {grade.name} 事故罚款" if grade else u.query  # a fine after deaths is a fine by the grade of the accident
    records = room.matcher.rank(u.text, wide, u.aspects, boosts)
    return Found(records, [hit for hit in hits if hit.kind == "provision"])


def decide(u: Understanding, found: Found, room: Room, as_of: date) -> Composition:
    """Refuse in code where an answer would be a guess; otherwise compose."""
    refusal = (
        refuse.out_of_scope(u, room.matcher, found.records, found.provisions, room.sources)
        or refuse.not_in_library(u, found.records, room.sources)
        or refuse.prediction(u)
    )
    if refusal is None:
        composition = compose(u, found, room.sources, room.matcher, as_of)
        return composition if composition.drafts else _insufficient(composition)
    if refusal.behavior is Behavior.NO_PREDICTION:
        for offence in u.offences[:2]:
            _ranges(offence, refusal)
            tiers(u, offence, refusal)
    return refusal


def _ranges(offence: Offence, out: Composition) -> None:
    for tier in offence.tiers:
        out.say(f"{offence.title}（{tier.label}）的法定刑：{tier.penalty}。", Section.BASIS, *tier.cite)
    out.uses(offence.id)


def _insufficient(out: Composition) -> Composition:
    out.outcome, out.behavior = Outcome.INSUFFICIENT, Behavior.NOT_IN_LIBRARY
    out.say("库内没有足以回答这个问题的依据，不作猜测。", Section.CONCLUSION)
    out.say("可以补充罪名、条文名称或者具体行为再问；也可以导入相关法规的官方文本。", Section.NOTES)
    return out


def _ordered(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Claims by section, in the order of the sections."""
    order = list(Section)
    return tuple(sorted(claims, key=lambda claim: order.index(claim.kind)))


def _stop_if(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled("已停止。")
