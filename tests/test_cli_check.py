"""``anheng check`` as a process: exit codes, formats, batch, and a Word copy with comments."""

import json
import subprocess
import sys

import docx
import pytest
from outside import ROOT, environment
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

RULES = (
    "蓝鲸潜水安全规定\n\n第一条 蓝鲸潜水由两人进行。\n第二条 潜水超过一小时的，应当报告。\n第三条 本规定自2023年1月1日起施行。\n"
)
RIGHT = "《蓝鲸潜水安全规定》第二条：“潜水超过一小时的，应当报告”。"
WRONG = "《蓝鲸潜水安全规定》第二条：“潜水超过三小时的，应当报告”。"


@pytest.fixture(scope="module")
def home(built_home, tmp_path_factory):
    import shutil

    folder = tmp_path_factory.mktemp("check")
    (folder / "蓝鲸潜水安全规定.txt").write_text(RULES, encoding="utf-8")
    home = shutil.copytree(built_home, folder / "home")
    run = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "import", str(folder / "蓝鲸潜水安全规定.txt")],
        cwd=ROOT,
        env=environment(home, PYTHONPATH=str(ROOT)),
        capture_output=True,
    )
    assert run.returncode == 0
    return home


def piped(home, text, *options):
    command = [sys.executable, "-m", "assistant.cli", "check", "-", *options]
    return subprocess.run(
        command, cwd=ROOT, env=environment(home, PYTHONPATH=str(ROOT)), input=text.encode(), capture_output=True
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [(RIGHT, 0), (WRONG, 4), (RIGHT + "\n《刑法》第一百三十四条第一款规定了重大责任事故罪。", 5), ("没有引用。", 0)],
)
def test_the_exit_code_says_whether_anything_is_wrong(home, text, code):
    assert piped(home, text).returncode == code


def test_json_of_standard_input(home):
    run = piped(home, "\ufeff导语。\r\n" + WRONG, "--json")
    (row,) = json.loads(run.stdout)
    assert set(row) == {"surface", "start", "end", "law", "article", "paragraph", "item", "verdict", "right", "why"}
    assert (row["law"], row["article"], row["verdict"]) == ("蓝鲸潜水安全规定", "2", "文字有误")
    assert row["right"] == "潜水超过一小时的，应当报告"


def pdf(path, text):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = Canvas(str(path))
    page.setFont("STSong-Light", 12)
    page.drawString(72, 700, text)
    page.save()
    assert PdfReader(path).pages[0].extract_text().strip()


def word(path, text):
    file = docx.Document()
    run = file.add_paragraph("导语。").add_run(text[:9])
    run.bold = True
    file.paragraphs[0].add_run(text[9:])
    file.add_table(1, 1).cell(0, 0).text = text
    file.save(str(path))


@pytest.mark.parametrize(
    ("name", "write"),
    [("甲.pdf", pdf), ("甲.docx", word), ("甲.md", lambda path, text: path.write_text(f"# 题\n\n- {text}\n", encoding="utf-8"))],
)
def test_files_of_every_kind(anheng, home, tmp_path, name, write):
    write(tmp_path / name, WRONG)
    run = anheng("check", tmp_path / name, "--json", home=home)
    assert run.code == 4, run.err
    assert {row["verdict"] for row in run.json} == {"文字有误"}


def test_a_word_copy_keeps_the_file_and_comments_on_what_is_wrong(anheng, home, tmp_path):
    word(tmp_path / "稿.docx", WRONG)
    run = anheng("check", tmp_path / "稿.docx", "--word", tmp_path / "核.docx", home=home)
    assert run.code == 4
    before, after = (docx.Document(str(tmp_path / name)) for name in ("稿.docx", "核.docx"))
    assert [p.text for p in after.paragraphs] == [p.text for p in before.paragraphs]
    assert [(c.author, c.text.split("】")[0]) for c in after.comments] == [("安衡", "【文字有误"), ("安衡", "【文字有误")]
    marked = [run.text for run in after.paragraphs[0].runs]
    assert "《蓝鲸潜水安" in marked[1]
    assert "".join(marked) == before.paragraphs[0].text
    assert len(docx.Document(str(tmp_path / "稿.docx")).comments._comments_elm) == 0


def test_a_batch_at_dates_of_its_own(anheng, home, tmp_path):
    rows = f"- id: A\n  text: {RIGHT}\n  as_of: 2022-12-31\n- id: B\n  text: {RIGHT}\n  as_of: null\n"
    (tmp_path / "批.yaml").write_text(rows, encoding="utf-8")
    assert anheng("check", "--batch", tmp_path / "批.yaml", "--out", tmp_path / "果.json", home=home).code == 0
    found = json.loads((tmp_path / "果.json").read_text(encoding="utf-8"))
    assert [(row["id"], row["findings"][0]["verdict"]) for row in found] == [("A", "尚未施行"), ("B", "一致")]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "请写出要核验的文件"),
        (["没有.docx"], "找不到“没有.docx”"),
        (["--batch", "没有.yaml"], "读不出来"),
        (["坏.docx"], "不是完好的 Word 文件"),
        (["空.txt"], "空文件"),
        (["一.txt", "--on", "昨天"], "写法不对"),
    ],
)
def test_bad_input_gets_a_sentence(anheng, home, tmp_path, arguments, says):
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "一.txt").write_text(RIGHT, encoding="utf-8")
    run = anheng("check", *[tmp_path / a if "." in a else a for a in arguments], home=home)
    assert run.code in {1, 2}
    assert says in run.sentence.replace(f"{tmp_path}/", "")
