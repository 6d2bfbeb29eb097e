"""Which part of the law an article belongs to, by declared rules on the title of its law; the first rule that fits decides."""

from __future__ import annotations

import re
from typing import NamedTuple


class Family(NamedTuple):
    """A part of the law and the titles that it takes."""

    name: str
    titles: re.Pattern[str]


RULES = (
    # 最高人民法院关于适用《民法典》…的解释; 人民检察院刑事诉讼规则 is a rule of procedure and not taken here
    Family("司法解释", re.compile(r"^最高人民(?:法院|检察院)|^关于.*的(?:解释|批复|意见)$|^法释")),
    # 民事诉讼法; 仲裁法; 人民检察院刑事诉讼规则; 公安机关办理刑事案件程序规定; 农村土地承包经营纠纷调解仲裁法
    Family("程序", re.compile(r"诉讼|仲裁|行政复议|国家赔偿|程序规定|人民调解|移送涉嫌犯罪|引渡|监察")),
    # 刑法; 刑法修正案（十一）
    Family("刑事", re.compile(r"^刑法|惩治|社区矫正|监狱|反有组织犯罪|反电信网络诈骗")),
    # 劳动合同法; 工伤保险条例; 职业病防治法; 国务院关于职工工作时间的规定
    Family(
        "社会与劳动",
        re.compile(
            r"劳动|工伤|职业病|职工|社会保险|就业|童工|农民工|工会|妇女|未成年|老年人|残疾|家庭教育|慈善|失业|养老|退役|集体合同"
        ),
    ),
    # 安全生产法; 消防法; 建筑法; 行政处罚法; 治安管理处罚法; 环境保护法; 医师法
    Family(
        "行政与安全",
        re.compile(
            r"安全|事故|消防|火灾|危险|建筑法|建设工程|煤矿|矿山|燃气|烟花|民用爆炸|特种设备|电力|铁路|公路|交通|校车"
            r"|行政|治安|政府信息|许可|处罚|环境|污染|医|药|献血|母婴|卫生|食品|教育|学位|村民委员会|居民委员会|征收|规划|税|海关|出境|护照"
            r"|公务员|监督管理|统计|计量|档案|文物|保密|国家|突发|应急|宪法"
        ),
    ),
    # 民法典; 公司法; 著作权法; 土地管理法; 物业管理条例
    Family(
        "民商与经济",
        re.compile(
            r"民法|合同|公司|合伙|企业|商标|著作权|专利|版权|传播权|保险|票据|证券|信托|基金|破产|担保|物业|土地|房地产|房屋|旅游|产品质量"
            r"|消费者|反不正当竞争|反垄断|个体工商户|商业|电子商务|电子签名|拍卖|招标投标|广告|银行|价格|承包|婚姻|收养|继承|海商|航空|农田"
        ),
    ),
)
OTHER = "其他"


def family(law: str) -> str:
    """The family of a law by its title; ``其他`` where no rule fits."""
    return next((rule.name for rule in RULES if rule.titles.search(law)), OTHER)
