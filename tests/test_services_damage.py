"""What breaks from outside: an index cut short, a disk that is full, a home that cannot be written."""

import os
import resource
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest
from outside import ROOT, environment, ran

from assistant.domain.answer import Outcome
from assistant.errors import HomeError
from assistant.indexing import NOTE
from assistant.services import Services
from assistant.settings import Settings

QUESTION = "重大责任事故罪怎么判？"
TEXT = "某某气源试验规定\n\n第一条 试验结束后十分钟内应当切断全部气源。\n第二条 本规定自2025年1月1日起施行。\n"


def generation(home):
    folder = next((home / "index").iterdir())
    return folder, folder / (folder / "CURRENT").read_text(encoding="utf-8")


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


def damage_pointer(home):
    (generation(home)[0] / "CURRENT").write_text(".building-gone", encoding="utf-8")


def damage_store(home):
    cut(generation(home)[1] / "passages.db")


def damage_words(home):
    for path in (generation(home)[1] / "lexical").rglob("*"):
        if path.is_file():
            cut(path)


def damage_vectors(home):
    cut(generation(home)[1] / "vectors" / "chroma.sqlite3")


def damage_note(home):
    (generation(home)[0] / NOTE).write_text('{"half', encoding="utf-8")


def damage_all(home):
    for path in generation(home)[1].rglob("*"):
        if path.is_file():
            path.write_bytes(b"")


def lose_words(home):
    shutil.rmtree(generation(home)[1] / "lexical")


def lose_vectors(home):
    shutil.rmtree(generation(home)[1] / "vectors")


@pytest.mark.parametrize(
    "damage",
    [damage_pointer, damage_store, damage_words, damage_vectors, damage_note, damage_all, lose_words, lose_vectors],
)
def test_a_damaged_index_is_built_anew_and_the_imported_texts_stay(own_home, tmp_path, damage):
    (tmp_path / "law.txt").write_text(TEXT, encoding="utf-8")
    before = Services(Settings(home=own_home))
    assert before.import_paths([tmp_path / "law.txt"]).changed
    before.index.close()
    before.library.close()
    damage(own_home)
    after = Services(Settings(home=own_home))
    assert after.ask(QUESTION).status is Outcome.ANSWERED
    assert after.search("试验结束后切断气源", 3)[0].law == "某某气源试验规定"


def limited(kilobytes):
    """No file may grow past this: what a full disk does to a writer, on any machine."""

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))

    return limit


def cramped(*args, home, kilobytes):
    return ran(
        subprocess.Popen(
            [sys.executable, "-m", "assistant.cli", *map(str, args)],
            env=environment(home, PYTHONPATH=str(ROOT), PYTHONDONTWRITEBYTECODE="1"),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=limited(kilobytes),
        )
    )


@pytest.mark.parametrize("kilobytes", [10, 100, 300, 1000])
def test_a_disk_that_is_full_at_first_start(tmp_path, kilobytes):
    run = cramped("ask", QUESTION, home=tmp_path / "home", kilobytes=kilobytes)
    assert run.code == 1
    assert run.sentence.endswith("重试。")
    assert "内部出错" not in run.sentence
    assert Services(Settings(home=tmp_path / "home")).ask(QUESTION).status is Outcome.ANSWERED


@pytest.mark.parametrize("kilobytes", [5, 60, 500])
def test_a_disk_that_is_full_during_an_import(own_home, tmp_path, kilobytes):
    (tmp_path / "law.txt").write_text(TEXT, encoding="utf-8")
    run = cramped("import", tmp_path / "law.txt", home=own_home, kilobytes=kilobytes)
    assert run.code == 1
    assert "内部出错" not in run.sentence
    after = Services(Settings(home=own_home))
    assert after.ask(QUESTION).status is Outcome.ANSWERED
    after.import_paths([tmp_path / "law.txt"])
    assert after.search("试验结束后切断气源", 3)[0].law == "某某气源试验规定"


def test_a_home_that_cannot_be_made(tmp_path):
    """Root may write anywhere, so the home is put below a file: making it fails for everybody."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(HomeError, match="ANHENG_HOME"):
        Services(Settings(home=tmp_path / "file" / "home")).ask(QUESTION)


@contextmanager
def only_readable(home):
    """A home that cannot be written: by its mode, and for root, whom modes do not bind, by a mount."""
    if os.geteuid() == 0:
        if subprocess.run(["mount", "--bind", home, home], capture_output=True).returncode:
            pytest.skip("root may write anywhere, and this system lets nobody mount a folder read-only")
        subprocess.run(["mount", "-o", "remount,ro,bind", home], check=True)
        yield
        subprocess.run(["umount", "-l", home], check=True)
        return
    for path in [*home.rglob("*"), home]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield
    for path in [home, *home.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_home_that_may_only_be_read_is_told_and_nothing_is_lost(own_home, anheng):
    with only_readable(own_home):
        run = anheng("ask", QUESTION, home=own_home)
    assert run.code in {0, 1}  # where the system lets a reader read it, it answers
    assert run.code == 0 or "权限" in run.sentence
    assert anheng("ask", QUESTION, home=own_home).code == 0


def test_a_library_that_is_no_database_is_told_and_left_as_it_is(anheng, own_home):
    (own_home / "library.db").write_bytes(b"no database at all" * 100)
    for rest in own_home.glob("library.db-*"):
        rest.unlink()
    run = anheng("ask", QUESTION, home=own_home)
    assert run.code == 1
    assert "已损坏" in run.sentence
    assert (own_home / "library.db").read_bytes().startswith(b"no database")
