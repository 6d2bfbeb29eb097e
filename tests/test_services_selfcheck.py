"""A self-check from its first question to its report and rows of the ledger, over a small handbook."""

from datetime import date

import pytest
from selfcheck_samples import CHECKLIST, TIPS, sample_knowledge

from assistant.answer.sources import Sources
from assistant.documents.selfcheck_parts import gaps
from assistant.domain.ledger import Level
from assistant.domain.selfcheck import Given
from assistant.errors import NotFound, UsageError
from assistant.ingest.records import load_knowledge
from assistant.selfcheck import SelfCheckService
from assistant.settings import Settings

ME = "o" * 24


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return sample_knowledge(tmp_path_factory.mktemp("kb") / "kb")


@pytest.fixture(scope="module")
def knowledge(folder):
    return load_knowledge(folder)


def service(home, folder, knowledge):
    sources = Sources(knowledge)
    return SelfCheckService(Settings(home=home, knowledge=folder), knowledge, lambda: sources)


@pytest.fixture
def checks(tmp_path, folder, knowledge):
    return service(tmp_path / "home", folder, knowledge)


def begun(checks, *ticked):
    return checks.begin(ME, "南山路12号餐饮店", "餐饮店（样例）", ticked, "约12人", "张三").check.id


def answered(checks, check, **replies):
    for question, reply in replies.items():
        checks.answer(ME, check, question, reply)


def test_from_answers_to_a_report_whose_every_sentence_of_law_has_a_card(checks):
    check = begun(checks, "dormitory")
    answered(checks, check, gas="是", bottled="是", alarm="否", hose="部分", exit="不清楚")
    report = checks.report(ME, check)
    assert [card.title for card in report.gaps] == ["后厨没装可燃气体报警装置", "灶具连接管老化没换"]
    assert [card.title for card in report.unclear] == ["说不清：疏散通道堆货、安全出口上锁？"]
    alarm = report.gaps[0]
    assert alarm.case.text.startswith("银川")
    assert report.authorities.lost == {}
    for card in (*report.gaps, *report.unclear):
        for line in (*card.duties, *card.administrative, *card.criminal):
            assert line.cites
            assert all(cite in report.authorities.numbers for cite in line.cites)
    assert report.features == ("店里住人",)
    assert [one.id for one in report.result.not_asked.unanswered] == ["tip.sample.dormitory"]


def test_gaps_become_rows_of_the_ledger(checks):
    check = begun(checks)
    answered(checks, check, gas="是", bottled="否", alarm="否", exit="不清楚")
    checks.confirm(ME, check, "alarm", True)
    row, unclear = gaps(checks.report(ME, check))
    today = date.today()
    assert (row.key, row.level, row.post, row.found) == ("tip.sample.alarm", Level.MAJOR, "主要负责人", today)
    assert (row.deadline - today).days == 3
    assert row.cites == ("安全生产法#36/4", "安全生产法#99/1/2", "刑法#134/1")
    assert [text[:3] for text in row.liability] == ["行政：", "刑事："]
    assert row.source == f"自查 {today.isoformat()}"
    assert unclear.key == "unclear/tip.sample.exit"
    assert unclear.hazard.startswith("说不清")


def test_the_time_before_at_the_same_site_stands_beside(checks):
    first = begun(checks)
    answered(checks, first, gas="是", bottled="否", alarm="否", exit="否")
    checks.store.change(ME, first, finished=True)
    second = begun(checks)
    answered(checks, second, gas="是", bottled="否", alarm="否", exit="是")
    found = checks.result(ME, second)
    assert (found.compared.repeated, found.compared.closed) == (("后厨没装可燃气体报警装置",), ("疏散通道堆货、安全出口上锁",))
    assert found.findings[0].repeated
    assert checks.result(ME, first).compared is None


def test_a_questionnaire_changed_since_it_was_begun_keeps_the_answers_and_asks_what_is_new(checks, knowledge, tmp_path):
    check = begun(checks)
    answered(checks, check, gas="是", bottled="是", hose="部分")
    first, bottled, alarm, hose, way_out = CHECKLIST["questions"]
    changed = CHECKLIST | {
        "questions": [first | {"ask": "现在还用燃气吗？"}, bottled, alarm, way_out, {"id": "proof", "tip": hose["tip"]}]
    }
    later = service(tmp_path / "home", sample_knowledge(tmp_path / "kb", checklist=changed), knowledge)
    opened = later.open(ME, check)
    assert (opened.changes.new, opened.changes.reworded, opened.changes.gone) == (("proof",), ("gas",), ("hose",))
    assert opened.answers["gas"].reply == "是"
    assert [one.reply for one in later.store.history(ME, check, "hose")] == ["部分"]
    assert "proof" in [one.id for one in opened.asked]
    assert not later.seen(ME, check).changes
    assert not later.open(ME, check).changes
    with pytest.raises(NotFound, match="这一问已不在问卷里"):
        later.answer(ME, check, "hose", "是")


def test_features_ticked_later_add_questions_and_are_no_change_of_the_questionnaire(checks):
    check = begun(checks)
    answered(checks, check, gas="否", exit="是")
    opened = checks.retick(ME, check, ["dormitory", "contractors", "没有这个"])
    assert [one.id for one in opened.asked][-2:] == ["tip.sample.dormitory", "tip.sample.certificate"]
    assert opened.check.features == ("contractors", "dormitory")
    assert not opened.changes
    checks.answer(ME, check, "tip.sample.certificate", "否")
    opened = checks.retick(ME, check, ["dormitory"])
    assert not opened.changes
    assert checks.result(ME, check).findings == ()
    assert checks.retick(ME, check, ["contractors"]).answers["tip.sample.certificate"].reply == "否"


def test_a_confirmed_condition_falls_with_the_answer_that_it_belongs_to(checks):
    check = begun(checks)
    answered(checks, check, gas="是", alarm="否")
    checks.confirm(ME, check, "alarm", True)
    answered(checks, check, alarm="是")
    answered(checks, check, alarm="否")
    assert checks.result(ME, check).findings[0].legal == "待对照"


def test_files_are_kept_once_by_their_content_and_go_with_the_last_answer(checks, tmp_path):
    check, other = begun(checks), begun(checks)
    photo = tmp_path / "后厨.jpg"
    photo.write_bytes(b"photo")
    for one in (check, other):
        given = checks.attach(ME, one, "exit", [(photo, photo.name), (photo, "同一张.jpg")])
        assert [file.size for file in given.files] == [5]
    digest = given.files[0].sha256
    assert checks.files.get(digest) == b"photo"
    checks.remove(ME, check)
    assert checks.files.has(digest)
    checks.remove(ME, other)
    assert not checks.files.has(digest)


def test_a_note_and_a_file_do_not_answer_and_an_answer_keeps_them(checks, tmp_path):
    check = begun(checks)
    paper = tmp_path / "检测记录.pdf"
    paper.write_bytes(b"%PDF")
    checks.attach(ME, check, "exit", [(paper, paper.name)], "李四")
    checks.answer(ME, check, "exit", "", "等检测报告", "李四")
    assert checks.open(ME, check).progress == (0, 2)
    before, after = checks.answer(ME, check, "exit", "部分", None, "张三")
    assert (before.who, after.who, after.note, len(after.files)) == ("李四", "张三", "等检测报告", 1)


@pytest.mark.parametrize(
    ("act", "error", "sentence"),
    [
        (lambda c, k: c.answer(ME, k, "exit", "也许"), UsageError, "不是可选的回答，请答：是、否、部分"),
        (lambda c, k: c.answer(ME, k, "nowhere", "是"), NotFound, "这一问已不在问卷里"),
        (lambda c, k: c.answer("p" * 24, k, "exit", "是"), NotFound, "这次自查已不在记录里"),
        (lambda c, k: c.begin(ME, "店", "没有的问卷", []), NotFound, "没有“没有的问卷”这份问卷，可以选：餐饮店"),
        (lambda c, k: c.attach(ME, k, "exit", [(c._folder / "没有.jpg", "没有.jpg")]), UsageError, "读不了“没有.jpg”"),
    ],
)
def test_bad_input_is_one_sentence_and_changes_nothing(checks, act, error, sentence):
    check = begun(checks)
    with pytest.raises(error, match=sentence):
        act(checks, check)
    assert checks.store.history(ME, check) == []


def test_answers_at_hand_become_a_report_and_nothing_is_kept(checks):
    given = {"gas": Given("gas", "是"), "alarm": Given("alarm", "否", confirmed=True)}
    report = checks.once("店", "checklist.sample", [], given, date(2026, 11, 26))
    assert report.majors == 1
    assert checks.store.sites("") == []


def test_a_source_that_fails_is_told_and_its_sentence_is_not_stated(tmp_path):
    broken = [replace_cite(one, "安全生产法#36/4", "没有的法#1") for one in TIPS]
    folder = sample_knowledge(tmp_path / "kb", tips=broken)
    checks = service(tmp_path / "home", folder, load_knowledge(folder))
    report = checks.once(
        "店", "checklist.sample", [], {"gas": Given("gas", "是"), "alarm": Given("alarm", "否")}, date(2026, 11, 26)
    )
    assert list(report.authorities.lost) == ["没有的法#1"]


def replace_cite(tip, old, new):
    points = [point | {"cite": [new if cite == old else cite for cite in point["cite"]]} for point in tip["points"]]
    return tip | {"points": points}


def test_the_report_of_a_finished_check_stays_at_its_day(checks):
    check = begun(checks)
    answered(checks, check, exit="否")
    finished = checks.store.change(ME, check, finished=True)
    assert checks.result(ME, check).day == finished.finished
