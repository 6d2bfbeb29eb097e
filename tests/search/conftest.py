import socket

import pytest
from tiny import make_bert, make_cross

from assistant.domain.answer import Passage
from assistant.search.embed import StaticEmbedder
from assistant.search.index import Index
from assistant.search.retriever import Retriever
from assistant.settings import SearchSettings
from assistant.training.static import train_static

SUBJECTS = ["企业", "矿山", "工地", "工厂", "码头", "商场", "学校", "仓库"]
MATTERS = ["消防通道堵塞", "瞒报事故", "特种作业持证", "粉尘防爆", "隐患排查", "应急演练", "危险化学品储存", "职业病防护"]


def passage(subject, matter, law="安全规定", kind="provision", prefix="builtin"):
    text = f"{subject}对{matter}负责，主要负责人应当检查{matter}并且记录，违反的由应急管理部门处以罚款。"
    return Passage(f"{prefix}/{law}#{subject}{matter}", kind, f"《{law}》{subject}{matter}", text, law, matter)


def library(law="安全规定", **more):
    return [passage(subject, matter, law, **more) for subject in SUBJECTS for matter in MATTERS]


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("model")
    texts = [p.text for p in library()] * 5
    train_static(texts, folder, dim=16, vocab=300)
    return folder


@pytest.fixture(scope="session")
def bert(tmp_path_factory):
    return make_bert(tmp_path_factory.mktemp("bert"))


@pytest.fixture(scope="session")
def cross(tmp_path_factory):
    return make_cross(tmp_path_factory.mktemp("cross"))


@pytest.fixture(scope="session")
def embedder(model):
    return StaticEmbedder(model)


@pytest.fixture
def index(tmp_path, embedder):
    built = Index.build(library(), tmp_path / "index", embedder)
    yield built
    built.close()


@pytest.fixture(scope="session")
def nothing_learnt(tmp_path_factory):
    """A folder without translation table and ranking."""
    return tmp_path_factory.mktemp("nothing")


@pytest.fixture
def retriever(index, embedder, nothing_learnt):
    return Retriever(index, embedder, SearchSettings(), nothing_learnt)


@pytest.fixture
def no_network(monkeypatch):
    def refuse(self, address):
        raise AssertionError(f"reached for {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: refuse(None, args))
