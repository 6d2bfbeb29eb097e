import pytest

from assistant.search.fusion import reciprocal_rank_fusion as fuse


def test_first_everywhere_is_one():
    assert fuse([(1.0, [7, 3]), (0.5, [7, 9])])[0] == (7, pytest.approx(1.0))


def test_weights_decide_between_two_firsts():
    assert [row for row, _ in fuse([(1.0, [1]), (2.0, [2])])] == [2, 1]


def test_agreement_beats_one_high_rank():
    assert fuse([(1.0, [1, 2]), (1.0, [3, 2])])[0][0] == 2


def test_nothing_to_fuse():
    assert fuse([(1.0, []), (1.0, [])]) == []
