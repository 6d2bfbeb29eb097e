import pytest
from conftest import library, passage

from assistant.errors import ServiceAway
from assistant.search.fusion import NONE
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


def test_excluding_still_fills_the_list(index, embedder, nothing_learnt):
    narrow = Retriever(index, embedder, SearchSettings(candidates=10), nothing_learnt)
    kept = passage("学校", "应急演练").source_id
    assert [p.source_id for p in narrow.search("企业瞒报事故", 5, exclude=lambda source: source != kept)] == [kept]


def test_what_says_nothing_finds_nothing(retriever):
    assert retriever.search("🙂") == retriever.search("") == []


@pytest.mark.parametrize("part", ["words", "translation", "dense", "links", "rerank"])
def test_each_part_can_be_switched_off(index, embedder, nothing_learnt, part):
    without = Retriever(index, embedder, SearchSettings(**{part: False}), nothing_learnt)
    assert without.search("矿山的特种作业人员要持证吗？", 5)[0].source_id == passage("矿山", "特种作业持证").source_id
    assert not len(without.parts("瞒报", 10, index.mask()).get(part, NONE).rows)


def test_with_every_part_off_nothing_is_found(index, embedder, nothing_learnt):
    off = SearchSettings(words=False, translation=False, dense=False)
    assert Retriever(index, embedder, off, nothing_learnt).search("瞒报事故") == []


def test_nothing_reaches_for_the_network(tmp_path, embedder, no_network, nothing_learnt):
    index = Index.build(library(), tmp_path, embedder)
    assert Retriever(index, embedder, SearchSettings(), nothing_learnt).search("瞒报事故")
    index.close()


def test_a_cross_encoder_orders_the_first_passages_where_one_is_named(index, embedder, nothing_learnt, cross):
    plain = Retriever(index, embedder, SearchSettings(), nothing_learnt).search("瞒报事故", 8)
    named = SearchSettings(reranker=str(cross), rerank_depth=8)
    ordered = Retriever(index, embedder, named, nothing_learnt).search("瞒报事故", 8)
    assert {p.source_id for p in ordered} == {p.source_id for p in plain}
    assert [p.source_id for p in ordered] != [p.source_id for p in plain]
    assert [p.score for p in ordered] == sorted((p.score for p in ordered), reverse=True)


def test_a_service_of_embeddings_that_is_away_leaves_the_words(index, embedder, nothing_learnt, caplog):
    class Away:
        name = embedder.name

        def encode(self, texts):
            raise ServiceAway("向量服务没有应答，请稍后再试。")

    found = Retriever(index, Away(), SearchSettings(), nothing_learnt).search("矿山的特种作业人员要持证吗？", 1)
    assert found[0].source_id == passage("矿山", "特种作业持证").source_id
    assert "只按词语检索" in caplog.text
