"""Which two of the nearest cases are told, and in what words."""

from pathlib import Path

import pytest

from assistant.answer.alike import of_offence, say_similar, telling
from assistant.answer.draft import Composition
from assistant.domain.answer import Section
from assistant.domain.assessment import Assessment, OffenceFinding, Standing
from assistant.domain.cases import Case
from assistant.domain.facts import FactSheet
from assistant.domain.similar import Similar
from assistant.ingest.records import load_knowledge

KNOWLEDGE = load_knowledge(Path(__file__).resolve().parents[2] / "knowledge_base")
CASES = {record.id: record for record in KNOWLEDGE.records if isinstance(record, Case)}
STRICT, LENIENT, MIXED, OPEN = "case.pc.yangzhou", "case.pc.liyang", "case.spp95", "case.pc.haining"


def near(case, score, *, level=False, alike=("死亡都是3人",), differences=("该案罪名没有核到",)):
    return Similar(CASES[case], score, alike, differences, level)


def test_the_cases_of_the_table_are_handled_as_it_supposes():
    assert [CASES[case].signal for case in (STRICT, LENIENT, MIXED, OPEN)] == ["严", "宽", "宽严分层", ""]


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([near(STRICT, 0.9), near(MIXED, 0.8), near(LENIENT, 0.7)], [STRICT, LENIENT]),
        ([near(STRICT, 0.9), near(MIXED, 0.8), near(OPEN, 0.7)], [STRICT, MIXED]),
        ([near(STRICT, 0.9), near(MIXED, 0.8, level=True), near(LENIENT, 0.7)], [MIXED, STRICT]),
        ([near(STRICT, 0.9, level=True), near(OPEN, 0.8)], [STRICT, OPEN]),
        ([near(STRICT, 0.9, level=True), near(LENIENT, 0.2)], [STRICT]),
        ([], []),
    ],
)
def test_one_on_the_same_level_and_one_handled_otherwise(found, told):
    assert [one.case.id for one in telling(found)] == told


def test_a_case_is_one_claim_that_names_likeness_difference_and_outcome():
    out = Composition()
    long = "本案有" + "；".join(["如实供述", "积极配合调查", "取得谅解", "达成和解协议", "认罪认罚"] * 2)
    say_similar([near(LENIENT, 0.9, alike=("死亡都是2人", "a", "b"), differences=(long, "本案有逃逸"))], out)
    (draft,) = out.drafts
    case = CASES[LENIENT]
    assert draft.text == f"{case.title}，从宽办理：与本案死亡都是2人；a，但本案有逃逸。处理结果：{case.outcome}"
    assert (draft.section, draft.cite, out.topics) == (Section.CASES, (LENIENT,), [LENIENT])


def test_an_outcome_that_is_not_confirmed_is_not_spoken_of():
    open_ = next(case.id for case in CASES.values() if case.single and not case.outcome)
    out = Composition()
    say_similar([near(open_, 0.9)], out)
    assert "处理结果" not in out.drafts[0].text


def test_a_case_of_another_offence_is_none_for_an_answer():
    charged = OffenceFinding("offence.134-1", "", "", "", Standing.ESTABLISHED, "base", "", "", ())
    found = [near(STRICT, 0.9), near("case.spc.lichao", 0.5)]
    assert [one.case.id for one in of_offence(found, Assessment(FactSheet(), (charged,)))] == ["case.spc.lichao"]
    assert of_offence(found, Assessment(FactSheet())) == []
