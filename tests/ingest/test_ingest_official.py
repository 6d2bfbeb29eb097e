"""The official folders as they are: every quirk that is known of them, and how long an import takes."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.domain.library import DocumentKind, LibraryDocument
from assistant.domain.provision import Law, Span
from assistant.ingest.health import Damage
from assistant.ingest.pipeline import import_paths
from assistant.ingest.report import ImportReport, Outcome
from assistant.store.library import Library

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
FOLDERS = [SHARED / name for name in ("official", "official_recent", "corpus_full")]
CPU_SECONDS = 60
pytestmark = [pytest.mark.official, pytest.mark.skipif(not SHARED.exists(), reason="official texts are not at hand: ../shared")]

KNOWN = {
    law.title: law
    for law in (
        Law("安全生产法", promulgated=date(2021, 6, 10), effective=Span(date(2021, 9, 1)), doc_no="主席令第88号"),
        Law("煤矿重大事故隐患判定标准", effective=Span(date(2026, 7, 1)), doc_no="应急管理部令第21号"),
        Law("生产安全事故应急预案管理办法", promulgated=date(2019, 7, 11), effective=Span(date(2019, 9, 1))),
        Law("煤矿安全监察条例", effective=Span(date(2000, 12, 1), date(2024, 4, 30)), superseded_by="煤矿安全生产条例"),
    )
}
CRIME = "最高人民法院、最高人民检察院关于办理危害生产安全刑事案件适用法律若干问题的解释"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, ImportReport, float]]:
    library = Library(tmp_path_factory.mktemp("home"))
    start = time.process_time()
    report = import_paths(FOLDERS, library, KNOWN)
    yield library, report, time.process_time() - start
    library.close()


@pytest.fixture
def library(imported: tuple[Library, ImportReport, float]) -> Library:
    return imported[0]


@pytest.fixture
def report(imported: tuple[Library, ImportReport, float]) -> ImportReport:
    return imported[1]


def texts(library: Library, title: str) -> list[LibraryDocument]:
    return [document for document in library.documents() if document.title == title and not document.base]


def test_everything_is_read_in_time(imported: tuple[Library, ImportReport, float]) -> None:
    library, report, seconds = imported
    assert report.failures == []
    assert report.files > 1600
    assert library.counts().articles > 66_000
    assert seconds < CPU_SECONDS


def test_importing_twice_changes_nothing(library: Library) -> None:
    revision, counts = library.revision(), library.counts()
    report = import_paths(FOLDERS, library, KNOWN)
    assert not report.changed
    assert (library.revision(), library.counts()) == (revision, counts)


def test_navigation_is_passed_over(report: ImportReport) -> None:
    skipped = [result.source for result in report.of(Outcome.SKIPPED)]
    assert len([name for name in skipped if name.endswith("_index.md")]) == 20
    assert {Path(name).name for name in skipped} == {"_index.md", "README.md", "MANIFEST.tsv"}


def test_the_same_text_in_two_folders_counts_once(report: ImportReport) -> None:
    twice = {result.title for result in report.of(Outcome.DUPLICATE)}
    assert {"职业病防治法", "广告法", "居民身份证法"} <= twice


@pytest.mark.parametrize(("title", "start"), [
    ("安全生产法", date(2021, 9, 1)), (CRIME, date(2015, 12, 16)), (CRIME + "（二）", date(2022, 12, 19)),
    ("煤矿安全生产条例", date(2024, 5, 1)), ("危险化学品安全法", date(2026, 5, 1)), ("生产安全事故罚款处罚规定", date(2024, 3, 1)),
    ("煤矿重大事故隐患判定标准", date(2026, 7, 1)), ("生产安全事故应急预案管理办法", date(2019, 9, 1)),
    ("刑法修正案（十一）", date(2021, 3, 1)), ("刑法修正案（十二）", date(2024, 3, 1)), ("刑法修正案（六）", date(2006, 6, 29)),
    ("治安管理处罚法", None), ("危险化学品安全管理条例", None),
])  # fmt: skip
def test_dates_of_effect(library: Library, title: str, start: date | None) -> None:
    assert [document.effective.start for document in texts(library, title)] == [start]


def test_a_repealed_law_has_its_last_day(library: Library) -> None:
    assert [document.effective.end for document in texts(library, "煤矿安全监察条例")] == [date(2024, 4, 30)]


def test_a_number_before_the_title_is_the_number(library: Library) -> None:
    assert texts(library, "生产安全事故罚款处罚规定")[0].doc_no == "应急管理部令第14号"
    assert library.titles()["法释〔2022〕19号"] == CRIME + "（二）"


def test_of_several_versions_one_is_current(library: Library) -> None:
    newest, oldest = texts(library, "突发事件应对法")
    assert (newest.superseded, newest.effective) == (False, Span(date(2024, 11, 1)))
    assert (oldest.superseded, oldest.effective) == (True, Span(date(2007, 11, 1), date(2024, 10, 31)))
    assert [document.superseded for document in texts(library, "道路运输条例")] == [False, True, True]


def test_the_civil_code_is_one_law(library: Library) -> None:
    parts = texts(library, "民法典")
    assert len(parts) == 8
    assert {document.effective.start for document in parts} == {date(2021, 1, 1)}
    assert library.articles("民法典") == [str(number) for number in range(1, 1261)]


def test_criminal_law_by_date(library: Library) -> None:
    for day, law in [(date(2021, 2, 28), "@2006-06-29"), (date(2021, 3, 1), "")]:
        found = library.provision("刑法", "134", day)
        assert found is not None
        assert found.document.endswith(law) if law else "@" not in found.document
        assert found.effective.holds(day)
    added = library.provision("刑法", "134-1", date(2026, 1, 1))
    assert added is not None
    assert added.effective.start == date(2021, 3, 1)
    assert len(library.articles("刑法")) == 505
    assert "1" in library.articles("刑法修正案（十一）")


def test_cases_are_no_law(library: Library) -> None:
    cases = [document for document in library.documents() if document.source.startswith("案例/")]
    assert len(cases) > 50
    assert {document.kind for document in cases} == {DocumentKind.DOCUMENT}


def test_what_is_damaged_in_the_folders_is_found(report: ImportReport) -> None:
    found = {(finding.law, finding.article): finding.damage for finding in report.findings}
    assert found["建设工程抗震管理条例", "18"] is Damage.CUT
    assert found["飞行基本规则", "2"] is Damage.GAP
    assert found["人体损伤程度鉴定标准", ""] is Damage.NO_ARTICLES
    assert len(report.findings) < 70


def test_no_page_number_stays_in_a_quoted_text(library: Library) -> None:
    found = library.provision("机关、团体、企业、事业单位消防安全管理规定", "14", date(2020, 1, 1))
    assert found is not None
    assert "- 6 -" not in found.text


def test_a_heading_without_a_number_is_no_part_of_the_article_above(library: Library) -> None:
    found = library.provision("刑事诉讼法", "307", date(2026, 1, 1))
    assert found is not None
    assert found.text.endswith("。")
