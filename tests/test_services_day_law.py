"""The law of the day over the official texts: every wording that can be rebuilt is compared with the amendment that made it."""

import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from assistant.domain.history import Standing
from assistant.domain.provision import TextKind
from assistant.services import Services
from assistant.settings import Settings

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
LAWS = SHARED / "official/刑法"
pytestmark = [
    pytest.mark.official,
    pytest.mark.skipif(not SHARED.exists(), reason="official texts are not at hand: ../shared"),
]
DAYS = ["1998-01-01", "2007-01-01", "2012-01-01", "2020-12-31", "2021-03-01", "2024-02-29", "2024-03-01"]
NOW = "now"
# What holds on each of the days: the amendment and clause that has the wording, now (the consolidated text), - (no such
# article yet), ? (not at hand).
TABLE = {
    "133-1": "- - 八22 九8 九8 九8 九8",
    "134": "? 六1 六1 六1 now now now",
    "135": "? 六2 六2 六2 六2 六2 六2",
    "139-1": "- 六4 六4 六4 六4 六4 六4",
    "229": "? ? ? ? 十一25 十一25 十一25",
    "280": "? ? ? 九22 九22 九22 九22",
    "390": "? ? ? 九45 九45 九45 十二5",
    "134-1": "- - - - 十一4 十一4 十一4",
    "136": "now now now now now now now",
}
ROWS = [(article, on, wanted) for article, cells in TABLE.items() for on, wanted in zip(DAYS, cells.split(), strict=True)]


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    made = Services(Settings(home=tmp_path_factory.mktemp("day")))
    made.import_paths([LAWS])
    return made


def words(text):
    """Letters and digits alone."""
    return re.sub(r"[^\w]", "", unicodedata.normalize("NFKC", text))


def clause(which):
    """The words of a clause of an amendment: 九45."""
    number, at = re.fullmatch(r"(\D+)(\d+)", which).groups()
    (path,) = LAWS.glob(f"刑法修正案（{number}）*.md")
    numeral = {"1": "一", "2": "二", "4": "四", "5": "五", "8": "八", "22": "二十二", "25": "二十五", "45": "四十五"}[at]
    found = re.search(rf"^{numeral}、(.*?)(?=^[一二三四五六七八九十]+、|\Z)", path.read_text(encoding="utf-8"), re.M | re.S)
    return words(found.group(1))


def consolidated(article):
    numeral = {"134": "一百三十四", "136": "一百三十六"}[article]
    text = (LAWS / "刑法.md").read_text(encoding="utf-8")
    return words(re.search(rf"^第{numeral}条\s(.*?)(?=^第.{{1,12}}条)", text, re.M | re.S).group(1))


@pytest.mark.parametrize(("article", "on", "wanted"), ROWS)
def test_the_wording_of_the_day_is_that_of_the_official_text(services, article, on, wanted):
    on = date.fromisoformat(on)
    found = services.day_law("刑法", article, on)
    if wanted in {"-", "?"}:
        assert found.standing is (Standing.ABSENT if wanted == "-" else Standing.UNKNOWN)
        assert ("还没有" if wanted == "-" else "不能还原") in found.sentence
        assert found.provision.effective.start > on
        return
    assert (found.standing, found.sentence, found.provision.kind) == (Standing.IN_FORCE, "", TextKind.ORIGINAL)
    assert found.provision.effective.holds(on)
    shown = words(found.provision.text)
    assert shown == consolidated(article) if wanted == NOW else shown and clause(wanted).endswith(shown)


def test_the_nearest_wording_is_shown_and_not_the_newest(services):
    assert services.law("刑法", "390", date(2012, 1, 1)).effective.start == date(2015, 11, 1)


def test_a_paragraph_that_was_added_later_is_not_in_the_earlier_wording(services):
    before, after = (services.law("刑法", "67", date.fromisoformat(on)) for on in ("2011-04-30", "2011-05-01"))
    assert len(after.text.splitlines()) == len(before.text.splitlines()) + 1
    assert after.text.startswith(before.text)


def test_the_paragraphs_that_an_amendment_left_alone_are_named(services):
    found = services.day_law("刑法", "115", date(1998, 1, 1))
    assert found.standing is Standing.UNKNOWN
    assert "第二款没有改动" in found.sentence


def test_an_article_that_was_deleted_is_shown_as_it_last_read(services):
    found = services.day_law("刑法", "199", date(2020, 1, 1))
    assert (found.standing, found.provision.effective.end) == (Standing.ENDED, date(2015, 10, 31))
    assert "自2015年11月1日起已被删去" in found.sentence
    assert services.day_law("刑法", "199", date(2013, 1, 1)).standing is Standing.IN_FORCE


def test_amendments_of_a_single_clause_count_too(services):
    assert services.day_law("刑法", "342", date(2001, 8, 30)).standing is Standing.UNKNOWN
    assert services.day_law("刑法", "342", date(2001, 8, 31)).standing is Standing.IN_FORCE


def test_without_the_amendments_our_dates_still_hold(tmp_path):
    made = Services(Settings(home=tmp_path))
    made.import_paths([LAWS / "刑法.md"])
    assert made.day_law("刑法", "134-1", date(2020, 1, 1)).standing is Standing.ABSENT
    assert made.day_law("刑法", "135", date(2000, 1, 1)).standing is Standing.UNKNOWN
