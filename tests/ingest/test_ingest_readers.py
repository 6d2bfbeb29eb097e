"""Readers on real files: what each format gives, and one sentence for each file that cannot be read."""

from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from pypdf import PdfWriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from assistant.errors import UnreadableFile, UnsupportedFormat
from assistant.ingest import reader
from assistant.ingest.pdf import join_lines, strip_margins
from assistant.ingest.repair import repair
from assistant.law.head import read_head
from assistant.law.outline import parse_outline

TITLE = "中华人民共和国仓库通风管理条例"
ARTICLES = [
    "第一条　为了让仓库有风，制定本条例。",
    "第二条　管库的人每天开窗两次，每次不少于十分钟。",
    "第三条　本条例自2024年5月1日起施行。",
]


@pytest.fixture
def word(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph(TITLE).alignment = WD_ALIGN_PARAGRAPH.CENTER
    dates = "（2019年3月2日第一次会议通过　根据2024年1月8日《关于修改〈中华人民共和国仓库通风管理条例〉的决定》修正）"
    document.add_paragraph(dates).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in ["目　　录", "第一章　总则", "第二章　附则", "第一章　总则", *ARTICLES[:2]]:
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "库房", "次数"
    for line in ["第二章　附则", ARTICLES[2]]:
        document.add_paragraph(line)
    document.save(str(tmp_path / "条例.docx"))
    return tmp_path / "条例.docx"


def write_pdf(path: Path, pages: list[list[str]]) -> Path:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = canvas.Canvas(str(path))
    for number, lines in enumerate(pages, start=1):
        page.setFont("STSong-Light", 12)
        for row, line in enumerate(lines):
            page.drawString(60, 780 - 20 * row, line)
        page.drawString(290, 40, f"- {number} -")
        page.showPage()
    page.save()
    return path


def test_word_as_the_national_database_gives_it(word: Path) -> None:
    document = reader.read(word)
    head, outline = read_head(document.text), parse_outline(document.text)
    assert document.title == TITLE
    assert [str(day) for day in head.dates] == ["2019-03-02", "2024-01-08"]
    assert [article.number for article in outline.articles] == ["1", "2", "3"]
    assert outline.articles[0].heading == ("第一章 总则",)
    assert outline.articles[2].heading == ("第二章 附则",)
    assert "库房 | 次数" in outline.articles[1].text


def numbered_word(path: Path) -> Path:
    """Articles and items that Word counts by itself."""
    document = docx.Document()
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    levels = level.format(0, "chineseCountingThousand", "第%1条") + level.format(1, "chineseCounting", "（%2）")
    numbering = document.part.numbering_part.element
    numbering.insert(0, docx.oxml.parse_xml(f'<w:abstractNum {w} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(docx.oxml.parse_xml(f'<w:num {w} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    document.add_paragraph("本厂开窗规定")
    for depth, line in [(0, "应当开窗。"), (0, "下列人员开窗："), (1, "甲；"), (1, "乙。"), (0, "应当关窗："), (1, "丙。")]:
        paragraph = document.add_paragraph(line)
        number = f'<w:numPr {w}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(docx.oxml.parse_xml(number))
    document.save(str(path))
    return path


def test_numbers_that_word_counts_by_itself(tmp_path: Path) -> None:
    outline = parse_outline(reader.read(numbered_word(tmp_path / "规定.docx")).text)
    assert [article.number for article in outline.articles] == ["1", "2", "3"]
    assert outline.articles[1].text.splitlines()[1:] == ["（一） 甲；", "（二） 乙。"]
    assert outline.articles[2].text.splitlines()[1:] == ["（一） 丙。"]


def test_word_leaves_out_deleted_text_and_keeps_inserted(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("本单位每月检查")
    xml = '<w:{0} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="1" w:author="甲"><w:r>{1}</w:r></w:{0}>'
    for tag, inside in (("del", "<w:delText>一次</w:delText>"), ("ins", "<w:t>两次</w:t>")):
        paragraph._p.append(docx.oxml.parse_xml(xml.format(tag, inside)))
    document.save(str(tmp_path / "修订.docx"))
    assert "本单位每月检查两次" in reader.read(tmp_path / "修订.docx").text


def test_pdf_with_text(tmp_path: Path) -> None:
    lines = [
        ["仓库通风管理条例", "（2024年1月8日公布）", *ARTICLES[:1], "第二条　管库的人每天开窗两次，每次不少于"],
        ["十分钟。", ARTICLES[2]],
    ]
    document = reader.read(write_pdf(tmp_path / "条例.pdf", lines))
    outline = parse_outline(document.text)
    assert document.title == "仓库通风管理条例"
    assert [article.number for article in outline.articles] == ["1", "2", "3"]
    assert outline.articles[1].text == "管库的人每天开窗两次，每次不少于十分钟。"


def test_a_pdf_that_is_called_docx_is_read_as_pdf(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "真.pdf", [["仓库通风管理条例", *ARTICLES]]).rename(tmp_path / "其实是.docx")
    assert reader.read(path).meta["format"] == "PDF"


def test_html_without_its_menu(tmp_path: Path) -> None:
    body = "".join(f"<p>{line}</p>" for line in ARTICLES)
    page = f"""<html><head><meta charset="gb2312"><title>某网站</title></head><body><nav>首页 登录</nav>
      <div id="c"><h1>{TITLE}</h1><p>（2024年1月8日公布）</p>{body}<table><tr><td>甲</td><td>乙</td></tr></table></div>
      <footer>版权</footer><script>var x = "第四条 假的";</script></body></html>"""
    (tmp_path / "页.html").write_bytes(page.encode("gb18030"))
    document = reader.read(tmp_path / "页.html")
    assert document.title == TITLE
    assert [article.number for article in parse_outline(document.text).articles] == ["1", "2", "3"]
    assert read_head(document.text).promulgated is not None
    assert not any(word in document.text for word in ("登录", "版权", "假的"))
    assert "甲 | 乙" in document.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "条例.txt").write_bytes("\r\n".join([TITLE, "", *ARTICLES]).encode(encoding))
    document = reader.read(tmp_path / "条例.txt")
    assert document.title == TITLE
    assert "开窗两次" in document.text


def test_front_matter_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: 通风办法\n---\n" + "\n".join(ARTICLES), encoding="utf-8")
    document = reader.read(tmp_path / "a.md")
    assert document.title == "通风办法"
    assert document.text.count("---") == 0


def encrypted(path: Path) -> None:
    source = write_pdf(path.with_name("明.pdf"), [["仓库通风管理条例", *ARTICLES]])
    writer = PdfWriter(clone_from=str(source))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(str(path))


def scan(path: Path) -> None:
    page = canvas.Canvas(str(path))
    page.rect(50, 50, 300, 500, fill=1)
    page.showPage()
    page.save()


CASES = {
    "空.md": (lambda path: path.write_bytes(b" \n"), UnreadableFile, "空文件"),
    "扫描.pdf": (scan, UnreadableFile, "OCR"),
    "加密.pdf": (encrypted, UnreadableFile, "密码"),
    "断.pdf": (lambda path: path.write_bytes(b"%PDF-1.7\n1 0 obj <<"), UnreadableFile, "PDF"),
    "断.docx": (lambda path: path.write_bytes(b"PK\x03\x04 not a zip"), UnreadableFile, "Word"),
    "加密.docx": (
        lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")),
        UnsupportedFormat, "密码",
    ),
    "旧.doc": (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), UnsupportedFormat, "另存为 .docx"),
    "照片.jpg": (lambda path: path.write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 50), UnsupportedFormat, "图片"),
    "表.bin": (lambda path: path.write_bytes(b"\x01\x00\x02" * 50), UnsupportedFormat, "不是支持的格式"),
    "空页.html": (lambda path: path.write_text("<html><body><script>1</script></body></html>"), UnreadableFile, "没有正文"),
    "不存在.md": (lambda path: None, UnreadableFile, "打不开"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_cannot_be_read_says_what_to_do(tmp_path: Path, name: str) -> None:
    make, error, words = CASES[name]
    make(tmp_path / name)
    with pytest.raises(error, match=words) as raised:
        reader.read(tmp_path / name)
    assert name in str(raised.value)
    assert str(raised.value).endswith("。")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "大.txt").open("wb") as file:
        file.truncate(reader.MAX_BYTES + 1)
    with pytest.raises(UnreadableFile, match="上限"):
        reader.read(tmp_path / "大.txt")


def test_page_numbers_and_running_heads_go() -> None:
    pages = [["某某公报", "第一条 甲", "乙", "1"], ["某某公报", "丙", "第 2 页"], ["某某公报", "2024", "丁", "- 3 -"]]
    assert strip_margins(pages) == ["第一条 甲", "乙", "丙", "2024", "丁"]


def test_lines_join_until_a_paragraph_ends() -> None:
    lines = ["第一条 管库的人每天开窗两次并且", "记在簿子上。", "（一）早上；", "（二）晚上。"]
    assert join_lines(lines) == ["第一条 管库的人每天开窗两次并且记在簿子上。", "（一）早上；", "（二）晚上。"]


def test_repair_joins_a_sentence_that_a_page_number_had_cut() -> None:
    text, pages = repair("第一条 每天开窗\n\n- 5 -\n\n两次。\n\n- 6 -\n\n第二条 关窗。\n\n附 则\n\n第三条 完。\u200b")
    assert pages == 2
    assert "每天开窗两次。" in text
    assert "\n## 附 则\n" in text
    assert "\u200b" not in text
