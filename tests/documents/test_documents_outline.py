"""补充侦查提纲 as Word and as text: the file is opened again, every item stands in it with its articles."""

import io
from pathlib import Path

import docx
import pytest

from assistant.answer.sources import Sources
from assistant.documents.outline import to_text, to_word
from assistant.ingest.evidence import load_evidence
from assistant.ingest.records import load_knowledge
from assistant.law.labels import label
from assistant.practice.evidence import matrix, outline
from assistant.practice.listing import pasted

FOLDER = Path(__file__).resolve().parents[2] / "knowledge_base"
KNOWLEDGE = load_knowledge(FOLDER)
BOOK, SOURCES = load_evidence(FOLDER, KNOWLEDGE.records), Sources(KNOWLEDGE)


def titles(cite):
    return label(SOURCES.ref(cite))


@pytest.fixture(scope="module")
def made():
    found = matrix(BOOK, "offence.134-1", pasted("停产停业决定书\n应急管理局询问笔录（王某）\x07<b>x</b>", BOOK))
    items = outline(BOOK, found)
    args = (found.name, items, BOOK.frame, titles)
    return items, docx.Document(io.BytesIO(to_word(*args))), to_text(*args)


def test_every_item_is_there_numbered_through_with_its_articles(made):
    items, word, text = made
    lines = [paragraph.text for paragraph in word.paragraphs]
    assert lines[0] == "补充侦查提纲"
    assert "案由：危险作业罪" in lines[1]
    for place, item in enumerate(items, 1):
        assert any(line.startswith(f"{place}. ") for line in lines)
        assert f"{place}. {item.get}。" in text
    assert sum(line.startswith("依据：") for line in lines) == len(items) + 1
    assert any("《刑事诉讼法》第五十四条第二款" in line for line in lines)
    assert text.count("依据：") == len(items) + 1


def test_elements_are_its_headings_in_order(made):
    _, word, _ = made
    headings = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == "Heading 2"]
    assert headings[0] == "一、主体和职责"
    assert headings[-1].endswith("、证据形式")
    assert len(headings) == len(set(headings))


def test_what_a_list_brings_along_does_not_break_the_file(made):
    _, word, text = made
    assert any("<b>x</b>" in paragraph.text for paragraph in word.paragraphs)
    assert "\x07" not in "".join(paragraph.text for paragraph in word.paragraphs)
    assert "由侦查人员依法重新询问" in text
