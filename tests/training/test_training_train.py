"""Training from the beginning on a small library: what comes out works, and finds what the words of the law do not."""

import json

import numpy as np
import pytest
from places import ASKED, PLACES, SAID, library

from assistant.errors import UsageError
from assistant.search.embed import StaticEmbedder
from assistant.search.features import NAMES
from assistant.search.index import Index
from assistant.search.rerank import Ranking
from assistant.search.retriever import Retriever
from assistant.search.translation import Translation
from assistant.settings import SearchSettings
from assistant.training.contrast import Recipe
from assistant.training.corpus import Corpus, Question, fold_of, read_questions
from assistant.training.static import train_static
from assistant.training.train import train


@pytest.fixture(scope="session")
def plain(tmp_path_factory):
    """A model that has seen the texts alone."""
    folder = tmp_path_factory.mktemp("plain")
    train_static([passage.text for passage in library()] * 3, folder, dim=16, vocab=300)
    return folder


@pytest.fixture(scope="session")
def small_index(tmp_path_factory, plain):
    index = Index.build(library(), tmp_path_factory.mktemp("trained-index"), StaticEmbedder(plain))
    yield index
    index.close()


@pytest.fixture(scope="session")
def corpus(small_index):
    return Corpus(small_index.everything("provision"))


@pytest.fixture(scope="session")
def questions(corpus):
    found = []
    for number, said in enumerate(SAID, 1):
        for place in PLACES[:6]:
            article = f"{number}-{PLACES.index(place) + 1}"
            gold = corpus.positions("场所规定", article)
            found += [Question(form.format(place=place, said=said), gold, articles=(article,)) for form in ASKED]
    return found


@pytest.fixture(scope="session")
def learnt(corpus, small_index, questions, tmp_path_factory):
    recipe = Recipe(own_steps=20, own_batch=64, steps=120, batch=64, look=50, confused=8, random=16)
    stages = []
    folder = tmp_path_factory.mktemp("learnt") / "model"
    train(corpus, small_index, questions, lambda stage, done, total: stages.append(stage), recipe).save(folder)
    return folder, stages


def share_found(folder, learnt, home):
    """How many of the questions about places that no question was asked of have their article first."""
    embedder = StaticEmbedder(folder)
    index = Index.build(library(), home, embedder)
    retriever = Retriever(index, embedder, SearchSettings(), learnt)
    first = [
        retriever.search(f"{place}有{said}，要负什么责任", 1)[0].article == f"{number}-{place_number}"
        for number, said in enumerate(SAID, 1)
        for place_number, place in ((7, "码头"), (8, "仓库"))
    ]
    index.close()
    return np.mean(first)


def test_what_is_learnt_finds_words_that_the_law_does_not_use(plain, learnt, tmp_path):
    folder, _ = learnt
    before = share_found(plain, tmp_path / "nothing", tmp_path / "before")
    after = share_found(folder, folder, tmp_path / "after")
    assert after >= 0.9
    assert after > before + 0.3


def test_the_table_is_a_sentence_transformers_model(learnt):
    from sentence_transformers import SentenceTransformer

    folder, _ = learnt
    texts = ["老板瞒着不报", "工厂"]
    reference = SentenceTransformer(str(folder), device="cpu", local_files_only=True).float()
    assert np.allclose(StaticEmbedder(folder).encode(texts), reference.encode(texts), atol=1e-5)


def test_every_stage_is_told(learnt):
    _, stages = learnt
    assert {"分词", "条文自学", "问题", "排序 1/3", "排序 3/3"} <= set(stages)


def test_everyday_words_stand_for_the_words_of_the_rule(learnt):
    folder, _ = learnt
    weights = Translation.load(folder).query(["老板"])
    assert weights["老板"] == 1.0
    likeliest = sorted(weights, key=weights.get, reverse=True)[1:7]
    assert {"主要", "要负", "负责", "责人"} & set(likeliest)


def test_a_saved_translation_is_the_same(learnt, tmp_path):
    folder, _ = learnt
    first = Translation.load(folder)
    first.save(tmp_path)
    assert Translation.load(tmp_path).query(["老板", "瞒着"]) == first.query(["老板", "瞒着"])
    assert Translation.load(tmp_path / "none").query(["老板"]) == {"老板": 1.0}


def test_the_ranking_wants_the_features_it_was_trained_with(learnt):
    ranking = Ranking(learnt[0])
    assert len(ranking.scores(np.zeros((3, len(NAMES)), np.float32))) == 3
    with pytest.raises(ValueError, match=str(len(NAMES))):
        ranking.scores(np.zeros((3, 2), np.float32))


def test_too_few_questions_are_one_sentence(corpus, small_index, questions):
    with pytest.raises(UsageError, match=r"^可用来训练的问题太少"):
        train(corpus, small_index, questions[:2], lambda *step: None, Recipe())


def test_questions_are_read_with_their_articles_and_near_misses(corpus, tmp_path):
    rows = [
        {"q": "黑煤气谁管", "gold": [{"law": "场所规定", "article": "3-1"}], "near": [{"law": "场所规定", "article": "3-2"}]},
        {"question": "没有这一条", "gold": [{"law": "场所规定", "article": "99"}]},
    ]
    file = tmp_path / "q.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    (only,) = read_questions([file], corpus, lambda law: law, weight=3)
    assert (only.text, only.gold, only.near, only.weight) == (
        "黑煤气谁管",
        corpus.positions("场所规定", "3-1"),
        corpus.positions("场所规定", "3-2"),
        3,
    )


@pytest.mark.parametrize("line", ["不是 JSON", '{"q": "只有问题"}', '["列表"]', '{"q": "问", "gold": [{"law": "场所规定"}]}'])
def test_a_line_that_is_no_question_is_named(corpus, tmp_path, line):
    file = tmp_path / "q.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(UsageError, match="第 1 行"):
        read_questions([file], corpus, lambda law: law)


def test_an_article_as_text_and_as_gist_is_one_answer(small_index):
    twice = dict(enumerate([*library(), *library()]))
    assert len(Corpus(twice).positions("场所规定", "1-1")) == 2
    assert Corpus(twice).positions(None, "1-1") == ()


def test_folds_hold_together_what_asks_for_one_article(questions):
    folds = [fold_of(question, 3) for question in questions]
    assert set(folds) == {0, 1, 2}
    together = [{fold_of(q, 3) for q in questions if q.articles == (article,)} for article in {q.articles[0] for q in questions}]
    assert any(len(one) == 1 for one in together)
    assert any(len(one) > 1 for one in together)
