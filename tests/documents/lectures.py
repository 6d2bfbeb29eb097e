"""Lectures for tests, made of the library that ships: no index, no home."""

from functools import cache
from pathlib import Path

from assistant.answer.match import Matcher
from assistant.answer.sources import Sources
from assistant.assessing import Assessing
from assistant.domain.lecture import Audience, Style
from assistant.ingest.records import load_knowledge
from assistant.lecturing import Lecturing
from assistant.quizzing import Quizzing

FOLDER = Path(__file__).resolve().parents[2] / "knowledge_base"
TEN = [(audience, topic) for audience in Audience for topic in ("动火作业", "宽严相济")]


@cache
def sources():
    return Sources(load_knowledge(FOLDER))


@cache
def lecturing():
    shipped = sources()
    matcher = Matcher(record for record in shipped.knowledge.records if record.kind != "risk_tip")
    return Lecturing(shipped.knowledge, FOLDER, sources, lambda: matcher, lambda said: said, quizzing(sources).bank)


def quizzing(library):
    """Questions over what ``library`` gives."""
    assessing = Assessing(sources().knowledge, FOLDER, library)
    return Quizzing(sources().knowledge, FOLDER, library, lambda told: assessing.assess(assessing.told(told)))


@cache
def built(topic, audience, minutes=60, style=Style.WARNING):
    return lecturing().build(lecturing().outline(topic, audience, minutes, style))
