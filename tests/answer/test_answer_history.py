"""What an article was on a day, on a fresh machine that has only our gists: never the present law for a day that had another."""

from datetime import date

import pytest

from assistant.answer.history import history
from assistant.answer.two_days import two_days
from assistant.domain.history import Standing
from assistant.domain.provision import ArticleRef
from assistant.errors import BadDate
from assistant.law.labels import day

ABSENT, UNKNOWN, IN_FORCE = Standing.ABSENT, Standing.UNKNOWN, Standing.IN_FORCE
DAYS = [
    # article, day, standing, the amendment that the sentence names
    ("133-1", "2011-04-30", ABSENT, "刑法修正案（八）"),
    ("133-1", "2011-05-01", IN_FORCE, ""),
    ("134", "1998-01-01", UNKNOWN, "刑法修正案（六）"),
    ("134", "2006-06-28", UNKNOWN, "刑法修正案（六）"),
    ("134", "2006-06-29", IN_FORCE, ""),
    ("134-1", "2021-02-28", ABSENT, "刑法修正案（十一）"),
    ("134-1", "2021-03-01", IN_FORCE, ""),
    ("135", "2006-06-28", UNKNOWN, "刑法修正案（六）"),
    ("139-1", "2006-06-28", ABSENT, "刑法修正案（六）"),
    ("139-1", "2006-06-29", IN_FORCE, ""),
    ("229", "2021-02-28", UNKNOWN, "刑法修正案（十一）"),
    ("280", "2015-10-31", UNKNOWN, "刑法修正案（九）"),
    ("390", "2015-10-31", UNKNOWN, "刑法修正案（九）"),
    ("390", "2024-02-29", IN_FORCE, ""),
    ("390", "2024-03-01", IN_FORCE, ""),
    ("136", "1998-01-01", IN_FORCE, ""),
]


@pytest.mark.parametrize(("article", "on", "standing", "by"), DAYS)
def test_the_standing_of_an_article_on_a_day(services, article, on, standing, by):
    on = date.fromisoformat(on)
    found = services.day_law("刑法", article, on)
    assert found.standing is standing
    assert bool(found.sentence) is (standing is not IN_FORCE)
    if by:
        assert f"《{by}》" in found.sentence
        assert day(on) in found.sentence
        assert found.provision.note == found.sentence
        assert found.provision.effective.start > on


def test_a_former_gist_is_that_of_the_amendment(services):
    then, now = (services.day_law("刑法", "390", date.fromisoformat(on)).provision for on in ("2024-02-29", "2024-03-01"))
    assert (then.ref.law, now.ref.law) == ("刑法修正案（九）", "刑法")
    assert "5年以上10年以下" in then.text
    assert "3年以上10年以下" in now.text


def test_before_the_criminal_law_itself(services):
    found = services.day_law("刑法", "136", date(1997, 9, 30))
    assert found.standing is UNKNOWN
    assert "1997年10月1日起施行" in found.sentence


def test_a_law_younger_than_the_day_is_not_called_the_first(services):
    found = services.day_law("安全生产法", "114", date(2010, 1, 1))
    assert found.standing is UNKNOWN
    assert "现行文本自2021年9月1日起施行" in found.sentence
    assert "库中没有记载" in found.sentence


def test_gaps_of_a_history_are_editions_without_a_text(services):
    editions = history(ArticleRef("刑法", "134"), services.sources).editions
    assert [(one.start, one.end, one.by, one.text is not None) for one in editions] == [
        (date(1997, 10, 1), date(2006, 6, 28), "", False),
        (date(2006, 6, 29), date(2021, 2, 28), "刑法修正案（六）", True),
        (date(2021, 3, 1), None, "刑法修正案（十一）", True),
    ]


def test_an_opened_article_carries_its_history_and_the_day(services):
    opened = services.source("law/刑法/139-1", date(2010, 1, 1))
    assert [(one.start, one.created, one.by) for one in opened.history] == [(date(2006, 6, 29), True, "刑法修正案（六）")]
    assert opened.on == date(2010, 1, 1)
    assert services.source("law/刑法/136").history == ()


@pytest.mark.parametrize(
    ("law", "article", "deciding"),
    [
        ("刑法", "390", [("刑法", "12")]),
        ("法释2022-19", "1", [("最高人民法院、最高人民检察院关于适用刑事司法解释时间效力问题的规定", n) for n in "123"]),
        ("安全生产法", "114", [("行政处罚法", "37")]),
    ],
)
def test_two_days_name_the_articles_that_decide(services, law, article, deciding):
    then, now = (services.day_law(law, article, date.fromisoformat(on)) for on in ("2024-01-01", "2024-06-01"))
    found = two_days(then, now, services.sources)
    assert [(one.ref.law, one.ref.article) for one in found.deciding] == deciding


def test_two_days_of_which_one_is_missing_are_not_compared(services):
    then, now = (services.day_law("刑法", "390", date.fromisoformat(on)) for on in ("2012-01-01", "2024-06-01"))
    found = two_days(then, now, services.sources)
    assert found.sentence.startswith("不能对照：")
    assert not any(piece.changed for piece in (*found.then_pieces, *found.now_pieces))
    with pytest.raises(BadDate, match="先后"):
        two_days(now, then, services.sources)
