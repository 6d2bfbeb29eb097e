"""测验 as files, opened again, and from the command line."""

import csv
import json
from io import BytesIO, StringIO

import docx
import openpyxl
import pytest
from outside import ran

from assistant.domain.quiz import LETTERS, QuizKind


@pytest.fixture(scope="module")
def items(services):
    found = services.quiz.items(60, topic="", seed=3)
    assert {item.kind for item in found} == set(QuizKind)
    return found


def said(content):
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs)


def test_the_paper_has_every_question_with_its_options_and_no_answer(services, items):
    text = said(services.quiz.file(items, ".docx", "车间测验"))
    assert "车间测验" in text
    assert "姓名" in text
    assert all(item.stem in text for item in items)
    assert all(option in text for item in items if item.kind is not QuizKind.TRUTH for option in item.options)
    assert "答案" not in text
    assert "解析：" not in text


def test_the_key_has_every_answer_with_its_explanation_and_source(services, items):
    text = said(services.quiz.key(items, "车间测验"))
    for item in items:
        assert item.explanation in text
        assert services.quiz.sources(item) in text
        assert f"答案：{item.right[0] if item.kind is QuizKind.TRUTH else item.letters}" in text


def test_paper_and_key_count_alike(services, items):
    paper, key = said(services.quiz.file(items, ".docx", "测")), said(services.quiz.key(items, "测"))
    assert all(f"{number}. " in paper and f"{number}. " in key for number in range(1, len(items) + 1))
    for item in items:
        number = paper.split(item.stem)[0].rpartition("\n")[2]
        assert f"{number}{item.stem}" in key


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_table_has_the_customary_columns_and_its_answers_are_those_of_the_items(services, items, suffix):
    content = services.quiz.file(items, suffix, "")
    if suffix == ".csv":
        rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    else:
        sheet = openpyxl.load_workbook(BytesIO(content)).active
        rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    head, *told = rows
    assert head[:4] == ["题型", "题干", "选项A", "选项B"]
    assert {"正确答案", "解析", "分值", "知识点", "出处"} <= set(head)
    assert len(told) == len(items)
    for row, item in zip(told, items, strict=True):
        one = dict(zip(head, row, strict=True))
        assert (one["题型"], one["题干"], one["解析"]) == (f"{item.kind}题", item.stem, item.explanation)
        if item.kind is QuizKind.TRUTH:
            assert one["正确答案"] == {"对": "正确", "错": "错误"}[item.right[0]]
        else:
            assert tuple(one[f"选项{letter}"] for letter in one["正确答案"]) == item.right
            assert [one[f"选项{LETTERS[at]}"] for at in range(len(item.options))] == list(item.options)


def test_the_command_writes_paper_and_key(built_home, tmp_path, start):
    told = ran(
        start(
            "quiz",
            "--topic",
            "煤矿",
            "--count",
            "10",
            "--out",
            tmp_path / "卷.docx",
            "--key",
            tmp_path / "答案.docx",
            home=built_home,
        )
    )
    assert told.code == 0, told.err
    assert "10题" in told.out
    assert "答案：" in said((tmp_path / "答案.docx").read_bytes())
    assert said((tmp_path / "卷.docx").read_bytes())


def test_the_command_prints_json(built_home, start):
    told = ran(start("quiz", "--count", "5", "--json", home=built_home))
    assert len(json.loads(told.out)) == 5


@pytest.mark.parametrize(
    "options",
    [("--out", "卷.pptx"), ("--count", "0"), ("--audience", "路人"), ("--out", "/没有/的/文件夹/卷.csv"), ("--topic", "煮面")],
)
def test_bad_input_gets_a_sentence(built_home, start, options):
    told = ran(start("quiz", *options, home=built_home))
    assert told.code == 2
    assert "请" in told.err or "要以" in told.err
    assert "Traceback" not in told.err
