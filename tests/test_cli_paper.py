"""``anheng paper`` as a process: a told case or a sheet in, a Word file out, one sentence where it cannot be."""

import docx
import pytest

from assistant.settings import Settings

TOLD = "2024年3月6日，某工地拆除脚手架时坍塌，2人死亡。项目经理周某违规压缩工期，负主要责任。周某如实供述、认罪认罚。"


@pytest.fixture
def paper(anheng, tmp_path):
    def run(kind, text, out="文书.docx", *options):
        file = tmp_path / "案件.yaml"
        file.write_text(text, encoding="utf-8")
        return anheng("paper", kind, file, "--out", tmp_path / out, *options, home=tmp_path / "home")

    return run


def test_a_told_case_becomes_a_suggestion(paper, tmp_path):
    ran = paper("检察建议书", f"- id: 甲\n  told: {TOLD}\n")
    assert ran.code == 0, ran.err
    assert "引注" in ran.out
    assert "待填" in ran.out
    word = docx.Document(tmp_path / "文书.docx")
    assert word.paragraphs[0].text == "检察建议书"
    assert any("死亡2人" in one.text for one in word.paragraphs)


def test_a_sheet_becomes_a_paper_about_one_person(paper, tmp_path):
    sheet = (
        "facts: {deaths: 1, in_production: true, conduct_start: 2024-05-20, conduct_end: 2024-05-20}\n"
        "people:\n- {name: 甲, facts: {role: manager, violation: true, responsibility: main}}\n"
        "- {name: 乙, facts: {role: worker, violation: true, responsibility: secondary}}\n"
    )
    assert paper("sentencing", sheet, "文书.docx", "--person", "乙").code == 0
    assert any("被告人乙涉嫌" in one.text for one in docx.Document(tmp_path / "文书.docx").paragraphs)


def test_what_cannot_be_written_is_one_sentence_and_no_file(paper, tmp_path):
    ran = paper("羁押必要性审查意见", f"- id: 甲\n  told: {TOLD}\n")
    assert ran.code == 2
    assert "已被逮捕羁押" in ran.sentence
    ran = paper("起诉书", f"- id: 甲\n  told: {TOLD}\n")
    assert ran.code == 2
    assert "检察建议书" in ran.sentence
    ran = paper("检察建议书", f"- id: 甲\n  told: {TOLD}\n- id: 乙\n  told: {TOLD}\n")
    assert ran.code == 2
    assert "2 个案件" in ran.sentence
    ran = paper("检察建议书", f"- id: 甲\n  told: {TOLD}\n", "没有/文书.docx")
    assert ran.code == 2
    assert "写不了" in ran.sentence
    assert not list(tmp_path.glob("*.docx"))


def test_the_kinds_are_listed(anheng, tmp_path):
    ran = anheng("paper", home=tmp_path / "home")
    assert ran.code == 0
    assert "检察建议书" in ran.out
    assert "accident_opinion" in ran.out


def test_a_broken_template_is_named(anheng, tmp_path):
    import shutil

    folder = tmp_path / "knowledge"
    shutil.copytree(Settings().knowledge, folder)
    (folder / "templates" / "02-检察建议书.yaml").write_text("key: [", encoding="utf-8")
    ran = anheng("paper", home=tmp_path / "home", ANHENG_KNOWLEDGE=str(folder))
    assert ran.code != 0
    assert "02-检察建议书.yaml" in ran.sentence


def test_the_told_words_of_a_sheet_stand_in_the_paper_and_its_facts_decide(paper, tmp_path):
    sheet = f"told: {TOLD}\nfacts: {{deaths: 1, in_production: true}}\npeople: []\n"
    assert paper("宽严研判报告", sheet).code == 0
    lines = [one.text for one in docx.Document(tmp_path / "文书.docx").paragraphs]
    assert any(line.startswith("2024年3月6日，某工地") and "死亡人数：2人 → 1人" in line for line in lines)
