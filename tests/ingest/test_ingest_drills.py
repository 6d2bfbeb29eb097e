"""情景演练: what ships is proven, and what is broken is refused with where and why."""

import re
import shutil
from dataclasses import replace
from datetime import date

import pytest
import yaml
from outside import ROOT

from assistant.domain.drill import INVENTED, REAL, SUPPOSED
from assistant.errors import KnowledgeError
from assistant.ingest.drills import load_drills

FOLDER = ROOT / "knowledge_base"


@pytest.fixture(scope="module")
def drills(services):
    return services.quiz.drills


def test_six_invented_drills_over_the_field_and_real_ones_beside_them(drills):
    invented = {drill.topic for drill in drills if not drill.case}
    assert invented >= {"煤矿", "工贸", "消防通用", "城镇燃气", "建筑施工", "道路客运与货运"}
    assert len({drill.case for drill in drills if drill.case}) >= 4


def test_every_way_through_ends(drills):
    for drill in drills:
        ways = list(drill.paths())
        assert len(ways) > len(drill.steps)
        assert all(way[-1][1].next == "" for way in ways)
        assert {step.key for way in ways for step, _ in way} == {step.key for step in drill.steps}


def test_what_is_decided_changes_how_it_ends(drills):
    for drill in drills:
        ends = {way[-1][1].followed for way in drill.paths()}
        assert ends == {choice.followed for choice in drill.endings}
        assert len(ends) >= 2


def test_an_invented_drill_is_decided_from_many_posts_and_can_be_ended_before_anybody_is_hurt(drills):
    for drill in (drill for drill in drills if not drill.case):
        assert 6 <= len(drill.steps) <= 9
        assert len({step.who for step in drill.steps}) >= 5
        sound = [way for way in drill.paths() if all(choice.sound for _, choice in way)]
        last = {step.key for way in drill.paths() for step, _ in way[-1:]}
        assert {way[-1][0].key for way in sound} < last, "the sound way ends elsewhere than the others"
        assert min(map(len, sound)) < max(len(way) for way in drill.paths())


def test_the_sound_decision_is_told_neither_by_its_place_nor_by_its_length(drills):
    steps = [step for drill in drills for step in drill.steps]
    places = {index for step in steps for index, choice in enumerate(step.choices) if choice.sound}
    longest = [step for step in steps if max(step.choices, key=lambda choice: len(choice.text)).sound]
    assert all(2 <= len(step.choices) <= 4 and sum(choice.sound for choice in step.choices) == 1 for step in steps)
    assert places >= {0, 1, 2}
    assert len(longest) < 0.6 * len(steps)


def test_nothing_is_told_twice(drills):
    texts = [
        text for drill in drills for step in drill.steps for choice in step.choices for text in (choice.text, choice.followed)
    ]
    assert len(set(texts)) == len(texts)
    scenes = [step.scene for drill in drills for step in drill.steps]
    assert len(set(scenes)) == len(scenes)


def test_every_decision_says_what_the_law_says_and_each_citation_opens(drills, services):
    sources, today = services.sources, date.today()
    for drill in drills:
        for choice in (choice for step in drill.steps for choice in step.choices):
            points = services.quiz.law(choice)
            assert len(points) == len(choice.law)
            assert all(point.effective.holds(today) for point in points), choice.law
            for cite in (cite for point in points for cite in point.cite):
                ref = sources.ref(cite)
                assert ref, cite
                assert sources.provision(ref.whole_article(), today), cite


def test_what_followed_states_no_law(drills):
    for drill in drills:
        for choice in (choice for step in drill.steps for choice in step.choices):
            assert not re.search(r"《|第.{1,8}条|法释|罚款\d", choice.followed), choice.followed


def test_an_invented_case_says_so_and_a_real_one_has_its_source(drills, services):
    for drill in drills:
        assert drill.origin == (INVENTED if not drill.case else "")
        if drill.case:
            assert services.sources.record(drill.case).sources
        assert drill.like
        assert all(services.sources.record(name).kind == "case" for name in drill.like)


def test_a_real_case_tells_its_course_by_post_and_marks_what_is_supposed(drills, services):
    for drill in (drill for drill in drills if drill.case):
        names = set(re.findall(r"[\u4e00-\u9fff]某[\u4e00-\u9fff]", services.sources.record(drill.case).title))
        for step in drill.steps:
            told = " ".join((step.scene, step.ask, step.really, *(f"{choice.text} {choice.followed}" for choice in step.choices)))
            assert not any(name in told for name in names), step.key
            assert all(choice.followed.startswith((REAL, SUPPOSED)) for choice in step.choices)
        assert any(choice.followed.startswith(REAL) and not choice.sound for step in drill.steps for choice in step.choices)


def _refusal(services, tmp_path, name, change):
    """What is said of the drill of that file once it is changed."""
    folder = tmp_path / "lectures"
    shutil.copytree(FOLDER / "lectures", folder)
    drills = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
    change(drills[0])
    (folder / name).write_text(yaml.safe_dump(drills, allow_unicode=True), encoding="utf-8")
    with pytest.raises(KnowledgeError) as refused:
        load_drills(tmp_path, services.knowledge)
    return str(refused.value)


def _all_wrong(drill):
    for choice in drill["steps"][0]["choices"]:
        choice["sound"] = False


def _one_end(drill):
    for choice in (choice for step in drill["steps"] for choice in step["choices"] if not choice.get("next")):
        choice["followed"] = "事情过去了。"


def _borrow(drill):
    other = yaml.safe_load((FOLDER / "lectures" / "客运.yaml").read_text(encoding="utf-8"))[0]
    mine, theirs = drill["steps"][-1], other["steps"][-1]
    mine.update(ask=theirs["ask"], choices=theirs["choices"])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d["steps"][0]["choices"][0].update(next="nowhere"), "没有步骤"),
        (lambda d: d["steps"][-1]["choices"][0].update(next="seen"), "绕回"),
        (lambda d: d["steps"][0]["choices"][0].update(law=["duty.accident.report#99"]), "依据"),
        (lambda d: d["steps"][0]["choices"][0].update(law=[]), "依据"),
        (_all_wrong, "对的和不对的"),
        (lambda d: d["steps"].append({**d["steps"][0], "key": "lost"}), "走不到"),
        (lambda d: d.update(like=["case.none"]), "没有记录"),
        (lambda d: d.update(level=["路人"]), "听众"),
        (_one_end, "不同的结局"),
        (_borrow, "与演练“煤仓堵了，下不下去捅”相同"),
        (lambda d: d["steps"][0].update(really="确有其事。"), "没有写是哪个案例"),
    ],
)
def test_a_broken_drill_is_refused(services, tmp_path, change, told):
    assert told in _refusal(services, tmp_path, "煤矿溃仓.yaml", change)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d["steps"][0].pop("really"), "没有写真实情况"),
        (lambda d: d["steps"][0]["choices"][0].update(followed="事情过去了。"), "没有说明是真实还是假设"),
        (lambda d: d["steps"][0].update(really="泄漏约96.1吨入海。"), "96.1吨"),
        (lambda d: d["steps"][0].update(scene="码头上有三十人。"), "三十人"),
        (lambda d: d["steps"][1]["choices"][0].update(text="只报7吨"), "7吨"),
        (lambda d: d.update(opening="2018年11月5日，碳九漏进了海里。"), "5日"),
        (lambda d: d.update(case="duty.accident.report"), "不是可以引用的案例"),
        (lambda d: d.update(case="case.none"), "没有记录"),
    ],
)
def test_a_real_case_that_is_told_otherwise_than_its_record_is_refused(services, tmp_path, change, told):
    assert told in _refusal(services, tmp_path, "真实-碳九谎报.yaml", change)


def test_a_case_that_is_not_confirmed_is_not_told_as_real(services):
    case = next(drill.case for drill in services.quiz.drills if drill.case)
    doubtful = replace(services.knowledge, records=tuple(
        replace(record, confidence="K") if record.id == case else record for record in services.knowledge.records
    ))  # fmt: skip
    with pytest.raises(KnowledgeError, match="不是可以引用的案例"):
        load_drills(FOLDER, doubtful)


def test_two_drills_of_one_name_are_refused(services, tmp_path):
    folder = tmp_path / "lectures"
    shutil.copytree(FOLDER / "lectures", folder)
    shutil.copy(folder / "客运.yaml", folder / "客运二.yaml")
    with pytest.raises(KnowledgeError, match="id 相同"):
        load_drills(tmp_path, services.knowledge)


def test_a_law_that_needs_checking_carries_no_decision(services):
    doubtful = replace(services.knowledge, records=tuple(
        replace(record, points=tuple(replace(point, confidence="K") for point in record.points))
        if record.id == "duty.accident.report" else record for record in services.knowledge.records
    ))  # fmt: skip
    with pytest.raises(KnowledgeError, match="依据"):
        load_drills(FOLDER, doubtful)
