"""Conversations: each owner has their own; what is deleted is gone; the schema grows by named steps."""

import sqlite3
from datetime import date

import pytest
from sqlalchemy import create_engine, inspect

from assistant.errors import HomeError, NotFound
from assistant.store import ledger_tables
from assistant.store.migrations import MIGRATIONS, m001_conversations, migrate
from assistant.store.repository import Feedback, Repository, Turn
from assistant.store.tables import Base

assert ledger_tables  # its tables are among those that are compared


@pytest.fixture
def repository(tmp_path):
    store = Repository.in_home(tmp_path / "new" / "home")
    yield store
    store.close()


def test_turns_come_back_in_order_after_reopening(tmp_path):
    first = Repository.in_home(tmp_path)
    talk = first.start("甲", "矿难")
    for n in range(3):
        first.add_turn("甲", talk, Turn(f"t{n}", f"问{n}", {"claims": [{"text": "<b>"}]}, date(2021, 3, n + 1)))
    first.close()
    again = Repository.in_home(tmp_path)
    turns = again.turns("甲", talk)
    assert [turn.question for turn in turns] == ["问0", "问1", "问2"]
    assert turns[2] == Turn("t2", "问2", {"claims": [{"text": "<b>"}]}, date(2021, 3, 3))
    again.close()


def test_the_latest_talk_comes_first(repository):
    old, new = repository.start("甲", "旧"), repository.start("甲", "新")
    repository.add_turn("甲", new, Turn("a", "问", {}))
    repository.add_turn("甲", old, Turn("b", "问", {}))
    assert [c.title for c in repository.conversations("甲")] == ["旧", "新"]


@pytest.mark.parametrize(
    "act",
    [
        lambda r, talk: r.turns("乙", talk),
        lambda r, talk: r.delete("乙", talk),
        lambda r, talk: r.add_turn("乙", talk, Turn("x", "问", {})),
        lambda r, talk: r.add_feedback("乙", "t", Feedback("有用")),
        lambda r, talk: r.feedback("乙", talk),
    ],
)
def test_nobody_reaches_the_talk_of_another(repository, act):
    talk = repository.start("甲", "私")
    repository.add_turn("甲", talk, Turn("t", "问", {}))
    with pytest.raises(NotFound, match=r"请新建|没有保存"):
        act(repository, talk)
    assert repository.conversations("乙") == []
    assert len(repository.turns("甲", talk)) == 1


def test_feedback_is_kept_with_its_sentence_and_goes_with_the_talk(repository, tmp_path):
    talk = repository.start("甲", "私")
    repository.add_turn("甲", talk, Turn("t", "问", {}))
    repository.add_feedback("甲", "t", Feedback("有误", "三年以下", "应为七年"))
    assert repository.feedback("甲", talk) == [("t", Feedback("有误", "三年以下", "应为七年"))]
    repository.delete("甲", talk)
    with sqlite3.connect(tmp_path / "new" / "home" / "anheng.db") as raw:
        left = [raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("conversations", "turns", "feedback")]
    assert left == [0, 0, 0]


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_blank_and_oldest_schema_end_the_same(tmp_path, kind, request):
    if kind == "sqlite":
        urls = [f"sqlite:///{tmp_path / name}.db" for name in ("blank", "oldest")]
    else:
        server = request.getfixturevalue("postgres")
        urls = [server.fresh(name).replace("://", "+psycopg://") for name in ("blank", "oldest")]
    blank, oldest = map(create_engine, urls)
    migrate(blank)
    assert migrate(oldest, (m001_conversations,)) == ["m001_conversations"]
    assert migrate(oldest) == [m.__name__ for m in MIGRATIONS[1:]]
    assert migrate(oldest) == []
    expected = {table.name: {c.name: c.nullable for c in table.columns} for table in Base.metadata.sorted_tables}
    for engine in (blank, oldest):
        seen = inspect(engine)
        found = {name: {c["name"]: c["nullable"] for c in seen.get_columns(name)} for name in expected}
        for columns in found.values():
            if "id" in columns:
                columns["id"] = False  # a primary key is never null; SQLite does not say so
        assert found == expected
        engine.dispose()


def test_a_damaged_file_is_one_sentence_and_is_left_alone(tmp_path):
    file = tmp_path / "anheng.db"
    file.write_bytes(b"not a database at all, far from it" * 50)
    before = file.read_bytes()
    with pytest.raises(HomeError, match="咨询记录无法读写"):
        Repository.in_home(tmp_path)
    assert file.read_bytes() == before


def test_a_home_that_is_a_file_is_one_sentence(tmp_path):
    (tmp_path / "home").write_text("x")
    with pytest.raises(HomeError, match="ANHENG_HOME"):
        Repository.in_home(tmp_path / "home")
