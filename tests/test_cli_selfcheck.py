"""``anheng selfcheck`` and ``anheng handbook`` as processes: answers to a report, and bad input to one sentence."""

from pathlib import Path

import docx
import pytest
from selfcheck_samples import sample_knowledge, write_yaml

ANSWERS = {
    "site": "南山路12号餐饮店",
    "checklist": "餐饮店（样例）",
    "who": "张三",
    "day": "2026-11-26",
    "features": ["店里住人"],
    "answers": {"gas": "是", "bottled": "否", "alarm": {"reply": "否", "note": "坏了", "confirmed": True}, "exit": "不清楚"},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return sample_knowledge(tmp_path_factory.mktemp("kb") / "kb")


@pytest.fixture
def run(anheng, tmp_path, folder):
    return lambda *args: anheng(*args, home=tmp_path / "home", ANHENG_KNOWLEDGE=str(folder))


@pytest.fixture
def given(tmp_path):
    def write(**changes):
        path = tmp_path / "回答.yaml"
        write_yaml(path, ANSWERS | changes)
        return path

    return write


def test_answers_become_a_report(run, given, tmp_path):
    ran = run("selfcheck", given(), "--out", tmp_path / "报告.docx")
    assert ran.code == 0, ran.err
    assert "缺口1项（重大1项），说不清1项，1问没有答" in ran.out
    assert any("安全生产自查报告" in one.text for one in docx.Document(tmp_path / "报告.docx").paragraphs)


def test_questionnaires_and_their_questions_are_listed(run):
    assert "checklist.sample  餐饮店（样例）（5问）" in run("selfcheck").out
    listed = run("selfcheck", "--questions", "餐饮店（样例）").out
    assert "exit  没有“疏散通道堆货、安全出口上锁”这回事，对吗？" in listed
    assert "tip.sample.dormitory" in listed
    assert "店里住人" in listed


@pytest.mark.parametrize(
    ("changes", "code", "sentence"),
    [
        ({"checklist": "没有"}, 3, "没有“没有”这份问卷，可以选：餐饮店（样例）"),
        ({"site": ""}, 2, "缺 site"),
        ({"features": ["地铁"]}, 2, "没有“地铁”这个特征，可以写：dormitory、contractors"),
        ({"answers": {"gas": "yes"}}, 2, "“gas”的回答“yes”不认识，请写：是、否"),
        ({"answers": {"nowhere": "是"}}, 2, "里没有“nowhere”这一问"),
        ({"answers": []}, 2, "读不出自查的回答"),
        ({"day": "昨天"}, 2, "自查日期“昨天”写法不对"),
    ],
)
def test_answers_that_cannot_be_used_are_one_sentence(run, given, tmp_path, changes, code, sentence):
    ran = run("selfcheck", given(**changes), "--out", tmp_path / "报告.docx")
    assert ran.code == code
    assert sentence in ran.sentence
    assert not (tmp_path / "报告.docx").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_one_sentence(run, given, tmp_path):
    (tmp_path / "满.docx").symlink_to("/dev/full")
    ran = run("selfcheck", given(), "--out", tmp_path / "满.docx")
    assert ran.code == 2
    assert "写不了" in ran.sentence
    assert "磁盘空间" in ran.sentence


def test_the_handbook_by_chapter(run, tmp_path):
    assert "城镇燃气（5条）" in run("handbook").out
    ran = run("handbook", "--field", "城镇燃气", "--out", tmp_path / "册.docx")
    assert "1章、5条" in ran.out
    assert docx.Document(tmp_path / "册.docx").tables
    assert "没有“煤矿”这一章" in run("handbook", "--field", "煤矿", "--out", tmp_path / "册.docx").sentence
    assert "要以 .docx 或者 .pdf 结尾" in run("handbook", "--out", tmp_path / "册.txt").sentence
