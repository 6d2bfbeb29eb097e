"""Turns against those before them: what leans is completed, what begins another topic carries nothing over."""

from dataclasses import replace

import pytest

from assistant.answer.elliptic import LONG
from assistant.answer.follow import follow
from assistant.answer.render import from_json, to_json, to_markdown, understood

PENAL = "重大责任事故罪怎么判？"

COMPLETED = [
    # what is new takes the place of the old: the completed question stands alone
    (PENAL, "消防责任事故罪呢？", "消防责任事故罪怎么判？", True),
    (PENAL, "那消防责任事故罪呢", "消防责任事故罪怎么判？", True),
    ("危险作业罪追诉时效几年", "强令冒险作业罪呢？", "强令冒险作业罪追诉时效几年？", True),
    ("重大责任事故罪死亡3人怎么判？", "死亡1人呢？", "重大责任事故罪死亡1人怎么判？", True),
    ("死亡三人的重大责任事故怎么判？", "那死亡10人呢？", "死亡10人的重大责任事故怎么判？", True),
    ("重大责任事故罪重伤10人怎么判？", "重伤3人呢？", "重大责任事故罪重伤3人怎么判？", True),
    ("2021年以前关闭报警器怎么处理？", "2022年的呢？", "2022年关闭报警器怎么处理？", True),
    ("2019年组织冒险作业怎么定罪？", "那2021年5月的呢？", "2021年5月组织冒险作业怎么定罪？", True),
    ("刑法第134条之一规定了什么？", "第二项是什么意思？", "《刑法》第一百三十四条之一第（二）项是什么意思？", True),
    ("刑法第134条规定了什么？", "第二款呢？", "《刑法》第一百三十四条第二款规定了什么？", True),
    ("安全生产法第114条罚多少？", "第113条呢？", "《安全生产法》第一百一十三条罚多少？", True),
    ("安全生产法第114条罚多少？", "这一条什么时候施行的？", "《安全生产法》第一百一十四条什么时候施行的？", True),
    ("强令违章冒险作业罪怎么判？", "该罪的主体是谁？", "强令、组织他人违章冒险作业罪的主体是谁？", True),
    ("危险作业罪和重大责任事故罪怎么区分？", "前者判几年？", "危险作业罪判几年？", True),
    ("危险作业罪和重大责任事故罪怎么区分？", "后者判几年？", "重大责任事故罪判几年？", True),
    # what is left out stands before what is asked now
    (PENAL, "那未遂呢？", "重大责任事故罪，未遂，怎么判？", True),
    (PENAL, "要坐牢吗？", "重大责任事故罪，要坐牢吗？", False),
    ("危险作业罪怎么认定？", "需要哪些证据？", "危险作业罪，需要哪些证据？", False),
    ("特种作业无证上岗怎么罚？", "谁来罚？", "特种作业无证上岗，谁来罚？", False),
    ("消防通道被堵怎么罚？", "物业要负责吗？", "消防通道被堵，物业要负责吗？", False),
    ("企业没有应急预案怎么罚？", "没有演练呢？", "企业没有应急预案，没有演练，怎么罚？", True),
    ("公安收到移送案件几天内决定立案？", "材料不全怎么办？", "公安收到移送案件，材料不全怎么办？", False),
    ("认罪认罚能从宽多少？", "如果没赔偿呢？", "认罪认罚，如果没赔偿，能从宽多少？", True),
    ("瞒报事故的老板怎么处理？", "他还能当负责人吗？", "瞒报事故的老板，他还能当负责人吗？", False),
    ("不起诉以后还要行政处罚吗？", "谁来处罚？", "不起诉以后，谁来处罚？", False),
    ("重大责任事故罪的入罪标准", "升档呢？", "重大责任事故罪的升档？", False),
    ("强令他人违章冒险作业出了人命，最高判几年", "那组织他人冒险作业呢？", "组织他人冒险作业最高判几年？", False),
]

LEANING = [
    (PENAL, "赔偿了能从轻吗？"),
    (PENAL, "家属谅解了呢？"),
    (PENAL, "有没有类似案例？"),
    (PENAL, "能判缓刑吗？"),
    (PENAL, "上面说的情节特别恶劣是指什么？"),
    ("危险作业罪怎么认定？", "没有出事也算吗？"),
    ("不报、谎报安全事故罪怎么判？", "只瞒了一天呢？"),
    ("不报、谎报安全事故罪怎么判？", "迟报也算吗？"),
    ("消防通道被堵怎么罚？", "拒不改正的呢？"),
    ("消防通道被堵怎么罚？", "依据是哪一条？"),
    ("企业没有应急预案怎么罚？", "罚多少钱？"),
    ("自首怎么认定？", "打电话报警在现场等算不算？"),
    ("事故调查报告能直接当证据吗？", "那勘验笔录呢？"),
    ("检察院可以退回补充侦查几次？", "每次多长时间？"),
    ("安全培训没做怎么罚？", "最多罚多少？"),
    ("安全员没有证怎么处理？", "企业也要罚吗？"),
    ("校车超载怎么定罪？", "车主要负责吗？"),
    ("工程重大安全事故罪追诉时效几年？", "从哪天开始算？"),
    ("有限空间作业中毒死了人，谁的责任？", "救援的人也死了呢？"),
    ("事故发生后多久要报告？", "迟报怎么处罚？"),
    ("动火作业要不要审批？", "没审批会怎样？"),
    ("非法储存危险化学品怎么定罪？", "量很小也要定罪吗？"),
    ("叉车没检验怎么罚？", "继续使用的呢？"),
    ("矿山要不要带班下井？", "不带班怎么罚？"),
]

TURNED = [
    ("危险作业罪怎么判？", "事故发生后多久要报告？"),
    ("危险作业罪怎么判？", "检察院可以退回补充侦查几次？"),
    ("特种作业无证上岗怎么罚？", "认罪认罚从宽怎么适用？"),
    ("特种作业无证上岗怎么罚？", "事故调查报告能当证据吗？"),
    ("自首怎么认定？", "消防通道被堵怎么罚？"),
    ("自首怎么认定？", "企业要不要做应急演练？"),
    ("公安收到移送案件几天内决定立案？", "粉尘涉爆企业要配什么？"),
    ("消防通道被堵怎么罚？", "玩忽职守罪的立案标准？"),
    ("企业没有应急预案怎么罚？", "家属不服不起诉怎么办？"),
    (PENAL, "虚假安全评价报告怎么处理？"),
    (PENAL, "检察建议有哪几类？"),
    ("不报、谎报安全事故罪怎么判？", "叉车没检验怎么罚？"),
    ("不报、谎报安全事故罪怎么判？", "速裁程序适用什么案件？"),
    ("死亡三人的重大责任事故怎么判？", "电瓶车楼道充电违法吗？"),
    ("有限空间作业中毒死了人，谁的责任？", "审查起诉期限多长？"),
    ("动火作业要不要审批？", "给安监人员送钱构成行贿吗？"),
    ("缓刑要什么条件？", "燃气管道被挖断怎么处理？"),
    ("事故等级怎么划分？", "如果企业不办安责险，怎么罚？"),
    ("安全培训没做怎么罚？", "事故等级怎么划分？"),
    ("工程重大安全事故罪追诉时效几年？", "劳动防护用品不发怎么罚？"),
    ("家属不服不起诉怎么办？", "有限空间作业有什么要求？"),
    ("从犯怎么从轻？", "矿山要不要带班下井？"),
    ("安全员没有证怎么处理？", "不批准逮捕的条件是什么？"),
    ("直接经济损失包括哪些？", "没有安全生产许可证怎么罚？"),
    ("应急局能不能查封设备？", "坦白和自首有什么区别？"),
    ("危险作业罪怎么判？", "今天天气怎么样？"),
    ("危险作业罪怎么判？", "帮我写一首诗"),
    ("危险作业罪怎么判？", "离婚财产怎么分？"),
    ("认罪认罚能从宽多少？", "高处作业要系安全带吗？"),
    ("校车超载怎么定罪？", "双重预防机制包括什么？"),
    ("检察建议有哪几类？", "交通肇事逃逸怎么判？"),
    ("单位犯罪怎么处罚？", "消防安全重点单位有哪些义务？"),
    ("监理要负什么责任？", "审判阶段还能认罪认罚吗？"),
    ("安全距离不够怎么处理？", "被害人不服不起诉几天内申诉？"),
]

GONE_ON = [
    ("危险作业罪怎么判？", "危险作业罪的追诉时效是几年？"),
    ("刑法第134条规定了什么？", "刑法第134条之一规定了什么？"),
    ("消防通道被堵怎么罚？", "堵塞消防通道的物业公司要负什么责任，会不会被追究刑事责任？"),
]


@pytest.fixture(scope="module")
def turn(services):
    """A turn after the turns before it, each asked."""

    def turn(*questions):
        history = []
        for question in questions[:-1]:
            history.append(services.ask(question, history=tuple(history)))
        return follow(services.read(questions[-1]).text, history, services.sources, services.matcher)

    return turn


@pytest.mark.parametrize(("before", "asked", "completed", "alone"), COMPLETED)
def test_a_follow_up_is_completed(turn, before, asked, completed, alone):
    found = turn(before, asked)
    assert found.completed == completed
    assert (found.text == completed) is alone
    assert bool(found.history) is not alone
    assert not found.turned


@pytest.mark.parametrize(("before", "asked"), LEANING)
def test_what_says_no_topic_of_its_own_leans_on_the_turn_before(turn, before, asked):
    found = turn(before, asked)
    assert not found.turned
    assert found.completed
    assert found.history or found.text == found.completed
    assert asked.removeprefix("那").rstrip("呢？") in found.completed


@pytest.mark.parametrize(("before", "asked"), TURNED)
def test_a_change_of_topic_is_noticed_and_carries_nothing_over(turn, before, asked):
    found = turn(before, asked)
    assert (found.turned, found.history, found.completed, found.text) == (True, (), "", asked)


@pytest.mark.parametrize(("before", "asked"), GONE_ON)
def test_a_whole_question_on_the_same_topic_is_neither(turn, before, asked):
    found = turn(before, asked)
    assert (found.turned, found.completed) == (False, "")


@pytest.mark.parametrize("thanks", ["谢谢", "你好"])
def test_a_greeting_is_no_change_of_topic(turn, thanks):
    found = turn(PENAL, thanks)
    assert (found.turned, found.history, found.completed) == (False, (), "")


def test_the_first_turn_is_taken_as_it_stands(turn):
    assert turn("那未遂呢？").text == "那未遂呢？"
    assert not turn("那未遂呢？").turned


def test_a_third_turn_goes_on_from_the_second_as_it_was_completed(turn):
    assert turn(PENAL, "那消防责任事故罪呢？", "要坐牢吗？").completed == "消防责任事故罪，要坐牢吗？"
    assert (
        turn("重大责任事故罪死亡3人怎么判？", "死亡1人呢？", "那重大劳动安全事故罪呢？").completed
        == "重大劳动安全事故罪死亡1人怎么判？"
    )


def test_nothing_from_before_a_change_of_topic_comes_back(turn):
    found = turn("重大责任事故罪死亡3人怎么判？", "消防通道被堵怎么罚？", "罚多少钱？")
    assert found.completed == "消防通道被堵，罚多少钱？"
    assert [answer.question for answer in found.history] == ["消防通道被堵怎么罚？"]


def test_one_thing_put_in_after_another_takes_its_place(turn):
    first = "企业没有应急预案怎么罚？"
    assert turn(first, "那个人呢？", "小微企业呢？").completed == "企业没有应急预案，小微企业，怎么罚？"
    assert turn(first, "小微企业呢？", "谁来罚？").completed == "企业没有应急预案，小微企业，谁来罚？"


def test_facts_that_are_exchanged_lose_their_if(turn):
    facts = "某矿2020年10月1日发生事故，死亡4人，矿长负主要责任，怎么定罪量刑？"
    assert turn(facts, "如果是2021年4月呢？").completed == "某矿2021年4月发生事故，死亡4人，矿长负主要责任，怎么定罪量刑？"
    assert turn(facts, "要是只死了2人呢").completed == "某矿2020年10月1日发生事故，死了2人，矿长负主要责任，怎么定罪量刑？"


@pytest.mark.parametrize("aside", ["今天天气怎么样？", "谢谢"])
def test_what_was_out_of_scope_or_thanks_is_passed_over(turn, aside):
    assert turn(PENAL, aside, "要坐牢吗？").completed == "重大责任事故罪，要坐牢吗？"
    assert turn(aside, "要坐牢吗？").completed == ""
    assert not turn(aside, PENAL).turned


def test_of_long_facts_only_the_end_is_put_before_a_follow_up(turn):
    found = turn("，".join(["某矿夜班作业时顶板来压"] * 30) + "，矿长怎么判？", "要坐牢吗？")
    assert found.completed.startswith("前述案情……")
    assert len(found.completed) < LONG + 30


def test_figures_that_take_a_place_are_what_is_answered(services):
    first = services.ask("重大责任事故罪死亡3人怎么判？")
    second = services.ask("那死亡1人呢？", history=(first,))
    alone = services.ask("重大责任事故罪死亡1人怎么判？")
    assert second.question == "那死亡1人呢？"
    assert second.claims == alone.claims
    assert second.claims != first.claims


def test_after_a_change_of_topic_the_answer_is_that_of_a_first_question(services):
    first = services.ask("危险作业罪怎么判？")
    second = services.ask("检察院可以退回补充侦查几次？", history=(first,))
    assert second == replace(services.ask("检察院可以退回补充侦查几次？"), turned=True)


def test_how_a_turn_was_taken_is_shown_and_kept(services):
    first = services.ask(PENAL)
    leans, turns = (services.ask(text, history=(first,)) for text in ("要坐牢吗？", "检察建议有哪几类？"))
    assert understood(first) == ""
    assert to_markdown(leans).startswith("按“重大责任事故罪，要坐牢吗？”理解。\n")
    assert to_markdown(turns).startswith("看起来换了话题，前面的内容没有带入。\n")
    assert (from_json(to_json(leans)), from_json(to_json(turns))) == (leans, turns)


def test_an_answer_of_an_older_version_loads(services):
    kept = to_json(services.ask(PENAL))
    for name in ("completed", "turned"):
        del kept[name]
    old = from_json(kept)
    assert (old.completed, old.turned) == ("", False)
    assert follow("要坐牢吗？", [old], services.sources, services.matcher).completed == "重大责任事故罪，要坐牢吗？"
