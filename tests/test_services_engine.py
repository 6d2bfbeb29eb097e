"""A real inference engine behind the endpoint: transformers with a tiny causal model of random weights. Its words are noise."""

import pytest
from tiny_llm import TinyEngine, make_llm

from assistant.errors import Cancelled
from assistant.services import Services
from assistant.settings import LLMSettings, Settings

pytestmark = pytest.mark.slow
QUESTION = "重大责任事故罪怎么判？"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    running = TinyEngine(make_llm(tmp_path_factory.mktemp("llm")))
    try:
        yield running.ready()
    finally:
        running.close()


@pytest.fixture
def services(own_home, engine):
    llm = LLMSettings(model=engine.model, base_url=engine.url, max_tokens=300, temperature=1.0)
    return Services(Settings(home=own_home, llm=llm))


def test_noise_is_withheld_and_the_composed_answer_stands(services):
    composed = services.ask(QUESTION, model=False)
    answer = services.ask(QUESTION)
    assert answer.claims == composed.claims
    assert answer.citations == composed.citations
    assert answer.warnings[-1] == "模型没有写出能通过核对的句子。以下是不用模型写成的回答。"
    assert len(answer.withheld) > len(composed.withheld)
    assert QUESTION in answer.sent


def test_the_engine_stops_when_the_reader_does(services, engine):
    asked = []
    with pytest.raises(Cancelled):
        services.ask(QUESTION, shown=asked.append, cancelled=lambda: bool(asked))
    assert services.ask(QUESTION).citations  # it answers the next one
