"""``anheng train`` refuses in one sentence what it cannot do, before any work."""

import os
import subprocess
import sys

import pytest


def train(home, *arguments):
    command = [sys.executable, "-m", "assistant.cli", "train", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | {"ANHENG_HOME": str(home)})


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "{full}"], "里已经有东西，请给一个新的或空的文件夹"),
        ([], "请用 --out 写明模型放到哪个文件夹"),
        (["--from-feedback"], "可以学习的反馈还太少：本机反馈 0 问"),
        (["--from-feedback", "--out", "{new}"], "可以学习的反馈还太少"),
        (["--out", "{new}", "--questions", "{new}/none.jsonl"], "没有“{new}/none.jsonl”这个文件"),
        (["--out", "{new}", "--questions", "{bad}"], "第 1 行不是“问题与条文”"),
    ],
)
def test_bad_input_is_one_sentence_and_leaves_nothing(tmp_path, arguments, said):
    names = {"full": tmp_path / "full", "new": tmp_path / "new", "bad": tmp_path / "bad.jsonl"}
    names["full"].mkdir()
    (names["full"] / "model.safetensors").write_text("mine")
    names["bad"].write_text("不是问题\n", encoding="utf-8")
    ran = train(tmp_path / "home", *(argument.format(**names) for argument in arguments))
    assert ran.returncode == 2, ran.stderr
    assert said.format(**names) in ran.stderr.replace("\n", "")
    assert "Traceback" not in ran.stderr
    assert not names["new"].exists()
    assert (names["full"] / "model.safetensors").read_text() == "mine"
    assert not (tmp_path / "home" / "models").exists()
