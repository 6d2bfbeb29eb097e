"""Sentences compared in memory."""

import pytest

from assistant.search.sentences import BM25, Cosine, Leaning, grams

TOLD = ["后厨的报警器没插电", "安全出口上了锁", "塔吊没人检查"]


def test_grams_are_characters_pairs_triples_and_whole_words():
    assert grams("插GB电") == ["插", "gb", "电"]
    assert grams("报警器") == ["报", "警", "器", "报警", "警器", "报警器"]


def test_the_same_sentence_is_one_and_nothing_in_common_is_nought():
    space = Cosine(TOLD)
    assert space.scores(TOLD[0])[0] == pytest.approx(1.0)
    assert list(space.scores("xyz")) == [0.0, 0.0, 0.0]


def test_the_text_that_says_most_of_it_scores_most():
    scores = BM25(TOLD).scores("出口被锁了")
    assert scores.argmax() == 1
    assert list(BM25(TOLD).scores("")) == [0.0, 0.0, 0.0]


def test_a_sentence_leans_to_the_kind_that_it_is_like():
    leaning = Leaning(["没办票就焊", "没培训就上岗", "没人看着就下池", "没检测就进去"], ["办了票才焊", "培训合格才上岗"])
    assert leaning.score("没戴安全带就爬") < leaning.score("检测合格才爬")
