"""情景演练 without a browser: the way, what is kept, the picture, and what a page may send that no page of ours would."""

import json
import re
from dataclasses import replace

import pytest

from assistant.answer.authorities import Authorities
from assistant.domain.drill import Choice, Drill, Step
from assistant.errors import UsageError
from assistant.services import Services
from assistant.settings import Settings
from assistant.web import view_drill, view_drill_end
from assistant.web.drill_desk import DrillDesk
from assistant.web.drill_state import Held, Walk, kept, resumed
from assistant.web.drill_way import way

EVIL = '<img src=x onerror="window.hit=1">'


def choice(sound, onward=""):
    return Choice("做" if sound else "不做", sound, "然后", ("duty.accident.report#0",), onward)


DRILL = Drill(
    "drill.x", "标题", "主题", ("检察官",), "开头",
    (
        Step("one", "工人", "场面", "做不做？", (choice(True, "two"), choice(False, "three"), choice(False))),
        Step("two", "厂长", "场面", "做不做？", (choice(True), choice(False, "three"))),
        Step("three", "检察官", "场面", "做不做？", (choice(True), choice(False))),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    return Services(Settings(home=tmp_path_factory.mktemp("home")))


@pytest.fixture
def desk(services):
    return DrillDesk(services)


def walked(desk, drill, *picks):
    held = desk.act("begin", desk.act("enter", Held(), {"drill": drill}).held, {}).held
    for turn, pick in enumerate(picks):
        held = desk.act("decide", held, {"turn": str(turn), "pick": str(pick)}).held
        held = desk.act("next", held, {"turn": str(turn + 1)}).held
    return held


def test_a_way_is_the_decisions_taken():
    walk = Walk(DRILL).decided(1)
    assert (walk.seen, walk.over, walk.step.key) == (True, False, "three")
    walk = replace(walk, seen=False).decided(0)
    assert walk.step is None
    assert not walk.over, "what followed is still to be read"
    assert replace(walk, seen=False).over
    assert [(one.step.key, one.at) for one in walk.decisions] == [("one", 1), ("three", 0)]
    for at in (0, -1, 3):
        with pytest.raises(UsageError):
            replace(walk, seen=False).decided(at)


def test_what_a_browser_keeps_leads_to_the_same_place():
    walk = Walk(DRILL).decided(0)
    stored = json.loads(json.dumps(kept(walk)))
    assert resumed(stored, [DRILL]) == walk
    assert kept(None) == {}
    for nothing in (None, {}, "x", stored | {"drill": "drill.gone"}, stored | {"taken": 1}):
        assert resumed(nothing, [DRILL]) is None


@pytest.mark.parametrize("taken", [[0, 9], [0, "x"], [0, 0, 0], [0, None]])
def test_steps_that_the_drill_no_longer_has_are_left_out(taken):
    walk = resumed({"drill": "drill.x", "taken": taken, "begun": True, "seen": True}, [DRILL])
    assert walk.taken in {(0,), (0, 0)}
    assert not walk.seen


def test_the_picture_colours_the_decisions_taken_and_names_no_step_that_is_to_come():
    walk = replace(Walk(DRILL).decided(0), seen=False).decided(1)
    picture = way(walk)
    assert picture.count('<path class="sound"') == 1
    assert picture.count('<path class="unsound"') == 1
    assert picture.count('<path class=""') == 5
    assert "第1步符合要求，第2步不符合要求" in picture
    assert "工人" in picture
    assert "厂长" in picture
    assert "检察官" not in picture
    stand = [(int(x), int(y)) for x, y in re.findall(r'<circle class="\w*" cx="(\d+)" cy="(\d+)"', picture)]
    assert len(set(stand)) == 3
    assert sorted(x for x, _ in stand) == [x for x, _ in stand], "a step stands right of those that lead to it"


def test_every_decision_of_every_drill_of_the_library_is_taken(desk, services):
    for drill in services.quiz.drills:
        left = {(step.key, choice.text) for step in drill.steps for choice in step.choices}
        for ahead in drill.paths():
            passed = {(step.key, choice.text) for step, choice in ahead}
            if not passed & left:
                continue
            left -= passed
            picks = [step.choices.index(choice) for step, choice in ahead]
            held = walked(desk, drill.id, *picks)
            assert held.walk.over
            shown = desk.show(held)
            unsound = sum(not choice.sound for _, choice in ahead)
            assert f"{len(ahead)} 步里 <b>{len(ahead) - unsound}</b> 步符合法律要求" in shown.page
            assert shown.page.count("更稳妥的做法</h4>") >= unsound
            assert "真实的同类案件" in shown.page or not drill.like
            assert "src-drill-1" in shown.side
            assert drill.origin in shown.page
            assert shown.page.count("真实情况</h4>") == sum(bool(step.really) for step, _ in ahead)
        assert not left


def test_a_real_case_is_named_and_opens_wherever_the_drill_is_shown(desk, services, monkeypatch):
    real = next(one for one in services.knowledge.records if one.kind == "case")
    drill = replace(DRILL, case=real.id, like=(real.id,))
    monkeypatch.setitem(services.quiz.__dict__, "drills", (drill,))
    begun = walked(desk, "drill.x")
    for held in (Held(), Held(Walk(drill)), begun, walked(desk, "drill.x", 1, 0)):
        shown = desk.show(held)
        assert f"真实案件：{real.title}" in shown.page
        assert "虚构案例" not in shown.page
        assert {services.source(name).title for name in re.findall(r'data-source="([^"]+)"', shown.page)} == {real.title}
    assert f'<span class="n">1</span>{real.title}' in desk.show(Held(Walk(drill))).side
    assert "真实的同类案件" not in shown.page, "the case told is not told again"


def test_a_drill_that_does_not_exist_and_tampered_decisions_get_a_sentence(desk):
    shown = desk.act("enter", Held(), {"drill": "drill.gone"})
    assert "没有这个演练" in shown.page
    assert "drills" in shown.page
    assert "没有这个演练" in desk.act("enter", Held(), {}).page
    held = walked(desk, "drill.confined_space")
    for pick in ("9", "-1", "x", "", "0" * 40):
        shown = desk.act("decide", held, {"turn": "0", "pick": pick})
        assert "没有这样的选择" in shown.page
        assert shown.held == held
    for turn in ("5", "x", "-1", ""):
        assert "没有这一步" in desk.act("other", held, {"turn": turn}).page
    for name in ("begin", "decide", "next", "again", "other"):
        assert "还没有选演练" in desk.act(name, Held(), {}).page


def test_a_second_click_decides_nothing(desk):
    held = desk.act("decide", walked(desk, "drill.confined_space"), {"turn": "0", "pick": "0"}).held
    assert desk.act("decide", held, {"turn": "0", "pick": "1"}).held == held
    assert desk.act("decide", held, {"turn": "1", "pick": "1"}).held == held, "before going on"
    assert desk.act("next", held, {"turn": "0"}).held == held


def test_another_way_begins_at_the_step_that_was_chosen(desk):
    held = walked(desk, "drill.confined_space", 0, 1, 0)
    other = desk.act("other", held, {"turn": "1"}).held
    assert other.walk.taken == (0,)
    assert not other.walk.seen
    assert desk.act("again", held, {}).held.walk.taken == ()
    assert desk.act("leave", held, {}).kept == {}


def test_whatever_was_written_is_text():
    evil = Choice(EVIL, False, EVIL, (EVIL,))
    drill = Drill("x", EVIL, EVIL, (EVIL,), EVIL, (Step("a", EVIL, EVIL, EVIL, (evil, replace(evil, sound=True))),))
    walk = Walk(drill, begun=True)
    seen = walk.decided(0)
    none = Authorities()

    def law(choice):
        return ()

    shown = [
        view_drill.listed([(drill, None)], EVIL),
        view_drill.opening(drill, None, none, EVIL),
        view_drill.step(walk, None, law, none, way(walk), EVIL),
        view_drill.step(seen, None, law, none, way(seen), EVIL),
        view_drill_end.end(replace(seen, seen=False), None, (), law, none, way(seen), EVIL),
    ]
    assert all(EVIL not in text for text in shown)
