"""The user's library on a real file: versions by date, neighbours, two writers, a disk that is full or read-only."""

import multiprocessing
import sqlite3
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.domain.library import DocumentKind, LibraryDocument
from assistant.domain.provision import ArticleRef, Provision, Span, TextKind
from assistant.errors import HomeBusy, HomeError
from assistant.store import library_schema
from assistant.store.library import Counts, Library

LAW = "仓库通风条例"


def text(document_id: str, version: date | None, start: date | None = None, end: date | None = None, *, old: bool = False,
         articles: int = 3, words: str = "开窗") -> tuple[LibraryDocument, list[Provision]]:  # fmt: skip
    span = Span(start, end)
    document = LibraryDocument(
        document_id, LAW, f"{document_id}.md", f"sha-{words}", version=version, effective=span, articles=articles,
        superseded=old, doc_no="仓发〔2024〕1号",
    )  # fmt: skip
    return document, [
        Provision(
            ArticleRef(LAW, str(n)),
            f"{words}{n}次。",
            TextKind.ORIGINAL,
            span,
            ("第一章 总则", "第一节 风"),
            document_id,
            n,
            superseded=old,
        )
        for n in range(1, articles + 1)
    ]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "home")


def test_what_goes_in_comes_out(library: Library) -> None:
    document, provisions = text("a", date(2024, 1, 8), date(2024, 5, 1))
    library.replace(document, provisions)
    assert library.documents() == [document]
    assert list(library.provisions()) == provisions
    assert library.by_id("text/a/2") == provisions[1]
    assert library.by_id("text/a/9") is None
    assert library.articles(LAW) == ["1", "2", "3"]
    assert library.titles() == {LAW: LAW, "仓发〔2024〕1号": LAW}
    assert library.counts() == Counts(documents=1, laws=1, articles=3, superseded=0)
    assert library.newest_date() == date(2024, 1, 8)
    assert library.has("a", "sha-开窗")
    assert not library.has("a", "sha-关窗")


def test_an_empty_library_answers(library: Library) -> None:
    assert library.documents() == []
    assert library.provision(LAW, "1", date(2024, 1, 1)) is None
    assert library.newest_date() is None
    assert library.counts() == Counts()
    assert library.neighbours("text/a/1") == []


def test_neighbours_stay_in_the_document(library: Library) -> None:
    library.replace(*text("a", None, articles=5))
    library.replace(*text("b", None, articles=5))
    assert [p.id for p in library.neighbours("text/a/3")] == ["text/a/2", "text/a/4"]
    assert [p.id for p in library.neighbours("text/a/1", 2)] == ["text/a/2", "text/a/3"]


OLD = ("old", date(2010, 3, 1))
NEW = ("new", date(2024, 1, 8))
BY_DATE = [
    # day asked about, spans of old and new, expected
    (date(2024, 4, 30), (date(2010, 5, 1), date(2024, 4, 30)), (date(2024, 5, 1), None), "old"),
    (date(2024, 5, 1), (date(2010, 5, 1), date(2024, 4, 30)), (date(2024, 5, 1), None), "new"),
    (date(2012, 1, 1), (None, None), (None, None), "old"),
    (date(2024, 1, 8), (None, None), (None, None), "new"),
    (date(2025, 1, 1), (date(2010, 5, 1), None), (None, None), "new"),
    (date(2025, 1, 1), (None, None), (date(2024, 5, 1), None), "new"),
    (date(2009, 1, 1), (date(2010, 5, 1), date(2024, 4, 30)), (date(2024, 5, 1), None), "new"),
]


@pytest.mark.parametrize(("on", "old", "new", "expected"), BY_DATE)
def test_the_version_in_force_on_the_day(library: Library, on: date, old: tuple, new: tuple, expected: str) -> None:
    library.replace(*text(*OLD, *old, old=True))
    library.replace(*text(*NEW, *new))
    found = library.provision(LAW, "1", on)
    assert found is not None
    assert found.document == expected


def test_what_is_removed_is_gone_with_what_was_rebuilt_from_it(library: Library) -> None:
    library.replace(*text("a", date(2024, 1, 8)))
    derived, provisions = text("a@2010-01-01", date(2010, 1, 1), old=True)
    library.replace(replace(derived, base="a"), provisions)
    assert library.remove("a")
    assert not library.remove("a")
    assert library.provision(LAW, "1", date(2012, 1, 1)) is None
    assert library.documents() == []


def test_replacing_changes_one_document_and_the_revision(library: Library) -> None:
    library.replace(*text("a", None))
    library.replace(*text("b", None))
    before = library.revision()
    library.replace(*text("a", None, articles=2, words="关窗"))
    assert library.revision() == before + 1
    assert [p.text for p in library.provisions(["a"])] == ["关窗1次。", "关窗2次。"]
    assert len(list(library.provisions(["b"]))) == 3


def test_a_document_that_is_no_law_gives_no_title(library: Library) -> None:
    document, provisions = text("a", date(2024, 1, 8))
    library.replace(replace(document, kind=DocumentKind.DOCUMENT), provisions)
    assert library.titles() == {}
    assert library.newest_date() is None
    assert library.counts().laws == 0


def test_a_write_that_fails_leaves_what_was_there(library: Library) -> None:
    document, provisions = text("a", None)
    library.replace(document, provisions)
    with pytest.raises(HomeError):
        library.replace(document, [*provisions, provisions[0]])
    assert list(library.provisions(["a"])) == provisions
    library.replace(*text("b", None))


def test_reading_goes_on_while_another_thread_writes(library: Library) -> None:
    library.replace(*text("a", None))
    failures: list[Exception] = []

    def write() -> None:
        try:
            for number in range(20):
                library.replace(*text(f"w{number}", None, articles=50))
        except (HomeError, HomeBusy) as error:
            failures.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    while writer.is_alive():
        assert library.by_id("text/a/1") is not None
    writer.join()
    assert failures == []
    assert library.counts().documents == 21


def _write_from_another_process(home: str, name: str) -> None:
    library = Library(Path(home))
    for number in range(5):
        library.replace(*text(f"{name}{number}", None))


def test_two_processes_write_one_after_the_other(library: Library) -> None:
    context = multiprocessing.get_context("spawn")
    home = str(library.file.parent)
    writers = [context.Process(target=_write_from_another_process, args=(home, name)) for name in "pq"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert library.counts().documents == 10


def test_a_lock_held_elsewhere_says_so(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.store.library.BUSY_SECONDS", 0.2)
    with FileLock(library.file.with_name("library.lock")), pytest.raises(HomeBusy, match="另一个程序"):
        library.replace(*text("a", None))


def test_a_database_locked_by_another_program_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.store.library.BUSY_SECONDS", 0.2)
    library = Library(tmp_path)
    other = sqlite3.connect(library.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(HomeBusy):
        library.replace(*text("a", None))
    other.execute("ROLLBACK")
    library.replace(*text("a", None))


def test_a_full_disk_says_so_and_loses_nothing(library: Library) -> None:
    library.replace(*text("a", None))
    pages = library._connection().execute("PRAGMA page_count").fetchone()[0]
    library._connection().execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(HomeError, match="磁盘空间不足"):
        library.replace(*text("b", None, articles=5000))
    assert [document.id for document in library.documents()] == ["a"]


@pytest.mark.parametrize("home", ["/proc/anheng", "file"])
def test_a_home_that_cannot_be_made_says_so(tmp_path: Path, home: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeError, match="无法使用"):
        Library(tmp_path / home / "below")


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(HomeError, match="已损坏"):
        Library(tmp_path)


def test_a_library_on_a_read_only_disk_can_be_asked(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.replace(*text("a", None))
    library.close()
    monkeypatch.setattr("assistant.store.library.os.access", lambda *_: False)
    asked = Library(library.file.parent)
    assert asked.by_id("text/a/1") is not None
    with pytest.raises(HomeError, match="只能读取"):
        asked.replace(*text("b", None))


def test_a_file_of_a_newer_program_is_left_alone(library: Library) -> None:
    library._connection().execute("UPDATE schema_version SET version = 99")
    library.close()
    with pytest.raises(HomeError, match="升级"):
        Library(library.file.parent)


def test_a_step_that_fails_leaves_the_old_schema(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.replace(*text("a", None))
    library.close()

    def breaks(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE provisions")
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patched:
        patched.setattr(library_schema, "MIGRATIONS", [*library_schema.MIGRATIONS, breaks])
        with pytest.raises(HomeError):
            Library(library.file.parent)
    assert Library(library.file.parent).by_id("text/a/1") is not None
