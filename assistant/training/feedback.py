"""What readers of this machine have shown, as questions with the articles that answer them. Nothing of it leaves the machine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Set
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from assistant.answer.render import from_json
from assistant.domain.answer import Answer, Section
from assistant.errors import UsageError
from assistant.store.lessons import Lesson
from assistant.training.corpus import Corpus, Question, Resolve

LEAST = 20
"""Fewer questions than this say more of chance than of the library."""
FILE = "learnt.json"
_ANSWERING = (Section.CONCLUSION, Section.BASIS)

Article = tuple[str, str]
"""Law and article."""


@dataclass(frozen=True)
class Shown:
    """How much readers have shown, and what can be learnt of it."""

    questions: int
    """Questions of which at least one article is known that answers them."""
    useful: int
    """Answers called 有用."""
    wrong: int
    """Answers or sentences called 有误."""
    opened: int
    """Sources opened."""

    def __str__(self) -> str:
        """For the reader."""
        return f"本机反馈 {self.questions} 问（有用 {self.useful}、有误 {self.wrong}、翻开出处 {self.opened} 次）"


def lessons_learnt(lessons: Iterable[Lesson], corpus: Corpus, resolve: Resolve, weight: float) -> tuple[list[Question], Shown]:
    """Questions for the training; ``UsageError`` where there are too few."""
    seen = list(lessons)
    questions = [question for lesson in seen if (question := _question(lesson, corpus, resolve, weight))]
    verdicts = [feedback.verdict for lesson in seen for feedback in lesson.feedback]
    opened = sum(len(lesson.opened) for lesson in seen)
    shown = Shown(len(questions), verdicts.count("有用"), verdicts.count("有误"), opened)
    if len(questions) < LEAST:
        raise UsageError(
            f"可以学习的反馈还太少：{shown}，至少要 {LEAST} 问；请继续使用，把回答标为“有用”或“有误”，翻开用得上的出处，以后再来训练。"
        )
    return questions, shown


def write_down(shown: Shown, built_in: int, folder: Path) -> None:
    """Say beside the model what it was learnt from; no question stands in it."""
    told = asdict(shown) | {"built_in_questions": built_in, "trained": date.today().isoformat()}
    (folder / FILE).write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def read_back(folder: Path) -> Shown | None:
    """What a model was taught by; ``None`` for one that learnt from no feedback."""
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Shown(*(int(told[name]) for name in Shown.__dataclass_fields__))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _question(lesson: Lesson, corpus: Corpus, resolve: Resolve, weight: float) -> Question | None:
    try:
        answer = from_json(lesson.answer)
    except (KeyError, ValueError):
        return None  # kept by another version of the program
    right, wrong = _judged(lesson, answer)

    def places(articles: Set[Article]) -> Iterator[int]:
        return (place for law, article in sorted(articles) for place in corpus.positions(resolve(law), article))

    gold = tuple(places(right - wrong))
    if not gold:
        return None
    names = tuple(sorted(f"{law} {article}" for law, article in right - wrong))
    return Question(answer.completed or lesson.question, gold, tuple(places(wrong)), weight, names)


def _judged(lesson: Lesson, answer: Answer) -> tuple[set[Article], set[Article]]:
    """Articles that answer the question by what its reader showed, and those that do not. The last word on an answer counts."""
    whole = [feedback.verdict for feedback in lesson.feedback if not feedback.sentence]
    sentences = {feedback.sentence for feedback in lesson.feedback if feedback.sentence and feedback.verdict == "有误"}
    numbers = {n for claim in answer.claims if claim.text in sentences for n in claim.citations}
    wrong = _articles(answer, numbers)
    right = {article for source in lesson.opened for article in _articles(answer, source=source)}
    if whole[-1:] == ["有误"]:
        return right, (wrong | _articles(answer, {c.n for c in answer.citations})) - right
    if whole[-1:] == ["有用"]:
        right |= _articles(answer, {n for claim in answer.claims if claim.kind in _ANSWERING for n in claim.citations})
    return right, wrong


def _articles(answer: Answer, numbers: Set[int] = frozenset(), source: str = "") -> set[Article]:
    """The provisions cited under these numbers, or from this source."""
    cited = [c for c in answer.citations if c.kind == "provision" and (c.n in numbers or c.source_id == source)]
    return {(citation.law, citation.article) for citation in cited}
