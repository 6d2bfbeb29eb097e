"""A model's sentences over the interface: each as it passes, before the model has ended."""

import json

import httpx
from api_server import serving, settings

from assistant.answer.evidence import Evidence
from assistant.services import Services
from assistant.settings import LLMSettings

QUESTION = "重大责任事故罪怎么判？"


def test_a_sentence_that_has_passed_comes_before_the_model_ends(built_home, llm):
    services = Services(settings(built_home).model_copy(update={"llm": LLMSettings(model="qwen", base_url=llm.url)}))
    composed = Services(settings(built_home)).ask(QUESTION)
    given = Evidence(composed, services.sources, services.drafting.wording(services.sources)).given
    n = next(one.n for one in given if one.ref and (one.ref.law, one.ref.article) == ("刑法", "134"))
    llm.say(f"重大责任事故罪没有罚金刑[{n}]。", "根据《安全事故赔偿法》第三条应当赔偿[1]。", "未完", pause=0.2)
    llm.script[0].fault = "stall"
    with serving(services) as address, httpx.Client(timeout=60) as client:
        with client.stream("POST", f"{address}/api/v1/ask", json={"question": QUESTION, "stream": True}) as response:
            lines = response.iter_lines()
            said = (json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: "))
            sentence = next(claim for claim in said if claim["drafted"])
        assert "没有罚金刑" in sentence["text"]
        assert sentence["citations"]
        assert llm.left.wait(20)  # the reader has gone, and with it the request to the model
