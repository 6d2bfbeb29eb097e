"""A reader's own files as HTML: the list under the box, how far reading is, a page with its marks."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape

from assistant.domain.material import PREFIX, Material, Opened, Spot
from assistant.web.markup import kind_name

_BACK = '<button type="button" class="back" data-do="back">← 返回</button>'


def listed(materials: Sequence[Material]) -> str:
    """The files of this conversation; each opens, and can be removed."""
    return f'<ul class="materials" aria-label="这次咨询的材料">{"".join(map(_item, materials))}</ul>' if materials else ""


def _item(material: Material) -> str:
    name, unit = escape(material.name), "行" if "表格" in material.kind else "段"
    size = f"{material.pages}页" if material.pages else f"{material.passages}{unit}"
    first = f"{PREFIX}{material.id}/{'page/1' if material.pages else '0'}"
    note = f' title="{escape("；".join(material.notes))}"' if material.notes else ""
    sure = f'data-confirm="移除材料“{name}”？文件和读出的内容都会删除，不能恢复。"'
    return (
        f'<li{note}><button type="button" class="name" data-act="read" data-source="{first}">{name}</button>'
        f"<span>{material.kind} · {size}</span>"
        f'<button type="button" class="drop" data-act="detach" data-id="{material.id}" {sure} aria-label="移除：{name}">×</button></li>'
    )


def progress(name: str, what: str, done: int, pages: int) -> str:
    """How far reading is; ``pages`` is 0 where it is not known yet."""
    counted = f"第 {done}／{pages} 页" if pages else ""
    bar = f'<progress max="{pages}" value="{done}"></progress>' if pages else "<progress></progress>"
    said = {"排队": "等候读取", "识别": "正在识别扫描页"}.get(what, "正在读取")
    return (
        f'<div class="attaching" role="status"><span class="name">{said}“{escape(name)}”</span><span>{counted}</span>{bar}'
        '<button type="button" data-act="cancel">取消</button></div>'
    )


def reader(opened: Opened, once: str = "") -> str:
    """A place of a file: the image of a page with the passage marked, or the paragraphs around it."""
    material, name = opened.material, escape(opened.material.name)
    badge = f'<span class="badge kind">{kind_name("material")}</span>'
    place = (
        f"第{opened.page}页，共{material.pages}页"
        if opened.page
        else "".join(hit.passage.place for hit in opened.around[:1]) + "起"
    )
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in material.notes)
    return (
        f'<div class="reader own" data-once="{escape(once)}">{_BACK}<h2 tabindex="-1">{name} {badge}</h2>'
        f'<p class="facts">{material.kind} · {place} · 您自己的文件，不是法律依据</p>'
        f"{_page(opened) if opened.page else _paragraphs(opened)}{notes}</div>"
    )


def _page(opened: Opened) -> str:
    picture = b64encode(opened.image).decode("ascii")
    marks = "".join(map(_mark, opened.marks))
    said = f'<blockquote class="said">{escape(opened.quote)}</blockquote>' if opened.marks else ""
    width, height = opened.size
    return (
        f"{_turning(opened)}"
        f'<div class="sheet" style="aspect-ratio:{width}/{height}">'
        f'<img src="data:image/jpeg;base64,{picture}" width="{width}" height="{height}" alt="第{opened.page}页的图像">{marks}</div>{said}'
    )


def _mark(spot: Spot) -> str:
    left, top, right, bottom = (100 * share for share in spot.box)
    return f'<mark style="left:{left:.2f}%;top:{top:.2f}%;width:{right - left:.2f}%;height:{bottom - top:.2f}%"></mark>'


def _turning(opened: Opened) -> str:
    """上一页 and 下一页."""
    pages = [(opened.page - 1, "上一页"), (opened.page + 1, "下一页")]
    buttons = "".join(
        f'<button type="button" data-act="read" data-source="{PREFIX}{opened.material.id}/page/{number}">{label}</button>'
        for number, label in pages
        if 1 <= number <= opened.material.pages
    )
    return f'<p class="links turning">{buttons}</p>' if buttons else ""


def _paragraphs(opened: Opened) -> str:
    lines = ""
    for hit in opened.around:
        before, found, after = hit.passage.text.partition(opened.quote) if opened.quote else (hit.passage.text, "", "")
        marked = escape(before) + (f"<mark>{escape(found)}</mark>" if found else "") + escape(after)
        lines += f'<p><span class="place">{escape(hit.passage.place)}</span>{marked}</p>'.replace("\n", "<br>")
    return f'<div class="text">{lines}</div>'
