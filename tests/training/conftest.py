import pytest

from assistant.domain.answer import Passage
from assistant.search.embed import StaticEmbedder
from assistant.search.index import Index
from assistant.training.contrast import Recipe
from assistant.training.corpus import Corpus, Question
from assistant.training.static import train_static
from assistant.training.train import train

SAID = {  # what people say, and what a rule calls it
    "电瓶车": "电动自行车",
    "老板": "主要负责人",
    "黑煤气": "无证经营燃气",
    "楼道堆东西": "占用疏散通道",
    "没证焊工": "无证特种作业",
    "进罐子": "有限空间作业",
    "顶板塌": "冒顶事故",
    "瞒着不报": "瞒报事故",
}
PLACES = ["商场", "工厂", "矿山", "工地", "学校", "医院", "码头", "仓库"]
ASKED = ["{place}里{said}会怎么罚", "我们{place}{said}，谁管", "{said}这种事出在{place}算不算违法"]


def library():
    found = []
    for number, rule in enumerate(SAID.values(), 1):
        for place in PLACES:
            text = f"{place}涉及{rule}的，由有关部门责令限期改正；逾期不改正的，处以罚款。"
            article = f"{number}-{PLACES.index(place) + 1}"
            found.append(Passage(f"law/{article}", "provision", f"《场所规定》第{article}条 {rule}", text, "场所规定", article))
    return found


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
