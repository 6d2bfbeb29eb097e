"""小测 of a lecture: questions of the bank, first those on what it teaches, each proven by the lecture's own sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from assistant.answer.draft import in_chinese
from assistant.documents.lecture_said import Citing
from assistant.documents.lecture_topics import Shelves
from assistant.documents.quiz import Bank
from assistant.documents.quiz_draw import drawn
from assistant.documents.quiz_proof import Draft, item
from assistant.domain.cases import Case
from assistant.domain.lecture import Block, Outline, Question, Said, Slide
from assistant.domain.quiz import LETTERS, QuizKind

_STEM, _OPTIONS, _MANY = 110, 190, 6
"""Letters of a stem and of its options, and how many, that a slide has room for."""
_AT_A_GLANCE, _SIDE, _PROVED = 84, 15, 84
"""Letters of a stem, of an option beside others and of an explanation that the last row of a room reads on one slide."""
_BESIDE = 4
"""Options of a question on a slide."""
_MYTHS = 12
"""Common errors that are near enough to the topic's words."""
_SHARE = 5
"""Of how many questions one may be of another level than the audience's."""
_FEW = 10
"""Of how many questions one may be a 多选 on something beside the lecture, which may have none of its own."""
_COMMON = {"误解", "说法", "数字"}
_NEVER = 4


def questions(outline: Outline, shelves: Shelves, bank: Bank, citing: Citing, most: int, shown: int) -> tuple[Question, ...]:
    """At most so many, of which the first ``shown`` are short and of different sorts. Each resolves to the lecture's sources."""
    rank, found, told = _Rank(outline, shelves), list[tuple[Draft, Said]](), set[str]()
    held: dict[int, list[Draft]] = {}
    for draft in bank.drafts:
        held.setdefault(rank(draft) if _readable(draft) else _NEVER, []).append(draft)
    several = [draft for draft in held.get(3, ()) if draft.kind is QuizKind.MULTIPLE]
    several = sorted(several, key=lambda draft: draft.topic not in bank.general)[: most // _FEW]
    near = drawn((*held.get(0, ()), *held.get(1, ()), *several), outline.minutes, rank)
    other = islice(drawn(held.get(2, ()), outline.minutes), most // _SHARE)
    far = drawn(held.get(3, ()), outline.minutes, lambda draft: draft.topic not in bank.general)
    for draft in chain(near, other, far):
        if len(found) == most:
            break
        new = told.isdisjoint(draft.proved_by) and not _leads(draft, found) and not _many(draft, found, most)
        if new and (why := _proof(draft, shelves, citing)):
            told.update(draft.proved_by)
            found.append((draft, why))
    return tuple(_asked(draft, why) for draft, why in _for_slides(found, shown))


def slides(asked: Sequence[Question], part: str, block: Block) -> Iterator[Slide]:
    """Two slides a question: first to choose, then the answer with what proves it."""
    for at, one in enumerate(asked, 1):
        options = [Said(text, head=letter) for letter, text in zip(LETTERS, one.options, strict=False)]
        kicker = f"{one.kind}题 {at}"
        yield Slide("options", part, "选一选", (Said(one.stem), *options), kicker, block=block.key)
        why = Said(one.why.text, one.why.cites, "解析")
        yield Slide("options", part, f"答案：{one.right}", (Said(one.stem), *options, why), kicker, one.right, block=block.key)


class _Rank:
    """How near a question is to a lecture: 0 taught in it, 1 of its topic, 2 taught but at another level, 3 for its audience."""

    def __init__(self, outline: Outline, shelves: Shelves) -> None:
        topic, self._audience = outline.topic, outline.audience.value
        self._taught = {block.record for block in outline.blocks if block.record}
        own = (*topic.cases, *topic.duties, *topic.offences, *topic.balance, *topic.procedures, *topic.myths)
        self._own = {*own, *shelves.myths(topic)[:_MYTHS]}
        self._words = tuple(word for word in (topic.name, *topic.aliases) if len(word) > 1)

    def __call__(self, draft: Draft) -> int:
        """The rank; ``_NEVER`` for what neither the lecture teaches nor its audience is asked."""
        level, taught = self._audience in draft.level, not self._taught.isdisjoint(draft.records)
        if level and taught:
            return 0
        if level and (not self._own.isdisjoint(draft.records) or any(word in draft.topic + draft.stem for word in self._words)):
            return 1
        return 2 if taught else 3 if level else _NEVER


def _leads(draft: Draft, found: Sequence[tuple[Draft, Said]]) -> bool:
    """Whether one more of its answer would tell the answer of those to be judged."""
    judged = [one.right for one, _ in found if one.kind is QuizKind.TRUTH]
    return draft.kind is QuizKind.TRUTH and 2 * judged.count(draft.right) > len(judged) + 1


def _many(draft: Draft, found: Sequence[tuple[Draft, Said]], most: int) -> bool:
    """Whether its sort has had its share, or what is to be judged has: three sorts of statements have twice that of the others."""
    if draft.kind is QuizKind.TRUTH and sum(one.kind is QuizKind.TRUTH for one, _ in found) >= most * 3 // 5:
        return True
    share = max(1, most // (3 if draft.sort in _COMMON else 6))
    return sum(one.sort == draft.sort for one, _ in found) >= share


def _readable(draft: Draft) -> bool:
    options = (*draft.right, *draft.wrong)
    return len(draft.stem) <= _STEM and len(options) <= _MANY and sum(map(len, options)) <= _OPTIONS


def _proof(draft: Draft, shelves: Shelves, citing: Citing) -> Said | None:
    """What proves the answer, with the numbers of its sources: a case's own record too; ``None`` where none of them carries it."""
    cases = [name for name in draft.records if isinstance(shelves.sources.record(name), Case)]
    return citing.say(draft.explanation, (*cases, *draft.cites) or draft.records)


def _for_slides(found: Sequence[tuple[Draft, Said]], shown: int) -> list[tuple[Draft, Said]]:
    """First those for the slides, the short ones of each sort in turn; the others as they were drawn."""
    first: list[tuple[Draft, Said]] = []
    for fresh in (True, False):
        for one in found:
            sorts = {draft.sort for draft, _ in first}
            if len(first) < shown and one not in first and _short(*one) and (not fresh or one[0].sort not in sorts):
                first.append(one)
    return [*first, *(one for one in found if one not in first)]


def _short(draft: Draft, why: Said) -> bool:
    options = (*draft.right, *draft.wrong)
    marks = len(str(why.cites)) // 2
    return (
        len(draft.stem) <= _AT_A_GLANCE
        and len(options) <= _BESIDE
        and max(map(len, options)) <= _SIDE
        and len(why.text) + marks <= _PROVED
    )


def _asked(draft: Draft, why: Said) -> Question:
    made = item(draft, 0)
    return Question(made.kind.value, in_chinese(made.stem), made.options, made.letters, why)
