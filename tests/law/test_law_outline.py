from itertools import pairwise

import pytest

from assistant.law.outline import parse_outline, select

LAW = """# 某某管理办法

2020年1月2日 某部公布

<!-- INFO END -->

某某管理办法

某令第7号

## 第一章 总则

第一条 甲单位应当办理下列事项：

（一）登记；

（二）备案。

前款事项不得代办。

## 第二章 责任

第二条　不变。
第二条之一 乙。

第 三 条丙不收费。

第一条、第二条规定的事项，由丁负责。

第二条第一款规定的人员除外。

第四条 将原条文改为：“第九条 戊。

“第十条 己。

第十一条 庚。”

## 附则

第五条 本办法自2020年3月1日起施行。

① 脚注不是条文。
"""


def numbers(text):
    return [article.number for article in parse_outline(text).articles]


def test_articles_and_nothing_else():
    assert numbers(LAW) == ["1", "2", "2-1", "3", "4", "5"]


def test_offsets_hold_in_the_original():
    for article in parse_outline(LAW).articles:
        printed = LAW[article.start : article.end]
        assert printed.startswith("第")
        assert all(line in printed for line in article.text.split("\n"))
        assert printed.endswith(article.text.split("\n")[-1])


def test_paragraphs_items_and_headings():
    outline = parse_outline(LAW)
    first = outline.article("1")
    assert first.heading == ("第一章 总则",)
    assert first.text.split("\n") == ["甲单位应当办理下列事项：", "（一）登记；", "（二）备案。", "前款事项不得代办。"]
    assert [len(paragraph.items) for paragraph in first.paragraphs] == [2, 0]
    assert outline.article("5").heading == ("附则",)


def test_lines_that_begin_with_a_reference_stay_in_their_article():
    third = parse_outline(LAW).article("3")
    assert third.text.startswith("丙不收费")
    assert len(third.paragraphs) == 3


def test_head_and_footnote_are_not_body():
    outline = parse_outline(LAW)
    assert outline.article("5").text == "本办法自2020年3月1日起施行。"
    assert LAW[: outline.body_start].endswith("<!-- INFO END -->")


def test_article_as_heading_with_the_body_below():
    text = "# 某令第7号 某规定\n\n- 发布机关：某部\n\n---\n\n## 第一条\n\n第一条甲：（一）乙；（二）丙。\n\n## 第二条\n\n丁。\n"
    outline = parse_outline(text)
    assert [article.text for article in outline.articles] == ["甲：\n（一）乙；\n（二）丙。", "丁。"]
    assert text[outline.articles[1].start : outline.articles[1].end] == "## 第二条\n\n丁。"


def test_references_to_items_are_not_split():
    outline = parse_outline("第一条 甲，（一）、（二）项除外：（三）乙。")
    assert outline.articles[0].paragraphs[0].items == ()


def test_numbered_paragraphs_where_there_are_no_articles():
    outline = parse_outline("前言。\n\n一、甲：“第一百三十四条 乙。\n\n“丙。”\n\n二、丁。\n\n四、不连续。")
    assert outline.numbering == "一、"
    assert [article.number for article in outline.articles] == ["1", "2"]


def test_whole_text_keeps_its_table():
    outline = parse_outline(
        "# 补充规定\n\n<!-- INFO END -->\n\n修改如下：\n\n<!-- TABLE -->\n\n| 条文 | 罪名 |\n| --- | --- |\n| 甲 | 乙 |\n"
    )
    assert [article.number for article in outline.articles] == [""]
    assert "| 甲 | 乙 |" in outline.articles[0].text.split("\n")
    assert outline.numbering == ""


def test_parts_of_a_code_begin_anywhere():
    assert numbers("第二百零五条 甲。\n第二百零六条 乙。") == ["205", "206"]


def test_empty_text_has_no_articles():
    assert parse_outline("").articles == ()


@pytest.mark.parametrize(
    ("paragraph", "item", "expected"),
    [
        (1, None, "甲：\n（一）乙；\n1.子目；\n（二）丙。"), (2, None, "丁：\n(一)戊。"), (1, 2, "（二）丙。"), (2, 1, "(一)戊。"),
        (None, 2, "（二）丙。"), (None, 1, None), (3, None, None), (0, None, None), (1, 9, None),
    ],
)  # fmt: skip
def test_select(paragraph, item, expected):
    assert select("甲：\n（一）乙；\n1.子目；\n（二）丙。\n丁：\n(一)戊。", paragraph, item) == expected


def test_ends_never_overlap():
    assert all(one.end <= other.start for one, other in pairwise(parse_outline(LAW).articles))
