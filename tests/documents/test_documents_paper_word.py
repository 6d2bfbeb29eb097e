"""A paper as a Word file: opened again, its layout, footnotes, blanks and marks; as pages where LibreOffice is at hand."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from paper_cases import GRAVE, MINOR, PAPERS, SHEETS, TWO, written

from assistant.documents.paper_word import to_word
from assistant.domain.facts import FactSheet

PAPERS_OF_ALL_KINDS = [
    *((kind, "grave", "") for kind in ("accident_opinion", "suggestion", "sentencing", "custody", "supplement", "report")),
    *((kind, "grave", "") for kind in ("filing", "transfer_opinion", "transfer", "public_interest")),
    ("nonprosecution_discretionary", "minor", ""),
    ("penalty_opinion", "minor", ""),
    ("nonprosecution_doubt", "doubtful", ""),
    ("nonprosecution_statutory", "cleared", ""),
]


def opened(paper, marked=None):
    return docx.Document(io.BytesIO(to_word(paper, marked)))


def notes(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        text = file.read("word/footnotes.xml").decode()
    return [
        "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", note))
        for note in re.findall(r"<w:footnote .*?</w:footnote>", text, re.DOTALL)
    ][2:]


@pytest.mark.parametrize(("kind", "sheet", "person"), PAPERS_OF_ALL_KINDS, ids=[kind for kind, *_ in PAPERS_OF_ALL_KINDS])
def test_every_statement_of_law_stands_in_the_file_with_a_footnote(kind, sheet, person):
    paper = written(kind, SHEETS[sheet], person)
    word = opened(paper)
    lines = {one.text: one for one in word.paragraphs}
    for one in paper.paragraphs:
        held = next(found for text, found in lines.items() if text.startswith(one.text))
        references = held._p.findall(f".//{qn('w:footnoteReference')}") + held._p.findall(f".//{qn('w:instrText')}")
        assert bool(references) == bool(one.cites), one.text
    said = notes(to_word(paper))
    assert len(said) == len({(one.source_id, one.quote) for one in paper.citations})
    assert all("现行有效" in note or "已" in note for note in said)


def test_the_layout_is_that_of_official_documents():
    word = opened(written("suggestion", SHEETS["grave"]))
    page = word.sections[0]
    assert [round(side / Mm(1)) for side in (page.page_width, page.page_height)] == [210, 297]
    assert [round(side / Mm(1)) for side in (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)] == [
        37,
        35,
        28,
        26,
    ]
    title, body = word.paragraphs[0], next(one for one in word.paragraphs if one.text.startswith("本院在办理"))
    assert title.runs[0].font.size == Pt(22)
    assert face(title) == "方正小标宋简体"
    assert body.runs[0].font.size == Pt(16)
    assert face(body) == "仿宋_GB2312"
    assert body._p.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert word.styles["Normal"].paragraph_format.line_spacing == Pt(28)
    assert face(next(one for one in word.paragraphs if one.text.startswith("一、"))) == "黑体"
    foot = page.footer.paragraphs[0]
    assert foot.text.startswith("— ")
    assert foot.text.endswith(" —")
    assert " PAGE " in foot._p.xml
    fonts = next(part for part in word.part.package.iter_parts() if str(part.partname) == "/word/fontTable.xml").blob.decode()
    assert "FangSong" in fonts
    assert "altName" in fonts


def face(paragraph):
    return paragraph.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia"))


def test_blanks_are_yellow_and_nothing_else_is():
    paper = written("transfer", SHEETS["grave"])
    coloured = [
        run.text for one in opened(paper).paragraphs for run in one.runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW
    ]
    assert set(coloured) == set(paper.blanks)


def test_it_says_what_it_is_and_the_day_of_the_library():
    paper = written("suggestion", SHEETS["grave"])
    last = opened(paper).paragraphs[-1].text
    assert "仅供参考" in last
    assert paper.library_date.isoformat() in last


def test_what_was_left_out_is_listed_at_the_end():
    from assistant.domain.answer import Withheld

    paper = replace(written("suggestion", SHEETS["grave"]), withheld=(Withheld("某一句", "库中没有"),))
    assert "未写入“某一句”：库中没有" in opened(paper).paragraphs[-1].text


def test_a_note_on_a_source_that_is_to_be_checked_goes_with_it():
    said = notes(to_word(written("public_interest", SHEETS["grave"])))
    assert any("公益诉讼" in note and "前需核对" in note for note in said)


def test_paragraphs_on_a_changed_fact_are_coloured_with_a_comment():
    old, new = FactSheet(facts=GRAVE), FactSheet(facts={**GRAVE, "deaths": 2})
    paper = written("suggestion", new)
    word = opened(paper, PAPERS.changed(old, new, paper))
    coloured = {one.text for one in word.paragraphs for run in one.runs if run.font.highlight_color == WD_COLOR_INDEX.TURQUOISE}
    assert coloured
    assert any("死亡2人" in text for text in coloured)
    said = [comment.text for comment in word.comments]
    assert len(said) == len(coloured)
    assert all("死亡人数：3人 → 2人" in text for text in said)
    assert not [
        one for one in opened(paper).paragraphs for run in one.runs if run.font.highlight_color == WD_COLOR_INDEX.TURQUOISE
    ]


def test_control_characters_of_a_told_case_do_no_harm():
    paper = written("report", FactSheet(facts=MINOR, told="案情\x07<w:p>&"))
    assert any("案情<w:p>&" in one.text for one in opened(paper).paragraphs)


def test_the_pages_can_be_printed(tmp_path):
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice (soffice) is not installed")
    pypdf = pytest.importorskip("pypdf")
    made = {"法律意见书": written("accident_opinion", TWO), "检察建议书": written("suggestion", SHEETS["grave"])}
    for name, paper in made.items():
        (tmp_path / f"{name}.docx").write_bytes(to_word(paper))
    command = [
        office,
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/office",
        "--convert-to",
        "pdf",
        "--outdir",
        tmp_path,
    ]
    subprocess.run([*command, *tmp_path.glob("*.docx")], check=True, capture_output=True, timeout=180)
    for name, paper in made.items():
        pages = pypdf.PdfReader(tmp_path / f"{name}.pdf").pages
        text = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
        assert 2 <= len(pages) <= 10
        assert "—1—" in text
        assert "仅供参考" in text
        assert re.sub(r"\s", "", paper.paragraphs[-3].text)[:12] in text
