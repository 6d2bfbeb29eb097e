"""Full names without a sign of their own are found where a name stands, and words that look like one are not."""

import pytest

from assistant.answer.told_names import find_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("岳大山开了家石材厂，2024年3月石板倒下。岳大山负主要责任。", {"岳大山"}),
        ("曲洋驾车离开，第二天被带走，曲洋全责。", {"曲洋"}),
        ("包工头葛长江组织施工，钢筋不够还是浇了。", {"葛长江"}),
        ("安全科长史可没有检查吊具，负主要责任。", {"史可"}),
        ("佟柏的弟弟佟桦带人堵门，佟柏负主要责任。", {"佟柏", "佟桦"}),
        ("白松，县质监站副站长，一次没去过工地。", {"白松"}),
        ("园长汤敏早就知道滑梯松动。汤敏负主要责任。", {"汤敏"}),
        ("任磊（塔吊司机）与郭林（信号工）吊运钢管，任磊没停。任磊、郭林都在现场。", {"任磊", "郭林"}),
        ("鄂某（包工头）让人上去，鄂某负主要责任。", {"鄂某"}),
        ("班主任把情况报告给校长，处理范围不明。", set()),
        ("项目经理安排施工，安全员没有检查，主任负责全面管理。", set()),
        ("钢管滑落，架子工从楼上掉下来，主梁裂纹没有看出来。", set()),
    ],
)
def test_full_names(text, names):
    assert {one.name for one in find_names(text)} == names
