"""What programs get over the official texts: the wording of the day, and what is no longer in force says so."""

from datetime import date
from pathlib import Path

import pytest

from assistant.api import lookup
from assistant.errors import UnknownLaw
from assistant.services import Services
from assistant.settings import Settings

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
REPEALED = "特种作业人员安全技术培训考核管理规定"


class TestBuiltIn:
    @pytest.mark.parametrize(
        ("law", "article", "on", "status"),
        [
            ("安全生产法", "", date(2026, 11, 1), "现行有效"),
            ("《安全生产法》", "", date(2026, 11, 1), "现行有效"),
            ("刑法第一百三十四条之一", "", date(2026, 11, 1), "现行有效"),
            ("刑法", "134-1", date(2021, 2, 28), "尚未施行"),
            ("刑法", "134-1", date(2021, 3, 1), "现行有效"),
            (REPEALED, "", date(2026, 5, 31), "现行有效"),
            (REPEALED, "", date(2026, 6, 1), "已废止"),
            (REPEALED, "5", date(2026, 6, 1), "已废止"),
            ("煤矿安全监察条例", "", date(2024, 5, 1), "已废止"),
        ],
    )
    def test_currency_the_day_before_and_after(self, services, law, article, on, status):
        known = lookup.currency(services, law, article, on)
        assert (known.status, known.in_force) == (status, status == "现行有效")
        assert known.in_force or known.warnings

    def test_a_law_that_is_not_here_is_never_called_repealed(self, services):
        with pytest.raises(UnknownLaw, match="库中没有《假想安全法》"):
            lookup.currency(services, "假想安全法", "", None)

    def test_a_law_and_its_article_say_the_same(self, services):
        whole, article = (lookup.currency(services, REPEALED, number, date(2026, 11, 1)) for number in ("", "5"))
        assert whole.status == article.status == "已废止"
        assert whole.superseded_by == article.superseded_by
        assert "第19号" in whole.superseded_by


@pytest.mark.official
@pytest.mark.skipif(not SHARED.exists(), reason="official texts are not at hand: ../shared")
class TestOfficial:
    @pytest.fixture(scope="class")
    @classmethod
    def services(cls, tmp_path_factory):
        made = Services(Settings(home=tmp_path_factory.mktemp("api")))
        made.import_paths([SHARED / "official/刑法"])
        return made

    @pytest.mark.parametrize(
        ("on", "start", "end"),
        [
            (date(2021, 2, 28), date(2006, 6, 29), date(2021, 2, 28)),
            (date(2021, 3, 1), date(2021, 3, 1), None),
        ],
    )
    def test_the_wording_of_the_day_with_its_dates(self, services, on, start, end):
        article = lookup.article(services, "刑法", "134", on)
        assert (article.text_kind, article.status) == ("原文", "现行有效")
        assert (article.effective_from, article.effective_to) == (start, end)
        assert article.warnings == []

    def test_search_gives_the_wording_and_says_what_holds_on_the_day(self, services):
        for on, status in ((date(2021, 2, 28), "尚未施行"), (date(2021, 3, 1), "现行有效")):
            hits = lookup.search(services, "刑法第一百三十四条之一", 3, "provision", on).hits
            assert (hits[0].title, hits[0].text_kind, hits[0].status) == ("《刑法》第一百三十四条之一", "原文", status)

    def test_a_quotation_is_compared_with_the_wording(self, services):
        words = lookup.article(services, "刑法", "134-1", None).text.splitlines()[0]
        for quoted, verdict in ((words, "一致"), (words.replace("一年", "三年"), "文字有误")):
            assert quoted != words or verdict == "一致"
            checked = lookup.check(services, f"《刑法》第一百三十四条之一第一款规定：“{quoted}”", None)
            assert [one.verdict for one in checked.findings] == [verdict]
            assert checked.all_right is (verdict == "一致")
