"""Facts of the cases: in the words of the fact sheet, enough of them, and no outcome without its sentence."""

from pathlib import Path

import pytest

from assistant.domain.records import Case, OutcomeKind
from assistant.ingest.records import load_knowledge
from assistant.ingest.rulebook import load_rules

FOLDER = Path(__file__).resolve().parents[2] / "knowledge_base"
KNOWLEDGE = load_knowledge(FOLDER)
FACTS = load_rules(FOLDER, KNOWLEDGE.records).facts
CASES = [record for record in KNOWLEDGE.records if isinstance(record, Case)]
SINGLE = [case for case in CASES if case.single]
WORDS = {
    OutcomeKind.IMPRISONMENT: ("年", "个月"),
    OutcomeKind.TERM: ("年", "个月"),
    OutcomeKind.DETENTION: ("拘役",),
    OutcomeKind.PROBATION: ("缓刑",),
    OutcomeKind.FINE: ("罚金",),
    OutcomeKind.EXEMPTION: ("免予刑事处罚",),
    OutcomeKind.NONPROSECUTION: ("不起诉",),
    OutcomeKind.RELEASE: ("变更为取保候审",),
    OutcomeKind.OCCUPATION: ("从业",),
}


def test_thirty_cases_tell_which_way_they_point():
    told = [case for case in SINGLE if case.signal and (case.offences or case.circumstances or case.industry)]
    assert len(told) >= 30
    assert {case.signal for case in CASES} <= {"严", "宽", "宽严分层", ""}


def test_facts_are_those_of_the_fact_sheet():
    wrong = [f"{case.id}: {one}" for case in CASES for one in case.industry if one not in FACTS["industry"].options]
    wrong += [f"{case.id}: {one}" for case in CASES for one in case.roles if one not in FACTS["role"].options]
    wrong += [f"{case.id}: {key}" for case in CASES for key in case.circumstances if key not in FACTS]
    assert wrong == []


@pytest.mark.parametrize("case", SINGLE, ids=lambda case: case.id)
def test_every_kind_of_outcome_stands_in_the_confirmed_sentence(case):
    said = case.outcome + "".join(point.text for point in case.points)
    for kind in case.outcome_kind:
        assert case.outcome, kind
        assert kind not in WORDS or any(word in said for word in WORDS[kind]), kind


def test_a_term_over_three_years_is_never_left_open():
    """Probation ends at three years: such a term is served."""
    both = [case.id for case in SINGLE if {OutcomeKind.IMPRISONMENT, OutcomeKind.TERM} <= set(case.outcome_kind)]
    assert both == []


def test_an_index_has_no_facts_of_its_own():
    assert [case.id for case in CASES if case.id.startswith("case.index.") and case.single] == []
    assert [case.id for case in CASES if not case.single and (case.circumstances or case.industry or case.outcome_kind)] == []
