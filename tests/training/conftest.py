import pytest
from places import ASKED, PLACES, SAID, library

from assistant.search.embed import StaticEmbedder
from assistant.search.index import Index
from assistant.training.contrast import Recipe
from assistant.training.corpus import Corpus, Question
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
