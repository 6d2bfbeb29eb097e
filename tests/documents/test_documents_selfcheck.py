"""自查报告 and handbook as Word files, opened again; PDF by LibreOffice; what cannot be made is one sentence."""

import stat
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pypdf
import pytest
from PIL import Image
from selfcheck_samples import sample_knowledge

from assistant.answer.sources import Sources
from assistant.documents import pdf
from assistant.documents.handbook import compose
from assistant.documents.handbook import to_word as handbook_word
from assistant.documents.photos import thumbnail
from assistant.documents.selfcheck_report import to_word
from assistant.domain.ledger import Evidence
from assistant.domain.selfcheck import Given
from assistant.errors import NotFound, UsageError
from assistant.ingest.checklists import chapters, load_fields
from assistant.ingest.records import load_knowledge
from assistant.practice.selfcheck_rating import result
from assistant.selfcheck import SelfCheckService
from assistant.settings import Settings

DAY = date(2026, 11, 26)
PHOTO = Evidence("后厨.jpg", "ab" * 32, 99)
ANSWERS = {
    "gas": Given("gas", "是"),
    "bottled": Given("bottled", "是"),
    "alarm": Given("alarm", "否", "小盒子\x0b坏了", (PHOTO,), confirmed=True),
    "hose": Given("hose", "部分"),
    "exit": Given("exit", "不清楚"),
}


@pytest.fixture(scope="module")
def checks(tmp_path_factory):
    folder = sample_knowledge(tmp_path_factory.mktemp("kb") / "kb")
    knowledge = load_knowledge(folder)
    sources = Sources(knowledge)
    return SelfCheckService(Settings(home=tmp_path_factory.mktemp("home"), knowledge=folder), knowledge, lambda: sources)


def made(checks, answers=ANSWERS, features=("dormitory",)):
    return checks.once("南山路12号餐饮店", "checklist.sample", features, answers, DAY, "10人以下", "张三")


def texts(content):
    """Paragraphs and cells in the order in which they stand."""
    word = docx.Document(BytesIO(content))
    return "\n".join(element.text or "" for element in word.element.body.iter() if element.tag.endswith("}t")), word


def test_the_report_says_everything_of_a_gap_and_the_worst_first(checks):
    content = to_word(made(checks))
    said, word = texts(content)
    order = ["一、缺口与整改", "后厨没装可燃气体报警装置", "灶具连接管老化没换", "二、说不清的", "三、没有问到的", "五、评级规则"]
    places = [said.rindex(text) for text in order]
    assert places == sorted(places)
    for text in (
        "主要负责人牵头",
        "小盒子坏了",
        "附件：后厨.jpg",
        "先停下来（alarm）",
        "餐饮等行业用燃气的",
        "处5万元以下罚款",
        "重大责任事故罪",
        "属于重大事故隐患：《城镇燃气经营安全重大隐患判定标准》第九条",
        "银川",
        "外墙施工、冷库",
        "有外包施工",
        "问了没有答：没有“店里住员工",
        "2026-11-29",
    ):
        assert text in said, text
    assert word.core_properties.title == "南山路12号餐饮店安全生产自查报告"


def test_every_sentence_of_law_has_a_footnote_and_each_source_one(checks):
    report = made(checks)
    content = to_word(report)
    with ZipFile(BytesIO(content)) as parts:
        notes, body = parts.read("word/footnotes.xml").decode(), parts.read("word/document.xml").decode()
    cited = {
        n
        for card in (*report.gaps, *report.unclear)
        for line in card.lines()
        for c in line.cites
        if (n := report.authorities.numbers[c])
    }
    assert notes.count("<w:footnoteRef/>") == len(cited)
    assert body.count("<w:footnoteReference ") == len(cited)
    assert body.count("NOTEREF") > 0  # one that is cited again points to its first note
    assert "《安全生产法》第三十六条第四款" in notes


def test_a_report_without_gaps_gives_no_comfort(checks):
    said, _ = texts(to_word(made(checks, {"gas": Given("gas", "否"), "exit": Given("exit", "是")}, ())))
    assert "答到的问题里没有发现缺口。没有问到的不能当作安全" in said
    assert "因为“店里用燃气吗？”答了否，没有问" in said
    assert "没有到现场核实" in said


def test_photos_are_shown_small_and_what_is_no_photo_is_left_out(checks):
    held = BytesIO()
    Image.new("RGB", (4000, 3000), "navy").save(held, "JPEG")
    contents = {"ab" * 32: held.getvalue(), "cd" * 32: b"%PDF not a photo"}
    files = (PHOTO, Evidence("检测记录.pdf", "cd" * 32, 9))
    report = made(checks, ANSWERS | {"alarm": Given("alarm", "否", "", files)})
    content = to_word(report, contents.get)
    shapes = docx.Document(BytesIO(content)).inline_shapes
    assert [round(shape.width.mm) for shape in shapes] == [44]
    assert len(content) < 400_000
    said, _ = texts(content)
    assert "附件：检测记录.pdf" in said
    assert thumbnail(held.getvalue()[:500]) is None


def test_the_time_before_is_told(checks):
    of = checks.questionnaire("checklist.sample", ())
    before = result(of, {"gas": Given("gas", "否"), "exit": Given("exit", "否")}, checks.tips, checks.rules, date(2026, 8, 15))
    now = result(of, ANSWERS | {"exit": Given("exit", "否")}, checks.tips, checks.rules, DAY, before)
    report = checks.compose(made(checks).check, now)
    said, _ = texts(to_word(report))
    assert "与2026-08-15那次相比" in said
    assert "上次就有" in said
    assert "重复出现1项：疏散通道堆货、安全出口上锁" in said


def handbook(checks, *names):
    fields = load_fields(checks._settings.knowledge)
    return compose(chapters(checks.tips.values(), fields), names, checks._sources(), DAY)


def test_a_chapter_has_a_cover_contents_and_every_tip_whole(checks):
    content = handbook_word(handbook(checks, "城镇燃气"))
    said, word = texts(content)
    assert said.index("法律风险提示") < said.index("目录") < said.index("第1章　城镇燃气\n", said.index("1.5"))
    for tip in checks.tips.values():
        for text in (tip.title, tip.risk, tip.duties()[0].text, tip.administrative()[0].text, tip.check.ask, tip.now[0]):
            assert text in said, text
    anchors = {one.get(docx.oxml.ns.qn("w:anchor")) for one in word.element.body.iter(docx.oxml.ns.qn("w:hyperlink"))}
    marks = {one.get(docx.oxml.ns.qn("w:name")) for one in word.element.body.iter(docx.oxml.ns.qn("w:bookmarkStart"))}
    assert len(anchors) == 5
    assert anchors <= marks


def test_a_chapter_that_there_is_not_is_one_sentence(checks):
    with pytest.raises(NotFound, match="风险提示里没有“航空”这一章，可以选：城镇燃气"):
        handbook(checks, "航空")


@pytest.mark.skipif(not pdf.program(), reason="LibreOffice is not installed")
def test_libreoffice_makes_a_pdf_that_says_the_same(checks):
    pages = pypdf.PdfReader(BytesIO(pdf.to_pdf(to_word(made(checks))))).pages
    said = "".join(page.extract_text() for page in pages).replace("\n", "")
    assert "后厨没装可燃气体报警装置" in said
    assert "《安全生产法》第三十六条第四款" in said


def test_without_libreoffice_it_is_said_how_to_get_a_pdf(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match=r"本机没有 LibreOffice.*打印.*另存为 PDF"):
        pdf.to_pdf(b"")


def test_a_libreoffice_that_fails_is_one_sentence(monkeypatch, tmp_path):
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(broken.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="没有转成 PDF"):
        pdf.to_pdf(b"x")
