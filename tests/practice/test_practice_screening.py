"""The rules of 线索 one by one: at the edge of what counts, with gaps, and with columns that are not there."""

from datetime import date
from pathlib import Path

import pytest

from assistant.domain.screening import Grid, Plan, Use
from assistant.errors import Cancelled, UsageError
from assistant.ingest.screening import load_models
from assistant.practice.screening import screen
from assistant.practice.screening_plan import guess

MODELS = load_models(Path(__file__).resolve().parents[2] / "knowledge_base")
TODAY = date(2026, 11, 20)
ACCIDENT = "事故单位,发生时间,死亡人数,重伤人数,直接经济损失（万元）,事故等级"
CASE = "涉案单位,案发时间,移送日期,立案日期,死亡人数"
CERT = "姓名,身份证号,准操项目,操作证号,初领日期,有效期至"
PENALTY = "当事人,处罚决定书文号,处罚决定日期,违法事实,处罚依据,罚款金额（万元）,复查结果"


def grid(name, head, *rows):
    return Grid(name, "", tuple(head.split(",")), [tuple(row.split(",")) for row in rows], list(range(2, len(rows) + 2)))


def found(*grids, model=""):
    plan = guess(MODELS, grids, model)
    chosen = next(one for one in MODELS if one.key == plan.model)
    return screen(chosen, grids, plan, TODAY)


def rows(result, rule):
    return [hit.places[0].row for hit in result.of(rule)]


@pytest.mark.parametrize(
    ("harm", "hit"),
    [("1,0,0", True), ("0,3,0", True), ("0,2,99.9", False), ("0,0,100", True), ("无,,—", False), ("1人,,", True)],
)
def test_an_accident_without_a_case_counts_from_the_threshold(harm, hit):
    result = found(
        grid("事故.csv", ACCIDENT, f"东山公司,2025-03-01,{harm},一般"),
        grid("立案.csv", CASE, "西河公司,2025-03-01,,2025-03-09,1"),
    )
    assert rows(result, "unfiled") == ([2] if hit else [])


def test_a_case_of_another_accident_of_the_same_firm_is_no_case_of_this_one():
    accidents = grid("事故.csv", ACCIDENT, "东山公司,2025-03-01,1,0,,一般", "东山公司,2025-06-01,1,0,,一般")
    assert rows(found(accidents, grid("立案.csv", CASE, "东山公司,2025-06-01,,2025-06-09,1")), "unfiled") == [2]


def test_where_the_register_has_no_day_of_the_event_a_later_filing_of_the_firm_may_be_its_case():
    accidents = grid("事故.csv", ACCIDENT, "东山公司,2025-03-01,1,0,,一般", "西河公司,2025-03-01,1,0,,一般")
    cases = grid("立案.csv", CASE, "东山公司,,,2025-03-09,1", "西河公司,,,2024-12-09,1")
    assert rows(found(accidents, cases), "unfiled") == [3]


@pytest.mark.parametrize(("filed", "hit"), [("2025-03-13", False), ("2025-03-14", True)])
def test_three_days_from_the_receipt_of_a_transfer(filed, hit):
    result = found(
        grid("事故.csv", ACCIDENT, "东山公司,2025-03-01,1,0,,一般"),
        grid("立案.csv", CASE, f"东山公司,2025-03-01,2025-03-10,{filed},1"),
    )
    assert rows(result, "late") == ([2] if hit else [])


@pytest.mark.parametrize(
    ("harm", "grade", "due"),
    [
        ("2,9,999", "一般事故", ""),
        ("3,0,0", "一般事故", "较大"),
        ("3,0,0", "较大事故", ""),
        ("0,50,0", "较大", "重大"),
        ("0,0,10000", "重大事故", "特别重大"),
        ("30,0,0", "特别重大事故", ""),
        ("1,0,0", "较大", ""),
        ("9,0,0", "待定", ""),
    ],
)
def test_a_grade_lower_than_the_figures(harm, grade, due):
    result = found(
        grid("事故.csv", ACCIDENT, f"东山公司,2025-03-01,{harm},{grade}"),
        grid("立案.csv", CASE, "东山公司,2025-03-01,,2025-03-09,1"),
    )
    assert [hit.says.rsplit("按条例是", 1)[1] for hit in result.of("downgraded")] == ([f"{due}事故"] if due else [])


def test_a_certificate_is_held_against_its_own_last_day_only():
    certs = grid(
        "持证.csv",
        CERT,
        "甲,11010519491231002X,电工,T1,2019-01-01,2026-11-19",
        "乙,,电工,T2,2001-01-01,2026-11-20",
        "丙,,电工,T3,2001-01-01,长期",
    )
    result = found(certs)
    assert rows(result, "expired") == [2]
    assert result.unread_count == 1
    assert "证书登记库" in result.skipped["unregistered"]


def test_a_gap_in_the_identity_numbers_makes_no_second_person():
    result = found(
        grid("持证.csv", CERT, "甲,11010519491231002X,电工,T1,2020-01-01,2027-01-01", "甲,,焊工,T1,2020-01-01,2027-01-01")
    )
    assert rows(result, "duplicate") == []
    result = found(
        grid("持证.csv", CERT, "甲,11010519491231002X,电工,T1,2020-01-01,2027-01-01", "乙,,焊工,t1,2020-01-01,2027-01-01")
    )
    assert rows(result, "duplicate") == [2]
    assert [str(place) for place in result.of("duplicate")[0].places] == ["持证.csv第2行", "持证.csv第3行"]


def test_one_person_with_certificates_of_two_kinds_is_no_anomaly():
    person = "甲,11010519491231002X"
    two = grid("持证.csv", CERT, f"{person},电工,T1,2020-01-01,2027-01-01", f"{person},焊工,T2,2020-01-01,2027-01-01")
    assert found(two).hits == ()
    same = grid("持证.csv", CERT, f"{person},电工,T1,2020-01-01,2027-01-01", f"{person},电工,T2,2020-01-01,2027-01-01")
    assert rows(found(same), "several") == [2]


def test_identity_numbers_that_a_spreadsheet_shortened_are_said_and_accuse_nobody():
    result = found(grid("持证.csv", CERT, "甲,1.10105E+17,电工,T1,2020-01-01,2027-01-01"))
    assert result.hits == ()
    assert [(cell.column, cell.value) for cell in result.unread] == [("身份证号", "1.10105E+17")]


def decisions(*days, act="未消除隐患", law="《安全生产法》第一百零二条", numbers=None):
    numbers = numbers or range(len(days))
    return grid(
        "处罚.csv", PENALTY, *(f"东山公司,罚{n}号,{day},{act},{law},5,已整改" for n, day in zip(numbers, days, strict=True))
    )


@pytest.mark.parametrize(
    ("days", "closing", "heavier"),
    [
        (("2025-01-01", "2025-03-01", "2025-06-30"), [4], [3, 4]),
        (("2025-01-01", "2025-03-01", "2025-07-01"), [], [3, 4]),
        (("2025-01-01", "2025-05-01", "2025-09-01", "2026-01-01"), [5], [3, 4, 5]),
        (("2025-01-01", "2026-01-02"), [], []),
        (("2024-02-29", "2025-02-28"), [], [3]),
    ],
)
def test_windows_of_days_and_years_to_the_day(days, closing, heavier):
    result = found(decisions(*days))
    assert rows(result, "closing") == closing
    assert rows(result, "heavier") == heavier


def test_a_decision_that_is_listed_twice_counts_once():
    assert found(decisions("2025-01-01", "2025-01-01", numbers=[1, 1])).hits == ()


@pytest.mark.parametrize(
    ("act", "law", "rule"),
    [("出具虚假证明文件", "《安全生产法》", "false_papers"), ("无证采矿", "《矿产资源法》", "illegal_mining")],
)
def test_repetition_is_an_offence_only_at_the_third_of_two_years(act, law, rule):
    assert rows(found(decisions("2024-01-01", "2025-01-01", "2026-01-01", act=act, law=law)), rule) == [4]
    assert rows(found(decisions("2024-01-01", "2025-01-01", "2026-01-02", act=act, law=law)), rule) == []
    assert rows(found(decisions("2024-01-01", "2026-01-01", act=act, law=law)), rule) == []


def test_a_mine_that_runs_is_told_from_one_that_drains():
    state = grid(
        "停产名单.csv", "矿山名称,生产状态,停产日期,复产日期", "一矿,停产整顿,2025-03-15,2025-06-10", "二矿,正常,2025-03-15,"
    )
    use = ["一矿,2025-01,100", "一矿,2025-02,120", "一矿,2025-04,60", "一矿,2025-05,20", "一矿,2025-07,110", "二矿,2025-04,100"]
    result = found(state, grid("用电.csv", "户名,用电月份,用电量（度）", *use))
    assert rows(result, "running") == [4]
    assert "平时约110" in result.hits[0].says


def test_gas_by_firm_person_and_day():
    licences = grid("许可名录.csv", "企业名称,许可证编号,发证日期,有效期至", "东山燃气有限公司,证1,2022-01-01,2025-12-31")
    sales = grid(
        "销售.csv", "销售单位,销售日期", "东山燃气有限责任公司,2025-12-31", "东山燃气有限公司,2026-01-01", "西河燃气店,2025-01-01"
    )
    result = found(licences, sales)
    assert rows(result, "lapsed") == [3]
    assert rows(result, "unlicensed") == [4]


def test_a_column_taken_for_the_wrong_one_gets_a_sentence():
    accidents = grid("事故.csv", ACCIDENT, *["东山公司,2025-03-01,1,0,,一般"] * 3)
    cases = grid("立案.csv", CASE, "东山公司,2025-03-01,,2025-03-09,1")
    plan = guess(MODELS, (accidents, cases))
    wrong = Plan(plan.model, (Use("accidents", {**plan.uses[0].columns, "deaths": 0}), plan.uses[1]))
    with pytest.raises(UsageError, match="“死亡人数”一列没有一格是数字（例如“东山公司”），请检查列的对应"):
        screen(MODELS[0], (accidents, cases), wrong, TODAY)


def test_a_column_that_is_missing_leaves_its_rules_out_and_says_so():
    result = found(
        grid("事故.csv", "事故单位,发生时间,死亡人数", "东山公司,2025-03-01,1"),
        grid("立案.csv", "涉案单位,立案日期", "东山公司,2025-03-09"),
    )
    assert result.hits == ()
    assert result.skipped["downgraded"] == "“事故台账”缺“事故等级”一列"
    assert result.skipped["late"] == "“立案台账”缺“接受移送日期”一列"


@pytest.mark.parametrize("model", ["", "deaths"])
def test_tables_that_fit_nothing_get_one_sentence(model):
    with pytest.raises(UsageError, match=r"对不上。读到的列是：甲、乙。") as caught:
        guess(MODELS, (grid("别的.csv", "甲,乙", "a,b"),), model)
    assert "\n" not in str(caught.value)


def test_it_stops_and_tells_how_far_it_is():
    told = []
    tables = (
        grid("事故.csv", ACCIDENT, "东山公司,2025-03-01,1,0,,一般"),
        grid("立案.csv", CASE, "西河公司,2025-03-01,,2025-03-09,1"),
    )
    with pytest.raises(Cancelled):
        screen(MODELS[0], tables, guess(MODELS, tables), TODAY, lambda *step: told.append(step), lambda: True)
    assert told == [("达到立案标准而没有对应案件", 0, 5)]
