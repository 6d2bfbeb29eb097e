"""证据矩阵 and 补充侦查提纲 over real data."""

from pathlib import Path

import pytest

from assistant.domain.evidence import Held
from assistant.ingest.evidence import load_evidence
from assistant.ingest.records import load_knowledge
from assistant.practice.evidence import matrix, outline
from assistant.practice.listing import pasted

FOLDER = Path(__file__).resolve().parents[2] / "knowledge_base"
BOOK = load_evidence(FOLDER, load_knowledge(FOLDER).records)
DANGER = "offence.134-1"


def held(found, element, place):
    return next(row for row in found.rows if row.row.element == element).needs[place].held


def test_without_materials_everything_is_missing_and_asked_for_in_order():
    for offence in BOOK.rows:
        found = matrix(BOOK, offence, ())
        items = outline(BOOK, found)
        wanted = [need.get for row in BOOK.needed(offence) for need in row.needs]
        assert [item.get for item in items] == wanted
        assert found.count(Held.NO) == len(wanted)
        assert all(item.source and item.form and item.why and item.cite for item in items)


def test_an_order_without_its_service_leaves_that_gap():
    found = matrix(BOOK, DANGER, pasted("责令停产停业整顿通知书\n停产停业决定书", BOOK))
    assert held(found, "责令的决定（拒不执行类）", 0) is Held.YES
    assert held(found, "责令的决定（拒不执行类）", 1) is Held.NO
    (item,) = [item for item in outline(BOOK, found) if "送达回证" in item.get]
    assert item.element == "责令的决定（拒不执行类）"
    assert "法释2022-19#3" in item.cite


def test_oral_evidence_of_an_agency_is_a_matter_of_form_until_it_is_taken_again():
    found = matrix(BOOK, DANGER, pasted("应急管理局询问笔录（王某）\n行政询问笔录（赵某）", BOOK))
    assert held(found, "三类行为之一", 3) is Held.FORM
    forms = [item for item in outline(BOOK, found) if item.element == "证据形式"]
    assert [item.get for item in forms] == ["“应急管理局询问笔录（王某）”", "“行政询问笔录（赵某）”"]
    assert all("重新询问" in item.form and "刑诉法#54/2" in item.cite for item in forms)
    again = matrix(BOOK, DANGER, pasted("应急管理局询问笔录（王某）\n公安机关询问笔录（王某）", BOOK))
    assert held(again, "三类行为之一", 3) is Held.YES


def test_materials_of_an_agency_that_may_be_used_count():
    found = matrix(BOOK, DANGER, pasted("应急管理局现场检查记录\n应急管理局调取的监控录像\n应急管理局委托的检测报告", BOOK))
    assert held(found, "三类行为之一", 0) is Held.YES
    assert held(found, "三类行为之一", 1) is Held.YES
    forms = {kind.form for one in found.placed for kind in one.kinds}
    assert forms == {"reviewed", "direct"}


@pytest.mark.parametrize(("name", "usable"), [("培训记录", True), ("培训记录（复印件）", True), ("培训记录（事后补签）", False)])
def test_a_copy_is_noted_and_a_later_signature_blocks(name, usable):
    (one,) = matrix(BOOK, DANGER, pasted(name, BOOK)).placed
    assert one.usable is usable


def test_what_the_reader_ticks_goes_before_the_list():
    materials = pasted("停产停业决定书", BOOK)
    row = next(at for at, row in enumerate(BOOK.needed(DANGER)) if row.element == "责令的决定（拒不执行类）")
    found = matrix(BOOK, DANGER, materials, {f"{row}.0": False, f"{row}.1": True})
    assert held(found, "责令的决定（拒不执行类）", 0) is Held.NO
    assert held(found, "责令的决定（拒不执行类）", 1) is Held.YES
    assert not any("送达回证" in item.get for item in outline(BOOK, found))


def test_a_material_that_cannot_be_told_is_shown_and_proves_nothing():
    found = matrix(BOOK, DANGER, pasted("一份看不出是什么的东西", BOOK))
    assert [one.listed.name for one in found.unplaced] == ["一份看不出是什么的东西"]
    assert found.count(Held.YES) == 0


def test_an_offence_that_is_not_in_the_book_has_no_rows():
    found = matrix(BOOK, "offence.131", pasted("作业票", BOOK))
    assert found.rows == ()
    assert outline(BOOK, found) == ()
