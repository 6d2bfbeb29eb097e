from datetime import date

from assistant.law.versions import Change, amendment_effective, dated_versions, read_amendment

FIRST = """# 某法修正案

2010年1月5日 某会通过

<!-- INFO END -->

一、将某法第一百零二条修改为：“甲一。

“甲二。”

二、在某法第一百零二条后增加一条，作为第一百零二条之一：“新条：

“（一）子；

“（二）丑。”

三、删去某法第九十九条。

四、本修正案自公布之日起施行。
"""
SECOND = """# 某法修正案（二）

2015年1月5日 某会通过

<!-- INFO END -->

一、将某法第一百零二条第二款修改为：“乙二。”

增加一款作为第三款：“乙三。”

二、将某法第七条第三项修改为：“（三）寅；”

三、本修正案自2015年6月1日起施行。
"""


def amendments():
    return [
        (amendment_effective(text), title, read_amendment(text)) for text, title in ((SECOND, "修正案二"), (FIRST, "修正案一"))
    ]


def test_reads_changes():
    assert read_amendment(FIRST) == (
        Change("102", None, "修改", "甲一。\n甲二。"),
        Change("102-1", None, "增加", "新条：\n（一）子；\n（二）丑。"),
        Change("99", None, "删去", ""),
    )
    assert read_amendment(SECOND)[:2] == (Change("102", 2, "修改", "乙二。"), Change("102", 3, "增加", "乙三。"))


def test_dates_come_from_the_last_clause():
    assert amendment_effective(FIRST) == date(2010, 1, 5)
    assert amendment_effective(SECOND) == date(2015, 6, 1)


def test_versions_follow_one_another():
    versions = dated_versions(
        {"1": "不变。", "102": "甲一。\n乙二。\n乙三。", "102-1": "新条：\n（一）子；\n（二）丑。"}, amendments()
    )
    assert [(one.text, one.start, one.end) for one in versions["102"]] == [
        (None, None, date(2010, 1, 4)),
        ("甲一。\n甲二。", date(2010, 1, 5), date(2015, 5, 31)),
        ("甲一。\n乙二。\n乙三。", date(2015, 6, 1), None),
    ]
    assert [(one.start, one.by) for one in versions["102-1"]] == [(date(2010, 1, 5), "修正案一")]
    assert [(one.start, one.end) for one in versions["99"]] == [(None, date(2010, 1, 4))]
    assert versions["1"][0].start is None


def test_a_part_of_an_unknown_wording_stays_unknown():
    versions = dated_versions({"7": "现行文字。"}, amendments())["7"]
    assert [one.text for one in versions] == [None, "现行文字。"]


def test_what_does_not_add_up_is_not_shown():
    third = (date(2018, 1, 1), "修正案三", (Change("102", 1, "修改", "丙一。"),))
    versions = dated_versions({"102": "别的文字。"}, [*amendments(), third])["102"]
    assert [one.text for one in versions] == [None, "甲一。\n甲二。", None, "别的文字。"]
