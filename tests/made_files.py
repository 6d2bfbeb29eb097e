"""Real files made for a test: a report of an accident that never was, as PDF with text, as a scan, as Word and as Excel."""

import docx
import openpyxl
import pypdfium2 as pdfium
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

TITLE = "远山化工“3·12”爆炸事故调查报告"
PAGES = [
    [
        TITLE,
        "一、基本情况",
        "2024年3月12日9时20分许，远山化工二车间检修反应釜时发生爆炸，",
        "造成4人死亡、2人重伤，直接经济损失1260.5万元。",
        "二、直接原因",
        "作业人员未经动火审批，在没有置换合格的反应釜内使用非防爆工具。",
    ],
    [
        "三、责任认定",
        "赵某刚，远山化工总经理，没有组织制定动火作业制度，对事故发生负主要责任。",
        "钱某远，二车间主任，违章指挥，对事故发生负直接责任。",
    ],
]
SET_TITLE = "远山化工有限公司“3·12”较大爆炸事故调查报告"
SET_HARM = (
    "2024年3月12日9时20分许，远山化工有限公司二车间在检修三号反应釜过程中发生爆炸，事故发生时现场共有作业人员十一人，"
    "其中企业员工六人、外包单位人员五人，爆炸造成4人死亡、2人重伤，直接经济损失1260.5万元。"
)
SET_BLAME = (
    "赵某刚作为主要负责人，没有组织制定动火作业审批制度，没有督促、检查本单位的安全生产工作，对事故发生负主要责任，建议移送司法机关。"
    "钱某远作为二车间主任，违章指挥，对事故发生负直接责任。"
)
PEOPLE = [["姓名", "工种", "证书有效期"], ["孙某", "焊工", "2023-05-01"], ["李某", "电工", "2026-08-30"]]


def text_pdf(path, pages=PAGES, size=14):
    """A PDF with a text layer, one line under the other."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = canvas.Canvas(str(path))
    for lines in pages:
        page.setFont("STSong-Light", size)
        for row, line in enumerate(lines):
            page.drawString(60, 780 - 26 * row, line)
        page.showPage()
    page.save()
    return path


def table_pdf(path, rows, above="人员名单"):
    """A PDF with a table: cells at fixed places."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = canvas.Canvas(str(path))
    page.setFont("STSong-Light", 12)
    page.drawString(60, 780, above)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.drawString(70 + 160 * column, 740 - 24 * number, cell)
    page.save()
    return path


def scanned_pdf(path, pages=PAGES):
    """The same pages as pictures, with no text in them."""
    return pictured(path, text_pdf(path.with_suffix(".drawn.pdf"), pages))


def pictured(path, source, tilt=0.0):
    """The pages of a PDF as pictures, as a scanner that is ``tilt`` degrees off takes them."""
    drawn = pdfium.PdfDocument(source)
    pictures = [page.render(scale=2).to_pil().convert("L").rotate(tilt, fillcolor=255) for page in drawn]
    pictures[0].save(path, "PDF", save_all=True, append_images=pictures[1:], resolution=144)
    drawn.close()
    return path


def word(path, lines=tuple(line for page in PAGES for line in page), table=PEOPLE):
    """A Word file with paragraphs and a table."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    grid = document.add_table(rows=len(table), cols=len(table[0]))
    for row, cells in zip(grid.rows, table, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.save(str(path))
    return path


def excel(path, rows=PEOPLE, sheet="人员"):
    """An Excel file with one sheet."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def set_report(path):
    """A report as offices set it: a head and numbers on each page, indented paragraphs of full lines, a ruled table."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    plain = ParagraphStyle("plain", fontName="STSong-Light", fontSize=12, leading=22, wordWrap="CJK", firstLineIndent=24)
    heading = ParagraphStyle("heading", parent=plain, fontSize=14, firstLineIndent=0)
    cell = ParagraphStyle("cell", parent=plain, firstLineIndent=0, fontSize=10, leading=13)
    rows = [
        ["姓名", "工种", "伤亡情况", "所属单位"],
        ["周某", "焊工", "死亡", "外包单位"],
        ["吴某", "普工", "死亡", Paragraph("远山化工有限公司二车间检修班组", cell)],
        ["郑某", "电工", "重伤", "外包单位"],
    ]
    table = Table(rows, colWidths=[70, 70, 80, 120])
    table.setStyle(
        [
            ("FONT", (0, 0), (-1, -1), "STSong-Light", 10),
            ("GRID", (0, 0), (-1, -1), 0.5, "black"),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ]
    )
    filler = "远山化工有限公司主要从事精细化工产品的生产和销售，持有安全生产许可证。" * 5

    def margins(page, document):
        page.setFont("STSong-Light", 9)
        page.drawCentredString(300, 30, f"— {document.page} —")
        page.drawString(60, 810, "远山市应急管理局")

    story = [Paragraph(SET_TITLE, heading), Paragraph("一、基本情况", heading), Paragraph(SET_HARM, plain)]
    story += [Paragraph(filler, plain) for _ in range(6)]
    story += [Paragraph("二、伤亡人员", heading), table, Paragraph("三、责任认定", heading), Paragraph(SET_BLAME, plain)]
    SimpleDocTemplate(str(path)).build(story, onFirstPage=margins, onLaterPages=margins)
    return path
