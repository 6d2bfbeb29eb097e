"""Measures on small lists whose values were worked out by hand, and intervals whose width is known."""

import math

import pytest

from eval.families import OTHER, family
from eval.measures import better, columns, estimate, measures, quantile, recall

A, B, C, X, Y = [("民法典", number) for number in ("1", "2", "3", "90", "91")]
OTHERS = [("公司法", str(number)) for number in range(1, 120)]
LOG3 = math.log2(3)


@pytest.mark.parametrize(
    ("hits", "gold", "expected"),
    [
        pytest.param([A, B, C], {A}, {"recall@5": 1, "mrr@10": 1, "ndcg@10": 1, "any@5": 1}, id="first"),
        pytest.param([A, B, C], {B}, {"recall@5": 1, "mrr@10": 0.5, "ndcg@10": 1 / LOG3, "any@5": 1}, id="second"),
        pytest.param(
            [A, B, C],
            {B, X},
            {"recall@5": 0.5, "recall@100": 0.5, "mrr@10": 0.5, "ndcg@10": (1 / LOG3) / (1 + 1 / LOG3), "any@5": 1},
            id="one of two",
        ),
        # gains 1 and 1/2 of the best possible 1 and 1/log2(3)
        pytest.param([A, X, B], {A, B}, {"recall@5": 1, "mrr@10": 1, "ndcg@10": 1.5 / (1 + 1 / LOG3)}, id="first and third"),
        pytest.param(
            [*OTHERS[:5], A],
            {A},
            {"recall@5": 0, "recall@10": 1, "mrr@10": 1 / 6, "ndcg@10": 1 / math.log2(7), "any@5": 0},
            id="6th",
        ),
        pytest.param([*OTHERS[:10], A], {A}, {"recall@10": 0, "recall@20": 1, "mrr@10": 0, "ndcg@10": 0, "any@5": 0}, id="11th"),
        pytest.param([*OTHERS[:100], A], {A}, {"recall@20": 0, "recall@100": 0}, id="101st"),
        pytest.param([A, A, A], {A, B}, {"recall@5": 0.5, "ndcg@10": 1 / (1 + 1 / LOG3)}, id="listed thrice counts once"),
        pytest.param([], {A}, {"recall@100": 0, "mrr@10": 0, "ndcg@10": 0, "any@5": 0}, id="nothing found"),
        pytest.param([("刑法", "1")], {A}, {"recall@5": 0}, id="same number of another law"),
    ],
)
def test_a_ranked_list_is_measured(hits, gold, expected):
    found = measures(hits, frozenset(gold))
    assert {name: found[name] for name in expected} == pytest.approx(expected)


def test_more_gold_than_ten_can_still_be_perfect_at_ten():
    assert measures(OTHERS, frozenset(OTHERS[:12]))["ndcg@10"] == pytest.approx(1)
    assert measures(OTHERS, frozenset(OTHERS[:12]))["recall@10"] == pytest.approx(10 / 12)


def test_the_ceiling_asks_for_no_order():
    assert recall([X, Y, B], frozenset({A, B})) == 0.5
    assert recall([], frozenset({A})) == 0


def test_an_interval_is_around_the_mean_and_as_wide_as_chance():
    half = estimate([0.0, 1.0] * 50)  # standard error 0.05: 0.5 ± 0.098
    assert half.point == 0.5
    assert half.low == pytest.approx(0.402, abs=0.015)
    assert half.high == pytest.approx(0.598, abs=0.015)
    assert estimate([0.3] * 7) == pytest.approx((0.3, 0.3, 0.3))
    assert all(math.isnan(figure) for figure in estimate([]))


def test_the_same_questions_give_the_same_interval():
    assert estimate([0.0, 0.2, 1.0, 1.0]) == estimate([0.0, 0.2, 1.0, 1.0])


@pytest.mark.parametrize(
    ("ours", "theirs", "probability"),
    [
        ([1, 1, 1], [0, 0, 0], 1.0),
        ([0, 0, 0], [1, 1, 1], 0.0),
        ([0.4, 0.7], [0.4, 0.7], 0.5),
        ([1, 0], [0, 1], 0.5),
        # one of three is better: all resamples but the (2/3)^3 without it, which count half
        ([1, 0, 1], [0, 0, 1], 1 - (2 / 3) ** 3 / 2),
    ],
)
def test_two_runs_are_compared_in_pairs(ours, theirs, probability):
    assert better(ours, theirs) == pytest.approx(probability, abs=0.02)


def test_pairs_are_of_the_same_questions():
    with pytest.raises(ValueError, match="same questions"):
        better([1.0], [1.0, 0.0])


def test_a_time_that_a_share_stays_within_was_measured():
    assert quantile([3, 1, 2], 0.5) == 2
    assert quantile(list(range(1, 21)), 0.95) == 19
    assert quantile([7], 0.95) == 7
    assert math.isnan(quantile([], 0.5))


def test_rows_become_columns():
    assert columns([{"a": 1, "b": 2}, {"a": 3, "b": 4}]) == {"a": [1, 3], "b": [2, 4]}
    assert columns([]) == {}


@pytest.mark.parametrize(
    ("law", "expected"),
    [
        ("刑法", "刑事"),
        ("刑法修正案（十一）", "刑事"),
        ("民法典", "民商与经济"),
        ("公司法", "民商与经济"),
        ("土地管理法实施条例", "民商与经济"),
        ("农村土地承包法", "民商与经济"),
        ("农村土地承包经营纠纷调解仲裁法", "程序"),
        ("刑事诉讼法", "程序"),
        ("行政诉讼法", "程序"),
        ("行政处罚法", "行政与安全"),
        ("安全生产法", "行政与安全"),
        ("消防法", "行政与安全"),
        ("煤矿安全生产条例", "行政与安全"),
        ("劳动合同法", "社会与劳动"),
        ("工伤保险条例", "社会与劳动"),
        ("职业病防治法", "社会与劳动"),
        ("最高人民法院关于适用《民事诉讼法》的解释", "司法解释"),
        ("最高人民法院、最高人民检察院关于办理危害生产安全刑事案件适用法律若干问题的解释", "司法解释"),
        ("没有的名字", OTHER),
    ],
)
def test_a_law_belongs_to_a_family_by_its_title(law, expected):
    assert family(law) == expected
