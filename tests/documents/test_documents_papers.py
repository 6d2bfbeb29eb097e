"""文书 over many fact sheets: no law without a source, no blank invented, nothing argued for that is excluded, changes marked."""

import re
from dataclasses import replace

import pytest
from paper_cases import ASSESSING, GRAVE, MINOR, PAPERS, SHEETS, SOURCES, TODAY, TOLD, TWO, written

from assistant.domain.facts import FactSheet
from assistant.domain.papers import BLANK
from assistant.errors import NotFitting, UsageError

PLACES = re.compile(r"《[^》]+》第|〔\d{4}〕\d+号第|从重处罚。|从轻|减轻处罚|免除处罚|应当不起诉|可以不起诉")
KINDS = tuple(PAPERS.templates)


def all_papers():
    for name, sheet in SHEETS.items():
        for kind in KINDS:
            try:
                yield name, kind, sheet, written(kind, sheet)
            except NotFitting:
                continue


MADE = list(all_papers())


def test_every_paper_can_be_written_of_some_case():
    assert {kind for _, kind, _, _ in MADE} == set(KINDS)
    assert len(MADE) > 60


def test_every_statement_of_law_has_a_source_whose_words_are_in_the_library():
    for name, kind, _, paper in MADE:
        for one in paper.paragraphs:
            assert one.cites or not one.law, (name, kind, one.text)
            if PLACES.search(one.text) and one.role == "body" and not SHEETS[name].told.startswith(one.text[:10]):
                assert one.law, (name, kind, one.text)
        numbers = [one.n for one in paper.citations]
        assert numbers == list(range(1, len(numbers) + 1))
        for citation in paper.citations:
            source = SOURCES.by_id(citation.source_id)
            assert citation.quote in source.text, (name, kind, citation.title)


def test_nothing_is_withheld_with_the_built_in_library():
    assert [(name, kind, one) for name, kind, _, paper in MADE for one in paper.withheld] == []


def test_figures_and_names_come_from_the_sheet_or_are_blank():
    for name, kind, sheet, paper in MADE:
        text = "".join(one.text for one in paper.paragraphs if not one.law)
        if not isinstance(sheet.facts.get("deaths"), int):
            assert not re.search(r"死亡\d+人", text), (name, kind)
        for organ in re.findall(r"[\u4e00-\u9fff]{2,8}人民检察院(?!派|可以|应当|名称|仍)", text):
            raise AssertionError(f"{name} {kind}: {organ}")
        assert "【检察院名称：承办人填写】" in text or kind in {"transfer", "report"}, kind


def test_what_is_not_known_is_a_marked_blank():
    paper = written("suggestion", SHEETS["bare"])
    assert {
        "【文号：承办人填写】",
        "【被建议单位名称：承办人填写】",
        "【事故发生日期：承办人填写】",
        "【检察院名称：承办人填写】",
    } <= set(paper.blanks)
    assert "死亡1人" in paper.paragraphs[1].text


def test_what_is_disputed_is_a_blank_that_says_so_and_the_paper_warns():
    paper = written("suggestion", SHEETS["disputed"])
    assert "【死亡人数：材料不明，承办人填写】" in paper.blanks
    assert paper.paragraphs[0].role == "notice"
    assert "报告说主要，专家说次要" in paper.paragraphs[0].text
    assert BLANK.fullmatch(written("suggestion", SHEETS["grave"]).number)


def test_a_paper_for_what_the_assessment_excludes_is_refused_with_the_reason_and_what_fits():
    with pytest.raises(NotFitting) as told:
        written("nonprosecution_discretionary", SHEETS["grave"])
    assert "加重的量刑档" in str(told.value)
    assert "《刑事诉讼法》第一百七十七条第二款" in str(told.value)
    assert "提起公诉" in str(told.value)
    with pytest.raises(NotFitting, match="法定不起诉"):
        written("nonprosecution_discretionary", SHEETS["cleared"])
    for kind in ("filing", "transfer", "transfer_opinion", "supplement"):
        with pytest.raises(NotFitting):
            written(kind, SHEETS["cleared"])
    with pytest.raises(NotFitting, match="已被逮捕羁押"):
        written("custody", SHEETS["minor"])
    with pytest.raises(NotFitting, match="第七十四条第二款"):
        written("public_interest", SHEETS["minor"])


def test_never_is_an_excluded_option_argued_for():
    for name, kind, sheet, paper in MADE:
        template = PAPERS.templates[kind]
        found = [
            one
            for one in ASSESSING.assess(sheet, TODAY).options
            if one.key == template.option and one.person in ("", paper.person)
        ]
        assert all(one.available is not False for one in found), (name, kind)


def test_reasons_not_to_prosecute_follow_the_facts():
    statutory = written("nonprosecution_statutory", SHEETS["barred"])
    assert any("已经超过" in one.text or "已过" in one.text or "超过" in one.text for one in statutory.paragraphs if one.law)
    doubt = written("nonprosecution_doubt", SHEETS["doubtful"])
    assert any("二次补充侦查以后仍然证据不足" in one.text for one in doubt.paragraphs)
    once = written("nonprosecution_doubt", FactSheet(facts={**SHEETS["doubtful"].facts, "supplemented_times": 1}))
    assert not any("二次补充侦查以后" in one.text for one in once.paragraphs)


def test_a_sentencing_opinion_says_both_sides_and_leaves_the_term_to_the_handler():
    paper = written("sentencing", SHEETS["grave"])
    text = "\n".join(one.text for one in paper.paragraphs)
    assert "关闭、破坏必要的安全监控和报警设备，应当从重处罚" in text
    assert "自首，可以从轻或者减轻处罚" in text
    assert "【建议刑期：承办人填写】" in paper.blanks
    assert "不能适用" not in text


def test_problems_and_proposals_are_those_of_the_case():
    devices = written("suggestion", SHEETS["grave"])
    without = written("suggestion", FactSheet(facts={key: value for key, value in GRAVE.items() if key != "devices_disabled"}))
    assert any("关闭、破坏" in one.text for one in devices.paragraphs)
    assert not any("关闭、破坏" in one.text for one in without.paragraphs)
    assert not any("如实报告当地监管部门" in one.text for one in devices.paragraphs)


def marked(kind, old, new, person=""):
    paper = written(kind, new, person)
    return paper, PAPERS.changed(old, new, paper)


def test_a_changed_fact_marks_what_rests_on_it_and_nothing_else():
    old, new = FactSheet(facts=GRAVE), FactSheet(facts={**GRAVE, "deaths": 2})
    paper, found = marked("suggestion", old, new)
    assert {one.sentence for changes in found.values() for one in changes} == {"死亡人数：3人 → 2人"}
    texts = [paper.paragraphs[place].text for place in found]
    assert any("死亡2人" in text for text in texts)
    assert not any("【原因分析" in text or "第一责任人" in text or "重大事故隐患没有按规定处置" in text for text in texts)


def test_a_circumstance_marks_its_own_paragraph():
    old, new = FactSheet(facts={**MINOR, "rescued": True}), FactSheet(facts=MINOR | {"rescued": True, "surrender": False})
    paper, found = marked("sentencing", old, new)
    lines = {place: paper.paragraphs[place].text for place in found}
    assert not any("积极组织、参与抢救" in text for text in lines.values())
    back, again = marked("sentencing", new, old)
    assert any(back.paragraphs[place].text.startswith("1. 自首") for place in again)


def test_what_one_person_did_marks_only_that_person():
    first, second = TWO.people
    new = replace(TWO, people=(first, replace(second, facts={**second.facts, "surrender": True})))
    paper, found = marked("accident_opinion", TWO, new)
    texts = [paper.paragraphs[place].text for place in found]
    assert any("乙某：自首" in text for text in texts)
    assert not any("甲某：" in text for text in texts)


def test_an_unchanged_sheet_marks_nothing():
    for _, kind, sheet, paper in MADE:
        assert PAPERS.changed(sheet, sheet, paper) == {}, kind


def test_told_words_that_the_sheet_overrules_are_to_be_rewritten():
    told = ASSESSING.told(TOLD, TODAY)
    sheet = replace(told, told=TOLD, facts={**told.facts, "deaths": 2})
    text = "".join(one.text for one in written("accident_opinion", sheet).paragraphs)
    assert "【以上是所述案情的原话，要素表已改（死亡人数：3人 → 2人），改写本段：承办人填写】" in text
    assert "原话" not in "".join(one.text for one in written("accident_opinion", replace(told, told=TOLD)).paragraphs)


def test_of_several_people_a_paper_about_one_speaks_of_that_one():
    paper = written("nonprosecution_discretionary", TWO, "乙某")
    assert paper.person == "乙某"
    assert not any("甲某" in one.text for one in paper.paragraphs)
    assert written("sentencing", TWO).person == "甲某"


def test_an_empty_sheet_and_an_unknown_kind_are_told_in_a_sentence():
    with pytest.raises(UsageError, match="要素表还是空的"):
        written("suggestion", FactSheet())
    with pytest.raises(UsageError, match="检察建议书"):
        written("起诉书", SHEETS["grave"])
    assert written("检察建议书", SHEETS["grave"]).kind == "suggestion"


def test_a_source_that_is_gone_leaves_its_sentence_out_and_lists_it():
    from assistant.documents.papers import Basis, compose

    template = PAPERS.templates["suggestion"]
    part = template.parts[0]
    lost = replace(part.lines[0], cite=("没有这部法#1",))
    broken = replace(template, parts=(replace(part, lines=(lost, *part.lines[1:])), *template.parts[1:]))
    basis = Basis(ASSESSING.book, ASSESSING.offences, SOURCES, TODAY)
    paper = compose(broken, ASSESSING.assess(SHEETS["grave"], TODAY), basis)
    assert [one.text for one in paper.withheld] == [lost.law]
    assert "没有这部法" in paper.withheld[0].reason
    assert not any(lost.law in one.text for one in paper.paragraphs)
