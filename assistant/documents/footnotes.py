"""Word footnotes, which python-docx does not write: a part of its own in OOXML, references in the text, cross-references to them.

Made once for a document, before the first footnote. Numbers are the reader's: 1, 2, 3 in the order in which they are added.
"""

from __future__ import annotations

import re
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
TEXT, REFERENCE = "FootnoteText", "FootnoteReference"
_SEPARATORS = {"-1": "separator", "0": "continuationSeparator"}
_ILLEGAL = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """A text without the characters that no XML file may hold."""
    return _ILLEGAL.sub("", text)


class Footnotes:
    """The footnotes of one document."""

    def __init__(self, document: Any) -> None:
        """``document`` is python-docx's; it gets the part, the two styles and the separators."""
        self._count = 0
        _add_styles(document.styles)
        self._root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        listed = OxmlElement("w:footnotePr")
        for identity, kind in _SEPARATORS.items():
            line = _footnote(identity, {"w:type": kind})
            _run(line[0]).append(OxmlElement(f"w:{kind}"))
            self._root.append(line)
            listed.append(_with(OxmlElement("w:footnote"), {"w:id": identity}))
        part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE, self._root, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        _into_settings(document.settings.element, listed)

    def add(self, paragraph: Paragraph, text: str) -> int:
        """A footnote at the end of the paragraph as it stands; returns its number."""
        self._count += 1
        note = _footnote(str(self._count), {})
        _inside(note[0], "w:pPr").append(_with(OxmlElement("w:pStyle"), {"w:val": TEXT}))
        _run(note[0], REFERENCE).append(OxmlElement("w:footnoteRef"))
        _say(_run(note[0]), f" {clean(text)}")
        self._root.append(note)
        mark = {"w:id": str(self._count), "w:name": _bookmark(self._count)}
        paragraph._p.append(_with(OxmlElement("w:bookmarkStart"), mark))
        _run(paragraph._p, REFERENCE).append(_with(OxmlElement("w:footnoteReference"), {"w:id": str(self._count)}))
        paragraph._p.append(_with(OxmlElement("w:bookmarkEnd"), {"w:id": str(self._count)}))
        return self._count

    def again(self, paragraph: Paragraph, number: int) -> None:
        """Refer once more to a footnote, at the end of the paragraph as it stands; Word renews the number with its fields."""
        self._field(paragraph, "begin")
        command = OxmlElement("w:instrText")
        command.set(qn("xml:space"), "preserve")
        command.text = f" NOTEREF {_bookmark(number)} \\f \\h "
        _run(paragraph._p, REFERENCE).append(command)
        self._field(paragraph, "separate")
        _say(_run(paragraph._p, REFERENCE), str(number))
        self._field(paragraph, "end")

    @staticmethod
    def between(paragraph: Paragraph) -> None:
        """A raised comma between two references, so that 1 and 2 are not read as 12."""
        _say(_run(paragraph._p, REFERENCE), "，")

    @staticmethod
    def _field(paragraph: Paragraph, kind: str) -> None:
        _run(paragraph._p, REFERENCE).append(_with(OxmlElement("w:fldChar"), {"w:fldCharType": kind}))


def _add_styles(styles: Any) -> None:
    text = styles.add_style(TEXT, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.base_style, text.font.size = styles["Normal"], Pt(9)
    text.paragraph_format.space_after, text.paragraph_format.line_spacing = Pt(0), 1.15
    reference = styles.add_style(REFERENCE, WD_STYLE_TYPE.CHARACTER, builtin=True)
    reference.font.superscript = True
    for style, name in ((text, "footnote text"), (reference, "footnote reference")):
        style.element.find(qn("w:name")).set(qn("w:val"), name)  # the names by which Word knows its own


def _into_settings(settings: Any, listed: Any) -> None:
    """The schema wants it before ``compat``."""
    compat = settings.find(qn("w:compat"))
    if compat is None:
        settings.append(listed)
    else:
        compat.addprevious(listed)


def _footnote(identity: str, more: dict[str, str]) -> Any:
    note = _with(OxmlElement("w:footnote"), {**more, "w:id": identity})
    note.append(OxmlElement("w:p"))
    return note


def _run(holder: Any, style: str = "") -> Any:
    run = _inside(holder, "w:r")
    if style:
        _inside(run, "w:rPr").append(_with(OxmlElement("w:rStyle"), {"w:val": style}))
    return run


def _inside(holder: Any, tag: str) -> Any:
    element = OxmlElement(tag)
    holder.append(element)
    return element


def _say(run: Any, text: str) -> None:
    said = _inside(run, "w:t")
    said.set(qn("xml:space"), "preserve")
    said.text = text


def _with(element: Any, attributes: dict[str, str]) -> Any:
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element


def _bookmark(number: int) -> str:
    """A hidden bookmark, as Word itself names those of its cross-references."""
    return f"_Ref{100_000_000 + number}"
