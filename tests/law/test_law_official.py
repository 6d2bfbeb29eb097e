"""The quirks of the real files: each row is one of them."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from assistant.law.amendments import amendment_effective, read_amendment
from assistant.law.head import effective_from_text, read_head
from assistant.law.outline import parse_outline, select
from assistant.law.versions import dated_versions

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
pytestmark = [
    pytest.mark.official,
    pytest.mark.skipif(not SHARED.exists(), reason="official texts are not at hand: ../shared"),
]
OFFICIAL = "official"
RECENT = "official_recent"


def text(*parts):
    """The one file whose path matches; the date in its name is left to the pattern."""
    (path,) = sorted(SHARED.glob("/".join(parts)))
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("parts", "numbering", "count", "last"),
    [
        ((OFFICIAL, "刑法", "刑法.md"), "第X条", 505, "452"),
        ((OFFICIAL, "社会法", "安全生产法(2021-06-10).md"), "第X条", 119, "119"),
        ((OFFICIAL, "诉讼与非诉讼程序法", "刑事诉讼法(2018-10-26).md"), "第X条", 308, "308"),
        ((OFFICIAL, "司法解释", "最高人民法院关于适用《刑事诉讼法》的解释(2021-01-26).md"), "第X条", 655, "655"),
        ((OFFICIAL, "司法解释", "人民检察院刑事诉讼规则(2019-12-02).md"), "第X条", 684, "684"),
        ((OFFICIAL, "刑法", "刑法修正案（十一）.md"), "一、", 48, "48"),
        ((OFFICIAL, "刑法", "刑法修正案（二）.md"), "", 1, ""),
        ((OFFICIAL, "司法解释", "*罪名的补充规定（八）*.md"), "", 1, ""),
        ((OFFICIAL, "其他", "人体损伤程度鉴定标准*.md"), "", 1, ""),
        ((RECENT, "生产安全事故罚款处罚规定.md"), "第X条", 24, "24"),
        ((RECENT, "火灾事故调查规定.md"), "第X条", 48, "48"),
        ((RECENT, "危险化学品生产企业安全生产许可证实施办法.md"), "第X条", 57, "57"),
        ((RECENT, "中华人民共和国危险化学品安全法.md"), "第X条", 127, "127"),
        (("corpus_full", "民法典", "*侵权责任*.md"), "第X条", 95, "1258"),
        (("corpus_full", "民法商法", "农民专业合作社法*.md"), "第X条", 74, "74"),
    ],
)
def test_articles_are_counted_right(parts, numbering, count, last):
    outline = parse_outline(text(*parts))
    assert (outline.numbering, len(outline.articles), outline.articles[-1].number) == (numbering, count, last)
    assert len({article.number for article in outline.articles}) == count


@pytest.mark.parametrize(
    ("parts", "article", "begins"),
    [
        ((OFFICIAL, "诉讼与非诉讼程序法", "刑事诉讼法(2018-10-26).md"), "128", "侦查人员"),
        ((OFFICIAL, "司法解释", "最高人民法院关于适用《刑事诉讼法》的解释(2021-01-26).md"), "124", "采用刑讯"),
        ((OFFICIAL, "刑法", "刑法.md"), "134-1", "在生产、作业中"),
        ((RECENT, "火灾事故调查规定.md"), "1", "为了规范"),
        ((RECENT, "生产安全事故罚款处罚规定.md"), "1", "为防止"),
    ],
)
def test_article_begins_behind_its_mark(parts, article, begins):
    assert parse_outline(text(*parts)).article(article).text.startswith(begins)


def test_footnote_and_annexes_do_not_belong_to_the_last_article():
    last = parse_outline(text(OFFICIAL, "刑法", "刑法.md")).articles[-1]
    assert last.heading == ("附则",)
    assert "①" not in last.text
    assert len(last.paragraphs) == 3


def test_article_with_items():
    article = parse_outline(text(OFFICIAL, "刑法", "刑法.md")).article("134-1")
    assert article.heading == ("第二编 分则", "第二章 危害公共安全罪")
    assert [len(paragraph.items) for paragraph in article.paragraphs] == [3]
    assert select(article.text, None, 2).endswith("拒不执行的；")


def test_items_that_run_on_in_one_line():
    article = parse_outline(text(RECENT, "消防监督检查规定.md")).article("6")
    assert [len(paragraph.items) for paragraph in article.paragraphs] == [5]


@pytest.mark.parametrize(
    ("parts", "doc_no", "promulgated", "effective"),
    [
        ((OFFICIAL, "社会法", "安全生产法(2021-06-10).md"), "", date(2021, 6, 10), None),
        ((OFFICIAL, "司法解释", "*危害生产安全*（二）(2022*.md"), "法释〔2022〕19号", date(2022, 9, 19), date(2022, 12, 19)),
        ((OFFICIAL, "司法解释", "*危害生产安全*解释(2015*.md"), "", None, date(2015, 12, 16)),
        ((OFFICIAL, "行政法规", "煤矿安全生产条例*.md"), "", None, date(2024, 5, 1)),
        ((OFFICIAL, "行政法规", "行政执法机关移送涉嫌犯罪案件的规定*.md"), "国务院令第310号", date(2020, 8, 7), None),
        ((RECENT, "生产安全事故罚款处罚规定.md"), "应急管理部令第14号", date(2024, 1, 10), date(2024, 3, 1)),
        ((RECENT, "小型露天采石场安全管理与监督检查规定.md"), "安监总局令第39号", date(2011, 5, 4), date(2011, 7, 1)),
    ],
)
def test_head_and_clause(parts, doc_no, promulgated, effective):
    whole = text(*parts)
    head = read_head(whole)
    by_text = effective_from_text(parse_outline(whole).articles, head.promulgated, amended=head.amended)
    assert (head.doc_no, head.promulgated) == (doc_no, promulgated)
    assert (head.effective or by_text) == effective


@pytest.fixture(scope="module")
def criminal_law():
    current = {article.number: article.text for article in parse_outline(text(OFFICIAL, "刑法", "刑法.md")).articles}
    amendments = []
    for path in (SHARED / OFFICIAL / "刑法").glob("刑法修正案*.md"):
        whole = path.read_text(encoding="utf-8")
        amendments.append((amendment_effective(whole), read_head(whole).title, read_amendment(whole)))
    return current, dated_versions(current, amendments), amendments


@pytest.mark.parametrize(
    ("article", "periods"),
    [
        ("134", [(None, date(2006, 6, 28)), (date(2006, 6, 29), date(2021, 2, 28)), (date(2021, 3, 1), None)]),
        ("134-1", [(date(2021, 3, 1), None)]),
        ("139-1", [(date(2006, 6, 29), None)]),
        ("135", [(None, date(2006, 6, 28)), (date(2006, 6, 29), None)]),
        ("133-1", [(date(2011, 5, 1), date(2015, 10, 31)), (date(2015, 11, 1), None)]),
        ("120-3", [(date(2015, 11, 1), None)]),
        ("232", [(None, None)]),
    ],
)
def test_periods_of_the_criminal_law(criminal_law, article, periods):
    assert [(version.start, version.end) for version in criminal_law[1][article]] == periods


def test_wording_before_the_amendment(criminal_law):
    current, versions, _ = criminal_law
    unknown, before, now = versions["134"]
    assert unknown.text is None
    assert before.by == "刑法修正案（六）"
    assert now.by == "刑法修正案（十一）"
    assert select(before.text, 1, None) == select(current["134"], 1, None)
    assert "仍冒险组织作业" not in before.text
    assert now.text == current["134"]


def test_amendments_put_together_give_the_law_in_force(criminal_law):
    """Rebuilt from the amendments alone, the wording agrees with the consolidated text."""
    current, amendments = criminal_law[0], criminal_law[2]
    rebuilt = {number: versions[-1] for number, versions in dated_versions({}, amendments).items()}
    known = {number: version.text for number, version in rebuilt.items() if version.text and version.end is None}
    assert len(known) >= 140
    # The amendment closes 308-1 with the mark behind the quotation.
    assert [number for number, words in known.items() if _plain(words) != _plain(current[number])] == ["308-1"]


def test_deleted_article_has_no_version_in_force(criminal_law):
    assert [version.end for version in criminal_law[1]["199"]] == [date(2011, 4, 30), date(2015, 10, 31)]


def _plain(words):
    return "".join(mark for mark in unicodedata.normalize("NFKC", words) if mark not in "“”‘’\"'" and not mark.isspace())
