"""What Word files share: faces of Chinese and Latin letters, shaded cells, page numbers, what to take where a font is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from assistant.documents.footnotes import clean

LATIN = "Times New Roman"
_FONT_TABLE = "/word/fontTable.xml"


def face(holder: Any, han: str, size: float) -> None:
    """Set the letters of a run or a style; ``size`` in points."""
    holder.font.name, holder.font.size = LATIN, Pt(size)
    fonts = (holder.element if hasattr(holder, "element") else holder._element).rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), han)


def say(paragraph: Any, text: str, han: str, size: float, *, bold: bool = False, colour: str = "") -> Any:
    """A run of text; ``colour`` as ``1F3A5F``."""
    run = paragraph.add_run(clean(text))
    face(run, han, size)
    run.bold = bold or None
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    return run


def shade(cell: Any, colour: str) -> None:
    """Fill a cell of a table."""
    fill = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        fill.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(fill)


def borders(table: Any, colour: str, *, inside: bool = True, sides: bool = True) -> None:
    """Hair lines around and between the cells."""
    held = OxmlElement("w:tblBorders")
    shown = {"top": True, "left": sides, "bottom": True, "right": sides, "insideH": inside, "insideV": inside and sides}
    for name, on in shown.items():
        line = OxmlElement(f"w:{name}")
        for key, value in (("val", "single" if on else "nil"), ("sz", "4"), ("space", "0"), ("color", colour)):
            line.set(qn(f"w:{key}"), value)
        held.append(line)
    table._tbl.tblPr.append(held)


def margins(table: Any, *, across: int = 100, down: int = 50) -> None:
    """Room between the lines of a table and what its cells say, in twentieths of a point."""
    held = OxmlElement("w:tblCellMar")
    for name, size in (("top", down), ("left", across), ("bottom", down), ("right", across)):
        side = OxmlElement(f"w:{name}")
        side.set(qn("w:w"), str(size))
        side.set(qn("w:type"), "dxa")
        held.append(side)
    table._tbl.tblPr.append(held)


def whole(row: Any, *, heading: bool = False) -> None:
    """A row that no page break cuts; a heading comes again on each page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if heading:
        properties.append(OxmlElement("w:tblHeader"))


def field(paragraph: Any, command: str, shown: str, han: str, size: float) -> None:
    """A field such as ``PAGE``, which Word renews; ``shown`` until it does."""
    for kind, text in (("begin", ""), ("", f" {command} "), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run()
        face(run, han, size)
        if kind in {"", "shown"}:
            said = OxmlElement("w:t" if kind else "w:instrText")
            said.text = text
            run._r.append(said)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def font_table(word: Any, instead: Mapping[str, str]) -> None:
    """The font table of the file: what a machine takes where it lacks one."""
    fonts = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(others)}/></w:font>" for name, others in instead.items()
    )
    for part in word.part.package.iter_parts():
        if str(part.partname) == _FONT_TABLE:
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            part._blob = f"{head}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """A place that ``link`` leads to; ``number`` is its own in the file."""
    for tag in ("bookmarkStart", "bookmarkEnd"):
        mark = OxmlElement(f"w:{tag}")
        mark.set(qn("w:id"), str(500_000 + number))
        if tag == "bookmarkStart":
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)


def link(paragraph: Any, name: str, text: str, han: str, size: float) -> None:
    """Text that leads to a bookmark of the same file."""
    holder = OxmlElement("w:hyperlink")
    holder.set(qn("w:anchor"), name)
    run = say(paragraph, text, han, size)
    holder.append(run._r)
    paragraph._p.append(holder)
