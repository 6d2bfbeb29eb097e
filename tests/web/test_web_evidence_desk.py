"""The events of the page 证据 without a browser."""

from pathlib import Path

import pytest
from web_answers import ScriptedService

from assistant.domain.evidence import Held
from assistant.practice.evidence import matrix
from assistant.web.evidence_desk import MOST, CaseEvidence, EvidenceDesk
from assistant.web.view_evidence import brief

FOLDER = Path(__file__).resolve().parents[2] / "knowledge_base"


@pytest.fixture(scope="module")
def desk():
    return EvidenceDesk(ScriptedService(), FOLDER)


def test_every_offence_can_be_chosen_and_another_word_changes_nothing(desk):
    for offence in desk.book.rows:
        case, result = desk.choose(CaseEvidence(), {"offence": offence})
        assert case.offence == offence
        assert result.count('<tr class="gap"') == len(desk.book.needed(offence))
    assert desk.choose(CaseEvidence(), {"offence": "offence.131"}).case == CaseEvidence()


def test_ticks_belong_to_their_offence_and_survive_the_change(desk):
    case = desk.tick(CaseEvidence(), {"key": "0.0", "held": Held.NO.value}).case
    other = desk.choose(case, {"offence": "offence.135"}).case
    assert matrix(desk.book, other.offence, (), other.ticks.get(other.offence)).count(Held.YES) == 0
    back = desk.choose(other, {"offence": case.offence}).case
    assert matrix(desk.book, back.offence, (), back.ticks[back.offence]).count(Held.YES) == 1
    again = desk.tick(back, {"key": "0.0", "held": Held.YES.value}).case
    assert again.ticks[again.offence] == {}


def test_the_same_list_twice_is_taken_once_and_a_file_that_fails_does_not_cost_the_others(desk, tmp_path):
    (tmp_path / "一.txt").write_text("动火作业票\n讯问笔录", encoding="gbk")
    (tmp_path / "二.txt").write_bytes(b"")
    case, result = desk.files(CaseEvidence(), [str(tmp_path / name) for name in ("一.txt", "二.txt", "一.txt")])
    assert [one.name for one in case.materials] == ["动火作业票", "讯问笔录"]
    assert "“二.txt”是空文件" in result
    assert 'role="alert"' in result


def test_too_long_a_list_is_refused_in_one_sentence(desk):
    case, result = desk.paste(CaseEvidence(), "\n".join(f"证人{number}的询问笔录" for number in range(MOST + 1)))
    assert case.materials == ()
    assert f"超过 {MOST} 份的上限" in result
    assert "没有认出材料" in desk.paste(CaseEvidence(), "1\n2\n3").result


def test_what_a_list_says_is_escaped(desk):
    result = desk.paste(CaseEvidence(), "<script>alert(1)</script>作业票").result
    assert "<script>" not in result
    assert "&lt;script&gt;" in result


def test_a_wrong_date_is_said_and_the_others_are_computed(desk):
    shown = desk.count({"report": "2026-11-24", "accepted": "昨天<b>", "nothing": "x"})
    assert "2026-11-27（周五）" in shown
    assert "“公安机关接受移送”的日期“昨天&lt;b&gt;”不是一个日期" in shown
    assert "需核对" in shown


def test_every_deadline_is_shown_with_its_articles(desk):
    shown = desk.count({})
    for event in desk.deadlines.events:
        assert event.name in shown
        for one in event.deadlines:
            assert all(f">{brief(cite)}<" in shown for cite in one.cite), one.do


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("刑诉法#54/2", "刑诉法54条2款"),
        ("刑法#134-1/1/2", "刑法134条之1第1款2项"),
        ("法释2022-19#3", "法释2022-19 3条"),
        ("应急2019-54", "应急2019-54"),
    ],
)
def test_references_are_short(reference, said):
    assert brief(reference) == said
