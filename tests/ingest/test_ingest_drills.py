"""情景演练: what ships is proven, and what is broken is refused with where and why."""

import shutil
from dataclasses import replace
from datetime import date

import pytest
import yaml
from outside import ROOT

from assistant.domain.drill import INVENTED
from assistant.errors import KnowledgeError
from assistant.ingest.drills import load_drills

FOLDER = ROOT / "knowledge_base"


@pytest.fixture(scope="module")
def drills(services):
    return services.quiz.drills


def test_six_drills_over_the_field(drills):
    assert {drill.topic for drill in drills} >= {"煤矿", "工贸", "消防通用", "城镇燃气", "建筑施工", "道路客运与货运"}
    assert len(drills) >= 6


def test_every_way_through_ends(drills):
    for drill in drills:
        ways = list(drill.paths())
        assert len(ways) > len(drill.steps)
        assert all(way[-1][1].next == "" for way in ways)
        assert {step.key for way in ways for step, _ in way} == {step.key for step in drill.steps}


def test_every_decision_says_what_the_law_says_and_each_citation_opens(drills, services):
    sources, today = services.sources, date.today()
    for drill in drills:
        for choice in (choice for step in drill.steps for choice in step.choices):
            points = services.quiz.law(choice)
            assert len(points) == len(choice.law)
            for cite in (cite for point in points for cite in point.cite):
                ref = sources.ref(cite)
                assert ref, cite
                assert sources.provision(ref.whole_article(), today), cite


def test_an_invented_case_says_so_and_a_real_one_has_its_source(drills, services):
    for drill in drills:
        assert drill.origin == (INVENTED if not drill.case else "")
        if drill.case:
            assert services.sources.record(drill.case).sources
        assert drill.like
        assert all(services.sources.record(name).kind == "case" for name in drill.like)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d["steps"][0]["choices"][0].update(next="nowhere"), "没有步骤"),
        (lambda d: d["steps"][-1]["choices"][0].update(next="seen"), "绕回"),
        (lambda d: d["steps"][0]["choices"][0].update(law=["duty.accident.report#99"]), "依据"),
        (lambda d: d["steps"][0]["choices"][0].update(law=[]), "依据"),
        (lambda d: d["steps"][0]["choices"][0].update(sound=False), "对的和不对的"),
        (lambda d: d["steps"].append({**d["steps"][0], "key": "lost"}), "走不到"),
        (lambda d: d.update(like=["case.none"]), "没有记录"),
        (lambda d: d.update(level=["路人"]), "听众"),
    ],
)
def test_a_broken_drill_is_refused(services, tmp_path, change, told):
    folder = tmp_path / "lectures"
    shutil.copytree(FOLDER / "lectures", folder)
    file = folder / "煤矿溃仓.yaml"
    drills = yaml.safe_load(file.read_text(encoding="utf-8"))
    change(drills[0])
    file.write_text(yaml.safe_dump(drills, allow_unicode=True), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=told):
        load_drills(tmp_path, services.knowledge)


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
