"""Facts of the cases: in the words of the fact sheet, enough of them, and no outcome without its sentence."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain.cases import Case, Liable, OutcomeKind
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
TOLD = 37
"""Of how many it is confirmed how they came about, who answered and what told for or against them."""
_FIGURE = re.compile(r"(\d+(?:\.\d+)?)[余多]?(万|亿)?[余多]?(个月|平方米|小时|[年月日天人名元吨升米家辆件起处次%]?)")
_TERM = re.compile(r"徒刑\d|拘役\d|\d(?:年|个月)")
_CASUALTIES = re.compile(r"\d人?(?:死亡|受伤|重伤|轻伤|溺亡|失踪)")
_VERDICT = re.compile(r"罪|徒刑|拘役|缓刑|罚金")
OPEN = (
    (re.compile(r"^罪名$"), "answered", re.compile(r"罪")),
    (re.compile(r"刑期$"), "answered", _TERM),
    (re.compile(r"是否缓刑"), "answered", re.compile(r"缓刑")),
    (re.compile(r"罚金"), "answered", re.compile(r"罚金\d")),
    (re.compile(r"^判决结果|^是否追究刑事责任"), "answered", _VERDICT),
    (re.compile(r"^处理结果"), "answered", re.compile(r".")),
    (re.compile(r"死伤人数|伤亡人数|死亡人数"), "came", _CASUALTIES),
    (re.compile(r"经济损失"), "came", re.compile(r"损失约?\d")),
    (re.compile(r"^案情(?:细节)?(?:$|和)"), "cause", re.compile(r".")),
)
"""What was not confirmed; where it would be said; how it would read there."""


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


def test_most_cases_can_be_told_from_their_cause_to_their_lesson():
    assert len([case for case in SINGLE if case.told]) >= TOLD


@pytest.mark.parametrize("case", SINGLE, ids=lambda case: case.id)
def test_what_is_told_of_a_case_has_no_figure_of_its_own(case):
    assert unsaid(case) == []


@pytest.mark.parametrize(
    ("planted", "caught"),
    [
        ({"strict": ("27人死亡",)}, ["27人"]),
        ({"lenient": ("26万元已经赔付",)}, ["26万元"]),
        ({"chain": ("起火", "26人死亡、39人受伤")}, ["39人"]),
        ({"liable": (Liable("公司负责人等（10人）", "", "有期徒刑4年7个月"),)}, ["7个月"]),
        ({"began": "2023年11月16日短路起火。"}, []),
        ({"lesson": "每3天查一次线。"}, ["3天"]),
    ],
)
def test_a_figure_that_no_point_has_is_found(planted, caught):
    assert unsaid(replace(by_id("case.seed000.yongju"), **planted)) == caught


@pytest.mark.parametrize("case", SINGLE, ids=lambda case: case.id)
def test_what_is_told_fits_a_slide(case):
    assert [link for link in case.chain if len(link) > 30] == []
    assert len(case.chain) in (0, 2, 3, 4, 5, 6)
    assert max(len(case.began), len(case.lesson)) <= 60


@pytest.mark.parametrize("case", SINGLE, ids=lambda case: case.id)
def test_nobody_is_named_in_what_is_told(case):
    names = set(re.findall(r"[\u4e00-\u9fff]某[\u4e00-\u9fff]?", "".join((case.title, *case.aliases))))
    told = [*came(case), *(text for one in case.liable for text in (one.who, one.did, one.answered))]
    assert [text for text in told if "某" in text or any(name in text for name in names)] == []
    assert all(one.who for one in case.liable)


@pytest.mark.parametrize("case", SINGLE, ids=lambda case: case.id)
def test_a_case_rests_on_a_source_and_on_points_that_are_confirmed(case):
    assert case.sources
    assert case.checked
    assert case.confidence in {"A", "B"}
    assert [point.text for point in case.points if point.confidence not in {"A", "B"}] == []


@pytest.mark.parametrize("case", SINGLE, ids=lambda case: case.id)
def test_what_is_not_confirmed_is_not_told(case):
    assert overstated(case) == []


@pytest.mark.parametrize(
    ("open_matter", "planted"),
    [
        ("罪名", {"liable": (Liable("矿长", "", "重大责任事故罪"),)}),
        ("刑期", {"liable": (Liable("矿长", "", "有期徒刑3年"),)}),
        ("是否缓刑", {"liable": (Liable("矿长", "", "缓刑"),)}),
        ("公司罚金数额", {"liable": (Liable("公司", "", "罚金5万元"),)}),
        ("判决结果", {"liable": (Liable("矿长", "", "有期徒刑"),)}),
        ("处理结果", {"liable": (Liable("矿长", "", "不起诉"),)}),
        ("死伤人数", {"chain": ("起火", "26人死亡")}),
        ("直接经济损失", {"strict": ("损失500万元",)}),
        ("案情细节", {"began": "线路短路。"}),
    ],
)
def test_what_is_told_although_it_is_not_confirmed_is_found(open_matter, planted):
    case = replace(by_id("case.seed000.yongju"), unconfirmed=(open_matter,))
    bare = replace(case, outcome="", began="", chain=(), liable=(), lenient=(), strict=())
    assert overstated(bare) == []
    assert overstated(replace(bare, **planted)) == [open_matter]


def by_id(key: str) -> Case:
    return next(case for case in CASES if case.id == key)


def came(case: Case) -> tuple[str, ...]:
    """What is told of how it came about and how it weighed."""
    return (case.began, *case.chain, *case.lenient, *case.strict)


def figures(text: str) -> Iterator[str]:
    """26人, 5794万元, 3年: a number with its unit; persons are counted as 人."""
    for number, scale, unit in _FIGURE.findall(text):
        yield number + scale + unit.replace("名", "人")


def unsaid(case: Case) -> list[str]:
    """Figures of what is told that stand in no point, nor in the outcome, nor in the date."""
    day = "".join(f"{int(part)}{unit}" for part, unit in zip(case.date.split("-"), "年月日", strict=False) if part)
    confirmed = {*figures(day), *figures(case.outcome), *(one for point in case.points for one in figures(point.text))}
    told = (*came(case), *map(str, case.liable), case.lesson)
    return [one for text in told for one in figures(text) if one not in confirmed]


def overstated(case: Case) -> list[str]:
    """What is told although it was not confirmed. A term that the outcome has is confirmed, if not for everybody."""
    answered = [one.answered for one in case.liable]
    said = {"answered": answered, "cause": (case.began, *case.chain), "came": came(case)}
    return [
        matter
        for matter in case.unconfirmed
        for about, where, words in OPEN
        if about.search(matter) and any(words.search(text) for text in said[where])
        if where != "answered" or not words.search(case.outcome)
    ]
