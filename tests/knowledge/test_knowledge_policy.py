"""Policy documents, periods, standards and figures that the library has to hold; and what it must not state."""

from pathlib import Path

import pytest

from assistant.ingest.records import load_knowledge

KNOWLEDGE = load_knowledge(Path(__file__).resolve().parents[2] / "knowledge_base")
RECORDS = {record.id: record for record in KNOWLEDGE.records}
POINTS = [(record, point) for record in KNOWLEDGE.records for point in record.points]

HELD = [
    ("policy.validity.special_operator", "应急管理部令第19号", "2026年6月1日"),
    ("policy.validity.evaluation", "应急管理部令第20号", "2026年7月1日"),
    ("policy.validity.hazard_standards", "第21号", "17个方面", "AQ 3067—2026"),
    ("policy.validity.hazchem", "2026年5月1日", "第64号"),
    ("policy.validity.accident_classes", "GB 6441—2025", "27种"),
    ("policy.validity.public_security", "2026年1月1日"),
    ("policy.leniency_severity", "法发〔2010〕9号", "五部分"),
    ("policy.prosecution_2007", "高检发研字〔2007〕2号", "可捕可不捕"),
    ("policy.few_arrests", "2020年1月", "2021年4月"),
    ("policy.statistics", "3923件6934人", "43.6%", "19.9%"),
    ("policy.statistics", "3011件4521人", "77.4%"),
    ("policy.statistics", "2.27万件", "1455件2235人"),
    ("policy.statistics", "261件316人", "86.6%"),
    ("policy.statistics.local", "457件708人", "73件125人"),
    ("policy.statistics.local", "7件11人", "10人", "禁止令"),
    ("policy.trial_opinion_2011", "法发〔2011〕20号", "质证"),
    ("policy.trial_opinion_2011", "直接责任不等于主要责任"),
    ("policy.trial_opinion_2011", "缓刑", "不负主要责任"),
    ("policy.surrender_opinion", "法发〔2010〕60号", "自动投案"),
    ("policy.plea_2026", "高检发〔2026〕5号", "2019年版"),
    ("policy.plea_2026", "同步录音录像"),
    ("policy.sentencing_method", "法发〔2021〕21号", "23种罪", "基准刑"),
    ("policy.sentencing_ranges", "自首", "40%"),
    ("policy.sentencing_ranges", "赔偿", "谅解", "40%", "30%", "20%"),
    ("policy.sentencing_ranges", "累犯", "10%至40%", "3个月"),
    ("policy.sentencing_ranges", "只针对故意犯罪"),
    ("policy.no8", "2022年2月", "11个部门"),
    ("policy.no8", "四类问题"),
    ("policy.no8", "四项建议"),
    ("procedure.transfer.duty", "七类", "危险作业罪"),
    ("procedure.transfer.decision", "3日", "24小时"),
    ("procedure.transfer.fire", "24小时", "10日"),
    ("procedure.transfer.reverse", "3个工作日", "10个工作日"),
    ("procedure.transfer.reverse", "中止审查"),
    ("procedure.filing.standard", "50万元", "10户"),
    ("procedure.custody.review", "至少开展1次"),
    ("procedure.custody.time", "10日", "3日"),
    ("procedure.suggestion.kinds", "五类"),
    ("procedure.suggestion.reply", "2个月", "15日"),
    ("evidence.loss.composition", "五部分", "企业支出"),
    ("evidence.loss.indirect", "停产停业", "罚款", "间接损失"),
    ("evidence.loss.transition", "2026年7月1日", "GB/T 6721—1986"),
    ("evidence.fire_certificate", "7日", "15日", "30日"),
    ("evidence.accident_type", "先发的诱导原因"),
    ("duty.hazard.criteria", "矿安〔2022〕88号", "建城规〔2023〕4号", "GB 45067—2024"),
    ("duty.hazard.criteria_industry", "64项", "47项"),
    ("duty.hazard.criteria_coal", "110%", "20%"),
    ("duty.hazard.criteria_mine", "32项", "尾矿库19项", "8项"),
    ("duty.hazard.criteria_chemical", "53条", "2026-09-30"),
    ("duty.hazard.criteria_fire", "2025-11-01", "2017版"),
    ("duty.hazard.criteria_transport", "800公里"),
    ("duty.fine.general_accident", "50万元以上70万元以下", "70万元以上100万元以下"),
    ("duty.fine.larger_accident", "1500万元以上2000万元以下"),
    ("duty.fine.persons", "40%", "60%", "80%", "100%"),
    ("duty.fine.procedure_rule", "先行登记保存", "7日"),
    ("duty.accident.concealment", "60%至80%", "80%至100%"),
    ("duty.accident.risky", "较大涉险事故", "10人", "500人"),
    ("duty.accident.risky", "每日至少1次", "每日至少2次"),
    ("duty.fire.unit_duties", "每半个月", "整栋"),
    ("duty.fire.unit_duties", "27米", "24米"),
    ("duty.fire.inspection", "24小时内核查"),
    ("duty.ebike.standard", "2.1万起", "17.4%"),
    ("duty.emergency.plan", "每3年", "5个工作日"),
    ("duty.training.general", "32学时", "12学时", "48学时", "16学时"),
    ("duty.insurance.liability", "40万元", "不得退保"),
    ("duty.insurance.liability", "佣金", "5%"),
    ("case.index.public_interest", "2021年3月23日", "11件"),
]

TO_BE_CHECKED = [
    ("policy.leniency_severity", "条号没有核到"),
    ("policy.few_arrests", "没有核到"),
    ("policy.sentencing_method", "危险驾驶罪的起点"),
    ("policy.plea_2026", "施行日"),
    ("procedure.transfer.materials", "移送材料清单没有核到"),
    ("procedure.transfer.police_review", "延长立案审查的天数"),
    ("procedure.transfer.procurator_join", "专门规定没有核到"),
    ("procedure.suggestion.reply", "第19条"),
    ("evidence.accident_report", "鉴定意见"),
    ("duty.training.general", "24学时", "72学时"),
    ("duty.hazard.criteria", "水路"),
    ("duty.ebike.standard", "换电柜"),
    ("duty.hazard.criteria_building", "高处作业"),
    ("case.index.awaited", "新余", "伊宁"),
]


@pytest.mark.parametrize(
    ("record", "words"), [(row[0], row[1:]) for row in HELD], ids=lambda v: v if isinstance(v, str) else v[0]
)
def test_what_is_known_is_held_in_one_statement(record, words):
    assert [p for p in RECORDS[record].points if p.confidence != "K" and all(word in p.text for word in words)]


@pytest.mark.parametrize(
    ("record", "words"), [(row[0], row[1:]) for row in TO_BE_CHECKED], ids=lambda v: v if isinstance(v, str) else v[0]
)
def test_what_is_not_known_is_marked_and_cites_nothing(record, words):
    points = [p for p in RECORDS[record].points if all(word in p.text for word in words) and p.confidence == "K"]
    assert points
    assert [p.text for p in points if p.cite] == []


def test_no_statement_marked_to_be_checked_cites_anything():
    assert [f"{record.id}: {point.text[:30]}" for record, point in POINTS if point.confidence == "K" and point.cite] == []


@pytest.mark.parametrize("document", ["应急2019-54", "高检发释字2021-4", "高检发〔2026〕5号", "法发〔2011〕20号", "宽严相济意见"])
def test_articles_that_are_not_confirmed_are_not_cited(document):
    confirmed = {"应急2019-54#7", "宽严相济意见#1"}
    cited = {text for _, point in POINTS for text in point.cite if text.startswith(document + "#")}
    assert cited <= confirmed


def test_rates_of_safety_expenses_and_the_unnamed_decree_stay_unsaid():
    expenses = [point.text for _, point in POINTS if "财资〔2022〕136号" in point.text]
    assert expenses
    assert not [text for text in expenses if "%" in text]
    decree = [point.text for _, point in POINTS if "842号" in point.text]
    assert decree
    assert all("没有核到" in text for text in decree)
