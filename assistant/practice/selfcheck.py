"""企业自查: which questions are asked, in which order, and what was not asked. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping

from assistant.domain.checklist import Checklist, ChecklistQuestion, Feature
from assistant.domain.selfcheck import Changes, Given, NotAsked, Question, Questionnaire, Skipped
from assistant.domain.tips import RiskTip

Answers = Mapping[str, Given]
"""What stands, by the id of the question."""


def questionnaire(
    checklist: Checklist, features: Iterable[Feature], ticked: Iterable[str], tips: Mapping[str, RiskTip]
) -> Questionnaire:
    """The checklist's questions, then those that the ticked features add on tips that it does not ask about itself."""
    by_key, chosen = {feature.key: feature for feature in features}, set(ticked)
    questions = [_question(one, tips) for one in checklist.questions]
    seen = {one.tip for one in questions}
    for feature in by_key.values():
        for tip in feature.tips if feature.key in chosen else ():
            if tip not in seen:
                questions.append(_of_tip(tips[tip], feature.label))
                seen.add(tip)
    unticked = tuple(by_key[key].label for key in checklist.features if key in by_key and key not in chosen)
    return Questionnaire(checklist.id, checklist.title, tuple(questions), checklist.not_asked, unticked)


def _question(one: ChecklistQuestion, tips: Mapping[str, RiskTip]) -> Question:
    """With the words of its tip where it has none of its own."""
    if not one.tip:
        return Question(one.id, one.ask, one.why, one.look, one.proof, one.cite, one.when)
    tip = tips[one.tip]
    return Question(
        id=one.id,
        ask=one.ask or tip.check.ask,
        why=one.why or tip.check.why,
        look=one.look or tip.check.look,
        proof=one.proof or tip.check.proof,
        cite=one.cite or tip.duties()[0].cite,
        when=one.when,
        tip=tip.id if one.kind == "隐患" else "",
        own=bool(one.ask),
    )


def _of_tip(tip: RiskTip, feature: str) -> Question:
    check = tip.check
    return Question(tip.id, check.ask, check.why, check.look, check.proof, tip.duties()[0].cite, tip=tip.id, feature=feature)


def asked(of: Questionnaire, answers: Answers) -> tuple[Question, ...]:
    """The questions that the answers so far call for: what hangs on a question that is itself not asked, is not asked."""
    shown: list[Question] = []
    ids: set[str] = set()
    for question in of.questions:
        if all(key in ids and _reply(answers, key) in wanted for key, wanted in question.when.items()):
            shown.append(question)
            ids.add(question.id)
    return tuple(shown)


def following(of: Questionnaire, answers: Answers, after: str = "") -> Question | None:
    """The next question without an answer, looked for behind ``after`` first; ``None`` when all are answered."""
    shown = asked(of, answers)
    at = next((place + 1 for place, one in enumerate(shown) if one.id == after), 0)
    return next((one for one in (*shown[at:], *shown[:at]) if not _reply(answers, one.id)), None)


def progress(of: Questionnaire, answers: Answers) -> tuple[int, int]:
    """(answered, asked so far)."""
    shown = asked(of, answers)
    return sum(bool(_reply(answers, one.id)) for one in shown), len(shown)


def not_asked(of: Questionnaire, answers: Answers) -> NotAsked:
    """Everything that the result says nothing about."""
    shown = asked(of, answers)
    unanswered = tuple(one for one in shown if not _reply(answers, one.id))
    return NotAsked(of.left_out, of.unticked, unanswered, tuple(_skipped(of, answers, shown)))


def _skipped(of: Questionnaire, answers: Answers, shown: Iterable[Question]) -> Iterator[Skipped]:
    """By the answer that ruled them out; what waits for an answer is not ruled out yet."""
    by_id, there = {one.id: one for one in of.questions}, {one.id for one in shown}
    groups: dict[str, list[Question]] = {}
    for one in of.questions:
        root = _ruling(one, by_id, there, answers)
        if one.id not in there and root:
            groups.setdefault(root, []).append(one)
    for root, questions in groups.items():
        yield Skipped(by_id[root], _reply(answers, root), tuple(questions))


def _ruling(one: Question, by_id: Mapping[str, Question], there: set[str], answers: Answers) -> str:
    """The answered question because of which ``one`` is not asked; empty where there is none."""
    for key, wanted in one.when.items():
        reply = _reply(answers, key)
        if key not in there:
            return _ruling(by_id[key], by_id, there, answers)
        if reply and reply not in wanted:
            return key
    return ""


def fingerprints(of: Questionnaire) -> dict[str, str]:
    """Of what each question asks, by its id."""
    return {one.id: _fingerprint(one) for one in of.questions}


def _fingerprint(one: Question) -> str:
    """Of the words that an answer depends on."""
    when = {key: sorted(wanted) for key, wanted in sorted(one.when.items())}
    seed = json.dumps([one.ask, one.tip, when], ensure_ascii=False)
    return hashlib.sha256(seed.encode()).hexdigest()[:16]


def changes(known: Mapping[str, str], of: Questionnaire, answers: Answers) -> Changes:
    """What is new, worded otherwise or gone since the fingerprints ``known`` were taken."""
    now = fingerprints(of)
    return Changes(
        new=tuple(key for key in now if key not in known),
        reworded=tuple(key for key, value in now.items() if key in known and known[key] != value),
        gone=tuple(key for key in known if key not in now and _reply(answers, key)),
    )


def _reply(answers: Answers, key: str) -> str:
    given = answers.get(key)
    return given.reply if given else ""
