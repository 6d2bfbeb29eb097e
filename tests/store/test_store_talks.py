"""Conversations searched, renamed, asked anew, gone on from elsewhere, and deleted so that no byte of them stays."""

import json
import sqlite3
from datetime import date

import pytest
from sqlalchemy import create_engine

from assistant.errors import NotFound, UsageError
from assistant.store.lessons import Lessons
from assistant.store.migrations import MIGRATIONS, m001_conversations, m002_feedback, migrate
from assistant.store.repository import Feedback, Repository, Turn
from assistant.store.talks import Talks
from assistant.store.words import excerpt, said


def answer(text, title="《刑法》第一百三十四条"):
    return {"claims": [{"text": text}], "citations": [{"title": title}]}


@pytest.fixture
def repository(tmp_path):
    store = Repository.in_home(tmp_path)
    yield store
    store.close()


@pytest.fixture
def talks(repository):
    return Talks(repository)


def talk(repository, owner="甲", title="矿难", turns=("一", "二", "三")):
    key = repository.start(owner, title)
    for name in turns:
        repository.add_turn(owner, key, Turn(f"{key}{name}", f"问{name}", answer(f"答{name}：三年以下"), date(2021, 3, 1)))
    return key


def found(talks, query, owner="甲"):
    return [match.conversation.title for match in talks.search(owner, query)]


def test_words_are_found_in_titles_questions_answers_and_citations(repository, talks):
    talk(repository, title="煤仓")
    key = repository.start("甲", "电焊")
    repository.add_turn("甲", key, Turn("x", "无证电焊起火ABC", answer("处十日以下拘留", "《消防法》第六十三条")))
    assert found(talks, "煤仓") == ["煤仓"]
    assert found(talks, "无证电焊") == ["电焊"]
    assert found(talks, "拘留") == ["电焊"]
    assert found(talks, "消防法 拘留") == ["电焊"]
    assert found(talks, "abc") == ["电焊"]
    assert found(talks, "三年以下") == ["煤仓"]
    assert found(talks, "消防法 煤仓") == []
    assert found(talks, "  ") == []


@pytest.mark.parametrize("query", ["%", "_", "50%", "\\", "'; DROP TABLE turns; --"])
def test_signs_of_the_database_are_plain_words(repository, talks, query):
    key = repository.start("甲", "罚")
    repository.add_turn("甲", key, Turn("x", "按百分之五十罚", answer("是")))
    assert found(talks, query) == []
    repository.add_turn("甲", key, Turn("y", f"写着 {query} 的", answer("是")))
    assert found(talks, query) == ["罚"]


def test_nobody_finds_or_changes_the_talk_of_another(repository, talks):
    key = talk(repository)
    assert found(talks, "三年", owner="乙") == []
    for act in (
        lambda: talks.get("乙", key),
        lambda: talks.rename("乙", key, "我的"),
        lambda: talks.branch("乙", key, f"{key}一"),
        lambda: talks.put("乙", key, Turn("n", "问", answer("答")), f"{key}一", later_stay=True),
        lambda: Lessons(repository).opened("乙", f"{key}一", "law/刑法/134"),
    ):
        with pytest.raises(NotFound):
            act()
    assert talks.get("甲", key).title == "矿难"
    assert [turn.question for turn in repository.turns("甲", key)] == ["问一", "问二", "问三"]


def test_an_excerpt_shows_where_a_word_stands():
    assert excerpt("前" * 40 + "危险作业罪" + "后" * 60, ["作业"]) == "…" + "前" * 16 + "危险作业罪" + "后" * 33 + "…"
    assert excerpt("危险作业", ["无"]) == ""
    assert said({}) == ""


def test_a_talk_is_renamed_and_an_empty_or_long_name_refused(repository, talks):
    key = talk(repository)
    talks.rename("甲", key, "  煤仓 \n 溃仓 ")
    assert talks.get("甲", key).title == "煤仓 溃仓"
    for name, sentence in ((" \n", "不能是空的"), ("长" * 61, "60字以内")):
        with pytest.raises(UsageError, match=sentence):
            talks.rename("甲", key, name)
    assert talks.get("甲", key).title == "煤仓 溃仓"


@pytest.mark.parametrize(("later_stay", "left"), [(True, ["问一", "新问", "问三"]), (False, ["问一", "新问"])])
def test_a_turn_takes_the_place_of_another(repository, talks, later_stay, left):
    key = talk(repository)
    repository.add_feedback("甲", f"{key}二", Feedback("有误"))
    talks.put("甲", key, Turn("new", "新问", answer("新答")), f"{key}二", later_stay=later_stay)
    assert [turn.question for turn in repository.turns("甲", key)] == left
    assert repository.feedback("甲", key) == []
    repository.add_turn("甲", key, Turn("next", "再问", answer("答")))
    assert [turn.question for turn in repository.turns("甲", key)] == [*left, "再问"]


def test_a_turn_that_is_gone_is_said_and_nothing_is_lost(repository, talks):
    key, other = talk(repository), talk(repository, title="别的")
    for gone in ("none", f"{other}一"):
        with pytest.raises(NotFound, match="刷新页面"):
            talks.put("甲", key, Turn("n", "问", answer("答")), gone, later_stay=False)
        with pytest.raises(NotFound, match="刷新页面"):
            talks.branch("甲", key, gone)
    assert len(repository.turns("甲", key)) == len(repository.turns("甲", other)) == 3
    assert len(repository.conversations("甲")) == 2


def test_a_branch_is_a_talk_of_its_own(repository, talks):
    key = talk(repository)
    branch = talks.branch("甲", key, f"{key}二")
    old, new = repository.turns("甲", key), repository.turns("甲", branch)
    assert [(t.question, t.answer, t.on) for t in new] == [(t.question, t.answer, t.on) for t in old[:2]]
    assert {t.id for t in old}.isdisjoint(t.id for t in new)
    assert talks.get("甲", branch).title == "另起：矿难"
    repository.delete("甲", key)
    assert len(repository.turns("甲", branch)) == 2


def bytes_left(home, *words):
    """Which of the words stand, as text or as JSON escapes, in any file of the home."""
    raw = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    return [word for word in words if word.encode() in raw or json.dumps(word)[1:-1].encode() in raw]


def test_what_is_deleted_is_no_longer_in_the_file(repository, talks, tmp_path):
    kept, gone = talk(repository, title="留下"), repository.start("甲", "灰飞烟灭")
    words = ["灰飞烟灭", "张三丰的案子", "杳如黄鹤", "挥之即去", "law/秘密法/7"]
    repository.add_turn("甲", gone, Turn("x", "张三丰的案子" * 900, answer("杳如黄鹤" * 900)))
    repository.add_feedback("甲", "x", Feedback("有误", "", "挥之即去"))
    Lessons(repository).opened("甲", "x", "law/秘密法/7")
    assert bytes_left(tmp_path, *words) == words
    repository.delete("甲", gone)
    assert bytes_left(tmp_path, *words) == []
    assert len(repository.turns("甲", kept)) == 3


def test_what_is_deleted_leaves_the_write_ahead_log_too(tmp_path):
    with sqlite3.connect(tmp_path / "anheng.db") as raw:
        raw.execute("PRAGMA journal_mode=WAL")
    store = Repository.in_home(tmp_path)
    key = store.start("甲", "灰飞烟灭")
    store.add_turn("甲", key, Turn("x", "张三丰的案子" * 900, answer("杳如黄鹤")))
    assert (tmp_path / "anheng.db-wal").stat().st_size > 0
    store.delete("甲", key)
    assert bytes_left(tmp_path, "灰飞烟灭", "张三丰的案子", "杳如黄鹤") == []
    store.close()


def test_a_turn_asked_anew_is_overwritten_in_the_file(repository, talks, tmp_path):
    key = talk(repository)
    repository.add_turn("甲", key, Turn("x", "张三丰的案子" * 50, answer("杳如黄鹤" * 900)))
    talks.put("甲", key, Turn("y", "改过的问题", answer("新答")), "x", later_stay=False)
    assert bytes_left(tmp_path, "张三丰的案子", "杳如黄鹤") == []
    assert bytes_left(tmp_path, "改过的问题") == ["改过的问题"]


def test_answers_of_an_older_version_are_found_too(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'anheng.db'}")
    migrate(engine, (m001_conversations, m002_feedback))
    with sqlite3.connect(tmp_path / "anheng.db") as raw:
        raw.execute("INSERT INTO conversations VALUES ('c', '甲', '旧的', '2026-01-01 00:00:00', '2026-01-01 00:00:00')")
        row = ("t", "c", 0, "旧问", None, json.dumps(answer("相对不起诉")), "2026-01-01 00:00:00")
        raw.execute("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    engine.dispose()
    store = Repository.in_home(tmp_path)
    assert found(Talks(store), "相对不起诉") == ["旧的"]
    assert len(MIGRATIONS) >= 4
    store.close()


def test_what_readers_show_is_kept_with_its_question(repository):
    key, lessons = talk(repository), Lessons(repository)
    repository.add_feedback("甲", f"{key}二", Feedback("有用"))
    lessons.opened("甲", f"{key}三", "law/刑法/134")
    lessons.opened("甲", f"{key}三", "law/刑法/135")
    shown = [(lesson.question, [f.verdict for f in lesson.feedback], lesson.opened) for lesson in lessons.all()]
    assert shown == [("问二", ["有用"], []), ("问三", [], ["law/刑法/134", "law/刑法/135"])]
    repository.delete("甲", key)
    assert list(lessons.all()) == []
