from conftest import library, passage

from assistant.search.index import Index
from assistant.search.retriever import Retriever
from assistant.settings import SearchSettings


def test_the_passage_asked_for_comes_first(retriever):
    found = retriever.search("矿山的特种作业人员要持证吗？", 5)
    assert found[0].source_id == passage("矿山", "特种作业持证").source_id
    assert len(found) == 5
    scores = [p.score for p in found]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] <= scores[0] <= 1


def test_filters_of_kind_and_law(index, retriever, embedder):
    index.add([passage("矿山", "隐患排查", "矿山规定", kind="case")], embedder)
    assert {p.kind for p in retriever.search("隐患排查", 5, kinds=["case"])} == {"case"}
    assert {p.law for p in retriever.search("隐患排查", 5, laws={"矿山规定"})} == {"矿山规定"}
    assert retriever.search("隐患排查", 5, kinds=["case"], laws=["安全规定"]) == []
    assert retriever.search("隐患排查", 5, laws=["没有的法"]) == []


def test_excluding_still_fills_the_list(index, embedder):
    narrow = Retriever(index, embedder, SearchSettings(candidates=10))
    kept = passage("学校", "应急演练").source_id
    assert [p.source_id for p in narrow.search("企业瞒报事故", 5, exclude=lambda source: source != kept)] == [kept]


def test_a_batch_gives_what_single_searches_give(retriever):
    queries = ["瞒报事故", "商场消防通道", "🙂", ""]
    assert retriever.search_many(queries, 5) == [retriever.search(query, 5) for query in queries]
    assert retriever.search("🙂") == retriever.search("") == []


def test_lexical_share(retriever):
    source = passage("商场", "消防通道堵塞").source_id
    full = retriever.lexical_share("商场消防通道堵塞怎么办", source)
    part = retriever.lexical_share("商场红烧肉堵塞", source)
    assert full == 1.0
    assert 0 < part < 0.7
    assert retriever.lexical_share("红烧肉", source) == 0
    assert retriever.lexical_share("商场", "unknown") == retriever.lexical_share("", source) == 0


def test_nothing_reaches_for_the_network(tmp_path, embedder, no_network):
    index = Index.build(library(), tmp_path, embedder)
    assert Retriever(index, embedder, SearchSettings()).search("瞒报事故")
    index.close()
