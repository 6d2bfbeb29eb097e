"""Reading ``knowledge_base/quiz.yaml``."""

from __future__ import annotations

from pathlib import Path

from assistant.domain.quiz import AUDIENCES, QuizBook
from assistant.errors import KnowledgeError
from assistant.ingest.records import Knowledge, read_yaml


def load_quiz(folder: Path, knowledge: Knowledge) -> QuizBook:
    """The book; raises ``KnowledgeError`` where it names an audience, a law or a point that is not there."""
    book: QuizBook = read_yaml(folder / "quiz.yaml", QuizBook)
    named = {one for level in (*book.levels.values(), *book.misconceptions.values()) for one in level}
    points = {record.id: len(record.points) for record in knowledge.records}
    unknown = [
        *(named - set(AUDIENCES)),
        *(law for law in book.laws if law not in knowledge.by_name),
        *(f"{row.record} 的第 {row.point + 1} 个要点" for row in book.evidence if row.point >= points.get(row.record, 0)),
    ]
    if unknown:
        raise KnowledgeError(f"quiz.yaml 里写的{'、'.join(unknown)}不存在，请改正后重试。")
    return book
