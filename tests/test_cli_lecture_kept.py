"""``anheng lecture`` keeps what it builds: listed, searched, shown by version, marked where the law changed, built anew, smoothed, deleted."""

import re

import docx
import pytest
from full_disk import fill, small
from scripted_llm import Say

TOPIC = ("lecture", "特种作业证", "--audience", "班组工人", "--minutes", "15")
LAW = """中华人民共和国安全生产法
（{day}第{nth}次公布　自{start}起施行）
第一章　总则
第一条　为了试验，制定本法。
第三十条　干特种作业的人，要先学会、考过、拿到资格证，没有拿到的不许动手。{more}
第三十一条　本条为试验而写。
"""


def key_of(ran):
    assert ran.code == 0, ran.err
    return re.search(r"编号 (\w{8})，第 \d+ 版", ran.out)[1]


def model(llm):
    return {"ANHENG_LLM__MODEL": "qwen", "ANHENG_LLM__BASE_URL": llm.url}


def smoothing(llm, change):
    def answer(prompt):
        lines = prompt.split("讲稿：\n")[-1].splitlines()
        return Say("\n".join(f"{number}. {change(text)}" for number, text in (line.split(". ", 1) for line in lines)))

    llm.otherwise = answer


def test_what_was_built_is_listed_searched_shown_written_again_and_deleted(anheng, tmp_path):
    home = tmp_path / "home"
    key = key_of(anheng(*TOPIC, "--out", tmp_path / "甲", home=home))
    other = key_of(anheng("lecture", "瞒报谎报", "--minutes", "15", "--title", "我的一讲", "--out", tmp_path / "乙", home=home))
    listed = anheng("lecture", "list", home=home).out
    assert f"{other}  《我的一讲》  班组工人 15 分钟  第 1 版" in listed
    assert "共 2 讲" in listed
    assert other not in anheng("lecture", "list", "特种作业", home=home).out
    assert "没有找到" in anheng("lecture", "list", "没有这样的词", home=home).out
    rows = anheng("lecture", "list", "--json", home=home).json
    assert [row["id"][:8] for row in rows] == [other, key]
    assert rows[0].keys() == {"id", "title", "about", "version", "day", "stale", "failure"}
    shown = anheng("lecture", "show", key, home=home)
    assert "共 1 版：1（" in shown.out
    assert anheng("lecture", "show", key, "--json", home=home).json["lecture"]["outline"]["minutes"] == 15
    anheng("lecture", "show", key, "--out", tmp_path / "丙", home=home)
    names = [sorted(path.name for path in (tmp_path / folder).iterdir()) for folder in ("甲", "丙")]
    assert names[0] == names[1]
    assert len(names[0]) == 3
    assert anheng("lecture", "delete", key, home=home).code == 0
    assert key not in anheng("lecture", "list", home=home).out


@pytest.mark.parametrize(("command", "key"), [("show", "%%%%"), ("delete", "x")])
def test_a_number_that_is_none_is_one_sentence(anheng, tmp_path, command, key):
    ran = anheng("lecture", command, key, home=tmp_path / "home")
    assert ran.code == 2
    assert "anheng lecture list" in ran.sentence


def test_a_version_that_is_none_and_an_empty_list_are_one_sentence(anheng, tmp_path):
    home = tmp_path / "home"
    assert "还没有保存的讲课" in anheng("lecture", "list", home=home).out
    assert anheng("lecture", "list", "--json", home=home).json == []
    key = key_of(anheng(*TOPIC, "--out", tmp_path / "x", home=home))
    ran = anheng("lecture", "show", key, "--version", 9, home=home)
    assert (ran.code, "没有这个版本" in ran.sentence) == (3, True)


def test_a_changed_article_marks_its_pages_and_the_lecture_is_built_anew_on_demand(anheng, own_home, tmp_path):
    def law(**words):
        file = tmp_path / "安全生产法.txt"
        file.write_text(LAW.format(**words), encoding="utf-8")
        assert anheng("import", file, home=own_home).code == 0

    law(day="2021年6月10日", nth="三", start="2021年9月1日", more="")
    key = key_of(anheng(*TOPIC, "--out", tmp_path / "一", home=own_home))
    assert "所依据的" not in anheng("lecture", "list", home=own_home).out
    law(day="2026年1月1日", nth="四", start="2026年3月1日", more="证书应当随身携带。")
    line = next(one for one in anheng("lecture", "list", home=own_home).out.splitlines() if "所依据的" in one)
    assert re.fullmatch(r" +第\d+(、\d+)*页所依据的《安全生产法》第三十条(第一款)?已修改", line)
    pages = {int(one) for one in re.findall(r"\d+", line)}
    (old,) = anheng("lecture", "list", "--json", home=own_home).json[0]["stale"]
    assert set(old["slides"]) == pages
    ran = anheng("lecture", "renew", key, "--out", tmp_path / "二", home=own_home)
    assert "第 2 版" in ran.out
    assert "已修改，已按现在的库重写" in ran.out
    assert "所依据的" not in anheng("lecture", "list", home=own_home).out
    former = anheng("lecture", "show", key, "--version", 1, home=own_home).out
    assert re.search("第三十条(第一款)?已修改", former), "the former version stays, and still says what has changed"
    assert "共 2 版：2（" in former


def test_notes_are_smoothed_and_kept_as_the_next_version(anheng, tmp_path, llm):
    home = tmp_path / "home"
    smoothing(llm, lambda line: line + "罚款九百万元。" if "资格" in line else "大家记住，" + line)
    ran = anheng(*TOPIC, "--out", tmp_path / "讲课", "--smooth", home=home, **model(llm))
    key = key_of(ran)
    assert "第 2 版" in ran.out
    assert "讲稿由模型顺过，每句都核对过（qwen" in ran.out
    assert "没有用“" in ran.out
    script = next((tmp_path / "讲课").glob("*讲稿.docx"))
    text = "\n".join(one.text for one in docx.Document(script).paragraphs)
    assert "大家记住，" in text
    assert "九百万元" not in text
    assert "讲稿由模型顺过" not in anheng("lecture", "show", key, "--version", 1, home=home).out
    smoothing(llm, lambda line: line)
    again = anheng("lecture", "smooth", key, home=home, **model(llm))
    assert again.code == 2
    assert "讲稿仍是原来的" in again.sentence


def test_where_the_model_fails_the_files_have_the_composed_notes_and_a_sentence_says_so(anheng, tmp_path, llm):
    llm.otherwise = lambda prompt: Say(fault="500")
    ran = anheng(*TOPIC, "--out", tmp_path / "讲课", "--smooth", home=tmp_path / "home", **model(llm))
    assert ran.code == 0
    assert "HTTP 500" in ran.sentence
    assert len(list((tmp_path / "讲课").iterdir())) == 3


def test_without_a_model_smoothing_is_one_sentence(anheng, tmp_path):
    home = tmp_path / "home"
    key = key_of(anheng(*TOPIC, "--out", tmp_path / "x", home=home))
    ran = anheng("lecture", "smooth", key, home=home)
    assert (ran.code, "ANHENG_LLM__MODEL" in ran.sentence) == (2, True)


def test_on_a_full_disk_the_files_that_stood_there_stay_whole(anheng, tmp_path):
    home = tmp_path / "home"
    with small(tmp_path / "disk", 400_000) as disk:
        key_of(anheng(*TOPIC, "--out", disk, home=home))
        before = {path.name: path.read_bytes() for path in disk.iterdir()}
        assert len(before) == 3
        fill(disk, leave=9000)
        ran = anheng(*TOPIC, "--out", disk, home=home)
        assert ran.code == 2
        assert "磁盘满了" in ran.sentence
        after = {path.name: path.read_bytes() for path in disk.iterdir() if path.name != "full"}
        assert after == before
    assert "共 2 讲" in anheng("lecture", "list", home=home).out, "both are kept, and can be written elsewhere"


def test_where_the_lecture_cannot_be_saved_the_files_are_written_all_the_same(anheng, tmp_path):
    with small(tmp_path / "disk", 3_000_000) as disk:
        key_of(anheng(*TOPIC, "--out", tmp_path / "一", home=disk / "home"))
        fill(disk, leave=140_000)
        ran = anheng(*TOPIC, "--out", tmp_path / "二", home=disk / "home")
        assert ran.code == 1
        assert "文件已写成，讲课没有保存" in ran.sentence
        assert len(list((tmp_path / "二").iterdir())) == 3
        (disk / "full").unlink()
        assert "共 1 讲" in anheng("lecture", "list", home=disk / "home").out


def test_any_name_becomes_a_file(anheng, tmp_path):
    ran = anheng(*TOPIC, "--title", "🔥a/b:c*d?\x07" + "𠮷" * 49, "--out", tmp_path / "讲课", home=tmp_path / "home")
    assert ran.code == 0, ran.err
    assert len(list((tmp_path / "讲课").iterdir())) == 3
    assert all(len(path.name.encode()) <= 255 for path in (tmp_path / "讲课").iterdir())


def test_a_name_of_200_characters_is_one_sentence(anheng, tmp_path):
    ran = anheng(*TOPIC, "--title", "安" * 200, "--out", tmp_path / "讲课", home=tmp_path / "home")
    assert (ran.code, "60 个字以内" in ran.sentence) == (2, True)
    assert not (tmp_path / "讲课").exists()
