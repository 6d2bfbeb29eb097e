"""Several processes on one home, two homes beside each other, and no network at all."""

import json

import pytest
from outside import ROOT, ran

QUESTION = "重大责任事故罪怎么判？"
TEXT = "某某阀门试验规定\n\n第一条 阀门试验后应当在三十分钟内复位。\n第二条 本规定自2025年1月1日起施行。\n"

BARRED = """
import socket


def barred(method):
    def guarded(self, address, *rest):
        inside = self.family == getattr(socket, "AF_UNIX", None) or str(address[0]) in {"127.0.0.1", "::1", "localhost"}
        if not inside:
            raise SystemExit(f"tried to reach {address}")
        return method(self, address, *rest)
    return guarded


socket.socket.connect = barred(socket.socket.connect)
socket.socket.connect_ex = barred(socket.socket.connect_ex)
socket.socket.sendto = lambda *args: (_ for _ in ()).throw(SystemExit("tried to send"))


def resolve(host, *rest, **named):
    if host not in {None, "localhost", "127.0.0.1", "::1"}:
        raise SystemExit(f"tried to resolve {host}")
    return real(host, *rest, **named)


real = socket.getaddrinfo
socket.getaddrinfo = resolve
"""


@pytest.fixture
def law_file(tmp_path):
    file = tmp_path / "阀门.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_two_first_questions_at_once_on_a_fresh_home(start, tmp_path):
    both = [start("ask", QUESTION, "--json", home=tmp_path / "home") for _ in range(2)]
    runs = [ran(process) for process in both]
    assert [(run.code, run.err) for run in runs] == [(0, ""), (0, "")]
    assert runs[0].json["claims"] == runs[1].json["claims"]


def test_an_import_beside_a_question(start, anheng, own_home, law_file):
    both = [start("import", law_file, home=own_home), start("ask", QUESTION, "--json", home=own_home)]
    imported, asked = [ran(process) for process in both]
    assert (imported.code, asked.code) == (0, 0), imported.err + asked.err
    found = anheng("search", "阀门试验后复位", "--k", "3", "--json", home=own_home).json
    assert found[0]["law"] == "某某阀门试验规定"


def test_two_imports_at_once_both_arrive(start, anheng, own_home, law_file, tmp_path):
    other = tmp_path / "管道.txt"
    other.write_text(TEXT.replace("阀门", "管道"), encoding="utf-8")
    runs = [ran(process) for process in [start("import", file, home=own_home) for file in (law_file, other)]]
    assert [run.code for run in runs] == [0, 0], [run.err for run in runs]
    listed = anheng("library", "list", "--json", home=own_home).json
    assert {row["title"] for row in listed} == {"某某阀门试验规定", "某某管道试验规定"}
    found = {row["law"] for row in anheng("search", "试验后在三十分钟内复位", "--k", "5", "--json", home=own_home).json}
    assert {"某某阀门试验规定", "某某管道试验规定"} <= found


def test_two_homes_never_touch(anheng, own_home, built_home, law_file):
    assert anheng("import", law_file, home=own_home).code == 0
    assert anheng("library", "list", "--json", home=built_home).json == []
    assert anheng("law", "某某阀门试验规定", "1", home=built_home).code == 3


def test_nothing_reaches_outside_not_even_at_first_start(anheng, tmp_path, law_file):
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(BARRED, encoding="utf-8")
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"qid": "1", "question": QUESTION}), encoding="utf-8")
    home = tmp_path / "home"
    for args in (
        ["ask", QUESTION],
        ["import", law_file],
        ["search", "阀门复位"],
        ["search", "--batch", rows, "--out", tmp_path / "hits.jsonl"],
        ["law", "刑法", "134-1"],
        ["doctor"],
    ):
        run = anheng(*args, home=home, PYTHONPATH=f"{tmp_path / 'guard'}:{ROOT}")
        assert (run.code, run.err) == (0, ""), args


def test_the_guard_against_the_network_does_bite(tmp_path):
    import subprocess
    import sys

    (tmp_path / "sitecustomize.py").write_text(BARRED, encoding="utf-8")
    tried = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    run = subprocess.run([sys.executable, "-c", tried], env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True)
    assert "tried to" in run.stderr


def test_doctor_tells_what_stands(anheng, built_home):
    told = anheng("doctor", home=built_home)
    assert told.code == 0
    for words in ("版本", "Python", "chromadb", "gradio", "要旨", "索引", "语言模型：未接模型", "不联网", str(built_home)):
        assert words in told.out, words
