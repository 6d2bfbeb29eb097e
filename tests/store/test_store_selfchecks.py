"""Answers of a self-check: kept at once, only added, of one owner."""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace

import pytest
from outside import ROOT
from sqlalchemy import create_engine, text

from assistant.domain.ledger import Evidence
from assistant.domain.selfcheck import Given
from assistant.errors import NotFound, UsageError
from assistant.settings import Settings
from assistant.store.migrations import m001_conversations, migrate
from assistant.store.repository import FILE, Repository
from assistant.store.selfchecks import SelfChecks

ME, YOU = "o" * 24, "p" * 24
PHOTO = Evidence("后厨.jpg", "ab" * 32, 1234)


@pytest.fixture
def opening(tmp_path, database):
    """Opens the same new database again and again."""
    opened = []

    def go():
        opened.append(Repository.of(Settings(home=tmp_path, **database)))
        return opened[-1]

    yield go
    for one in opened:
        one.close()


@pytest.fixture
def store(opening):
    return SelfChecks(opening())


def begun(store, owner=ME, site="南山路12号餐饮店"):
    return store.begin(owner, site, "checklist.sample", ["dormitory"], "约12人", "张三", {"gas": "1"})


def says(reply, **more):
    return lambda before: replace(before, reply=reply, **more)


def test_a_check_comes_back_as_it_was_left(store, opening):
    check = begun(store)
    store.answer(ME, check.id, "gas", says("是", who="张三"))
    store.answer(ME, check.id, "alarm", says("否", note="小盒子坏了", files=(PHOTO,), confirmed=True, who="李四"))
    later = SelfChecks(opening())
    assert later.get(ME, check.id) == check
    alarm = later.answers(ME, check.id)["alarm"]
    assert (alarm.reply, alarm.note, alarm.files, alarm.confirmed, alarm.who) == ("否", "小盒子坏了", (PHOTO,), True, "李四")
    assert later.files() == {PHOTO.sha256}


def test_the_latest_answer_counts_and_every_earlier_one_stays(store):
    check = begun(store)
    for reply, who in (("是", "张三"), ("否", "李四"), ("部分", "张三")):
        before, after = store.answer(ME, check.id, "gas", says(reply, who=who))
    assert (before.reply, before.who, after.reply) == ("否", "李四", "部分")
    assert store.answers(ME, check.id)["gas"].reply == "部分"
    assert [(one.reply, one.who) for one in store.history(ME, check.id, "gas")] == [
        ("是", "张三"),
        ("否", "李四"),
        ("部分", "张三"),
    ]


def test_several_sites_each_with_its_checks_the_latest_first(store):
    first, second, other = begun(store), begun(store), begun(store, site=" 一号  仓库 ")
    assert [one.name for one in store.sites(ME)] == ["一号 仓库", "南山路12号餐饮店"]
    assert [one.id for one in store.checks(ME, first.site.id)] == [second.id, first.id]
    assert {one.id for one in store.checks(ME)} == {first.id, second.id, other.id}


def test_nobody_sees_or_changes_another_owners(store):
    check = begun(store)
    assert (store.sites(YOU), store.checks(YOU)) == ([], [])
    for act in (
        lambda: store.get(YOU, check.id),
        lambda: store.answers(YOU, check.id),
        lambda: store.answer(YOU, check.id, "gas", says("否")),
        lambda: store.change(YOU, check.id, finished=True),
        lambda: store.remove(YOU, check.id),
    ):
        with pytest.raises(NotFound, match="这次自查已不在记录里"):
            act()
    assert store.answers(ME, check.id) == {}
    assert begun(store, YOU).site.id != check.site.id


def test_a_colleague_joins_by_the_code_and_answers_but_deletes_nothing(store):
    check = begun(store)
    with pytest.raises(NotFound, match="邀请码找不到场所"):
        store.join(YOU, "0" * 32)
    assert store.join(YOU, f" {check.site.id} ").own is False
    store.join(YOU, check.site.id)  # twice is once
    assert [one.id for one in store.checks(YOU)] == [check.id]
    store.answer(YOU, check.id, "gas", says("是", who="李四"))
    assert store.answers(ME, check.id)["gas"].who == "李四"
    assert store.owner(YOU, check.id) == ME
    with pytest.raises(UsageError, match="只有建立它的人能删除"):
        store.remove(YOU, check.id)
    later = store.begin(YOU, check.site.name, "checklist.sample", [], "", "李四", {})
    assert later.site.id == check.site.id
    assert [one.id for one in store.checks(ME)] == [later.id, check.id]
    for one in (check, later):
        store.remove(ME, one.id)
    assert store.sites(YOU) == []


def test_two_at_once_lose_nothing(opening):
    stores = [SelfChecks(opening()) for _ in range(2)]
    check = begun(stores[0])

    def work(store, who):
        for n in range(25):
            store.answer(ME, check.id, f"q{n % 5}", lambda before: replace(before, reply="是", note=before.note + who))

    people = [threading.Thread(target=work, args=pair) for pair in zip(stores, "甲乙", strict=True)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    given = stores[0].history(ME, check.id)
    assert len(given) == 50
    notes = "".join(one.note for one in stores[1].answers(ME, check.id).values())
    assert (notes.count("甲"), notes.count("乙")) == (25, 25)


def test_a_killed_process_leaves_whole_answers_only(tmp_path):
    code = (
        "from dataclasses import replace\nfrom pathlib import Path\nimport sys\n"
        "from assistant.store.repository import Repository\nfrom assistant.store.selfchecks import SelfChecks\n"
        "store = SelfChecks(Repository.in_home(Path(sys.argv[1])))\n"
        "check = store.begin('o' * 24, '店', 'checklist.sample', [], '', '', {})\n"
        "print(check.id, flush=True)\n"
        "while True:\n    store.answer('o' * 24, check.id, 'gas', lambda b: replace(b, reply='是', note=b.note + '字'))\n"
        "    print('.', flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    check = process.stdout.readline().strip()
    told = sum(bool(process.stdout.readline()) for _ in range(20))
    os.kill(process.pid, signal.SIGKILL)
    told += len(process.stdout.readlines())
    process.wait()
    repository = Repository.in_home(tmp_path)
    store = SelfChecks(repository)
    notes = [one.note for one in store.history(ME, check, "gas")]
    assert notes == ["字" * n for n in range(1, len(notes) + 1)]
    assert len(notes) in (told, told + 1)  # what was said to be kept is there
    store.answer(ME, check, "gas", says("否"))
    assert store.answers(ME, check)["gas"].reply == "否"
    repository.close()


def test_a_finished_check_that_is_gone_on_with_is_no_longer_finished(store):
    check = begun(store)
    assert store.change(ME, check.id, finished=True).finished is not None
    store.answer(ME, check.id, "gas", says("是"))
    assert store.get(ME, check.id).finished is None


def test_a_check_is_deleted_with_its_answers_and_its_site_with_the_last(store):
    first, second = begun(store), begun(store)
    store.answer(ME, first.id, "gas", says("是", files=(PHOTO,)))
    store.remove(ME, first.id)
    assert (store.files(), len(store.sites(ME))) == (set(), 1)
    store.remove(ME, second.id)
    assert store.sites(ME) == []


@pytest.mark.parametrize(("site", "sentence"), [("  ", "请先写明查的是哪个场所"), ("店" * 61, "请写在60字以内")])
def test_a_site_needs_a_name_that_fits(store, site, sentence):
    with pytest.raises(UsageError, match=sentence):
        begun(store, site=site)


def test_a_note_that_is_too_long_is_one_sentence_and_the_former_answer_stays(store):
    check = begun(store)
    store.answer(ME, check.id, "gas", says("是"))
    with pytest.raises(UsageError, match="请写在2000字以内"):
        store.answer(ME, check.id, "gas", says("否", note="长" * 2001))
    assert store.answers(ME, check.id) == {"gas": Given("gas", "是", at=store.answers(ME, check.id)["gas"].at)}


def test_the_tables_come_to_a_database_of_the_first_version(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / FILE}")
    migrate(engine, (m001_conversations,))
    engine.dispose()
    repository = Repository.in_home(tmp_path)
    assert begun(SelfChecks(repository)).site.name == "南山路12号餐饮店"
    with repository._engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM migrations WHERE name = 'm008_selfchecks'")) == 1
    repository.close()
