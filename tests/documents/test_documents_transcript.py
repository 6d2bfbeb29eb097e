"""A conversation on paper: every source in a footnote, once; what a user typed stays text; the Word file opens again."""

import re
import zipfile
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from assistant.documents.footnotes import CONTENT_TYPE, clean
from assistant.documents.transcript import Asked, Transcript, to_markdown
from assistant.documents.transcript_word import to_word
from assistant.domain.answer import Answer, Behavior, Citation, Claim, Outcome, Section
from assistant.domain.provision import Status, TextKind

EVIL = "<b>*死亡*</b> [链接](http://x) `代码` | # 一\x00\x0b个\n第二行"


def cited(n, article="134", quote="要旨甲，\n分两行。"):
    return Citation(
        n, f"law/刑法/{article}", "provision", f"《刑法》第{article}条", quote, TextKind.GIST, Status.IN_FORCE, "刑法", "主席令第66号",
        effective_from=date(2021, 3, 1), url="https://example.org/law",
    )  # fmt: skip


def answered(question, claims, citations, **more):
    behavior, as_of = Behavior.ANSWER, date(2026, 11, 26)
    return Answer(question, Outcome.ANSWERED, behavior, as_of, claims, citations, library_date=date(2026, 11, 1), **more)


@pytest.fixture(scope="module")
def transcript():
    first = answered(
        EVIL,
        (
            Claim("先说结论。", Section.CONCLUSION, (1, 2)),
            Claim("同一依据再说一次。\n另起一行。", Section.BASIS, (1,)),
            Claim("没有出处的提示。", Section.NOTES),
        ),
        (cited(1), cited(2, "135", "要旨乙。")),
        warnings=("没有导入官方原文。",),
    )
    second = answered(
        "那未遂呢？",
        (Claim("又引第134条，再引第136条。", Section.CONCLUSION, (1, 3)),),
        (cited(1), cited(3, "136", "要旨丙。")),
        completed="危险作业罪，未遂，怎么判？",
    )
    turns = (Asked(EVIL, first, date(2021, 2, 1)), Asked("那未遂呢？", second))
    return Transcript("煤仓<溃仓>", turns, date(2026, 11, 26))


@pytest.fixture(scope="module")
def packed(transcript):
    return zipfile.ZipFile(BytesIO(to_word(transcript)))


def part(packed, name):
    return etree.fromstring(packed.read(name))


def test_markdown_has_one_footnote_a_source_and_each_is_referred_to(transcript):
    text = to_markdown(transcript)
    defined = re.findall(r"^\[\^(\d+)\]: (.*)", text, re.MULTILINE)
    assert [number for number, _ in defined] == ["1", "2", "3"]
    assert defined[0][1] == (
        "《刑法》第134条（主席令第66号），现行有效，要旨，2021-03-01起施行：“要旨甲， 分两行。” https://example.org/law"
    )
    assert "先说结论。[^1][^2]" in text
    assert "同一依据再说一次。  \n另起一行。[^1]" in text
    assert "又引第134条，再引第136条。[^1][^3]" in text
    assert "按“危险作业罪，未遂，怎么判？”理解。" in text
    assert "行为时间：2021-02-01。" in text


def test_what_a_user_typed_means_nothing_in_markdown(transcript):
    text = to_markdown(transcript)
    assert r"> \<b\>\*死亡\*\</b\> \[链接\](http://x) \`代码\` \| \# 一" in text
    assert "> 第二行" in text
    assert text.startswith("# 煤仓\\<溃仓\\>\n")


def test_the_word_file_opens_again_with_its_text(transcript):
    word = docx.Document(BytesIO(to_word(transcript)))
    lines = [paragraph.text for paragraph in word.paragraphs]
    assert lines[0] == "煤仓<溃仓>"
    assert "2026-11-26导出，共2问；法规库截至2026-11-01" in lines[1]
    assert clean(EVIL) in lines
    assert any(line.startswith("先说结论。") for line in lines)
    assert [p.text for p in word.paragraphs if p.style.name == "Heading 1"] == ["问1", "问2"]
    assert "仅供参考" in word.sections[0].footer.paragraphs[0].text
    assert word.core_properties.title == "煤仓<溃仓>"


def test_footnotes_are_words_own(packed):
    assert f'PartName="/word/footnotes.xml" ContentType="{CONTENT_TYPE}"' in packed.read("[Content_Types].xml").decode()
    assert b"relationships/footnotes" in packed.read("word/_rels/document.xml.rels")
    notes = part(packed, "word/footnotes.xml")
    assert [note.get(qn("w:id")) for note in notes] == ["-1", "0", "1", "2", "3"]
    words = ["".join(note.itertext()) for note in notes][2:]
    assert [re.search(r"第(\d+)条", said)[1] for said in words] == ["134", "135", "136"]
    assert all(note.find(f".//{qn('w:footnoteRef')}") is not None for note in notes[2:])
    settings = part(packed, "word/settings.xml")
    assert [one.get(qn("w:id")) for one in settings.find(qn("w:footnotePr"))] == ["-1", "0"]
    names = [style.get(qn("w:styleId")) for style in part(packed, "word/styles.xml").iter(qn("w:style"))]
    assert {"FootnoteText", "FootnoteReference"} <= set(names)


def test_each_source_has_one_footnote_and_is_referred_to_afterwards(packed):
    body = part(packed, "word/document.xml")
    assert [mark.get(qn("w:id")) for mark in body.iter(qn("w:footnoteReference"))] == ["1", "2", "3"]
    names = {mark.get(qn("w:id")): mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    again = [command.text.split()[1] for command in body.iter(qn("w:instrText"))]
    assert again == [names["1"], names["1"]]
    kinds = [one.get(qn("w:fldCharType")) for one in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"] * 2
    second = next(p for p in body.iter(qn("w:p")) if "再引第136条" in "".join(p.itertext()))
    assert "".join(t.text for t in second.iter(qn("w:t"))).endswith("第136条。1，")


def test_two_references_side_by_side_are_told_apart(packed):
    first = next(p for p in part(packed, "word/document.xml").iter(qn("w:p")) if "先说结论" in "".join(p.itertext()))
    assert [t.text for t in first.iter(qn("w:t"))] == ["先说结论。", "，"]


def test_an_answer_without_sources_is_a_whole_file_too():
    empty = Transcript("空", (Asked("问", answered("问", (Claim("库内没有。", Section.CONCLUSION),), ())),), date(2026, 1, 1))
    assert len(part(zipfile.ZipFile(BytesIO(to_word(empty))), "word/footnotes.xml")) == 2
    assert "[^" not in to_markdown(empty)
