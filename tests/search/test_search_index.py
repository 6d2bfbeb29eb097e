import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import library, passage

from assistant.errors import Cancelled, IndexDamaged
from assistant.search import generation
from assistant.search.index import Index
from assistant.search.retriever import Retriever
from assistant.search.vectors import VectorStore
from assistant.settings import SearchSettings

NOWHERE = Path(__file__).parent  # holds nothing that was learnt
BUILD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from conftest import library
from assistant.search.embed import StaticEmbedder
from assistant.search.index import Index
folder, model, verb = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[4]
new = [p for n in range(12) for p in library(f"新规定{n}", prefix="imported")]
print("ready", flush=True)
if verb == "build":
    Index.build(new, folder, StaticEmbedder(model))
else:
    Index.open(folder).add(new, StaticEmbedder(model))
print("done", flush=True)
"""


def start(folder, model, verb):
    here = __file__.rsplit("/", 1)[0]
    arguments = [sys.executable, "-c", BUILD, str(folder), str(model), here, verb]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


def found(index, embedder, query):
    return [p.source_id for p in Retriever(index, embedder, SearchSettings(), NOWHERE).search(query, 5)]


def test_what_was_indexed_is_there_after_opening_again(index, embedder):
    again = Index.open(index.folder)
    assert again.count == 64
    wanted = passage("工地", "粉尘防爆")
    assert again.get(wanted.source_id) == wanted
    assert again.get("nothing") is None
    assert found(again, embedder, "工地粉尘防爆")[0] == wanted.source_id
    again.close()


def test_an_added_passage_is_found_at_once_and_after_opening_again(index, embedder):
    index.add([passage("码头", "电瓶车充电")], embedder)
    assert index.count == 65
    assert "电瓶车充电" in found(index, embedder, "码头电瓶车充电")[0]
    again = Index.open(index.folder)
    assert "电瓶车充电" in found(again, embedder, "电瓶车充电")[0]
    again.close()


def test_a_passage_with_a_known_id_replaces_the_old_one(index, embedder):
    old = passage("企业", "瞒报事故")
    new = type(old)(old.source_id, old.kind, old.title, "电瓶车不得进入电梯。", old.law, old.article)
    index.add([new], embedder)
    assert index.count == 64
    assert index.get(old.source_id) == new
    assert found(index, embedder, "电瓶车电梯")[0] == old.source_id


def test_removal_by_id_and_by_document(index, embedder):
    index.add(library("新规定", prefix="imported"), embedder)
    assert index.remove([passage("企业", "瞒报事故").source_id, "unknown"]) == 1
    assert index.remove(prefix="imported/新规定#") == 64
    assert index.count == 63
    assert not [i for i in found(index, embedder, "企业瞒报事故") if i.startswith("imported") or i.endswith("企业瞒报事故")]


def test_small_segments_are_merged_when_they_outgrow_the_base(index, embedder):
    index.add([passage("企业", "新事项一")], embedder)
    assert len(index._state.lexical.segments) == 2
    index.add(library("别的规定"), embedder)
    assert len(index._state.lexical.segments) == 1
    assert "新事项一" in found(index, embedder, "企业新事项一")[0]


def test_an_empty_library_has_an_index_too(tmp_path, embedder):
    index = Index.build([], tmp_path, embedder)
    assert found(index, embedder, "事故") == []
    index.add([passage("企业", "瞒报事故")], embedder)
    assert len(found(index, embedder, "事故")) == 1
    index.close()


def test_a_stopped_build_changes_nothing(index, embedder):
    with pytest.raises(Cancelled):
        Index.build(library("新规定"), index.folder, embedder, cancelled=lambda: True)
    assert len(list(index.folder.glob(".building-*"))) == 1
    again = Index.open(index.folder)
    assert again.get(passage("企业", "瞒报事故").source_id)
    again.close()


def test_progress_ends_at_the_total(tmp_path, embedder):
    seen = []
    Index.build(library(), tmp_path, embedder, progress=lambda *step: seen.append(step)).close()
    assert seen[-1][1:] == (64, 64)
    assert all(done <= total for _, done, total in seen)


@pytest.mark.parametrize("harm", ["nothing", "pointer", "store", "words"])
def test_a_damaged_index_is_one_sentence(tmp_path, embedder, harm):
    if harm != "nothing":
        Index.build(library(), tmp_path, embedder).close()
        path = generation.current(tmp_path)
        if harm == "pointer":
            (tmp_path / "CURRENT").write_text(".building-lost")
        if harm == "store":
            (path / "passages.db").write_bytes(b"not a database" * 1000)
        if harm == "words":
            next((path / "lexical").glob("*/vocab.index.json")).write_text("{")
    with pytest.raises(IndexDamaged, match=r"索引.*。$"):
        Index.open(tmp_path)


def test_lost_vectors_are_told(tmp_path, embedder):
    Index.build(library(), tmp_path / "a", embedder).close()
    shutil.rmtree(generation.current(tmp_path / "a") / "vectors")
    with pytest.raises(IndexDamaged, match="向量索引不完整"):
        found(Index.open(tmp_path / "a"), embedder, "事故")


def test_another_model_is_refused(index, embedder):
    class Other:
        name = "other"
        encode = embedder.encode

    with pytest.raises(IndexDamaged, match="另一个向量模型"):
        Retriever(index, Other(), SearchSettings(), NOWHERE)
    with pytest.raises(IndexDamaged, match="另一个向量模型"):
        index.add([passage("企业", "甲")], Other())


def test_a_change_by_another_process_is_seen_on_refresh(index, embedder):
    other = Index.open(index.folder)
    other.add([passage("码头", "电瓶车充电")], embedder)
    assert index.refresh()
    assert not index.refresh()
    assert "电瓶车充电" in found(index, embedder, "电瓶车充电")[0]
    other.close()
    Index.build(library("新规定"), index.folder, embedder).close()
    assert index.refresh()
    assert index.get(passage("企业", "瞒报事故", "新规定").source_id)


def test_vectors_left_by_a_change_that_was_killed_go_with_the_next(index, embedder, monkeypatch):
    def killed(store, rows):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(VectorStore, "delete", killed)
        with pytest.raises(KeyboardInterrupt):
            index.add([passage("工地", "粉尘防爆")], embedder)  # takes the place of one that is there
    assert index._vector_store().count() > index.count
    index.remove(["没有的编号"])
    assert index._vector_store().rows() == {row for rows, _ in index._store.batches(500) for row in rows}


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["build", "add"])
def test_a_kill_at_any_moment_leaves_a_working_index(index, embedder, model, verb):
    rng = random.Random(7)
    before, killed = index.count, 0
    index.close()
    for attempt in range(8):
        process = start(index.folder, model, verb)
        process.stdout.readline()
        time.sleep(rng.uniform(0, 1.6))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        again = Index.open(index.folder)
        assert again.count in {before, 12 * 64, before + 12 * 64}, attempt
        assert len(found(again, embedder, "企业瞒报事故")) == 5
        again.close()
    assert killed >= 3
    process = start(index.folder, model, verb)
    assert process.communicate()[0].endswith("done\n")
    again = Index.open(index.folder)
    assert again.count == (12 * 64 if verb == "build" else before + 12 * 64)
    assert any("新规定3" in source for source in found(again, embedder, "新规定3 码头 瞒报事故"))
    assert again._vector_store().rows() == {row for rows, _ in again._store.batches(500) for row in rows}
    again.close()


@pytest.mark.slow
def test_two_processes_that_build_at_once_do_not_collide(tmp_path, embedder, model):
    both = [start(tmp_path / "home", model, "build") for _ in range(2)]
    assert [process.communicate()[0].split()[-1] for process in both] == ["done", "done"]
    index = Index.open(tmp_path / "home")
    assert index.count == 12 * 64
    index.close()
