"""引用核验 on rules of our own, imported as a user would: each verdict, and what must not be taken for wrong."""

from datetime import date

import pytest

from assistant.domain.check import Verdict
from assistant.services import Services
from assistant.settings import Settings

RULES = {
    "海星试验安全管理办法": """海星试验安全管理办法

（2024年1月5日海星委员会令第3号公布）

第一条 海星试验由两名持证人员进行，少于两人的，不得开始。
第二条 试验机构应当在发生泄漏后三十日内提交书面报告；情况特别复杂的，可以延长十五日。
试验机构未经许可擅自开机，处三万元以上十万元以下的罚款。
第三条 有下列情形之一的，责令停止试验，处五万元以上二十万元以下的罚款：
（一）关闭海星报警装置的；
（二）涂改海星运行记录的。
第四条 检查人员可以查封来源不明的海星样品，并应当当场制作清单。
第五条 本办法自2024年3月1日起施行。2019年公布的《海星试验暂行规定》同时废止。
""",
    "海星运输安全管理办法": """海星运输安全管理办法

第一条 海星样品由专用车辆运输，押运人员不得少于三人。
第二条 运输途中发生丢失的，承运人应当在一小时内向海星主管机关报告。
第三条 本办法依照《海星物流管理规定》制定，自2022年5月1日起施行，此前的通知同时废止。
""",
}


@pytest.fixture(scope="module")
def check(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rules")
    for name, text in RULES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    services = Services(Settings(home=folder / "home"))
    services.import_paths([folder / f"{name}.txt" for name in RULES])
    return lambda text, on=date(2026, 1, 1): services.check(text, on)


def one(findings):
    assert len(findings) == 1, findings
    return findings[0]


@pytest.mark.parametrize(
    "text",
    [
        "《海星试验安全管理办法》第一条规定，海星试验由两名持证人员进行，少于两人的，不得开始。",
        "《海星试验安全管理办法》第1条：“少于2人的，不得开始”。",
        "泄漏以后要在30日内提交书面报告（《海星试验安全管理办法》第二条第一款）。",
        "未经许可擅自开机，罚3万元以上10万元以下，见《海星试验安全管理办法》第二条第二款。",
        "涂改海星运行记录的，依照《海星试验安全管理办法》第三条第（二）项，处五万元以上二十万元以下的罚款。",
        "2025年3月泄漏，伤2人，处罚款6万元，依据是《海星试验安全管理办法》第三条第一项。",
        "《海星试验安全管理办法》第四条没有规定“检查人员可以拘留当事人”。",
        "《海星试验安全管理办法》第三条没有规定“处三百万元以下的罚款”。",
        "海星试验由两人进行。《海星试验安全管理办法》第一条有规定，第二条讲报告。",
        "《海星试验安全管\n理办法》第一\n条规定，少于两人的，不得开始。",
    ],
)
def test_what_is_right_is_called_right(check, text):
    found = check(text)
    assert found
    assert {finding.verdict for finding in found} == {Verdict.RIGHT}, found


@pytest.mark.parametrize(
    ("text", "verdict", "right"),
    [
        ("《海星试验监督条例》第二条规定了报告。", Verdict.NO_SUCH_LAW, ""),
        ("《海星试验安全管理办法》第九条规定，涂改海星运行记录的，责令停止试验。", Verdict.WRONG_PLACE, "第三条"),
        ("《海星试验安全管理办法》第一条之一另有规定。", Verdict.WRONG_PLACE, ""),
        ("《海星试验安全管理办法》第二条第三款另有规定。", Verdict.WRONG_PLACE, ""),
        ("《海星试验安全管理办法》第三条第（五）项另有规定。", Verdict.WRONG_PLACE, ""),
        ("《海星试验安全管理办法》第四条：“少于两人的，不得开始”。", Verdict.WRONG_PLACE, "第一条"),
        (
            "《海星试验安全管理办法》第二条第一款：“未经许可擅自开机，处三万元以上十万元以下的罚款”。",
            Verdict.WRONG_PLACE,
            "第二款",
        ),
        ("关闭海星报警装置的，适用《海星试验安全管理办法》第三条第（二）项，责令停止试验。", Verdict.WRONG_PLACE, "第（一）项"),
        (
            "《海星试验安全管理办法》第二条规定，承运人应当在一小时内向海星主管机关报告运输途中发生丢失的情况。",
            Verdict.WRONG_PLACE,
            "海星运输",
        ),
        ("《海星试验安全管理办法》第一条：“少于三人的，不得开始”。", Verdict.WRONG_WORDS, "少于两人"),
        ("未经许可擅自开机，处五万元以上十万元以下的罚款，见《海星试验安全管理办法》第二条第二款。", Verdict.WRONG_WORDS, ""),
        ("书面报告的期限是六十日，《海星试验安全管理办法》第二条第一款写明了。", Verdict.WRONG_WORDS, ""),
        ("《海星试验安全管理办法》第四条规定，检查人员应当查封来源不明的海星样品。", Verdict.WRONG_WORDS, "可以"),
        ("《海星物流管理规定》第二条规定了押运。", Verdict.NO_SUCH_LAW, ""),
        ("《海星试验暂行规定》第四条现在还能用。", Verdict.REPEALED, "第五条"),
    ],
)
def test_what_is_wrong_gets_its_verdict_and_the_right_place(check, text, verdict, right):
    finding = one(check(text))
    assert finding.verdict is verdict, finding
    assert right in finding.right
    assert finding.why


def test_the_law_of_the_day(check):
    text = "《海星试验安全管理办法》第一条规定，少于两人的，不得开始。"
    assert one(check(text, date(2024, 2, 29))).verdict is Verdict.NOT_YET
    assert one(check(text, date(2024, 3, 1))).verdict is Verdict.RIGHT


def test_only_a_gist_is_not_enough_to_call_words_right(check):
    assert one(check("《刑法》第一百三十四条第一款规定了重大责任事故罪。")).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "《海星试验安全管理办法》施行以后，情况好转，三年里少了四成。",
        "合同第八条约定，违约金五万元。",
        "本公司《海星试验奖惩办法》第五条第二款调整为三百元。",
        "《海星日报》第二版、《安全协议》第八条、《员工手册》第五条。",
        "川海刑初〔2023〕12号判决已经生效。",
        "第三条 员工应当佩戴胸牌。",
        "有人建议起草《海星试验监督条例》，目前尚未出台。",
    ],
)
def test_what_is_no_reference_to_a_law_is_not_flagged(check, text):
    assert check(text) == []


def test_offsets_point_into_the_text_as_given(check):
    text = "甲😀\n《海星试验安全管理办法》第一条：“少于三人的，不得开始”。"
    finding = one(check(text))
    assert text[finding.start : finding.end] == finding.surface == "《海星试验安全管理办法》第一条"
    assert [text[low:high] for low, high in finding.marks] == ["三"]


def test_each_of_several_references_is_judged_by_what_is_said_of_it(check):
    text = (
        "少于两人不得开始（《海星试验安全管理办法》第一条）；泄漏后六十日内提交书面报告（第二条第一款）；"
        "押运人员不得少于三人（《海星运输安全管理办法》第一条）。"
    )
    assert [finding.verdict for finding in check(text)] == [Verdict.RIGHT, Verdict.WRONG_WORDS, Verdict.RIGHT]


def test_this_article_and_a_law_named_in_the_sentence_before(check):
    text = "看《海星试验安全管理办法》第二条第一款。该条第二款说，未经许可擅自开机，罚三万元以上十万元以下。依第三条第（二）项，涂改海星运行记录的停止试验。"
    found = check(text)
    assert [(finding.article, finding.paragraph, finding.item) for finding in found] == [
        ("2", 1, None),
        ("2", 2, None),
        ("3", None, 2),
    ]
    assert {finding.verdict for finding in found} == {Verdict.RIGHT}


def test_a_range_names_its_last_article(check):
    finding = one(check("《海星试验安全管理办法》第一条至第三条都是义务。"))
    assert (finding.article, finding.article_to, finding.verdict) == ("1", "3", Verdict.RIGHT)
    assert finding.as_json()["article_to"] == "3"
    assert one(check("《海星试验安全管理办法》第一条至第八条都是义务。")).verdict is Verdict.WRONG_PLACE
