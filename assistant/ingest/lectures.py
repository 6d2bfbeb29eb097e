"""Reading the data of 讲堂: topics and audiences. Every record that they name has to be there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.lecture import Audience, Manner, Meaning, Topic
from assistant.errors import KnowledgeError
from assistant.ingest.records import read_yaml

TOPICS, AUDIENCES, GLOSSARY = "lecture_topics.yaml", "lecture_audiences.yaml", "glossary.yaml"


@dataclass(frozen=True)
class Teaching:
    """What lectures are planned from, besides records."""

    topics: tuple[Topic, ...]
    manners: Mapping[Audience, Manner]
    meanings: tuple[Meaning, ...]


def load_teaching(folder: Path, known: Collection[str]) -> Teaching:
    """Read both files; ``known`` are the ids of all records."""
    topics: tuple[Topic, ...] = read_yaml(folder / TOPICS, tuple[Topic, ...])
    manners: tuple[Manner, ...] = read_yaml(folder / AUDIENCES, tuple[Manner, ...])
    for file, name in (*((TOPICS, name) for one in topics for name in _named(one)), *_general(manners)):
        if name not in known:
            raise KnowledgeError(f"{folder / file}：知识库里没有编号 {name}，请改成有的编号。")
    missing = [audience.value for audience in Audience if audience not in {one.audience for one in manners}]
    if missing:
        raise KnowledgeError(f"{folder / AUDIENCES}：没有写听众“{'”“'.join(missing)}”，请补上。")
    meanings: tuple[Meaning, ...] = read_yaml(folder / GLOSSARY, tuple[Meaning, ...])
    return Teaching(topics, {one.audience: one for one in manners}, meanings)


def _named(topic: Topic) -> tuple[str, ...]:
    return (*topic.cases, *topic.duties, *topic.offences, *topic.balance, *topic.procedures, *topic.myths)


def _general(manners: tuple[Manner, ...]) -> Iterator[tuple[str, str]]:
    for manner in manners:
        yield from ((AUDIENCES, name) for names in manner.general.values() for name in names)
        yield from ((AUDIENCES, post.record) for post in manner.posts)
