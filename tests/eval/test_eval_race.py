"""The peers that ours is measured beside, on five articles: what each finds is known, and so are the table's ratios."""

import importlib.util
from itertools import pairwise

import numpy as np
import pytest

from eval import race, weight
from eval.figures import Figure
from eval.peers import Bm25, BruteForce, Langchain, Text, characters, chroma_default, jieba_words, passages
from eval.queries import Query

TEXTS = [
    Text(("消防法", "28"), "消防法 第二十八条\n不得占用、堵塞、封闭疏散通道、安全出口"),
    Text(("安全生产法", "52"), "安全生产法 第五十二条\n订立免责的协议无效"),
    Text(("劳动合同法", "10"), "劳动合同法 第十条\n建立关系要签书面合同" + "，写明条件" * 200),
    Text(("公司法", "3"), "公司法 第三条\n公司是企业法人"),
    Text(("刑法", "134"), "刑法 第一百三十四条\n作业中违反规定，发生重大伤亡"),
]
QUESTIONS = {"疏散通道被堵塞": ("消防法", "28"), "书面合同要写什么": ("劳动合同法", "10")}


def pairs(texts):
    """Vectors of pairs of characters, hashed by their code points: texts that share pairs are near."""
    vectors = np.zeros((len(texts), 512), np.float32)
    for row, text in enumerate(texts):
        for first, second in pairwise(text):
            vectors[row, (ord(first) * 31 + ord(second)) % 512] = 1
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def installed(*names):
    lacking = [name for name in names if importlib.util.find_spec(name) is None]
    return pytest.mark.skipif(bool(lacking), reason=f"not installed: {lacking} (the dev extra has it)")


@pytest.mark.parametrize(
    "peer",
    [
        pytest.param(Bm25("字", characters), id="characters"),
        pytest.param(Bm25("词", jieba_words), id="jieba", marks=installed("jieba")),
        pytest.param(BruteForce("比", pairs), id="numpy"),
        pytest.param(Langchain("链", pairs), id="langchain", marks=installed("langchain_chroma", "langchain_text_splitters")),
    ],
)
def test_a_peer_finds_what_shares_words(peer):
    peer.build(TEXTS)
    for question, article in QUESTIONS.items():
        found = peer.search(question)
        assert found[0] == article
        assert len(found) == len(set(found)) <= 10
    queries = [Query(question, question, frozenset({article})) for question, article in QUESTIONS.items()]
    result = race.run(peer, TEXTS, queries)
    assert (result.recall, result.mrr) == (1.0, 1.0)
    assert result.build > 0
    assert 0 < result.median <= result.p95


def test_words_that_no_passage_has_find_nothing():
    peer = Bm25("字", characters)
    peer.build(TEXTS)
    assert peer.search("龘龘") == []


def test_every_article_is_given_to_the_peers_once(services):
    found = passages(services)
    assert len({text.article for text in found}) == len(found) > 1000
    assert all(text.text.strip() for text in found)


def test_ratios_are_to_ours():
    ours, other = race.Result("安衡", 0.8, 0.5, 10, 40, 90), race.Result("乙", 0.4, 0.5, 1, 10, 20)
    first, second = [[cell.strip() for cell in line.split("|")[1:-1]] for line in race.table([ours, other]).splitlines()[2:]]
    assert first == ["安衡", "0.800", "0.500", "10.0", "40.0", "90.0", "1.00", "1.00"]
    assert second[-2:] == ["0.50", "0.25"]


def test_the_default_model_of_chroma_is_looked_for_and_never_fetched(monkeypatch, tmp_path):
    from chromadb.utils.embedding_functions import ONNXMiniLM_L6_V2

    monkeypatch.setattr(ONNXMiniLM_L6_V2, "DOWNLOAD_PATH", tmp_path)
    assert chroma_default() is None
    assert list(tmp_path.iterdir()) == []


def test_search_alone_is_weighed_in_a_process_of_its_own(built_home):
    median, p95, memory, size = weight.figures(built_home, limit=5)
    assert "5 问" in median.name
    assert 0 < median.value <= p95.value
    assert 50 < memory.value < 2000
    assert 1 < size.value < 200


def test_a_figure_over_its_limit_says_so():
    assert "超出" in str(Figure("甲", 41, 40, "毫秒"))
    assert "超出" not in str(Figure("甲", 40, 40, "毫秒"))
