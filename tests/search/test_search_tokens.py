import pytest

from assistant.search.tokens import query_tokens, terms, tokenize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("事故", ["事", "事故", "故"]),
        ("ＧＢ 18218－2018", ["18218", "2018", "gb"]),
        ("3.5％以上", ["3.5", "以", "以上", "上"]),
        ("重大,事故", ["事", "事故", "大", "故", "重", "重大"]),
        ("", []),
        ("。！🙂", []),
    ],
)
def test_tokens(text, expected):
    assert sorted(tokenize(text)) == sorted(expected)


def test_full_width_and_half_width_are_the_same():
    assert tokenize("ＡＢＣ１２３") == tokenize("abc123") == ["abc123"]


def test_asking_words_are_left_out_unless_nothing_remains():
    assert query_tokens("瞒报怎么办？") == tokenize("瞒报")
    assert query_tokens("怎么办") == tokenize("怎么办")


def test_terms_are_pairs_and_lone_characters():
    assert terms(tokenize("重大，罪 GB")) == {"重大", "罪", "gb"}
