"""A reader's own files, made here and opened again: what is read with its place, and one sentence for what cannot be read."""

import csv
import zipfile
from datetime import date

import openpyxl
import pytest
from made_files import (
    PEOPLE,
    SET_BLAME,
    SET_HARM,
    TITLE,
    excel,
    pictured,
    scanned_pdf,
    set_report,
    table_pdf,
    text_pdf,
    word,
)
from PIL import Image, ImageDraw
from pypdf import PdfWriter
from reportlab.pdfgen import canvas

from assistant.errors import UnreadableFile, UnsupportedFormat
from assistant.ingest import material
from assistant.ingest.material import MAX_PAGES, read_material
from assistant.ingest.ocr import Recogniser
from assistant.ingest.pages import Pages


def read(path, name=None, steps=None):
    steps = [] if steps is None else steps
    return read_material(path, name or path.name, lambda *step: steps.append(step))


def found(reading, words):
    return next(passage for passage in reading.passages if words in passage.text)


def dark(pages, spot):
    """Share of dark dots inside a marked place."""
    pixels = pages.pixels(spot.page)
    height, width = pixels.shape[:2]
    left, top, right, bottom = (int(share * side) for share, side in zip(spot.box, (width, height) * 2, strict=True))
    return (pixels[top:bottom, left:right] < 128).mean()


def test_a_text_pdf_gives_sentences_with_page_and_place(tmp_path):
    file = text_pdf(tmp_path / "报告.pdf")
    steps = []
    reading = read(file, steps=steps)
    assert (reading.kind, reading.pages, reading.notes) == ("PDF", 2, ())
    assert steps == [("读取", 1, 2), ("读取", 2, 2)]
    harm = found(reading, "造成4人死亡")
    assert harm.text == (
        f"{TITLE}\n一、基本情况\n2024年3月12日9时20分许，远山化工二车间检修反应釜时发生爆炸，造成4人死亡、2人重伤，直接经济损失1260.5万元。"
    )
    blame = found(reading, "主要责任")
    assert blame.place == "第2页"
    marks = blame.marks("赵某刚，远山化工总经理，没有组织制定动火作业制度，对事故发生负主要责任。")
    assert [mark.page for mark in marks] == [2]
    assert marks[0].box[1] == pytest.approx((842 - 780 + 26 - 14) / 842, abs=0.02)
    with Pages(file, "报告.pdf") as pages:
        assert dark(pages, marks[0]) > 0.05


def test_a_turned_page_is_marked_where_its_words_are_seen(tmp_path):
    writer = PdfWriter(clone_from=text_pdf(tmp_path / "正.pdf"))
    for page in writer.pages:
        page.rotate(90)
    writer.write(tmp_path / "转.pdf")
    mark = found(read(tmp_path / "转.pdf"), "主要责任").spots[-1]
    assert mark.box[3] - mark.box[1] > mark.box[2] - mark.box[0]
    with Pages(tmp_path / "转.pdf", "转.pdf") as pages:
        assert dark(pages, mark) > 0.05


def test_a_sentence_that_runs_over_a_page_stays_whole(tmp_path):
    reading = read(text_pdf(tmp_path / "a.pdf", [["钱某远违章指挥，", "- 1 -"], ["造成爆炸。", "- 2 -"]], size=12))
    assert [passage.text for passage in reading.passages] == ["钱某远违章指挥，造成爆炸。"]
    assert reading.passages[0].place_of("造成爆炸。") == "第2页"


def test_a_scan_is_read_here_and_marked(tmp_path):
    pytest.importorskip("rapidocr", reason="rapidocr is not installed")
    file = scanned_pdf(tmp_path / "扫描.pdf")
    steps = []
    reading = read(file, steps=steps)
    assert steps[-3:] == [("识别", 0, 2), ("识别", 1, 2), ("识别", 2, 2)]
    assert reading.notes == ("第1—2页由文字识别得出，可能有错字，请对照页面图像核对。",)
    blame = found(reading, "主要责任")
    quote = "赵某刚，远山化工总经理，没有组织制定动火作业制度，对事故发生负主要责任。"
    assert quote in blame.text
    with Pages(file, "扫描.pdf") as pages:
        assert dark(pages, blame.marks(quote)[0]) > 0.05


def test_recognition_fetches_nothing(tmp_path):
    pytest.importorskip("rapidocr", reason="rapidocr is not installed")
    import os
    import subprocess
    import sys

    code = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise AssertionError(f'reached for {a}')\n"
        "socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse\n"
        "from pathlib import Path\n"
        "from assistant.ingest.material import read_material\n"
        "reading = read_material(Path(sys.argv[1]), 'x.pdf', lambda *a: None)\n"
        "assert any('主要责任' in p.text for p in reading.passages)\n"
        "assert 'torch' not in sys.modules\n"
    )
    file = scanned_pdf(tmp_path / "x.pdf")
    ran = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, env=os.environ)
    assert ran.returncode == 0, ran.stderr[-2000:]


def test_a_scan_without_the_extra_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.ingest.ocr.find_spec", lambda name: None)
    assert not Recogniser().available()
    file = scanned_pdf(tmp_path / "扫描.pdf")
    with pytest.raises(UnreadableFile, match=r"“扫描.pdf”是扫描件，本机没有安装文字识别组件；请安装 anheng\[ocr\]"):
        read(file)
    writer = PdfWriter(clone_from=file)
    writer.append(text_pdf(tmp_path / "文.pdf"))
    writer.write(tmp_path / "混.pdf")
    mixed = read(tmp_path / "混.pdf")
    assert mixed.notes == ("第1—2页是扫描件，本机没有安装文字识别组件（anheng[ocr]），没有读取。",)
    assert found(mixed, "主要责任").place == "第4页"


@pytest.mark.parametrize("scanned", [False, True], ids=["text", "a tilted scan"])
def test_a_report_as_offices_set_it(tmp_path, scanned):
    file = set_report(tmp_path / "文本.pdf")
    if scanned:
        pytest.importorskip("rapidocr", reason="rapidocr is not installed")
        file = pictured(tmp_path / "扫描.pdf", file, tilt=0.6)
    reading = read(file)
    assert found(reading, "4人死亡").text.endswith("\n一、基本情况\n" + SET_HARM)
    assert found(reading, "主要责任").text == "三、责任认定\n" + SET_BLAME
    assert not any("— 2 —" in passage.text for passage in reading.passages)
    assert sum("应急管理局" in passage.text for passage in reading.passages) == 1
    assert [passage.text for passage in reading.passages if passage.row] == [
        "姓名：周某；工种：焊工；伤亡情况：死亡；所属单位：外包单位",
        "姓名：吴某；工种：普工；伤亡情况：死亡；所属单位：远山化工有限公司二车间检修班组",
        "姓名：郑某；工种：电工；伤亡情况：重伤；所属单位：外包单位",
    ]


def test_rows_of_a_pdf_table_keep_their_headings(tmp_path):
    reading = read(table_pdf(tmp_path / "表.pdf", PEOPLE))
    row = found(reading, "孙某")
    assert row.row
    assert row.text == "姓名：孙某；工种：焊工；证书有效期：2023-05-01"
    assert len(row.spots) == 3
    assert reading.passages[0].text == "人员名单"


def test_word_keeps_paragraphs_headings_and_tables(tmp_path):
    reading = read(word(tmp_path / "报告.docx"))
    assert (reading.kind, reading.pages) == ("Word 文档", 0)
    blame = found(reading, "主要责任")
    assert blame.text.startswith("三、责任认定\n赵某刚")
    assert blame.place == "第8段"
    assert found(reading, "李某").text == "姓名：李某；工种：电工；证书有效期：2026-08-30"
    assert found(reading, "李某").place == "表第3行"


def test_excel_keeps_titles_headings_merged_cells_dates_and_shares(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "隐患"
    for row in [
        ["隐患整改台账"],
        ["部门", "隐患", "发现日期", "整改率"],
        ["二车间", "阀门泄漏", date(2024, 3, 1), 0.5],
        [None, "无人监护", date(2024, 3, 2), 1],
    ]:
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    sheet["D3"].number_format = sheet["D4"].number_format = "0%"
    book.create_sheet("空表")
    book.save(tmp_path / "台账.xlsx")
    reading = read(tmp_path / "台账.xlsx")
    assert [passage.place for passage in reading.passages] == ["“隐患”表第3行", "“隐患”表第4行"]
    assert reading.passages[1].text == "隐患整改台账\n部门：二车间；隐患：无人监护；发现日期：2024-03-02；整改率：100%"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_csv_of_any_usual_encoding(tmp_path, encoding):
    with (tmp_path / "名单.csv").open("w", encoding=encoding, newline="") as out:
        csv.writer(out).writerows([*PEOPLE, ["周\n某", "起重工，持证", "无"]])
    reading = read(tmp_path / "名单.csv")
    assert found(reading, "孙某").text == "姓名：孙某；工种：焊工；证书有效期：2023-05-01"
    assert reading.passages[-1].text == "姓名：周 某；工种：起重工，持证；证书有效期：无"


def test_markdown_and_text(tmp_path):
    (tmp_path / "笔记.md").write_text(
        "# 检查记录\n\n- 配电箱没有上锁。\n\n| 姓名 | 职务 |\n|---|---|\n| 吴某 | 班长 |\n", encoding="utf-8"
    )
    reading = read(tmp_path / "笔记.md")
    assert [passage.text for passage in reading.passages] == ["检查记录\n- 配电箱没有上锁。", "姓名：吴某；职务：班长"]


@pytest.mark.parametrize("make", [text_pdf, word, excel])
def test_the_content_decides_whatever_the_name_says(tmp_path, make):
    file = make(tmp_path / {text_pdf: "a.pdf", word: "a.docx", excel: "a.xlsx"}[make])
    kind = read(file).kind
    wrong = file.rename(tmp_path / "附件.txt")
    assert read(wrong).kind == kind


def blank_scan(path):
    Image.new("L", (1000, 1400), 250).save(path, "PDF")


def encrypted(path):
    writer = PdfWriter(clone_from=text_pdf(path.with_suffix(".open.pdf")))
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(path)


def bomb(inner):
    def make(path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("[Content_Types].xml", "<Types/>")
            with package.open(inner, "w", force_zip64=True) as out:
                for _ in range(300):
                    out.write(b"0" * 2**20)

    return make


def many_pages(path):
    page = canvas.Canvas(str(path))
    for _ in range(2 * MAX_PAGES):
        page.showPage()
    page.save()


def cut(make):
    def made(path):
        make(path)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return made


def archive(path):
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a.txt", "x")


def picture(path):
    image = Image.new("L", (300, 100), 255)
    ImageDraw.Draw(image).text((10, 10), "x")
    image.save(path, "PNG")


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("密.pdf", encrypted, "设有打开密码，请解除密码"),
        ("空白.pdf", blank_scan, "没有认出文字，可能是空白页"),
        ("厚.pdf", many_pages, f"有 {2 * MAX_PAGES} 页，超过 {MAX_PAGES} 页的上限，请拆分"),
        ("断.pdf", cut(text_pdf), "不是完好的 PDF|没有认出文字"),
        ("断.docx", cut(word), "不是完好的文件"),
        ("断.xlsx", cut(excel), "不是完好的文件"),
        ("炸.docx", bomb("word/document.xml"), "解压后过大"),
        ("炸.xlsx", bomb("xl/worksheets/sheet1.xml"), "解压后过大"),
        ("包.docx", archive, "是压缩包或者别的格式"),
        ("图.pdf", picture, "是图片，请先存成 PDF"),
        ("旧.doc", lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "旧版 Office 格式"),
        ("程序.pdf", lambda path: path.write_bytes(b"\x7fELF\x00\x01" + bytes(range(256))), "不是支持的格式"),
        ("空.txt", lambda path: path.write_bytes(b" \n"), "是空文件"),
        ("无字.docx", lambda path: word(path, [], [[""]]), "没有文字"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path, name, make, sentence):
    make(tmp_path / name)
    with pytest.raises((UnreadableFile, UnsupportedFormat), match=sentence) as raised:
        read(tmp_path / name)
    assert str(raised.value).startswith(f"“{name}”")


def test_too_many_scanned_pages_are_refused_before_they_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(material, "MAX_SCANS", 1)
    with pytest.raises(UnreadableFile, match="有 2 页是扫描件，超过 1 页的上限"):
        read(scanned_pdf(tmp_path / "扫描.pdf"))
