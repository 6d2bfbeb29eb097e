import numpy as np
import pytest

from assistant.search.lexical import LexicalIndex, Segment, TokenLists
from assistant.search.tokens import tokenize


def words(text):
    return dict.fromkeys(tokenize(text), 1.0)


DOCS = [
    "瞒报事故的，处以罚款",
    "特种作业人员应当持证上岗作业",
    "矿山企业应当通风",
    "罚款由应急管理部门决定",
    "事故发生后单位负责人应当报告",
]


def segment(docs, rows, like=None):
    lists = TokenLists()
    for doc in docs:
        lists.append(tokenize(doc))
    return Segment.build(lists, rows, like)


def everything(n=20):
    return np.ones(n, dtype=bool)


@pytest.mark.parametrize("copies", [1, 4])
def test_a_later_segment_scores_as_the_base_does(copies):
    base = segment(DOCS, range(5))
    later = segment([DOCS[0]] * copies + [DOCS[1] * 9], range(5, 6 + copies), like=base)
    found = LexicalIndex([base, later]).search(words("瞒报 事故 罚款"), 20, everything())
    scores = dict(zip(found.rows.tolist(), found.scores.tolist(), strict=True))
    assert scores[5] == pytest.approx(scores[0], rel=1e-5)


def test_a_word_that_the_base_does_not_know_is_found_and_tells_much():
    base = segment(DOCS, range(5))
    later = segment(["电瓶车飞线充电"], [5], like=base)
    index = LexicalIndex([base, later])
    assert index.search(words("飞线"), 3, everything()).rows.tolist() == [5]
    weights = index.idf(["飞线", "应当", "从未"])
    assert weights["从未"] > weights["飞线"] > weights["应当"] > 0


def test_masked_rows_are_never_found():
    allowed = everything()
    allowed[0] = False
    found = LexicalIndex([segment(DOCS, range(5))]).search(words("瞒报事故"), 5, allowed)
    assert 0 not in found.rows
    assert len(found.rows)


def test_nothing_in_common_finds_nothing():
    index = LexicalIndex([segment(DOCS, range(5))])
    assert not len(index.search(words("xyz"), 5, everything()).rows)
    assert not len(index.search({}, 5, everything()).rows)
    assert not len(LexicalIndex([]).search(words("事故"), 5, everything()).rows)


def test_a_saved_segment_is_the_same(tmp_path):
    built = segment(DOCS, range(5))
    built.save(tmp_path / "s")
    loaded = Segment.load(tmp_path / "s")
    query = words("负责人报告")
    assert np.array_equal(built.scores(query), loaded.scores(query))
    assert loaded.rows.tolist() == built.rows.tolist()


def test_a_weight_counts():
    index = LexicalIndex([segment(DOCS, range(5))])
    assert index.search({"通风": 1.0, "罚款": 0.1}, 5, everything()).rows[0] == 2
    light, heavy = (index.search({"通风": weight}, 1, everything()).scores[0] for weight in (0.5, 2.0))
    assert heavy == pytest.approx(4 * light)
