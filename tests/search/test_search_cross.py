import shutil

import numpy as np
import pytest
from conftest import library
from tiny import make_cross

from assistant.errors import BadModel
from assistant.search.cross import load_reranker, rerank
from assistant.settings import SearchSettings

TEXTS = ["瞒报事故", "特种作业持证", "码头", ""]


def chosen(setting):
    return load_reranker(SearchSettings(reranker=str(setting)))


@pytest.fixture
def copied(cross, tmp_path):
    return shutil.copytree(cross, tmp_path / "copied")


def test_none_unless_named():
    assert load_reranker(SearchSettings()) is None
    assert SearchSettings().rerank_depth == 50


def test_scores_are_those_of_the_model(cross, no_network):
    from sentence_transformers import CrossEncoder

    scores = chosen(cross).scores("瞒报", TEXTS)
    reference = CrossEncoder(str(cross), local_files_only=True).predict([("瞒报", text) for text in TEXTS])
    assert scores.dtype == np.float32
    assert np.allclose(scores, reference, atol=1e-6)
    assert len(set(scores.tolist())) > 1
    assert chosen(cross).scores("瞒报", []).shape == (0,)


def test_the_first_passages_are_put_in_the_order_of_the_scores(cross):
    from dataclasses import replace

    ranking = [replace(passage, score=1 - n / 100) for n, passage in enumerate(library()[:20])]
    scorer = chosen(cross)
    ordered = rerank("瞒报事故", ranking, scorer, 12)
    judged = scorer.scores(
        "瞒报事故", [f"{p.law} {p.title}\n{p.text}" if p.law not in p.title else f"{p.title}\n{p.text}" for p in ordered]
    )
    assert (np.diff(judged[:12]) <= 1e-6).all()
    assert ordered[12:] == ranking[12:]
    assert {p.source_id for p in ordered} == {p.source_id for p in ranking}
    assert [p.source_id for p in ordered] != [p.source_id for p in ranking]
    assert [p.score for p in ordered] == [p.score for p in ranking]


def test_nothing_to_put_in_order_asks_nobody(cross):
    assert rerank("瞒报", [], None, 50) == []
    assert rerank("瞒报", library()[:1], None, 50) == library()[:1]


@pytest.mark.parametrize("missing", ["nobody/no-such-model", "/no/such/folder"])
def test_one_that_is_not_here_is_one_sentence(missing):
    with pytest.raises(BadModel, match=r"^本机没有重排模型.*把它留空。$"):
        chosen(missing)


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json", "config.json"])
def test_a_broken_one_is_one_sentence(copied, file):
    whole = (copied / file).read_bytes()
    (copied / file).write_bytes(whole[: len(whole) // 3])
    with pytest.raises(BadModel, match=r"^重排模型.*不完整或已损坏.*把它留空。$"):
        chosen(copied).scores("瞒报", TEXTS)


def test_an_embedding_model_is_no_reranker(bert):
    with pytest.raises(BadModel, match=r"不是重排模型.*留空。$"):
        chosen(bert).scores("瞒报", TEXTS)


def test_a_classifier_of_many_labels_is_no_reranker(tmp_path):
    with pytest.raises(BadModel, match="只打一个分"):
        chosen(make_cross(tmp_path, labels=3)).scores("瞒报", TEXTS)


def test_weights_that_are_no_numbers_are_refused(copied):
    from safetensors.numpy import load_file, save_file

    weights = {name: np.full_like(value, np.nan) for name, value in load_file(copied / "model.safetensors").items()}
    save_file(weights, copied / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(BadModel, match="分数不能用"):
        chosen(copied).scores("瞒报", TEXTS)
