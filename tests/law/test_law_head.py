from datetime import date

import pytest

from assistant.law.head import effective_from_text, read_head
from assistant.law.outline import parse_outline


def head(*lines, body=""):
    return read_head("# 中华人民共和国某法\n\n" + "\n\n".join(lines) + "\n\n<!-- INFO END -->\n\n" + body)


def test_dates_of_passing_and_of_effect():
    found = head("2022年9月19日 某会通过", "2022年12月19日 施行", body="某院\n\n法释〔2022〕99号\n\n第一条 甲。")
    assert (found.title, found.doc_no, found.promulgated, found.effective) == (
        "某法",
        "法释〔2022〕99号",
        date(2022, 9, 19),
        date(2022, 12, 19),
    )
    assert not found.amended


def test_last_amendment_is_the_version_at_hand():
    found = head("2002年6月29日  某会通过", "２０２１年６月１０日 某会《关于修改<某法>的决定》第三次修正")
    assert found.promulgated == date(2021, 6, 10)
    assert found.effective is None
    assert found.amended


def test_order_number_in_the_head():
    found = head("2000年11月7日 中华人民共和国国务院令第296号公布")
    assert (found.doc_no, found.issuer) == ("国务院令第296号", "国务院")


def test_the_other_layout():
    found = read_head(
        "# 应急部令第9号 某规定\n\n- 发布机关：中华人民共和国应急部\n- 发布日期：二○一一年五月四日\n- 施行日期：2011年7月1日\n\n---\n"
    )
    assert (found.title, found.doc_no, found.issuer) == ("某规定", "应急部令第9号", "应急部")
    assert (found.promulgated, found.effective) == (date(2011, 5, 4), date(2011, 7, 1))


def test_no_head():
    assert read_head("随便一段文字").dates == ()


@pytest.mark.parametrize(
    ("clause", "promulgated", "amended", "expected"),
    [
        ("本法自2021年9月1日起施行。", date(2021, 6, 10), False, date(2021, 9, 1)),
        ("本法自2002年11月1日起施行。", date(2021, 6, 10), True, None),
        ("本办法自 2011 年 2 月 1 日起施行。", None, False, date(2011, 2, 1)),
        ("本规定自公布之日起施行。", date(2010, 1, 5), False, date(2010, 1, 5)),
        ("本规定自公布之日起施行。", date(2010, 1, 5), True, None),
        ("甲于2020年1月1日施行。", date(2019, 1, 1), False, None),
        ("本法自2021年13月1日起施行。", date(2021, 6, 10), False, None),
    ],
)
def test_clause_of_coming_into_force(clause, promulgated, amended, expected):
    articles = parse_outline(f"第一条 甲。\n第二条 {clause}").articles
    assert effective_from_text(articles, promulgated, amended=amended) == expected
