"""量刑档 and 事故等级 as tables: each floor and one below it."""

import pytest

from assistant.rules.tiers import Harm, Reached, find_tiers, grade_of

MAIN, SAME, MINOR, FULL = "主要责任", "同等责任", "次要责任", "全部责任"


@pytest.fixture(scope="module")
def offence(services):
    return lambda name: next(o for o in services.sources.offences if o.title == name)


def reached(offence, harm):
    return tuple(finding.reached for finding in find_tiers(offence, harm))


Y, N, D = Reached.YES, Reached.NO, Reached.DEPENDS


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        (Harm(), (N, N)),
        (Harm(deaths=0, responsibility=MAIN), (N, N)),
        (Harm(deaths=1), (Y, N)),
        (Harm(deaths=2, responsibility=MAIN), (Y, N)),
        (Harm(deaths=3, responsibility=MAIN), (Y, Y)),
        (Harm(deaths=3, responsibility=FULL), (Y, Y)),
        (Harm(deaths=3, responsibility=SAME), (Y, N)),
        (Harm(deaths=3, responsibility=MINOR), (Y, N)),
        (Harm(deaths=3), (Y, D)),
        (Harm(deaths=30, responsibility=MINOR), (Y, N)),
        (Harm(serious_injuries=2), (N, N)),
        (Harm(serious_injuries=3), (Y, N)),
        (Harm(serious_injuries=9, responsibility=MAIN), (Y, N)),
        (Harm(serious_injuries=10, responsibility=MAIN), (Y, Y)),
        (Harm(serious_injuries=10, responsibility=SAME), (Y, N)),
        (Harm(serious_injuries=10), (Y, D)),
        (Harm(loss_wan=99.99), (N, N)),
        (Harm(loss_wan=100), (Y, N)),
        (Harm(loss_wan=499.9, responsibility=MAIN), (Y, N)),
        (Harm(loss_wan=500, responsibility=MAIN), (Y, Y)),
        (Harm(loss_wan=500, responsibility=MINOR), (Y, N)),
        (Harm(loss_wan=500), (Y, D)),
        (Harm(minor_injuries=50, responsibility=MAIN), (N, N)),
        (Harm(deaths=2, serious_injuries=9, loss_wan=499.9, responsibility=MAIN), (Y, N)),
    ],
)
@pytest.mark.parametrize(
    "name", ["重大责任事故罪", "重大劳动安全事故罪", "强令、组织他人违章冒险作业罪", "危险物品肇事罪", "消防责任事故罪"]
)
def test_tiers_with_the_usual_floors(offence, name, harm, expected):
    assert reached(offence(name), harm) == expected


def test_an_upper_tier_that_the_responsibility_rules_out_says_what_it_asks_for(offence):
    lower, upper = find_tiers(offence("重大责任事故罪"), Harm(deaths=3, responsibility=MINOR))
    assert (lower.reached, lower.missing) == (Y, "")
    assert upper.reached is N
    assert "主要责任" in upper.missing


def test_an_upper_tier_with_unknown_responsibility_says_what_is_to_be_known(offence):
    upper = find_tiers(offence("重大责任事故罪"), Harm(deaths=3))[-1]
    assert upper.reached is D
    assert "主要责任" in upper.missing
    assert upper.tier.penalty == "3年以上7年以下有期徒刑"


@pytest.mark.parametrize(
    ("harm", "lower", "upper"),
    [
        (Harm(serious_injuries=2), N, N),
        (Harm(loss_wan=100), N, N),
        (Harm(loss_wan=5000, responsibility=MAIN), N, N),
        (Harm(deaths=1), Y, D),
        (Harm(serious_injuries=3), Y, D),
        (Harm(serious_injuries=9, responsibility=MAIN), Y, D),
        (Harm(deaths=2, loss_wan=499.9, responsibility=MAIN), Y, D),
        (Harm(deaths=1, loss_wan=500, responsibility=MAIN), Y, Y),
        (Harm(deaths=1, loss_wan=500, responsibility=MINOR), Y, D),
        (Harm(serious_injuries=10, responsibility=MAIN), Y, Y),
        (Harm(deaths=3, responsibility=MAIN), Y, Y),
    ],
)
def test_education_facilities_count_persons_and_loss_only_beside_them(offence, harm, lower, upper):
    """What depends is 恶劣社会影响, which lifts any case of the first tier."""
    found = reached(offence("教育设施重大安全事故罪"), harm)
    assert (found[0], found[-1]) == (lower, upper)


def test_traffic_asks_for_responsibility_even_for_the_first_tier(offence):
    traffic = offence("交通肇事罪")
    assert reached(traffic, Harm(deaths=1, responsibility=MAIN))[0] is Y
    assert reached(traffic, Harm(deaths=1, responsibility=MINOR))[0] is N
    assert reached(traffic, Harm(deaths=1))[0] is D
    assert reached(traffic, Harm(deaths=3, responsibility=SAME))[0] is Y
    assert reached(traffic, Harm(deaths=2, responsibility=SAME))[0] is N


@pytest.mark.parametrize(
    ("harm", "grade"),
    [
        (Harm(), None),
        (Harm(minor_injuries=5), None),
        (Harm(deaths=0), None),
        (Harm(loss_wan=0), None),
        (Harm(deaths=1), "一般事故"),
        (Harm(deaths=2), "一般事故"),
        (Harm(deaths=3), "较大事故"),
        (Harm(deaths=9), "较大事故"),
        (Harm(deaths=10), "重大事故"),
        (Harm(deaths=29), "重大事故"),
        (Harm(deaths=30), "特别重大事故"),
        (Harm(serious_injuries=9), "一般事故"),
        (Harm(serious_injuries=10), "较大事故"),
        (Harm(serious_injuries=49), "较大事故"),
        (Harm(serious_injuries=50), "重大事故"),
        (Harm(serious_injuries=99), "重大事故"),
        (Harm(serious_injuries=100), "特别重大事故"),
        (Harm(loss_wan=99.99), "一般事故"),
        (Harm(loss_wan=999.99), "一般事故"),
        (Harm(loss_wan=1000), "较大事故"),
        (Harm(loss_wan=4999.9), "较大事故"),
        (Harm(loss_wan=5000), "重大事故"),
        (Harm(loss_wan=9999.9), "重大事故"),
        (Harm(loss_wan=10000), "特别重大事故"),
        (Harm(deaths=2, serious_injuries=10), "较大事故"),
        (Harm(deaths=1, loss_wan=5000), "重大事故"),
        (Harm(deaths=30, loss_wan=1), "特别重大事故"),
    ],
)
def test_the_grade_of_an_accident_is_that_of_its_gravest_count(services, harm, grade):
    found = grade_of(services.knowledge.grades, harm)
    assert (found.name if found else None) == grade
