"""Files of a conversation: nobody else's, in no index, read in a process that can be stopped, and gone with the conversation."""

import shutil
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from made_files import excel, scanned_pdf, text_pdf

from assistant import materials as under_test
from assistant.errors import Cancelled, NotFound, TooMuchMaterial, UnreadableFile
from assistant.materials import Materials
from assistant.services import Services
from assistant.settings import Settings
from assistant.store.repository import Repository

BLAME = "赵某刚，远山化工总经理，没有组织制定动火作业制度，对事故发生负主要责任。"


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def repository(home):
    store = Repository.in_home(home)
    yield store
    store.close()


@pytest.fixture
def materials(home, repository):
    return Materials(home, repository)


@pytest.fixture
def talk(repository):
    return repository.start("甲", "爆炸")


def attach(materials, talk, file, owner="甲", steps=None, cancelled=lambda: False):
    upload = Path(shutil.copy(file, file.with_suffix(".upload")))
    steps = [] if steps is None else steps
    return materials.attach(owner, talk, upload, file.name, lambda *step: steps.append(step), cancelled)


def left(home):
    with sqlite3.connect(home / "anheng.db") as raw:
        rows = raw.execute("SELECT count(*) FROM materials").fetchone()[0]
    return rows, [path for path in home.rglob("*") if path.is_file() and path.name.partition(".")[0] != "anheng"]


def test_a_file_is_moved_read_and_found(materials, talk, home, tmp_path):
    steps = []
    held = attach(materials, talk, text_pdf(tmp_path / "报告.pdf"), steps=steps)
    assert not (tmp_path / "报告.upload").exists()
    assert steps == [("排队", 0, 0), ("读取", 1, 2), ("读取", 2, 2)]
    assert materials.of("甲", talk) == [held]
    hit = materials.shelf("甲", talk).search("谁负主要责任", 3)[0]
    assert BLAME in hit.passage.text
    opened = materials.open("甲", talk, hit.source_id, BLAME)
    assert (opened.page, [mark.page for mark in opened.marks]) == (2, [2])
    assert opened.image.startswith(b"\xff\xd8")
    assert materials.open("甲", talk, f"material/{held.id}/page/1").page == 1


def test_files_are_found_together_and_after_a_restart(materials, talk, home, repository, tmp_path):
    attach(materials, talk, text_pdf(tmp_path / "报告.pdf"))
    attach(materials, talk, excel(tmp_path / "名单.xlsx"))
    shelf = Materials(home, repository).shelf("甲", talk)
    assert shelf.search("孙某 焊工", 1)[0].passage.text == "姓名：孙某；工种：焊工；证书有效期：2023-05-01"
    assert BLAME in shelf.search("主要责任", 1)[0].passage.text
    row = shelf.search("孙某 焊工", 1)[0]
    opened = materials.open("甲", talk, row.source_id, row.passage.text)
    assert [hit.passage.place for hit in opened.around] == ["“人员”表第2行", "“人员”表第3行"]


@pytest.mark.parametrize(
    "act",
    [
        lambda m, talk, held, file: m.of("乙", talk),
        lambda m, talk, held, file: m.shelf("乙", talk),
        lambda m, talk, held, file: m.remove("乙", talk, held.id),
        lambda m, talk, held, file: m.open("乙", talk, f"material/{held.id}/page/1"),
        lambda m, talk, held, file: attach(m, talk, file, owner="乙"),
    ],
    ids=["list", "search", "remove", "open", "add"],
)
def test_nobody_reaches_the_files_of_another(materials, talk, tmp_path, act):
    file = text_pdf(tmp_path / "报告.pdf")
    held = attach(materials, talk, file)
    with pytest.raises(NotFound):
        act(materials, talk, held, file)
    assert materials.of("甲", talk) == [held]


def test_another_conversation_of_the_same_reader_has_none_of_them(materials, talk, repository, tmp_path):
    held = attach(materials, talk, text_pdf(tmp_path / "报告.pdf"))
    other = repository.start("甲", "别的事")
    assert materials.shelf("甲", other) is None
    for act in (
        lambda: materials.open("甲", other, f"material/{held.id}/page/1"),
        lambda: materials.remove("甲", other, held.id),
    ):
        with pytest.raises(NotFound):
            act()


@pytest.mark.parametrize(
    "place", ["material/../../anheng.db/0", "material/" + "0" * 32 + "/0", "material/{}/99999", "material/{}/page/3"]
)
def test_a_place_that_is_not_there_is_one_sentence(materials, talk, tmp_path, place):
    held = attach(materials, talk, text_pdf(tmp_path / "报告.pdf"))
    with pytest.raises(NotFound, match="打不开"):
        materials.open("甲", talk, place.format(held.id))


def test_a_removed_file_and_a_deleted_conversation_leave_nothing(materials, talk, repository, home, tmp_path):
    first, second = (attach(materials, talk, text_pdf(tmp_path / f"{name}.pdf")) for name in "一二")
    materials.remove("甲", talk, first.id)
    assert materials.of("甲", talk) == [second]
    assert not list((home / "materials").rglob(f"{first.id}*"))
    repository.delete("甲", talk)
    materials.forget(talk)
    assert left(home) == (0, [])
    assert not (home / "materials" / talk).exists()


def test_what_a_kill_left_behind_goes_at_the_next_start(materials, talk, repository, home, tmp_path):
    attach(materials, talk, text_pdf(tmp_path / "报告.pdf"))
    repository.delete("甲", talk)  # and killed before the files went
    kept = repository.start("甲", "留着")
    attach(materials, kept, text_pdf(tmp_path / "另.pdf"))
    again = Materials(home, repository)
    assert [folder.name for folder in (home / "materials").iterdir()] == [kept]
    assert again.shelf("甲", kept).search("主要责任", 1)


def test_a_file_never_enters_the_library_or_its_index(built_home, tmp_path):
    home = shutil.copytree(built_home, tmp_path / "home")
    repository = Repository.in_home(home)
    materials, services = Materials(home, repository), Services(Settings(home=home))
    before = (services.about()["texts"], services.index.count)
    talk = repository.start("甲", "爆炸")
    attach(materials, talk, text_pdf(tmp_path / "报告.pdf"))
    shelf = materials.shelf("甲", talk)
    question = "这份报告里谁负主要责任？"
    assert any(BLAME in claim.text for claim in services.ask(question, shelf=shelf).claims)
    assert not any("赵某刚" in claim.text for claim in services.ask(question).claims)
    assert not any("赵某刚" in hit.text for hit in services.search("赵某刚 远山化工", 20))
    assert (services.about()["texts"], services.index.count) == before
    services.library.close()
    repository.close()


def test_a_file_that_cannot_be_read_leaves_nothing(materials, talk, home, tmp_path):
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7\n")
    with pytest.raises(UnreadableFile, match=r"“坏.pdf”不是完好的 PDF"):
        attach(materials, talk, tmp_path / "坏.pdf")
    assert left(home) == (0, [])


def test_a_reading_process_that_dies_is_one_sentence(materials, talk, home, tmp_path, monkeypatch):
    monkeypatch.setattr(under_test, "_command", lambda *_: ["python3", "-c", "import os; os.abort()"])
    with pytest.raises(UnreadableFile, match=r"“报告.pdf”读不下去"):
        attach(materials, talk, text_pdf(tmp_path / "报告.pdf"))
    assert left(home) == (0, [])


def test_too_large_and_too_many_are_refused(materials, talk, home, tmp_path, monkeypatch):
    large = tmp_path / "大.pdf"
    with large.open("wb") as out:
        out.truncate(300 * 2**20)
    with pytest.raises(TooMuchMaterial, match="有 300 MB，超过 100 MB 的上限"):
        materials.attach("甲", talk, large, large.name, lambda *_: None, lambda: False)
    monkeypatch.setattr(under_test, "MAX_FILES", 1)
    attach(materials, talk, excel(tmp_path / "名单.xlsx"))
    with pytest.raises(TooMuchMaterial, match="最多放 1 份材料"):
        attach(materials, talk, excel(tmp_path / "又一份.xlsx"))


def test_cancelling_ends_the_process_soon_and_leaves_nothing(materials, talk, home, tmp_path):
    pytest.importorskip("rapidocr", reason="rapidocr is not installed")
    file = scanned_pdf(tmp_path / "长.pdf", [["一页又一页的文字写在这里，要认上一阵子。"] * 20] * 12)
    cancelled, recognising, raised = threading.Event(), threading.Event(), []

    def progress(what, done, pages):
        if what == "识别":
            recognising.set()

    def work():
        try:
            materials.attach("甲", talk, file, file.name, progress, cancelled.is_set)
        except Cancelled as error:
            raised.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    assert recognising.wait(60)
    begun = time.monotonic()
    cancelled.set()
    thread.join(10)
    assert raised
    assert time.monotonic() - begun < 2
    assert left(home) == (0, [])


def test_a_conversation_deleted_while_its_file_is_read_keeps_nothing(materials, talk, repository, home, tmp_path):
    def progress(what, done, pages):
        if (what, done) == ("读取", 1):
            repository.delete("甲", talk)

    with pytest.raises(NotFound):
        materials.attach("甲", talk, text_pdf(tmp_path / "报告.pdf"), "报告.pdf", progress, lambda: False)
    assert left(home) == (0, [])
