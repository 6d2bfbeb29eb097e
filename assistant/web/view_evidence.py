"""证据 as HTML: what an offence needs against what the list has, and the 补充侦查提纲."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from assistant.domain.evidence import FORMS, EvidenceBook, EvidenceMatrix, Held, NeedState, OutlineItem, Placed, RowState
from assistant.domain.provision import ArticleRef

_CLASSES = {Held.YES: "yes", Held.FORM: "form", Held.NO: "no"}
_MARKS = {Held.YES: "✓", Held.FORM: "!", Held.NO: "○"}
LIMITS = "清单只看得到名称和备注，看不到内容：同一份证言、供述可能算进几项；是否真能证明，请打开材料核对后用手勾选。"


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference with its title and the source that it opens."""

    cite: str
    title: str
    source_id: str


Cites = Callable[[str], Cited]


def page(
    book: EvidenceBook,
    found: EvidenceMatrix,
    items: Sequence[OutlineItem],
    cites: Cites,
    text: str,
    files: Sequence[str],
    failure: str = "",
) -> str:
    """The whole result, from the choice of offences to the outline."""
    failed = f'<p class="failure" role="alert">{escape(failure)}</p>' if failure else ""
    return (
        f"{failed}{_choice(book, found.offence)}{_tally(found)}{_materials(found, files)}"
        f"{_table(book, found, cites)}{_outline(items, cites, text)}"
    )


def short(title: str) -> str:
    """失火罪、过失爆炸罪等（过失以危险方法危害公共安全） → 失火罪、过失爆炸罪等."""
    return title.split("（")[0]


def pills(references: Iterable[str], cites: Cites) -> str:
    """刑诉法54条2款: each opens its article."""
    return "".join(_pill(cites(reference)) for reference in dict.fromkeys(references))


def _pill(cited: Cited) -> str:
    said, title = escape(brief(cited.cite)), escape(cited.title)
    if not cited.source_id:
        return f'<span class="law" title="{title}">{said}</span>'
    source = escape(cited.source_id)
    return f'<button type="button" class="law" data-act="read" data-source="{source}" title="{title}">{said}</button>'


def brief(reference: str) -> str:
    """``刑法#134-1/1/2`` → 刑法134条之1第1款2项."""
    ref = ArticleRef.parse(reference)
    number, _, suffix = ref.article.partition("-")
    article = f"{number}条{f'之{suffix}' if suffix else ''}" if number else ""
    paragraph = f"{'第' if suffix else ''}{ref.paragraph}款" if ref.paragraph else ""
    return (
        f"{ref.law}{' ' if ref.law[-1:].isdigit() and article else ''}{article}{paragraph}{f'{ref.item}项' if ref.item else ''}"
    )


def _choice(book: EvidenceBook, chosen: str) -> str:
    buttons = "".join(
        f'<button type="button" data-act="choose" data-offence="{escape(offence)}" aria-pressed="{str(offence == chosen).lower()}">'
        f"{escape(short(name))}</button>"
        for offence, name in book.names.items()
    )
    return f'<div class="offences" role="group" aria-label="罪名">{buttons}</div>'


def _tally(found: EvidenceMatrix) -> str:
    said = " · ".join(f"{held.value} {found.count(held)}" for held in Held)
    bars = "".join(f'<i class="{_CLASSES[held]}" style="flex:{found.count(held)}"></i>' for held in Held if found.count(held))
    return (
        f'<h2>{escape(found.name)}</h2><div class="tally" role="img" aria-label="{said}">{bars}</div>'
        f'<p class="said">要素 {len(found.rows)} 项，要证明的事 {sum(len(row.needs) for row in found.rows)} 件：{said}</p>'
    )


def _materials(found: EvidenceMatrix, files: Sequence[str]) -> str:
    if not found.placed:
        return '<p class="faint">还没有材料清单：下面都是要证明的事。放进清单后自动对照，也可以逐件用手勾选。</p>'
    rows = "".join(_material(number, one) for number, one in enumerate(found.placed))
    unknown = len(found.unplaced)
    named = f"（{escape('、'.join(files))}）" if files else ""
    return (
        f'<details class="listing"{" open" if unknown else ""}><summary>材料 {len(found.placed)} 份{named}'
        f"{f'，其中 {unknown} 份看不出种类' if unknown else ''}</summary><ol>{rows}</ol>"
        f'<p class="links"><button type="button" data-act="wipe" data-confirm="清空材料和勾选？">清空材料和勾选</button></p></details>'
        f'<p class="limits">{LIMITS}</p>'
    )


def _material(number: int, one: Placed) -> str:
    kinds = "、".join(f"{kind.name}（{FORMS[kind.form]}）" for kind in one.kinds) or "看不出种类，请在对应的要素里用手勾选"
    flaws = "".join(f'<em class="{"blocks" if flaw.blocks else ""}">{escape(flaw.says)}</em>' for flaw in one.flaws)
    place = f"<small>{escape(one.listed.place)}</small>" if one.listed.place else ""
    return (
        f'<li><b>{escape(one.listed.name)}</b>{place}<span class="{"" if one.kinds else "unknown"}">{escape(kinds)}</span>{flaws}'
        f'<button type="button" data-act="strike" data-number="{number}" aria-label="去掉{escape(one.listed.name)}">×</button></li>'
    )


def _table(book: EvidenceBook, found: EvidenceMatrix, cites: Cites) -> str:
    rows = "".join(_row(book, row, cites) for row in found.rows)
    return (
        '<table class="matrix"><thead><tr><th>要素</th><th>用什么证明（点一下勾选）</th><th>通常来源和形式</th><th>容易出的问题</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(book: EvidenceBook, state: RowState, cites: Cites) -> str:
    row, kinds = state.row, dict.fromkeys(key for need in state.row.needs for key in need.any)
    forms = "".join(_form(book, key, cites) for key in kinds)
    return (
        f'<tr class="{"gap" if state.gap else "full"}"><th scope="row">{escape(row.element)}<p>{escape(row.prove)}</p>'
        f"<p>{pills(row.cite, cites)}</p></th><td>{''.join(_need(book, need) for need in state.needs)}</td>"
        f"<td><details><summary>{len(kinds)} 种材料</summary>{forms}</details></td><td>{escape(row.wrong)}</td></tr>"
    )


def _need(book: EvidenceBook, state: NeedState) -> str:
    by_hand = "" if state.ticked is None else "（手工）"
    found = "".join(f'<li class="{"" if one.usable else "blocked"}">{escape(one.listed.name)}</li>' for one in state.found)
    wanted = "、".join(book.kinds[key].name for key in state.need.any)
    return (
        f'<div class="need {_CLASSES[state.held]}"><button type="button" role="checkbox" data-act="tick" data-key="{state.key}" '
        f'data-held="{state.held.value}" aria-checked="{str(state.held is Held.YES).lower()}"><i>{_MARKS[state.held]}</i>'
        f"{escape(state.need.get)}<b>{state.held.value}{by_hand}</b></button>"
        f"{f'<ul>{found}</ul>' if found else f'<p>{escape(wanted)}</p>'}</div>"
    )


def _form(book: EvidenceBook, key: str, cites: Cites) -> str:
    kind = book.kinds[key]
    return (
        f'<div class="kind"><b>{escape(kind.name)}</b><span class="form {kind.form}">{FORMS[kind.form]}</span>'
        f"<p>{escape(kind.source)}。{escape(kind.must)}。</p><p>常见问题：{escape(kind.wrong)}。</p><p>{pills(kind.cite, cites)}</p></div>"
    )


def _outline(items: Sequence[OutlineItem], cites: Cites, text: str) -> str:
    if not items:
        return '<h2 id="outline">补充侦查提纲</h2><p class="said">没有缺口，也没有要补的形式。</p>'
    groups, place = "", 0
    for element, group in groupby(items, key=lambda item: item.element):
        parts = ""
        for item in group:
            place += 1
            parts += _item(place, item, cites)
        groups += f"<h3>{escape(element)}</h3>{parts}"
    return (
        f'<h2 id="outline">补充侦查提纲</h2><p class="links"><button type="button" data-do="copy" data-copy="{escape(text)}">复制</button>'
        f'<button type="button" data-act="word">下载 Word</button></p><div class="outline">{groups}</div>'
    )


def _item(place: int, item: OutlineItem, cites: Cites) -> str:
    return (
        f'<div class="item"><p><b>{place}. {escape(item.get)}</b></p><p>向谁调取：{escape(item.source)}</p>'
        f"<p>形式：{escape(item.form)}</p><p>{escape(item.why)}</p><p>{pills(item.cite, cites)}</p></div>"
    )
