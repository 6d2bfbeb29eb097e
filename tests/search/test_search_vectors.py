"""The same tests of the store against a folder and against a real server; then what only a server can do: go away."""

import logging
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from chroma_server import Chroma
from conftest import library, passage

from assistant.errors import Cancelled, IndexDamaged, ServiceAway, UsageError
from assistant.search import generation
from assistant.search.index import Index
from assistant.search.retriever import Retriever
from assistant.search.server import Server, collection_name
from assistant.search.vectors import InFolder, drop, place
from assistant.settings import SearchSettings


@pytest.fixture(scope="module")
def chroma(tmp_path_factory):
    server = Chroma(tmp_path_factory.mktemp("chroma"))
    yield server
    server.thaw()
    server.kill()


@pytest.fixture
def where(chroma):
    """The place of vectors on the server, which runs when a test begins."""
    if chroma.process.poll() is not None:
        chroma.start()
    return Server(chroma.url, timeout=3)


@pytest.fixture(params=["folder", "server"])
def either(request):
    return InFolder() if request.param == "folder" else request.getfixturevalue("where")


def found(index, embedder, query):
    return [p.source_id for p in Retriever(index, embedder, SearchSettings(), Path(__file__).parent).search(query, 5)]


def rows(rankings):
    return [ranked.rows.tolist() for ranked in rankings]


def near(index, embedder, query, k=3):
    return rows(index.nearest_vectors(embedder.encode([query]), k, index.mask()))[0]


@pytest.fixture
def made(tmp_path):
    folder = tmp_path / "generation"
    folder.mkdir()
    return folder


def test_a_store_keeps_deletes_and_filters(made, either):
    vectors = np.eye(4, dtype=np.float32)
    store = either.open(made, create=True)
    store.ready()
    store.upsert([10, 11, 12, 13], vectors)
    assert rows(store.query(vectors[1:2], 1)) == [[11]]
    assert store.query(vectors[1:2], 1)[0].scores[0] == pytest.approx(1.0)
    assert set(rows(store.query(vectors[1:2], 4, among=[10, 12]))[0]) == {10, 12}
    assert rows(store.query(vectors[:2], 1)) == [[10], [11]]
    store.upsert([11], vectors[3:4])
    assert set(rows(store.query(vectors[3:4], 2))[0]) == {11, 13}
    store.delete([11, 99])
    assert store.rows() == {10, 12, 13}
    store.close()
    again = either.open(made)
    assert again.count() == 3
    assert rows(again.query(vectors[2:3], 10))[0][0] == 12
    assert again.query(vectors[:0], 3) == []
    again.close()


def test_more_than_a_batch(made, either):
    rng = np.random.default_rng(3)
    vectors = rng.standard_normal((1203, 8)).astype(np.float32)
    store = either.open(made, create=True)
    store.upsert(range(1203), vectors)
    assert store.count() == 1203
    assert rows(store.query(vectors[[0, 700, 1202]], 1)) == [[0], [700], [1202]]
    store.delete(range(1201))
    assert store.rows() == {1201, 1202}
    store.close()


def test_an_index_lives_in_either(tmp_path, either, embedder):
    index = Index.build(library(), tmp_path / "index", embedder, where=either)
    index.add([passage("码头", "电瓶车充电")], embedder)
    assert "电瓶车充电" in found(index, embedder, "码头电瓶车充电")[0]
    assert index.remove([passage("企业", "瞒报事故").source_id]) == 1
    index.close()
    again = Index.open(tmp_path / "index", either)
    assert len(near(again, embedder, "码头电瓶车充电")) == 3
    assert again.count == again._vector_store().count() == 64
    again.close()


def test_both_find_the_same(tmp_path, where, embedder):
    built = [Index.build(library(), tmp_path / str(n), embedder, where=place) for n, place in enumerate([InFolder(), where])]
    for query in ("工地粉尘防爆", "学校的应急演练", "码头"):
        assert found(built[0], embedder, query) == found(built[1], embedder, query)


def test_vectors_of_another_length_are_told(tmp_path, either, embedder):
    class Exchanged:
        """A service behind which somebody has put another model."""

        name = embedder.name

        def encode(self, texts):
            return embedder.encode(texts)[:, :8]

    index = Index.build(library(), tmp_path / "index", embedder, where=either)
    with pytest.raises(IndexDamaged, match="8 维，索引是 16 维，请重建索引。"):
        found(index, Exchanged(), "事故")
    with pytest.raises(IndexDamaged, match="16 维"):
        index.add([passage("企业", "甲")], Exchanged())
    assert index.count == 64
    rebuilt = Index.build(library(), tmp_path / "index", Exchanged(), where=either)
    assert len(found(rebuilt, Exchanged(), "企业瞒报事故")) == 5


def test_building_anew_leaves_one_collection(tmp_path, chroma, where, embedder):
    before = set(chroma.collections())
    ours = lambda: set(chroma.collections()) - before  # noqa: E731
    folder = tmp_path / "index"
    Index.build(library(), folder, embedder, where=where).close()
    first = ours()
    with pytest.raises(Cancelled):
        Index.build(library(), folder, embedder, cancelled=lambda: True, where=where)
    assert ours() == first
    Index.build(library(), folder, embedder, where=where).close()
    assert len(ours()) == 2, "a search of another process may still be reading the one before"
    Index.build(library(), folder, embedder, where=where).close()
    assert len(ours()) == 2
    assert collection_name(generation.current(folder)) in ours()
    assert not ours() & first
    for old in folder.glob(".building-*"):
        assert drop(old)
    assert not ours()


def test_a_collection_that_is_lost_is_told(tmp_path, chroma, where, embedder):
    index = Index.build(library(), tmp_path / "index", embedder, where=where)
    assert near(index, embedder, "事故")
    chroma.delete(collection_name(generation.current(index.folder)))
    with pytest.raises(IndexDamaged, match=r"服务器上没有.*请重建索引。$"):
        near(index, embedder, "事故")
    with pytest.raises(IndexDamaged, match="请重建索引"):
        index.add([passage("企业", "甲")], embedder)
    with pytest.raises(IndexDamaged, match="请重建索引"):
        near(Index.open(index.folder, where), embedder, "事故")


def test_two_homes_do_not_share_a_collection(tmp_path, where, embedder):
    import shutil

    Index.build(library(), tmp_path / "one", embedder, where=where).close()
    shutil.copytree(tmp_path / "one", tmp_path / "copy")
    with pytest.raises(IndexDamaged):
        near(Index.open(tmp_path / "copy", where), embedder, "事故")
    Index.build(library(), tmp_path / "copy", embedder, where=where).close()
    Index.build(library(), tmp_path / "copy", embedder, where=where).close()
    assert near(Index.open(tmp_path / "one", where), embedder, "事故")


# The server goes away


def test_words_go_on_without_the_server_and_vectors_come_back(tmp_path, chroma, where, embedder, caplog):
    index = Index.build(library(), tmp_path / "index", embedder, where=where)
    full = near(index, embedder, "工地粉尘防爆")
    assert len(full) == 3
    chroma.kill()
    both = (index, Index.open(index.folder, where))  # one that had the server, one that never did
    for opened in both:
        caplog.clear()
        assert near(opened, embedder, "工地粉尘防爆") == []
        assert "按词语检索" in caplog.text
        assert chroma.url in caplog.text
        assert found(opened, embedder, "工地粉尘防爆")[0] == passage("工地", "粉尘防爆").source_id
    chroma.start()
    for opened in both:
        assert near(opened, embedder, "工地粉尘防爆") == full


def test_a_server_that_never_answers_is_not_waited_for(tmp_path, chroma, where, embedder):
    index = Index.build(library(), tmp_path / "index", embedder, where=Server(chroma.url, timeout=0.5))
    chroma.freeze()
    started = time.monotonic()
    assert near(index, embedder, "事故") == []
    assert near(Index.open(index.folder, Server(chroma.url, timeout=0.5)), embedder, "事故") == []
    assert time.monotonic() - started < 4
    chroma.thaw()
    assert len(near(index, embedder, "事故")) == 3


def test_changes_without_the_server_change_nothing(tmp_path, chroma, where, embedder):
    index = Index.build(library(), tmp_path / "index", embedder, where=where)
    chroma.kill()
    sentence = r"^向量库服务器 http.* 连不上.*没有丢失.*ANHENG_SEARCH__CHROMA_URL。$"
    with pytest.raises(ServiceAway, match=sentence):
        index.add([passage("码头", "电瓶车充电")], embedder)
    with pytest.raises(ServiceAway, match=sentence):
        index.remove(prefix="builtin/")
    with pytest.raises(ServiceAway, match=sentence):
        Index.build(library("新规定"), index.folder, embedder, where=where)
    assert index.count == Index.open(index.folder, where).count == 64
    chroma.start()
    index.add([passage("码头", "电瓶车充电")], embedder)
    assert "电瓶车充电" in found(index, embedder, "码头电瓶车充电")[0]
    assert index._vector_store().count() == 65


def test_a_server_killed_while_building_leaves_the_index_before_it(tmp_path, chroma, where, embedder):
    index = Index.build(library(), tmp_path / "index", embedder, where=where)

    class Fatal:
        name = embedder.name

        def encode(self, texts):
            chroma.kill()
            return embedder.encode(texts)

    with pytest.raises(ServiceAway):
        Index.build(library("新规定"), index.folder, Fatal(), where=where)
    assert Index.open(index.folder, where).count == 64
    assert len(list(index.folder.glob(".building-*"))) == 2, "kept, so that its collection is dropped at the next build"
    chroma.start()
    assert len(near(index, embedder, "事故")) == 3
    Index.build(library("新规定"), index.folder, embedder, where=where).close()
    names = {collection_name(path) for path in index.folder.glob(".building-*")}
    assert {name for name in chroma.collections() if name.startswith(min(names)[:23])} == names


@pytest.mark.parametrize("url", ["127.0.0.1:8001", "http://", "ftp://host", "http://u:p@host:1", "http://h:port"])
def test_an_address_that_cannot_be(made, url):
    with pytest.raises(UsageError, match=r"ANHENG_SEARCH__CHROMA_URL 写成.*。$"):
        place(SearchSettings(chroma_url=url)).open(made, create=True)


@pytest.fixture(params=[(200, b"{}"), (200, b"[]"), (200, b"<html>"), (502, b"bad"), (400, b'{"error":["x"]}'), (302, b"")])
def stranger(request):
    """Another program at the address."""
    code, body = request.param

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(code)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield Server(f"http://127.0.0.1:{server.server_port}", timeout=3)
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("create", [True, False])
def test_another_program_at_the_address_is_told(made, stranger, create):
    with pytest.raises(ServiceAway, match=r"不能正常回答.*。$"):
        stranger.open(made, create=create)


def test_another_program_in_place_of_the_server_is_told(made, where, stranger):
    store = where.open(made, create=True)
    store._collection._client._api_url = f"{stranger.url}/api/v2"
    for asked in (store.ready, store.count, lambda: store.query(np.eye(2, dtype=np.float32), 1)):
        with pytest.raises(ServiceAway, match="不能正常回答"):
            asked()


def test_dropping_what_is_gone_or_away_never_fails(made, chroma, where, caplog):
    caplog.set_level(logging.INFO)
    where.open(made, create=True).close()
    chroma.kill()
    assert not drop(made)
    assert "还在服务器上" in caplog.text
    chroma.start()
    assert drop(made)
    assert drop(made)
    assert collection_name(made) not in chroma.collections()
