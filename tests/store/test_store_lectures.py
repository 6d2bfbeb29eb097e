"""Lectures kept: versions in order, found by their words, each its owner's alone, gone without a trace."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, inspect

from assistant.errors import HomeError, NotFound
from assistant.store.lectures import Lectures
from assistant.store.migrations import MIGRATIONS, m007_lectures, migrate
from assistant.store.repository import FILE, Repository
from assistant.store.tables import Base


@pytest.fixture
def repository(tmp_path):
    store = Repository.in_home(tmp_path)
    yield store
    store.close()


@pytest.fixture
def lectures(repository):
    return Lectures(repository)


def test_each_save_is_the_next_version_and_the_former_stay(lectures):
    key, first = lectures.save("甲", "动火", {"n": 1}, "动火作业")
    again, second = lectures.save("甲", "动火（改）", {"n": 2}, "动火作业 监护人", key)
    assert (again, first, second) == (key, 1, 2)
    assert lectures.load("甲", key).content == {"n": 2}
    assert lectures.load("甲", key, 1).content == {"n": 1}
    assert [(one.title, one.version) for one in lectures.find("甲")] == [("动火（改）", 2)]
    with pytest.raises(NotFound, match="没有这个版本"):
        lectures.load("甲", key, 9)


def test_they_are_found_by_title_and_by_what_they_say_in_their_latest_version(lectures):
    key, _ = lectures.save("甲", "动火", {}, "监护人不得离岗")
    lectures.save("甲", "瞒报", {}, "1小时内报告")
    assert [one.title for one in lectures.find("甲")] == ["瞒报", "动火"]
    assert [one.title for one in lectures.find("甲", "监护人")] == ["动火"]
    assert [one.title for one in lectures.find("甲", "瞒报 报告")] == ["瞒报"]
    assert lectures.find("甲", "100%") == []
    lectures.save("甲", "动火", {}, "没有人看着", key)
    assert lectures.find("甲", "监护人") == []


def test_nobody_reads_anothers(lectures):
    key, _ = lectures.save("甲", "动火", {}, "秘密")
    assert lectures.find("乙") == []
    for act in (
        lambda: lectures.load("乙", key),
        lambda: lectures.delete("乙", key),
        lambda: lectures.save("乙", "x", {}, "", key),
    ):
        with pytest.raises(NotFound, match="已不在记录里"):
            act()
    assert lectures.load("甲", key).title == "动火"


def test_what_is_deleted_leaves_no_byte(lectures, tmp_path):
    key, _ = lectures.save("甲", "动火", {"text": "zzz-secret-zzz"}, "zzz-secret-zzz")
    lectures.save("甲", "动火", {"text": "zzz-secret-zzz"}, "", key)
    lectures.delete("甲", key)
    assert lectures.find("甲") == []
    assert b"zzz-secret-zzz" not in b"".join(path.read_bytes() for path in tmp_path.glob(f"{FILE}*"))


def test_two_builds_at_once_both_stay(lectures):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: lectures.save("甲", f"第{n}讲", {"n": n}, ""), range(12)))
    assert len(lectures.find("甲")) == 12


def test_a_disk_that_cannot_be_written_is_one_sentence(repository, lectures):
    with repository._engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(HomeError, match="磁盘空间"):
        lectures.save("甲", "动火", {"text": "x" * 4_000_000}, "")


def test_a_database_from_before_gets_the_tables(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / FILE}")
    older = tuple(one for one in MIGRATIONS if one is not m007_lectures)
    migrate(engine, older)
    assert "lectures" not in inspect(engine).get_table_names()
    assert migrate(engine) == ["m007_lectures"]
    made = {
        table: {column["name"] for column in inspect(engine).get_columns(table)} for table in ("lectures", "lecture_versions")
    }
    assert made == {table: set(Base.metadata.tables[table].columns.keys()) for table in made}
