"""A small handbook and questionnaire of a restaurant for tests of the self-check, over the real laws and cases."""

import shutil

import yaml
from outside import ROOT

CHECKED = {"against": "样例", "on": "2026-11-26"}
CRIMINAL = ("因此发生重大伤亡事故的，直接负责的人以重大责任事故罪追究。", ["刑法#134/1"])


def tip(key, title, duty, penalty, severity, *, major=None, cases=(), urgent="", criminal=CRIMINAL):
    """One tip, whole; ``duty``, ``penalty`` and ``criminal`` are (text, cites)."""
    points = [
        {"text": text, "cite": list(cite), "about": [about]}
        for (text, cite), about in ((duty, "合规义务"), (penalty, "行政责任"), (criminal, "入罪"))
    ]
    points[0]["key"] = True
    return {
        "id": f"tip.sample.{key}",
        "title": title,
        "points": points,
        "checked": CHECKED,
        "fields": ["城镇燃气"],
        "risk": f"{title}，出了事人跑不出来。",
        "signs": ["现场一看就知道"],
        "said": [f"样例说法：{title}"],
        "major": major or {},
        "urgent": urgent,
        "severity": severity,
        "posts": ["店长", "厨师长"],
        "liable": ["用气单位", "主要负责人"],
        "cases": list(cases),
        "now": [f"先停下来（{key}）"],
        "month": [f"一个月内改好（{key}）"],
        "lasting": [f"写进制度（{key}）"],
        "check": {
            "ask": f"没有“{title}”这回事，对吗？",
            "why": f"为什么问（{key}）",
            "look": [f"看这里（{key}）"],
            "proof": [f"照片（{key}）"],
        },
    }


ALARM = tip(
    "alarm",
    "后厨没装可燃气体报警装置",
    ("餐饮等行业用燃气的，应当装可燃气体报警装置并保障正常使用。", ["安全生产法#36/4"]),
    ("责令限期改正，处5万元以下罚款；逾期未改正的，处5万元以上20万元以下罚款。", ["安全生产法#99/1/2"]),
    4,
    major={
        "value": "看情形",
        "standard": "城镇燃气经营安全重大隐患判定标准",
        "item": "第九条",
        "cite": ["城镇燃气经营安全重大隐患判定标准"],
        "when": "燃气经营者明知没装仍然供气",
    },
    cases=["case.pc.yinchuan"],
    urgent="闻到气味时：关阀、开窗、所有人出去再打电话。",
)
EXIT = tip(
    "exit",
    "疏散通道堆货、安全出口上锁",
    ("疏散通道、安全出口不得占用、堵塞、封闭。", ["消防法#28"]),
    ("责令改正，处5000元以上5万元以下罚款。", ["消防法#60/1/3"]),
    5,
    major={"value": "是", "standard": "重大火灾隐患判定规则", "item": "第X条", "cite": ["消防法#28"]},
)
HOSE = tip(
    "hose",
    "灶具连接管老化没换",
    ("安全设备应当经常维护保养、定期检测。", ["安全生产法#36/2"]),
    ("责令限期改正，处5万元以下罚款。", ["安全生产法#99/1/3"]),
    3,
    major={"value": "否", "standard": "城镇燃气经营安全重大隐患判定标准"},
)
CERTIFICATE = tip(
    "certificate",
    "电工没有有效的操作证",
    ("特种作业人员应当取得相应资格，方可上岗。", ["安全生产法#30/1"]),
    ("责令限期改正，处10万元以下罚款。", ["安全生产法#97/1/7"]),
    3,
)
DORMITORY = tip(
    "dormitory",
    "店里住员工，没有第二个出口",
    ("生产经营场所和员工宿舍应当有畅通的出口。", ["安全生产法#42/2"]),
    ("责令限期改正，处5万元以下罚款。", ["安全生产法#105/1/2"]),
    5,
)
TIPS = [ALARM, EXIT, HOSE, CERTIFICATE, DORMITORY]
FEATURES = [
    {"key": "dormitory", "label": "店里住人", "tips": ["tip.sample.dormitory", "tip.sample.exit"]},
    {"key": "contractors", "label": "有外包施工", "tips": ["tip.sample.certificate"]},
]
CHECKLIST = {
    "id": "checklist.sample",
    "title": "餐饮店（样例）",
    "fields": ["城镇燃气"],
    "about": "用燃气的餐饮店。",
    "features": ["dormitory", "contractors"],
    "questions": [
        {"id": "gas", "kind": "事实", "ask": "店里用燃气吗？", "why": "不用燃气的不问燃气。"},
        {"id": "bottled", "kind": "事实", "ask": "用的是煤气罐吗？", "why": "罐和管道查的不一样。", "when": {"gas": ["是"]}},
        {"id": "alarm", "tip": "tip.sample.alarm", "when": {"gas": ["是"]}},
        {"id": "hose", "tip": "tip.sample.hose", "when": {"bottled": ["是"]}, "ask": "气瓶到灶的管子都没有裂、没有超期，对吗？"},
        {"id": "exit", "tip": "tip.sample.exit"},
    ],
    "not_asked": ["外墙施工", "冷库"],
}


def write_yaml(path, value):
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")


def sample_knowledge(folder, checklist=CHECKLIST, tips=TIPS, features=FEATURES):
    """The knowledge base with these tips, features and questionnaire instead of its own."""
    ignored = shutil.ignore_patterns("risk_tips", "checklists", "embedding")
    shutil.copytree(ROOT / "knowledge_base", folder, ignore=ignored)
    (folder / "embedding").symlink_to(ROOT / "knowledge_base" / "embedding")
    (folder / "risk_tips").mkdir()
    (folder / "checklists").mkdir()
    write_yaml(folder / "risk_tips" / "sample.yaml", tips)
    write_yaml(folder / "checklists" / "sample.yaml", checklist)
    write_yaml(folder / "checklist_features.yaml", features)
    return folder
