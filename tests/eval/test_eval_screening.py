"""The models of 线索 find everything that was planted, nothing else, and nothing in clean tables."""

import pytest

from eval.screening import MAKERS, run, scores

SIZE = 3000


@pytest.mark.parametrize("seed", [1, 7, 2026])
@pytest.mark.parametrize("key", MAKERS)
def test_everything_planted_is_found_and_nothing_else(key, seed):
    found = scores(key, seed, size=SIZE)
    assert [score.rule for score in found if not score.planted] == []
    assert [str(score) for score in found if score.precision < 1 or score.recall < 1] == []


@pytest.mark.parametrize("seed", [2, 11])
@pytest.mark.parametrize("key", MAKERS)
def test_clean_tables_have_no_hits(key, seed):
    _, found = run(key, seed, planted=False, size=SIZE, encoding="gbk")
    assert found.model.key == key
    assert [hit.says for hit in found.hits] == []
    assert found.skipped == {}
    assert found.unread_count == 0
