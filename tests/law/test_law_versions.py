from datetime import date

import pytest

from assistant.law.amendments import Change, amendment_effective, read_amendment, read_gist
from assistant.law.versions import dated_versions

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


def test_a_paragraph_that_was_only_added_is_taken_out_again():
    added = (date(2011, 5, 1), "修正案", (Change("67", 2, "增加", "乙。"),))
    before, after = dated_versions({"67": "甲。\n乙。"}, [added])["67"]
    assert (before.text, before.start, before.end) == ("甲。", None, date(2011, 4, 30))
    assert (after.text, after.by, after.created) == ("甲。\n乙。", "修正案", False)


def test_an_added_paragraph_that_reads_otherwise_now_is_not_taken_out():
    added = (date(2011, 5, 1), "修正案", (Change("67", 2, "增加", "乙。"),))
    assert [one.text for one in dated_versions({"67": "甲。\n丙。"}, [added])["67"]] == [None, "甲。\n丙。"]


def test_of_a_changed_paragraph_the_others_are_known():
    changed = (date(2001, 12, 29), "修正案", (Change("115", 1, "修改", "甲。"),))
    before, after = dated_versions({"115": "甲。\n乙。\n丙。"}, [changed])["115"]
    assert (before.text, before.kept) == (None, (2, 3))
    assert after.kept == ()


def test_a_change_of_less_than_a_paragraph_leaves_nothing_certain():
    part = (date(2001, 12, 29), "修正案", (Change("115", 1, "修改", ""),))
    before, _ = dated_versions({"115": "甲。\n乙。"}, [part])["115"]
    assert (before.text, before.kept) == (None, ())


def test_an_article_that_was_added_did_not_exist_before():
    versions = dated_versions({"102-1": "新条：\n（一）子；\n（二）丑。"}, amendments())["102-1"]
    assert [one.created for one in versions] == [True]


@pytest.mark.parametrize(
    ("gist", "change"),
    [
        ("增设某法第139条之一：甲。", Change("139-1", None, "增加", "甲。")),
        ("改写某法第134条第2款：甲。\n乙。", Change("134", 2, "修改", "甲。\n乙。")),
        ("某法第67条增加第3款：甲。", Change("67", 3, "增加", "甲。")),
        ("施行日期：自公布之日起施行。", None),
    ],
)
def test_our_gist_of_a_clause_tells_what_it_changes(gist, change):
    assert read_gist(gist) == change
