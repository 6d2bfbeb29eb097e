"""Models and vectors that the settings put elsewhere: exchanged, broken or away, nothing that was built is lost."""

import logging
import shutil

import pytest
from chroma_server import Chroma

from assistant.domain.answer import Outcome
from assistant.errors import BadModel, ServiceAway
from assistant.services import Services
from assistant.settings import SearchSettings, Settings
from assistant.training.static import train_static

QUESTION = "重大责任事故罪怎么判？"
TEXT = "某某气源试验规定\n\n第一条 试验结束后十分钟内应当切断全部气源。\n第二条 本规定自2025年1月1日起施行。\n"
SENTENCES = ["生产经营单位应当排查隐患", "试验结束切断全部气源", "瞒报事故的处以罚款", "特种作业人员持证上岗"]


@pytest.fixture
def chroma(tmp_path):
    server = Chroma(tmp_path / "chroma")
    yield server
    server.kill()


@pytest.fixture
def law(tmp_path):
    path = tmp_path / "law.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def opened(home, **search):
    return Services(Settings(home=home, search=SearchSettings(**search)))


def folders(home):
    return {path.name for path in (home / "index").iterdir() if (path / "CURRENT").is_file()}


def near(services, text):
    """By vectors alone."""
    return services.index.nearest_vectors(services.embedder.encode([text]), 3, services.index.mask())[0]


def test_a_server_that_goes_away_and_comes_back_while_the_program_runs(tmp_path, chroma, law, caplog):
    home = tmp_path / "home"
    services = opened(home, chroma_url=chroma.url)
    assert services.ask(QUESTION).status is Outcome.ANSWERED
    assert near(services, "切断气源")
    assert not list((home / "index").rglob("vectors"))
    chroma.kill()
    with pytest.raises(ServiceAway, match="ANHENG_SEARCH__CHROMA_URL"):
        services.import_paths([law])
    caplog.set_level(logging.WARNING)
    for running in (services, opened(home, chroma_url=chroma.url)):
        assert running.ask(QUESTION).status is Outcome.ANSWERED
        assert "自动补上" in caplog.text
        assert running.law("某某气源试验规定", "1").text.startswith("试验结束后")
    chroma.start()
    for again in (services, running):
        assert again.search("试验结束后切断气源", 3)[0].law == "某某气源试验规定"
        assert near(again, "切断气源")
    document = services.library.documents()[0].id
    chroma.kill()
    with pytest.raises(ServiceAway):
        services.remove(document)
    assert not [hit for hit in services.search("试验结束后切断气源", 9) if hit.law == "某某气源试验规定"]
    chroma.start()
    services.search("试验", 1)
    assert services.index._vector_store().count() == services.index.count


def test_a_server_that_has_lost_its_data_is_filled_anew(tmp_path, chroma, law):
    services = opened(tmp_path / "home", chroma_url=chroma.url)
    services.import_paths([law])
    for name in chroma.collections():
        chroma.delete(name)
    assert services.search("试验结束后切断气源", 3)[0].law == "某某气源试验规定"
    for name in chroma.collections():
        chroma.delete(name)
    services.remove(services.library.documents()[0].id)
    assert near(services, "切断气源")


def test_a_server_that_was_never_there_is_one_sentence_of_the_command(tmp_path, anheng):
    away = "http://127.0.0.1:9"
    for more in ({"CHROMA_URL": away}, {"EMBEDDING": away, "EMBEDDING_MODEL": "m"}, {"EMBEDDING": away}, {"EMBEDDING": "/no"}):
        run = anheng("ask", QUESTION, home=tmp_path / "home", **{f"ANHENG_SEARCH__{name}": value for name, value in more.items()})
        assert run.code in {1, 2}
        assert "内部出错" not in run.sentence
        assert "ANHENG_SEARCH__" in run.sentence


def test_moving_to_a_server_and_back(tmp_path, chroma, built_home):
    home = shutil.copytree(built_home, tmp_path / "home")
    before = folders(home)
    away = Chroma(tmp_path / "other")
    away.kill()
    with pytest.raises(ServiceAway, match=r"请确认它已启动"):
        opened(home, chroma_url=away.url).ask(QUESTION)
    assert folders(home) == before, "what was built is kept until something better stands"
    services = opened(home, chroma_url=chroma.url)
    assert near(services, "切断气源")
    assert len(folders(home)) == len(chroma.collections()) == 1
    assert folders(home) != before
    assert near(opened(home), "切断气源")
    assert folders(home) == before
    assert chroma.collections() == []


def test_a_model_exchanged_in_place_and_one_that_is_broken(tmp_path, built_home):
    home, model = shutil.copytree(built_home, tmp_path / "home"), tmp_path / "model"
    builtin = folders(home)
    train_static(SENTENCES * 20, model, dim=8, vocab=60)
    weights = (model / "model.safetensors").read_bytes()
    (model / "model.safetensors").write_bytes(weights[:100])
    with pytest.raises(BadModel, match=r"已损坏.*builtin。$"):
        opened(home, embedding=str(model)).ask(QUESTION)
    assert folders(home) == builtin
    (model / "model.safetensors").write_bytes(weights)
    assert near(opened(home, embedding=str(model)), "切断气源")
    first = folders(home)
    train_static(SENTENCES * 20, model, dim=6, vocab=50)
    assert near(opened(home, embedding=str(model)), "切断气源")
    assert len(folders(home)) == 1
    assert folders(home) != first != builtin
