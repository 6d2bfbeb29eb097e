"""What the ranking sees, on a shelf small enough to count by hand."""

import numpy as np
import pytest

from assistant.search.features import NAMES, Shelf, features, longest_run
from assistant.search.fusion import NONE, Ranked
from assistant.search.links import Links

TEXTS = ["电动自行车不得在楼道充电", "占用疏散通道的处以罚款", "楼道应当畅通", "矿山应当通风", "罚款由部门决定"]
SHELF = Shelf(
    law=np.array([0, 0, 0, 1, 1], np.int32),
    chapter=np.array([0, 0, 1, 2, 2], np.int32),
    length=np.array([len(text) for text in TEXTS], np.int32),
    laws=["消防法", "最高人民法院关于审理矿业权纠纷案件适用法律若干问题的解释"],
)


def ranked(*pairs):
    return Ranked(np.array([row for row, _ in pairs], np.int64), np.array([score for _, score in pairs], np.float32))


def seen(query, found, candidates, lent=None):
    rows = np.array(candidates, np.int64)
    table = features(
        query, found, rows, SHELF, lambda of: [TEXTS[row] for row in of], lambda words: dict.fromkeys(words, 1.0), lent
    )
    assert table.shape == (len(candidates), len(NAMES))
    assert np.isfinite(table).all()
    return {name: table[:, number].tolist() for number, name in enumerate(NAMES)}


def test_a_part_gives_share_rank_and_what_stands_around():
    at = seen("楼道充电", {"words": ranked((0, 4.0), (2, 2.0), (3, 1.0))}, [0, 1, 3])
    assert at["words_share"] == [1.0, 0.0, 0.25]
    assert at["words_rank"] == pytest.approx([0, np.log(400), np.log(3)])
    assert at["words_law_best"] == [1.0, 1.0, 0.25]
    assert at["words_law_sum"] == pytest.approx([1.125, 1.125, 0.015625])
    assert at["words_chapter_best"] == [1.0, 1.0, 0.25]
    assert at["words_neighbour"] == [0.0, 1.0, 0.0]  # row 2 is of the same law as row 3's neighbour, but not as row 3


def test_parts_that_found_nothing_say_nothing():
    at = seen("楼道充电", {"words": ranked((0, 4.0))}, [0])
    assert at["dense_share"] == [0.0]
    assert at["dense_rank"] == pytest.approx([np.log(400)])
    assert at == seen("楼道充电", {"words": ranked((0, 4.0)), "dense": NONE, "translation": NONE}, [0])


def test_fusion_prefers_what_two_parts_have():
    at = seen("楼道", {"words": ranked((0, 4.0), (1, 3.0)), "dense": ranked((1, 0.9))}, [0, 1])
    assert at["fused"] == pytest.approx([1 / 61, 1 / 62 + 1 / 61])
    assert at["fused_rank"] == pytest.approx([np.log(2), 0])


def test_wording_of_the_question_in_the_text():
    at = seen("楼道充电罚款", {"words": ranked((0, 1.0), (1, 0.5))}, [0, 1, 3])
    assert at["matched"] == [3.0, 1.0, 0.0]  # 楼道, 道充, 充电
    assert at["coverage"] == pytest.approx([3 / 5, 1 / 5, 0])
    assert at["longest"] == [4.0, 2.0, 0.0]
    assert at["query_length"] == [6.0, 6.0, 6.0]


def test_the_law_is_named_and_of_a_kind():
    at = seen("矿业权怎么转让", {"words": ranked((0, 1.0), (3, 0.5))}, [0, 3])
    assert at["law_named"] == [0.0, 3.0]
    assert at["law_kind"] == [5.0, 2.0]
    assert at["law_size"] == pytest.approx([np.log(3), np.log(2)])


def test_candidates_lend_one_another_by_citing():
    # Row 2 cites rows 0 and 1; rows 0 and 3 are one article as text and as gist.
    links = Links(np.array([0, 1, 2, 0, 4], np.int32), np.array([[2, 0], [2, 1], [4, 0]], np.int32), np.ones(5, bool))
    at = seen("楼道", {"words": ranked((0, 1.0), (1, 0.5), (2, 0.4))}, [0, 1, 2, 3], links.lent)
    assert at["cites_found"] == pytest.approx([0, 0, 1 / 61 + 1 / 62, 0])
    assert at["cited_by_found"] == pytest.approx([1 / 63, 1 / 63, 0, 1 / 63])


@pytest.mark.parametrize(
    ("short", "text", "length"),
    [("消防通道", "占用消防车通道", 2), ("", "x", 0), ("楼道充电", "在楼道充电的", 4), ("甲", "乙", 0)],
)
def test_longest_run(short, text, length):
    assert longest_run(short, text) == length


def test_a_question_without_chinese_is_no_error():
    assert seen("GB 18218", {"words": ranked((0, 1.0))}, [0])["coverage"] == [0.0]
