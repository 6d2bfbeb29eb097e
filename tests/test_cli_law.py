"""``anheng law`` as a process: the sentence, the exit code and the JSON of a day, and of two days."""

import pytest


@pytest.mark.parametrize(
    ("article", "on", "code", "standing"),
    [
        ("134", "1998-01-01", 3, "当日文本不在库中"),
        ("139-1", "1998-01-01", 3, "当日没有这一条"),
        ("134", "2007-01-01", 0, "当日有效"),
    ],
)
def test_a_day_has_a_standing_a_sentence_and_an_exit_code(anheng, built_home, article, on, code, standing):
    run = anheng("law", "刑法", article, "--on", on, "--json", home=built_home)
    assert (run.code, run.err) == (code, "")
    assert (run.json["standing"], run.json["on"]) == (standing, on)
    assert bool(run.json["sentence"]) is (code == 3)
    assert run.json["status"] == ("尚未施行" if code else "现行有效")
    said = anheng("law", "刑法", article, "--on", on, home=built_home)
    assert said.code == code
    assert said.out.startswith(run.json["sentence"] or "《")


def test_two_days_are_laid_side_by_side(anheng, built_home):
    run = anheng("law", "刑法", "390", "--on", "2023-05-01", "--and", "2024-06-01", home=built_home)
    assert run.code == 0
    assert "〔" in run.out
    assert "《刑法》第十二条" in run.out
    value = anheng("law", "刑法", "390", "--on", "2023-05-01", "--and", "2024-06-01", "--json", home=built_home).json
    assert value["then"]["effective_to"] == "2024-02-29"
    assert value["now"]["effective_from"] == "2024-03-01"
    assert value["deciding"][0]["article"] == "12"


@pytest.mark.parametrize(
    ("days", "words"),
    [(["--and", "2024-06-01"], "两个日期"), (["--on", "2024-06-01", "--and", "2023-01-01"], "先后")],
)
def test_dates_that_make_no_pair_are_told(anheng, built_home, days, words):
    run = anheng("law", "刑法", "390", *days, home=built_home)
    assert (run.code, run.out) == (2, "")
    assert words in run.sentence
