"""宽严研判 without a browser: the events of the page, and what they show."""

import re
from datetime import date

import pytest
from web_cases import FACTS, ScriptedAssessor

from assistant.answer.authorities import Authorities
from assistant.domain.assessment import Assessment, Missing
from assistant.domain.facts import FactSheet, LossItem, Person
from assistant.web.assess_desk import AssessDesk, Case
from assistant.web.view_assess import findings
from assistant.web.view_assess_side import side
from assistant.web.view_sheet import Field, Refused, sheet

TOLD = "某矿三人死亡。"


@pytest.fixture(scope="module")
def assessor():
    return ScriptedAssessor()


@pytest.fixture
def desk(assessor):
    return AssessDesk(assessor)


def put(desk, case, key, value, person=""):
    return desk.put(case, {"key": key, "person": person, "value": value})


def field(html, key, person=""):
    return re.search(rf'<(?:select|input)[^>]*id="fact-{key}-{person}"[^>]*>(?:.*?</select>)?', html).group()


def chosen(html, key, person=""):
    found = re.search(r'value="([^"]*)" selected', field(html, key, person))
    return found.group(1) if found else None


def test_a_told_case_is_understood_and_assessed(desk):
    shown = desk.tell(TOLD, Case())
    assert 'value="3"' in field(shown.sheet_html, "deaths")
    assert chosen(shown.sheet_html, "responsibility") == "有争议"
    assert "两种说法：报告说主要，专家说次要" in shown.sheet_html
    assert "重大责任事故罪" in shown.findings_html
    assert "要素互相矛盾" in shown.side_html
    assert shown.kept["sheet"]["told"] == TOLD


def test_a_changed_fact_changes_the_result_at_once(desk):
    case = desk.tell(TOLD, Case()).case
    assert 'class="on"' in case_tiers(desk.tell(TOLD, Case()).findings_html)[0]
    shown = put(desk, case, "responsibility", "main")
    assert 'class="on"' in case_tiers(shown.findings_html)[1]
    assert "要素互相矛盾" not in shown.side_html
    back = put(desk, shown.case, "responsibility", "")
    assert "responsibility" not in back.case.sheet.facts


def case_tiers(html):
    return re.findall(r"<li class=[^>]*>(?=<span>)", html)


def test_what_is_known_or_wanted_is_seen_and_the_rest_folded():
    wanted = (Missing("responsibility", "对事故的责任", "进入加重档"),)
    html = sheet(FactSheet(facts={"deaths": 3}), FACTS, "", wanted)
    first, _, rest = html.partition('<details class="rest"')
    assert "fact-deaths-" in first
    assert "补充可影响：进入加重档" in first
    assert "fact-serious_injuries-" not in first
    assert "fact-serious_injuries-" in rest
    assert html.count("data-fact=") == len(FACTS)


def test_facts_of_people_are_asked_for_person_by_person():
    known = FactSheet(facts={"deaths": 3, "plea": True}, people=(Person("甲"), Person("乙", {"role": "worker"})))
    html = sheet(known, FACTS, "乙", (Missing("responsibility", "责任", "档次", "甲"),))
    assert chosen(html, "role", "乙") == "worker"
    assert "fact-role-甲" not in html
    assert 'id="fact-role-"' not in html  # of the case only where it was said of everybody
    assert "同全案：是" in field(html, "plea", "乙")
    assert "补充可影响" not in html  # it is asked of 甲


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("deaths", "-1", "不能是负数"),
        ("deaths", "很多", "要写整数"),
        ("loss_wan", "9e99", "超过"),
        ("conduct_start", "1978-05-01", "早于 1979 年"),
        ("conduct_start", "2099-01-01", "还没有到"),
        ("conduct_end", "2021-03-01", "早于行为开始"),
        ("added_deaths", "4", "多于死亡人数"),
        ("<b>", "1", "没有这一项要素"),
    ],
)
def test_what_cannot_be_stays_in_its_field_with_the_reason(desk, key, value, says):
    case = desk.tell(TOLD, Case()).case
    shown = put(desk, case, key, value)
    assert shown.case.sheet == case.sheet
    assert says in shown.case.refused[Field(key)].sentence
    assert "重大责任事故罪" in shown.findings_html
    if key in FACTS:
        assert f'value="{value}"' in field(shown.sheet_html, key)
        assert 'aria-invalid="true"' in field(shown.sheet_html, key)
        assert says in shown.sheet_html
    assert "<b>" not in shown.sheet_html


def test_a_refused_day_is_taken_once_the_other_day_fits(desk):
    case = put(desk, desk.tell(TOLD, Case()).case, "conduct_end", "2021-03-01").case
    fixed = put(desk, case, "conduct_start", "2021-02-01").case
    assert fixed.refused == {}
    assert fixed.sheet.facts["conduct_end"] == date(2021, 3, 1)


def test_facts_that_were_told_against_each_other_are_said_beside_them_and_can_be_mended(desk):
    wrong = FactSheet(facts={"conduct_start": date(2022, 1, 1), "conduct_end": date(2021, 1, 1), "deaths": 1})
    shown = put(desk, Case(wrong), "deaths", "2")
    assert shown.case.sheet.facts["deaths"] == 2
    assert "早于行为开始" in shown.sheet_html
    assert "早于行为开始" not in put(desk, shown.case, "conduct_end", "2022-01-02").sheet_html


def test_people_are_added_picked_and_taken_away(desk):
    case = desk.join(put(desk, Case(), "deaths", "3").case, {"name": "甲矿长"}).case
    shown = desk.join(case, {"name": "乙班长"})
    assert [person.name for person in shown.case.sheet.people] == ["甲矿长", "乙班长"]
    assert shown.case.person == "乙班长"
    assert "分层对照" in shown.findings_html
    twin = desk.join(shown.case, {"name": "甲矿长"})
    assert "已经有一个“甲矿长”了" in twin.sheet_html
    assert len(twin.case.sheet.people) == 2
    assert "请写下姓名" in desk.join(shown.case, {"name": " "}).sheet_html
    picked = desk.pick(shown.case, {"person": "甲矿长"}).case
    assert picked.person == "甲矿长"
    left = desk.leave(picked, {"person": "甲矿长"}).case
    assert [person.name for person in left.sheet.people] == ["乙班长"]
    assert left.person == "乙班长"


def test_several_people_are_compared_and_one_is_read(desk):
    case = desk.tell("两人的案子", Case())
    table, rest = case.findings_html.partition('<table class="people">')[2].split("</table>", 1)
    assert table.count("重大责任事故罪") == 2
    assert "认罪认罚" in table
    assert "认罪认罚" not in rest  # of 乙, and 甲 is read
    assert "认罪认罚" in desk.pick(case.case, {"person": "乙班长"}).findings_html.split("</table>", 1)[1]


def test_items_of_the_loss_are_added_and_taken_away(desk):
    case = desk.item(Case(), {"name": "医疗费", "wan": "30"}).case
    shown = desk.item(case, {"name": "罚款", "wan": "5.5"})
    assert shown.case.sheet.loss_items == (LossItem("医疗费", 30), LossItem("罚款", 5.5))
    assert '<tr class="sum"><th scope="row">合计</th><td>30</td>' in shown.findings_html
    wrong = desk.item(shown.case, {"name": "清理费", "wan": "-1"})
    assert "不小于零的万元数" in wrong.sheet_html
    assert 'value="清理费"' in wrong.sheet_html
    assert desk.item(wrong.case, {"index": "0"}).case.sheet.loss_items == (LossItem("罚款", 5.5),)


def test_a_case_comes_back_after_a_reload(desk):
    before = desk.join(put(desk, desk.tell(TOLD, Case()).case, "deaths", "5").case, {"name": "甲"})
    after = desk.load(before.kept)
    assert after.told == TOLD
    assert after.case.sheet == before.case.sheet
    assert after.case.person == "甲"


@pytest.mark.parametrize(
    "kept", [None, "x", {"sheet": "x"}, {"sheet": {"facts": {"gone": 1}, "told": TOLD}}, {"sheet": {"people": 1}}]
)
def test_what_was_kept_by_another_version_does_not_break_the_page(desk, kept):
    assert "案情要素" in desk.load(kept).sheet_html
    if isinstance(kept, dict) and "told" in kept["sheet"]:
        assert desk.load(kept).told == TOLD


@pytest.mark.parametrize(("text", "says"), [(" ", "请先写下案情"), ("很" * 20_001, "超过 20000 个字"), ("坏", "出了点问题")])
def test_a_case_that_cannot_be_read_says_why_and_loses_nothing(desk, text, says):
    case = desk.tell(TOLD, Case()).case
    shown = desk.tell(text, case)
    assert says in shown.findings_html
    assert "secret" not in shown.findings_html
    assert shown.case.sheet == case.sheet
    assert shown.told["__type__"] == "update"  # the words stay as they are


def test_a_rule_that_breaks_leaves_the_sheet(desk, assessor, monkeypatch):
    def broken(sheet):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(assessor, "assess", broken)
    shown = put(desk, Case(), "deaths", "3")
    assert "出了点问题" in shown.findings_html
    assert shown.case.sheet.facts == {"deaths": 3}


def test_nothing_is_assessed_of_a_blank_sheet(desk, assessor):
    count = len(assessor.sheets)
    shown = desk.clear()
    assert (shown.told, len(assessor.sheets)) == ("", count)
    assert "宽严研判" in shown.findings_html


def test_numbers_lead_to_cards_and_what_has_no_card_says_so(desk):
    shown = desk.tell(TOLD, Case())
    used = {int(n) for n in re.findall(r'class="cite"[^>]*data-n="(\d+)"', shown.findings_html + shown.side_html)}
    cards = {int(n) for n in re.findall(r'id="src-assess-(\d+)"', shown.side_html)}
    assert used
    assert used <= cards
    assert "不存在的法#1（需核对）" in shown.findings_html


def test_the_law_of_the_day_is_marked(desk):
    items = re.findall(r"<li( class=\w+)?><time>([\d-]+)", desk.tell(TOLD, Case()).side_html)
    assert items == [(" class=on", "2021-03-01"), (" class=day", "2021-03-11"), (" class=day", "2021-03-12"), ("", "2022-12-19")]


def test_whatever_was_written_is_escaped(desk):
    case = desk.join(Case(), {"name": "<script>"}).case
    case = desk.item(case, {"name": "<i>费", "wan": "1"}).case
    shown = put(desk, case, "position", '"><img src=x>', "<script>")
    html = shown.sheet_html + shown.findings_html + shown.side_html
    assert "<script>" not in html
    assert "<img" not in html
    assert "<i>费" not in html


def test_no_finding_is_said_in_words():
    assessment = Assessment(FactSheet())
    assert "达不到任何罪名的门槛" in findings(assessment, Authorities(), FACTS)
    assert "依据（0）" in side(assessment, Authorities())


def test_a_refusal_needs_no_other_row_than_its_own():
    html = sheet(FactSheet(facts={"deaths": 1}), FACTS, "", (), {Field("industry"): Refused("x", "不行")})
    assert html.count("不行") == 1
