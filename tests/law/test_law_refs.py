import pytest

from assistant.domain.provision import ArticleRef
from assistant.law.refs import article_label, find_laws, find_refs, label, normalize_title, parse_article

JIE = "最高人民法院、最高人民检察院关于办理危害生产安全刑事案件适用法律若干问题的解释"
SU = "最高人民法院关于适用《刑事诉讼法》的解释"
NAMES = {name: name for name in ("刑法", "安全生产法", "刑事诉讼法", "刑法修正案（十一）", "安全生产条例", JIE, SU)}
NAMES |= {"法释〔2015〕22号": JIE, "法释2015-22": JIE, "刑诉法": "刑事诉讼法"}


def read(text, context=""):
    return [f"{found.ref}{'~' + found.to_article if found.to_article else ''}" for found in find_refs(text, NAMES, context)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("刑法第一百三十四条", ["刑法#134"]),
        ("《中华人民共和国刑法》第一百三十四条之一第一款", ["刑法#134-1/1"]),
        ("刑法134条", ["刑法#134"]),
        ("刑法第１３４条", ["刑法#134"]),
        ("刑法一百三十四条", ["刑法#134"]),
        ("刑法第134-1条第1款和安全生产法114条", ["刑法#134-1/1", "安全生产法#114"]),
        ("刑法第一百三十四条、第一百三十五条至第一百三十九条之一", ["刑法#134", "刑法#135~139-1"]),
        ("刑法第一百三十四、一百三十五条", ["刑法#134", "刑法#135"]),
        ("刑法第134至136条", ["刑法#134~136"]),
        ("刑法第一百三十四条第一、二款", ["刑法#134/1", "刑法#134/2"]),
        ("刑法第一百三十四条第一款至第三款", ["刑法#134/1", "刑法#134/2", "刑法#134/3"]),
        ("刑法第二十条第三款第（二）项", ["刑法#20/3/2"]),
        ("刑法第134条规定的，依照第二款", ["刑法#134", "刑法#134/2"]),
        ("法释[2015]22号第七条", [f"{JIE}#7"]),
        ("法释【2015】22号第6条第(二)项", [f"{JIE}#6//2"]),
        ("根据法释（2015）22 号第七条", [f"{JIE}#7"]),
        ("法释2015-22第七条", [f"{JIE}#7"]),
        (f"《{JIE}》（法释〔2015〕22号）第七条", [f"{JIE}#7"]),
        (f"《{SU}》第三条", [f"{SU}#3"]),
        ("《刑法》第十条，同法第二十条", ["刑法#10", "刑法#20"]),
        ("《刑法》（以下简称《总则》）有规定。《总则》第三条", ["刑法#3"]),
        ("刑诉法第八十一条", ["刑事诉讼法#81"]),
        ("刑法第三条约定、第四条例外", ["刑法#3", "刑法#4"]),
        ("刑法的第一条件和第二条例", []),
    ],
)
def test_finds(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("依照本法第五条", "刑法", ["刑法#5"]),
        ("第三条", "安全生产法", ["安全生产法#3"]),
        ("依照本法第五条", "刑法修正案（十一）", ["刑法#5"]),
        ("前款规定", "刑法#134/2", ["刑法#134/1"]),
        ("前款第二项", "刑法#134/2", ["刑法#134/1/2"]),
        ("前两款", "刑法#17/3", ["刑法#17/1", "刑法#17/2"]),
        ("依照第一款的规定", "刑法#134", ["刑法#134/1"]),
        ("本条第二款", "刑法#17", ["刑法#17/2"]),
        ("前条", "刑法#134-2", ["刑法#134-1"]),
        ("前条", "刑法#135", ["None"]),
        ("前款", "刑法#134/1", ["None"]),
        ("前款", "", ["None"]),
        ("婚姻法第四十二条、第四十六条", "刑法", ["None", "None"]),
        ("依照婚姻法第四十二条处理。第四十六条", "刑法", ["None", "刑法#46"]),
    ],
)
def test_reads_in_context(text, context, expected):
    assert read(text, context) == expected


def test_the_article_before_needs_the_order_of_articles():
    assert find_refs("前条", NAMES, "刑法#135", ["134", "134-1", "135"])[0].ref == ArticleRef("刑法", "134-1")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("第三条", "哪一部法律"),
        ("《没有这部法》第三条", "《没有这部法》"),
        ("参见《没有这部法》。", "《没有这部法》"),
        ("刑法修正案（九十）第三条", "刑法修正案"),
        ("四川省安全生产条例第三条", "安全生产条例"),
        ("本法第三条", "本法"),
        ("法释〔1999〕99号第三条", "法释〔1999〕99号"),
        ("刑法有规定。第三条另有规定", "哪一部法律"),
        ("刑法第一款", "哪一条"),
    ],
)
def test_says_why_not(text, reason):
    found = find_refs(text, NAMES)
    assert [one.ref for one in found] == [None]
    assert reason in found[0].reason


@pytest.mark.parametrize(
    "text", ["有三条意见和三项制度", "前条件不成熟", "本条例", "当前款项已付", "2020年3月5日", "", "第三人", "法释"]
)
def test_finds_nothing(text):
    assert find_refs(text, NAMES) == []


def test_surfaces_are_substrings_and_do_not_repeat_a_place():
    text = "依照《刑法》第一百三十四条第一款、第二款和安全生产法114条。"
    found = find_refs(text, NAMES)
    assert [one.surface for one in found] == ["《刑法》第一百三十四条第一款", "第二款", "安全生产法114条"]
    assert all(text[one.start : one.end] == one.surface for one in found)


def test_laws_without_articles():
    text = "我国刑法、《中华人民共和国安全生产法》和法释〔2015〕22号"
    assert [law for _, _, law in find_laws(text, NAMES)] == ["刑法", "安全生产法", JIE]


def test_labels_and_back():
    assert label(ArticleRef("刑法", "134-1", 2, 1)) == "《刑法》第一百三十四条之一第二款第（一）项"
    assert label(ArticleRef("刑法")) == "《刑法》"
    assert article_label("") == "全文"
    for text in ("一百三十四条之一", "134-1", "第134条之一", "134条之一", "第一百三十四之一条"):
        assert parse_article(text) == "134-1"
    assert [parse_article(text) for text in ("第134条", "刑法", "", "第零条")] == ["134", None, None, None]


def test_titles_compare_equal():
    assert normalize_title("《中华人民共和国 刑法修正案(十一)》") == normalize_title("刑法修正案（十一）")
