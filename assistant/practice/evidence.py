"""证据矩阵: a list of materials held against what an offence needs, and the 补充侦查提纲 that follows from the gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.domain.evidence import (
    FORMS,
    EvidenceBook,
    EvidenceMatrix,
    Flaw,
    Held,
    Listed,
    Need,
    NeedState,
    OutlineItem,
    Placed,
    ProofKind,
    RowState,
)

_ASIDE = re.compile(r"[（(【\[][^（()）】\]]*[)）】\]]")
_AND = re.compile(r"[、，,；;＋+/]|及其|以及|及|和|与")


def matrix(
    book: EvidenceBook, offence: str, materials: Sequence[Listed], ticks: Mapping[str, bool] | None = None
) -> EvidenceMatrix:
    """What the materials prove of an offence, in what form, and what is missing.

    ``ticks`` holds what the reader said by hand, by ``NeedState.key``: it goes before what the list tells. An offence that is
    not in the book gives a matrix without rows.
    """
    said = ticks or {}
    placed = tuple(place(book, listed) for listed in materials)
    rows = []
    for number, row in enumerate(book.needed(offence)):
        keys = [f"{number}.{at}" for at in range(len(row.needs))]
        needs = tuple(_held(key, need, placed, said.get(key)) for key, need in zip(keys, row.needs, strict=True))
        rows.append(RowState(row, needs))
    return EvidenceMatrix(offence, book.names.get(offence, ""), tuple(rows), placed)


def place(book: EvidenceBook, listed: Listed) -> Placed:
    """What a material is by its name, and what has to be put right before it can be used."""
    kinds = _kinds(book.kinds.values(), listed.name) or _kinds(book.kinds.values(), listed.said)
    return Placed(listed, kinds, tuple(flaw for flaw in book.flaws if _shows(flaw, kinds, listed)))


def _kinds(kinds: Iterable[ProofKind], name: str) -> tuple[ProofKind, ...]:
    """动火作业票（监控截图）→ 作业票: the last of its words names a thing; two things that are joined are two kinds."""
    found: list[ProofKind] = []
    known, bare = tuple(kinds), _ASIDE.sub("", name).strip()
    for part in _AND.split(bare or name):
        named = [kind for *_, kind in sorted(_words(known, part), key=lambda hit: hit[:2])]
        last = next((kind for kind in reversed(named) if _tells(kind, named)), None)
        if last and last not in found:
            found.append(last)
    return tuple(found)


def _tells(kind: ProofKind, beside: Sequence[ProofKind]) -> bool:
    return not kind.general or not any(other.form == kind.form and not other.general for other in beside)


def _words(kinds: Iterable[ProofKind], part: str) -> Iterator[tuple[int, int, ProofKind]]:
    """End and length of each kind's words in a name: of two that end together the longer one tells more."""
    for kind in kinds:
        for word in kind.words:
            at = part.rfind(word)
            if at >= 0:
                yield at + len(word), len(word), kind


def _shows(flaw: Flaw, kinds: Sequence[ProofKind], listed: Listed) -> bool:
    """Whether the row shows the flaw; where the row has none of the words that decide, the title above it does."""
    if not any(kind.form in flaw.forms or kind.key in flaw.kinds for kind in kinds):
        return False
    deciding = (*flaw.words, *flaw.also, *flaw.unless)
    text = listed.said if any(word in listed.said for word in deciding) else f"{listed.head}{listed.said}"

    def has(words: tuple[str, ...]) -> bool:
        return any(word in text for word in words)

    return (not flaw.words or has(flaw.words)) and (not flaw.also or has(flaw.also)) and not has(flaw.unless)


def _held(key: str, need: Need, placed: Sequence[Placed], ticked: bool | None) -> NeedState:
    found = tuple(one for one in placed if any(kind.key in need.any for kind in one.kinds))
    held = Held.YES if any(one.usable for one in found) else Held.FORM if found else Held.NO
    if ticked is not None:
        held = Held.YES if ticked else Held.NO
    return NeedState(key, need, held, found, ticked)


def outline(book: EvidenceBook, found: EvidenceMatrix) -> tuple[OutlineItem, ...]:
    """The 补充侦查提纲: what to obtain, from whom, in what form and why; gaps in the order of the elements, then forms."""
    gaps = [_gap(book, row, need) for row in found.rows for need in row.needs if need.held is Held.NO]
    return (*gaps, *_to_put_right(found))


def _gap(book: EvidenceBook, row: RowState, state: NeedState) -> OutlineItem:
    kinds = [book.kinds[key] for key in state.need.any]
    sources = dict.fromkeys(kind.source for kind in kinds)
    forms = dict.fromkeys(f"{kind.name}：{kind.must}（{FORMS[kind.form]}）" for kind in kinds)
    cite = dict.fromkeys((*row.row.cite, *(one for kind in kinds for one in kind.cite)))
    return OutlineItem(
        row.row.element,
        state.need.get,
        state.need.source or "；".join(sources),
        "；".join(forms),
        f"用以证明：{row.row.prove}。注意：{row.row.wrong}。",
        tuple(cite),
    )


def _to_put_right(found: EvidenceMatrix) -> Iterator[OutlineItem]:
    """One paragraph a flaw, with the materials that have it: also those that another material makes up for."""
    by_flaw: dict[Flaw, list[Placed]] = {}
    for one in found.placed:
        for flaw in one.flaws:
            by_flaw.setdefault(flaw, []).append(one)
    for flaw, materials in by_flaw.items():
        names = "、".join(f"“{one.listed.name}”" for one in materials)
        sources = dict.fromkeys(kind.source for one in materials for kind in one.kinds)
        yield OutlineItem("证据形式", names, "；".join(sources), flaw.remedy, f"{flaw.says}。", flaw.cite)
