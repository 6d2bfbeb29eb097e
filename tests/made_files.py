"""Real files made for a test: a report of an accident that never was, as PDF with text, as a scan, as Word and as Excel."""

import docx
import openpyxl
import pypdfium2 as pdfium
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

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
    drawn = pdfium.PdfDocument(text_pdf(path.with_suffix(".drawn.pdf"), pages))
    pictures = [page.render(scale=2).to_pil().convert("L") for page in drawn]
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
