"""``anheng ask`` with a model and without, ``anheng model``, and what ``doctor`` says: the real command, a real endpoint."""

import pytest

QUESTION = "死亡三人的重大责任事故怎么判？"


def chosen(llm):
    return {"ANHENG_LLM__MODEL": "qwen", "ANHENG_LLM__BASE_URL": llm.url, "ANHENG_LLM__API_KEY": "sk-secret-1"}


def test_ask_uses_the_model_that_is_set(anheng, own_home, llm):
    llm.say("重大责任事故罪并处罚金[1]。")
    ran = anheng("ask", QUESTION, "--json", home=own_home, **chosen(llm))
    assert ran.code == 0
    assert ran.json["model"].startswith("qwen（127.0.0.1:")
    assert ran.json["withheld"][-1]["text"] == "重大责任事故罪并处罚金。"
    assert llm.headers[0]["authorization"] == "Bearer sk-secret-1"
    assert "sk-secret-1" not in ran.out + ran.err


def test_no_model_asks_none(anheng, own_home, llm):
    ran = anheng("ask", QUESTION, "--no-model", "--json", home=own_home, **chosen(llm))
    assert ran.code == 0
    assert ran.json["model"] == ""
    assert llm.connections == 0


def test_doctor_and_model_say_which_and_where(anheng, own_home, llm):
    doctor = anheng("doctor", home=own_home, **chosen(llm))
    assert "语言模型：qwen（127.0.0.1:" in doctor.out
    assert "sk-secret-1" not in doctor.out
    assert "未接模型" in anheng("model", home=own_home).out
    assert llm.connections == 0


def test_a_model_elsewhere_has_to_be_confirmed_once(anheng, own_home):
    away = {"ANHENG_LLM__MODEL": "big", "ANHENG_LLM__BASE_URL": "https://model.invalid/v1"}
    shown = anheng("model", home=own_home, **away)
    assert "待确认" in shown.out
    assert "涉密材料" in shown.out
    assert anheng("ask", QUESTION, "--json", home=own_home, **away).json["model"] == ""
    assert anheng("model", "confirm", "--yes", home=own_home, **away).code == 0
    assert "待确认" not in anheng("model", home=own_home, **away).out
    assert anheng("model", "revoke", home=own_home, **away).code == 0
    assert "待确认" in anheng("model", home=own_home, **away).out


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"ANHENG_LLM__MODEL": "qwen"}, "ANHENG_LLM__BASE_URL"),
        ({"ANHENG_LLM__BASE_URL": "http://127.0.0.1:1/v1"}, "ANHENG_LLM__MODEL"),
        ({"ANHENG_LLM__MODEL": "qwen", "ANHENG_LLM__BASE_URL": "not an address"}, "ANHENG_LLM__BASE_URL"),
        ({"ANHENG_LLM__TIMEOUT": "-1"}, "ANHENG_LLM__TIMEOUT"),
        ({"ANHENG_LLM__NO_SUCH": "1"}, "ANHENG_LLM__NO_SUCH"),
    ],
)
def test_a_wrong_setting_is_one_sentence(anheng, own_home, settings, named):
    ran = anheng("ask", QUESTION, home=own_home, **settings)
    assert ran.code == 2
    assert named in ran.sentence


def test_confirming_nothing_says_what_to_set(anheng, own_home):
    ran = anheng("model", "confirm", "--yes", home=own_home)
    assert ran.code == 2
    assert "ANHENG_LLM__MODEL" in ran.sentence
