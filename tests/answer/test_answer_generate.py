"""The chain against a real HTTP server on loopback that speaks the OpenAI format and misbehaves in every way."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from scripted_llm import ScriptedLLM

from assistant.answer.generate import Model
from assistant.answer.prompts import Prompt, load_prompt
from assistant.errors import BadModel, Cancelled, KnowledgeError, ServiceAway
from assistant.settings import LLMSettings, shipped

PROMPT = Prompt("p", frozenset({"question"}), (("system", "规则"), ("user", "问：{question}")))
ROOT = Path(__file__).resolve().parents[2]


def model(llm, **more):
    return Model(LLMSettings.model_validate({"model": "qwen", "base_url": llm.url, "timeout": 2} | more))


def said(llm, cancelled=lambda: False, **more):
    return list(model(llm, **more).stream(PROMPT, {"question": "怎么判"}, cancelled))


def test_the_text_comes_in_pieces_as_the_endpoint_sends_them(llm):
    llm.say("一。", "二。", "三。")
    assert said(llm) == ["一。", "二。", "三。"]
    assert llm.prompts == ["问：怎么判"]
    assert [message["role"] for message in llm.asked[0]["messages"]] == ["system", "user"]
    assert llm.asked[0]["stream"] is True
    assert (llm.asked[0]["model"], llm.asked[0]["temperature"], llm.asked[0]["max_tokens"]) == ("qwen", 0.2, 1500)


def test_braces_in_a_question_are_not_variables(llm):
    llm.say("好。")
    list(model(llm).stream(PROMPT, {"question": "{question}{secret}{{x}}"}, lambda: False))
    assert llm.prompts == ["问：{question}{secret}{{x}}"]


def test_the_key_goes_as_a_bearer_token_and_nothing_else_of_the_environment_goes(llm, monkeypatch):
    for name, value in {
        "OPENAI_API_KEY": "sk-of-the-environment",
        "OPENAI_ORG_ID": "org-secret",
        "OPENAI_PROJECT_ID": "proj-secret",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "ALL_PROXY": "http://127.0.0.1:9",
        "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
    }.items():
        monkeypatch.setenv(name, value)
    llm.say("好。").say("好。")
    said(llm, api_key="sk-mine")
    said(llm)
    assert llm.headers[0]["authorization"] == "Bearer sk-mine"
    told = json.dumps(llm.headers)
    assert "secret" not in told
    assert "sk-of-the-environment" not in told
    assert not any(name.startswith(("x-stainless", "openai-")) for headers in llm.headers for name in headers)


@pytest.mark.parametrize(
    ("fault", "error", "sentence"),
    [
        ("500", ServiceAway, "暂时不能回答（HTTP 500）"),
        ("503", ServiceAway, "暂时不能回答（HTTP 503）"),
        ("429", ServiceAway, "暂时不能回答（HTTP 429）"),
        ("401", BadModel, "ANHENG_LLM__API_KEY"),
        ("404", BadModel, "核对地址和模型名称"),
        ("cut", ServiceAway, "中途断了"),
        ("end", ServiceAway, "中途断了"),
        ("malformed", BadModel, "不是 OpenAI 兼容的格式"),
        ("html", BadModel, "不是 OpenAI 兼容的格式"),
        ("silent", ServiceAway, "没有按时回答"),
        ("stall", ServiceAway, "没有按时回答"),
    ],
)
def test_every_fault_is_one_sentence(llm, fault, error, sentence):
    llm.say("半句话", fault=fault)
    with pytest.raises(error, match=sentence):
        said(llm, timeout=0.4)


def test_what_is_empty_or_of_another_format_has_no_text(llm):
    llm.say("x", fault="empty").say(fault="other")
    assert said(llm) == []
    assert said(llm) == []


def test_a_refused_connection_is_one_sentence():
    server = ScriptedLLM()
    server.close()
    with pytest.raises(ServiceAway, match="连不上"):
        said(server)


def test_a_key_that_is_refused_is_not_repeated(llm):
    llm.say(fault="400")
    with pytest.raises(BadModel) as caught:
        said(llm, api_key="no such model")
    assert "no such model" not in str(caught.value)


@pytest.mark.parametrize("script", [{"forever": True, "pause": 0.02}, {"fault": "silent"}, {"fault": "stall"}])
def test_giving_up_closes_the_connection_to_the_endpoint(llm, script):
    llm.say("还在写", **script)
    started = time.monotonic()
    with pytest.raises(Cancelled):
        said(llm, lambda: time.monotonic() - started > 0.3, timeout=30)
    assert time.monotonic() - started < 2
    assert llm.left.wait(2)


def test_reading_no_further_closes_the_connection_to_the_endpoint(llm):
    llm.say("还在写", forever=True, pause=0.02)
    stream = model(llm).stream(PROMPT, {"question": "问"}, lambda: False)
    assert next(stream) == "还在写"
    stream.close()
    assert llm.left.wait(2)


def test_a_model_that_never_ends_meets_its_deadline(llm):
    llm.say("还在写", forever=True, pause=0.02)
    with pytest.raises(ServiceAway, match="没有按时回答"):
        said(llm, deadline=0.5)
    assert llm.left.wait(2)


TRACED = """
import sys
from assistant.answer.generate import Model
from assistant.answer.prompts import Prompt
from assistant.settings import LLMSettings
prompt = Prompt("p", frozenset(), (("user", "问"),))
print(list(Model(LLMSettings(model="m", base_url=sys.argv[1])).stream(prompt, {}, lambda: False)))
"""


def test_nothing_is_traced_even_where_the_environment_asks_for_it(llm):
    tracer = ScriptedLLM()
    llm.say("好。")
    asks = {f"{who}_{what}": value for who in ("LANGSMITH", "LANGCHAIN") for what, value in _TRACING.items()}
    env = os.environ | asks | {"LANGSMITH_ENDPOINT": tracer.url, "LANGCHAIN_ENDPOINT": tracer.url, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", TRACED, llm.url], env=env, capture_output=True, text=True, timeout=60)
    tracer.close()
    assert ran.stdout.strip() == "['好。']", ran.stderr
    assert tracer.connections == 0


_TRACING = {"TRACING": "true", "TRACING_V2": "true", "API_KEY": "ls-key", "PROJECT": "p"}


@pytest.mark.parametrize("name", sorted(file.stem for file in shipped("prompts").glob("*.md") if file.stem != "README"))
def test_every_prompt_that_ships_declares_its_variables(name):
    prompt = load_prompt(shipped("prompts"), name)
    assert prompt.filled(dict.fromkeys(prompt.variables, "值"))


@pytest.mark.parametrize(
    "text",
    [
        "# user\n{question}",
        "---\nvariables: [question, more]\n---\n# user\n{question}",
        "---\nvariables: []\n---\n# user\n{question}",
        "---\nvariables: [question]\n---\n{question}",
        "---\nnothing: 1\n---\n# user\n问",
    ],
)
def test_a_prompt_whose_variables_are_not_as_declared_is_refused(tmp_path, text):
    (tmp_path / "answer.md").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="提示词"):
        load_prompt(tmp_path, "answer")


def test_a_value_that_is_missing_is_named(tmp_path):
    with pytest.raises(KeyError, match="question"):
        PROMPT.filled({})
