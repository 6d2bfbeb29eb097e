"""Our own PowerPoint template, made in code: 16:9, the theme's colours and fonts, one layout with a title. Or a reader's own."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pptx
from lxml import etree
from pptx.exc import PackageNotFoundError
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from assistant.documents.canvas import GOLD, HIGH, INK, NAVY, PAPER, RUST, WIDE
from assistant.errors import UsageError

TITLE_ONLY = 5
"""Place of the layout with a title alone in python-pptx's own presentation."""
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FONTS = {
    "majorFont": ("华文中宋", "STZhongsong", "宋体", "02010600040101010101"),
    "minorFont": ("微软雅黑", "Microsoft YaHei", "黑体", "020B0503020204020204"),
}
"""East Asian face, its Latin name, what stands in for it in a theme, and its shape (panose), by which a machine without it chooses."""
_COLOURS = {"dk1": INK, "lt1": "FFFFFF", "dk2": NAVY, "lt2": PAPER, "accent1": NAVY, "accent2": GOLD, "accent3": RUST}


def opened(template: Path | None = None) -> tuple[Any, Any]:
    """An empty presentation and the layout that slides are made of."""
    if template is None:
        deck = pptx.Presentation()
        deck.slide_width, deck.slide_height = Pt(WIDE), Pt(HIGH)
        _dress(deck)
        return deck, deck.slide_layouts[TITLE_ONLY]
    try:
        deck = pptx.Presentation(str(template))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, OSError, etree.XMLSyntaxError) as error:
        raise UsageError(f"“{template.name}”不是 PowerPoint 模板（.pptx），请另选一个，或者不用模板。") from error
    if not deck.slide_height or abs(deck.slide_width / deck.slide_height - WIDE / HIGH) > 0.02:
        raise UsageError(f"模板“{template.name}”不是 16:9 的，请在 PowerPoint 的“设计—幻灯片大小”里改成宽屏后再用。")
    layout = next(
        (one for one in deck.slide_layouts if any(held.placeholder_format.type == 1 for held in one.placeholders)), None
    )
    if layout is None:
        raise UsageError(f"模板“{template.name}”里没有带标题的版式，请换一个模板。")
    _emptied(deck)
    deck.slide_width, deck.slide_height = Pt(WIDE), Pt(HIGH)
    return deck, layout


def _emptied(deck: Any) -> None:
    listed = deck.slides._sldIdLst
    for one in list(listed):
        deck.part.drop_rel(one.rId)
        listed.remove(one)


def _dress(deck: Any) -> None:
    """Fonts and colours of the theme; the placeholders that our slides do not use go."""
    master = deck.slide_master
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    for name, (east, latin, otherwise, shape) in _FONTS.items():
        held = theme.find(f".//{_A}{name}")
        for tag, face in (("latin", latin), ("ea", east)):
            held.find(f"{_A}{tag}").attrib.update({"typeface": face, "panose": shape})
        for script in held.findall(f"{_A}font"):
            if script.get("script") == "Hans":
                script.set("typeface", otherwise)
    for name, colour in _COLOURS.items():
        held = theme.find(f".//{_A}{name}")
        held.clear()
        etree.SubElement(held, f"{_A}srgbClr", val=colour)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
    for holder in (master, deck.slide_layouts[TITLE_ONLY]):
        for shape in list(holder.placeholders):
            if shape.placeholder_format.type != 1:
                shape._element.getparent().remove(shape._element)
    ground = master.background.fill
    ground.solid()
    ground.fore_color.rgb = pptx.dml.color.RGBColor.from_string(PAPER)
