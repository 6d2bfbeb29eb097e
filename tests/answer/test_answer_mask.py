"""What tells who is meant does not leave this machine, and comes back in the answer."""

import pytest

from assistant.answer.mask import Mask

CASE = (
    "宁波华丰化工有限公司的法定代表人张建国（男，身份证号330203197805124517）指使安全员李明隐瞒事故，"
    "电话13912345678，卡号6222021234567890123，车牌浙B·12345，邮箱zhang.jg@huafeng.com。张建国说不用报，李明照办。"
)
SECRETS = [
    "宁波华丰",
    "张建国",
    "330203197805124517",
    "李明",
    "13912345678",
    "6222021234567890123",
    "浙B",
    "12345",
    "huafeng",
]


def test_nothing_of_a_case_is_left_and_everything_comes_back():
    mask = Mask()
    sent = mask(CASE)
    assert not [secret for secret in SECRETS if secret in sent]
    assert mask.back(sent) == CASE
    assert "指使" in sent
    assert "隐瞒事故" in sent


def test_the_same_person_has_the_same_mask_in_every_text():
    mask = Mask()
    mask.learn("被告人陈某甲与周大勇共同经营", "犯罪嫌疑人周大勇投案")
    assert "周大勇" not in mask("周大勇后来赔偿了死者家属。")
    assert mask("周大勇") == mask("周大勇")
    assert mask("周大勇") != mask("陈某甲")


@pytest.mark.parametrize(
    "echo",
    [
        "人员A1应当负责。",
        "人员 A1应当负责。",
        "人员a1应当负责。",
        "人员Ａ１应当负责。",
        "【人员A1】应当负责。",
        "人员A-1应当负责。",
        "〔人员 A1〕应当负责。",
    ],
)
def test_a_mask_survives_being_written_in_another_way(echo):
    mask = Mask()
    mask("被告人王大力")
    assert mask.back(echo) == "王大力应当负责。"


def test_a_mask_is_not_taken_for_a_longer_one_and_an_invented_one_stays():
    mask = Mask()
    mask("".join(f"被告人王大{name}，" for name in "一力山河海川林森木火土金"))
    first, eleventh = mask.back("人员A1"), mask.back("人员A11")
    assert first != eleventh
    assert first.startswith("王大")
    assert eleventh.startswith("王大")
    assert mask.back("人员A99和企业A1") == "人员A99和企业A1"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("身份证33020319780512451X", "33020319780512451X"),
        ("身份证 330203 不全", None),
        ("手机 139-1234-5678", "139-1234-5678"),
        ("座机0574-87654321", "0574-87654321"),
        ("手机１３９１２３４５６７８", "１３９１２３４５６７８"),
        ("卡号6222 0212 3456 7890 123", "6222 0212 3456 7890 123"),
        ("车牌沪AD12345", "沪AD12345"),
        ("统一社会信用代码91330200MA2AGF1X1X", "91330200MA2AGF1X1X"),
        ("联系人：赵小红", "赵小红"),
        ("老板赵强让工人继续干", "赵强"),
        ("在鑫达机械厂上班", "鑫达机械厂"),
        ("承包了宏远煤矿", "宏远煤矿"),
        ("受雇于浙江某某建设集团有限公司", "浙江某某建设集团有限公司"),
        ("检例第96号：黄某某等人", "黄某某"),
    ],
)
def test_by_kind(text, secret):
    mask = Mask()
    sent = mask(text)
    if secret is None:
        assert sent == text
        return
    assert secret not in sent
    assert mask.count == 1


@pytest.mark.parametrize(
    "text",
    [
        "生产经营单位的主要负责人未履行职责的，由应急管理部门处上一年年收入40%的罚款。",
        "《刑法》第一百三十四条之一第二项，法释〔2015〕22号第七条，2021年3月1日起施行，直接经济损失500万元以上。",
        "某公司把厂房出租给没有资质的公司，其他公司也一样；煤矿企业、化工厂、建筑施工企业应当投保。",
        "当事人申诉、职工代表大会、负责人包括实际控制人，工人任何时候都可以停止作业。",
        "GB30871-2022第5.1.5条，二级票有效期不超过72小时。",
    ],
)
def test_law_stays_as_it_is(text):
    assert Mask()(text) == text
