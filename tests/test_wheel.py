"""The wheel alone, unpacked elsewhere, answers: what ships is enough."""

import json
import subprocess
import sys
import zipfile

import pytest
from outside import ROOT, environment

pytest.importorskip("hatchling")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        str(ROOT),
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "-q",
        "-w",
        str(folder),
    ]
    done = subprocess.run(build, capture_output=True, text=True, cwd=folder)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("anheng-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


# Editable installs put the checkout on sys.path: it is taken off again, so that only the wheel can be found.
ENTRY = f"""
import sys
sys.path[:] = [p for p in sys.path if p.rstrip("/") != {str(ROOT)!r}]
sys.meta_path[:] = [finder for finder in sys.meta_path if "editable" not in str(finder).lower()]
import assistant, eval.run
assert not assistant.__file__.startswith({str(ROOT)!r}), assistant.__file__
assert not eval.run.__file__.startswith({str(ROOT)!r}), eval.run.__file__
from assistant.cli import main
main()
"""


@pytest.fixture
def installed(unpacked, tmp_path):
    (tmp_path / "cwd").mkdir()

    def run(*args):
        return subprocess.run(
            [sys.executable, "-c", ENTRY, *map(str, args)],
            cwd=tmp_path / "cwd",
            env=environment(tmp_path / "home", PYTHONPATH=str(unpacked)),
            capture_output=True,
            text=True,
        )

    return run


def test_the_wheel_holds_what_it_needs_and_nothing_else(unpacked):
    top = {path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")}
    assert top == {"assistant", "eval"}
    data = unpacked / "assistant" / "_data"
    assert (data / "knowledge_base" / "cues.yaml").is_file()
    assert (data / "knowledge_base" / "embedding" / "model.safetensors").is_file()
    assert (data / "prompts").is_dir()
    shipped = {path.relative_to(data / "knowledge_base") for path in (data / "knowledge_base").rglob("*.yaml")}
    assert shipped == {path.relative_to(ROOT / "knowledge_base") for path in (ROOT / "knowledge_base").rglob("*.yaml")}
    assert (unpacked / "assistant" / "web" / "style.css").is_file()
    assert not list(unpacked.rglob("test_*.py"))


def test_the_first_question_works_from_the_wheel(installed, unpacked):
    run = installed("ask", "重大责任事故罪怎么判？", "--json")
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    assert answer["status"] == "answered"
    assert answer["citations"]


def test_eval_works_from_the_wheel(installed, tmp_path):
    case = {
        "id": "1",
        "turns": ["危险作业罪怎么判？"],
        "expected_behavior": "answer",
        "gold": [{"law": "中华人民共和国刑法", "article": "第一百三十四条之一"}],
        "must_state": ["危险作业罪处1年以下有期徒刑、拘役或者管制"],
    }
    (tmp_path / "cases.json").write_text(json.dumps([case], ensure_ascii=False), encoding="utf-8")
    run = installed("eval", "--cases", tmp_path / "cases.json", "--out", tmp_path / "out.json")
    assert run.returncode == 0, run.stderr
    (row,) = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["rows"]
    assert row["answer"]["status"] == "answered"
    assert row["scores"]["gold"] == 1.0
    assert row["scores"]["stated"] == [True]
