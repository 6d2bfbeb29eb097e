"""A small library whose words nobody says, and what people say instead."""

from assistant.domain.answer import Passage

SAID = {  # what people say, and what a rule calls it
    "电瓶车": "电动自行车",
    "老板": "主要负责人",
    "黑煤气": "无证经营燃气",
    "楼道堆东西": "占用疏散通道",
    "没证焊工": "无证特种作业",
    "进罐子": "有限空间作业",
    "顶板塌": "冒顶事故",
    "瞒着不报": "瞒报事故",
}
PLACES = ["商场", "工厂", "矿山", "工地", "学校", "医院", "码头", "仓库"]
ASKED = ["{place}里{said}会怎么罚", "我们{place}{said}，谁管", "{said}这种事出在{place}算不算违法"]


def library():
    found = []
    for number, rule in enumerate(SAID.values(), 1):
        for place in PLACES:
            text = f"{place}涉及{rule}的，由有关部门责令限期改正；逾期不改正的，处以罚款。"
            article = f"{number}-{PLACES.index(place) + 1}"
            found.append(Passage(f"law/{article}", "provision", f"《场所规定》第{article}条 {rule}", text, "场所规定", article))
    return found
